"""Text documents (.docx) in the school's house style, as Word, Р7-Офис, МойОфис and LibreOffice open them.

A document is a row of blocks; python-docx writes it. How it looks, and its properties: `actions.document_look`.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from docx.document import Document as File
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as Line

from actions import document_look as look
from actions.workbook import clean

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
SIGNED = (58, 37, 48, 30)  # whose, the signature, the name, the day; millimetres
TOGETHER = 12  # rows of signatures: half a page; more would leave their heading alone on its page


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
    italic: bool = False
    color: str = ""  # RRGGBB
    together: bool = False  # with the next one on its page


@dataclass(frozen=True)
class Points:
    """A list with dashes."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Table:
    """Args:
    widths: of the columns in millimetres.
    head: repeated on every page; empty: none.
    lines: whether cells are bordered. size: points. middle: columns whose cells stand in the middle.
    """

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    lines: bool = True
    size: float = 10
    middle: Collection[int] = ()


@dataclass(frozen=True)
class Picture:
    """Args:
    data: PNG. words: what it shows, for whoever cannot see it. width: millimetres.
    """

    data: bytes
    words: str
    width: float = 165


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on: whose, and the name in words («» leaves a line for it)."""

    rows: Sequence[tuple[str, str]]
    day: str  # what stands under the place for the date


@dataclass(frozen=True)
class Turn:
    """What follows begins a new page; `wide`: on its side."""

    wide: bool


Block: TypeAlias = Title | Heading | Paragraph | Points | Table | Picture | Signatures | Turn


@dataclass
class Document:
    """Args:
    title, author: for the file's properties; the author is the school. footer: left of the page's number.
    wide: the first page lies on its side. numbered: pages have numbers at their feet.
    """

    title: str
    author: str
    footer: str = ""
    blocks: list[Block] = field(default_factory=list)
    wide: bool = False
    frame: str = ""  # colour of a double line around each page, RRGGBB; "": none
    numbered: bool = True

    def add(self, *blocks: Block) -> None:
        self.blocks.extend(blocks)


def docx(document: Document, made_at: datetime) -> bytes:
    """The file: the same content and moment give the same bytes.

    Args:
        made_at: stands in its properties; aware, any zone.
    """
    file = look.blank(clean(document.title), clean(document.author), made_at)
    look.lay(file.sections[0], wide=document.wide)
    if document.numbered:
        look.number_pages(file.sections[0], clean(document.footer))
    for block in document.blocks:
        add(file, block)
    if document.frame:
        look.frame(file.sections[-1], document.frame)
    return look.packed(file)


def add(file: File, block: Block) -> None:
    """Puts one block at the end of a file that has our styles."""
    match block:
        case Title():
            file.add_paragraph(clean(block.words), style="Title")
        case Heading():
            file.add_paragraph(clean(block.words), style="Heading 1")
        case Paragraph():
            _paragraph(file, block)
        case Points():
            for line in block.lines:
                file.add_paragraph(clean(line), style="List Bullet")
        case Table():
            _table(file, block)
        case Picture():
            _picture(file, block)
        case Signatures():
            _signatures(file, block)
        case Turn():
            look.lay(file.add_section(WD_SECTION.NEW_PAGE), wide=block.wide)
            look.flatten(file.paragraphs[-1])  # it holds the section that ends


def _paragraph(file: File, block: Paragraph) -> None:
    line = file.add_paragraph()
    if block.lead:
        _say(line, f"{block.lead} ", size=block.size, bold=True)
    _say(line, block.words, size=block.size, bold=block.bold, italic=block.italic, color=block.color)
    line.alignment = _ALIGN[block.align]
    line.paragraph_format.space_after = Pt(block.after)
    if not block.words and not block.lead:  # only room: its own height would come on top
        look.flatten(line)
        line.paragraph_format.space_after = Pt(block.after)
    if not block.words or block.together:  # a lead alone stands over a list
        line.paragraph_format.keep_with_next = True


def _say(
    line: Line, words: str, *, size: float = 0, bold: bool = False, italic: bool = False, color: str = ""
) -> None:
    run = line.add_run(clean(words))
    if bold:
        run.bold = True
    if italic:
        run.italic = True
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    if size:
        run.font.size = Pt(size)


def _table(file: File, block: Table) -> None:
    every = [block.head, *block.rows] if block.head else list(block.rows)
    grid = _grid(file, len(every), block.widths, lines=block.lines)
    for number, (row, words) in enumerate(zip(grid.rows, every, strict=True)):
        head = bool(block.head) and number == 0
        if head:
            look.repeat(row)
        for column, (cell, said) in enumerate(zip(row.cells, words, strict=True)):
            align = "center" if head or column in block.middle else "left"
            _write(cell.paragraphs[0], said, align=align, size=block.size, bold=head)
            if head:
                look.shade(cell)
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    look.flatten(file.add_paragraph())


def _grid(file: File, rows: int, widths: Sequence[float], *, lines: bool) -> Grid:
    """An empty table of fixed columns, whose rows are not torn by a page.

    Word reads the widths of the cells, LibreOffice those of the columns.
    """
    grid: Grid = file.add_table(rows, len(widths), "Table Grid" if lines else None)
    grid.autofit = False
    look.span(grid, sum(widths))
    if lines:
        look.rule(grid)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    for row in grid.rows:
        look.keep_whole(row)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return grid


def _write(line: Line, words: str, *, align: str, size: float, bold: bool = False, after: float = 0) -> None:
    _say(line, words, size=size, bold=bold)
    line.alignment = _ALIGN[align]
    line.paragraph_format.space_after = Pt(after)


def _picture(file: File, block: Picture) -> None:
    line = file.add_paragraph()
    line.alignment = _ALIGN["center"]
    line.paragraph_format.keep_with_next = True  # what it says stands below it
    shape = line.add_run().add_picture(io.BytesIO(block.data), width=Mm(block.width))
    shape._inline.docPr.set("descr", clean(block.words))


def _signatures(file: File, block: Signatures) -> None:
    """Whose, a line to sign on, the name, a line for the day; a few rows stay on one page."""
    grid = _grid(file, len(block.rows), SIGNED, lines=False)
    for number, (row, (who, name)) in enumerate(zip(grid.rows, block.rows, strict=True)):
        whose, *places = row.cells
        _sign(whose, who, "\u00a0", align="left", line=False)
        for place, above, under in zip(
            places, ("", name, ""), ("подпись", "расшифровка", block.day), strict=True
        ):
            _sign(place, above, under, align="center", line=True)
        for cell in row.cells:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
            for line in cell.paragraphs:
                line.paragraph_format.keep_with_next = number < len(block.rows) - 1 < TOGETHER
    look.flatten(file.add_paragraph())


def _sign(cell: Cell, above: str, under: str, *, align: str, line: bool) -> None:
    _write(cell.paragraphs[0], above or "\u00a0", align=align, size=11)
    below = cell.add_paragraph()
    if line:
        look.rule_above(below)
    _write(below, under, align=align, size=8, after=6)
