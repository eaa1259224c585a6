"""The issuer: what its tokens hold, when they end, and what no grant can be."""

import inspect as introspection
import json
import pickle
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from threading import Event, Thread
from typing import Any

import freezegun
import pytest
import time_machine
from agora_token import (
    ApaasPrivilege,
    Channel,
    Credentials,
    Grant,
    InputError,
    IssuedToken,
    Issuer,
    Permissions,
    RefusedGrant,
    Role,
    RtcPrivilege,
    Service,
    ServiceApaas,
    ServiceChat,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceType,
    UnknownOption,
    UnverifiedToken2,
    User,
    Verifier,
    diagnose,
    inspect,
)
from samples import APP_ID, CERTIFICATE, OTHER_CERTIFICATE, REFUSED, verify
from test_builders import NO_INT, OUT_OF_U32

ISSUER = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE)
DAY = 86_400
PERMISSIONS = {0: {0: ["news"]}}

RTC = ServiceRtc("room", 42, dict.fromkeys(RtcPrivilege, 3600))
RTM, CHAT = ServiceRtm("42", {1: 3600}), ServiceChat("42", {1: 3600})
RTM2 = ServiceRtm2("42", PERMISSIONS, {1: 3600})

PRESETS: dict[str, tuple[Callable[..., Grant], list[Service]]] = {
    "rtc": (lambda **terms: Grant.rtc("room", 42, Role.PUBLISHER, **terms), [RTC]),
    "rtm": (lambda **terms: Grant.rtm(42, **terms), [RTM]),
    "rtm2": (lambda **terms: Grant.rtm2(42, PERMISSIONS, **terms), [RTM2]),
    "chat": (lambda **terms: Grant.chat(42, **terms), [CHAT]),
    "rtc_rtm": (lambda **terms: Grant.rtc_rtm("room", 42, Role.PUBLISHER, **terms), [RTC, RTM]),
    "rtc_rtm_chat": (lambda **terms: Grant.rtc_rtm_chat("room", 42, Role.PUBLISHER, **terms), [RTC, RTM, CHAT]),
}
EACH = [pytest.param(*preset, id=name) for name, preset in PRESETS.items()]


def issued(grant: Grant) -> UnverifiedToken2:
    token = inspect(ISSUER.issue(grant).token)
    assert isinstance(token, UnverifiedToken2)
    return token


def refused(call: Callable[..., Any], *arguments: Any, **terms: Any) -> tuple[str, str]:
    """The code and the field with which a call is refused."""
    with pytest.raises(REFUSED) as caught:
        call(*arguments, **terms)
    assert CERTIFICATE not in repr(caught.value)
    return caught.value.code.value, caught.value.field


@pytest.mark.parametrize(("preset", "services"), EACH)
def test_preset(preset: Callable[..., Grant], services: list[Service]) -> None:
    token = issued(preset())
    assert token.services == tuple(services) and token.expire == 3600 and token.app_id == APP_ID
    assert token.verify_signature(CERTIFICATE)
    short = issued(preset(lifetime=timedelta(minutes=10)))
    assert short.expire == 600
    assert {life for service in short.services for life in service.privileges.values()} == {600}


LONG = {0: {0: [f"{number * 2_654_435_761 % 2**32:08x}-{number**7 % 2**40:010x}" for number in range(300)]}}
"""Permissions that make a token longer than a browser takes."""

OPTIONS = {"lifetime", "publish_lifetime", "allow_longer_than_a_day", "allow_long_token"}
EACH_NAME = list(PRESETS)


def options_of(preset: str) -> set[str]:
    parameters = introspection.signature(getattr(Grant, preset)).parameters.values()
    return {one.name for one in parameters if one.kind is one.KEYWORD_ONLY}


def lives(grant: Grant) -> list[tuple[type[Service], dict[int, int]]]:
    return [(type(service), service.privileges) for service in issued(grant).services]


def expected(preset: str, stay: int, publish: int) -> list[tuple[type[Service], dict[int, int]]]:
    """The services of a preset; in the channel the right to publish may end before the right to stay."""
    ends = {RtcPrivilege.JOIN_CHANNEL: stay}
    return [
        (type(service), {each: ends.get(RtcPrivilege(each), publish) for each in service.privileges})
        if isinstance(service, ServiceRtc)
        else (type(service), dict.fromkeys(service.privileges, stay))
        for service in PRESETS[preset][1]
    ]


def test_every_preset_has_these_options() -> None:
    made = {name for name in vars(Grant) if not name.startswith(("_", "and_"))}
    assert made == PRESETS.keys()
    for name in PRESETS:
        in_a_channel = any(isinstance(service, ServiceRtc) for service in PRESETS[name][1])
        assert options_of(name) == (OPTIONS if in_a_channel else OPTIONS - {"publish_lifetime"}), name


@pytest.mark.parametrize("name", EACH_NAME)
@pytest.mark.parametrize("life", [1, 60, 3599, DAY, timedelta(minutes=10)])
def test_every_preset_looks_at_its_lifetime(name: str, life: Any) -> None:
    preset, _ = PRESETS[name]
    seconds = life if isinstance(life, int) else int(life.total_seconds())
    assert issued(preset(lifetime=life)).expire == seconds
    assert lives(preset(lifetime=life)) == expected(name, seconds, seconds)


