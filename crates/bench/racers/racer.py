"""The Python racer: this package, and the peer that PyPI carries. ``python racer.py``; speaks as src/main.rs does."""

import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

from agora_token import AccessToken2, Grant, Issuer, RefusedGrant, Role, RtcTokenBuilder
from agora_token.access_token_006 import RtcTokenBuilder as RtcTokenBuilder006
from agora_token_builder import RtcTokenBuilder as PeerBuilder006

# The public sample credentials of the official test suites.
APP_ID = "970CA35de60c44645bbae8a215061b33"
APP_CERTIFICATE = "5CFd2fd1755d40ecb72977518be15d3b"
LIFETIME = 3600


def inputs() -> list[tuple[str, int]]:
    """Channel names and uids, by the rule of src/inputs.rs."""
    state = 1

    def number() -> int:
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return state

    return [("".join(f"{number():08x}" for _ in range(4)), number() % 3294967296 + 1000000000) for _ in range(1021)]


INPUTS = inputs()
ROTATED = cycle(INPUTS)
ISSUER = Issuer(app_id=APP_ID, app_certificate=APP_CERTIFICATE)
TOKENS = cycle(
    [RtcTokenBuilder.build_token_with_uid(APP_ID, APP_CERTIFICATE, *i, 1, LIFETIME, LIFETIME) for i in INPUTS]
)


def mint_007(count: int) -> None:
    build = RtcTokenBuilder.build_token_with_uid
    for channel_name, uid in islice(ROTATED, count):
        build(APP_ID, APP_CERTIFICATE, channel_name, uid, 1, 3600, 3600)


def issue_007(count: int) -> None:
    for channel_name, uid in islice(ROTATED, count):
        ISSUER.issue(Grant.rtc(channel_name, uid, Role.PUBLISHER))


def batch_007(count: int) -> None:
    grants = [Grant.rtc(channel_name, uid, Role.PUBLISHER) for channel_name, uid in islice(ROTATED, count)]
    if any(isinstance(row, RefusedGrant) for row in ISSUER.issue_many(grants)):
        raise ValueError("a grant was refused")


def mint_006(count: int) -> None:
    build = RtcTokenBuilder006.build_token_with_uid
    expired_ts = int(time.time()) + LIFETIME
    for channel_name, uid in islice(ROTATED, count):
        build(APP_ID, APP_CERTIFICATE, channel_name, uid, 1, expired_ts)


def verify_007(count: int) -> None:
    for token in islice(TOKENS, count):
        AccessToken2.parse(token).verify_signature(APP_CERTIFICATE)


def peer_mint_006(count: int) -> None:
    build = PeerBuilder006.buildTokenWithUid
    expired_ts = int(time.time()) + LIFETIME
    for channel_name, uid in islice(ROTATED, count):
        if not build(APP_ID, APP_CERTIFICATE, channel_name, uid, 1, expired_ts):
            raise ValueError("no token")


TASKS: dict[str, Callable[[int], None]] = {
    "mint-007": mint_007,
    "issue-007": issue_007,
    "batch-007": batch_007,
    "mint-006": mint_006,
    "verify-007": verify_007,
    "peer-mint-006": peer_mint_006,
}


def main(tasks: dict[str, Callable[[int], None]]) -> None:
    print(*tasks, flush=True)
    for line in sys.stdin:
        task, count = line.split()
        work, number = tasks[task], int(count)
        start = time.perf_counter_ns()
        work(number)
        print(time.perf_counter_ns() - start, flush=True)


main()
