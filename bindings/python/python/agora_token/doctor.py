"""What can keep a user out, by name."""

from dataclasses import dataclass

from ._names import Name
from .generated.codes import FindingCode

__all__ = ["Finding", "FindingCode", "Severity"]


class Severity(Name):
    """How much a finding matters. A member is its name: ``finding.severity == "error"``."""

    NOTE = "note"
    """Worth knowing; nothing fails because of it."""
    WARNING = "warning"
    """Works now, and will surprise somebody."""
    ERROR = "error"
    """Enough to keep the user out, or from what the user came for."""


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