@pytest.mark.parametrize("name", EACH_NAME)
def test_every_preset_looks_at_its_publish_lifetime(name: str) -> None:
    preset, _ = PRESETS[name]
    if "publish_lifetime" not in options_of(name):
        with pytest.raises(TypeError, match="publish_lifetime"):
            preset(publish_lifetime=60)
        return
    for stay, publish in ((3600, 60), (600, 599), (DAY, 1)):
        for given in (publish, timedelta(seconds=publish)):
            grant = preset(lifetime=stay, publish_lifetime=given)
            assert lives(grant) == expected(name, stay, publish) and issued(grant).expire == stay
    assert lives(preset(publish_lifetime=60)) == expected(name, 3600, 60)
    assert lives(preset()) == expected(name, 3600, 3600)
    assert refused(preset, publish_lifetime=None) == ("INVALID_LIFETIME", "publish_lifetime")


@pytest.mark.parametrize("name", EACH_NAME)
def test_every_preset_looks_at_allow_longer_than_a_day(name: str) -> None:
    preset, _ = PRESETS[name]
    for allowed in ({}, {"allow_longer_than_a_day": False}, {"allow_long_token": True}):
        assert refused(preset, lifetime=DAY + 1, **allowed) == ("LIFETIME_OVER_A_DAY", "lifetime")
    week = preset(lifetime=7 * DAY, allow_longer_than_a_day=True)
    assert lives(week) == expected(name, 7 * DAY, 7 * DAY)
    if "publish_lifetime" in options_of(name):
        assert refused(preset, publish_lifetime=DAY + 1) == ("LIFETIME_OVER_A_DAY", "publish_lifetime")
        both = preset(lifetime=7 * DAY, publish_lifetime=2 * DAY, allow_longer_than_a_day=True)
        assert lives(both) == expected(name, 7 * DAY, 2 * DAY)


@pytest.mark.parametrize("name", EACH_NAME)
def test_every_preset_looks_at_allow_long_token(name: str) -> None:
    preset, _ = PRESETS[name]
    for allowed in ({}, {"allow_long_token": False}, {"allow_longer_than_a_day": True}):
        long = preset(**allowed).and_rtm2(LONG)
        assert refused(ISSUER.issue, long) == ("TOKEN_TOO_LONG", "token")
    assert len(ISSUER.issue(preset(allow_long_token=True).and_rtm2(LONG)).token) > 2047


@pytest.mark.parametrize("name", EACH_NAME)
def test_every_preset_takes_all_options_at_once(name: str) -> None:
    preset, _ = PRESETS[name]
    terms: dict[str, Any] = {"lifetime": 2 * DAY, "allow_longer_than_a_day": True, "allow_long_token": True}
    publish = 2 * DAY
    if "publish_lifetime" in options_of(name):
        publish = terms["publish_lifetime"] = 60
    assert terms.keys() == options_of(name)
    assert lives(preset(**terms)) == expected(name, 2 * DAY, publish)
    assert len(ISSUER.issue(preset(**terms).and_rtm2(LONG)).token) > 2047


@pytest.mark.parametrize("name", EACH_NAME)
def test_an_option_is_given_by_name_and_no_other_is_taken(name: str) -> None:
    preset, _ = PRESETS[name]
    with pytest.raises(TypeError, match="unexpected keyword argument 'lifetme'"):
        preset(lifetme=60)
    parameters = introspection.signature(getattr(Grant, name)).parameters.values()
    positional = [one for one in parameters if one.kind is not one.KEYWORD_ONLY]
    with pytest.raises(TypeError, match="positional"):
        getattr(Grant, name)(*["room"] * len(positional), 3600)


@pytest.mark.parametrize("name", ["rtc", "rtc_rtm", "rtc_rtm_chat"])
def test_every_preset_of_a_channel_looks_at_channel_user_and_role(name: str) -> None:
    preset = getattr(Grant, name)
    for channel, user, role in (("here", 7, 1), ("there", "alice", 2), (Channel.ANY, 2**32 - 1, Role.SUBSCRIBER)):
        rtc, *others = issued(preset(channel, user, role)).services
        granted = RtcPrivilege if role == Role.PUBLISHER else [RtcPrivilege.JOIN_CHANNEL]
        wanted = channel if isinstance(channel, str) else "*"
        assert rtc == ServiceRtc(wanted, user, dict.fromkeys(granted, 3600))
        users = [other.user_id for other in others if isinstance(other, ServiceRtm | ServiceChat)]
        assert users == [str(user)] * len(others)


