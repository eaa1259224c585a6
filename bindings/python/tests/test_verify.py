"""Verdicts: what is asked, what is refused, and how it is told."""

import random
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from agora_token import (
    AccessToken2,
    InputError,
    RtcPrivilege,
    RtcTokenBuilder,
    ServiceFCdn,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceType,
    SignatureMismatch,
    TokenExpired,
    TokenParseError,
    VerificationError,
    Verifier,
    inspect,
    verify,
)
from agora_token.access_token_006 import AccessToken, Privilege
from samples import APP_ID, CERTIFICATE, NOW, OTHER_CERTIFICATE

ISSUED = 1_700_000_000
TOKEN = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceRtc("room", 42, {1: 300, 2: 10})]).build()
ANYONE = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceRtc("", 0, {1: 0})]).build()


def codes(token: str, certificate: Any = CERTIFICATE, **asked: Any) -> list[str]:
    return [refusal.code.value for refusal in Verifier(certificate, **asked).check(token).refusals]


def test_a_good_token() -> None:
    verdict = verify(TOKEN, CERTIFICATE, now=ISSUED, app_id=APP_ID, channel="room", user=42)
    assert verdict and verdict.valid and verdict.refusals == () and verdict.certificate == 0
    assert verdict.token == inspect(TOKEN)
    assert verdict.to_dict() == {"valid": True, "certificate": 0, "refusals": [], "token": inspect(TOKEN).to_dict()}


def test_time() -> None:
    assert codes(TOKEN, now=ISSUED + 299) == []
    assert codes(TOKEN, now=ISSUED + 300) == ["PRIVILEGE_EXPIRED"]
    assert codes(TOKEN, now=ISSUED + 600) == ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]
    assert codes(TOKEN, now=ISSUED - 1) == ["TOKEN_ISSUED_IN_FUTURE"]
    assert codes(TOKEN, now=ISSUED - 5, leeway=5) == codes(TOKEN, now=ISSUED + 302, leeway=timedelta(seconds=5)) == []
    assert codes(TOKEN, now=2**63) == ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]
    assert codes(TOKEN, now=datetime.fromtimestamp(ISSUED + 299.9, timezone.utc)) == []
    assert codes(TOKEN) == ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"], "without now it is now"
    assert codes(TOKEN, ignore_time=True) == codes(TOKEN, now=0, ignore_time=True) == []


def test_channel_and_user() -> None:
    def asked(token: str, **asked: Any) -> list[str]:
        return codes(token, now=ISSUED, **asked)

    assert asked(TOKEN, channel="room", user=42) == asked(TOKEN, user="42") == asked(ANYONE, channel="x", user=1) == []
    assert asked(TOKEN, channel="Room") == ["CHANNEL_MISMATCH"]
    assert asked(TOKEN, user=43) == asked(TOKEN, user="me") == ["USER_MISMATCH"]
    assert asked(TOKEN, user=0) == ["USER_MISMATCH"] and asked(ANYONE, user=0) == []
    assert asked(TOKEN, app_id=APP_ID[::-1]) == ["APP_ID_MISMATCH"]


def test_service() -> None:
    services = [ServiceRtc("room", 42, {1: 0}), ServiceRtm("alice", {1: 60})]
    both = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=services).build()

    def asked(**asked: Any) -> list[str]:
        return codes(both, now=ISSUED, **asked)

    assert asked(service=ServiceType.RTC) == asked(service=2) == asked(user="alice") == []
    assert asked(service=ServiceType.CHAT, channel="room", user=42) == ["SERVICE_MISSING"]
    assert asked(service=ServiceType.RTC, user=42) == asked(service=ServiceType.RTM, user="alice") == []
    assert asked(service=ServiceType.RTC, user="alice") == ["USER_MISMATCH"]
    assert asked(service=ServiceType.RTM, channel="room") == ["CHANNEL_MISMATCH"]


