"""A chart as a picture of points (PNG), to be pasted where no SVG is taken: a letter, a slide, a Word file.

The picture says by itself what it is: its title stands above, its letters come with us (`fonts/vendor.toml`), so that it
looks alike on every machine.
"""

from __future__ import annotations

import re
import textwrap
from functools import cache
from pathlib import Path

import typst
from markupsafe import escape

from actions.charts import Chart

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Noto Sans"
WIDE = 720  # px of the picture; printed it is as wide as a page of A4 with its margins
EDGE = 24
SHARP = 2  # points for each px
HEAD, HEAD_LETTERS = 26, 58  # px of a line of the title, letters in it
# Typst is here for its drawing of an SVG (resvg): 11 ms a picture.
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))"""
_SHARE = re.compile(r' (x|x1|x2|cx|width)="([\d.]+)%"')
_FRAME = re.compile(r'^<svg class="chart"[^>]* height="([\d.]+)"[^>]*>')


@cache
def _letters() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def png(chart: Chart) -> bytes:
    """The picture on white, twice as sharp as a screen of 720 px; the same chart gives the same bytes."""
    found = _FRAME.match(str(chart.svg))
    assert found is not None
    tall = float(found[1])
    inside = str(chart.svg)[found.end() : -len("</svg>")]
    drawn = _SHARE.sub(lambda one: f' {one[1]}="{float(one[2]) / 100 * (WIDE - 2 * EDGE):.2f}"', inside)
    title = textwrap.wrap(chart.title, HEAD_LETTERS, max_lines=3, placeholder="…")
    head = EDGE + HEAD * len(title)
    words = "".join(
        f'<text x="{EDGE}" y="{EDGE + HEAD * n + 16}" font-size="19" font-weight="700">{escape(line)}</text>'
        for n, line in enumerate(title)
    )
    height = int(head + tall + EDGE) + 1
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE}" height="{height}" font-family="{FAMILY}" fill="#1b1b1b">'
        f'<rect width="{WIDE}" height="{height}" fill="#fff"/>{words}'
        f'<g transform="translate({EDGE} {head + 4})">{drawn}</g></svg>'
    )
    made: bytes = typst.compile(
        PAGE,
        format="png",
        ppi=72 * SHARP,
        sys_inputs={"svg": svg, "width": f"{WIDE}pt"},
        font_paths=_letters(),
    )
    return made
