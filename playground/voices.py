"""Voice messages as files: OGG with Opus inside, as Telegram's apps record them."""

import struct
from collections.abc import Iterator

RATE = 48_000  # samples a second; Opus counts in these whatever was recorded
FRAME = 960  # samples of one packet: 20 ms
FRAMES_A_PAGE = 50
#: One packet of silence (RFC 6716: CELT, full band, 20 ms, mono).
SILENCE = b"\xf8\xff\xfe"

BEGINNING, END = 2, 4  # header types of the first and the last page


def silence(seconds: float) -> bytes:
    """Give a voice message of that length that any player opens; nobody is heard in it."""
    frames = max(1, round(seconds * RATE / FRAME))
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, RATE, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 10) + b"playground" + struct.pack("<I", 0)
    return b"".join([_page([head], 0, 0, BEGINNING), _page([tags], 0, 1, 0), *_sound(frames)])


def _sound(frames: int) -> Iterator[bytes]:
    for number, first in enumerate(range(0, frames, FRAMES_A_PAGE), start=2):
        last = min(first + FRAMES_A_PAGE, frames)
        yield _page([SILENCE] * (last - first), last * FRAME, number, END if last == frames else 0)


def _page(packets: list[bytes], granule: int, number: int, kind: int) -> bytes:
    """Give one OGG page (RFC 3533); every packet here is shorter than 255 bytes."""
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, kind, granule, 1, number, 0, len(packets))
    page = bytearray(head + bytes(map(len, packets)) + b"".join(packets))
    page[22:26] = struct.pack("<I", _checksum(page))
    return bytes(page)


def _checksum(page: bytearray) -> int:
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ TABLE[value >> 24 ^ byte]
    return value


def _entry(byte: int) -> int:
    value = byte << 24
    for _ in range(8):
        value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
    return value


TABLE = [_entry(byte) for byte in range(256)]
