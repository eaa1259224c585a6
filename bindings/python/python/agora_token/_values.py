"""The values that services and builders share, by their names in the native module."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from ._native import Permissions, Service

__all__ = ["Permissions", "Service"]

Lifetime: TypeAlias = int | timedelta
Moment: TypeAlias = int | datetime
Text: TypeAlias = str | bytes
Resources: TypeAlias = Mapping[int, Mapping[int, Iterable[Text]]]
