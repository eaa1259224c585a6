"""What the modules of this folder share; ``get_md5`` is the official part of it."""

import struct

from .._native import chat_user_id
from ..errors import AgoraTokenError

__all__ = ["get_md5"]

FAILURES = (AgoraTokenError, TypeError, ValueError, OverflowError, AttributeError, struct.error)
"""What bad arguments can raise on their way into a token."""


def get_md5(data: str) -> str:
    """The Chat user that belongs to a classroom user."""
    return chat_user_id(data)


def whole(number: int) -> int:
    """A number as the official packers read it: fractions are cut, and digits in a str count."""
    return int(number)


def octets(text: str | bytes) -> bytes:
    """A text as the official code holds it once it is read."""
    return text.encode("utf-8") if isinstance(text, str) else text
