"""A .docx that somebody has uploaded: whether it may be opened at all. Nothing is unpacked further than is promised.

Source: reliability-evidence.md, A9 (archives that unpack to a hundred times their size, entities, macros).
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree

from program.archives import BROKEN, swells
from program.errors import Refusal

LARGEST = 3 * 2**20  # bytes of the file
UNPACKED = 30 * 2**20  # of everything in it
XML_LARGEST = 3 * 2**20  # of one part that is read as text
MEMBERS = 200
_ACTIVE = re.compile(r"vbaproject|vbadata|/activex/|/embeddings/|oleobject|/afchunk|\.bin$", re.IGNORECASE)
# What makes a word processor fetch or run something when the document is opened or its fields are renewed.
_FETCHING = re.compile(rb"\b(?:DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|LINK|RD|DATABASE|MACROBUTTON)\b")
_INSTRUCTION = re.compile(rb"<w:instrText[^>]*>([^<]*)|w:instr=\"([^\"]*)\"")
_FOREIGN = {
    "afchunk",
    "subdocument",
    "attachedtemplate",
    "oleobject",
    "package",
    "frame",
}  # kinds of relations
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def require_plain(data: bytes) -> None:
    """Raises Refusal unless it is a Word document without programs, foreign parts and things to be fetched.

    A link to a page or an address of mail stays: Word makes one of each address in a letterhead, and only a click
    follows it.
    """
    if not data:
        raise Refusal("templates-file-none")
    if len(data) > LARGEST:
        raise Refusal("templates-file-large", megabytes=LARGEST // 2**20)
    if not data.startswith(b"PK\x03\x04"):
        raise Refusal("templates-file-kind")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            _look_in(pack, len(data))
    except BROKEN:
        raise Refusal("templates-file-broken") from None


def _look_in(pack: zipfile.ZipFile, packed: int) -> None:
    members = pack.infolist()
    names = [one.filename for one in members]
    if "word/document.xml" not in names:
        raise Refusal("templates-file-kind")
    if len(members) > MEMBERS or len(set(names)) != len(names):
        raise Refusal("templates-file-broken")
    if any(_ACTIVE.search(name) for name in names):
        raise Refusal("templates-file-macros")
    whole = 0
    for one in members:
        text = one.filename.endswith((".xml", ".rels"))
        data = _opened(pack, one, XML_LARGEST if text else UNPACKED - whole)
        whole += len(data)
        # What a part says of its packed size may be a lie; how long the file is, is not.
        if whole > UNPACKED or swells(whole, packed) or (text and swells(len(data), one.compress_size)):
            raise Refusal("templates-file-bomb")
        if text:
            _require_text(one.filename, data)


def _opened(pack: zipfile.ZipFile, one: zipfile.ZipInfo, most: int) -> bytes:
    """Its bytes, counted while they come out: what the archive says of itself may be a lie."""
    with pack.open(one) as part:
        data = part.read(most + 1)
    if len(data) > most:
        raise Refusal("templates-file-bomb")
    return data


def _require_text(name: str, data: bytes) -> None:
    if b"\x00" in data or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise Refusal("templates-file-broken")  # an entity may grow without end; Word never writes one
    if b"macroEnabled" in data and name == "[Content_Types].xml":
        raise Refusal("templates-file-macros")
    if name.endswith(".rels"):
        _require_inside(data)
    for found in _INSTRUCTION.findall(data):
        if _FETCHING.search((found[0] or found[1]).upper()):
            raise Refusal("templates-file-links")


def _require_inside(data: bytes) -> None:
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - no entities: looked at above
    except ElementTree.ParseError:
        raise Refusal("templates-file-broken") from None
    for one in root:
        if one.get("Type", "").rpartition("/")[2].casefold() in _FOREIGN:
            raise Refusal("templates-file-links")
        if one.get("TargetMode", "").casefold() != "external":
            continue
        address = one.get("Target", "").casefold()
        if one.get("Type") != _LINK or not address.startswith(("http://", "https://", "mailto:", "tel:")):
            raise Refusal("templates-file-links")
