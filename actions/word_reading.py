"""A .docx as plain values: pages, paragraphs, tables, pictures. What `actions.pages` sets as a PDF.

Read is what the papers of a school consist of. What is left out is named by `left_out`: frames with words, charts,
footnotes; a curator reads of it when a template is uploaded.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from lxml import etree

from actions.word_styles import Look, Styles, look_of, points, qn, value

EMU = 12700  # of a point: how pictures are measured
_PICTURES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/svg+xml": "svg"}
_WORDS = re.compile(r"(?<=>)([^<>]+)(?=</w:t>)")
MOST = 5000  # different looks of lines that are kept of one template
_LINES = ("single", "double", "thick", "dashed", "dotted")


@dataclass
class Read:
    """`sections`: as JSON takes them, their content as blocks: a table, or a line, which is the number of its shape and the
    words of its runs. `shapes`, `looks`: how lines and cells of the sections look. `pictures`: file name -> bytes.
    """

    title: str
    author: str
    sections: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    looks: list[dict[str, Any]] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)


class Known:
    """What papers of one template have in common: styles, lists, how lines and cells look. Worked out once.

    A line's look goes by its own words of the format, without what people read in it.
    """

    def __init__(self, file: Any) -> None:
        self.styles = Styles(file.styles.element)
        self.levels = _levels(file)
        self.shapes: dict[str, dict[str, Any]] = {}
        self.looks: dict[str, dict[str, Any]] = {}


def read(docx: bytes) -> Read:
    """Args:
    docx: a file that has been looked at (`program.word_files`).
    """
    file = Document(io.BytesIO(docx))
    return read_open(file, Known(file))


def read_open(file: Any, known: Known) -> Read:
    """As `read`, of a document that python-docx holds."""
    about = file.core_properties
    found = Read(about.title, about.author)
    reader = _Reader(file, found, known)
    body: list[Any] = []
    for block in file.element.body:
        if block.tag == qn("w:sectPr"):
            found.sections.append(reader.section(block, body))
        else:
            body += reader.blocks([block])
            end = block.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") if block.tag == qn("w:p") else None
            if end is not None:
                found.sections.append(reader.section(end, body))
                body = []
    return found


def left_out(docx: bytes) -> list[str]:
    """What a PDF will not show: «frame», «chart», «note»."""
    body = Document(io.BytesIO(docx)).element.body
    marks = {"frame": "w:txbxContent", "note": "w:footnoteReference"}
    found = [name for name, tag in marks.items() if next(body.iter(qn(tag)), None) is not None]
    return found + (["chart"] if b"drawingml/2006/chart" in _xml(body) else [])


def _xml(body: Any) -> bytes:
    made: bytes = etree.tostring(body)
    return made


class _Reader:
    def __init__(self, file: Any, found: Read, known: Known) -> None:
        self._file, self._found = file, found
        self._styles, self._levels = known.styles, known.levels
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * 9)
        self._part: Any = file.part
        self._shapes, self._looks = known.shapes, known.looks
        written = etree.tostring(file.element.body, encoding="unicode")
        self._written = _written(file.element.body, "w:p", written) | _written(
            file.element.body, "w:tcPr", written
        )
        self._places: dict[int, int] = {}

    def section(self, end: Any, body: list[Any]) -> dict[str, Any]:
        """The pages that `end` closes. Headers and footers are those of the section, else of the one before."""
        size, margins, lines = (end.find(qn(f"w:{name}")) for name in ("pgSz", "pgMar", "pgBorders"))
        before = self._found.sections[-1] if self._found.sections else {}
        return {
            "width": points(value(size, "w:w") or "11906"),
            "height": points(value(size, "w:h") or "16838"),
            **{side: points(value(margins, f"w:{side}") or "1134") for side in ("left", "top", "right", "bottom")},
            "frame": _frame(lines),
            "head": self._around(end, "w:headerReference", before.get("head", [])),
            "foot": self._around(end, "w:footerReference", before.get("foot", [])),
            "body": body,
        }  # fmt: skip

    def _around(self, end: Any, tag: str, before: list[Any]) -> list[Any]:
        for one in end.findall(qn(tag)):
            if value(one, "w:type") in ("", "default"):
                self._part = self._file.part.related_parts[one.get(qn("r:id"))]
                found = list(self.blocks(self._part.element))
                self._part = self._file.part
                return found
        return before

    def blocks(self, nodes: Any) -> Iterator[Any]:
        for node in nodes:
            if node.tag == qn("w:p"):
                yield self._paragraph(node)
            elif node.tag == qn("w:tbl"):
                yield self._table(node)
            elif node.tag == qn("w:sdt"):
                content = node.find(qn("w:sdtContent"))
                yield from self.blocks(content if content is not None else ())

    def _paragraph(self, node: Any) -> list[Any]:
        parts = _WORDS.split(self._written.get(node, ""))  # in between: what people read
        key, words = "|".join(parts[::2]), parts[1::2]
        if key not in self._shapes:
            shape = self._shape(node)
            found = [run.pop("text") for run in shape["runs"] if "text" in run]
            if (
                not key
                or len(found) != len(words)
                or "mark" in shape
                or _own(shape)
                or len(self._shapes) > MOST
            ):
                return [self._place(shape, self._found.shapes), *found]
            self._shapes[key] = shape
        return [
            self._place(self._shapes[key], self._found.shapes),
            *(unescape(one) if "&" in one else one for one in words),
        ]

    def _place(self, one: dict[str, Any], among: list[dict[str, Any]]) -> int:
        """Its number among those of this document."""
        if id(one) not in self._places:
            self._places[id(one)] = len(among)
            among.append(one)
        return self._places[id(one)]

    def _shape(self, node: Any) -> dict[str, Any]:
        said = node.find(qn("w:pPr"))
        style = value(said.find(qn("w:pStyle"))) if said is not None else ""
        look = self._styles.paragraph(style)
        if said is not None:
            look = look | look_of(said)
        runs = list(self._runs(node, look))
        mark, indent = self._bullet(said, style)
        if said is not None and said.find(qn("w:ind")) is not None:
            indent = {}
        made = {name: look[name] for name in _OF_LINE if look.get(name)} | indent
        made |= {"runs": runs, "size": look["size"]}
        if not runs and said is not None and said.find(qn("w:rPr")) is not None:
            made["size"] = look_of(said.find(qn("w:rPr"))).get("size", look["size"])
        if mark:
            made["mark"] = mark
        return made

    def _runs(self, node: Any, look: Look) -> Iterator[dict[str, Any]]:
        field_of, asked = 0, ""  # fields of several runs: how deep, and what is asked for
        for run in node.iter(qn("w:r"), qn("w:fldSimple")):
            if any(one.tag in _SKIPPED for one in run.iterancestors()):
                continue
            if run.tag == qn("w:fldSimple"):
                yield self._styled(run.find(qn("w:r")), look) | {"count": _counted(value(run, "w:instr"))}
                continue
            if run.getparent().tag == qn("w:fldSimple"):
                continue
            for part in run:
                if part.tag == qn("w:fldChar"):
                    kind = value(part, "w:fldCharType")
                    field_of += {"begin": 1, "end": -1}.get(kind, 0)
                    if kind == "end" and _counted(asked):
                        yield self._styled(run, look) | {"count": _counted(asked)}
                    asked = "" if kind in ("begin", "end") else asked
                elif part.tag == qn("w:instrText"):
                    asked += part.text or ""
                elif not (field_of and _counted(asked)):
                    yield from self._part_of(part, run, look)

    def _part_of(self, part: Any, run: Any, look: Look) -> Iterator[dict[str, Any]]:
        if part.tag == qn("w:t"):
            yield self._styled(run, look) | {"text": part.text} if part.text else {"blank": True}
        elif part.tag == qn("w:tab"):
            yield {"tab": True}
        elif part.tag in (qn("w:br"), qn("w:cr")):
            yield {"turn": True} if value(part, "w:type") == "page" else {"break": True}
        elif part.tag == qn("w:noBreakHyphen"):
            yield self._styled(run, look) | {"text": "\u2011"}
        elif part.tag in (qn("w:drawing"), _ALTERNATIVE):
            yield from self._pictures(part)

    def _styled(self, run: Any, look: Look) -> dict[str, Any]:
        own: Look = {}
        said = run.find(qn("w:rPr")) if run is not None else None
        if said is not None:
            own = self._styles.run(value(said.find(qn("w:rStyle")))) | look_of(said)
        return {name: kept for name in _OF_RUN if (kept := (look | own).get(name))}

    def _pictures(self, node: Any) -> Iterator[dict[str, Any]]:
        for blip in node.iter(qn("a:blip")):
            part = self._part.related_parts.get(blip.get(qn("r:embed")))
            around = next(blip.iterancestors(qn("wp:inline"), _ANCHOR), None)
            if part is None or around is None or part.content_type not in _PICTURES:
                continue
            name = f"{part.sha1}.{_PICTURES[part.content_type]}"
            self._found.pictures[name] = part.blob
            extent = around.find(qn("wp:extent"))
            yield {
                "picture": name,
                "width": int(extent.get("cx")) / EMU,
                "height": int(extent.get("cy")) / EMU,
            }

    def _bullet(self, said: Any, style: str) -> tuple[str, Look]:
        """(«–», «2.», where the words stand); empty where the paragraph is no point of a list."""
        numbering = said.find(qn("w:numPr")) if said is not None else None
        if numbering is None:
            numbering = self._styles.numbering(style)
        if numbering is None:
            return "", {}
        key, deep = value(numbering.find(qn("w:numId"))), int(value(numbering.find(qn("w:ilvl"))) or 0)
        level = self._levels.get((key, deep))
        if level is None:
            return "", {}
        counts = self._counts[key]
        counts[deep] += 1
        counts[deep + 1 :] = [0] * (8 - deep)
        mark = level["text"]
        for number, count in enumerate(counts, 1):
            mark = mark.replace(f"%{number}", str(count))
        return mark, level["look"]

    def _table(self, node: Any) -> dict[str, Any]:
        said = node.find(qn("w:tblPr"))
        lines = said.find(qn("w:tblBorders")) if said is not None else None
        if lines is None and said is not None:
            lines = self._styles.table_lines(value(said.find(qn("w:tblStyle"))))
        widths = [points(value(one, "w:w")) for one in node.iterfind(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")]
        rows = [self._row(row) for row in node.iter(qn("w:tr")) if row.getparent() is node]
        _merge([cells for _, cells in rows], self._found.looks)
        heads = next((at for at, (head, _) in enumerate(rows) if not head), len(rows))
        align = value(said.find(qn("w:jc"))) if said is not None else ""
        return {
            "widths": widths,
            "lines": bool(lines is not None and any(value(one) in _LINES for one in lines)),
            "heads": [cells for _, cells in rows[:heads]],
            "rows": [cells for _, cells in rows[heads:]],
            "align": "center" if align == "center" else "left",
        }

    def _row(self, row: Any) -> tuple[bool, list[dict[str, Any]]]:
        """(is it a head of the table, its cells)."""
        said = row.find(qn("w:trPr"))
        head = said is not None and said.find(qn("w:tblHeader")) is not None
        return head, [self._cell(cell) for cell in row.findall(qn("w:tc"))]

    def _cell(self, cell: Any) -> dict[str, Any]:
        said = cell.find(qn("w:tcPr"))
        key = self._written.get(said, "")
        look = self._looks.get(key)
        if look is None:
            look = _look(said)
            if key and len(self._looks) < MOST:
                self._looks[key] = look
        return {"look": self._place(look, self._found.looks), "body": list(self.blocks(cell))}


_OF_LINE = (
    "align", "before", "after", "line", "line_exact", "left", "right", "first", "rules", "turn", "keep", "right_tab",
)  # fmt: skip
_OF_RUN = ("bold", "italic", "underline", "strike", "caps", "size", "color", "raise", "tracking")
_ANCHOR = qn("wp:inline").replace("inline", "anchor")
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_SKIPPED = {qn("w:del"), qn("w:txbxContent")}


def _written(body: Any, tag: str, whole: str) -> dict[Any, str]:
    """Each element of this name as the format's words; empty where one stands in another.

    Args:
        whole: the body as words.
    """
    nodes = list(body.iter(qn(tag)))
    found = re.findall(rf"<{tag}(?: [^>]*)?/>|<{tag}(?: [^>]*[^/>])?>.*?</{tag}>", whole, re.DOTALL)
    return dict(zip(nodes, found, strict=True)) if len(nodes) == len(found) else {}


def _own(shape: dict[str, Any]) -> bool:
    """Pictures are parts of one file; another's have the same words."""
    return any("picture" in one for one in shape["runs"])


