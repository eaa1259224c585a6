"""The two official builders of AccessToken (006) that set a time for each privilege."""

from .AccessToken import AccessToken, kJoinChannel, kPublishAudioStream, kPublishDataStream, kPublishVideoStream


class WithPrivileges:
    """Every function gives '' when anything is wrong."""

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


def _token(app_id: str, app_certificate: str, channel_name: str, user: int | str, privileges: dict[int, int]) -> str:
    token = AccessToken(app_id, app_certificate, channel_name, user)
    token.messages = privileges
    return token.build()
