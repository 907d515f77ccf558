"""How a .docx looks (paper, letters, lines, page numbers), its properties and its bytes.

python-docx has no words for some of what a table and a footer need; those few are said in the format's own.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from docx import Document
from docx.document import Document as File
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.pkgwriter import PackageWriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

A4 = (210, 297)
# Left, top, right, bottom in millimetres: the left one is wide enough for a folder.
MARGINS = (25, 18, 12, 18)
WIDE_MARGINS = (14, 20, 14, 14)
FOOTER = 8  # millimetres from the paper's edge
FONT = "Times New Roman"
LANGUAGE = "ru-RU"
_OWN = ("word/document.xml", "docProps/core.xml")  # parts that every paper has to itself
_SHARED = ("/styles.xml", "/settings.xml", "/numbering.xml", "/fontTable.xml", "/webSettings.xml")
PROPERTY = 255  # characters that a property of the file may have


def blank(title: str, author: str, made_at: datetime) -> File:
    """An empty document in the house style."""
    file = Document()
    describe(file, title, author, made_at)
    _letters(file)
    # The library's template carries a picture of its own first page and asks for the layout of Word 2010.
    package = file.part.package
    assert package is not None
    for key in [key for key, one in package.rels.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]
    for one in file.settings.element.xpath('.//w:compatSetting[@w:name="compatibilityMode"]'):
        one.set(qn("w:val"), "15")
    return file


def describe(file: File, title: str, author: str, made_at: datetime) -> None:
    """The file's properties, whatever they were."""
    about = file.core_properties
    about.title, about.author = title[:PROPERTY], author[:PROPERTY]
    about.last_modified_by, about.comments = about.author, ""
    about.language = LANGUAGE
    about.created = about.modified = made_at.astimezone(UTC).replace(tzinfo=None)


def _letters(file: File) -> None:
    for one in file.styles.element.xpath("w:docDefaults//w:lang"):
        one.set(qn("w:val"), LANGUAGE)
    usual = _style(file, "Normal", size=12, after=4)
    usual.paragraph_format.line_spacing = 1.08
    title = _style(file, "Title", size=16, before=12, after=6, bold=True)
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.keep_with_next = True
    for line in title.element.xpath("w:pPr/w:pBdr"):
        line.getparent().remove(line)
    _style(file, "Heading 1", size=13, before=12, after=5, bold=True)
    _style(file, "Footer", size=9)
    points = _style(file, "List Bullet", size=12, after=4)
    points.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for level in file.part.numbering_part.element.xpath('.//w:lvl[w:pStyle/@w:val="ListBullet"]'):
        level.find(qn("w:lvlText")).set(qn("w:val"), "–")
        level.remove(level.find(qn("w:rPr")))  # a font of signs, without a dash


def _style(
    file: File, name: str, *, size: float, before: float = 0, after: float = 0, bold: bool = False
) -> ParagraphStyle:
    """A style of the template, its letters made ours: without its colours, spacing and theme."""
    style = file.styles[name]
    assert isinstance(style, ParagraphStyle)
    for look in style.element.xpath("w:rPr"):
        style.element.remove(look)
    style.font.name, style.font.size = FONT, Pt(size)
    if bold:
        style.font.bold = True
    for fonts in style.element.xpath("w:rPr/w:rFonts"):
        fonts.set(qn("w:cs"), FONT)
        fonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    return style


def lay(section: Section, *, wide: bool) -> None:
    """A4, upright or on its side."""
    width, height = A4[::-1] if wide else A4
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    left, top, right, bottom = WIDE_MARGINS if wide else MARGINS
    section.left_margin, section.right_margin = Mm(left), Mm(right)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.header_distance = section.footer_distance = Mm(FOOTER)


def number_pages(section: Section, words: str) -> None:
    """«words    2 / 5» at the foot of every page, of the following sections too."""
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot.add_run(f"{words}    " if words else "")
    _count(foot, "PAGE")
    foot.add_run(" / ")
    _count(foot, "NUMPAGES")


def _count(foot: Paragraph, what: str) -> None:
    run = foot.add_run("1")  # until an office counts anew
    counted = _element("w:fldSimple", instr=what)
    run._r.addprevious(counted)
    counted.append(run._r)


