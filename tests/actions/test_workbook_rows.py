"""Rows that we write into a sheet of XlsxWriter's: they stand where they should, or there is no file.

A red test here after an upgrade of the library: see the head of actions/workbook_rows.py.
"""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from actions.workbook import Count, Page, Remark, Share, workbook
from actions.workbook_rows import Sheet
from tests import build

MOMENT = datetime(2026, 11, 22, 15, 30)
ROW = ("Котова", 3, 1.5, date(2026, 11, 22), MOMENT, Share(1, 4), Count(7), None)
PAGE = Page("Лист", tuple("абвгдежз"), [ROW], "Название", ("Строка",), [Remark("Под таблицей")])


def test_a_row_of_every_kind_of_value_stands_between_the_titles_and_the_remark() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([PAGE], build.NOW))).worksheets[0]
    read = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    told = ["Котова", 3, 1.5, datetime(2026, 11, 22), MOMENT, 0.25, 7]
    assert read == [["Название"], ["Строка"], [], list("абвгдежз"), told, [], ["Под таблицей"]]


def test_long_words_get_as_many_lines_as_they_need_in_every_office() -> None:
    rows = [("коротко", 1), ("длинно " * 10, 2), ("одна\nвторая\nтретья", 3)]
    page = Page("Лист", ("Название", "Количество наставляемых из числа обучающихся"), rows, widths=(20, 14))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook([page], build.NOW))).worksheets[0]
    assert [sheet.row_dimensions[number].height for number in (1, 2, 3, 4)] == [75, None, 60, 45]


def test_there_is_no_file_without_rows_where_the_library_goes_another_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Sheet, "_write_rows", Worksheet._write_rows)
    with pytest.raises(RuntimeError):
        workbook([PAGE], build.NOW)