def test_privilege() -> None:
    def asked(privilege: int, now: int = ISSUED, **asked: Any) -> list[str]:
        return codes(TOKEN, now=now, privilege=privilege, **asked)

    assert asked(RtcPrivilege.JOIN_CHANNEL) == asked(2, service=ServiceType.RTC) == []
    assert asked(RtcPrivilege.PUBLISH_VIDEO_STREAM) == ["PRIVILEGE_MISSING"]
    assert codes(TOKEN, now=ISSUED + 10) == asked(1, now=ISSUED + 10) == [], "who may not publish any more may stay"
    assert asked(2, now=ISSUED + 10) == ["PRIVILEGE_EXPIRED"]
    with pytest.raises(TokenExpired):
        verify(TOKEN, CERTIFICATE, now=ISSUED + 10, service=ServiceType.RTC, privilege=2)


def test_service_and_privilege_of_006() -> None:
    minter = AccessToken(APP_ID, CERTIFICATE, "room", 42, expires_at=NOW + 60)
    minter.add_privilege(Privilege.JOIN_CHANNEL, NOW + 60)
    token = minter.build()
    joined: dict[str, Any] = {"channel": "room", "user": 42}
    assert codes(token, **joined, service=ServiceType.RTC, privilege=Privilege.JOIN_CHANNEL) == []
    assert codes(token, **joined, service=ServiceType.RTM) == ["SERVICE_MISSING"]
    assert codes(token, **joined, privilege=Privilege.PUBLISH_AUDIO_STREAM) == ["PRIVILEGE_MISSING"]


def test_two_wrongs_are_two_refusals() -> None:
    verdict = Verifier([OTHER_CERTIFICATE, CERTIFICATE], now=ISSUED + 600, channel="lobby").check(TOKEN)
    assert [refusal.code for refusal in verdict.refusals][:2] == ["CHANNEL_MISMATCH", "TOKEN_EXPIRED"]
    assert verdict.certificate == 1, "which of the two matched is told all the same"


def test_certificates() -> None:
    assert codes(TOKEN, OTHER_CERTIFICATE, now=ISSUED) == ["SIGNATURE_MISMATCH"]
    for both in (
        [OTHER_CERTIFICATE, CERTIFICATE],
        (OTHER_CERTIFICATE, CERTIFICATE),
        iter((OTHER_CERTIFICATE, CERTIFICATE)),
    ):
        assert verify(TOKEN, both, now=ISSUED).certificate == 1
    assert Verifier(OTHER_CERTIFICATE).check(TOKEN).certificate is None
    assert repr(Verifier([CERTIFICATE, OTHER_CERTIFICATE])) == "Verifier(certificates=2)"


def test_verify_raises_the_first_refusal_with_all_attached() -> None:
    verifier = Verifier(CERTIFICATE, now=ISSUED + 600, channel="other", user=1)
    with pytest.raises(VerificationError) as caught:
        verifier.verify(TOKEN)
    verdict = verifier.check(TOKEN)
    assert not verdict and not verdict.valid
    assert caught.value.refusals == verdict.refusals
    assert [refusal.code for refusal in verdict.refusals] == [
        "CHANNEL_MISMATCH",
        "USER_MISMATCH",
        "TOKEN_EXPIRED",
        "PRIVILEGE_EXPIRED",
    ]
    first = verdict.refusals[0]
    assert (caught.value.code, caught.value.field, str(caught.value)) == (first.code, first.field, first.reason)
    assert [entry["code"] for entry in verdict.to_dict()["refusals"]] == [refusal.code for refusal in verdict.refusals]
    assert repr(verdict).startswith("Verdict(valid=False, refusals=[CHANNEL_MISMATCH, ")


def test_of_what_nobody_signed_only_that_is_told() -> None:
    verifier = Verifier(OTHER_CERTIFICATE, now=ISSUED + 600, channel="other", user=1)
    with pytest.raises(SignatureMismatch) as caught:
        verifier.verify(TOKEN)
    verdict = verifier.check(TOKEN)
    assert not verdict and verdict.certificate is None and verdict.token is None
    assert [refusal.code for refusal in verdict.refusals] == ["SIGNATURE_MISMATCH"]
    assert caught.value.refusals == verdict.refusals
    assert verdict.to_dict()["token"] is None
    assert repr(verdict) == "Verdict(valid=False, refusals=[SIGNATURE_MISMATCH])"


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (TokenExpired, {"now": ISSUED + 600}),
        (TokenExpired, {"now": ISSUED + 300}),
        (VerificationError, {"now": ISSUED, "user": 1}),
    ],
)
def test_verify_raises_the_class_of_the_code(error: type[VerificationError], asked: dict[str, Any]) -> None:
    with pytest.raises(error) as caught:
        verify(TOKEN, CERTIFICATE, **asked)
    assert type(caught.value) is error


