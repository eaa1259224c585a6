"""AccessToken2 (007) by its official Python names."""

from collections.abc import Callable as _Callable
from collections.abc import Iterable as _Iterable
from typing import Any as _Any
from typing import ClassVar as _ClassVar

import agora_token as _face

from .._native import stamp as _stamp
from ._service import Service as Service
from ._services import *
from ._services import KINDS as _KINDS
from ._services import without_privileges as _without_privileges
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

    def get_user_id(self) -> str:
        return self.__user_id if isinstance(self.__user_id, str) else self.__user_id.decode("utf-8")

    def get_permissions(self) -> Permissions:
        return self.__permissions

    def checked(self) -> _face.Service:
        return _face.ServiceRtm2(self.__user_id, self.__permissions.details, self.checked_privileges())


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
            return self.__checked().build()
        except _FAILURES:
            return ""

    def __checked(self) -> _face.AccessToken2:
        app_id: _Any = self.__app_id
        return _face.AccessToken2(
            app_id,
            self.__app_cert,
            _whole(self.__issue_ts),
            _whole(self.__expire),
            salt=_whole(self.__salt),
            services=[service.checked() for service in self.services],
        )

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
        self.services = [_from_face(service) for service in read.services]
        self.__read = read
        return True

    def verify_signature(self, app_certificate: str) -> bool:
        """Whether this certificate signed the token that was read; False when none was."""
        try:
            return self.__read is not None and self.__read.verify_signature(app_certificate)
        except _FAILURES:
            return False


def _from_face(read: _face.Service) -> Service:
    service = _rtm2_from_face(read) if isinstance(read, _face.ServiceRtm2) else _without_privileges(read)
    for privilege, expire in read.privileges.items():
        service.add_privilege(privilege, expire)
    return service


def _rtm2_from_face(read: _face.ServiceRtm2) -> ServiceRtm2:
    permissions = ServiceRtm2.Permissions()
    details: _Any = read.permissions.to_dict()
    permissions.details = details
    return ServiceRtm2(_octets(read.user_id), permissions)
