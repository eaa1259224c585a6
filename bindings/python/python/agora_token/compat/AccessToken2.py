"""AccessToken2 (007) by its official Python names."""

from collections.abc import Callable as _Callable
from collections.abc import Iterable as _Iterable
from typing import Any as _Any
from typing import ClassVar as _ClassVar

import agora_token as _face

from .._native import build_packed as _build_packed
from .._native import stamp as _stamp
from ._service import Service as Service
from ._service import pack_text as _pack_text
from ._services import *
from ._services import KINDS as _KINDS
from .Packer import *
from .utils import FAILURES as _FAILURES
from .utils import octets as _octets
from .utils import whole as _whole

VERSION_LENGTH = 3


def get_version() -> str:
    return "007"


class ServiceRtm2(Service):
    kServiceType = 8

    kPrivilegeLogin = 1

    class Permissions:
        kMessageChannels = 0
        kStreamChannels = 1
        kGroupChannels = 2
        kServerGroups = 3
        kUsers = 4

        kRead = 0
        kWrite = 1

        def __init__(self) -> None:
            self.details: dict[int, dict[int, list[str]]] = {}

        def add(self, resource_type: int, permission_type: int, resources: _Iterable[str]) -> None:
            self.details.setdefault(resource_type, {})[permission_type] = list(resources)

    def __init__(self, user_id: str | bytes = "", permissions: Permissions | None = None) -> None:
        super().__init__(ServiceRtm2.kServiceType)
        self.__user_id = user_id
        self.__permissions = ServiceRtm2.Permissions() if permissions is None else permissions

    def pack(self) -> bytes:
        details = {
            _whole(resource_type): {
                _whole(permission_type): _several(resources) for permission_type, resources in by.items()
            }
            for resource_type, by in self.__permissions.details.items()
        }
        packed = super().pack() + _pack_text(self.__user_id) + pack_uint16(len(details))
        for resource_type in sorted(details):
            packed += pack_uint16(resource_type) + pack_uint16(len(details[resource_type]))
            for permission_type in sorted(details[resource_type]):
                resources = details[resource_type][permission_type]
                packed += pack_uint16(permission_type) + pack_uint16(len(resources))
                packed += b"".join(_pack_text(resource) for resource in resources)
        return packed

    def unpack(self, buffer: bytes) -> bytes:
        buffer = super().unpack(buffer)
        self.__user_id, buffer = unpack_string(buffer)
        details: dict[int, dict[int, list[_Any]]] = {}
        resource_types, buffer = unpack_uint16(buffer)
        for _ in range(resource_types):
            resource_type, buffer = unpack_uint16(buffer)
            permission_types, buffer = unpack_uint16(buffer)
            for _ in range(permission_types):
                permission_type, buffer = unpack_uint16(buffer)
                count, buffer = unpack_uint16(buffer)
                resources: list[_Any] = []
                for _ in range(count):
                    resource, buffer = unpack_string(buffer)
                    resources.append(_text(resource))
                details.setdefault(resource_type, {})[permission_type] = resources
        self.__permissions = ServiceRtm2.Permissions()
        self.__permissions.details = details
        return buffer

    def get_user_id(self) -> str:
        return self.__user_id if isinstance(self.__user_id, str) else self.__user_id.decode("utf-8")

    def get_permissions(self) -> Permissions:
        return self.__permissions


def _several(resources: _Any) -> list[_Any]:
    """A str would come apart into its characters."""
    if isinstance(resources, (str, bytes)):
        raise TypeError("one resource where several are expected")
    return list(resources)


def _text(octets: bytes) -> str | bytes:
    """A text that was read, as it is where it is no UTF-8."""
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets


class AccessToken:
    kServices: _ClassVar[dict[int, _Callable[[], Service]]] = dict(
        sorted({**_KINDS, ServiceRtm2.kServiceType: ServiceRtm2}.items(), key=lambda kind: kind[0])
    )

    def __init__(self, app_id: str = "", app_certificate: str = "", issue_ts: int = 0, expire: int = 900) -> None:
        self.__app_id: str | bytes = app_id
        self.__app_cert = app_certificate
        now, salt, _ = _stamp()
        self.__issue_ts = now if issue_ts == 0 else issue_ts
        self.__expire = expire
        self.__salt = salt
        self.__read: _face.UnverifiedToken2 | None = None
        self.services: list[Service] = []

    def add_service(self, service: Service) -> None:
        self.services.append(service)

    def get_services(self, service_type: int) -> list[Service]:
        return [service for service in self.services if service.service_type() == service_type]

    def build(self) -> str:
        """The token, or '' when anything is wrong. A second call gives the same."""
        try:
            app_id: _Any = self.__app_id
            return _build_packed(
                app_id,
                self.__app_cert,
                _whole(self.__issue_ts),
                _whole(self.__expire),
                _whole(self.__salt),
                [_packed(service) for service in self.services],
            )
        except _FAILURES:
            return ""

    def from_string(self, origin_token: str) -> bool:
        """Reads a token: False for another version, and for a damaged one a ValueError, as in the official code."""
        self.__app_id = ""
        self.__issue_ts = self.__expire = self.__salt = 0
        self.__read = None
        self.services = []
        try:
            read = _face.AccessToken2.parse(origin_token)
        except _face.TokenParseError as error:
            if error.code == _face.ErrorCode.TOKEN_VERSION:
                return False
            raise
        self.__app_id = _octets(read.app_id)
        self.__issue_ts, self.__expire, self.__salt = read.issue_ts, read.expire, read.salt
        self.services = _services_of(read)
        self.__read = read
        return True

    def verify_signature(self, app_certificate: str) -> bool:
        """Whether this certificate signed the token that was read; False when none was."""
        try:
            return self.__read is not None and self.__read.verify_signature(app_certificate)
        except _FAILURES:
            return False


def _packed(service: Service) -> tuple[int, bytes]:
    """The number of a service and what follows it: what it packs has to begin with the number."""
    number, content = service.service_type(), service.pack()
    if not content.startswith(pack_uint16(number)):
        raise ValueError("a service that does not begin with its number")
    return number, content[2:]


def _services_of(read: _face.UnverifiedToken2) -> list[Service]:
    """The services up to the first that kServices lacks. A ValueError when one does not read what is there."""
    _, buffer = unpack_string(read.signing_info)
    for _ in range(3):  # issue time, lifetime, salt
        _, buffer = unpack_uint32(buffer)
    count, buffer = unpack_uint16(buffer)
    services: list[Service] = []
    for _ in range(count):
        number, buffer = unpack_uint16(buffer)
        kind = AccessToken.kServices.get(number)
        if kind is None:
            break
        service = kind()
        try:
            buffer = service.unpack(buffer)
        except Exception as error:
            raise ValueError(f"service {number} cannot be read") from error
        services.append(service)
    return services
