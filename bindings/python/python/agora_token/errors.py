"""Why a call or a token was refused.

All exceptions have one base, ``AgoraTokenError``, with a ``code`` that is the same in every language this project
speaks and the ``field`` at fault. No text of theirs ever holds an App Certificate, a token, or a part of either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .generated.codes import ErrorCode

__all__ = [
    "AgoraTokenError",
    "ErrorCode",
    "InputError",
    "Refusal",
    "SignatureMismatch",
    "TokenExpired",
    "TokenParseError",
    "VerificationError",
]


@dataclass(frozen=True)
class Refusal:
    """One thing that is wrong with a token."""

    code: ErrorCode
    field: str
    reason: str


class AgoraTokenError(Exception):
    """The base of every exception this package raises on purpose."""

    code: ErrorCode
    """What kind of refusal this is."""
    field: str
    """The argument or token field at fault, by the core's name for it; empty when there is none."""
    reason: str
    """The whole reason in words, which is also the text of the exception."""

    def __init__(self, code: ErrorCode, field: str, reason: str) -> None:
        super().__init__(code, field, reason)
        self.code, self.field, self.reason = code, field, reason

    def __str__(self) -> str:
        return self.reason


class InputError(AgoraTokenError, ValueError):
    """An argument that cannot make a working token."""


class TokenParseError(AgoraTokenError, ValueError):
    """A text that is no token, or a damaged one."""


class VerificationError(AgoraTokenError):
    """A token that was read, and refused."""

    refusals: tuple[Refusal, ...]
    """Everything that is wrong with the token; the exception itself tells of the first."""

    def __init__(self, code: ErrorCode, field: str, reason: str, refusals: Sequence[Refusal] = ()) -> None:
        super().__init__(code, field, reason)
        self.refusals = tuple(refusals)


class SignatureMismatch(VerificationError):
    """None of the App Certificates signed the token."""


class TokenExpired(VerificationError):
    """The lifetime of the token, or of the privilege to enter, is over: mint a new one."""


def class_of(code: ErrorCode) -> type[AgoraTokenError]:
    """The class of exceptions with this code."""
    special = {
        ErrorCode.INTERNAL: AgoraTokenError,
        ErrorCode.RANDOM_SOURCE_FAILED: AgoraTokenError,
        ErrorCode.CLOCK_OUT_OF_RANGE: AgoraTokenError,
        ErrorCode.TOKEN_APP_ID: VerificationError,
        ErrorCode.TOKEN_AMBIGUOUS: VerificationError,
        ErrorCode.SIGNATURE_MISMATCH: SignatureMismatch,
        ErrorCode.TOKEN_EXPIRED: TokenExpired,
        ErrorCode.PRIVILEGE_EXPIRED: TokenExpired,
    }
    if code in special:
        return special[code]
    if code.number < 60:
        return InputError
    return TokenParseError if code.number < 70 else VerificationError
