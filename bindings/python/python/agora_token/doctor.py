"""What can keep a user out, by name."""

from dataclasses import dataclass

from ._names import Name
from ._native import finding_codes

__all__ = ["Finding", "FindingCode", "Severity"]


class Severity(Name):
    """How much a finding matters. A member is its name: ``finding.severity == "error"``."""

    NOTE = "note"
    """Worth knowing; nothing fails because of it."""
    WARNING = "warning"
    """Works now, and will surprise somebody."""
    ERROR = "error"
    """Enough to keep the user out, or from what the user came for."""


class FindingCode(Name):
    """What ``diagnose`` can find, by its stable name. A member is that name: ``finding.code == "TOKEN_EXPIRED"``."""

    NO_TOKEN = "NO_TOKEN"
    TOKEN_IS_CREDENTIAL = "TOKEN_IS_CREDENTIAL"
    TOKEN_IN_JSON = "TOKEN_IN_JSON"
    TOKEN_PREFIXED = "TOKEN_PREFIXED"
    TOKEN_QUOTED = "TOKEN_QUOTED"
    TOKEN_HAS_BLANKS = "TOKEN_HAS_BLANKS"
    TOKEN_URL_ENCODED = "TOKEN_URL_ENCODED"
    TOKEN_URL_SAFE = "TOKEN_URL_SAFE"
    TOKEN_TRUNCATED = "TOKEN_TRUNCATED"
    TOKEN_HAS_EXTRA = "TOKEN_HAS_EXTRA"
    TOKEN_OLD_GENERATION = "TOKEN_OLD_GENERATION"
    TOKEN_DAMAGED = "TOKEN_DAMAGED"
    NOT_A_TOKEN = "NOT_A_TOKEN"
    TOKEN_NOT_WANTED = "TOKEN_NOT_WANTED"
    SDK_TOO_OLD = "SDK_TOO_OLD"
    TIMESTAMP_IS_LIFETIME = "TIMESTAMP_IS_LIFETIME"
    APP_ID_IS_CERTIFICATE = "APP_ID_IS_CERTIFICATE"
    APP_ID_DIFFERS = "APP_ID_DIFFERS"
    APP_ID_INVALID = "APP_ID_INVALID"
    CERTIFICATE_HAS_BLANKS = "CERTIFICATE_HAS_BLANKS"
    CERTIFICATE_CASE_DIFFERS = "CERTIFICATE_CASE_DIFFERS"
    SIGNATURE_MISMATCH = "SIGNATURE_MISMATCH"
    TOKEN_EXPIRED = "TOKEN_EXPIRED"
    TOKEN_NOT_YET_VALID = "TOKEN_NOT_YET_VALID"
    RTM_TOKEN_FOR_RTC = "RTM_TOKEN_FOR_RTC"
    RTC_TOKEN_FOR_RTM = "RTC_TOKEN_FOR_RTM"
    SERVICE_MISSING = "SERVICE_MISSING"
    USER_IS_PLACEHOLDER = "USER_IS_PLACEHOLDER"
    USER_IS_ZERO_TEXT = "USER_IS_ZERO_TEXT"
    SAMPLE_USER = "SAMPLE_USER"
    SAMPLE_CHANNEL = "SAMPLE_CHANNEL"
    CHANNEL_DIFFERS_IN_CASE = "CHANNEL_DIFFERS_IN_CASE"
    CHANNEL_DIFFERS_IN_BLANKS = "CHANNEL_DIFFERS_IN_BLANKS"
    CHANNEL_DIFFERS = "CHANNEL_DIFFERS"
    ACCOUNT_TOKEN_FOR_UID = "ACCOUNT_TOKEN_FOR_UID"
    UID_TOKEN_FOR_ACCOUNT = "UID_TOKEN_FOR_ACCOUNT"
    USER_DIFFERS = "USER_DIFFERS"
    PRIVILEGE_MISSING = "PRIVILEGE_MISSING"
    PRIVILEGE_EXPIRED = "PRIVILEGE_EXPIRED"
    TOKEN_TOO_LONG = "TOKEN_TOO_LONG"
    LIFETIME_IS_TIMESTAMP = "LIFETIME_IS_TIMESTAMP"
    SUBSCRIBER_TOKEN_FOR_PUBLISHER = "SUBSCRIBER_TOKEN_FOR_PUBLISHER"
    PRIVILEGE_OUTLIVES_TOKEN = "PRIVILEGE_OUTLIVES_TOKEN"
    LIFETIME_OVER_A_DAY = "LIFETIME_OVER_A_DAY"
    CHAT_APP_TOKEN = "CHAT_APP_TOKEN"
    CERTIFICATE_INVALID = "CERTIFICATE_INVALID"
    UNKNOWN_SERVICE = "UNKNOWN_SERVICE"
    UNREAD_BYTES = "UNREAD_BYTES"
    CO_HOST_NOTE = "CO_HOST_NOTE"
    ANY_USER = "ANY_USER"
    ANY_CHANNEL = "ANY_CHANNEL"
    SDK_ERROR = "SDK_ERROR"
    SIGNATURE_NOT_CHECKED = "SIGNATURE_NOT_CHECKED"
    USER_NOT_CHECKED = "USER_NOT_CHECKED"

    @property
    def meaning(self) -> str:
        """What it means, in general; the cause of a finding tells of the case at hand."""
        return _MEANINGS[self.name]


_MEANINGS = {name: meaning for name, _, meaning, _ in finding_codes()}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a token or its use, or worth knowing."""

    code: FindingCode
    """What kind."""
    severity: Severity
    """How much it matters here."""
    cause: str
    """What was found, in plain words."""
    fix: str
    """What to do about it."""
