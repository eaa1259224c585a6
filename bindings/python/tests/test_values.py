"""Services, permissions and decoded tokens: frozen, comparable, and nothing lost."""

import copy
import pickle
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from agora_token import (
    AccessToken2,
    Permissions,
    Role,
    RtcPrivilege,
    RtcTokenBuilder,
    Service,
    ServiceApaas,
    ServiceChat,
    ServiceConvoAI,
    ServiceFCdn,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    ServiceRtm2,
    ServiceStreaming,
    ServiceStt,
    ServiceType,
    TokenParseError,
    UnknownService,
    inspect,
)
from agora_token.access_token_006 import AccessToken, Privilege
from samples import APP_ID, CERTIFICATE, NOW, OTHER_CERTIFICATE, REFUSED

SERVICES: list[Service] = [
    ServiceRtc("room", "me", {1: 600}),
    ServiceRtm("me", {1: 600}),
    ServiceStreaming("room", 42, {1: 1, 2: 2}),
    ServiceFpa({1: 0}),
    ServiceChat("me", {1: 600}),
    ServiceFCdn(b"\xff", "me", {1: 600}),
    ServiceApaas("room", "me", -1, {1: 600}),
    ServiceRtm2("me", {0: {0: ["a", b"\xff"], 1: []}, 4: {}}, {1: 600}),
    ServiceConvoAI(),
    ServiceStt({7: 2**32 - 1}),
]

EACH = [pytest.param(service, id=service.name) for service in SERVICES]


def test_there_is_a_class_for_every_service() -> None:
    assert [service.service_type for service in SERVICES] == list(ServiceType)
    assert all(isinstance(service, Service) for service in SERVICES)
    assert {type(service) for service in SERVICES} == set(Service.__subclasses__())


@pytest.mark.parametrize("service", EACH)
def test_services_come_back_as_they_were(service: Service) -> None:
    token = AccessToken2.parse(AccessToken2(APP_ID, CERTIFICATE, services=[service]).build())
    assert token.services == (service,)
    assert type(token.services[0]) is type(service)
    assert token.complete and token.unknown_service is None


@pytest.mark.parametrize("service", EACH)
def test_services_are_values(service: Service) -> None:
    for twin in (copy.copy(service), copy.deepcopy(service), pickle.loads(pickle.dumps(service))):
        assert twin == service and hash(twin) == hash(service) and type(twin) is type(service)
    assert eval(repr(service)) == service
    assert service != repr(service)
    others = [other for other in SERVICES if other is not service]
    assert all(service != other for other in others)
    assert len({*SERVICES}) == len(SERVICES)
    with pytest.raises(AttributeError):
        service.privileges = {}  # type: ignore[misc]
    with pytest.raises(AttributeError):
        service.nonsense = 1  # type: ignore[attr-defined]
    service.privileges.clear()
    assert service == service_again(service)


def service_again(service: Service) -> Any:
    return pickle.loads(pickle.dumps(service))


def test_fields() -> None:
    rtc = ServiceRtc("room", 0, {RtcPrivilege.JOIN_CHANNEL: timedelta(minutes=10)})
    assert (rtc.channel_name, rtc.account, rtc.privileges) == ("room", "", {1: 600})
    assert ServiceRtc(b"\xff", b"\xfe").channel_name == b"\xff"
    assert ServiceFCdn("room", "me").account == "me"
    assert ServiceRtm("me").user_id == ServiceChat("me").user_id == ServiceRtm2("me").user_id == "me"
    apaas = ServiceApaas("room", "me", 2)
    assert (apaas.room_uuid, apaas.user_uuid, apaas.role) == ("room", "me", 2)
    assert ServiceRtm2("me").permissions == Permissions({})
    assert ServiceRtm2("me", Permissions({1: {1: ["a"]}})).permissions.to_dict() == {1: {1: ["a"]}}