def test_several_services_in_one_token() -> None:
    grant = Grant.rtc("room", 42, Role.PUBLISHER).and_rtm().and_chat()
    assert grant == Grant.rtc_rtm_chat("room", 42, 1)
    assert grant == Grant(channel="room", uid=42, role=Role.PUBLISHER, rtm=True, chat=True)
    assert grant == Grant(channel="room", user=42, role=1, services=[1, 2, 5])
    # Messaging with permissions stands in place of all of it.
    assert issued(grant.and_rtm2(Permissions(PERMISSIONS))).services == (RTC, CHAT, RTM2)
    assert Grant(uid=42, rtm=True, permissions=PERMISSIONS) == Grant.rtm2(42, PERMISSIONS)
    messaging = ServiceRtm("alice", {1: 3600}), ServiceChat("alice", {1: 3600})
    assert issued(Grant.chat("alice").and_rtm()).services == messaging


@pytest.mark.parametrize("service", ServiceType)
def test_a_grant_carries_every_service(service: ServiceType) -> None:
    needed: dict[str, Any] = {"channel": "room", "role": Role.PUBLISHER, "permissions": PERMISSIONS}
    if service is not ServiceType.RTM2:
        del needed["permissions"]
    (one,) = issued(Grant(user="alice", services=[service], lifetime=600, **needed)).services
    assert one.service_type == service and set(one.privileges.values()) <= {600}
    names, held = ("channel_name", "account", "user_id", "user_uuid", "permissions"), []
    for name in names:
        if hasattr(one, name):
            held.append(getattr(one, name))
    assert held in ([], ["alice"], ["room", "alice"], ["alice", Permissions(PERMISSIONS)])


def test_a_grant_of_services_is_that_of_the_preset() -> None:
    everything = Grant(user=42, services=[ServiceType.CHAT, 1, 2, 1], channel="room", role=1)
    assert everything == Grant.rtc_rtm_chat("room", 42, Role.PUBLISHER)
    assert Grant(user=42, services=[], permissions=PERMISSIONS) == Grant.rtm2(42, PERMISSIONS)
    terms: dict[str, Any] = {"lifetime": 2 * DAY, "allow_longer_than_a_day": True, "allow_long_token": True}
    rtc = Grant(user=User.ANY, services=[1], channel=Channel.ANY, role=2, publish_lifetime=2 * DAY, **terms)
    assert rtc == Grant.rtc(Channel.ANY, User.ANY, Role.SUBSCRIBER, publish_lifetime=2 * DAY, **terms)
    (room,) = issued(Grant(user="me", services=[ServiceType.APAAS], room_uuid="class", room_role=-2)).services
    assert room == ServiceApaas("class", "me", -2, {ApaasPrivilege.ROOM_USER: 3600})
    (outside,) = issued(Grant(user="me", services=[ServiceType.APAAS])).services
    assert outside == ServiceApaas("", "me", -1, {ApaasPrivilege.USER: 3600})
    assert repr(Grant(user="me", services=[7], room_uuid="class", room_role=2)) == (
        "Grant(account='me', services=[apaas], room_uuid='class', room_role=2, lifetime=3600)"
    )


def test_what_a_service_needs_is_asked_for() -> None:
    assert refused(ISSUER.issue, Grant(user=42, services=[])) == ("NO_SERVICES", "services")
    assert refused(ISSUER.issue, Grant(user=42, services=[1], role=1)) == ("INVALID_CHANNEL_NAME", "channel")
    assert refused(ISSUER.issue, Grant(user=42, services=[1], channel="room")) == ("INVALID_ROLE", "role")
    assert refused(Grant, user=42, services=[7], room_uuid="class") == ("INVALID_ROLE", "room_role")
    assert refused(Grant, user=42, services=[7], room_role=1) == ("INVALID_ROOM_UUID", "room_uuid")
    assert refused(Grant, user=42, services=[7], room_uuid="class", room_role=2**15) == ("INVALID_ROLE", "room_role")
    for number in (0, 11, -1, 2**16):
        assert refused(Grant, user=42, services=[number]) == ("INDEX_OUT_OF_RANGE", "services")
    for services in (7, None, "rtc", b"\1", ["rtc"], [True]):
        with pytest.raises(TypeError, match="^services? must "):
            Grant(user=42, services=services)  # type: ignore[arg-type]


def test_roles_and_their_lifetimes() -> None:
    (subscriber,) = issued(Grant.rtc("room", 42, Role.SUBSCRIBER)).services
    assert subscriber.privileges == {1: 3600}
    (publisher,) = issued(Grant.rtc("room", 42, Role.PUBLISHER, publish_lifetime=60)).services
    assert publisher.privileges == {1: 3600, 2: 60, 3: 60, 4: 60}


def test_any_user_and_any_channel_by_name() -> None:
    token = ISSUER.issue(Grant.rtc(Channel.ANY, User.ANY, Role.PUBLISHER)).token
    assert verify(token, CERTIFICATE, channel="whatever", user=7) and verify(token, CERTIFICATE, user="alice")
    for grant in (Grant.rtm(User.ANY), Grant.chat(User.ANY), Grant.rtc_rtm("room", User.ANY, 1)):
        assert refused(ISSUER.issue, grant) == ("INVALID_USER_ID", "user")
    assert repr([Channel.ANY, User.ANY]) == "[Channel.ANY, User.ANY]"


