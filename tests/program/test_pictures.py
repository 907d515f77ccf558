"""Pictures are known by their bytes and leave without the place and time of the shot."""

from __future__ import annotations

import struct

import pytest

from program.errors import Refusal
from program.pictures import LARGEST, picture

SCAN = b"\xff\xda\x00\x02compressed\xff\xd9"


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def exif(orientation: int) -> bytes:
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    return segment(0xE1, b"Exif\0\0" + tiff + b"GPS: 56.83 N, 60.60 E")


JFIF = segment(0xE0, b"JFIF\0")
TABLE = segment(0xDB, b"table")


def test_a_jpeg_loses_its_place_and_keeps_its_turn() -> None:
    data = b"\xff\xd8" + JFIF + exif(6) + segment(0xE1, b"http://ns.adobe.com/xap/1.0/") + TABLE + SCAN
    made = picture(data)
    assert made.content_type == "image/jpeg"
    assert b"GPS" not in made.data
    assert b"adobe" not in made.data
    assert made.data.startswith(b"\xff\xd8\xff\xe1")
    assert picture(made.data).data == made.data  # the turn is still there, and nothing else to take away
    assert made.data.endswith(JFIF + TABLE + SCAN)


def test_a_jpeg_that_lies_as_it_should_gets_no_exif_at_all() -> None:
    assert picture(b"\xff\xd8" + exif(1) + JFIF + SCAN).data == b"\xff\xd8" + JFIF + SCAN


def test_a_png_loses_its_texts() -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + b"crc!"

    plain = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"x") + chunk(b"IDAT", b"y") + chunk(b"IEND", b"")
    told = plain.replace(
        chunk(b"IDAT", b"y"), chunk(b"eXIf", b"GPS") + chunk(b"tEXt", b"name") + chunk(b"IDAT", b"y")
    )
    assert picture(told + b"hidden archive").data == plain


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "news-photo-kind"),
        (b"GIF89a", "news-photo-kind"),
        (b"<svg onload=alert(1)>", "news-photo-kind"),
        (b"\xff\xd8\xff", "news-photo-broken"),
        (b"\xff\xd8\xff\xe0\xff\xff", "news-photo-broken"),
        (b"\xff\xd8" + JFIF, "news-photo-broken"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "news-photo-broken"),
        (b"\xff\xd8\xff" + b"0" * LARGEST, "news-photo-large"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, text: str) -> None:
    with pytest.raises(Refusal, match=text):
        picture(data)