def test_verdicts_are_values() -> None:
    verifier = Verifier(CERTIFICATE, now=ISSUED)
    assert verifier.check(TOKEN) == verifier.check(TOKEN) != verifier.check(ANYONE)
    assert len({verifier.check(TOKEN), verifier.check(TOKEN)}) == 1
    with pytest.raises(AttributeError):
        verifier.check(TOKEN).valid = True  # type: ignore[misc]


def test_006_needs_channel_and_user() -> None:
    token = AccessToken(APP_ID, CERTIFICATE, "room", 42, expires_at=NOW + 60, privileges={1: 0}).build()
    assert codes(token) == codes(token, channel="room") == codes(token, user=42) == ["CHANNEL_AND_USER_REQUIRED"]
    assert codes(token, channel="room", user=42) == codes(token, channel="room", user="42") == []
    assert codes(token, channel="room", user=43) == ["USER_MISMATCH"]


def test_a_token_that_cannot_be_read_raises_from_both() -> None:
    for call in (Verifier(CERTIFICATE).check, Verifier(CERTIFICATE).verify):
        with pytest.raises(TokenParseError):
            call(TOKEN[:-4])


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"certificate": None}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"certificate": CERTIFICATE.encode()}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"certificate": []}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"certificate": [CERTIFICATE, None]}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"certificate": [CERTIFICATE, CERTIFICATE + "\n"]}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"now": True}, "INVALID_TIMESTAMP", "now"),
        ({"now": 1.5}, "INVALID_TIMESTAMP", "now"),
        ({"now": -1}, "INVALID_TIMESTAMP", "now"),
        ({"now": 2**64}, "INVALID_TIMESTAMP", "now"),
        ({"now": datetime.now()}, "INVALID_TIMESTAMP", "now"),
        ({"now": datetime(1969, 1, 1, tzinfo=timezone.utc)}, "INVALID_TIMESTAMP", "now"),
        ({"leeway": None}, "INVALID_LIFETIME", "leeway"),
        ({"leeway": -1}, "INVALID_LIFETIME", "leeway"),
        ({"leeway": 1.0}, "INVALID_LIFETIME", "leeway"),
        ({"app_id": "x"}, "INVALID_APP_ID", "app_id"),
        ({"channel": 1}, "INVALID_CHANNEL_NAME", "channel_name"),
        ({"service": 0}, "INDEX_OUT_OF_RANGE", "services"),
        ({"service": -1}, "INDEX_OUT_OF_RANGE", "services"),
        ({"service": 2**16}, "INDEX_OUT_OF_RANGE", "services"),
        ({"privilege": -1}, "INDEX_OUT_OF_RANGE", "privileges"),
        ({"privilege": 2**16}, "INDEX_OUT_OF_RANGE", "privileges"),
        ({"user": True}, "INVALID_UID", "uid"),
        ({"user": 1.0}, "INVALID_UID", "uid"),
        ({"user": -1}, "INVALID_UID", "uid"),
        ({"user": 2**32}, "INVALID_UID", "uid"),
        ({"user": b"me"}, "INVALID_UID", "uid"),
        ({"user": "a\ud800"}, "INVALID_UTF8", "user_account"),
    ],
)
def test_what_is_asked_is_checked(asked: dict[str, Any], code: str, field: str) -> None:
    asked = {"certificate": CERTIFICATE, **asked}
    for call in (lambda: Verifier(**asked), lambda: verify(TOKEN, **asked)):
        with pytest.raises(InputError) as caught:
            call()
        assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("asked", [{"service": "rtc"}, {"service": True}, {"privilege": "join"}, {"privilege": True}])