def test_a_uid_is_no_account_and_an_account_no_uid() -> None:
    token = ISSUER.issue(Grant.rtc("room", "alice", Role.PUBLISHER)).token
    assert verify(token, CERTIFICATE, channel="room", user="alice")
    assert issued(Grant.rtc("room", 2**32 - 1, 1)).services[0] == ServiceRtc(
        "room", 2**32 - 1, dict.fromkeys(RtcPrivilege, 3600)
    )


@pytest.mark.parametrize("user", [0, -1, 2**32, 2**64, True, False, None, 1.0, b"me", ["me"], Channel.ANY, object()])
def test_what_is_no_uid(user: Any) -> None:
    assert refused(Grant.rtc, "room", user, 1) == ("INVALID_UID", "user")
    assert refused(Grant.rtm, user) == refused(Grant.chat, user) == ("INVALID_UID", "user")


@pytest.mark.parametrize("user", ["", "0", "*", "undefined", "null", "None", "NaN", "nil", "a" * 256])
def test_what_is_no_account(user: str) -> None:
    for preset in (Grant.rtc, Grant.rtc_rtm, Grant.rtc_rtm_chat):
        assert refused(preset, "room", user, 1) == ("INVALID_USER_ACCOUNT", "user")
    assert refused(Grant.rtm, user) == refused(Grant.chat, user) == ("INVALID_USER_ACCOUNT", "user")


@pytest.mark.parametrize("channel", ["", " ", "*", "a" * 64, "r\u00f6om", None, 1, True, b"room", User.ANY, object()])
def test_what_is_no_channel(channel: Any) -> None:
    for preset in (Grant.rtc, Grant.rtc_rtm, Grant.rtc_rtm_chat):
        assert refused(preset, channel, 42, 1) == ("INVALID_CHANNEL_NAME", "channel")


def test_what_is_no_role() -> None:
    for role in (0, 101, 3, *OUT_OF_U32, *NO_INT):
        assert refused(Grant.rtc, "room", 42, role) == ("INVALID_ROLE", "role")
    for role in ("", "host", "Publisher", "PUBLISHER", "subscriber ", "1", b"publisher"):
        for preset in (Grant.rtc, Grant.rtc_rtm, Grant.rtc_rtm_chat):
            assert refused(preset, "room", 42, role) == ("INVALID_ROLE", "role")
        assert refused(Grant, channel="room", uid=42, role=role) == ("INVALID_ROLE", "role")
    assert refused(Grant, channel="room", uid=42, role="a\ud800") == ("INVALID_UTF8", "role")


@pytest.mark.parametrize(
    ("role", "what"),
    [("host", "another str"), (-1, "another int"), (2**64, "another int"), (10**400, "another int")]
    + [(None, "None"), (True, "True"), (1.0, "1.0"), (b"publisher", "of type bytes")],
)
def test_the_refusal_of_a_role_names_what_is_good(role: Any, what: str) -> None:
    with pytest.raises(InputError) as caught:
        Grant(channel="room", uid=42, role=role)
    assert str(caught.value) == f'role is {what}; "publisher" or "subscriber", or a Role expected'


@pytest.mark.parametrize("role", Role)
def test_a_role_is_taken_by_its_name(role: Role) -> None:
    name: Any = role.name.lower()
    for preset in (Grant.rtc, Grant.rtc_rtm, Grant.rtc_rtm_chat):
        assert preset("room", 42, name) == preset("room", 42, role)
    assert Grant(channel="room", uid=42, role=name) == Grant(channel="room", uid=42, role=role)


def test_lone_surrogates_are_no_text() -> None:
    assert refused(Grant.rtc, "a\ud800", 42, 1) == ("INVALID_UTF8", "channel")
    assert refused(Grant.rtm, "a\ud800") == ("INVALID_UTF8", "user")


WRONG_LIFETIMES: list[tuple[str, list[Any]]] = [
    ("TOKEN_EXPIRE_ZERO", [0, timedelta(0)]),
    ("LIFETIME_OVER_A_DAY", [DAY + 1, timedelta(days=7), 999_999_999]),
    ("TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP", [10**9, int(time.time()) + 3600, 2**32 - 1, timedelta(seconds=10**9)]),
    (
        "INVALID_LIFETIME",
        [
            *(value for value in NO_INT if value is not None),
            *OUT_OF_U32,
            timedelta(seconds=-1),
            timedelta(microseconds=1),
            timedelta.max,
            datetime.now(timezone.utc),
        ],
    ),
]


@pytest.mark.parametrize(("code", "values"), WRONG_LIFETIMES, ids=[code for code, _ in WRONG_LIFETIMES])
def test_what_is_no_lifetime(code: str, values: list[Any]) -> None:
    for value in values:
        for preset, _ in PRESETS.values():
            assert refused(preset, lifetime=value) == (code, "lifetime")
        assert refused(Grant.rtc, "r", 1, 1, publish_lifetime=value) == (code, "publish_lifetime")


def test_none_is_no_lifetime() -> None:
    for preset, _ in PRESETS.values():
        assert refused(preset, lifetime=None) == ("INVALID_LIFETIME", "lifetime")


