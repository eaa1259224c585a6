"""Why a call or a token was refused.

All exceptions have one base, ``AgoraTokenError``, with a ``code`` that is the same in every language this project
speaks and the ``field`` at fault. No text of theirs ever holds an App Certificate, a token, or a part of either.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ._names import Name
from ._native import error_codes

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


class ErrorCode(Name):
    """Every reason for a refusal, by its stable name. A member is that name: ``error.code == "INVALID_UID"``."""

    NULL_ARGUMENT = "NULL_ARGUMENT"
    INVALID_UTF8 = "INVALID_UTF8"
    NUL_IN_TEXT = "NUL_IN_TEXT"
    INTERNAL = "INTERNAL"
    RANDOM_SOURCE_FAILED = "RANDOM_SOURCE_FAILED"
    CLOCK_OUT_OF_RANGE = "CLOCK_OUT_OF_RANGE"
    INDEX_OUT_OF_RANGE = "INDEX_OUT_OF_RANGE"

    INVALID_APP_ID = "INVALID_APP_ID"
    INVALID_APP_CERTIFICATE = "INVALID_APP_CERTIFICATE"

    INVALID_CHANNEL_NAME = "INVALID_CHANNEL_NAME"
    INVALID_UID = "INVALID_UID"
    INVALID_USER_ACCOUNT = "INVALID_USER_ACCOUNT"
    INVALID_USER_ID = "INVALID_USER_ID"
    INVALID_ROOM_UUID = "INVALID_ROOM_UUID"
    INVALID_USER_UUID = "INVALID_USER_UUID"
    INVALID_PERMISSIONS = "INVALID_PERMISSIONS"

    INVALID_ROLE = "INVALID_ROLE"

    TOKEN_EXPIRE_ZERO = "TOKEN_EXPIRE_ZERO"
    TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP = "TOKEN_EXPIRE_LOOKS_LIKE_TIMESTAMP"
    PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP = "PRIVILEGE_EXPIRE_LOOKS_LIKE_TIMESTAMP"
    PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION = "PRIVILEGE_EXPIRED_TS_LOOKS_LIKE_DURATION"
    INVALID_LIFETIME = "INVALID_LIFETIME"
    INVALID_TIMESTAMP = "INVALID_TIMESTAMP"
    INVALID_SALT = "INVALID_SALT"
    LIFETIME_OVER_A_DAY = "LIFETIME_OVER_A_DAY"

    NO_SERVICES = "NO_SERVICES"
    TOO_MANY_ENTRIES = "TOO_MANY_ENTRIES"
    PAYLOAD_TOO_LARGE = "PAYLOAD_TOO_LARGE"
    TOKEN_TOO_LONG = "TOKEN_TOO_LONG"

    TOKEN_VERSION = "TOKEN_VERSION"
    TOKEN_BASE64 = "TOKEN_BASE64"
    TOKEN_COMPRESSION = "TOKEN_COMPRESSION"
    TOKEN_TOO_LARGE = "TOKEN_TOO_LARGE"
    TOKEN_TRUNCATED = "TOKEN_TRUNCATED"
    TOKEN_DUPLICATE_KEY = "TOKEN_DUPLICATE_KEY"
    TOKEN_TRAILING_BYTES = "TOKEN_TRAILING_BYTES"
    TOKEN_APP_ID = "TOKEN_APP_ID"

    SIGNATURE_MISMATCH = "SIGNATURE_MISMATCH"
    CHANNEL_MISMATCH = "CHANNEL_MISMATCH"
    USER_MISMATCH = "USER_MISMATCH"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"
    TOKEN_ISSUED_IN_FUTURE = "TOKEN_ISSUED_IN_FUTURE"
    APP_ID_MISMATCH = "APP_ID_MISMATCH"
    SERVICE_MISSING = "SERVICE_MISSING"
    PRIVILEGE_MISSING = "PRIVILEGE_MISSING"
    PRIVILEGE_EXPIRED = "PRIVILEGE_EXPIRED"
    CHANNEL_AND_USER_REQUIRED = "CHANNEL_AND_USER_REQUIRED"

    @property
    def number(self) -> int:
        """The number of the same code in the C ABI."""
        return _NUMBERS[self.name]


_NUMBERS = {name: number for number, name, _, _ in error_codes()}


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
    """The argument or token field at fault, by the name it has in every language; empty when there is none."""
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
        ErrorCode.SIGNATURE_MISMATCH: SignatureMismatch,
        ErrorCode.TOKEN_EXPIRED: TokenExpired,
        ErrorCode.PRIVILEGE_EXPIRED: TokenExpired,
    }
    if code in special:
        return special[code]
    if code.number < 60:
        return InputError
    return TokenParseError if code.number < 70 else VerificationError
