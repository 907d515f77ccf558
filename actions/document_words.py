"""Blocks in the format's own words, as `actions.document.add` would put them into a file, in a thirtieth of its time.

For papers that are made by the hundred; `tests/actions/test_packs.py` holds both to be the same, element by element.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from docx.shared import Mm, Pt

from actions.document import SIGNED, TOGETHER, Block, Heading, Paragraph, Signatures, Table, Title
from actions.workbook import clean

_FLAT = '<w:p><w:pPr><w:spacing w:line="80" w:lineRule="exact" w:after="0"/></w:pPr></w:p>'
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_INSIDE = '<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
_LOOK = (
    '<w:tblLook w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" w:noVBand="1"'
    ' w:val="04A0"/>'
)
_SHADE = '<w:shd w:val="clear" w:color="auto" w:fill="E9EEF1"/>'
_RULE = '<w:pBdr><w:top w:val="single" w:sz="4" w:space="1" w:color="000000"/></w:pBdr>'


def words_of(block: Block) -> str | None:
    """The block as XML without namespaces; None: of such a block `actions.document` knows more."""
    match block:
        case Title():
            return _styled("Title", block.words)
        case Heading():
            return _styled("Heading1", block.words)
        case Paragraph():
            return _paragraph(block)
        case Table():
            return _table(block)
        case Signatures():
            return _signatures(block)
        case _:
            return None


def _styled(style: str, words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run("", words)}</w:p>'


def _paragraph(block: Paragraph) -> str:
    lead = _run(_look(block.size, bold=True), f"{block.lead} ") if block.lead else ""
    look = _look(block.size, bold=block.bold, italic=block.italic, color=block.color)
    keep = "<w:keepNext/>" if not block.words or block.together else ""
    flat = "" if block.words or block.lead else ' w:line="80" w:lineRule="exact"'
    spacing = f'<w:spacing w:after="{_twips(block.after)}"{flat}/>'
    return f'<w:p><w:pPr>{keep}{spacing}<w:jc w:val="{block.align}"/></w:pPr>{lead}{_run(look, block.words)}</w:p>'


def _table(block: Table) -> str:
    widths, made = block.widths, []
    for number, row in enumerate([block.head, *block.rows] if block.head else block.rows):
        head = bool(block.head) and number == 0
        look = _look(block.size, bold=head)
        about = f'{_SHADE}<w:vAlign w:val="center"/>' if head else ""
        cells = [
            _cell(width, about, _line(said, look, "center" if head else "left"))
            for width, said in zip(widths, row, strict=True)
        ]
        made.append(_row(cells, head=head))
    return _grid(widths, made, lines=block.lines)


def _signatures(block: Signatures) -> str:
    """As `actions.document._signatures`."""
    made = []
    for number, (who, name) in enumerate(block.rows):
        keep = "<w:keepNext/>" if number < len(block.rows) - 1 < TOGETHER else '<w:keepNext w:val="0"/>'
        places = ((who, "\u00a0", "left", ""), ("", "подпись", "center", _RULE), (name, "расшифровка", "center", _RULE), ("", block.day, "center", _RULE))  # fmt: skip
        cells = [
            _cell(
                width,
                '<w:vAlign w:val="bottom"/>',
                _line(above or "\u00a0", _look(11), align, keep)
                + _line(under, _look(8), align, keep + rule, after=6),
            )
            for width, (above, under, align, rule) in zip(SIGNED, places, strict=True)
        ]
        made.append(_row(cells))
    return _grid(SIGNED, made, lines=False)


def _grid(widths: Sequence[float], rows: Sequence[str], *, lines: bool) -> str:
    style, edges = (
        ('<w:tblStyle w:val="TableGrid"/>', f"<w:tblBorders>{_EDGES}</w:tblBorders>") if lines else ("", "")
    )
    columns = "".join(f'<w:gridCol w:w="{_millimetres(width)}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{style}<w:tblW w:type="dxa" w:w="{_millimetres(sum(widths))}"/>{edges}'
        f'<w:tblLayout w:type="fixed"/>{_INSIDE}{_LOOK}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>{_FLAT}"
    )


def _row(cells: Sequence[str], *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(width: float, about: str, lines: str) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:type="dxa" w:w="{_millimetres(width)}"/>{about}</w:tcPr>{lines}</w:tc>'


def _line(words: str, look: str, align: str, before: str = "", after: float = 0) -> str:
    return (
        f'<w:p><w:pPr>{before}<w:spacing w:after="{_twips(after)}"/><w:jc w:val="{align}"/></w:pPr>'
        f"{_run(look, words)}</w:p>"
    )


def _look(size: float = 0, *, bold: bool = False, italic: bool = False, color: str = "") -> str:
    inside = "<w:b/>" * bold + "<w:i/>" * italic
    inside += f'<w:color w:val="{color.upper()}"/>' if color else ""
    inside += f'<w:sz w:val="{int(Pt(size) / 6350)}"/>' if size else ""
    return f"<w:rPr>{inside}</w:rPr>" if inside else ""


def _run(look: str, words: str) -> str:
    said = "<w:br/>".join(_text(line) for line in clean(words).split("\n"))
    return f"<w:r>{look}{said}</w:r>" if look or said else "<w:r/>"


def _text(words: str) -> str:
    if not words:
        return ""
    kept = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    space = ' xml:space="preserve"' if len(words.strip()) < len(words) else ""
    return f"<w:t{space}>{kept}</w:t>"


@cache
def _millimetres(width: float) -> int:
    """In twentieths of a point."""
    twips: int = Mm(width).twips
    return twips


@cache
def _twips(points: float) -> int:
    twips: int = Pt(points).twips
    return twips