@pytest.mark.parametrize(("preset", "services"), EACH)
def test_longer_than_a_day_by_name(preset: Callable[..., Grant], services: list[Service]) -> None:
    assert issued(preset(lifetime=DAY)).expire == DAY
    week = issued(preset(lifetime=timedelta(days=7), allow_longer_than_a_day=True))
    assert week.expire == 7 * DAY and [type(one) for one in week.services] == [type(one) for one in services]
    for value in (0, 10**9):
        with pytest.raises(REFUSED):
            preset(lifetime=value, allow_longer_than_a_day=True)


def test_long_tokens_by_name() -> None:
    assert refused(ISSUER.issue, Grant.rtm2("alice", LONG)) == ("TOKEN_TOO_LONG", "token")
    token = ISSUER.issue(Grant.rtm2("alice", LONG, allow_long_token=True)).token
    assert len(token) > 2047 and "TOKEN_TOO_LONG" in {finding.code for finding in diagnose(token).findings}


@pytest.mark.parametrize("terms", [{"allow_long_token": 1}, {"allow_longer_than_a_day": None}])
def test_what_is_allowed_is_a_bool(terms: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Grant.rtc("room", 42, 1, **terms)


@pytest.mark.parametrize(
    ("lifetime", "ahead"), [(1, 0), (20, 10), (60, 30), (100, 30), (301, 30), (3600, 360), (DAY, 8640)]
)
def test_when_to_fetch_the_next(lifetime: int, ahead: int) -> None:
    before = int(time.time())
    answer = ISSUER.issue(Grant.rtc("room", 42, 1, lifetime=lifetime))
    assert before <= answer.issued_at <= int(time.time())
    assert (answer.expires_at - answer.issued_at, answer.expires_at - answer.refresh_after) == (lifetime, ahead)
    read = inspect(answer.token)
    assert isinstance(read, UnverifiedToken2)
    assert (read.issue_ts, read.expires_at) == (answer.issued_at, answer.expires_at)


def test_an_issued_token_is_a_frozen_value_that_does_not_show_it() -> None:
    answer = ISSUER.issue(Grant.rtc("room", 42, 1))
    assert answer == IssuedToken(answer.token, answer.issued_at, answer.expires_at, answer.refresh_after)
    assert answer != ISSUER.issue(Grant.rtc("room", 42, 1)), "two tokens of one grant differ by their salt"
    for shown in (repr(answer), str(answer), f"{answer}"):
        assert answer.token[10:40] not in shown and f"expires_at={answer.expires_at}" in shown
    with pytest.raises(AttributeError):
        answer.token = ""  # type: ignore[misc]


def test_grants_are_frozen_values() -> None:
    one, same = (Grant.rtc("room", "me", Role.PUBLISHER, lifetime=60) for _ in range(2))
    others = {
        Grant.rtc("room", "me", Role.PUBLISHER),
        Grant.rtc("room", "me", Role.SUBSCRIBER, lifetime=60),
        Grant.rtc("other", "me", Role.PUBLISHER, lifetime=60),
        Grant.rtc(Channel.ANY, "me", Role.PUBLISHER, lifetime=60),
        Grant.rtc("room", 42, Role.PUBLISHER, lifetime=60),
        Grant.rtc("room", "42", Role.PUBLISHER, lifetime=60),
        Grant.rtc("room", User.ANY, Role.PUBLISHER, lifetime=60),
        Grant.rtc("room", "me", Role.PUBLISHER, lifetime=60, publish_lifetime=30),
        Grant.rtc("room", "me", Role.PUBLISHER, lifetime=60, allow_long_token=True),
        one.and_rtm(),
        one.and_rtm2({}),
        one.and_chat(),
    }
    assert one == same and hash(one) == hash(same) and one not in others and len(others) == 12
    with pytest.raises(AttributeError):
        one.lifetime = 1  # type: ignore[attr-defined]


def test_texts_of_grants_and_issuers() -> None:
    assert repr(ISSUER) == f"Issuer(app_id='{APP_ID}')" and ISSUER.app_id == APP_ID
    assert repr(Grant.rtc("room", 42, 1)) == ("Grant(uid=42, services=[rtc], channel='room', role=1, lifetime=3600)")
    assert repr(Grant.rtc(Channel.ANY, User.ANY, 2, lifetime=60, publish_lifetime=30)) == (
        "Grant(user=User.ANY, services=[rtc], channel=Channel.ANY, role=2, lifetime=60, publish_lifetime=30)"
    )
    assert repr(Grant.rtm2("it's me", {}).and_chat()) == (
        'Grant(account="it\'s me", services=[chat, rtm2], lifetime=3600)'
    )


def test_credentials_are_checked_at_once() -> None:
    assert refused(Issuer, app_id="x", app_certificate=CERTIFICATE) == ("INVALID_APP_ID", "app_id")
    for wrong in (None, "", CERTIFICATE + "\n", CERTIFICATE.encode(), 1, APP_ID, APP_ID.lower()):
        for taker in (Issuer, Credentials):
            found = refused(taker, app_id=APP_ID, app_certificate=wrong)
            assert found == ("INVALID_APP_CERTIFICATE", "app_certificate")
    for taker in (Issuer, Credentials):
        assert refused(taker, app_id=None, app_certificate=CERTIFICATE) == ("INVALID_APP_ID", "app_id")
        assert refused(taker, app_certificate=CERTIFICATE) == ("INVALID_APP_ID", "app_id")
        assert refused(taker, app_id=APP_ID) == ("INVALID_APP_CERTIFICATE", "app_certificate")
        assert refused(taker, appid=APP_ID) == ("UNKNOWN_OPTION", "appid")
        with pytest.raises(TypeError, match="by name: were they swapped, every token would show the certificate"):
            taker(CERTIFICATE, APP_ID)  # type: ignore[call-arg, call-overload]


def test_credentials_are_a_value_that_does_not_show_the_certificate() -> None:
    credentials = Credentials(app_id=APP_ID, app_certificate=CERTIFICATE)
    assert repr(credentials) == f"Credentials(app_id='{APP_ID}', app_certificate=[redacted])"
    assert credentials.app_id == APP_ID
    assert verify(Issuer(credentials).issue(Grant.rtm("alice")).token, CERTIFICATE, user="alice")
    with pytest.raises(AttributeError):
        credentials.app_certificate  # type: ignore[attr-defined] # noqa: B018
    with pytest.raises(TypeError):
        pickle.dumps(credentials)


def test_credentials_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AGORA_APP_ID", APP_ID)
    monkeypatch.setenv("AGORA_APP_CERTIFICATE", CERTIFICATE)
    for issuer in (Issuer.from_env(), Issuer(Credentials.from_env())):
        assert verify(issuer.issue(Grant.rtm("alice")).token, CERTIFICATE, app_id=APP_ID, user="alice")
    for name, value in {"AGORA_APP_CERTIFICATE": CERTIFICATE + "\n", "AGORA_APP_ID": ""}.items():
        monkeypatch.setenv(name, value)
        for read in (Issuer.from_env, Credentials.from_env):
            assert refused(read)[1] == name
        monkeypatch.delenv(name)
        for read in (Issuer.from_env, Credentials.from_env):
            assert refused(read)[1] == name
        monkeypatch.setenv(name, {"AGORA_APP_ID": APP_ID}.get(name, CERTIFICATE))


@pytest.mark.parametrize("grant", [None, "rtc", RTC, Grant])
def test_an_issuer_takes_grants(grant: Any) -> None:
    with pytest.raises(TypeError):
        ISSUER.issue(grant)


def test_a_grant_without_a_user_is_a_template() -> None:
    template = Grant(channel="room", role=Role.SUBSCRIBER)
    assert refused(ISSUER.issue, template) == ("INVALID_USER_ID", "user")
    assert repr(template) == "Grant(services=[rtc], channel='room', role=2, lifetime=3600)"
    assert template != Grant(channel="room", user=User.ANY, role=Role.SUBSCRIBER)
    with pytest.raises(TypeError):
        Grant("alice")  # type: ignore[call-arg]


def test_a_lifetime_by_its_other_name() -> None:
    of: dict[str, Any] = {"channel": "room", "uid": 42, "role": 1}
    assert Grant(**of, expires_in=600, publish_expires_in=60) == Grant(**of, lifetime=600, publish_lifetime=60)
    for name, other in {"expires_in": "lifetime", "publish_expires_in": "publish_lifetime"}.items():
        assert refused(Grant, **of, **{name: DAY + 1}) == ("LIFETIME_OVER_A_DAY", name)
        assert refused(Grant, **of, **{name: None}) == ("INVALID_LIFETIME", name)
        assert refused(Grant, **of, **{name: 60, other: 60}) == ("INVALID_LIFETIME", name)


def test_one_user_by_one_name() -> None:
    same = [
        Grant(channel="room", uid=42, role=1),
        Grant(channel="room", user=42, role=1),
        Grant(channel="room", user=User(uid=42), role=1),
        Grant.rtc("room", User(uid=42), 1),
    ]
    assert len({*same}) == 1
    accounts = [Grant(account="42", rtm=True), Grant(user="42", rtm=True), Grant.rtm(User(account="42"))]
    assert len({*accounts}) == 1 and accounts[0] != Grant(uid=42, rtm=True)
    for two in ({"uid": 1, "account": "a"}, {"uid": 1, "user": 1}, {"account": "a", "user": "a"}):
        assert refused(Grant, channel="room", role=1, **two) == ("INVALID_USER_ID", "user")


@pytest.mark.parametrize(
    ("left_open", "code"),
    {
        "channel": "INVALID_CHANNEL_NAME",
        "uid": "INVALID_UID",
        "account": "INVALID_USER_ACCOUNT",
        "user": "INVALID_UID",
        "role": "INVALID_ROLE",
        "permissions": "INVALID_PERMISSIONS",
        "lifetime": "INVALID_LIFETIME",
        "publish_lifetime": "INVALID_LIFETIME",
    }.items(),
)
def test_none_is_never_left_out(left_open: str, code: str) -> None:
    given: dict[str, Any] = {"channel": "room", "uid": 42, "role": 1, "rtm": True}
    if left_open in ("account", "user"):
        del given["uid"]
    assert refused(Grant, **{**given, left_open: None}) == (code, left_open)


def test_an_unknown_argument_is_refused_with_the_nearest() -> None:
    hints = {"lifetme": "lifetime", "ttl": "lifetime", "channel_name": "channel"}
    for name, near in hints.items():
        with pytest.raises(UnknownOption) as caught:
            Grant(**{"uid": 42, name: "x"})  # type: ignore[arg-type]
        assert str(caught.value) == f"{name} is no argument of Grant; did you mean {near}?"
        assert isinstance(caught.value, TypeError) and caught.value.fault == "configuration"
    with pytest.raises(UnknownOption, match="^now is no argument of Issuer; did you mean clock\\?$"):
        Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, now=1)  # type: ignore[call-overload]
    with pytest.raises(UnknownOption) as caught:
        Grant(**{"f" + CERTIFICATE: 1})  # type: ignore[arg-type]
    assert CERTIFICATE not in str(caught.value)


