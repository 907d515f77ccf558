"""The report for the head as Word opens it: the page's numbers, its pictures, and nothing of fewer than five people."""

from __future__ import annotations

import io
import struct
from dataclasses import replace

import pytest
from docx import Document
from docx.document import Document as File

from actions import head_report, report_charts, year_numbers
from actions.chart_pictures import SHARP, WIDE, png
from actions.charts import Chart, Series, bars, columns, lines, stacked
from actions.work import Work
from locales import Texts
from program.periods import period
from tests.actions.season import YEAR, Season
from tests.numbers import LATER, a_season, pairs_of


@pytest.fixture
async def later(work: Work) -> Work:
    await a_season(work)
    return replace(work, now=LATER)


def opened(data: bytes) -> File:
    return Document(io.BytesIO(data))


def words(file: File) -> str:
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(line.text for line in file.paragraphs), *cells])


async def test_the_report_says_what_the_page_says_on_the_schools_paper(later: Work) -> None:
    later.school.settings = later.school.settings | {
        "operator": "МБОУ «СОШ № 1», Пермь",
        "curator_name": "Анна К.",
    }
    name, data = await head_report.build(later, period(YEAR))
    file = opened(data)
    said = words(file)
    assert name == "Отчёт_для_руководителя_2026-11-22.docx"
    assert file.paragraphs[0].text == "МБОУ «СОШ № 1», Пермь"
    board = await year_numbers.board(later, period(YEAR))
    for chart in report_charts.outward(Texts(), later, board):
        assert said.count(chart.said) == 2, "below its picture and among the conclusions"
    assert [cell.text for cell in file.tables[0].rows[4].cells][:2] == [
        "Встречи состоялись",
        str(board.now.meetings),
    ]
    assert "5. Предложения" in said
    assert "Анна К." in said
    pictures = [one for one in file.part.related_parts.values() if one.content_type == "image/png"]
    assert len(pictures) == 4


async def test_marks_that_may_not_be_shown_are_one_sentence_and_no_conclusion(work: Work) -> None:
    await pairs_of(Season(work), "uch_uch.lider_tihonya", 3)
    file = opened((await head_report.build(replace(work, now=LATER), period(YEAR)))[1])
    said = words(file)
    assert [line for line in said.splitlines() if "Показывать пока нечего" in line] == [
        "Оценки встреч наставляемыми. Показывать пока нечего: нужен законченный месяц, в котором ответили хотя бы пять человек."
    ]
    assert not any(table.rows[0].cells[0].text == "Оценка" for table in file.tables)
    concluded = said.split("3. Выводы")[1].split("\n4. ")[0]
    assert "Часть чисел скрыта" not in concluded
    assert "Состоявшихся встреч пока нет." in concluded


async def test_a_part_of_a_year_is_taken_out_alone_and_twice_alike(later: Work) -> None:
    _, data = await head_report.build(later, period(YEAR, "m10"))
    assert "С 1 октября 2026 по 31 октября 2026" in words(opened(data))
    assert (await head_report.build(later, period(YEAR, "m10")))[1] == data


async def test_what_leaves_the_school_tells_nothing_of_one_to_four(work: Work) -> None:
    await pairs_of(Season(work), "uch_uch.lider_tihonya", 3)
    later = replace(work, now=LATER)
    board = await year_numbers.board(later, period(YEAR))
    assert (board.stages[2], sum(board.forms["uch_uch"])) == (6, 3)
    told = {chart.id: chart for chart in report_charts.outward(Texts(), later, board)}
    assert {cell for row in told["forms"].rows for cell in row.cells} == {"скрыто"}
    assert told["forms"].said == "Часть чисел скрыта: за ними меньше 5 человек."
    assert ">3<" not in told["forms"].svg
    said = words(opened((await head_report.build(later, period(YEAR)))[1]))
    assert "Наставники в базе\nскрыто" in said


async def test_an_empty_school_gets_a_report_too(work: Work) -> None:
    assert "Состоявшихся встреч пока нет." in words(opened((await head_report.build(work, period(YEAR)))[1]))


def test_every_kind_of_picture_becomes_points_with_its_title() -> None:
    one = [Series("в начале <&>", [1, None, 3.5])]
    labels = ["первая", "вторая", "третья"]
    for svg in (
        bars("a", labels, one), stacked("b", labels, one), columns("c", labels, [1, 2, 3]), lines("d", labels, one),
    ):  # fmt: skip
        data = png(Chart("x", "Что «показано» & <ещё> " * 5, "", svg, (), ()))
        assert data[:8] == b"\x89PNG\r\n\x1a\n"
        wide, tall = struct.unpack(">II", data[16:24])
        assert wide == WIDE * SHARP
        assert tall > 200
