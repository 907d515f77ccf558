"""Pictures as they may leave the house: known by their bytes, without the place and time of the shot."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from program.errors import Refusal

LARGEST = 5 * 1024 * 1024  # bytes; VK and Telegram take it
_PNG = b"\x89PNG\r\n\x1a\n"
# What a PNG needs to look the same; texts, times and Exif are left out.
_PNG_KEPT = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"iCCP",
        b"sBIT",
        b"bKGD",
        b"pHYs",
    )
)
_JFIF, _ICC, _ADOBE = 0xE0, 0xE2, 0xEE
_EXIF, _COMMENT, _SCAN = 0xE1, 0xFE, 0xDA


@dataclass(frozen=True)
class Picture:
    content_type: str
    ending: str
    data: bytes


def picture(data: bytes) -> Picture:
    """A JPEG or PNG without metadata: a phone writes the place of the shot into the file.

    Raises:
        Refusal: too large, another kind of file, or broken.
    """
    if len(data) > LARGEST:
        raise Refusal("news-photo-large", limit=LARGEST // 1024 // 1024)
    try:
        if data.startswith(b"\xff\xd8\xff"):
            return Picture("image/jpeg", "jpg", _plain_jpeg(data))
        if data.startswith(_PNG):
            return Picture("image/png", "png", _plain_png(data))
    except (struct.error, IndexError, ValueError):
        raise Refusal("news-photo-broken") from None
    raise Refusal("news-photo-kind")


def _plain_jpeg(data: bytes) -> bytes:
    kept = [data[:2]]
    at, turned = 2, 1
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > len(data):
            raise ValueError("cut off")
        segment = data[at : at + 2 + length]
        if marker == _SCAN:
            kept.append(data[at:])
            break
        if marker == _EXIF:
            turned = _orientation(segment[4:]) or turned
        elif not (_JFIF <= marker <= 0xEF or marker == _COMMENT) or marker in (_JFIF, _ICC, _ADOBE):
            kept.append(segment)
        at += 2 + length
    if turned != 1:  # the one thing of Exif that a viewer needs
        kept.insert(1, _exif_with(turned))
    return b"".join(kept)


def _orientation(exif: bytes) -> int:
    """How the picture lies, 1-8; 0 where the segment does not say or cannot be read."""
    if not exif.startswith(b"Exif\0\0"):
        return 0
    tiff = exif[6:]
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * number)
            if tag == 0x0112 and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        return 0
    return 0


def _exif_with(orientation: int) -> bytes:
    tiff = b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _plain_png(data: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        kind = data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            raise ValueError("cut off")
        if kind in _PNG_KEPT:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(kept)
    raise ValueError("no end")