@pytest.mark.parametrize("wrong", [None, True, 1.0, [], object()])
def test_the_fields_of_services_are_not_coerced(wrong: Any) -> None:
    for make, code, field in (
        (lambda: ServiceRtc(wrong, "me"), "INVALID_CHANNEL_NAME", "channel_name"),
        (lambda: ServiceRtc("room", wrong), "INVALID_USER_ACCOUNT", "user_account"),
        (lambda: ServiceStreaming("room", wrong), "INVALID_USER_ACCOUNT", "user_account"),
        (lambda: ServiceFCdn("room", wrong), "INVALID_USER_ACCOUNT", "user_account"),
        (lambda: ServiceRtm(wrong), "INVALID_USER_ID", "user_id"),
        (lambda: ServiceChat(wrong), "INVALID_USER_ID", "user_id"),
        (lambda: ServiceRtm2(wrong), "INVALID_USER_ID", "user_id"),
        (lambda: ServiceApaas(wrong, "me", 1), "INVALID_ROOM_UUID", "room_uuid"),
        (lambda: ServiceApaas("room", wrong, 1), "INVALID_USER_UUID", "user_uuid"),
        (lambda: ServiceApaas("room", "me", wrong), "INVALID_ROLE", "role"),
        (lambda: ServiceFpa({1: wrong}), "INVALID_LIFETIME", "privileges"),
    ):
        with pytest.raises(REFUSED) as caught:
            make()
        assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("uid", [-1, 2**32])
def test_a_uid_in_a_service_is_in_range(uid: int) -> None:
    with pytest.raises(REFUSED) as caught:
        ServiceRtc("room", uid)
    assert (caught.value.code, caught.value.field) == ("INVALID_UID", "uid")


def test_permissions_are_values() -> None:
    permissions = Permissions({1: {0: ["b", "a", "a"]}, 0: {}})
    assert permissions == Permissions({0: {}, 1: {0: ("b", "a", "a")}}) != Permissions({1: {0: ["a", "b", "a"]}})
    assert eval(repr(permissions)) == pickle.loads(pickle.dumps(permissions)) == permissions
    assert len({permissions, copy.deepcopy(permissions)}) == 1
    assert permissions.to_dict() == {0: {}, 1: {0: ["b", "a", "a"]}}
    assert Permissions(permissions) == permissions


def test_access_token2_has_what_the_issue_of_a_token_needs() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, issue_ts=NOW, expire=timedelta(hours=1), salt=7)
    token.add_service(ServiceRtc("room", 42, {1: 600}))
    token.add_service(ServiceRtc("other", 42))
    assert (token.app_id, token.issue_ts, token.expire, token.salt) == (APP_ID, NOW, 3600, 7)
    assert [service.name for service in token.services] == ["rtc", "rtc"]
    first = token.build()
    assert first == token.build(), "the same a second time"
    token.issue_ts = datetime.fromtimestamp(NOW + 1, timezone.utc)
    token.expire = timedelta(minutes=1)
    token.salt = 8
    read = AccessToken2.parse(token.build())
    assert (read.issue_ts, read.expire, read.expires_at, read.salt) == (NOW + 1, 60, NOW + 61, 8)
    assert read != AccessToken2.parse(first)


def test_access_token2_defaults() -> None:
    tokens = [AccessToken2(APP_ID, CERTIFICATE) for _ in range(100)]
    assert {token.expire for token in tokens} == {900}
    assert all(abs(token.issue_ts - NOW) < 3600 for token in tokens)
    assert len({token.salt for token in tokens}) > 90
    assert AccessToken2(APP_ID, CERTIFICATE, 0, 1).issue_ts == 0


@pytest.mark.parametrize(
    ("attribute", "code", "field"),
    [
        ("issue_ts", "INVALID_TIMESTAMP", "issue_ts"),
        ("expire", "INVALID_LIFETIME", "expire"),
        ("salt", "INVALID_SALT", "salt"),
    ],
)
@pytest.mark.parametrize("wrong", [None, True, 1.5, "1", -1, 2**32, object()])
def test_access_token2_attributes_are_checked(attribute: str, code: str, field: str, wrong: Any) -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, salt=1)
    before = getattr(token, attribute)
    with pytest.raises(REFUSED) as caught:
        setattr(token, attribute, wrong)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert getattr(token, attribute) == before
    if wrong is not None:
        with pytest.raises(REFUSED):
            AccessToken2(APP_ID, CERTIFICATE, **{attribute: wrong})


def test_verify_signature_says_yes_or_no() -> None:
    read = AccessToken2.parse(RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, Role.PUBLISHER, 60))
    assert read.verify_signature(CERTIFICATE) is True
    assert read.verify_signature(OTHER_CERTIFICATE) is False
    assert read.verify_signature(CERTIFICATE.swapcase()) is False
    for wrong in (None, CERTIFICATE.encode(), "", CERTIFICATE + "\n"):
        with pytest.raises(REFUSED) as caught:
            read.verify_signature(wrong)  # type: ignore[arg-type]
        assert (caught.value.code, caught.value.field) == ("INVALID_APP_CERTIFICATE", "app_certificate")


