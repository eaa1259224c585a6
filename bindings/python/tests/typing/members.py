"""The type of every property, and of what every method without arguments gives. It is checked, not run.

Each function is about the class of its argument; a test sees to it that no class and no member is left out.
"""

from collections.abc import Callable
from typing import Any

from agora_token import (
    AccessToken2,
    AgoraTokenError,
    ConfigurationError,
    Credentials,
    Diagnosis,
    ErrorCode,
    Fault,
    Finding,
    FindingCode,
    Grant,
    InputError,
    IssuedToken,
    Issuer,
    Permissions,
    Refusal,
    RefusedGrant,
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
    Severity,
    SignatureMismatch,
    SystemFailure,
    TokenExpired,
    TokenParseError,
    UnknownOption,
    UnknownService,
    UnverifiedToken2,
    User,
    Verdict,
    VerificationError,
    access_token_006,
    compat,
)
from agora_token.compat import AccessToken2 as module_007
from typing_extensions import assert_type


def permissions(it: Permissions) -> None:
    assert_type(it.to_dict(), dict[int, dict[int, list[str | bytes]]])


def service(it: Service) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])


def service_rtc(it: ServiceRtc) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.channel_name, str | bytes)
    assert_type(it.account, str | bytes)


def service_rtm(it: ServiceRtm) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.user_id, str | bytes)


def service_streaming(it: ServiceStreaming) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.channel_name, str | bytes)
    assert_type(it.account, str | bytes)


def service_fpa(it: ServiceFpa) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])


def service_chat(it: ServiceChat) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.user_id, str | bytes)


def service_fcdn(it: ServiceFCdn) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.channel_name, str | bytes)
    assert_type(it.account, str | bytes)


def service_apaas(it: ServiceApaas) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.room_uuid, str | bytes)
    assert_type(it.user_uuid, str | bytes)
    assert_type(it.role, int)


def service_rtm2(it: ServiceRtm2) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.user_id, str | bytes)
    assert_type(it.permissions, Permissions)


def service_convo_ai(it: ServiceConvoAI) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])


def service_stt(it: ServiceStt) -> None:
    assert_type(it.service_type, int)
    assert_type(it.name, str)
    assert_type(it.privileges, dict[int, int])


def unknown_service(it: UnknownService) -> None:
    assert_type(it.service_type, int)
    assert_type(it.privileges, dict[int, int])


def access_token2(it: AccessToken2) -> None:
    assert_type(it.app_id, str)
    assert_type(it.issue_ts, int)
    assert_type(it.expire, int)
    assert_type(it.salt, int)
    assert_type(it.services, tuple[Service, ...])
    assert_type(it.build(), str)


def unverified_token2(it: UnverifiedToken2) -> None:
    assert_type(it.channel, str | bytes | None)
    assert_type(it.account, str | bytes | None)
    assert_type(it.uid, int | None)
    assert_type(it.user, int | str | bytes | None)
    assert_type(it.app_id, str | bytes)
    assert_type(it.issue_ts, int)
    assert_type(it.expire, int)
    assert_type(it.expires_at, int)
    assert_type(it.salt, int)
    assert_type(it.signature, bytes)
    assert_type(it.signing_info, bytes)
    assert_type(it.payload, bytes)
    assert_type(it.services, tuple[Service, ...])
    assert_type(it.unknown_service, UnknownService | None)
    assert_type(it.complete, bool)
    assert_type(it.unread_bytes, int)
    assert_type(it.to_dict(), dict[str, Any])
    assert_type(it.to_json(), str)


def access_token_of_006(it: access_token_006.AccessToken) -> None:
    assert_type(it.app_id, str)
    assert_type(it.channel_name, str | bytes)
    assert_type(it.account, str | bytes)
    assert_type(it.salt, int)
    assert_type(it.expires_at, int)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.build(), str)


def unverified_token_of_006(it: access_token_006.UnverifiedToken) -> None:
    assert_type(it.channel, None)
    assert_type(it.account, None)
    assert_type(it.uid, None)
    assert_type(it.user, None)
    assert_type(it.app_id, str | bytes)
    assert_type(it.signature, bytes)
    assert_type(it.channel_crc, int)
    assert_type(it.user_crc, int)
    assert_type(it.message, bytes)
    assert_type(it.salt, int)
    assert_type(it.expires_at, int)
    assert_type(it.privileges, dict[int, int])
    assert_type(it.to_dict(), dict[str, Any])
    assert_type(it.to_json(), str)


