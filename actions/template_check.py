"""An uploaded template looked at before it is kept: what is wrong in it, said with the words of its paragraphs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from docx import Document
from docx.oxml.ns import qn
from PIL import Image

from actions import pages, word_reading
from actions.document import Block, Heading, Paragraph, Table
from actions.template_render import Picture, Value, Values, rendered, require_no_code
from actions.template_writing import MADE_AT
from locales import Texts
from program.errors import Refusal
from program.template_tags import Place, looked_at
from program.templates import Field, Kind, fields, school_fields
from program.text import Text
from program.word_files import require_plain

MOST_PIXELS = 40_000_000  # of one picture
SHOWN = 12  # problems at once: who has mended these looks again


@dataclass(frozen=True)
class Looked:
    """Args:
    problems: it cannot be used. notes: it can, and this is worth knowing. used: fields that stand in it.
    sample: the document with invented values; b"" where there are problems.
    """

    problems: tuple[Text, ...]
    notes: tuple[Text, ...] = ()
    used: frozenset[str] = frozenset()
    sample: bytes = b""


def looked_into(code: str, data: bytes) -> Looked:
    """What an upload is. Takes a tenth of a second: called outside of the event loop.

    Args:
        code: of `program.templates.TEMPLATES`.
    """
    try:
        require_plain(data)
        known = fields(code)
        found = looked_at(_places(data), known, school_fields())
        if found.problems:
            return Looked(tuple(found.problems[:SHOWN]), used=frozenset(found.used))
        require_no_code(data)
        _require_small_pictures(data)
        made = sample(code, data)
        first_page(code, data)
        notes = [Text(f"templates-note-{one}") for one in word_reading.left_out(made)]
    except Refusal as refusal:
        return Looked((refusal.text,))
    except (
        Exception
    ):  # a file that python-docx or typst cannot read: the curator hears so, and nothing is kept
        return Looked((Text("templates-file-broken"),))
    if _changes(data):
        notes.append(Text("templates-note-changes"))
    if not found.used:
        notes.append(Text("templates-note-empty"))
    return Looked((), tuple(notes), frozenset(found.used), made)


def _require_small_pictures(data: bytes) -> None:
    """Raises Refusal: a picture that takes more room unpacked than a page can show."""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        for one in pack.namelist():
            if one.startswith("word/media/") and one.casefold().endswith((".png", ".jpg", ".jpeg", ".gif")):
                with Image.open(io.BytesIO(pack.read(one))) as picture:
                    if picture.width * picture.height > MOST_PIXELS:
                        raise Refusal("templates-file-bomb")


def sample(code: str, template: bytes) -> bytes:
    """The document with invented people in it."""
    say = Texts()
    values: Values = {name: example(field) for name, field in fields(code).items()}
    title = say(Text(f"templates-name-{code}"))
    return rendered(template, [values], title=title, author=str(values["школа"]), made_at=MADE_AT)


@lru_cache(maxsize=64)
def first_page(code: str, template: bytes) -> bytes:
    """The sample's first page as PNG; a third of a second the first time, so it is kept."""
    return pages.picture(sample(code, template), MADE_AT)


def example(field: Field) -> Value:
    """What stands in the sample."""
    if field.kind is Kind.YES:
        return True
    if field.kind is Kind.PICTURE:
        return Picture(qr("https://example.org/check"), 26)
    if field.kind is Kind.BLOCKS:
        return _some(field)
    if field.kind is Kind.LIST:
        return [{one.name: example(one) for one in field.columns} for _ in range(2)]
    return field.example


def _some(field: Field) -> tuple[Block, ...]:
    title = field.about.partition(":")[0]
    return (Heading(title), Paragraph(f"{field.about}."), Table(("1", "2"), [("…", "…")], (80, 80)))


def qr(address: str) -> bytes:
    """A code of an address as PNG, to be printed three centimetres wide."""
    made = io.BytesIO()
    segno.make(address, error="m", micro=False).save(made, kind="png", scale=6, border=1)
    return made.getvalue()


def _places(data: bytes) -> Iterator[Place]:
    """Every paragraph with its words: of the body, of headers and footers, of notes."""
    file = Document(io.BytesIO(data))
    yield from _of(file.element.body, "body")
    for relation in file.part.rels.values():
        if relation.is_external:
            continue
        kind = relation.reltype.rsplit("/", 1)[-1]
        if kind in ("header", "footer"):
            yield from _of(relation.target_part.element, "head")
        elif kind in ("footnotes", "endnotes", "comments") and hasattr(relation.target_part, "element"):
            yield from _of(relation.target_part.element, "note")


def _of(root: Any, where: str) -> Iterator[Place]:
    for line in root.iter(qn("w:p")):
        words = "".join(_words(line))
        row = next(line.iterancestors(qn("w:tr")), None) is not None
        yield Place(words, where, row)


def _words(line: Any) -> Iterator[str]:
    """Of this paragraph, not of those in its frames."""
    for node in line.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        if next(node.iterancestors(qn("w:p"))) is line:
            yield (node.text or "") if node.tag == qn("w:t") else " "


def _changes(data: bytes) -> bool:
    body = Document(io.BytesIO(data)).element.body
    marks = (qn("w:ins"), qn("w:del"), qn("w:commentReference"))
    return next(body.iter(*marks), None) is not None