@pytest.mark.parametrize("name", ["", "a\nb", "a b", "\ud800", "r\u00f6om", "ab_" * 20_000])
def test_an_argument_whose_name_is_none_is_not_shown(name: str) -> None:
    with pytest.raises(UnknownOption, match="^an option is no argument of Grant; it takes channel, uid") as caught:
        Grant(**{name: 1})  # type: ignore[arg-type]
    assert caught.value.field == "an option"


def test_the_certificate_signs() -> None:
    other = Issuer(app_id=APP_ID, app_certificate=OTHER_CERTIFICATE).issue(Grant.rtm("alice")).token
    assert verify(other, [CERTIFICATE, OTHER_CERTIFICATE], user="alice").certificate == 1


def test_many_at_once() -> None:
    grants = [Grant.rtc("room", uid, Role.PUBLISHER) for uid in range(1, 10_001)]
    template = Grant(channel="room", role=Role.PUBLISHER)
    for rows in (ISSUER.issue_many(iter(grants)), ISSUER.issue_many(template, users=range(1, 10_001))):
        tokens = [row for row in rows if isinstance(row, IssuedToken)]
        assert len({row.token for row in tokens}) == len(rows) == len(grants)
        for uid, issued_token in enumerate(tokens, 1):
            assert issued_token.error is None
            if uid % 97 == 1:
                verify(issued_token.token, CERTIFICATE, channel="room", user=uid)
            assert issued_token.expires_at - issued_token.issued_at == 3600
    assert ISSUER.issue_many([]) == ISSUER.issue_many(template, users=()) == []


