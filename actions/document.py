"""Text documents (.docx) in the school's house style, as Word, Р7-Офис, МойОфис and LibreOffice open them.

Written out with the standard library: every table needs its widths, lines and repeated head as raw markup anyway,
and the usual package would bring a compiled XML parser for it. The same content gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias
from xml.sax.saxutils import escape

from actions.workbook import clean

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DXA = 56.693  # twentieths of a point in a millimetre
A4 = (210, 297)
# Left, top, right, bottom in millimetres: the left one is wide enough for a folder.
MARGINS = (25, 18, 12, 18)
WIDE_MARGINS = (14, 20, 14, 14)


@dataclass(frozen=True)
class Title:
    words: str


@dataclass(frozen=True)
class Heading:
    words: str


@dataclass(frozen=True)
class Paragraph:
    """Args:
    lead: printed bold before the words. align: left, center, right or both. size: points; 0: usual.
    """

    words: str
    lead: str = ""
    align: str = "both"
    bold: bool = False
    size: float = 0
    after: float = 4  # points


@dataclass(frozen=True)
class Points:
    """A list with dashes."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Args:
    widths: of the columns in millimetres.
    head: repeated on every page; empty: none.
    lines: whether cells are bordered. size: points.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    lines: bool = True
    size: float = 10


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on: whose, and the name in words («» leaves a line for it)."""

    rows: Sequence[tuple[str, str]]
    day: str  # what stands under the place for the date


@dataclass(frozen=True)
class Turn:
    """What follows begins a new page; `wide`: on its side."""

    wide: bool


Block: TypeAlias = Title | Heading | Paragraph | Points | Table | Signatures | Turn


@dataclass
class Document:
    """Args:
    title: for the file's properties. footer: left of the page's number.
    """

    title: str
    footer: str = ""
    blocks: list[Block] = field(default_factory=list)

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)


def docx(document: Document, made_at: datetime) -> bytes:
    """The file.

    Args:
        made_at: stands in its properties; wall clock of the school.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in _parts(document, made_at):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + words)
    return out.getvalue()


