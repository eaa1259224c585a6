"""zlib streams written bit by bit, so that a case is the same text whichever compressor a machine has."""

import struct
import zlib

HEADER = b"\x78\x01"
RUN = 258  # the longest match of deflate


def adler(content):
    return struct.pack(">I", zlib.adler32(content))


def stored_block(content, last=True):
    size = len(content)
    return bytes([last]) + struct.pack("<HH", size, size ^ 0xFFFF) + content


def stored_blocks(content, size=65_535):
    pieces = [content[at : at + size] for at in range(0, len(content), size)] or [b""]
    return b"".join(stored_block(piece, last=piece is pieces[-1]) for piece in pieces)


def stored(content, size=65_535, header=HEADER):
    return header + stored_blocks(content, size) + adler(content)


def gzip(content):
    trailer = struct.pack("<II", zlib.crc32(content), len(content))
    return b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff" + stored_blocks(content) + trailer


class Bits:
    def __init__(self):
        self.bits = []

    def number(self, value, size):
        self.bits += [value >> at & 1 for at in range(size)]

    def code(self, value, size):
        self.bits += [value >> at & 1 for at in reversed(range(size))]

    def literal(self, byte):
        self.code(*((0x30 + byte, 8) if byte < 144 else (0x190 + byte - 144, 9)))

    def end(self):
        self.code(0, 7)

    def bytes(self):
        padded = self.bits + [0] * (-len(self.bits) % 8)
        return bytes(
            sum(bit << at for at, bit in enumerate(padded[start : start + 8])) for start in range(0, len(padded), 8)
        )


def fixed_block(kind=0b01):
    bits = Bits()
    bits.number(1, 1)
    bits.number(kind, 2)
    return bits


def fixed(content, zeros=0):
    """The content and then zeros, with the fixed codes; the zeros nearly cost nothing."""
    bits = fixed_block()
    for byte in content:
        bits.literal(byte)
    if zeros:
        bits.literal(0)
        for _ in range((zeros - 1) // RUN):
            bits.code(0xC5, 8)
            bits.code(0, 5)
        for _ in range((zeros - 1) % RUN):
            bits.literal(0)
    bits.end()
    return HEADER + bits.bytes() + adler(content + bytes(zeros))


def reserved_block():
    return HEADER + fixed_block(0b11).bytes() + adler(b"")


def match_before_the_start():
    bits = fixed_block()
    bits.code(1, 7)
    bits.code(0, 5)
    bits.end()
    return HEADER + bits.bytes() + adler(bytes(3))
