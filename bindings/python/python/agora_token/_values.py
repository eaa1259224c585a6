"""The values that services and builders share, by their names in the native module."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias

from ._native import Permissions, Service

__all__ = ["Permissions", "Service"]

Lifetime: TypeAlias = int | timedelta
Moment: TypeAlias = int | datetime
Clock: TypeAlias = Moment | float | Callable[[], Moment | float]
Salt: TypeAlias = int | Callable[[], int]
Text: TypeAlias = str | bytes
Resources: TypeAlias = Mapping[int, Mapping[int, Iterable[Text]]]
