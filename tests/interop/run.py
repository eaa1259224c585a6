"""Our library against the official PyPI package agora-token-builder: 006 tokens, equal as strings, with random input.

AGORA_TOKEN_LIBRARY  our shared library; the C ABI is what is tested
INTEROP_CASES        cases of each part, 1000 unless more
INTEROP_SEED         what a failed run printed, to see it fail again
"""

import importlib
import os
import random
import secrets
import sys
import traceback
from types import SimpleNamespace
from unittest.mock import patch

from agora_token_builder import RtcTokenBuilder, RtmTokenBuilder

from library import from_environment

PEER = importlib.import_module("agora_token_builder.AccessToken")
LEAST_CASES = 1000
SHOWN_FAILURES = 5
DAY = 24 * 3600
MAX_U32 = 2**32 - 1
SAMPLE_APP_ID = "970CA35de60c44645bbae8a215061b33"
SAMPLE_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
OTHER_CERTIFICATE = "0" * 32
CHANNEL_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 !#$%&()+-:;<=.>?@[]^_{}|~,"
SCRIPTS = [(0x20, 0x7E), (0xA1, 0x17F), (0x3B1, 0x3C9), (0x5D0, 0x5EA), (0x4E00, 0x9FFF), (0x1F300, 0x1F64F)]
JOIN_CHANNEL, RTM_LOGIN = 1, 1000
PUBLISH = (2, 3, 4)
ROLES = {0: True, 1: True, 2: False, 101: True}


# --- random input -----------------------------------------------------------------------------------


def recased(rng, digits):
    """The public sample credentials; the case of their letters counts, so it varies."""
    return "".join(rng.choice((digit.upper(), digit.lower())) for digit in digits)


def number(rng, least, most):
    """Between, with a liking for the ends and for small numbers."""
    small = min(most, least + rng.getrandbits(rng.randint(1, 32)))
    return rng.choice((least, most, rng.randint(least, most), small))


def text(rng, size):
    """Text of at most size bytes of UTF-8, not empty."""
    pool = [chr(rng.randint(*script)) for script in [rng.choice(SCRIPTS)] * 40 + SCRIPTS]
    return "".join(rng.choices(pool, k=size)).encode()[:size].decode(errors="ignore") or "u"


def channel_name(rng):
    name = "".join(rng.choices(CHANNEL_CHARACTERS, k=number(rng, 1, 63)))
    return name if name.strip() else "room"


def user(rng):
    """A user account that the builders take: not "*", which is any user."""
    name = rng.choice([text(rng, number(rng, 1, 255))] * 8 + ["0", " ", "user23"])
    return "user" if name == "*" else name


def expect(truth, what):
    if not truth:
        raise AssertionError(f"not so: {what}")


# --- the peer ---------------------------------------------------------------------------------------


def peer_token(app_id, certificate, channel, account, salt, expires_at, privileges):
    """A token of its AccessToken class, from what our access_token takes."""
    token = PEER.AccessToken(app_id, certificate, channel, account)
    token.salt, token.ts = salt, expires_at
    for privilege, expired_ts in privileges:
        token.addPrivilege(privilege, expired_ts)
    return token.build()


def peer_reads(token):
    """Salt, end and privileges as its AccessToken class reads them."""
    read = PEER.AccessToken()
    expect(read.fromString(token), "the official reader reads it")
    return read.salt, read.ts, read.messages


def at(salt, expires_at):
    """Its clock and its random source, made to give what another token has."""
    chosen = SimpleNamespace(randint=lambda _least, _most: salt)
    return patch.multiple(
        PEER, time=SimpleNamespace(time=lambda: expires_at - DAY), secrets=SimpleNamespace(SystemRandom=lambda: chosen)
    )


# --- cases ------------------------------------------------------------------------------------------


def same_both_ways(library, ours, peer_builder, arguments, channel, account, privileges):
    """Our builder's token is the peer's at the same salt and time, and the peer's is our mechanism's."""
    app_id, certificate = arguments[:2]
    salt, expires_at, granted = peer_reads(ours)
    expect(granted == dict(privileges), f"the official reader finds {granted}")
    with at(salt, expires_at):
        expect(peer_builder(*arguments) == ours, "the official builder makes the same token")

    theirs = peer_builder(*arguments)
    salt, expires_at, _ = peer_reads(theirs)
    again = library.access_token(app_id, certificate, channel, account, salt, expires_at, privileges)
    expect(again == theirs, "our writer makes the same token")
    for token in (ours, theirs):
        expect_verified(library, token, certificate, channel, account)


def expect_verified(library, token, certificate, channel, account):
    library.verify_signature(token, certificate, channel, account)
    refused = library.refusal("verify_signature", token, OTHER_CERTIFICATE, channel, account)
    expect(refused == "SIGNATURE_MISMATCH", refused)


