"""Pictures of numbers: whatever the numbers are, valid XML, nothing outside of the frame, no word that becomes code."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from actions import charts
from actions.charts import LETTER, NARROW, Number, Series, number

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = st.one_of(
    st.none(), st.just(0), st.integers(-50, 50), st.integers(-(10**400), 10**400), st.floats(),
)  # fmt: skip
LABEL = st.text(max_size=60)


def read(svg: Markup) -> ElementTree.Element:
    root = ElementTree.fromstring(str(svg))
    assert root.tag == f"{SVG}svg"
    assert "viewBox" not in root.attrib
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", str(svg))
    return root


def outside(svg: Markup) -> list[str]:
    """What does not lie inside the picture on the narrowest phone."""
    root = read(svg)
    tall = float(root.attrib["height"])
    wrong = []
    for one in root.iter():
        at = one.attrib
        if one.tag == f"{SVG}text":
            words = one.text or ""
            wide, x = len(words) * LETTER, pixels(at["x"]) + float(at.get("dx", 0))
            x -= {"start": 0.0, "middle": wide / 2, "end": wide}[at.get("text-anchor", "start")]
            box = (x, x + wide, float(at["y"]) - 12, float(at["y"]))
        elif one.tag == f"{SVG}rect" and at["width"].endswith("%"):
            x, y = pixels(at["x"]), float(at["y"])
            box = (x, x + pixels(at["width"]), y, y + float(at["height"]))
        elif one.tag == f"{SVG}line":
            xs, ys = (pixels(at["x1"]), pixels(at["x2"])), (float(at["y1"]), float(at["y2"]))
            box = (min(xs), max(xs), min(ys), max(ys))
        else:
            continue
        if box[0] < -0.5 or box[1] > NARROW + 0.5 or box[2] < -0.5 or box[3] > tall + 0.5 or box[1] < box[0]:
            wrong.append(f"{one.tag} {box} {one.text}")
    return wrong


def pixels(percent: str) -> float:
    return float(percent.removesuffix("%")) / 100 * NARROW


@given(st.data(), st.lists(LABEL, min_size=1, max_size=8), st.integers(1, 2))
@settings(max_examples=80, deadline=None)
def test_bars_of_any_numbers_stay_in_their_frame(data: st.DataObject, labels: list[str], kinds: int) -> None:
    series = [Series(data.draw(LABEL), some(data, labels)) for _ in range(kinds)]
    assert outside(charts.bars("one", labels, series)) == []


@given(st.data(), st.lists(LABEL, min_size=1, max_size=6), st.integers(1, 4))
@settings(max_examples=80, deadline=None)
def test_stacked_bars_of_any_numbers_stay_in_their_frame(
    data: st.DataObject, labels: list[str], kinds: int
) -> None:
    parts = [Series(data.draw(LABEL), some(data, labels)) for _ in range(kinds)]
    assert outside(charts.stacked("one", labels, parts)) == []


@given(st.lists(NUMBER, min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_columns_of_any_numbers_stay_in_their_frame(values: list[Number]) -> None:
    assert outside(charts.columns("one", [str(n) for n, _ in enumerate(values, 1)], values)) == []


@given(st.lists(st.tuples(NUMBER, NUMBER), min_size=1, max_size=12))
@settings(max_examples=80, deadline=None)
def test_lines_of_any_numbers_stay_in_their_frame(values: list[tuple[Number, Number]]) -> None:
    now, before = Series("сейчас", [one for one, _ in values]), Series("раньше", [two for _, two in values])
    assert outside(charts.lines("one", ["сен"] * len(values), [now, before])) == []


def some(data: st.DataObject, labels: list[str]) -> list[Number]:
    return data.draw(st.lists(NUMBER, min_size=len(labels), max_size=len(labels)))


def test_no_labels_at_all_make_an_empty_picture() -> None:
    assert outside(charts.bars("one", [], [Series("", [])])) == []
    assert outside(charts.stacked("one", [], [Series("", [])])) == []
    assert outside(charts.columns("one", [], [])) == []
    assert outside(charts.lines("one", [], [Series("", [])])) == []


def test_a_label_never_becomes_code() -> None:
    hostile = '"><script>alert(1)</script>&amp;\x00\ud800'
    for svg in (
        charts.bars("one", [hostile], [Series(hostile, [1]), Series("б", [2])]),
        charts.stacked("one", [hostile], [Series(hostile, [1])]),
        charts.columns("one", [hostile], [1]),
        charts.lines("one", [hostile], [Series(hostile, [1]), Series("б", [2])]),
    ):
        root = read(svg)
        assert "<script" not in str(svg)
        assert any("script" in (text.text or "") for text in root.iter(f"{SVG}text"))


def test_numbers_are_printed_where_they_are_drawn_and_longer_bars_are_longer() -> None:
    root = read(charts.bars("one", ["а", "б", "в"], [Series("", [40, 10, None])]))
    wide = [float(one.attrib["width"][:-1]) for one in root.iter(f"{SVG}rect") if "%" in one.attrib["width"]]
    assert wide == [pytest.approx(4 * wide[1], rel=0.01), wide[1]]
    assert [text.text for text in root.iter(f"{SVG}text")] == ["а", "40", "б", "10", "в", "нет"]


def test_a_fall_is_drawn_to_the_other_side_of_zero() -> None:
    root = read(charts.bars("one", ["а", "б"], [Series("", [-2, 2])]))
    down, up = (one for one in root.iter(f"{SVG}rect") if "%" in one.attrib["width"])
    assert pixels(down.attrib["x"]) + pixels(down.attrib["width"]) == pytest.approx(
        pixels(up.attrib["x"]), abs=0.1
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (1200, "1\u202f200"), (3.5, "3,5"), (-2, "−2"), (-0.01, "0"), (1_250_000, "1,2 млн"),
        (float("nan"), "нет"), (None, "нет"), (10**30, "больше 999 трлн"), (8.04, "8"), (-(10**30), "меньше −999 трлн"),
    ],
)  # fmt: skip
def test_a_number_reads_like_in_russian(value: Number, words: str) -> None:
    assert number(value) == words
