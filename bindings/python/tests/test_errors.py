"""The exceptions: their tree, their codes against the core's table, and what they must never show."""

import json
import pickle
import traceback
from collections.abc import Iterator
from functools import partial
from typing import Any

import agora_token
import pytest
from agora_token import (
    AccessToken2,
    AgoraTokenError,
    ConfigurationError,
    Credentials,
    ErrorCode,
    Fault,
    Grant,
    InputError,
    Issuer,
    Refusal,
    RtcTokenBuilder,
    ServiceRtc,
    SignatureMismatch,
    SystemFailure,
    TokenExpired,
    TokenParseError,
    UnknownOption,
    VerificationError,
    Verifier,
    _native,
    access_token_006,
    constants,
    diagnose,
    errors,
    inspect,
)
from samples import APP_ID, BUILDERS, CERTIFICATE, OTHER_CERTIFICATE, REFUSED, verify
from test_builders import wrong_values
from vectors import cases, octets

TOKEN = RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, 3600)


def test_the_tree() -> None:
    tree = {
        AgoraTokenError: (Exception,),
        InputError: (AgoraTokenError, ValueError),
        ConfigurationError: (AgoraTokenError, ValueError),
        UnknownOption: (ConfigurationError, TypeError),
        SystemFailure: (AgoraTokenError,),
        VerificationError: (AgoraTokenError,),
        TokenParseError: (VerificationError, ValueError),
        SignatureMismatch: (VerificationError,),
        TokenExpired: (VerificationError,),
    }
    assert {error: error.__bases__ for error in tree} == tree
    public = {value for value in vars(agora_token).values() if isinstance(value, type) and issubclass(value, Exception)}
    assert public == set(tree)


def test_codes_are_the_cores_table_both_ways() -> None:
    table = {name: (number, field) for number, name, field, _ in _native.error_codes()}
    assert {code.value for code in ErrorCode} == set(table)
    assert len(table) == len(_native.error_codes())
    for code in ErrorCode:
        assert code.number == table[code][0]
        assert code == code.name == str(code) == f"{code}" == json.loads(json.dumps(code))


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_code_has_its_class(code: ErrorCode) -> None:
    number = code.number
    expected: type[AgoraTokenError]
    if 60 <= number < 67:
        expected = TokenParseError
    elif number == 70:
        expected = SignatureMismatch
    elif number in (73, 78):
        expected = TokenExpired
    elif number >= 60:
        expected = VerificationError
    elif number == 8:
        expected = UnknownOption
    else:
        expected = {"caller": InputError, "configuration": ConfigurationError, "system": SystemFailure}[code.fault]
    assert errors.class_of(code) is expected
    assert code.http_status in {"caller": (400, 401, 403), "configuration": (500,), "system": (503,)}[code.fault]


def test_whose_fault_it_is() -> None:
    assert [str(fault) for fault in Fault] == ["caller", "configuration", "system"]
    with pytest.raises(ConfigurationError) as ours:
        Issuer(app_id=APP_ID, app_certificate=CERTIFICATE + "\n")
    assert ours.value.fault is Fault.CONFIGURATION and str(ours.value.fault) == "configuration"
    with pytest.raises(InputError) as theirs:
        Grant(channel="a/b", uid=1, role=1)
    assert theirs.value.fault is Fault.CALLER and theirs.value.code.http_status == 400
    with pytest.raises(VerificationError) as refused:
        verify(TOKEN, OTHER_CERTIFICATE)
    assert refused.value.fault is Fault.CALLER and refused.value.code.http_status == 401


def test_constants_are_the_cores_table_both_ways() -> None:
    enums = {
        "service": constants.ServiceType,
        "rtc": constants.RtcPrivilege,
        "rtm": constants.RtmPrivilege,
        "streaming": constants.StreamingPrivilege,
        "fpa": constants.FpaPrivilege,
        "chat": constants.ChatPrivilege,
        "fcdn": constants.FCdnPrivilege,
        "apaas": constants.ApaasPrivilege,
        "rtm2": constants.Rtm2Privilege,
        "006": access_token_006.Privilege,
        "resource": constants.ResourceType,
        "permission": constants.PermissionType,
        "role": constants.Role,
    }
    ours = {(group, camel_case(member.name), member.value) for group, enum in enums.items() for member in enum}
    assert ours == set(_native.constants())


def camel_case(name: str) -> str:
    first, *rest = name.lower().split("_")
    return first + "".join(word.capitalize() for word in rest)


def refusals() -> Iterator[tuple[str, Any]]:
    """The token that a call is about, or "", and the call, which is refused."""
    for builder in BUILDERS.values():
        for name in builder.keywords:
            for value in wrong_values(builder, name)[1]:
                arguments = {**builder.keywords, name: value}
                yield "", lambda arguments=arguments, call=builder.call: call(**arguments)
    for case in cases("malformed.json"):
        if "token" in case:
            token = octets(case["token"]).decode()
            yield token, lambda token=token: verify(token, CERTIFICATE, clock=0, channel="x", user=1)
    yield TOKEN, lambda: verify(TOKEN, CERTIFICATE, clock=2**32)
    yield TOKEN, lambda: verify(TOKEN, OTHER_CERTIFICATE)
    yield "", lambda: verify(None, CERTIFICATE)  # type: ignore[arg-type]
    yield "", lambda: AccessToken2(APP_ID, CERTIFICATE).build()


