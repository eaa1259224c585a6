"""RTM tokens of AccessToken (006) by their official Python names."""

from .AccessToken import *

Role_Rtm_User = 1


class RtmTokenBuilder:
    """Gives '' when anything is wrong."""

    @staticmethod
    def buildToken(appId: str, appCertificate: str, userAccount: str, role: int, privilegeExpiredTs: int) -> str:
        """The role changes nothing, as in the official code."""
        token = AccessToken(appId, appCertificate, userAccount, "")
        token.addPrivilege(kRtmLogin, privilegeExpiredTs)
        return token.build()
