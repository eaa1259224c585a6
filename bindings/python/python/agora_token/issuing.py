"""What an Issuer answers."""

import json
from dataclasses import dataclass, field
from typing import ClassVar

from .errors import AgoraTokenError

__all__ = ["IssuedToken", "RefusedGrant"]


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
    error: ClassVar[None] = None
    """Nothing, where a RefusedGrant has its error."""

    def to_dict(self) -> dict[str, str | int]:
        """What a server answers a client with: token, issuedAt, expiresAt, refreshAfter."""
        return {
            "token": self.token,
            "issuedAt": self.issued_at,
            "expiresAt": self.expires_at,
            "refreshAfter": self.refresh_after,
        }

    def to_json(self) -> str:
        """The same as JSON, in one line."""
        return json.dumps(self.to_dict(), separators=(",", ":"))


@dataclass(frozen=True)
class RefusedGrant:
    """A row of issue_many that got no token."""

    error: AgoraTokenError
    """What issue would have raised."""
