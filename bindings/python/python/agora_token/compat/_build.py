"""Tokens out of the services that several builders share."""

from .AccessToken2 import AccessToken, Service, ServiceRtc, ServiceRtm

PUBLISHER = 1


def token_of(app_id: str, app_certificate: str, expire: int, *services: Service) -> str:
    token = AccessToken(app_id, app_certificate, expire=expire)
    for service in services:
        token.add_service(service)
    return token.build()


def rtc_service(
    channel_name: str, account: int | str, role: int, join: int, audio: int, video: int, data: int
) -> Service:
    service = ServiceRtc(channel_name, account)
    service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, join)
    if role == PUBLISHER:
        service.add_privilege(ServiceRtc.kPrivilegePublishAudioStream, audio)
        service.add_privilege(ServiceRtc.kPrivilegePublishVideoStream, video)
        service.add_privilege(ServiceRtc.kPrivilegePublishDataStream, data)
    return service


def rtm_service(user_id: str, expire: int) -> Service:
    service = ServiceRtm(user_id)
    service.add_privilege(ServiceRtm.kPrivilegeLogin, expire)
    return service
