"""AccessToken (006) by its official Python names."""

from typing import Any

from .. import access_token_006 as _face
from .._native import stamp as _stamp
from ._packing_006 import *
from .utils import FAILURES as _FAILURES
from .utils import whole as _whole

__all__ = [
    "APP_ID_LENGTH",
    "AccessToken",
    "ReadByteBuffer",
    "VERSION_LENGTH",
    "getVersion",
    "kAdministrateChannel",
    "kInvitePublishAudioStream",
    "kInvitePublishDataStream",
    "kInvitePublishVideoStream",
    "kJoinChannel",
    "kPublishAudioStream",
    "kPublishAudiocdn",
    "kPublishDataStream",
    "kPublishVideoCdn",
    "kPublishVideoStream",
    "kRequestPublishAudioStream",
    "kRequestPublishDataStream",
    "kRequestPublishVideoStream",
    "kRtmLogin",
    "packInt32",
    "packMap",
    "packMapUint32",
    "packString",
    "packUint16",
    "packUint32",
    "unPackContent",
    "unPackMessages",
]

kJoinChannel = 1
kPublishAudioStream = 2
kPublishVideoStream = 3
kPublishDataStream = 4
kPublishAudiocdn = 5
kPublishVideoCdn = 6
kRequestPublishAudioStream = 7
kRequestPublishVideoStream = 8
kRequestPublishDataStream = 9
kInvitePublishAudioStream = 10
kInvitePublishVideoStream = 11
kInvitePublishDataStream = 12
kAdministrateChannel = 101
kRtmLogin = 1000

VERSION_LENGTH = 3
APP_ID_LENGTH = 32


def getVersion() -> str:
    return "006"


class AccessToken:
    """A token of one channel and one user. Arguments are kept as given and looked at when it is built."""

    def __init__(self, appID: str = "", appCertificate: str = "", channelName: str = "", uid: int | str = "") -> None:
        _, salt, ends = _stamp()
        self.appID: str = appID
        self.appCertificate: str = appCertificate
        self.channelName: str = channelName
        self.ts: int = ends
        self.salt: int = salt
        self.messages: dict[int, int] = {}
        self.uidStr: Any = _uid_text(uid)

    def addPrivilege(self, privilege: int, expireTimestamp: int) -> None:
        self.messages[privilege] = expireTimestamp

    def fromString(self, originToken: str) -> bool:
        """Reads salt, ts and messages; channel and user are not in the token."""
        try:
            read = _face.AccessToken.parse(originToken)
        except _FAILURES:
            return False
        self.salt, self.ts, self.messages = read.salt, read.expires_at, read.privileges
        return True

    def build(self) -> str:
        """The token, or '' when anything is wrong."""
        try:
            return _face.AccessToken(
                self.appID,
                self.appCertificate,
                self.channelName,
                self.uidStr,
                salt=_whole(self.salt),
                expires_at=_whole(self.ts),
                privileges={_whole(privilege): _whole(ts) for privilege, ts in self.messages.items()},
            ).build()
        except _FAILURES:
            return ""


def _uid_text(uid: Any) -> Any:
    """The digits of a uid, '' for 0; what is no uid stays, for build to refuse."""
    if type(uid) is int and 0 <= uid <= 0xFFFFFFFF:
        return str(uid) if uid else ""
    return uid