def test_one_bad_row_loses_no_other() -> None:
    grants = [Grant.rtc("room", 1, Role.PUBLISHER)] * 5000 + [Grant.rtm(User.ANY), Grant.rtm("alice")]
    *rows, bad, last = ISSUER.issue_many(grants)
    assert all(row.error is None for row in (*rows, last)) and len(rows) == 5000
    assert isinstance(bad, RefusedGrant) and isinstance(bad.error, InputError)
    assert (bad.error.code, bad.error.field) == ("INVALID_USER_ID", "user")
    assert str(bad.error) == "user is any user; messaging, Chat and classrooms need a user of their own"
    users: list[Any] = [1, 0, "alice", None, User(uid=2), "", User.ANY]
    template = Grant(channel="room", role=Role.SUBSCRIBER, lifetime=60)
    found = [row.error and row.error.code for row in ISSUER.issue_many(template, users=users)]
    assert found == [None, "INVALID_UID", None, "INVALID_UID", None, "INVALID_USER_ACCOUNT", None]
    for row, user in zip(ISSUER.issue_many(template, users=[7, "alice"]), (7, "alice"), strict=True):
        assert isinstance(row, IssuedToken)
        assert verify(row.token, CERTIFICATE, channel="room", user=user)
        assert row.expires_at - row.issued_at == 60


def test_what_many_are_made_of() -> None:
    with pytest.raises(TypeError, match=r"^grants\[1\] must be a Grant, not str$"):
        ISSUER.issue_many([Grant.rtm("alice"), "alice"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="template"):
        ISSUER.issue_many(Grant.rtm("alice"))  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="users are of one Grant"):
        ISSUER.issue_many([Grant.rtm("alice")], users=[1])  # type: ignore[call-overload]
    for wrong in (7, None):
        with pytest.raises(TypeError, match="^grants must be an iterable of Grant, not "):
            ISSUER.issue_many(wrong)  # type: ignore[call-overload]
        with pytest.raises(TypeError, match="^users must be an iterable of users, not "):
            ISSUER.issue_many(Grant.rtm("alice"), users=wrong)  # type: ignore[call-overload]
    one: list[Any] = ["alice", "", b"42"]
    for user in one:
        # Gone through, it would be a user for each character.
        with pytest.raises(TypeError, match="^users must be an iterable of users, not "):
            ISSUER.issue_many(Grant.rtm("alice"), users=user)


class Broken:
    """As a query that reaches no database."""

    def __iter__(self) -> Any:
        raise ZeroDivisionError