def test_decoded_tokens_are_values() -> None:
    for token in (
        AccessToken2(APP_ID, CERTIFICATE, NOW, salt=1, services=SERVICES).build(),
        AccessToken(APP_ID, CERTIFICATE, "room", 42, salt=1, expires_at=NOW).build(),
    ):
        one, other = inspect(token), inspect(token)
        assert one == other and hash(one) == hash(other) and one is not other
        assert one != token and one.to_dict() == other.to_dict()
        with pytest.raises(AttributeError):
            one.salt = 2  # type: ignore[misc]


def test_an_unknown_service_is_shown() -> None:
    from vectors import cases, octets

    case = next(case for case in cases("malformed.json") if case["expect"].get("complete") is False)
    unknown = AccessToken2.parse(octets(case["token"]).decode()).unknown_service
    assert isinstance(unknown, UnknownService)
    assert unknown in {unknown} and repr(unknown).startswith(f"UnknownService(service_type={unknown.service_type}")


def test_a_document_is_the_json_of_every_language() -> None:
    token = AccessToken2(APP_ID, CERTIFICATE, 1_700_000_000, 3600, salt=7, services=SERVICES)
    document = inspect(token.build()).to_dict()
    signature = document.pop("signature")
    assert len(bytes.fromhex(signature)) == 32
    services = document.pop("services")
    assert document == {
        "version": "007",
        "appId": APP_ID,
        "issuedAt": 1_700_000_000,
        "expiresIn": 3600,
        "expiresAt": 1_700_003_600,
        "salt": 7,
        "complete": True,
        "unreadBytes": 0,
    }
    assert services[0] == {
        "type": 1,
        "name": "rtc",
        "privileges": {"joinChannel": 600},
        "channel": "room",
        "account": "me",
    }
    assert (services[5]["channel"], services[5]["channelHex"]) == (None, "ff")
    assert services[7]["permissions"] == {"messageChannels": {"read": ["a", {"hex": "ff"}], "write": []}, "users": {}}
    assert services[9]["privileges"] == {"7": 2**32 - 1}


def test_access_token_006() -> None:
    token = AccessToken(
        APP_ID, CERTIFICATE, "room", 42, salt=7, expires_at=NOW + 60, privileges={Privilege.JOIN_CHANNEL: NOW}
    )
    token.add_privilege(Privilege.PUBLISH_AUDIO_STREAM, datetime.fromtimestamp(NOW, timezone.utc))
    assert (token.app_id, token.channel_name, token.account) == (APP_ID, "room", "42")
    assert (token.salt, token.expires_at, token.privileges) == (7, NOW + 60, {1: NOW, 2: NOW})
    token.salt, token.expires_at = 8, datetime.fromtimestamp(NOW + 61, timezone.utc)
    read = AccessToken.parse(token.build())
    assert (read.app_id, read.salt, read.expires_at, read.privileges) == (APP_ID, 8, NOW + 61, {1: NOW, 2: NOW})
    assert read.verify_signature(CERTIFICATE, "room", 42) is read.verify_signature(CERTIFICATE, "room", "42") is True
    assert (
        read.verify_signature(CERTIFICATE, "room", 43) is read.verify_signature(OTHER_CERTIFICATE, "room", 42) is False
    )
    assert abs(AccessToken(APP_ID, CERTIFICATE, "room", 42).expires_at - NOW - 86_400) < 3600
    for attribute, code in (("salt", "INVALID_SALT"), ("expires_at", "INVALID_TIMESTAMP")):
        for wrong in (None, True, 1.5, "1", -1, 2**32):
            with pytest.raises(REFUSED) as caught:
                setattr(token, attribute, wrong)
            assert (caught.value.code, caught.value.field) == (code, attribute)


@pytest.mark.parametrize("wrong", [None, b"007", 7, "", "008", "a\ud800"])
def test_what_is_no_token_is_refused(wrong: Any) -> None:
    for parse in (inspect, AccessToken2.parse, AccessToken.parse):
        with pytest.raises(TokenParseError) as caught:
            parse(wrong)
        assert caught.value.field == "token"
        assert caught.value.code == ("TOKEN_BASE64" if wrong == "a\ud800" else "TOKEN_VERSION")
