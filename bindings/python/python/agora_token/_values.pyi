"""The values that services and builders share, by their names in the native module."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TypeAlias, final

from typing_extensions import disjoint_base

__all__ = ["Permissions", "Service"]

Lifetime: TypeAlias = int | timedelta
Moment: TypeAlias = int | datetime
Clock: TypeAlias = Moment | float | Callable[[], Moment | float]
Salt: TypeAlias = int | Callable[[], int]
Text: TypeAlias = str | bytes
Resources: TypeAlias = Mapping[int, Mapping[int, Iterable[Text]]]

@final
class Permissions:
    """What an RTM2 user may read or write, made from {ResourceType: {PermissionType: [resource, ...]}}.

    Args:
        resources: such mappings, with each resource a str or bytes

    Raises:
        ConfigurationError: INVALID_PERMISSIONS
    """

    def __new__(cls, resources: Permissions | Resources) -> Permissions: ...
    def to_dict(self) -> dict[int, dict[int, list[Text]]]:
        """The same as nested dicts. A resource is a str, or bytes where it is no UTF-8."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@disjoint_base
class Service:
    """One service of an AccessToken2. Frozen; equal when all fields are."""

    @property
    def service_type(self) -> int:
        """The number on the wire, a ServiceType."""

    @property
    def name(self) -> str:
        """The name in a decoded token's JSON, such as "rtc"."""

    @property
    def privileges(self) -> dict[int, int]:
        """What it grants, in seconds from the issue timestamp; 0 for as long as the token. A new dict each time."""

    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
