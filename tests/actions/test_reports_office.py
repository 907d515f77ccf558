"""The reports as another office reads them: LibreOffice opens the file and saves each sheet as text."""

from __future__ import annotations

import csv
import io
import subprocess
from pathlib import Path

import pytest

from actions import reports
from actions.reports import mentees
from actions.work import Work
from program.roles import Category, Side
from tests.actions.files import converted, opened
from tests.actions.season import YEAR, seed_000
from tests.actions.test_reports import HOSTILE, answered

pytestmark = pytest.mark.office

# Separator ;  quote "  UTF-8  from line 1; cells as shown; every sheet into a file of its own.
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):59,34,76,1,,1033,false,false,true,false,false,-1"


def sheets(folder: Path, data: bytes) -> dict[str, list[list[str]]]:
    """Rows of every sheet by its name, empty cells at the end left out."""
    converted(folder, data, EVERY_SHEET, expect="")
    found = {}
    for file in folder.glob("list-*.csv"):
        rows = csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline=""), delimiter=";")
        found[file.stem.removeprefix("list-")] = [stripped(row) for row in rows]
    return found


def stripped(row: list[str]) -> list[str]:
    while row and not row[-1]:
        row = row[:-1]
    return row


async def test_the_coverage_opens_with_its_numbers(work: Work, tmp_path: Path) -> None:
    await seed_000(work)
    _, data = await reports.make(work, "coverage", YEAR)
    found = sheets(tmp_path, data)

    assert set(found) == {"Т1 Базы", "Т2 Обучающиеся", "Т3 Педагоги", "Т4 Формы и модели", "Правила подсчёта"}
    pupils, teachers = ([row[:8] for row in found[name]] for name in ("Т2 Обучающиеся", "Т3 Педагоги"))
    assert [YEAR, "583", "68", "11.7%", "57", "9.8%", "11", "1.9%"] in pupils
    assert [YEAR, "51", "19", "37.3%", "4", "7.8%", "15", "29.4%"] in teachers
    assert ["Учитель – ученик", "Учитель – одарённый ребёнок", "23", "2", "11", "30"] in found[
        "Т4 Формы и модели"
    ]
    assert ["Всего", "", "39", "5", "26", "61"] in found["Т4 Формы и модели"]
    assert ["База наставляемых", "Всего", "", "98", "61"] in found["Т1 Базы"]


async def test_the_base_opens_with_names_dates_and_harmless_words(work: Work, tmp_path: Path) -> None:
    season = await seed_000(work)
    first = (await season.people(1, Category.PUPIL))[0]
    first.last_name, first.phone = "Абрикосова", "+79001234567"
    await season.places([first], Side.MENTEE, "uch_uch")
    await answered(work, first.id, "INT_ME_P", {"INT_ME_P.1": HOSTILE[0]})
    _, data = await reports.make(work, "mentees", YEAR)
    rows = sheets(tmp_path, data)["База наставляемых"]

    head = rows.index(list(mentees.COLUMNS))
    assert rows[head + 1][1:6] == [
        first.full_name,
        "+79001234567",
        str(first.birth_date.year if first.birth_date else ""),
        HOSTILE[0],
        "01.09.2026",
    ]
    numbers = [row[0] for row in rows[head + 1 :] if row]
    assert numbers[:99] == [str(number) for number in range(1, 100)]


async def test_every_report_opens_with_all_its_sheets_and_cells(work: Work, tmp_path: Path) -> None:
    await seed_000(work)
    files = []
    for report in reports.REPORTS:
        _, data = await reports.make(work, report.name, YEAR)
        files.append(tmp_path / f"{report.name}.xlsx")
        files[-1].write_bytes(data)
    opened_by_office(tmp_path, files)
    for file in files:
        for sheet in opened(file.read_bytes()).worksheets:
            made = tmp_path / f"{file.stem}-{sheet.title}.csv"
            rows = list(csv.reader(io.StringIO(made.read_text(encoding="utf-8"), newline=""), delimiter=";"))
            ours = [
                [cell for cell in row if isinstance(cell, str)] for row in sheet.iter_rows(values_only=True)
            ]
            for line, told in zip(rows, ours, strict=False):
                assert set(told) <= set(line), made.name


def opened_by_office(folder: Path, files: list[Path]) -> None:
    """All at once: starting the office takes longer than reading."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", EVERY_SHEET, "--outdir", folder, *files],
        check=True,
        capture_output=True,
        timeout=180,
    )
