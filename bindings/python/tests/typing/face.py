"""What type checkers must make of this package. It is checked, not run; an unused ignore is an error."""

from datetime import datetime, timedelta, timezone

import agora_token
from agora_token import (
    AccessToken2,
    AgoraTokenError,
    Channel,
    Credentials,
    Diagnosis,
    ErrorCode,
    Finding,
    FindingCode,
    Grant,
    IssuedToken,
    Issuer,
    PermissionType,
    RefusedGrant,
    ResourceType,
    Role,
    RtcPrivilege,
    RtcTokenBuilder,
    RtmTokenBuilder,
    Service,
    ServiceRtc,
    ServiceRtm2,
    ServiceType,
    Severity,
    TokenExpired,
    UnknownService,
    UnverifiedToken2,
    User,
    Verdict,
    Verifier,
    access_token_006,
    diagnose,
)
from agora_token.access_token_006 import UnverifiedToken
from agora_token.compat import RtcTokenBuilder2
from agora_token.compat.AccessToken2 import AccessToken
from agora_token.compat.AccessToken2 import Service as CompatService
from typing_extensions import assert_type

APP_ID = CERTIFICATE = "0" * 32

token = RtcTokenBuilder.build_token_with_uid(
    APP_ID, CERTIFICATE, "room", uid=42, role=Role.PUBLISHER, token_expire=3600
)
assert_type(token, str)
RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 42, 1, timedelta(hours=1), timedelta(0))
RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", "42", 1, 3600)  # type: ignore[arg-type]
RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", None, 1, 3600)  # type: ignore[arg-type]
RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 1.0, 1, 3600)  # type: ignore[arg-type]
RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE.encode(), "room", 1, 1, 3600)  # type: ignore[arg-type]
RtcTokenBuilder.build_token_with_uid(APP_ID, CERTIFICATE, "room", 1, 1, datetime.now())  # type: ignore[arg-type]
RtcTokenBuilder.build_token_with_user_account(APP_ID, CERTIFICATE, "room", 42, 1, 3600)  # type: ignore[arg-type]

permissions = {ResourceType.USERS: {PermissionType.READ: ["a", b"b"]}}
RtmTokenBuilder.build_token_with_permissions(APP_ID, CERTIFICATE, "me", {0: {1: ["a"]}}, 60)
RtmTokenBuilder.build_token_with_permissions(APP_ID, CERTIFICATE, "me", agora_token.Permissions({}), 60)

builder = AccessToken2(APP_ID, CERTIFICATE, salt=1, services=[ServiceRtc("room", 42, {RtcPrivilege.JOIN_CHANNEL: 60})])
builder.issue_ts = datetime.now(timezone.utc)
builder.expire = timedelta(hours=1)
assert_type(builder.issue_ts, int)
assert_type(builder.expire, int)
assert_type(builder.services, tuple[Service, ...])
builder.add_service(ServiceRtm2("me"))
builder.add_service("rtc")  # type: ignore[arg-type]
builder.salt = "1"  # type: ignore[assignment]

read = AccessToken2.parse(token)
assert_type(read, UnverifiedToken2)
assert_type(read.app_id, str | bytes)
assert_type(read.verify_signature(CERTIFICATE), bool)
assert_type(read.unknown_service, UnknownService | None)
read.salt = 1  # type: ignore[misc]
assert_type(agora_token.inspect(token), UnverifiedToken2 | UnverifiedToken)

for service in read.services:
    match service:
        case ServiceRtc():
            assert_type(service.channel_name, str | bytes)
            assert_type(service.privileges, dict[int, int])
        case _:
            assert_type(service.service_type, int)

verifier = Verifier(certificates=[CERTIFICATE], clock=lambda: 0.5, leeway=timedelta(seconds=5))
verdict = verifier.verdict(token, channel="room", account="me")
assert_type(verdict, Verdict)
assert_type(verdict.refusals, tuple[agora_token.Refusal, ...])
assert_type(verdict.certificate, int | None)
Verifier(Credentials(app_id=APP_ID, app_certificate=CERTIFICATE), certificates=CERTIFICATE)
Verifier(APP_ID, CERTIFICATE)  # type: ignore[call-overload]
assert_type(verifier.verify(token, uid=42, service=ServiceType.RTC, privilege=RtcPrivilege.JOIN_CHANNEL), Verdict)
verifier.verify(token, channel=42)  # type: ignore[arg-type]
verifier.verify(token, channel=None)  # type: ignore[arg-type]
verifier.verify(token, uid=None)  # type: ignore[arg-type]
verifier.verify(token, uid="42")  # type: ignore[arg-type]
verifier.verify(token, service="rtc")  # type: ignore[arg-type]
verifier.verify(token, channel_name="room")  # type: ignore[call-arg]
verifier.verify(None, uid=42)  # type: ignore[arg-type]
verifier.verdict(None, uid=42)

