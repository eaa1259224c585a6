"""Services of a program's own, built and read by the official Python names, and the packers they are made with."""

import struct
from collections.abc import Iterator
from enum import IntEnum
from typing import Any

import agora_token
import pytest
from agora_token.compat import AccessToken as module_006
from agora_token.compat import Packer
from agora_token.compat.AccessToken2 import *
from agora_token.compat.AccessToken2 import AccessToken, Service
from samples import APP_ID, CERTIFICATE


class Whiteboard(Service):
    """A service with every kind of field."""

    def __init__(self, service_type: int = 300) -> None:
        super().__init__(service_type)
        self.room: str | bytes = ""
        self.limit = -1
        self.rights: dict[int, Any] = {}

    def pack(self) -> bytes:
        fields = Packer.pack_string(self.room) + Packer.pack_int16(self.limit) + Packer.pack_map_string(self.rights)
        return super().pack() + fields

    def unpack(self, buffer: bytes) -> bytes:
        buffer = super().unpack(buffer)
        self.room, buffer = Packer.unpack_string(buffer)
        self.limit, buffer = Packer.unpack_int16(buffer)
        self.rights, buffer = Packer.unpack_map_string(buffer)
        return buffer


@pytest.fixture
def registered() -> Iterator[dict[int, Any]]:
    before = dict(AccessToken.kServices)
    AccessToken.kServices[300] = Whiteboard
    AccessToken.kServices[0] = lambda: Whiteboard(0)
    yield AccessToken.kServices
    AccessToken.kServices.clear()
    AccessToken.kServices.update(before)


def token_with(*services: Service) -> str:
    token = AccessToken(APP_ID, CERTIFICATE, 1_700_000_000, 3600)
    for service in services:
        token.add_service(service)
    return token.build()


def whiteboard(service_type: int = 300) -> Whiteboard:
    service = Whiteboard(service_type)
    service.add_privilege(2, 0)
    service.add_privilege(1, 600)
    service.room, service.limit, service.rights = "bréd\0", -2, {7: "draw"}
    return service


def rtc() -> Service:
    service = ServiceRtc("room", 42)
    service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, 600)
    return service


@pytest.mark.parametrize(("service_type", "read_types"), [(300, [1]), (0, [])])
def test_a_service_that_is_not_registered_is_signed_and_ends_the_reading(
    service_type: int, read_types: list[int]
) -> None:
    text = token_with(whiteboard(service_type), rtc())
    parser = AccessToken()
    assert parser.from_string(text) and parser.verify_signature(CERTIFICATE)
    assert [service.service_type() for service in parser.services] == read_types
    read = agora_token.AccessToken2.parse(text)
    assert read.unknown_service is not None
    assert (read.unknown_service.service_type, read.unknown_service.privileges) == (service_type, {1: 600, 2: 0})


@pytest.mark.parametrize("service_type", [300, 0])
def test_a_service_that_is_registered_is_read_and_so_are_those_behind_it(
    registered: dict[int, Any], service_type: int
) -> None:
    parser = AccessToken()
    assert parser.from_string(token_with(rtc(), whiteboard(service_type)))
    assert parser.verify_signature(CERTIFICATE)
    assert sorted(service.service_type() for service in parser.services) == sorted([1, service_type])
    (own,) = parser.get_services(service_type)
    assert isinstance(own, Whiteboard)
    assert (own.room, own.limit, own.rights) == ("bréd\0".encode(), -2, {7: b"draw"})
    own.rights = {7: "draw"}
    assert own.pack() == whiteboard(service_type).pack()
    (known,) = parser.get_services(1)
    assert known.pack() == rtc().pack()


def test_every_known_service_packs_what_it_read() -> None:
    permissions = ServiceRtm2.Permissions()
    permissions.add(permissions.kUsers, permissions.kWrite, ["b", b"\xff"])  # type: ignore[list-item]
    permissions.add(permissions.kMessageChannels, permissions.kRead, ())
    services = [
        ServiceRtc("room", 42),
        ServiceRtm("me"),
        ServiceStreaming("room", "you"),
        ServiceFpa(),
        ServiceChat(b"\xff"),
        ServiceFCdn("room", 0),
        ServiceApaas("class", "me", -7),
        ServiceRtm2("me", permissions),
        ServiceConvoAI(),
        ServiceStt(),
    ]
    for service in services:
        service.add_privilege(3, 600)
    parser = AccessToken()
    assert parser.from_string(token_with(*services))
    assert [service.pack() for service in parser.services] == [service.pack() for service in services]


