"""AccessToken2 (007) by its official Python names."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import agora_token as face

from .._native import stamp
from ._service import Service
from ._services import (
    KINDS,
    ServiceApaas,
    ServiceChat,
    ServiceConvoAI,
    ServiceFCdn,
    ServiceFpa,
    ServiceRtc,
    ServiceRtm,
    ServiceStreaming,
    ServiceStt,
    without_privileges,
)
from .utils import FAILURES, octets, whole

__all__ = [
    "AccessToken",
    "Service",
    "ServiceApaas",
    "ServiceChat",
    "ServiceConvoAI",
    "ServiceFCdn",
    "ServiceFpa",
    "ServiceRtc",
    "ServiceRtm",
    "ServiceRtm2",
    "ServiceStreaming",
    "ServiceStt",
    "VERSION_LENGTH",
    "get_version",
]

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

        def add(self, resource_type: int, permission_type: int, resources: Iterable[str]) -> None:
            self.details.setdefault(resource_type, {})[permission_type] = list(resources)

    def __init__(self, user_id: str | bytes = "", permissions: Permissions | None = None) -> None:
        super().__init__(ServiceRtm2.kServiceType)
        self.__user_id = user_id
        self.__permissions = ServiceRtm2.Permissions() if permissions is None else permissions

    def get_user_id(self) -> str:
        return self.__user_id if isinstance(self.__user_id, str) else self.__user_id.decode("utf-8")

    def get_permissions(self) -> Permissions:
        return self.__permissions

    def checked(self) -> face.Service:
        return face.ServiceRtm2(self.__user_id, self.__permissions.details, self.checked_privileges())


class AccessToken:
    kServices: ClassVar[dict[int, Callable[[], Service]]] = dict(
        sorted({**KINDS, ServiceRtm2.kServiceType: ServiceRtm2}.items(), key=lambda kind: kind[0])
    )

    def __init__(self, app_id: str = "", app_certificate: str = "", issue_ts: int = 0, expire: int = 900) -> None:
        self.__app_id: str | bytes = app_id
        self.__app_cert = app_certificate
        now, salt = stamp()
        self.__issue_ts = now if issue_ts == 0 else issue_ts
        self.__expire = expire
        self.__salt = salt
        self.__read: face.UnverifiedToken2 | None = None
        self.services: list[Service] = []

    def add_service(self, service: Service) -> None:
        self.services.append(service)

    def get_services(self, service_type: int) -> list[Service]:
        return [service for service in self.services if service.service_type() == service_type]

    def build(self) -> str:
        """The token, or '' when anything is wrong. A second call gives the same."""
        try:
            return self.__checked().build()
        except FAILURES:
            return ""

    def __checked(self) -> face.AccessToken2:
        app_id: Any = self.__app_id
        return face.AccessToken2(
            app_id,
            self.__app_cert,
            whole(self.__issue_ts),
            whole(self.__expire),
            salt=whole(self.__salt),
            services=[service.checked() for service in self.services],
        )

    def from_string(self, origin_token: str) -> bool:
        """Reads a token: False for another version, and for a damaged one a ValueError, as in the official code."""
        self.__app_id = ""
        self.__issue_ts = self.__expire = self.__salt = 0
        self.__read = None
        self.services = []
        try:
            read = face.AccessToken2.parse(origin_token)
        except face.TokenParseError as error:
            if error.code == face.ErrorCode.TOKEN_VERSION:
                return False
            raise
        self.__app_id = octets(read.app_id)
        self.__issue_ts, self.__expire, self.__salt = read.issue_ts, read.expire, read.salt
        self.services = [_from_face(service) for service in read.services]
        self.__read = read
        return True

    def verify_signature(self, app_certificate: str) -> bool:
        """Whether this certificate signed the token that was read; False when none was."""
        try:
            return self.__read is not None and self.__read.verify_signature(app_certificate)
        except FAILURES:
            return False


def _from_face(read: face.Service) -> Service:
    service = _rtm2_from_face(read) if isinstance(read, face.ServiceRtm2) else without_privileges(read)
    for privilege, expire in read.privileges.items():
        service.add_privilege(privilege, expire)
    return service


def _rtm2_from_face(read: face.ServiceRtm2) -> ServiceRtm2:
    permissions = ServiceRtm2.Permissions()
    details: Any = read.permissions.to_dict()
    permissions.details = details
    return ServiceRtm2(octets(read.user_id), permissions)
