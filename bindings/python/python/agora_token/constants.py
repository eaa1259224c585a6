"""The numbers of the formats, by name."""

from enum import IntEnum

__all__ = [
    "ApaasPrivilege",
    "ChatPrivilege",
    "FCdnPrivilege",
    "FpaPrivilege",
    "PermissionType",
    "ResourceType",
    "Role",
    "Rtm2Privilege",
    "RtmPrivilege",
    "RtcPrivilege",
    "ServiceType",
    "StreamingPrivilege",
]


class Role(IntEnum):
    """What a user may do in a channel. Agora's service looks at it only where co-host authentication is on."""

    PUBLISHER = 1
    """Joins and publishes audio, video and data."""
    SUBSCRIBER = 2
    """Joins."""


class ServiceType(IntEnum):
    """The services of an AccessToken2, by their number on the wire."""

    RTC = 1
    RTM = 2
    STREAMING = 3
    FPA = 4
    CHAT = 5
    FCDN = 6
    APAAS = 7
    RTM2 = 8
    CONVO_AI = 9
    STT = 10


class RtcPrivilege(IntEnum):
    """The privileges of ServiceRtc."""

    JOIN_CHANNEL = 1
    PUBLISH_AUDIO_STREAM = 2
    PUBLISH_VIDEO_STREAM = 3
    PUBLISH_DATA_STREAM = 4


class RtmPrivilege(IntEnum):
    """The privileges of ServiceRtm."""

    LOGIN = 1


class StreamingPrivilege(IntEnum):
    """The privileges of ServiceStreaming."""

    PUBLISH_MIX_STREAM = 1
    PUBLISH_RAW_STREAM = 2


class FpaPrivilege(IntEnum):
    """The privileges of ServiceFpa."""

    LOGIN = 1


class ChatPrivilege(IntEnum):
    """The privileges of ServiceChat."""

    USER = 1
    APP = 2


class FCdnPrivilege(IntEnum):
    """The privileges of ServiceFCdn."""

    PUBLISH = 1
    PLAY = 2


class ApaasPrivilege(IntEnum):
    """The privileges of ServiceApaas."""

    ROOM_USER = 1
    USER = 2
    APP = 3


class Rtm2Privilege(IntEnum):
    """The privileges of ServiceRtm2."""

    LOGIN = 1


class ResourceType(IntEnum):
    """What a permission of ServiceRtm2 is about."""

    MESSAGE_CHANNELS = 0
    STREAM_CHANNELS = 1
    GROUP_CHANNELS = 2
    SERVER_GROUPS = 3
    USERS = 4


class PermissionType(IntEnum):
    """What a permission of ServiceRtm2 allows."""

    READ = 0
    WRITE = 1
