"""Documents that the school's staff uploads: known by their bytes, not by their names."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass

from program.archives import BROKEN
from program.errors import Refusal
from program.pictures import picture

LARGEST = 10 * 2**20  # bytes: a scan of some ten pages
_OFFICE = {
    "word/document.xml": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xl/workbook.xml": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ppt/presentation.xml": (
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}
_OPEN = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACROS = "vbaproject.bin"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .doc and .xls: they may carry programs and nobody can look in


@dataclass(frozen=True)
class PaperFile:
    """What is kept: the bytes, their kind and a name that fits a disk."""

    name: str
    content_type: str
    data: bytes


def checked(name: str, data: bytes) -> PaperFile:
    """A PDF, an office document without programs, or a picture without the place of its shot.

    Args:
        name: as it came; only its stem is kept, the ending follows the content.

    Raises:
        Refusal: empty, too large, of another kind, broken, protected or with macros.
    """
    if not data:
        raise Refusal("papers-file-none")
    if len(data) > LARGEST:
        raise Refusal("papers-file-large", megabytes=LARGEST // 2**20)
    stem = _stem(name)
    if data.startswith(b"%PDF-"):
        return PaperFile(f"{stem}.pdf", "application/pdf", data)
    if data.startswith(_OLD):
        raise Refusal("papers-file-old")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        try:
            shot = picture(data)
        except Refusal:
            raise Refusal("papers-file-broken") from None
        return PaperFile(f"{stem}.{shot.ending}", shot.content_type, shot.data)
    if data.startswith(b"PK\x03\x04"):
        ending, kind = _packed(data)
        return PaperFile(f"{stem}.{ending}", kind, data)
    raise Refusal("papers-file-kind")


def _packed(data: bytes) -> tuple[str, str]:
    """Ending and content type of an office file; nothing is unpacked but the mark of an OpenDocument."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            names = {info.filename.casefold(): info for info in pack.infolist()}
            if any(one.rsplit("/", 1)[-1] == _MACROS for one in names) or "basic/script-lc.xml" in names:
                raise Refusal("papers-file-macros")
            for inside, (ending, kind) in _OFFICE.items():
                if inside in names:
                    return ending, kind
            mark = names.get("mimetype")
            if mark is not None and mark.file_size < 100:
                said = pack.read(mark)
                if said in _OPEN:
                    return _OPEN[said], said.decode()
    except BROKEN:
        raise Refusal("papers-file-broken") from None
    raise Refusal("papers-file-kind")


def _stem(name: str) -> str:
    """The name without folders, ending and signs that a disk does not take; «документ» where nothing is left."""
    bare = re.split(r"[/\\]", name)[-1]
    bare = bare.rsplit(".", 1)[0] if "." in bare else bare
    bare = " ".join(re.sub(r'[\x00-\x1f<>:"|?*\u202a-\u202e\u2066-\u2069]', " ", bare).split()).strip(". ")
    return bare[:120] or "документ"