class Liar(Service):
    def __init__(self, packed: Any) -> None:
        super().__init__(300)
        self.packed = packed

    def pack(self) -> bytes:
        return self.packed  # type: ignore[no-any-return]


@pytest.mark.parametrize("packed", [b"", b"\x2c", b"\x01\x00\x00\x00", None, "text", 7])
def test_a_service_that_packs_itself_wrong_makes_no_token(packed: Any) -> None:
    assert token_with(Liar(packed)) == ""


class Player(IntEnum):
    ALICE = 7


def test_a_uid_may_be_the_member_of_an_enum() -> None:
    (read,) = agora_token.AccessToken2.parse(token_with(ServiceRtc("room", Player.ALICE))).services
    assert read == agora_token.ServiceRtc("room", 7)


def test_what_does_not_fit_makes_no_token() -> None:
    long_one = whiteboard()
    long_one.room = "a" * 65536
    low = whiteboard()
    low.limit = -32769
    assert token_with(long_one) == token_with(low) == ""


def test_a_service_that_wants_more_than_there_is_fails_the_reading(registered: dict[int, Any]) -> None:
    text = token_with(Liar(b"\x2c\x01\x00\x00"))
    assert text.startswith("007")
    parser = AccessToken()
    with pytest.raises(ValueError):
        parser.from_string(text)
    assert parser.services == [] and not parser.verify_signature(CERTIFICATE)


def test_packers_lay_out_what_the_official_ones_do() -> None:
    assert Packer.pack_uint16(0x0102) == b"\x02\x01"
    assert Packer.pack_uint32(0x01020304) == b"\x04\x03\x02\x01"
    assert Packer.pack_int16(-2) == b"\xfe\xff"
    assert Packer.pack_string("é") == Packer.pack_string("é".encode()) == b"\x02\x00\xc3\xa9"
    assert Packer.pack_map_uint32({2: 1, 1: 3}) == b"\2\0\2\0\1\0\0\0\1\0\3\0\0\0"
    assert Packer.pack_map_string({1: "a"}) == b"\1\0\1\0\1\0a"
    for packed, unpack, value in [
        (Packer.pack_uint16(65535), Packer.unpack_uint16, 65535),
        (Packer.pack_uint32(7), Packer.unpack_uint32, 7),
        (Packer.pack_int16(-32768), Packer.unpack_int16, -32768),
        (Packer.pack_string("abc"), Packer.unpack_string, b"abc"),
        (Packer.pack_map_uint32({1: 2}), Packer.unpack_map_uint32, {1: 2}),
        (Packer.pack_map_string({1: b"\xff"}), Packer.unpack_map_string, {1: b"\xff"}),
    ]:
        assert unpack(packed + b"rest") == (value, b"rest")
        for size in range(len(packed)):
            with pytest.raises(struct.error):
                unpack(packed[:size])
    too_much: list[tuple[Any, Any]] = [
        (Packer.pack_uint16, 65536),
        (Packer.pack_uint32, -1),
        (Packer.pack_int16, 32768),
        (Packer.pack_string, "a" * 65536),
    ]
    for pack, value in too_much:
        with pytest.raises(struct.error):
            pack(value)


def test_the_packers_of_006_read_and_write_a_token() -> None:
    token = module_006.AccessToken(APP_ID, CERTIFICATE, "room", 42)
    token.addPrivilege(module_006.kJoinChannel, 1_700_000_000)
    read = agora_token.access_token_006.AccessToken.parse(token.build())
    assert module_006.unPackMessages(read.message) == (token.salt, token.ts, token.messages)
    content = (
        module_006.packString(read.signature)
        + module_006.packUint32(read.channel_crc)
        + module_006.packUint32(read.user_crc)
        + module_006.packString(read.message)
    )
    assert module_006.unPackContent(content) == (read.signature, read.channel_crc, read.user_crc, read.message)
    assert module_006.packInt32(-2) == b"\xfe\xff\xff\xff"
    assert module_006.packMap({1: b"a"}) == b"\1\0\1\0\1\0a" and module_006.packUint16(7) == b"\7\0"
    assert module_006.packMapUint32(token.messages) == read.message[8:]
    with pytest.raises(struct.error):
        module_006.ReadByteBuffer(b"\2\0a").unPackString()
    reader = module_006.ReadByteBuffer(b"\7\0rest")
    assert (reader.unPackUint16(), reader.position) == (7, 2)
