"""The doctor: every golden file, what it is told, and what it tells."""

import json
from datetime import datetime, timezone
from enum import IntEnum
from typing import Any

import goldens
import pytest
from agora_token import (
    AgoraTokenError,
    Channel,
    Diagnosis,
    Finding,
    FindingCode,
    Role,
    RtcTokenBuilder,
    ServiceType,
    Severity,
    TokenParseError,
    User,
    _native,
    diagnose,
)
from samples import APP_ID, CERTIFICATE, NOW, OTHER_CERTIFICATE, REFUSED

TOKEN = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, 3600)
JOINED: dict[str, Any] = {"app_id": APP_ID, "channel": "room", "user": 42, "certificates": [CERTIFICATE]}


def codes(diagnosis: Diagnosis) -> list[str]:
    return [finding.code.value for finding in diagnosis.findings]


@pytest.mark.parametrize("file", [file for file in goldens.FILES if file != goldens.SCENARIOS])
def test_golden_file(file: str) -> None:
    document = goldens.read(file)
    assert file == document["code"].lower() + ".json"
    for case in goldens.cases_of(document):
        diagnosis = diagnose(case["token"], **goldens.asked(case["attempt"]))
        assert diagnosis.to_dict() == {"findings": case["findings"]}, case["situation"]
        assert [vars(finding) for finding in diagnosis.findings] == case["findings"]
        assert document["code"] in codes(diagnosis)[:2]
        goldens.passed[file] += 1


def test_scenarios() -> None:
    scenarios = goldens.cases_of(goldens.read(goldens.SCENARIOS))
    assert len(scenarios) >= 10
    for case in scenarios:
        diagnosis = diagnose(case["token"], **goldens.asked(case["attempt"]))
        assert case["expected"] in codes(diagnosis)[:2], case["id"]
        goldens.passed[goldens.SCENARIOS] += 1


def test_there_is_a_golden_file_for_every_finding() -> None:
    assert {code.lower() + ".json" for code in FindingCode} | {goldens.SCENARIOS} == set(goldens.FILES)


def test_codes_are_the_cores_table_both_ways() -> None:
    table = {name: meaning for name, _, meaning, _ in _native.finding_codes()}
    assert len(table) == len(_native.finding_codes())
    assert {code.value: code.meaning for code in FindingCode} == table
    assert {severity for _, severity, _, _ in _native.finding_codes()} == {severity.value for severity in Severity}
    for code in FindingCode:
        assert code == code.name == str(code) == f"{code}" == json.loads(json.dumps(code))
    for severity in Severity:
        assert severity == severity.value == str(severity) == f"{severity}" == json.loads(json.dumps(severity))


def test_a_good_token_is_left_alone() -> None:
    diagnosis = diagnose(TOKEN, **JOINED, service=ServiceType.RTC, role=Role.PUBLISHER)
    assert diagnosis.findings == () and diagnosis.severity is None
    assert diagnosis.to_json() == '{"findings":[]}' and repr(diagnosis) == "Diagnosis(findings=[])"


def test_findings_and_their_ranking() -> None:
    diagnosis = diagnose(TOKEN, **{**JOINED, "channel": "Room", "user": 43}, error=110)
    assert codes(diagnosis) == ["CHANNEL_DIFFERS_IN_CASE", "USER_DIFFERS", "SDK_ERROR"]
    first = diagnosis.findings[0]
    assert first == Finding(FindingCode.CHANNEL_DIFFERS_IN_CASE, Severity.ERROR, first.cause, first.fix)
    assert "Room" in first.cause and diagnosis.severity is Severity.ERROR
    assert json.loads(diagnosis.to_json()) == diagnosis.to_dict()
    assert repr(diagnosis) == "Diagnosis(findings=[CHANNEL_DIFFERS_IN_CASE, USER_DIFFERS, SDK_ERROR])"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"app_id": OTHER_CERTIFICATE}, "APP_ID_DIFFERS"),
        ({"app_id": "my app"}, "APP_ID_INVALID"),
        ({"channel": "lobby"}, "CHANNEL_DIFFERS"),
        ({"user": 0}, "USER_DIFFERS"),
        ({"user": "alice"}, "UID_TOKEN_FOR_ACCOUNT"),
        ({"user": User.ANY}, "USER_DIFFERS"),
        ({"user": User(account="alice")}, "UID_TOKEN_FOR_ACCOUNT"),
        ({"service": ServiceType.RTM}, "RTC_TOKEN_FOR_RTM"),
        ({"service": 5}, "SERVICE_MISSING"),
        ({"at": datetime(2100, 1, 1, tzinfo=timezone.utc)}, "TOKEN_EXPIRED"),
        ({"at": 0}, "TOKEN_NOT_YET_VALID"),
        ({"sdk": "web 4.7.0"}, "SDK_TOO_OLD"),
        ({"error": "119"}, "TOKEN_NOT_WANTED"),
        ({"error": 119}, "TOKEN_NOT_WANTED"),
        ({"certificates": OTHER_CERTIFICATE}, "SIGNATURE_MISMATCH"),
        ({"certificates": iter([OTHER_CERTIFICATE, "x"])}, "SIGNATURE_MISMATCH"),
        ({"certificates": ()}, "SIGNATURE_NOT_CHECKED"),
    ],
)
def test_all_that_is_told_counts(told: dict[str, Any], code: str) -> None:
    assert codes(diagnose(TOKEN, **{**JOINED, **told}))[0] == code