def issuer(it: Issuer) -> None:
    assert_type(it.app_id, str)


def grant(it: Grant) -> None:
    assert_type(it.and_rtm(), Grant)
    assert_type(it.and_chat(), Grant)


def issued_token(it: IssuedToken) -> None:
    assert_type(it.token, str)
    assert_type(it.issued_at, int)
    assert_type(it.expires_at, int)
    assert_type(it.refresh_after, int)
    assert_type(it.error, None)
    assert_type(it.to_dict(), dict[str, str | int])
    assert_type(it.to_json(), str)


def refused_grant(it: RefusedGrant) -> None:
    assert_type(it.error, AgoraTokenError)


def credentials(it: Credentials) -> None:
    assert_type(it.app_id, str)


def user(it: User) -> None:
    assert_type(it.uid, int | None)
    assert_type(it.account, str | None)


def verdict(it: Verdict) -> None:
    assert_type(it.valid, bool)
    assert_type(it.refusals, tuple[Refusal, ...])
    assert_type(it.certificate, int | None)
    assert_type(it.token, UnverifiedToken2 | access_token_006.UnverifiedToken | None)
    assert_type(it.to_dict(), dict[str, Any])
    assert_type(it.to_json(), str)


def diagnosis(it: Diagnosis) -> None:
    assert_type(it.findings, tuple[Finding, ...])
    assert_type(it.severity, Severity | None)
    assert_type(it.to_dict(), dict[str, Any])
    assert_type(it.to_json(), str)


def finding(it: Finding) -> None:
    assert_type(it.code, FindingCode)
    assert_type(it.severity, Severity)
    assert_type(it.cause, str)
    assert_type(it.fix, str)


def refusal(it: Refusal) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.service, ServiceType | None)
    assert_type(it.reason, str)


def error_code(it: ErrorCode) -> None:
    assert_type(it.number, int)
    assert_type(it.fault, Fault)
    assert_type(it.http_status, int)


def finding_code(it: FindingCode) -> None:
    assert_type(it.meaning, str)


def agora_token_error(it: AgoraTokenError) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)


def input_error(it: InputError) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)


def configuration_error(it: ConfigurationError) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)


def unknown_option(it: UnknownOption) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)


def system_failure(it: SystemFailure) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)


def token_parse_error(it: TokenParseError) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)
    assert_type(it.refusals, tuple[Refusal, ...])


def verification_error(it: VerificationError) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)
    assert_type(it.refusals, tuple[Refusal, ...])


def signature_mismatch(it: SignatureMismatch) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)
    assert_type(it.refusals, tuple[Refusal, ...])


def token_expired(it: TokenExpired) -> None:
    assert_type(it.code, ErrorCode)
    assert_type(it.field, str)
    assert_type(it.reason, str)
    assert_type(it.fault, Fault)
    assert_type(it.refusals, tuple[Refusal, ...])


# The official modules


def compat_token_of_006(it: compat.AccessToken.AccessToken) -> None:
    assert_type(it.appID, str)
    assert_type(it.appCertificate, str)
    assert_type(it.channelName, str)
    assert_type(it.ts, int)
    assert_type(it.salt, int)
    assert_type(it.messages, dict[int, int])
    assert_type(it.uidStr, Any)
    assert_type(it.build(), str)


def compat_reader_of_006(it: compat.AccessToken.ReadByteBuffer) -> None:
    assert_type(it.buffer, bytes)
    assert_type(it.position, int)
    assert_type(it.unPackUint16(), int)
    assert_type(it.unPackUint32(), int)
    assert_type(it.unPackString(), bytes)
    assert_type(it.unPackMapUint32(), dict[int, int])


def compat_token_of_007(it: module_007.AccessToken) -> None:
    assert_type(it.kServices, dict[int, Callable[[], module_007.Service]])
    assert_type(it.services, list[module_007.Service])
    assert_type(it.build(), str)


