"""What the services of AccessToken2 (007) have in common in the official modules."""

from typing import Any

from .Packer import pack_int16, pack_map_uint32, pack_string, pack_uint16
from .Packer import unpack_int16, unpack_map_uint32, unpack_string
from .utils import whole

__all__ = ["Service", "pack_int16", "pack_text", "pack_user", "unpack_int16", "unpack_string"]


class Service:
    """A service with its privileges. Arguments are kept as given and looked at when a token is built."""

    def __init__(self, service_type: int) -> None:
        self.__type = service_type
        self.__privileges: dict[int, int] = {}

    def add_privilege(self, privilege: int, expire: int) -> None:
        self.__privileges[privilege] = expire

    def service_type(self) -> int:
        return self.__type

    def pack(self) -> bytes:
        """The service as it stands in a token; one with fields of its own adds them."""
        privileges = {whole(privilege): whole(expire) for privilege, expire in self.__privileges.items()}
        return pack_uint16(self.__type) + pack_map_uint32(dict(sorted(privileges.items())))

    def unpack(self, buffer: bytes) -> bytes:
        """Reads what stands after the type, and gives what follows the service."""
        self.__privileges, buffer = unpack_map_uint32(buffer)
        return buffer


def pack_text(text: Any) -> bytes:
    """A text of a service; anything but str and bytes is none."""
    if not isinstance(text, (str, bytes)):
        raise TypeError("not a text")
    return pack_string(text)


def pack_user(user: Any) -> bytes:
    """A uid by its digits, 0 as nothing, or an account."""
    if isinstance(user, int) and not isinstance(user, bool):
        if not 0 <= user <= 0xFFFFFFFF:
            raise ValueError("not a uid")
        user = str(int(user)) if user else ""
    return pack_text(user)
