"""AccessToken, the older generation "006": one channel and one user, with absolute times.

Times are Unix seconds or a datetime with a time zone. New servers want AccessToken2, which every current SDK takes.

The format has a flaw that no implementation can mend: App ID, channel name and user are signed run together, so the
token for channel ``room1`` and user ``23`` is also signed for channel ``room12`` and user ``3``.
"""

from enum import IntEnum

from ._native import AccessToken006 as AccessToken
from ._native import RtcTokenBuilder006 as RtcTokenBuilder
from ._native import RtmTokenBuilder006 as RtmTokenBuilder
from ._native import UnverifiedToken006 as UnverifiedToken

__all__ = ["AccessToken", "Privilege", "Role", "RtcTokenBuilder", "RtmTokenBuilder", "UnverifiedToken"]


class Role(IntEnum):
    """What a user may do in a channel. All but the subscriber publish."""

    ATTENDEE = 0
    PUBLISHER = 1
    SUBSCRIBER = 2
    ADMIN = 101


class Privilege(IntEnum):
    """The privileges of an AccessToken that the official libraries name and use."""

    JOIN_CHANNEL = 1
    PUBLISH_AUDIO_STREAM = 2
    PUBLISH_VIDEO_STREAM = 3
    PUBLISH_DATA_STREAM = 4
    ADMINISTRATE_CHANNEL = 101
    RTM_LOGIN = 1000
