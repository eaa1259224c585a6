"""Both ways against PyPI agora-token-builder, which makes AccessToken (006), over random input."""

import random
import string
import time
from functools import partial
from typing import Any

import agora_token_builder.AccessToken as peer  # type: ignore[import-untyped]
import pytest
from agora_token.access_token_006 import AccessToken, RtcTokenBuilder, RtmTokenBuilder, UnverifiedToken
from agora_token.compat.AccessToken import AccessToken as CompatToken
from agora_token.compat.RtcTokenBuilder import RtcTokenBuilder as CompatRtc
from agora_token.compat.RtmTokenBuilder import RtmTokenBuilder as CompatRtm
from agora_token_builder import RtcTokenBuilder as PeerRtc
from agora_token_builder import RtmTokenBuilder as PeerRtm
from samples import APP_ID, CERTIFICATE, REFUSED, verify

ROUNDS = 500
ROLES = (0, 1, 2, 101)
CHANNEL = string.ascii_letters + string.digits + " !#$%&()+-:;<=.>?@[]^_{}|~,"
USER = "".join(sorted(set(string.printable) - set("\t\n\r\v\f"))) + "\u00e4\u4e16"
CONTROL = "\0\t\n\r\v\f\x7f\x85"
HEX = "0123456789abcdefABCDEF"


class Draw:
    """Random arguments; the seed is fixed, so a failure comes again."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def text(self, alphabet: str, least: int, most: int) -> str:
        return "".join(self.random.choices(alphabet, k=self.random.randint(least, most)))

    def credentials(self) -> tuple[str, str]:
        return self.text(HEX, 32, 32), self.text(HEX, 32, 32)

    def channel(self) -> str:
        return "c" + self.text(CHANNEL, 0, 62)

    def user(self) -> str:
        return "u" + self.text(USER, 0, 80)

    def account(self) -> str:
        """With control characters too, which the builders refuse."""
        return "u" + self.text(string.printable + "\u00e4\u4e16", 0, 80)

    def uid(self) -> int:
        return self.random.choice((0, 1, 2**31, 2**32 - 1, self.random.randrange(2**32)))

    def end(self) -> int:
        return int(time.time()) + self.random.randrange(10, 86_400)

    def privileges(self) -> dict[int, int]:
        numbers = self.random.sample((1, 2, 3, 4, 101, 1000, 65_535, 7), self.random.randrange(8))
        return {number: self.random.randrange(2**32) for number in numbers}


def test_the_mechanism_gives_the_same_string() -> None:
    draw = Draw(1)
    for _ in range(ROUNDS):
        app_id, certificate = draw.credentials()
        channel, account = draw.account(), draw.account()
        salt, ts, privileges = draw.random.randrange(2**32), draw.random.randrange(2**32), draw.privileges()
        theirs = peer.AccessToken(app_id, certificate, channel, account)
        theirs.salt, theirs.ts, theirs.messages = salt, ts, dict(privileges)
        ours = AccessToken(app_id, certificate, channel, account, salt=salt, expires_at=ts, privileges=privileges)
        compat = CompatToken(app_id, certificate, channel, account)
        compat.salt, compat.ts, compat.messages = salt, ts, dict(privileges)
        assert ours.build() == theirs.build() == compat.build()


def test_their_tokens_are_good_here() -> None:
    draw = Draw(2)
    for _ in range(ROUNDS):
        app_id, certificate = draw.credentials()
        channel, account, uid, end = draw.channel(), draw.account(), draw.uid(), draw.end()
        role = draw.random.choice(ROLES)
        token = PeerRtc.buildTokenWithUid(app_id, certificate, channel, uid, role, end)
        assert verify(token, certificate, app_id=app_id, channel=channel, user=uid)
        token = PeerRtc.buildTokenWithAccount(app_id, certificate, channel, account, role, end)
        assert verify(token, certificate, app_id=app_id, channel=channel, user=account)
        token = PeerRtm.buildToken(app_id, certificate, account, 1, end)
        assert verify(token, certificate, app_id=app_id, user=account)


def test_our_tokens_are_theirs_with_their_salt_and_time() -> None:
    draw = Draw(3)
    for _ in range(ROUNDS):
        app_id, certificate = draw.credentials()
        channel, account, uid, end = draw.channel(), draw.account(), draw.uid(), draw.end()
        role, user = draw.random.choice(ROLES), draw.user()
        same(
            RtcTokenBuilder.build_token_with_uid(app_id, certificate, channel, uid, role, end),
            PeerRtc.buildTokenWithUid(app_id, certificate, channel, uid, role, end),
            peer.AccessToken(app_id, certificate, channel, uid),
        )
        same(
            RtcTokenBuilder.build_token_with_user_account(app_id, certificate, channel, user, role, end),
            PeerRtc.buildTokenWithAccount(app_id, certificate, channel, user, role, end),
            peer.AccessToken(app_id, certificate, channel, user),
        )
        same(
            CompatRtc.buildTokenWithAccount(app_id, certificate, channel, account, role, end),
            PeerRtc.buildTokenWithAccount(app_id, certificate, channel, account, role, end),
            peer.AccessToken(app_id, certificate, channel, account),
        )
        same(
            CompatRtc.buildTokenWithUid(app_id, certificate, channel, uid, role, end),
            PeerRtc.buildTokenWithUid(app_id, certificate, channel, uid, role, end),
            peer.AccessToken(app_id, certificate, channel, uid),
        )
        same(
            RtmTokenBuilder.build_token(app_id, certificate, user, 1, end),
            PeerRtm.buildToken(app_id, certificate, user, 1, end),
            peer.AccessToken(app_id, certificate, user, ""),
        )
        same(
            CompatRtm.buildToken(app_id, certificate, account, 1, end),
            PeerRtm.buildToken(app_id, certificate, account, 1, end),
            peer.AccessToken(app_id, certificate, account, ""),
        )
        strange = draw.random.choice(["*", user + draw.random.choice(CONTROL)])
        for call in (
            partial(RtcTokenBuilder.build_token_with_user_account, app_id, certificate, channel, strange, role, end),
            partial(RtmTokenBuilder.build_token, app_id, certificate, strange, 1, end),
        ):
            with pytest.raises(REFUSED) as caught:
                call()
            assert caught.value.code == "INVALID_USER_ACCOUNT"


def same(ours: str, theirs: str, reader: Any) -> None:
    """They read our token, sign what they read, and get our string; and they grant the same."""
    assert reader.fromString(ours)
    assert reader.build() == ours
    assert read(ours).privileges == read(theirs).privileges


def read(token: str) -> UnverifiedToken:
    return AccessToken.parse(token)


def test_the_peer_is_the_peer() -> None:
    """It neither checks anything nor is this package."""
    assert PeerRtc.buildTokenWithUid("", "", "", None, 1, 0).startswith("006")
    assert peer.__name__ == "agora_token_builder.AccessToken"
    assert len({peer.AccessToken(APP_ID, CERTIFICATE).salt for _ in range(10)}) > 1
