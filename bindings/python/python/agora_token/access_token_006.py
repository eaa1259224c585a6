"""AccessToken, the older generation "006": one channel and one user, with absolute times.

Times are Unix seconds or a datetime with a time zone. New servers want AccessToken2, which every current SDK takes.

The format has a flaw that no implementation can mend: App ID, channel name and user are signed run together, so the
token for channel ``room1`` and user ``23`` is also signed for channel ``room12`` and user ``3``.
"""

from ._native import AccessToken006 as AccessToken
from ._native import UnverifiedToken006 as UnverifiedToken
from .generated.builders import RtcTokenBuilder006 as RtcTokenBuilder
from .generated.builders import RtmTokenBuilder006 as RtmTokenBuilder
from .generated.constants_006 import Privilege, Role

__all__ = ["AccessToken", "Privilege", "Role", "RtcTokenBuilder", "RtmTokenBuilder", "UnverifiedToken"]