issuer = Issuer(app_id=APP_ID, app_certificate=CERTIFICATE, clock=datetime.now(timezone.utc), salt=lambda: 7)
Issuer(APP_ID, CERTIFICATE)  # type: ignore[call-overload]
assert_type(Issuer.from_env(), Issuer)
assert_type(User.from_json(42), User)
assert_type(User.ANY, User)
assert_type(Channel.ANY, Channel)
assert_type(User.any(), User)
assert_type(Channel.any(), Channel)
Grant(channel=Channel.any(), user=User.any(), role="subscriber")
Grant(channel=Channel.ANY, user=User.ANY, role=Role.PUBLISHER, lifetime=60)
Grant(channel="room", uid=None, role=1)  # type: ignore[arg-type]
Grant(channel="room", uid=42, role=1, expires_in=60)
Grant(channel="room", uid=42, role=1, ttl=60)  # type: ignore[call-arg]
for row in issuer.issue_many(Grant(channel="hall", role=Role.SUBSCRIBER), users=[1, "alice", User.ANY]):
    assert_type(row, IssuedToken | RefusedGrant)
    if isinstance(row, IssuedToken):
        assert_type(row.to_json(), str)
    else:
        assert_type(row.error, AgoraTokenError)
issuer.issue_many(Grant.rtm("alice"))  # type: ignore[call-overload]
grant = Grant.rtc(Channel.ANY, User.ANY, Role.PUBLISHER, lifetime=timedelta(hours=1), publish_lifetime=60)
assert_type(grant.and_rtm().and_rtm2({0: {1: ["a"]}}).and_chat(), Grant)
issued = issuer.issue(Grant.rtc_rtm_chat("room", "alice", 1, allow_longer_than_a_day=True, allow_long_token=True))
assert_type(issued, IssuedToken)
assert_type(issued.refresh_after, int)
issued.token = ""  # type: ignore[misc]
Grant.rtc(User.ANY, 42, Role.PUBLISHER)  # type: ignore[arg-type]
Grant.rtc("room", Channel.ANY, Role.PUBLISHER)  # type: ignore[arg-type]
Grant.rtc("room", 42, "publisher")
Grant.rtc("room", 42, "host")  # type: ignore[arg-type]
Grant(channel="room", uid=42, role="host")  # type: ignore[arg-type]
Grant.rtc("room", None, Role.PUBLISHER)  # type: ignore[arg-type]
Grant.rtc("room", 42, Role.PUBLISHER, 3600)  # type: ignore[call-arg]
Grant.rtm("alice", publish_lifetime=60)  # type: ignore[call-arg]
Grant.chat("alice", lifetime="1h")  # type: ignore[arg-type]
issuer.issue("rtc")  # type: ignore[arg-type]

diagnosis = diagnose(token, uid=42, at=datetime.now(timezone.utc), error=110, certificates=[CERTIFICATE])
assert_type(diagnosis, Diagnosis)
assert_type(diagnosis.findings, tuple[Finding, ...])
assert_type(diagnosis.severity, Severity | None)
assert_type(diagnosis.findings[0].code, FindingCode)
diagnose(token, role="subscriber")
diagnose(token, role="host")  # type: ignore[arg-type]
diagnose(token, sdk=4.2)  # type: ignore[arg-type]

try:
    builder.build()
except TokenExpired as error:
    assert_type(error.refusals, tuple[agora_token.Refusal, ...])
except AgoraTokenError as error:
    assert_type(error.code, ErrorCode)
    assert_type(error.code.number, int)
    assert_type(error.field, str)

access_token_006.RtcTokenBuilder.build_token_with_uid(
    APP_ID, CERTIFICATE, "room", 42, access_token_006.Role.ADMIN, datetime.now(timezone.utc)
)
access_token_006.RtcTokenBuilder.buildTokenWithUid(APP_ID, CERTIFICATE, "room", 42, 1, timedelta(1))  # type: ignore[arg-type]

assert_type(
    RtcTokenBuilder2.RtcTokenBuilder.build_token_with_uid(
        APP_ID, CERTIFICATE, "room", 42, RtcTokenBuilder2.Role_Publisher, 60
    ),
    str,
)
assert_type(AccessToken().services, list[CompatService])
