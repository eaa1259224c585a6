"""What an Issuer is asked with by name, and what it answers."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

__all__ = ["ANY_CHANNEL", "ANY_USER", "AnyChannel", "AnyUser", "IssuedToken"]


class AnyChannel(Enum):
    """The type of ANY_CHANNEL."""

    ANY_CHANNEL = "any channel"

    def __repr__(self) -> str:
        return self.name


class AnyUser(Enum):
    """The type of ANY_USER."""

    ANY_USER = "any user"

    def __repr__(self) -> str:
        return self.name


ANY_CHANNEL: Final = AnyChannel.ANY_CHANNEL
"""In place of a channel: every channel of the project."""

ANY_USER: Final = AnyUser.ANY_USER
"""In place of a user: whoever holds the token, under any uid or account."""


@dataclass(frozen=True)
class IssuedToken:
    """A token, and when to fetch the next. Times are Unix seconds."""

    token: str = field(repr=False)
    """The token, which no text of this object shows."""
    issued_at: int
    """When it was made."""
    expires_at: int
    """When it ends."""
    refresh_after: int
    """When its holder should fetch the next: a tenth of the lifetime before the end and at least 30 seconds, which is
    when the SDK warns, but never in the first half."""
