"""What the services of AccessToken2 (007) have in common in the official modules."""

import agora_token as face

from .utils import octets, whole

__all__ = ["Service", "octets", "whole"]


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
