"""Verdicts: what is asked, what is refused, and how it is told."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from agora_token import (
    AccessToken2,
    Channel,
    ConfigurationError,
    Credentials,
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
    UnknownOption,
    User,
    VerificationError,
    Verifier,
    inspect,
)
from agora_token.access_token_006 import AccessToken, Privilege
from samples import APP_ID, CERTIFICATE, NOW, OTHER_CERTIFICATE, REFUSED, verify
from samples import verdict as verdict_of

ISSUED = 1_700_000_000
TOKEN = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceRtc("room", 42, {1: 300, 2: 10})]).build()
ANYONE = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceRtc("", 0, {1: 0})]).build()


def codes(token: str, certificate: Any = CERTIFICATE, **asked: Any) -> list[str]:
    return [refusal.code.value for refusal in verdict_of(token, certificate, **asked).refusals]


def test_a_good_token() -> None:
    verdict = verify(TOKEN, CERTIFICATE, clock=ISSUED, app_id=APP_ID, channel="room", user=42)
    assert verdict and verdict.valid and verdict.refusals == () and verdict.certificate == 0
    assert verdict.token == inspect(TOKEN)
    assert verdict.to_dict() == {"valid": True, "certificate": 0, "refusals": [], "token": inspect(TOKEN).to_dict()}


def test_time() -> None:
    assert codes(TOKEN, clock=ISSUED + 299) == []
    assert codes(TOKEN, clock=ISSUED + 300) == ["PRIVILEGE_EXPIRED"]
    assert codes(TOKEN, clock=ISSUED + 600) == ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]
    assert codes(TOKEN, clock=ISSUED - 1) == ["TOKEN_ISSUED_IN_FUTURE"]
    assert (
        codes(TOKEN, clock=ISSUED - 5, leeway=5) == codes(TOKEN, clock=ISSUED + 302, leeway=timedelta(seconds=5)) == []
    )
    assert codes(TOKEN, clock=10**11 - 1) == ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"]
    assert codes(TOKEN, clock=datetime.fromtimestamp(ISSUED + 299.9, timezone.utc)) == []
    assert codes(TOKEN) == ["TOKEN_EXPIRED", "PRIVILEGE_EXPIRED"], "without now it is now"
    assert codes(TOKEN, ignore_time=True) == codes(TOKEN, clock=0, ignore_time=True) == []


def test_channel_and_user() -> None:
    def asked(token: str, **asked: Any) -> list[str]:
        return codes(token, clock=ISSUED, **asked)

    assert asked(TOKEN, channel="room", user=42) == asked(TOKEN, user="42") == asked(ANYONE, channel="x", user=1) == []
    assert asked(TOKEN, channel="Room") == ["CHANNEL_MISMATCH"]
    assert asked(TOKEN, user=43) == asked(TOKEN, user="me") == ["USER_MISMATCH"]
    assert asked(TOKEN, user=0) == ["USER_MISMATCH"] and asked(ANYONE, user=0) == []
    assert asked(TOKEN, app_id=APP_ID[::-1]) == ["APP_ID_MISMATCH"]


def test_service() -> None:
    services = [ServiceRtc("room", 42, {1: 0}), ServiceRtm("alice", {1: 60})]
    both = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=services).build()

    def asked(**asked: Any) -> list[str]:
        return codes(both, clock=ISSUED, **asked)

    assert asked(service=ServiceType.RTC) == asked(service=2) == asked(user="alice") == []
    assert asked(service=ServiceType.CHAT, channel="room", user=42) == ["SERVICE_MISSING"]
    assert asked(service=ServiceType.RTC, user=42) == asked(service=ServiceType.RTM, user="alice") == []
    assert asked(service=ServiceType.RTC, user="alice") == ["USER_MISMATCH"]
    assert asked(service=ServiceType.RTM, channel="room") == ["CHANNEL_MISMATCH"]


def test_privilege() -> None:
    def asked(privilege: int, clock: int = ISSUED, **asked: Any) -> list[str]:
        return codes(TOKEN, clock=clock, privilege=privilege, **asked)

    assert asked(RtcPrivilege.JOIN_CHANNEL) == asked(2, service=ServiceType.RTC) == []
    assert asked(RtcPrivilege.PUBLISH_VIDEO_STREAM) == ["PRIVILEGE_MISSING"]
    assert codes(TOKEN, clock=ISSUED + 10) == asked(1, clock=ISSUED + 10) == [], "who may not publish any more may stay"
    assert asked(2, clock=ISSUED + 10) == ["PRIVILEGE_EXPIRED"]
    with pytest.raises(TokenExpired):
        verify(TOKEN, CERTIFICATE, clock=ISSUED + 10, service=ServiceType.RTC, privilege=2)


def test_service_and_privilege_of_006() -> None:
    minter = AccessToken(APP_ID, CERTIFICATE, "room", 42, expires_at=NOW + 3600)
    minter.add_privilege(Privilege.JOIN_CHANNEL, NOW + 3600)
    token = minter.build()
    joined: dict[str, Any] = {"channel": "room", "user": 42}
    assert codes(token, **joined, service=ServiceType.RTC, privilege=Privilege.JOIN_CHANNEL) == []
    assert codes(token, **joined, service=ServiceType.RTM) == ["SERVICE_MISSING"]
    assert codes(token, **joined, privilege=Privilege.PUBLISH_AUDIO_STREAM) == ["PRIVILEGE_MISSING"]


def test_two_wrongs_are_two_refusals() -> None:
    verdict = verdict_of(TOKEN, [OTHER_CERTIFICATE, CERTIFICATE], clock=ISSUED + 600, channel="lobby")
    assert [refusal.code for refusal in verdict.refusals][:2] == ["CHANNEL_MISMATCH", "TOKEN_EXPIRED"]
    assert verdict.certificate == 1, "which of the two matched is told all the same"


def test_certificates() -> None:
    assert codes(TOKEN, OTHER_CERTIFICATE, clock=ISSUED) == ["SIGNATURE_MISMATCH"]
    for both in (
        [OTHER_CERTIFICATE, CERTIFICATE],
        (OTHER_CERTIFICATE, CERTIFICATE),
        iter((OTHER_CERTIFICATE, CERTIFICATE)),
    ):
        assert verify(TOKEN, both, clock=ISSUED).certificate == 1
    assert verdict_of(TOKEN, OTHER_CERTIFICATE).certificate is None
    assert repr(Verifier(certificates=[CERTIFICATE, OTHER_CERTIFICATE])) == "Verifier(certificates=2)"


def test_verify_raises_the_first_refusal_with_all_attached() -> None:
    asked: dict[str, Any] = {"channel": "other", "user": 1}
    verifier = Verifier(certificates=CERTIFICATE, clock=ISSUED + 600)
    with pytest.raises(VerificationError) as caught:
        verifier.verify(TOKEN, **asked)
    verdict = verifier.verdict(TOKEN, **asked)
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
    asked: dict[str, Any] = {"channel": "other", "user": 1}
    verifier = Verifier(certificates=OTHER_CERTIFICATE, clock=ISSUED + 600)
    with pytest.raises(SignatureMismatch) as caught:
        verifier.verify(TOKEN, **asked)
    verdict = verifier.verdict(TOKEN, **asked)
    assert not verdict and verdict.certificate is None and verdict.token is None
    assert [refusal.code for refusal in verdict.refusals] == ["SIGNATURE_MISMATCH"]
    assert caught.value.refusals == verdict.refusals
    assert verdict.to_dict()["token"] is None
    assert repr(verdict) == "Verdict(valid=False, refusals=[SIGNATURE_MISMATCH])"


@pytest.mark.parametrize(
    ("error", "asked"),
    [
        (TokenExpired, {"clock": ISSUED + 600}),
        (TokenExpired, {"clock": ISSUED + 300}),
        (VerificationError, {"clock": ISSUED, "user": 1}),
    ],
)
def test_verify_raises_the_class_of_the_code(error: type[VerificationError], asked: dict[str, Any]) -> None:
    with pytest.raises(error) as caught:
        verify(TOKEN, CERTIFICATE, **asked)
    assert type(caught.value) is error


def test_verdicts_are_values() -> None:
    verifier = Verifier(certificates=CERTIFICATE, clock=ISSUED)
    assert verifier.verdict(TOKEN) == verifier.verdict(TOKEN) != verifier.verdict(ANYONE)
    assert len({verifier.verdict(TOKEN), verifier.verdict(TOKEN)}) == 1
    with pytest.raises(AttributeError):
        verifier.verdict(TOKEN).valid = True  # type: ignore[misc]


def test_006_needs_channel_and_user() -> None:
    token = AccessToken(APP_ID, CERTIFICATE, "room", 42, expires_at=NOW + 3600, privileges={1: 0}).build()
    assert codes(token) == codes(token, channel="room") == codes(token, user=42) == ["CHANNEL_AND_USER_REQUIRED"]
    assert codes(token, channel="room", user=42) == codes(token, channel="room", user="42") == []
    assert codes(token, channel="room", user=43) == ["USER_MISMATCH"]


@pytest.mark.parametrize("token", [TOKEN[:-4], "", "hello", None, b"007", 7, "007\ud800"])
def test_what_cannot_be_read_is_refused_by_both(token: Any) -> None:
    verifier = Verifier(certificates=CERTIFICATE)
    with pytest.raises(TokenParseError) as caught:
        verifier.verify(token)
    verdict = verifier.verdict(token)
    assert not verdict and verdict.token is None and verdict.certificate is None
    assert caught.value.refusals == verdict.refusals != ()
    assert verdict.refusals[0].code.number in range(60, 67)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"certificates": None}, "INVALID_APP_CERTIFICATE", "certificates"),
        ({"certificates": CERTIFICATE.encode()}, "INVALID_APP_CERTIFICATE", "certificates"),
        ({"certificates": []}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"certificates": [CERTIFICATE, None]}, "INVALID_APP_CERTIFICATE", "certificates"),
        ({"certificates": [CERTIFICATE, CERTIFICATE + "\n"]}, "INVALID_APP_CERTIFICATE", "certificates"),
        ({"app_certificate": None}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"app_certificate": "x"}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"app_id": CERTIFICATE}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"clock": True}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": float("nan")}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": -1}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": -0.5}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": 2**64}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": NOW * 1000}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": "now"}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": datetime.now()}, "INVALID_TIMESTAMP", "clock"),
        ({"clock": datetime(1969, 1, 1, tzinfo=timezone.utc)}, "INVALID_TIMESTAMP", "clock"),
        ({"leeway": None}, "INVALID_LIFETIME", "leeway"),
        ({"leeway": -1}, "INVALID_LIFETIME", "leeway"),
        ({"leeway": 1.0}, "INVALID_LIFETIME", "leeway"),
        ({"app_id": "x"}, "INVALID_APP_ID", "app_id"),
        ({"app_id": None}, "INVALID_APP_ID", "app_id"),
        ({"certificate": None}, "INVALID_APP_CERTIFICATE", "certificate"),
        ({"cert": CERTIFICATE}, "UNKNOWN_OPTION", "cert"),
    ],
)
def test_what_a_verifier_is_given_is_checked(given: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Verifier(**{"certificates": CERTIFICATE, **given})
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"channel": 1}, "INVALID_CHANNEL_NAME", "channel"),
        ({"channel": None}, "INVALID_CHANNEL_NAME", "channel"),
        ({"channel": User.ANY}, "INVALID_CHANNEL_NAME", "channel"),
        ({"service": 0}, "INDEX_OUT_OF_RANGE", "service"),
        ({"service": -1}, "INDEX_OUT_OF_RANGE", "service"),
        ({"service": 2**16}, "INDEX_OUT_OF_RANGE", "service"),
        ({"privilege": -1}, "INDEX_OUT_OF_RANGE", "privilege"),
        ({"privilege": 2**16}, "INDEX_OUT_OF_RANGE", "privilege"),
        ({"uid": None}, "INVALID_UID", "uid"),
        ({"uid": "42"}, "INVALID_UID", "uid"),
        ({"uid": True}, "INVALID_UID", "uid"),
        ({"account": None}, "INVALID_USER_ACCOUNT", "account"),
        ({"account": 42}, "INVALID_USER_ACCOUNT", "account"),
        ({"account": "a\ud800"}, "INVALID_UTF8", "account"),
        ({"user": None}, "INVALID_UID", "user"),
        ({"user": True}, "INVALID_UID", "user"),
        ({"user": 1.0}, "INVALID_UID", "user"),
        ({"user": -1}, "INVALID_UID", "user"),
        ({"user": 2**32}, "INVALID_UID", "user"),
        ({"user": b"me"}, "INVALID_UID", "user"),
        ({"user": Channel.ANY}, "INVALID_UID", "user"),
        ({"user": "a\ud800"}, "INVALID_UTF8", "user"),
        ({"uid": 42, "user": 42}, "INVALID_USER_ID", "user"),
        ({"uid": 42, "account": "42"}, "INVALID_USER_ID", "user"),
    ],
)
def test_what_is_asked_is_checked(asked: dict[str, Any], code: str, field: str) -> None:
    verifier = Verifier(certificates=CERTIFICATE)
    for call in (verifier.verify, verifier.verdict):
        with pytest.raises(REFUSED) as caught:
            call(TOKEN, **asked)
        assert (caught.value.code, caught.value.field) == (code, field)


def test_a_question_that_was_left_open_lets_nobody_in() -> None:
    good = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, 60)
    verifier = Verifier(certificates=CERTIFICATE)
    assert verifier.verify(good, channel="room", uid=42)
    for name in ("channel", "uid", "account", "user", "service", "privilege"):
        for call in (verifier.verify, verifier.verdict):
            with pytest.raises((*REFUSED, TypeError)):
                call(good, **{name: None})  # type: ignore[arg-type]


def test_an_unknown_question_is_refused() -> None:
    verifier = Verifier(certificates=CERTIFICATE)
    for call in (verifier.verify, verifier.verdict):
        with pytest.raises(TypeError, match="unexpected keyword argument 'chanel'"):
            call(TOKEN, chanel="room")  # type: ignore[call-arg]
    with pytest.raises(UnknownOption, match=r"^channel is no argument of Verifier; it takes credentials, app_id"):
        Verifier(certificates=CERTIFICATE, channel="room")  # type: ignore[call-overload]


@pytest.mark.parametrize("asked", [{"service": "rtc"}, {"service": True}, {"privilege": "join"}, {"privilege": True}])
def test_services_and_privileges_are_numbers(asked: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="must be a"):
        Verifier(certificates=CERTIFICATE).verdict(TOKEN, **asked)


def test_ignore_time_is_a_bool() -> None:
    with pytest.raises(TypeError):
        Verifier(certificates=CERTIFICATE, ignore_time=1)  # type: ignore[call-overload]


def test_users_by_every_name() -> None:
    verifier = Verifier(certificates=CERTIFICATE, clock=ISSUED)
    ways: list[dict[str, Any]] = [{"uid": 42}, {"account": "42"}, {"user": 42}, {"user": "42"}, {"user": User(uid=42)}]
    for asked in ways:
        assert verifier.verify(TOKEN, channel="room", **asked)
        assert verifier.verify(ANYONE, channel="room", **asked)
    assert verifier.verify(ANYONE, channel=Channel.ANY, user=User.ANY) and verifier.verify(ANYONE, uid=0)
    codes = [refusal.code for refusal in verifier.verdict(TOKEN, channel=Channel.ANY, user=User.ANY).refusals]
    assert codes == ["CHANNEL_MISMATCH", "USER_MISMATCH"]


def test_a_refusal_names_the_service() -> None:
    verdict = verdict_of(TOKEN, CERTIFICATE, clock=ISSUED, channel="lobby")
    assert [refusal.service for refusal in verdict.refusals] == [ServiceType.RTC]
    assert verdict_of(TOKEN, OTHER_CERTIFICATE).refusals[0].service is None


def test_the_project_by_every_name(monkeypatch: pytest.MonkeyPatch) -> None:
    good = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, 60)
    credentials = Credentials(app_id=APP_ID, app_certificate=CERTIFICATE)
    monkeypatch.setenv("AGORA_APP_ID", APP_ID)
    monkeypatch.setenv("AGORA_APP_CERTIFICATE", OTHER_CERTIFICATE)
    monkeypatch.setenv("AGORA_APP_CERTIFICATE_SECONDARY", CERTIFICATE)
    verifiers = [
        (Verifier(credentials), 0),
        (Verifier(app_id=APP_ID, app_certificate=CERTIFICATE), 0),
        (Verifier(app_id=APP_ID, app_certificate=OTHER_CERTIFICATE, certificates=[CERTIFICATE]), 1),
        (Verifier(app_id=APP_ID, certificates=(OTHER_CERTIFICATE, CERTIFICATE)), 1),
        (Verifier(app_id=APP_ID, certificate=OTHER_CERTIFICATE, certificates=CERTIFICATE), 1),
        (Verifier(Credentials(app_id=APP_ID, app_certificate=OTHER_CERTIFICATE), certificates=CERTIFICATE), 1),
        (Verifier.from_env(leeway=5), 1),
    ]
    for verifier, index in verifiers:
        assert verifier.verify(good, channel="room", uid=42).certificate == index
    other = Verifier(app_id=APP_ID[::-1], app_certificate=CERTIFICATE)
    assert [refusal.code for refusal in other.verdict(good).refusals] == ["APP_ID_MISMATCH"]
    monkeypatch.setenv("AGORA_APP_CERTIFICATE_SECONDARY", "oops")
    with pytest.raises(ConfigurationError) as caught:
        Verifier.from_env()
    assert caught.value.field == "AGORA_APP_CERTIFICATE_SECONDARY"


def test_certificates_are_never_taken_by_position() -> None:
    wrong: list[Callable[[], Any]] = [
        lambda: Verifier(APP_ID, CERTIFICATE),  # type: ignore[call-overload]
        lambda: Verifier(APP_ID),  # type: ignore[call-overload]
        lambda: Verifier(Credentials(app_id=APP_ID, app_certificate=CERTIFICATE), app_id=APP_ID),  # type: ignore[call-overload]
    ]
    for call in wrong:
        with pytest.raises(TypeError) as caught:
            call()
        assert CERTIFICATE not in str(caught.value)


def test_a_clock_in_place_of_the_systems() -> None:
    moments = iter((ISSUED, ISSUED + 600))
    verifier = Verifier(certificates=CERTIFICATE, clock=lambda: next(moments))
    assert verifier.verdict(TOKEN) and not verifier.verdict(TOKEN)
    for clock in (ISSUED, float(ISSUED), datetime.fromtimestamp(ISSUED, timezone.utc), lambda: ISSUED + 0.9):
        assert Verifier(certificates=CERTIFICATE, clock=clock).verify(TOKEN)
    for broken in (lambda: "noon", lambda: None, lambda: NOW * 1000):
        with pytest.raises(ConfigurationError) as caught:
            Verifier(certificates=CERTIFICATE, clock=broken).verdict(TOKEN)  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.field) == ("INVALID_TIMESTAMP", "clock")
    with pytest.raises(StopIteration):
        verifier.verify(TOKEN)


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
    assert codes(TOKEN, clock=ISSUED + 300 + 3599, leeway=3600) == codes(TOKEN, clock=ISSUED + 3899, leeway=2**31) == []
    for leeway in (3601, 2**31, timedelta(days=1)):
        assert codes(TOKEN, clock=ISSUED + 300 + 3600, leeway=leeway) == ["PRIVILEGE_EXPIRED"]


def test_past_24_hours_a_token_is_over() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 7 * 86_400, services=[ServiceRtc("room", 42, {1: 0})]).build()
    assert codes(token, clock=ISSUED + 86_399) == []
    assert codes(token, clock=ISSUED + 86_400) == ["TOKEN_EXPIRED"]


def test_a_channel_means_rtc_unless_a_service_is_named() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceFCdn("room", 42, {1: 0})]).build()
    asked: dict[str, Any] = {"clock": ISSUED, "channel": "room", "user": 42}
    assert codes(token, **asked) == ["SERVICE_MISSING"]
    assert codes(token, **asked, service=ServiceType.FCDN) == []


def test_an_unknown_privilege_lets_nobody_in() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, ISSUED, 600, services=[ServiceRtm("alice", {999: 0})]).build()
    assert codes(token, clock=ISSUED, user="alice") == ["PRIVILEGE_MISSING"]


def test_privileges_of_006_are_known() -> None:
    token = AccessToken(APP_ID, CERTIFICATE, "room", 42, expires_at=NOW + 3600, privileges={1: 0, 5: 0}).build()
    with pytest.raises(VerificationError) as caught:
        verify(token, CERTIFICATE, channel="room", user=42)
    assert type(caught.value) is VerificationError
    assert [refusal.code for refusal in caught.value.refusals] == ["TOKEN_AMBIGUOUS"]


def test_one_call_from_a_fresh_token() -> None:
    token = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", uid=42, role=1, token_expire=60)
    assert verify(token, CERTIFICATE, channel="room", user=42, leeway=2)
