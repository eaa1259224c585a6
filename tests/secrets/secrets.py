"""The same tasks as secrets.c, over the Python package."""

import gc
import os
import sys

import agora_token
from agora_token import AgoraTokenError, Grant, Issuer, Role, RtcTokenBuilder, Verifier, access_token_006, diagnose
from agora_token.compat import AccessToken2 as official

APP_ID = "970CA35de60c44645bbae8a215061b33"
OTHER = "0123456789abcdef0123456789abcdef"
ANOTHER = "fedcba9876543210fedcba9876543210"
kept = []


def builder_007(certificate):
    RtcTokenBuilder.build_token_with_uid(APP_ID, certificate, "room", 42, Role.PUBLISHER, 3600, 3600)


def builder_006(certificate):
    access_token_006.RtcTokenBuilder.build_token_with_uid(APP_ID, certificate, "room", 42, 1, 0)


def compat(certificate):
    token = official.AccessToken(APP_ID, certificate)
    token.add_service(official.ServiceRtc("room", 42))
    assert token.build() != ""


def refused(certificate):
    try:
        Issuer(app_id=certificate, app_certificate=APP_ID + "0")
    except AgoraTokenError:
        pass


def issuer(certificate):
    made = Issuer(app_id=APP_ID, app_certificate=certificate)
    for _ in range(3):
        made.issue(Grant.rtc("room", 42, Role.PUBLISHER))


def verifier(certificate):
    token = RtcTokenBuilder.build_token_with_uid(APP_ID, OTHER, "room", 42, Role.PUBLISHER, 3600, 3600)
    verdict = Verifier(app_id=APP_ID, certificates=[certificate, ANOTHER]).verdict(token)
    assert verdict.refusals


def doctor(certificate):
    token = RtcTokenBuilder.build_token_with_uid(APP_ID, OTHER, "room", 42, Role.PUBLISHER, 3600, 3600)
    old = access_token_006.RtcTokenBuilder.build_token_with_uid(APP_ID, OTHER, "room", 42, 1, 0)
    for each in (token, old):
        assert diagnose(each, certificates=[certificate, ANOTHER]).findings


def leak(certificate):
    kept.append("." * 40 + certificate[3:11])


def next_line():
    """One line, past Python's buffers."""
    line = bytearray()
    while (byte := os.read(0, 1)) != b"\n":
        if not byte:
            sys.exit(3)
        line += byte
    return line


task = globals()[sys.argv[1]]
# What a first call imports and makes is there afterwards.
task("00112233445566778899aabbccddeeff")
given = next_line().decode()
gc.collect()
os.write(1, b"ready\n")
next_line()
task(given)
os.write(1, b"done\n")
next_line()
assert agora_token.__version__
