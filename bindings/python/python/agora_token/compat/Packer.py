"""How the official code lays out numbers, texts and maps, for services of a program's own.

Everything is little-endian, and what has a length has it in front, in 16 bits. What does not fit raises struct.error.
"""

import struct
from collections.abc import Callable, Mapping
from typing import TypeVar

__all__ = [
    "pack_int16",
    "pack_map_string",
    "pack_map_uint32",
    "pack_string",
    "pack_uint16",
    "pack_uint32",
    "unpack_int16",
    "unpack_map_string",
    "unpack_map_uint32",
    "unpack_string",
    "unpack_uint16",
    "unpack_uint32",
]

_Value = TypeVar("_Value")


def pack_uint16(x: int) -> bytes:
    return struct.pack("<H", int(x))


def pack_uint32(x: int) -> bytes:
    return struct.pack("<I", int(x))


def pack_int16(x: int) -> bytes:
    return struct.pack("<h", int(x))


def pack_string(string: str | bytes) -> bytes:
    octets = string.encode("utf-8") if isinstance(string, str) else bytes(string)
    return pack_uint16(len(octets)) + octets


def pack_map_uint32(m: Mapping[int, int]) -> bytes:
    return pack_uint16(len(m)) + b"".join(pack_uint16(key) + pack_uint32(value) for key, value in m.items())


def pack_map_string(m: Mapping[int, str | bytes]) -> bytes:
    return pack_uint16(len(m)) + b"".join(pack_uint16(key) + pack_string(value) for key, value in m.items())


def unpack_uint16(buffer: bytes) -> tuple[int, bytes]:
    """A number, and what follows it; so do the others."""
    return struct.unpack("<H", buffer[:2])[0], buffer[2:]


def unpack_uint32(buffer: bytes) -> tuple[int, bytes]:
    return struct.unpack("<I", buffer[:4])[0], buffer[4:]


def unpack_int16(buffer: bytes) -> tuple[int, bytes]:
    return struct.unpack("<h", buffer[:2])[0], buffer[2:]


def unpack_string(buffer: bytes) -> tuple[bytes, bytes]:
    size, buffer = unpack_uint16(buffer)
    return struct.unpack(f"<{size}s", buffer[:size])[0], buffer[size:]


def unpack_map_uint32(buffer: bytes) -> tuple[dict[int, int], bytes]:
    return _unpack_map(buffer, unpack_uint32)


def unpack_map_string(buffer: bytes) -> tuple[dict[int, bytes], bytes]:
    return _unpack_map(buffer, unpack_string)


def _unpack_map(buffer: bytes, unpack: Callable[[bytes], tuple[_Value, bytes]]) -> tuple[dict[int, _Value], bytes]:
    count, buffer = unpack_uint16(buffer)
    entries: dict[int, _Value] = {}
    for _ in range(count):
        key, buffer = unpack_uint16(buffer)
        entries[key], buffer = unpack(buffer)
    return entries, buffer