def test_one_certificate_or_several() -> None:
    joined = {"app_id": APP_ID, "channel": "room", "uid": 42}
    assert codes(diagnose(TOKEN, **joined, certificate=CERTIFICATE)) == []  # type: ignore[arg-type]
    assert codes(diagnose(TOKEN, **joined, app_certificate=CERTIFICATE)) == []  # type: ignore[arg-type]
    both = {"certificate": OTHER_CERTIFICATE, "certificates": (CERTIFICATE,)}
    assert codes(diagnose(TOKEN, **joined, **both)) == []  # type: ignore[arg-type]


def test_the_role_counts() -> None:
    token = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, Role.SUBSCRIBER, 3600)
    assert "SUBSCRIBER_TOKEN_FOR_PUBLISHER" in codes(diagnose(token, **JOINED, role=Role.PUBLISHER))
    assert codes(diagnose(token, **JOINED, role=Role.SUBSCRIBER)) == []
    assert diagnose(token, **JOINED, role="publisher") == diagnose(token, **JOINED, role=Role.PUBLISHER)
    assert codes(diagnose(token, **JOINED, role="subscriber")) == []


def test_either_certificate_is_good() -> None:
    assert codes(diagnose(TOKEN, **{**JOINED, "certificates": [OTHER_CERTIFICATE, CERTIFICATE]})) == []


@pytest.mark.parametrize("token", ["", "undefined", "x" * 100_000, TOKEN[:64], '"' + TOKEN, "\0", "\U0001f600"])
def test_whatever_the_token_is_it_gets_a_diagnosis(token: str) -> None:
    assert diagnose(token, **JOINED).severity is Severity.ERROR


def test_a_report_to_post_shows_nobody() -> None:
    told: dict[str, Any] = {"app_id": APP_ID, "channel": "consultation", "user": "alice@example.com"}
    token = RtcTokenBuilder.build_token_with_user_account(APP_ID, CERTIFICATE, "surgery", "bob@example.com", 1, 60)
    certificates = [OTHER_CERTIFICATE, CERTIFICATE + "\n"]
    open_, masked = (diagnose(token, **told, certificates=certificates, redact=redact) for redact in (False, True))
    assert codes(open_) == codes(masked) and "alice@example.com" in open_.to_json()
    for secret in (APP_ID, "consultation", "surgery", "alice@example.com", "bob@example.com", token[10:40]):
        assert secret not in masked.to_json()
    for diagnosis in (open_, masked):
        for secret in (CERTIFICATE, OTHER_CERTIFICATE, token[10:40]):
            assert secret not in diagnosis.to_json() + repr(diagnosis) + repr(diagnosis.findings)


def test_diagnoses_and_findings_are_frozen_values() -> None:
    one, same, other = (diagnose(TOKEN, **{**JOINED, "channel": name}) for name in ("x", "x", "y"))
    assert one == same != other and len({one, same, other}) == 2
    assert one.findings == same.findings and len({*one.findings, *same.findings}) == len(one.findings)
    with pytest.raises(AttributeError):
        one.findings = ()  # type: ignore[misc]
    with pytest.raises(AttributeError):
        one.findings[0].cause = ""  # type: ignore[misc]


