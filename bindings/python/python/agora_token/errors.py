"""Why a call or a token was refused.

All exceptions have one base, ``AgoraTokenError``, with a ``code`` that is the same in every language this project
speaks, the ``field`` at fault and the ``fault``: whose it is. No text of theirs ever holds an App Certificate, a token,
or a part of either.
"""

import difflib
import inspect
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from .constants import ServiceType
from .generated.codes import ErrorCode, Fault

__all__ = [
    "AgoraTokenError",
    "ConfigurationError",
    "ErrorCode",
    "Fault",
    "InputError",
    "Refusal",
    "SignatureMismatch",
    "SystemFailure",
    "TokenExpired",
    "TokenParseError",
    "UnknownOption",
    "VerificationError",
]


@dataclass(frozen=True)
class Refusal:
    """One thing that is wrong with a token."""

    code: ErrorCode
    """What kind."""
    field: str
    """What of the token is at fault: channel, user, expires_at and the like."""
    reason: str
    """The reason in words."""
    service: ServiceType | None = None
    """The service of the token that it is about, if it is about one."""


class AgoraTokenError(Exception):
    """The base of every exception this package raises on purpose. Its text is field and reason."""

    code: ErrorCode
    """What kind of refusal this is."""
    field: str
    """The argument or token field at fault, by its name in the call; empty when there is none."""
    reason: str
    """The reason in words. Of an argument it continues the name: "has 64 bytes, at most 63 expected"."""

    def __init__(self, code: ErrorCode, field: str, reason: str) -> None:
        super().__init__(code, field, reason)
        self.code, self.field, self.reason = code, field, reason

    @property
    def fault(self) -> Fault:
        """Who can do something about it: the caller, the configuration or the system."""
        return self.code.fault

    def __str__(self) -> str:
        return f"{self.field} {self.reason}" if self.field and _is_of_argument(self.code) else self.reason


class InputError(AgoraTokenError, ValueError):
    """A channel, a user or a role that came from outside and cannot make a working token."""


class ConfigurationError(AgoraTokenError, ValueError):
    """Credentials, a lifetime or an option that whoever runs or wrote the program can mend; not to be told to a client."""


class UnknownOption(ConfigurationError, TypeError):
    """An argument that there is not. The text names the nearest."""


class SystemFailure(AgoraTokenError):
    """The clock, the random source, or a bug in this package."""


class VerificationError(AgoraTokenError):
    """A token that was refused."""

    refusals: tuple[Refusal, ...]
    """Everything that is wrong with the token; the exception itself tells of the first."""

    def __init__(self, code: ErrorCode, field: str, reason: str, refusals: Sequence[Refusal] = ()) -> None:
        super().__init__(code, field, reason)
        self.refusals = tuple(refusals)


class TokenParseError(VerificationError, ValueError):
    """A text that is no token, or a damaged one."""


class SignatureMismatch(VerificationError):
    """None of the App Certificates signed the token."""


class TokenExpired(VerificationError):
    """The lifetime of the token, or of the privilege to enter, is over: mint a new one."""


def _is_of_argument(code: ErrorCode) -> bool:
    return code.number < 60


def class_of(code: ErrorCode) -> type[AgoraTokenError]:
    """The class of exceptions with this code: those about a token by what is wrong with it, the others by whose fault."""
    if code in (ErrorCode.TOKEN_EXPIRED, ErrorCode.PRIVILEGE_EXPIRED):
        return TokenExpired
    if code is ErrorCode.SIGNATURE_MISMATCH:
        return SignatureMismatch
    if code in (ErrorCode.TOKEN_APP_ID, ErrorCode.TOKEN_AMBIGUOUS):
        return VerificationError
    if not _is_of_argument(code):
        return TokenParseError if code.number < 70 else VerificationError
    if code is ErrorCode.UNKNOWN_OPTION:
        return UnknownOption
    by_fault = {Fault.CALLER: InputError, Fault.CONFIGURATION: ConfigurationError, Fault.SYSTEM: SystemFailure}
    return by_fault[code.fault]


_OTHER_WORDS = {
    "lifetime": ("expire", "expires", "expire_in", "token_expire", "ttl", "duration", "validity"),
    "publish_lifetime": ("publish_expire", "publish_for"),
    "channel": ("channel_name", "room"),
    "account": ("user_account", "user_id", "username"),
    "certificates": ("secondary", "other_certificates", "app_certificates"),
    "app_certificate": ("cert", "secret"),
    "clock": ("now", "at", "time"),
    "error": ("error_code",),
}
"""What arguments are called elsewhere."""


def unknown_option(name: str, call: str) -> UnknownOption:
    """The refusal of an argument that a call has not, with the nearest that it has."""
    # Not before, since the native half takes its classes from here.
    known = list(inspect.signature(getattr(import_module("agora_token._native"), call)).parameters)
    near = [one for one in known if name in _OTHER_WORDS.get(one, ())] or difflib.get_close_matches(name, known, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; it takes {', '.join(known)}"
    return UnknownOption(ErrorCode.UNKNOWN_OPTION, name, f"is no argument of {call}{hint}")