def flatten(paragraph: Paragraph) -> None:
    """Almost no height: it only stands between what is above and what is below."""
    paragraph.paragraph_format.line_spacing = Pt(4)
    paragraph.paragraph_format.space_after = Pt(0)


def rule_above(paragraph: Paragraph) -> None:
    """A line over the words, to sign on. Called before anything else is set: the format wants this order."""
    edges = OxmlElement("w:pBdr")
    edges.append(_element("w:top", val="single", sz="4", space="1", color="000000"))
    paragraph._p.get_or_add_pPr().append(edges)


def frame(section: Section, color: str) -> None:
    """A double line around each page, as on certificates; what is inside keeps away from it."""
    lines = OxmlElement("w:pgBorders")
    lines.set(qn("w:offsetFrom"), "page")
    for side in ("top", "left", "bottom", "right"):
        lines.append(_element(f"w:{side}", val="double", sz="12", space="24", color=color))
    for after in section._sectPr.xpath("w:pgMar"):
        after.addnext(lines)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin = section.bottom_margin = Mm(20)


def span(table: Table, width: float) -> None:
    """Args:
    width: of the whole, in millimetres.
    """
    for one in table._tbl.tblPr.xpath("w:tblW"):
        one.set(qn("w:type"), "dxa")
        one.set(qn("w:w"), str(Mm(width).twips))
    inside = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        inside.append(_element(f"w:{side}", w="70", type="dxa"))
    for after in table._tbl.tblPr.xpath("w:tblLook"):
        after.addprevious(inside)


def rule(table: Table) -> None:
    """Lines around every cell, also where the document lacks the style that has them."""
    edges = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        edges.append(_element(f"w:{side}", val="single", sz="4", space="0", color="auto"))
    for after in table._tbl.tblPr.xpath("w:tblLayout"):
        after.addprevious(edges)


def keep_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def repeat(row: _Row) -> None:
    """On every page that the table goes on to."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill="E9EEF1"))


def _element(name: str, **values: str) -> BaseOxmlElement:
    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def packed(file: File, same: dict[str, bytes] | None = None) -> bytes:
    """The file's bytes, without the moment of saving that the library puts on each part.

    The library's own parts in the library's own order; what a hundred papers share is written and pressed once.

    Args:
        same: for papers of one template: what is in all of them, kept from the first one on.
    """
    package = file.part.package
    assert package is not None
    package_parts = package.parts
    for part in package_parts:
        part.before_marshal()
    parts = _Parts()
    writer: Any = PackageWriter
    writer._write_content_types_stream(parts, package_parts)
    writer._write_pkg_rels(parts, package.rels)
    for part in package_parts:
        name = part.partname.membername
        if same is None or not name.endswith(_SHARED):
            parts.write(part.partname, part.blob)
        else:
            if name not in same:
                same[name] = part.blob
            parts.write(part.partname, same[name])
        if len(part.rels):
            parts.write(part.partname.rels_uri, part.rels.xml)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        for name, data in parts.found:
            press = _pressed if name in _OWN else _pressed_once
            put(made, zipfile.ZipInfo(name), press(data), data)
    return whole.getvalue()


class _Parts:
    """Takes the parts of a file instead of a zip of the library's."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bytes]] = []

    def write(self, uri: Any, data: bytes) -> None:
        self.found.append((uri.membername, data))


def _pressed(data: bytes) -> bytes:
    press = zlib.compressobj(wbits=-15)
    return press.compress(data) + press.flush()


_pressed_once = lru_cache(maxsize=150)(_pressed)  # some ten parts of each of our templates


def put(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, pressed: bytes, data: bytes) -> None:
    """Puts a part into an archive that has been pressed already; as it is where both are the same.

    Sizes stand before it, as some programs that unpack want it; the library's own way puts them behind where an
    archive is given away while it is written.
    """
    whole: Any = archive
    entry.compress_type = zipfile.ZIP_STORED if pressed is data else zipfile.ZIP_DEFLATED
    entry.CRC, entry.file_size, entry.compress_size = zlib.crc32(data), len(data), len(pressed)
    entry.header_offset = whole.fp.tell()
    whole.fp.write(entry.FileHeader())
    whole.fp.write(pressed)
    whole.filelist.append(entry)
    whole.NameToInfo[entry.filename] = entry
    whole.start_dir = whole.fp.tell()
    whole._didModify = True
