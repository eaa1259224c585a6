"""How the official AccessToken (006) lays out and reads numbers, texts and maps."""

import struct

from .Packer import pack_map_string as packMap
from .Packer import pack_map_uint32 as packMapUint32
from .Packer import pack_string as packString
from .Packer import pack_uint16 as packUint16
from .Packer import pack_uint32 as packUint32
from .Packer import unpack_map_uint32, unpack_string, unpack_uint16, unpack_uint32

__all__ = [
    "ReadByteBuffer",
    "packInt32",
    "packMap",
    "packMapUint32",
    "packString",
    "packUint16",
    "packUint32",
    "unPackContent",
    "unPackMessages",
]


def packInt32(x: int) -> bytes:
    return struct.pack("<i", int(x))


class ReadByteBuffer:
    """Reads one value after the other; what ends too early raises struct.error."""

    def __init__(self, bytes: bytes) -> None:
        self.buffer = bytes
        self.position: int = 0

    def unPackUint16(self) -> int:
        number, rest = unpack_uint16(self.buffer[self.position :])
        return self.__past(number, rest)

    def unPackUint32(self) -> int:
        number, rest = unpack_uint32(self.buffer[self.position :])
        return self.__past(number, rest)

    def unPackString(self) -> bytes:
        text, rest = unpack_string(self.buffer[self.position :])
        self.position = len(self.buffer) - len(rest)
        return text

    def unPackMapUint32(self) -> dict[int, int]:
        entries, rest = unpack_map_uint32(self.buffer[self.position :])
        self.position = len(self.buffer) - len(rest)
        return entries

    def __past(self, number: int, rest: bytes) -> int:
        self.position = len(self.buffer) - len(rest)
        return number


def unPackContent(buff: bytes) -> tuple[bytes, int, int, bytes]:
    """Signature, checksums of channel and user, and the message: what stands after the App ID."""
    reader = ReadByteBuffer(buff)
    return reader.unPackString(), reader.unPackUint32(), reader.unPackUint32(), reader.unPackString()


def unPackMessages(buff: bytes) -> tuple[int, int, dict[int, int]]:
    """Salt, end and privileges: what is signed."""
    reader = ReadByteBuffer(buff)
    return reader.unPackUint32(), reader.unPackUint32(), reader.unPackMapUint32()