def compat_service(it: module_007.Service) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)


def compat_service_rtc(it: module_007.ServiceRtc) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegeJoinChannel, int)
    assert_type(it.kPrivilegePublishAudioStream, int)
    assert_type(it.kPrivilegePublishVideoStream, int)
    assert_type(it.kPrivilegePublishDataStream, int)


def compat_service_rtm(it: module_007.ServiceRtm) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegeLogin, int)


def compat_service_streaming(it: module_007.ServiceStreaming) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegePublishMixStream, int)
    assert_type(it.kPrivilegePublishRawStream, int)


def compat_service_fpa(it: module_007.ServiceFpa) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegeLogin, int)


def compat_service_chat(it: module_007.ServiceChat) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegeUser, int)
    assert_type(it.kPrivilegeApp, int)


def compat_service_fcdn(it: module_007.ServiceFCdn) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegePublish, int)
    assert_type(it.kPrivilegePlay, int)


def compat_service_apaas(it: module_007.ServiceApaas) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegeRoomUser, int)
    assert_type(it.kPrivilegeUser, int)
    assert_type(it.kPrivilegeApp, int)


def compat_service_rtm2(it: module_007.ServiceRtm2) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)
    assert_type(it.kPrivilegeLogin, int)
    assert_type(it.get_user_id(), str)
    assert_type(it.get_permissions(), module_007.ServiceRtm2.Permissions)


def compat_permissions(it: module_007.ServiceRtm2.Permissions) -> None:
    assert_type(it.kMessageChannels, int)
    assert_type(it.kStreamChannels, int)
    assert_type(it.kGroupChannels, int)
    assert_type(it.kServerGroups, int)
    assert_type(it.kUsers, int)
    assert_type(it.kRead, int)
    assert_type(it.kWrite, int)
    assert_type(it.details, dict[int, dict[int, list[str]]])


def compat_service_convo_ai(it: module_007.ServiceConvoAI) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)


def compat_service_stt(it: module_007.ServiceStt) -> None:
    assert_type(it.pack(), bytes)
    assert_type(it.service_type(), int)
    assert_type(it.kServiceType, int)


# What a module has beside its classes

assert_type(compat.AccessToken.getVersion(), str)
assert_type(compat.AccessToken.kJoinChannel, int)
assert_type(compat.AccessToken.kPublishAudioStream, int)
assert_type(compat.AccessToken.kPublishVideoStream, int)
assert_type(compat.AccessToken.kPublishDataStream, int)
assert_type(compat.AccessToken.kPublishAudiocdn, int)
assert_type(compat.AccessToken.kPublishVideoCdn, int)
assert_type(compat.AccessToken.kRequestPublishAudioStream, int)
assert_type(compat.AccessToken.kRequestPublishVideoStream, int)
assert_type(compat.AccessToken.kRequestPublishDataStream, int)
assert_type(compat.AccessToken.kInvitePublishAudioStream, int)
assert_type(compat.AccessToken.kInvitePublishVideoStream, int)
assert_type(compat.AccessToken.kInvitePublishDataStream, int)
assert_type(compat.AccessToken.kAdministrateChannel, int)
assert_type(compat.AccessToken.kRtmLogin, int)
assert_type(compat.AccessToken2.get_version(), str)
assert_type(compat.RtcTokenBuilder.Role_Attendee, int)
assert_type(compat.RtcTokenBuilder.Role_Publisher, int)
assert_type(compat.RtcTokenBuilder.Role_Subscriber, int)
assert_type(compat.RtcTokenBuilder.Role_Admin, int)
assert_type(compat.RtcTokenBuilder2.Role_Publisher, int)
assert_type(compat.RtcTokenBuilder2.Role_Subscriber, int)
assert_type(compat.RtmTokenBuilder.Role_Rtm_User, int)
assert_type(compat.convoai_token_builder.Role_Publisher, int)
assert_type(compat.stt_token_builder.Role_Publisher, int)

# Some checkers take a name in capitals for the number itself.
lengths: list[int] = [
    compat.AccessToken.VERSION_LENGTH,
    compat.AccessToken.APP_ID_LENGTH,
    compat.AccessToken2.VERSION_LENGTH,
]