def test_what_an_iterable_raises_is_not_hidden() -> None:
    calls: list[Callable[[], Any]] = [
        lambda: ISSUER.issue_many(Broken()),
        lambda: ISSUER.issue_many(Grant.rtm("alice"), users=Broken()),
        lambda: Grant(uid=42, services=Broken()),
        lambda: Permissions({0: {0: Broken()}}),
        lambda: Verifier(certificates=Broken()),
        lambda: diagnose("", certificates=Broken()),
    ]
    for call in calls:
        with pytest.raises(ZeroDivisionError):
            call()


def test_what_a_client_is_answered() -> None:
    answer = ISSUER.issue(Grant.rtm("alice"))
    times = {"issuedAt": answer.issued_at, "expiresAt": answer.expires_at, "refreshAfter": answer.refresh_after}
    assert answer.to_dict() == {"token": answer.token, **times} == json.loads(answer.to_json())
    assert "\n" not in answer.to_json() and " " not in answer.to_json()


AT = 1_700_000_000


def test_clock_and_salt_in_place_of_the_systems() -> None:
    grant = Grant(channel="room", uid=42, role=Role.PUBLISHER)
    clocks: list[Any] = [AT, AT + 0.7, datetime.fromtimestamp(AT, timezone.utc), lambda: AT, lambda: AT + 0.7]
    tokens = set()
    for clock in clocks:
        for salt in (7, lambda: 7):
            issuer = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=clock, salt=salt)
            one = issuer.issue(grant)
            (row,) = issuer.issue_many([grant])
            assert row == one
            tokens.add(one)
    (one,) = tokens
    assert (one.issued_at, one.expires_at, one.refresh_after) == (AT, AT + 3600, AT + 3240)
    read = inspect(one.token)
    assert isinstance(read, UnverifiedToken2) and (read.issue_ts, read.salt) == (AT, 7)
    assert Verifier(certificates=CERTIFICATE, clock=AT + 60).verify(one.token, channel="room", uid=42)


def test_one_of_the_two_may_stay_the_systems() -> None:
    grant, credentials = Grant.rtm("alice"), Credentials(app_id=APP_ID, app_certificate=CERTIFICATE)
    rows = Issuer(credentials, clock=AT).issue_many([grant] * 50)
    assert len({row.token for row in rows if isinstance(row, IssuedToken)}) == 50
    assert {row.issued_at for row in rows if isinstance(row, IssuedToken)} == {AT}
    salted = Issuer(credentials, salt=iter(range(50)).__next__)
    salts = [inspect(row.token).salt for row in salted.issue_many([grant] * 50) if isinstance(row, IssuedToken)]
    assert salts == list(range(50))
    assert abs(salted.__class__(credentials, salt=1).issue(grant).issued_at - time.time()) < 60


def test_what_is_no_clock_and_no_salt() -> None:
    credentials = Credentials(app_id=APP_ID, app_certificate=CERTIFICATE)
    for clock in (True, "now", -1, AT * 1000, 2**32, float("inf"), datetime.now()):
        for given in (clock, lambda clock=clock: clock):

            def mint(given: Any = given) -> None:
                Issuer(credentials, clock=given).issue(Grant.rtm("alice"))

            assert refused(mint) == ("INVALID_TIMESTAMP", "clock")
    for salt in (True, 1.5, -1, 2**32, "7"):
        for given in (salt, lambda salt=salt: salt):
            assert refused(lambda given=given: Issuer(credentials, salt=given).issue(Grant.rtm("alice")))[1] == "salt"

    def broken() -> int:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Issuer(credentials, clock=broken).issue(Grant.rtm("alice"))
    with pytest.raises(ZeroDivisionError):
        Issuer(credentials, salt=broken).issue_many([Grant.rtm("alice")])


def test_freezegun_and_time_machine_reach_a_clock_that_asks_time() -> None:
    issuer = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=lambda: time.time())
    verifier = Verifier(app_id=APP_ID, app_certificate=CERTIFICATE, clock=lambda: time.time())
    moment = datetime.fromtimestamp(AT, timezone.utc)
    for freeze in (freezegun.freeze_time(moment), time_machine.travel(moment, tick=False)):
        with freeze:
            one = issuer.issue(Grant.rtm("alice"))
            assert one.issued_at == AT and verifier.verify(one.token, account="alice")
            assert verifier.verdict(one.token, account="alice").valid
        assert [refusal.code for refusal in verifier.verdict(one.token).refusals][:1] == ["TOKEN_EXPIRED"]


def test_other_threads_run_while_many_are_minted() -> None:
    grants = [Grant.rtc("room", uid, Role.PUBLISHER) for uid in range(1, 4001)] * 5
    turns, done = 0, Event()

    def mint() -> None:
        ISSUER.issue_many(grants)
        done.set()

    before = sys.getswitchinterval()
    # Nobody is asked to give way: only a call that lets go of the interpreter lets others run.
    sys.setswitchinterval(60)
    try:
        minting = Thread(target=mint)
        minting.start()
        while not done.is_set():
            turns += 1
            time.sleep(0.0001)
        minting.join()
    finally:
        sys.setswitchinterval(before)
    assert turns > 1