def test_no_text_of_an_error_shows_a_secret() -> None:
    shown = 0
    for token, call in refusals():
        try:
            call()
        except AgoraTokenError as error:
            texts = [str(error), repr(error), repr(error.args), repr(vars(error)), *traceback.format_exception(error)]
            for text in texts:
                for secret in (CERTIFICATE, CERTIFICATE[4:20], OTHER_CERTIFICATE[4:20], TOKEN[10:40], "eJx"):
                    assert secret not in text
                if len(token) > 60:
                    assert token[35:55] not in text
            assert str(error)
            assert error.__cause__ is None and error.__context__ is None
            shown += 1
    assert shown > 2000


def test_no_text_of_a_value_shows_a_secret() -> None:
    service = ServiceRtc("room", 42)
    issuer = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE)
    verifier = Verifier(certificates=[CERTIFICATE, OTHER_CERTIFICATE], ignore_time=True)
    values = [
        AccessToken2(APP_ID, CERTIFICATE, services=[service]),
        access_token_006.AccessToken(APP_ID, CERTIFICATE, "room", 42),
        issuer,
        Credentials(app_id=APP_ID, app_certificate=CERTIFICATE),
        issuer.issue_many(Grant(channel="room", role=1), users=[1, 0]),
        issuer.issue(Grant.rtc("room", 42, 1)),
        diagnose(TOKEN, channel="lobby", certificates=[CERTIFICATE + " ", OTHER_CERTIFICATE]),
        verifier,
        verifier.verdict(TOKEN),
        verifier.verdict(TOKEN).token,
        inspect(TOKEN),
        inspect(access_token_006.AccessToken(APP_ID, CERTIFICATE, "room", 42).build()),
        service,
    ]
    signature = inspect(TOKEN).signature
    for value in values:
        for shown in (repr(value), str(value), f"{value}", repr(getattr(value, "__dict__", ""))):
            for secret in (CERTIFICATE, OTHER_CERTIFICATE, TOKEN[10:40], signature.hex(), repr(signature)[2:-1]):
                assert secret not in shown


def test_the_field_is_the_name_of_the_argument_in_the_call() -> None:
    refused = {
        "account": BUILDERS["build_token2_with_user_account"],
        "user_account": BUILDERS["build_token2_with_rtm"],
        "expire": BUILDERS["build_chat_user_token2"],
        "token_expire": BUILDERS["build_token2_with_uid"],
    }
    for name, builder in refused.items():
        if name not in builder.keywords:
            (name,) = (one for one in builder.keywords if one.endswith("account"))
        with pytest.raises(REFUSED) as caught:
            builder.call(**{**builder.keywords, name: None})
        assert caught.value.field == name and str(caught.value).startswith(f"{name} is None")


def test_errors_survive_pickling() -> None:
    for wrong in (OTHER_CERTIFICATE, "no certificate"):
        with pytest.raises(AgoraTokenError) as caught:
            verify(TOKEN, wrong, clock=2**32)
        copy = pickle.loads(pickle.dumps(caught.value))
        assert type(copy) is type(caught.value)
        assert (copy.code, copy.field, copy.reason, str(copy)) == (
            caught.value.code,
            caught.value.field,
            caught.value.reason,
            str(caught.value),
        )
        assert vars(copy) == vars(caught.value)


def test_a_refusal_is_a_frozen_value() -> None:
    refusal = Refusal(ErrorCode.TOKEN_EXPIRED, "expire", "it has")
    assert refusal == Refusal(ErrorCode.TOKEN_EXPIRED, "expire", "it has")
    assert len({refusal, Refusal(ErrorCode.TOKEN_EXPIRED, "expire", "it has")}) == 1
    with pytest.raises(AttributeError):
        refusal.field = "other"  # type: ignore[misc]


def test_a_certificate_that_is_the_app_id_is_refused_but_by_the_mechanism() -> None:
    for app_id in (CERTIFICATE, CERTIFICATE.upper()):
        calls: list[partial[Any]] = [
            partial(Issuer, app_id=app_id, app_certificate=CERTIFICATE),
            partial(Verifier, app_id=app_id, app_certificate=CERTIFICATE),
        ]
        for builder in BUILDERS.values():
            given = {**builder.keywords, "app_id": app_id, "app_certificate": CERTIFICATE}
            calls.append(partial(builder.call, **given))
        for call in calls:
            with pytest.raises(REFUSED) as caught:
                call()
            assert (caught.value.code, caught.value.field) == ("INVALID_APP_CERTIFICATE", "app_certificate")
        token = AccessToken2(app_id, CERTIFICATE, services=[ServiceRtc("room", 42, {1: 0})]).build()
        assert AccessToken2.parse(token).verify_signature(CERTIFICATE)
        token = access_token_006.AccessToken(app_id, CERTIFICATE, "room", 42, privileges={1: 0}).build()
        assert access_token_006.AccessToken.parse(token).verify_signature(CERTIFICATE, "room", 42)


def test_what_has_no_code_is_a_type_error() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE)
    for wrong in (None, "rtc", 1, ServiceRtc):
        with pytest.raises(TypeError, match="a service must be a Service"):
            token.add_service(wrong)  # type: ignore[arg-type]
    for wrong in (7, ServiceRtc("room", 42)):
        with pytest.raises(TypeError, match="^services must be an iterable of Service, not "):
            AccessToken2(APP_ID, CERTIFICATE, services=wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="privileges must be a mapping"):
        ServiceRtc("room", 42, [1])  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a privilege must be an int"):
        ServiceRtc("room", 42, {"joinChannel": 1})  # type: ignore[dict-item]
    with pytest.raises(REFUSED) as caught:
        ServiceRtc("room", 42, {2**16: 1})
    assert (caught.value.code, caught.value.field) == ("INDEX_OUT_OF_RANGE", "privileges")
