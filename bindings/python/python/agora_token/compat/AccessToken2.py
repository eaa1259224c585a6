"""AccessToken2 (007) by its official Python names."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import agora_token as face

from .._native import stamp
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


class Service:
    """A service with its privileges. Arguments are kept as given and looked at when a token is built."""

    def __init__(self, service_type: int) -> None:
        self.__type = service_type
        self.__privileges: dict[int, int] = {}

    def add_privilege(self, privilege: int, expire: int) -> None:
        self.__privileges[privilege] = expire

    def service_type(self) -> int:
        return self.__type

    def checked_privileges(self) -> dict[int, int]:
        """The privileges as the face takes them."""
        return {whole(privilege): whole(expire) for privilege, expire in self.__privileges.items()}

    def checked(self) -> face.Service:
        """The service as the face has it."""
        raise TypeError("a service without a class of its own")


class ServiceRtc(Service):
    kServiceType = 1

    kPrivilegeJoinChannel = 1
    kPrivilegePublishAudioStream = 2
    kPrivilegePublishVideoStream = 3
    kPrivilegePublishDataStream = 4

    def __init__(self, channel_name: str | bytes = "", uid: int | str | bytes = 0) -> None:
        super().__init__(ServiceRtc.kServiceType)
        self.__channel_name = channel_name
        self.__uid = uid

    def checked(self) -> face.Service:
        return face.ServiceRtc(self.__channel_name, self.__uid, self.checked_privileges())


class ServiceRtm(Service):
    kServiceType = 2

    kPrivilegeLogin = 1

    def __init__(self, user_id: str | bytes = "") -> None:
        super().__init__(ServiceRtm.kServiceType)
        self.__user_id = user_id

    def checked(self) -> face.Service:
        return face.ServiceRtm(self.__user_id, self.checked_privileges())


class ServiceStreaming(Service):
    kServiceType = 3

    kPrivilegePublishMixStream = 1
    kPrivilegePublishRawStream = 2

    def __init__(self, channel_name: str | bytes = "", account: int | str | bytes = "") -> None:
        super().__init__(ServiceStreaming.kServiceType)
        self.__channel_name = channel_name
        self.__account = account

    def checked(self) -> face.Service:
        return face.ServiceStreaming(self.__channel_name, self.__account, self.checked_privileges())


class ServiceFpa(Service):
    kServiceType = 4

    kPrivilegeLogin = 1

    def __init__(self) -> None:
        super().__init__(ServiceFpa.kServiceType)

    def checked(self) -> face.Service:
        return face.ServiceFpa(self.checked_privileges())


class ServiceChat(Service):
    kServiceType = 5

    kPrivilegeUser = 1
    kPrivilegeApp = 2

    def __init__(self, user_id: str | bytes = "") -> None:
        super().__init__(ServiceChat.kServiceType)
        self.__user_id = user_id

    def checked(self) -> face.Service:
        return face.ServiceChat(self.__user_id, self.checked_privileges())


class ServiceFCdn(Service):
    kServiceType = 6

    kPrivilegePublish = 1
    kPrivilegePlay = 2

    def __init__(self, channel_name: str | bytes = "", account: int | str | bytes = "") -> None:
        super().__init__(ServiceFCdn.kServiceType)
        self.__channel_name = channel_name
        self.__account = account

    def checked(self) -> face.Service:
        return face.ServiceFCdn(self.__channel_name, self.__account, self.checked_privileges())


class ServiceApaas(Service):
    kServiceType = 7

    kPrivilegeRoomUser = 1
    kPrivilegeUser = 2
    kPrivilegeApp = 3

    def __init__(self, room_uuid: str | bytes = "", user_uuid: str | bytes = "", role: int = -1) -> None:
        super().__init__(ServiceApaas.kServiceType)
        self.__room_uuid = room_uuid
        self.__user_uuid = user_uuid
        self.__role = role

    def checked(self) -> face.Service:
        return face.ServiceApaas(self.__room_uuid, self.__user_uuid, whole(self.__role), self.checked_privileges())


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


class ServiceConvoAI(Service):
    kServiceType = 9

    def __init__(self) -> None:
        super().__init__(ServiceConvoAI.kServiceType)

    def checked(self) -> face.Service:
        return face.ServiceConvoAI(self.checked_privileges())


class ServiceStt(Service):
    kServiceType = 10

    def __init__(self) -> None:
        super().__init__(ServiceStt.kServiceType)

    def checked(self) -> face.Service:
        return face.ServiceStt(self.checked_privileges())


class AccessToken:
    kServices: ClassVar[dict[int, Callable[[], Service]]] = {
        service.kServiceType: service
        for service in (
            ServiceRtc,
            ServiceRtm,
            ServiceStreaming,
            ServiceFpa,
            ServiceChat,
            ServiceFCdn,
            ServiceApaas,
            ServiceRtm2,
            ServiceConvoAI,
            ServiceStt,
        )
    }

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
    service = _without_privileges(read)
    for privilege, expire in read.privileges.items():
        service.add_privilege(privilege, expire)
    return service


def _without_privileges(read: face.Service) -> Service:
    match read:
        case face.ServiceRtc():
            return ServiceRtc(octets(read.channel_name), octets(read.account))
        case face.ServiceRtm():
            return ServiceRtm(octets(read.user_id))
        case face.ServiceStreaming():
            return ServiceStreaming(octets(read.channel_name), octets(read.account))
        case face.ServiceChat():
            return ServiceChat(octets(read.user_id))
        case face.ServiceFCdn():
            return ServiceFCdn(octets(read.channel_name), octets(read.account))
        case face.ServiceApaas():
            return ServiceApaas(octets(read.room_uuid), octets(read.user_uuid), read.role)
        case face.ServiceRtm2():
            permissions = ServiceRtm2.Permissions()
            details: Any = read.permissions.to_dict()
            permissions.details = details
            return ServiceRtm2(octets(read.user_id), permissions)
        case _:
            return AccessToken.kServices[read.service_type]()
