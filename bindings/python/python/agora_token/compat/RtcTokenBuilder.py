"""RTC tokens of AccessToken (006) by their official Python names."""

from .AccessToken import *

Role_Attendee = 0
Role_Publisher = 1
Role_Subscriber = 2
Role_Admin = 101


class RtcTokenBuilder:
    """Every function gives '' when anything is wrong. A role that is none of the four only joins."""

    @staticmethod
    def buildTokenWithUid(
        appId: str, appCertificate: str, channelName: str, uid: int | str, role: int, privilegeExpiredTs: int
    ) -> str:
        return _token(appId, appCertificate, channelName, uid, _privileges(role, privilegeExpiredTs))

    @staticmethod
    def buildTokenWithAccount(
        appId: str, appCertificate: str, channelName: str, account: str, role: int, privilegeExpiredTs: int
    ) -> str:
        return _token(appId, appCertificate, channelName, account, _privileges(role, privilegeExpiredTs))

    @staticmethod
    def buildTokenWithUidAndPrivilege(
        appId: str,
        appCertificate: str,
        channelName: str,
        uid: int | str,
        joinChannelPrivilegeExpiredTs: int,
        pubAudioPrivilegeExpiredTs: int,
        pubVideoPrivilegeExpiredTs: int,
        pubDataStreamPrivilegeExpiredTs: int,
    ) -> str:
        privileges = {
            kJoinChannel: joinChannelPrivilegeExpiredTs,
            kPublishAudioStream: pubAudioPrivilegeExpiredTs,
            kPublishVideoStream: pubVideoPrivilegeExpiredTs,
            kPublishDataStream: pubDataStreamPrivilegeExpiredTs,
        }
        return _token(appId, appCertificate, channelName, uid, privileges)

    @staticmethod
    def buildTokenWithUserAccountAndPrivilege(
        appId: str,
        appCertificate: str,
        channelName: str,
        account: str,
        joinChannelPrivilegeExpiredTs: int,
        pubAudioPrivilegeExpiredTs: int,
        pubVideoPrivilegeExpiredTs: int,
        pubDataStreamPrivilegeExpiredTs: int,
    ) -> str:
        privileges = {
            kJoinChannel: joinChannelPrivilegeExpiredTs,
            kPublishAudioStream: pubAudioPrivilegeExpiredTs,
            kPublishVideoStream: pubVideoPrivilegeExpiredTs,
            kPublishDataStream: pubDataStreamPrivilegeExpiredTs,
        }
        return _token(appId, appCertificate, channelName, account, privileges)


def _privileges(role: int, expired_ts: int) -> dict[int, int]:
    privileges = {kJoinChannel: expired_ts}
    if role in (Role_Attendee, Role_Publisher, Role_Admin):
        privileges |= {kPublishAudioStream: expired_ts, kPublishVideoStream: expired_ts, kPublishDataStream: expired_ts}
    return privileges


def _token(app_id: str, app_certificate: str, channel_name: str, user: int | str, privileges: dict[int, int]) -> str:
    token = AccessToken(app_id, app_certificate, channel_name, user)
    token.messages = privileges
    return token.build()