def _parts(document: Document, made_at: datetime) -> Iterable[tuple[str, str]]:
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
            f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
            f'<Override PartName="/word/footer1.xml" ContentType="{_WORD}.footer+xml"/>'
            '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
            "</Types>"
        ),
    )
    yield (
        "_rels/.rels",
        _relations(
            ("rId1", f"{_OFFICE}/officeDocument", "word/document.xml"),
            ("rId2", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
    )
    yield (
        "docProps/core.xml",
        (
            f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
            f"<dc:title>{_text(document.title)}</dc:title><dc:creator>Наставник</dc:creator><dc:language>ru-RU</dc:language>"
            f'<dcterms:created xsi:type="dcterms:W3CDTF">{made_at:%Y-%m-%dT%H:%M:%S}Z</dcterms:created></cp:coreProperties>'
        ),
    )
    yield (
        "word/_rels/document.xml.rels",
        _relations(
            ("rId1", f"{_OFFICE}/styles", "styles.xml"),
            ("rId2", f"{_OFFICE}/numbering", "numbering.xml"),
            ("rId3", f"{_OFFICE}/footer", "footer1.xml"),
        ),
    )
    yield "word/styles.xml", _STYLES
    yield "word/numbering.xml", _NUMBERING
    yield "word/footer1.xml", _footer(document.footer)
    yield (
        "word/document.xml",
        f"<w:document {NAMESPACE}><w:body>{_body(document.blocks)}</w:body></w:document>",
    )


def _relations(*links: tuple[str, str, str]) -> str:
    rows = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{to}"/>' for key, kind, to in links)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{rows}</Relationships>'


def _body(blocks: Sequence[Block]) -> str:
    parts, wide = [], False
    for block in blocks:
        match block:
            case Title():
                parts.append(_paragraph(block.words, style="Title"))
            case Heading():
                parts.append(_paragraph(block.words, style="Heading1"))
            case Paragraph():
                parts.append(
                    _paragraph(
                        block.words, lead=block.lead, align=block.align, bold=block.bold, size=block.size, after=block.after
                    )
                )  # fmt: skip
            case Points():
                parts += [_paragraph(line, style="Points") for line in block.lines]
            case Table():
                parts.append(_table(block) + _paragraph("", size=4, after=0))
            case Signatures():
                parts.append(_signatures(block))
            case Turn():
                parts.append(f"<w:p><w:pPr>{_section(wide)}</w:pPr></w:p>")
                wide = block.wide
    return "".join(parts) + _section(wide)


def _section(wide: bool) -> str:
    width, height = A4[::-1] if wide else A4
    left, top, right, bottom = WIDE_MARGINS if wide else MARGINS
    turned = ' w:orient="landscape"' if wide else ""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/>'
        f'<w:pgSz w:w="{_dxa(width)}" w:h="{_dxa(height)}"{turned}/>'
        f'<w:pgMar w:top="{_dxa(top)}" w:right="{_dxa(right)}" w:bottom="{_dxa(bottom)}" w:left="{_dxa(left)}"'
        ' w:header="454" w:footer="454" w:gutter="0"/></w:sectPr>'
    )


def _paragraph(
    words: str,
    *,
    style: str = "",
    lead: str = "",
    align: str = "",
    bold: bool = False,
    size: float = 0,
    after: float | None = None,
    under: bool = False,
) -> str:
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if under:
        about += '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>'
    if after is not None:
        about += f'<w:spacing w:before="0" w:after="{round(after * 20)}"/>'
    about += f'<w:jc w:val="{align}"/>' if align else ""
    runs = _run(f"{lead} ", bold=True, size=size) if lead else ""
    return f"<w:p><w:pPr>{about}</w:pPr>{runs}{_run(words, bold=bold, size=size)}</w:p>"


def _run(words: str, *, bold: bool = False, size: float = 0) -> str:
    if not words:
        return ""
    look = ("<w:b/>" if bold else "") + (
        f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else ""
    )
    lines = (f'<w:t xml:space="preserve">{_text(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r><w:rPr>{look}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def _table(table: Table) -> str:
    edge = "single" if table.lines else "none"
    edges = "".join(
        f'<w:{side} w:val="{edge}" w:sz="4" w:space="0" w:color="7F7F7F"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{_dxa(width)}"/>' for width in table.widths)
    rows = [_row(table.head, table, head=True)] if table.head else []
    rows += [_row(row, table) for row in table.rows]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_dxa(sum(table.widths))}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _row(cells: Sequence[str], table: Table, *, head: bool = False) -> str:
    made = []
    for words, width in zip(cells, table.widths, strict=True):
        shade = '<w:shd w:val="clear" w:color="auto" w:fill="E9EEF1"/>' if head else ""
        align = "center" if head else "left"
        inside = _paragraph(words, align=align, bold=head, size=table.size, after=0)
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{_dxa(width)}" w:type="dxa"/>{shade}'
            f'<w:vAlign w:val="{"center" if head else "top"}"/></w:tcPr>{inside}</w:tc>'
        )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(made)}</w:tr>"


def _signatures(block: Signatures) -> str:
    """Whose, a line to sign on, the name, a line for the day; never torn from each other by a page."""
    widths = (58, 37, 48, 30)
    rows = []
    for who, name in block.rows:
        line = _paragraph("", size=10, after=0) + _paragraph(
            "подпись", align="center", size=8, after=6, under=True
        )
        named = _paragraph(name or " ", align="center", size=11, after=0) + _paragraph(
            "расшифровка", align="center", size=8, after=6, under=True
        )
        day = _paragraph("", size=10, after=0) + _paragraph(
            block.day, align="center", size=8, after=6, under=True
        )
        whose = _paragraph(who, align="left", size=11, after=0) + _paragraph("\u00a0", size=8, after=6)
        cells = (whose, line, named, day)
        made = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{_dxa(width)}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>{cell}</w:tc>'
            for cell, width in zip(cells, widths, strict=True)
        )
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{_dxa(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{_dxa(sum(widths))}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{_paragraph('', size=4, after=0)}"
    )


def _footer(words: str) -> str:
    number = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    lead = _run(f"{words}    ", size=8) if words else ""
    return f'<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>{lead}{number}</w:p></w:ftr>'


def _dxa(millimetres: float) -> int:
    return round(millimetres * DXA)


def _text(words: str) -> str:
    return escape(clean(words))


_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/>'
_STYLES = (
    f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{_FONT}"
    '<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="ru-RU"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="80" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:jc w:val="center"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="32"/><w:szCs w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="100"/><w:outlineLvl w:val="0"/></w:pPr>'
    '<w:rPr><w:b/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Points"><w:name w:val="List Bullet"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="40"/><w:jc w:val="both"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Footer"><w:name w:val="footer"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style></w:styles>'
)
_NUMBERING = (
    f'<w:numbering {NAMESPACE}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="–"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="567" w:hanging="283"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
