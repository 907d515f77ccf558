"""Pictures of numbers as SVG that the server draws: values in, `Markup` out; no library, no script, no style.

There is no viewBox: x and width stand in percent, y and height in pixels. So a picture is as wide as its place, and its
text stays 15 px on a phone and on a desk (ux.md 2.4). What has to fit is measured for the narrowest phone. Two colours
at most and a hatching; numbers are printed where they are drawn. Colours stand as attributes, so a picture also holds
where our styles are missing; `charts.css` makes it fit forced colours.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from markupsafe import Markup, escape

NARROW = 272.0  # px, the inside of a sheet on a phone of 360
LETTER = 8.6  # px, of a letter or digit at 15 px, on the wide side
LABEL = 28  # letters in a line of a label
LINE, BAR, GAP, SIDE = 20, 20, 12, 6  # px
TALL = 130  # px, the field of columns and lines
MOST = 10.0**15  # beyond it a number says nothing to anybody
LEAST = 10.0**-9  # what is smaller is nothing

Number: TypeAlias = int | float | None

FILLS = ('fill="#14506e"', 'fill="#a9cbd9" stroke="#14506e"', 'fill="url(#{id}-hatch)" stroke="#14506e"')


@dataclass(frozen=True)
class Series:
    """Values of one kind, one for each label. None: not known."""

    name: str
    values: Sequence[Number]


@dataclass(frozen=True)
class Row:
    """A line of the table below a picture. `href`: the list behind the numbers, where the reader may see it."""

    label: str
    cells: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class Chart:
    """A picture with its words.

    Args:
        said: what the numbers say, in a sentence.
        head: of the table's columns, the first one of the labels.
        known: there is something to show; else `said` tells why there is not.
        concludes: `said` is about the numbers, not about what may not be told.
    """

    id: str
    title: str
    said: str
    svg: Markup
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    known: bool = True
    concludes: bool = True


def number(value: Number, nothing: str = "нет") -> str:
    """«1 200», «3,5», «−2», «1,2 млн»; `nothing` where nothing is known."""
    known = _known(value)
    if known is None:
        return nothing
    if abs(known) >= MOST:
        return "больше 999 трлн" if known > 0 else "меньше −999 трлн"
    for least, unit in ((1e12, " трлн"), (1e9, " млрд"), (1e6, " млн")):
        if abs(known) >= least:
            return _plain(known / least) + unit
    return _plain(known)


def bars(id: str, labels: Sequence[str], series: Sequence[Series], nothing: str = "нет") -> Markup:
    """Bars that lie below their labels, one or two for each. `nothing`: said where no number is known."""
    values = [_known(one) for row in series for one in row.values]
    known = [one for one in values if one is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = 100 - _percent(max((len(number(one, nothing)) for one in values), default=1) * LETTER + 2 * SIDE)
    scale = room / ((high - low) or 1)
    zero = (0 - low) * scale
    drawn: list[Markup] = []
    y = 0.0
    if len(series) > 1:
        drawn, y = _legend(id, [one.name for one in series])
    for index, label in enumerate(labels):
        words, y = _label(label, y)
        drawn.append(words)
        for kind, row in enumerate(series):
            value = _known(row.values[index]) or 0.0
            if value:
                drawn.append(_rect(id, kind, zero + min(value, 0) * scale, y, abs(value) * scale, BAR))
            end = zero + max(value, 0) * scale
            drawn.append(_text(number(row.values[index], nothing), end, y + 15, dx=SIDE, bold=True))
            y += BAR + 3
        y += GAP
    axis = _line(zero, 0, zero, y, "axis") if low < 0 else ""
    return _svg(id, y, [axis, *drawn])


def stacked(id: str, labels: Sequence[str], parts: Sequence[Series]) -> Markup:
    """A bar for each label, made of up to three parts; its numbers at its end in the order of the legend."""
    parts = parts[: len(FILLS)]
    rows = [[max(_known(part.values[index]) or 0.0, 0.0) for part in parts] for index, _ in enumerate(labels)]
    ends = [" + ".join(number(one) for one in row) for row in rows]
    longest = max((len(one) for one in ends), default=1)
    if longest > LABEL - 6:  # there would be no place for a bar beside them
        ends = [number(math.fsum(row)) for row in rows]
        longest = max(len(one) for one in ends)
    room = 100 - _percent(longest * LETTER + 2 * SIDE)
    scale = room / (max((math.fsum(row) for row in rows), default=0) or 1)
    drawn, y = _legend(id, [part.name for part in parts])
    for label, row, end in zip(labels, rows, ends, strict=True):
        words, y = _label(label, y)
        drawn.append(words)
        left = 0.0
        for kind, value in enumerate(row):
            if value:
                drawn.append(_rect(id, kind, left, y, value * scale, BAR))
                left += value * scale
        drawn.append(_text(end, left, y + 15, dx=SIDE, bold=True))
        y += BAR + GAP
    return _svg(id, y, drawn)


def columns(id: str, labels: Sequence[str], values: Sequence[Number]) -> Markup:
    """Columns side by side, up to twelve, for a distribution; in per cent where the counts would not fit.

    Every other label gives way on a phone where they are long.
    """
    known = [max(_known(one) or 0.0, 0.0) for one in values]
    each = 100 / max(len(labels), 1)
    words = [number(one) for one in known]
    if any(_percent(len(one) * LETTER) > each for one in words):
        whole = math.fsum(known) or 1
        words = [f"{round(100 * one / whole)}%" for one in known]
    scale = TALL / (max(known, default=0) or 1)
    crowded = any(_percent(len(label) * LETTER) > each for label in labels)
    drawn = []
    for index, (label, value, said) in enumerate(zip(labels, known, words, strict=True)):
        middle, tall = each * (index + 0.5), value * scale
        drawn += [
            _rect(id, 0, each * (index + 0.14), LINE + TALL - tall, each * 0.72, tall),
            _over(said, middle, LINE + TALL - tall - 5, bold=True),
            _over(label, middle, LINE + TALL + 18, name="odd" if crowded and index % 2 else ""),
        ]
    drawn.append(_line(0, LINE + TALL, 100, LINE + TALL, "axis"))
    return _svg(id, LINE + TALL + 26, drawn)


def lines(id: str, labels: Sequence[str], series: Sequence[Series]) -> Markup:
    """A line for this time and, dashed, one for the time before; numbers at the points of the first.

    Every other label and number gives way on a phone.
    """
    known = [one for row in series for value in row.values if (one := _known(value)) is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    scale = (TALL - 24) / ((high - low) or 1)
    each = 100 / max(len(labels), 1)
    drawn, top = _legend(id, [one.name for one in series], line=True) if len(series) > 1 else ([], 0.0)
    floor = top + TALL

    def place(index: int, value: float) -> tuple[float, float]:
        return each * (index + 0.5), floor - (value - low) * scale

    drawn.append(_line(0, place(0, 0)[1], 100, place(0, 0)[1], "axis"))
    for kind, row in enumerate(series[:2]):
        points = [
            place(at, height) if (height := _known(value)) is not None else None
            for at, value in enumerate(row.values)
        ]
        for begin, end in pairwise(points):
            if begin and end:
                drawn.append(_line(*begin, *end, ("now", "before")[kind]))
        for index, point in enumerate(points):
            if point and not kind:
                drawn.append(
                    Markup('<circle cx="{}%" cy="{}" r="4" fill="#14506e"/>').format(
                        _short(point[0]), _short(point[1])
                    )
                )
                drawn.append(_beside(index, len(labels), number(row.values[index]), point[1] - 9, bold=True))
    drawn += [_beside(index, len(labels), label, floor + 20) for index, label in enumerate(labels)]
    return _svg(id, floor + 28, drawn)


# --- inside ---


def _known(value: Number) -> float | None:
    """None for what is no number; huge ones as large as can be drawn."""
    if value is None:
        return None
    try:
        found = float(value)
    except OverflowError:
        found = MOST if value > 0 else -MOST
    if not math.isfinite(found):
        return None
    return max(-MOST, min(MOST, found)) if abs(found) > LEAST else 0.0


def _plain(value: float) -> str:
    shown = f"{value:,.0f}" if abs(value - round(value)) < 0.05 else f"{value:,.1f}"
    return shown.replace(",", "\u202f").replace(".", ",").replace("-0", "0", shown == "-0").replace("-", "−")


def _percent(pixels: float) -> float:
    return pixels / NARROW * 100


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _clean(words: str) -> str:
    """Without characters that no XML may hold."""
    return "".join(
        c for c in words if c in "\t\n\r" or (" " <= c <= "\ud7ff") or ("\ue000" <= c <= "\ufffd") or c > "\uffff"
    )  # fmt: skip


def _label(words: str, y: float) -> tuple[Markup, float]:
    """The label in lines that fit a phone, the third shortened; and where its bar begins."""
    found = textwrap.wrap(_clean(words), LABEL, max_lines=3, placeholder="…") or [""]
    rows = [_text(one, 0, y + 15 + LINE * n) for n, one in enumerate(found)]
    return Markup("").join(rows), y + LINE * len(found) + 2


def _legend(id: str, names: Sequence[str], *, line: bool = False) -> tuple[list[Markup], float]:
    """What the colours mean, a line for each; and where the picture goes on."""
    drawn = []
    for kind, name in enumerate(names):
        y = LINE * kind
        if line:
            drawn.append(_line(0, y + 10, _percent(20), y + 10, ("now", "before")[min(kind, 1)]))
        else:
            drawn.append(_rect(id, kind, 0, y + 4, _percent(13), 13))
        shown = textwrap.shorten(_clean(name), LABEL, placeholder="…")
        drawn.append(_text(shown, _percent(13 if not line else 20), y + 15, dx=SIDE))
    return drawn, LINE * len(names) + SIDE


def _beside(index: int, count: int, words: str, y: float, *, bold: bool = False) -> Markup:
    """Words at a point of a line; where there are many, every other one gives way on a phone."""
    odd = "odd" if count > 6 and index % 2 else ""
    return _over(words, 100 / count * (index + 0.5), y, name=odd, bold=bold)


def _over(words: str, x: float, y: float, *, name: str = "", bold: bool = False) -> Markup:
    """Words around a place; near an edge they lean inwards."""
    half = _percent(len(words) * LETTER / 2)
    if x < half:
        return _text(words, 0, y, name=name, bold=bold)
    if x > 100 - half:
        return _text(words, 100, y, anchor="end", name=name, bold=bold)
    return _text(words, x, y, anchor="middle", name=name, bold=bold)


def _rect(id: str, kind: int, x: float, y: float, wide: float, tall: float) -> Markup:
    fill = Markup(FILLS[min(kind, 2)]).format(id=id)  # noqa: S704 - ours
    return Markup('<rect class="c{}" {} x="{}%" y="{}" width="{}%" height="{}"/>').format(
        min(kind, 2) + 1, fill, _short(x), _short(y), _short(wide), _short(tall)
    )


def _line(x: float, y: float, to_x: float, to_y: float, name: str) -> Markup:
    dash = Markup(' stroke-dasharray="6 4"') if name == "before" else ""
    wide = 1 if name == "axis" else 3
    return Markup(
        '<line class="{}" stroke="#14506e" stroke-width="{}"{} x1="{}%" y1="{}" x2="{}%" y2="{}"/>'
    ).format(name, wide, dash, _short(x), _short(y), _short(to_x), _short(to_y))


def _text(
    words: str,
    x: float,
    y: float,
    *,
    dx: float = 0,
    anchor: str = "start",
    name: str = "",
    bold: bool = False,
) -> Markup:
    return Markup('<text{}{}{}{} font-size="15" x="{}%" y="{}">{}</text>').format(
        Markup(' class="{}"').format(name) if name else "",
        Markup(' dx="{}"').format(_short(dx)) if dx else "",
        Markup(' text-anchor="{}"').format(anchor) if anchor != "start" else "",
        Markup(' font-weight="600"') if bold else "",
        _short(x),
        _short(y),
        escape(_clean(words)),
    )


def _svg(id: str, tall: float, drawn: Sequence[Markup | str]) -> Markup:
    """`id` names the title and the sentence that stand around the picture: `<id>-title`, `<id>-said`."""
    hatch = Markup(
        '<defs><pattern id="{0}-hatch" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<rect width="6" height="6" fill="#fff"/><path d="M0 6L6 0" stroke="#14506e" stroke-width="1.5"/>'
        "</pattern></defs>"
    ).format(id)
    return Markup(
        '<svg class="chart" xmlns="http://www.w3.org/2000/svg" width="100%" height="{}" role="img"'
        ' aria-labelledby="{}-title {}-said">{}{}</svg>'
    ).format(_short(max(tall, 1)), id, id, hatch, Markup("").join(drawn))