def _look(said: Any) -> dict[str, Any]:
    """Args:
    said: `w:tcPr`, or None.
    """
    find = said.find if said is not None else (lambda _: None)
    merge, shade, edges = find(qn("w:vMerge")), find(qn("w:shd")), find(qn("w:tcBorders"))
    fill = value(shade, "w:fill")
    sides = {"top", "bottom", "left", "right"}
    return {
        "columns": int(value(find(qn("w:gridSpan"))) or 1),
        "goes_on": merge is not None and value(merge) != "restart",
        "begins": merge is not None and value(merge) == "restart",
        "fill": fill if len(fill) == 6 else "",
        "middle": value(find(qn("w:vAlign"))),
        "edges": {
            side: value(one) in _LINES for one in (edges if edges is not None else ())
            if (side := one.tag.rpartition("}")[2]) in sides
        },
    }  # fmt: skip


def _counted(asked: str) -> str:
    word = (asked.split() or [""])[0].upper()
    return {"PAGE": "page", "NUMPAGES": "pages", "SECTIONPAGES": "pages"}.get(word, "")


def _frame(lines: Any) -> dict[str, Any] | None:
    """A line around the page: how thick in points, which colour, how far from the edge."""
    top = lines.find(qn("w:top")) if lines is not None else None
    if top is None or value(top) in ("", "none", "nil"):
        return None
    colour = value(top, "w:color")
    return {
        "thick": float(value(top, "w:sz") or 8) / 8,
        "color": colour if len(colour) == 6 else "000000",
        "away": float(value(top, "w:space") or 24),
        "double": value(top) != "single",
    }


