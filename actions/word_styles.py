"""How a paragraph of a .docx looks once its styles are followed: what `actions.word_reading` needs and no more.

Lengths come back in points. Source: ECMA-376, part 1, 17.3 and 17.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from docx.oxml import ns

Look = dict[str, Any]
qn = cache(ns.qn)  # names of elements are asked for a hundred thousand times in a document
TWENTIETHS = 20  # of a point: how the format counts lengths
LINE = 240  # of a line's height: how it counts distances between lines
_LIST = f"{qn('w:pPr')}/{qn('w:numPr')}"
_ALIGN = {"center": "center", "right": "right", "end": "right", "both": "justify", "distribute": "justify"}
_SWITCHES = {"b": "bold", "i": "italic", "caps": "caps", "strike": "strike", "smallCaps": "caps"}


def value(node: Any, name: str = "w:val") -> str:
    found = node.get(qn(name)) if node is not None else None
    return found or ""


def points(twentieths: str) -> float:
    try:
        return round(float(twentieths) / TWENTIETHS, 2)
    except ValueError:
        return 0


class Styles:
    """The styles of one document. `of` is asked for each paragraph, so each style is worked out once."""

    def __init__(self, root: Any) -> None:
        self._rows = {value(one, "w:styleId"): one for one in root.findall(qn("w:style"))}
        self._known: dict[str, Look] = {}
        self._lists: dict[str, Any] = {}
        self._base: Look = {"size": 10}
        for part in root.iterfind(f"{qn('w:docDefaults')}/*/*"):
            self._base |= look_of(part)
        usual = [key for key, one in self._rows.items() if value(one, "w:default") == "1"]
        self._usual = next((key for key in usual if value(self._rows[key], "w:type") == "paragraph"), "")

    def paragraph(self, style: str) -> Look:
        return self._base | self._of(style or self._usual)

    def run(self, style: str) -> Look:
        return self._of(style) if style else {}

    def numbering(self, style: str) -> Any:
        """The `w:numPr` that a paragraph has by its style; None if it is no list."""
        if style not in self._lists:
            found = (one.find(_LIST) for one in self._chain(style or self._usual))
            self._lists[style] = next((one for one in found if one is not None), None)
        return self._lists[style]

    def table_lines(self, style: str) -> Any:
        """`w:tblBorders` of a table's style, or None."""
        for one in self._chain(style):
            found = one.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
            if found is not None:
                return found
        return None

    def _of(self, style: str) -> Look:
        if style not in self._known:
            found: Look = {}
            for one in reversed(list(self._chain(style))):
                for part in ("w:pPr", "w:rPr"):
                    node = one.find(qn(part))
                    found |= look_of(node) if node is not None else {}
            self._known[style] = found
        return self._known[style]

    def _chain(self, style: str) -> Iterator[Any]:
        """The style and those it is based on; a circle ends where it closes."""
        seen = set()
        while style in self._rows and style not in seen:
            seen.add(style)
            yield self._rows[style]
            style = value(self._rows[style].find(qn("w:basedOn")))


def look_of(properties: Any) -> Look:
    """What a `w:pPr` or `w:rPr` says; only what it says."""
    found: Look = {}
    for node in properties:
        name = node.tag.rpartition("}")[2]
        if name in _SWITCHES:
            found[_SWITCHES[name]] = value(node) not in ("0", "false", "off")
        elif name == "u":
            found["underline"] = value(node) not in ("", "none")
        elif name == "sz":
            found["size"] = min(max(points(value(node)) * 10, 1), 200)  # half points
        elif name == "color":
            found["color"] = "" if value(node) == "auto" else value(node)
        elif name == "vertAlign":
            found["raise"] = {"superscript": "super", "subscript": "sub"}.get(value(node), "")
        elif name == "jc":
            found["align"] = _ALIGN.get(value(node), "left")
        elif name == "spacing" and node.get(qn("w:after")) is None and node.get(qn("w:line")) is None and node.get(qn("w:before")) is None:  # fmt: skip
            found["tracking"] = points(value(node))
        elif name == "spacing":
            found |= _spacing(node)
        elif name == "ind":
            found |= _indents(node)
        elif name == "pBdr":
            found["rules"] = [side for side in ("top", "bottom") if value(node.find(qn(f"w:{side}"))) not in ("", "none", "nil")]  # fmt: skip
        elif name == "pageBreakBefore":
            found["turn"] = value(node) not in ("0", "false")
        elif name == "keepNext":
            found["keep"] = value(node) not in ("0", "false")
        elif name == "tabs":
            found["right_tab"] = any(value(one) == "right" for one in node)
    return found


def _spacing(node: Any) -> Look:
    found: Look = {}
    for name in ("before", "after"):
        if node.get(qn(f"w:{name}")) is not None:
            found[name] = points(value(node, f"w:{name}"))
    line = value(node, "w:line")
    if line:
        exact = value(node, "w:lineRule") in ("exact", "atLeast")
        found["line"] = 0 if exact else round(float(line) / LINE, 3)
        found["line_exact"] = points(line) if exact else 0
    return found


def _indents(node: Any) -> Look:
    found: Look = {}
    for name, sides in (("left", ("left", "start")), ("right", ("right", "end"))):
        for side in sides:
            if node.get(qn(f"w:{side}")) is not None:
                found[name] = points(value(node, f"w:{side}"))
    if node.get(qn("w:firstLine")) is not None:
        found["first"] = points(value(node, "w:firstLine"))
    if node.get(qn("w:hanging")) is not None:
        found["first"] = -points(value(node, "w:hanging"))
    return found