def test_services_and_privileges_are_numbers(asked: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="must be a"):
        Verifier(CERTIFICATE, **asked)


def test_ignore_time_is_a_bool() -> None:
    with pytest.raises(TypeError):
        Verifier(CERTIFICATE, ignore_time=1)  # type: ignore[arg-type]


def test_a_long_token_is_read_without_the_lock() -> None:
    draw = random.Random(1)
    resources = [f"{draw.getrandbits(128):032x}" for _ in range(1500)]
    token = AccessToken2(APP_ID, CERTIFICATE, services=[ServiceRtm2("me", {0: {0: resources}}, {1: 0})]).build()
    assert len(token) > 16 * 1024
    read = verify(token, CERTIFICATE, user="me").token
    assert read is not None
    assert read.to_dict()["services"][0]["permissions"]["messageChannels"]["read"] == resources
    with pytest.raises(TokenParseError):
        verify(token[:-8], CERTIFICATE)


def test_a_verifier_reads_4096_entries() -> None:
    def token(count: int) -> str:
        # The privilege, the type of resources and the permission are entries too.
        service = ServiceRtm2("me", {0: {0: ["r"] * (count - 3)}}, {1: 0})
        return AccessToken2(APP_ID, CERTIFICATE, services=[service]).build()

    assert verify(token(4096), CERTIFICATE, user="me")
    with pytest.raises(TokenParseError) as caught:
        verify(token(4097), CERTIFICATE, user="me")
    assert caught.value.code == "TOKEN_TOO_LARGE"
    assert len(AccessToken2.parse(token(4097)).services) == 1


def test_a_verifier_reads_64_services() -> None:
    def token(count: int) -> str:
        return AccessToken2(APP_ID, CERTIFICATE, services=[ServiceFpa({1: 0}) for _ in range(count)]).build()

    assert verify(token(64), CERTIFICATE, service=ServiceType.FPA)
    with pytest.raises(TokenParseError) as caught:
        verify(token(65), CERTIFICATE)
    assert caught.value.code == "TOKEN_TOO_LARGE"
    assert len(AccessToken2.parse(token(65)).services) == 65


def test_leeway_ends_at_an_hour() -> None:
    assert codes(TOKEN, now=ISSUED + 300 + 3599, leeway=3600) == codes(TOKEN, now=ISSUED + 3899, leeway=2**31) == []
    for leeway in (3601, 2**31, timedelta(days=1)):
        assert codes(TOKEN, now=ISSUED + 300 + 3600, leeway=leeway) == ["PRIVILEGE_EXPIRED"]


def test_past_24_hours_a_token_is_over() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 7 * 86_400, services=[ServiceRtc("room", 42, {1: 0})]).build()
    assert codes(token, now=ISSUED + 86_399) == []
    assert codes(token, now=ISSUED + 86_400) == ["TOKEN_EXPIRED"]


def test_a_channel_means_rtc_unless_a_service_is_named() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceFCdn("room", 42, {1: 0})]).build()
    asked: dict[str, Any] = {"now": ISSUED, "channel": "room", "user": 42}
    assert codes(token, **asked) == ["SERVICE_MISSING"]
    assert codes(token, **asked, service=ServiceType.FCDN) == []


def test_an_unknown_privilege_lets_nobody_in() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceRtm("alice", {999: 0})]).build()
    assert codes(token, now=ISSUED, user="alice") == ["PRIVILEGE_MISSING"]


def test_privileges_of_006_are_known() -> None:
    token = AccessToken(APP_ID, CERTIFICATE, "room", 42, expires_at=NOW + 60, privileges={1: 0, 5: 0}).build()
    with pytest.raises(VerificationError) as caught:
        verify(token, CERTIFICATE, channel="room", user=42)
    assert type(caught.value) is VerificationError
    assert [refusal.code for refusal in caught.value.refusals] == ["TOKEN_AMBIGUOUS"]


def test_one_call_from_a_fresh_token() -> None:
    token = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", uid=42, role=1, token_expire=60)
    assert verify(token, CERTIFICATE, channel="room", user=42, leeway=2)