def _levels(file: Any) -> dict[tuple[str, int], dict[str, Any]]:
    """By list and depth: what stands before the words, and where they stand."""
    try:
        root = file.part.part_related_by(RT.NUMBERING).element
    except KeyError:  # a document without lists
        return {}
    kinds = {value(one, "w:abstractNumId"): one for one in root.findall(qn("w:abstractNum"))}
    found = {}
    for one in root.findall(qn("w:num")):
        kind = kinds.get(value(one.find(qn("w:abstractNumId"))))
        for level in kind.findall(qn("w:lvl")) if kind is not None else ():
            text, look = value(level.find(qn("w:lvlText"))), level.find(qn("w:pPr"))
            if value(level.find(qn("w:numFmt"))) == "bullet" and not text.isascii() and text not in "–—•":
                text = "–"  # a sign of a font of signs
            indents = (
                {k: v for k, v in look_of(look).items() if k in ("left", "first")} if look is not None else {}
            )
            found[value(one, "w:numId"), int(value(level, "w:ilvl"))] = {"text": text, "look": indents}
    return found


def _merge(rows: list[list[dict[str, Any]]], looks: list[dict[str, Any]]) -> None:
    """Cells that go on downwards become one cell of several rows."""
    open_at: dict[int, dict[str, Any]] = {}
    for row in rows:
        kept, at = [], 0
        for cell in row:
            look = looks[cell["look"]]
            if look["goes_on"] and at in open_at:
                open_at[at]["rows"] = open_at[at].get("rows", 1) + 1
            else:
                open_at.pop(at, None)
                if look["begins"]:
                    open_at[at] = cell
                kept.append(cell)
            at += look["columns"]
        row[:] = kept