def rtc_case(library, rng, inputs):
    """RtcTokenBuilder, with a uid and with an account by turns."""
    app_id, certificate = recased(rng, SAMPLE_APP_ID), recased(rng, SAMPLE_CERTIFICATE)
    channel = channel_name(rng)
    role = rng.choice(list(ROLES))
    expired_ts = rng.choice((0, number(rng, 10**9, MAX_U32)))
    if rng.random() < 0.5:
        who = number(rng, 0, MAX_U32)
        name, peer_builder = "agora_build_token_with_uid", RtcTokenBuilder.buildTokenWithUid
        account = str(who) if who else ""
    else:
        who = account = user(rng)
        name, peer_builder = "agora_build_token_with_user_account", RtcTokenBuilder.buildTokenWithAccount
    arguments = [app_id, certificate, channel, who, role, expired_ts]
    inputs.update(name=name, arguments=arguments)
    granted = (JOIN_CHANNEL, *PUBLISH) if ROLES[role] else (JOIN_CHANNEL,)
    privileges = [(privilege, expired_ts) for privilege in granted]
    same_both_ways(library, library.build(name, arguments), peer_builder, arguments, channel, account, privileges)


def rtm_case(library, rng, inputs):
    """RtmTokenBuilder, which has its user in the channel's place."""
    app_id, certificate = recased(rng, SAMPLE_APP_ID), recased(rng, SAMPLE_CERTIFICATE)
    account = user(rng)
    expired_ts = rng.choice((0, number(rng, 10**9, MAX_U32)))
    arguments = [app_id, certificate, account, rng.choice(list(ROLES)), expired_ts]
    inputs.update(arguments=arguments)
    ours = library.build("agora_build_rtm_token", arguments)
    same_both_ways(library, ours, RtmTokenBuilder.buildToken, arguments, account, "", [(RTM_LOGIN, expired_ts)])


def access_token_case(library, rng, inputs):
    """AccessToken with any texts, numbers and privileges, these in any order."""

    def any_text():
        return rng.choice(["", text(rng, 65535 if rng.random() < 0.05 else number(rng, 1, 600))])

    keys = {rng.choice((rng.randint(1, 4), 101, RTM_LOGIN, number(rng, 0, 65535))) for _ in range(rng.randint(0, 12))}
    privileges = [(key, number(rng, 0, MAX_U32)) for key in rng.sample(sorted(keys), len(keys))]
    app_id, certificate = recased(rng, SAMPLE_APP_ID), recased(rng, SAMPLE_CERTIFICATE)
    channel, account = any_text(), any_text()
    salt, expires_at = number(rng, 0, MAX_U32), number(rng, 0, MAX_U32)
    arguments = (app_id, certificate, channel, account, salt, expires_at, privileges)
    inputs.update(arguments=arguments)

    token = library.access_token(*arguments)
    expect(token == peer_token(*arguments), "both make the same token")
    expect(peer_reads(token) == (salt, expires_at, dict(privileges)), "the official reader reads what was written")
    document = library.parse(token)
    expect((document["salt"], document["expiresAt"]) == (salt, expires_at), document)
    expect(sorted(document["privileges"].values()) == sorted(end for _, end in privileges), document)
    expect_verified(library, token, certificate, channel, account)


# --- the run ----------------------------------------------------------------------------------------


def shortened(inputs):
    return {name: repr(value)[:600] for name, value in inputs.items()}


def run_part(name, case, library, seed, cases):
    """Runs a part and returns how many cases failed; each has a random source of its own."""
    failed = 0
    for index in range(cases):
        inputs = {}
        try:
            case(library, random.Random(f"{seed}/{name}/{index}"), inputs)
        except Exception:  # noqa: BLE001, whatever went wrong is a failed case
            failed += 1
            if failed <= SHOWN_FAILURES:
                print(f"FAILED {name}, case {index} (INTEROP_SEED={seed})\n  inputs: {shortened(inputs)}")
                print("  " + traceback.format_exc(limit=-1)[:3000].replace("\n", "\n  "))
    print(f"interop PyPI: {name}: {cases} cases, {failed} failed")
    return failed


def main():
    seed = os.environ.get("INTEROP_SEED") or str(secrets.randbits(32))
    cases = max(LEAST_CASES, int(os.environ.get("INTEROP_CASES") or 0))
    print(f"interop PyPI: INTEROP_SEED={seed} INTEROP_CASES={cases}")
    ours = from_environment()
    parts = {"RtcTokenBuilder": rtc_case, "RtmTokenBuilder": rtm_case, "AccessToken": access_token_case}
    failed = sum(run_part(name, case, ours, seed, cases) for name, case in parts.items())
    print(f"{len(parts) * cases - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