@pytest.mark.parametrize(
    ("told", "code", "field"),
    [
        ({"app_id": 1}, "INVALID_APP_ID", "app_id"),
        ({"channel": b"room"}, "INVALID_CHANNEL_NAME", "channel"),
        ({"user": True}, "INVALID_UID", "user"),
        ({"user": 1.0}, "INVALID_UID", "user"),
        ({"user": -1}, "INVALID_UID", "user"),
        ({"user": "a\ud800"}, "INVALID_UTF8", "user"),
        ({"service": 0}, "INDEX_OUT_OF_RANGE", "service"),
        ({"service": 2**16}, "INDEX_OUT_OF_RANGE", "service"),
        ({"role": 101}, "INVALID_ROLE", "role"),
        ({"role": "host"}, "INVALID_ROLE", "role"),
        ({"at": datetime.now()}, "INVALID_TIMESTAMP", "at"),
        ({"at": "now"}, "INVALID_TIMESTAMP", "at"),
        ({"at": NOW * 1000}, "INVALID_TIMESTAMP", "at"),
        ({"certificate": 1}, "INVALID_APP_CERTIFICATE", "certificate"),
        ({"app_certificate": 1}, "INVALID_APP_CERTIFICATE", "app_certificate"),
        ({"uid": "42"}, "INVALID_UID", "uid"),
        ({"account": 42}, "INVALID_USER_ACCOUNT", "account"),
        ({"uid": 42, "account": "me"}, "INVALID_USER_ID", "user"),
        ({"channel": Channel.ANY}, "INVALID_CHANNEL_NAME", "channel"),
        ({"chanel": "room"}, "UNKNOWN_OPTION", "chanel"),
        *(
            ({name: None}, code, name)
            for name, code in {
                "app_id": "INVALID_APP_ID",
                "certificate": "INVALID_APP_CERTIFICATE",
                "certificates": "INVALID_APP_CERTIFICATE",
                "channel": "INVALID_CHANNEL_NAME",
                "uid": "INVALID_UID",
                "account": "INVALID_USER_ACCOUNT",
                "user": "INVALID_UID",
                "role": "INVALID_ROLE",
                "at": "INVALID_TIMESTAMP",
            }.items()
        ),
        ({"sdk": "web\ud800"}, "INVALID_UTF8", "sdk"),
        ({"certificates": [1]}, "INVALID_APP_CERTIFICATE", "certificates"),
        ({"certificates": CERTIFICATE.encode()}, "INVALID_APP_CERTIFICATE", "certificates"),
        ({"certificates": 1}, "INVALID_APP_CERTIFICATE", "certificates"),
    ],
)
def test_what_is_told_is_checked(told: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(REFUSED) as caught:
        diagnose(TOKEN, **told)
    assert (caught.value.code, caught.value.field) == (code, field)


class SdkError(IntEnum):
    TOKEN_NOT_WANTED = 119


def test_an_error_is_told_by_its_number() -> None:
    assert codes(diagnose(TOKEN, **JOINED, error=SdkError.TOKEN_NOT_WANTED))[0] == "TOKEN_NOT_WANTED"


@pytest.mark.parametrize(
    "told",
    [
        {"service": "rtc"},
        {"service": None},
        {"sdk": 4},
        {"sdk": None},
        {"error": 1.5},
        {"error": None},
        {"error": True},
        {"error": 10**5000},
    ],
)
def test_what_has_no_code_is_a_type_error(told: dict[str, Any]) -> None:
    with pytest.raises(TypeError) as caught:
        diagnose(TOKEN, **told)
    assert next(iter(told)) in str(caught.value)
    with pytest.raises(TypeError):
        diagnose(TOKEN, redact=1)  # type: ignore[arg-type]


@pytest.mark.parametrize("token", [None, b"007", 7])
def test_what_is_no_text_is_refused(token: Any) -> None:
    with pytest.raises(TokenParseError):
        diagnose(token)


def test_no_refusal_shows_a_secret() -> None:
    for told in ({"user": True}, {"certificates": [CERTIFICATE, None]}, {"at": -1}):
        with pytest.raises(AgoraTokenError) as caught:
            diagnose(TOKEN, **told)
        assert CERTIFICATE not in repr(caught.value) and TOKEN[10:40] not in repr(caught.value)
