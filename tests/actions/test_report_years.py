"""Reports of a school year that is over: its totals, its people in their classes of then, its questionnaires."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from actions import erasure, reports, school_settings
from actions.work import Work
from program.report_settings import ReportSettings
from program.retention import Basis
from storage.tables import Participation
from tests.actions.files import table
from tests.actions.year import NEW, OLD, Season, in_june, season, turned


@pytest.fixture
async def made(work: Work) -> Season:
    totals = {"pupils_10_19": 500, "pupils_15_19": 90, "young_teachers": 6, "organisations": 20}
    work.school.settings = {**work.school.settings, "reports": ReportSettings(totals={OLD: totals}).to_json()}
    found = await season(work.session, work.school)
    of_graduate = select(Participation).where(Participation.person_id == found.graduate)
    (await work.session.scalars(of_graduate)).one().enrolled_at = work.now
    return found


async def rows(work: Work, name: str, sheet: str = "", header: str = "№", year: str = OLD) -> list[list[Any]]:
    return table((await reports.make(work, name, year))[1], sheet, header)[1:]


async def test_a_year_that_is_over_keeps_its_totals_its_classes_and_its_numbers(
    work: Work, made: Season
) -> None:
    june, autumn = in_june(work), in_june(work, days=130)
    covered = await rows(june, "coverage", "Т2 Обучающиеся", "Учебный год")
    first = await rows(june, "coverage", "Т1 Базы", "База")
    six = await rows(june, "federal")
    assert covered[0][1:3] == [583, 4]
    assert six[0][2:4] == [2, 500]

    await turned(june, made)
    settings = replace(work.settings, pupils=640, teachers=70)
    await school_settings.save(autumn, settings, name="Школа № 1", city="", timezone=work.school.timezone)
    listed = {row[1]: row[8] for row in await rows(autumn, "mentees")}
    assert listed["Нова Ира"] == "Школа № 1"
    assert {row[1]: row[3] for row in await rows(autumn, "mentors")}["Выпускной Глеб"] == "Школа № 1, 11А"
    await erasure.erase(autumn, made.closing_mentee, Basis.RETENTION)

    assert (await rows(autumn, "coverage", "Т2 Обучающиеся", "Учебный год"))[0] == covered[0]
    assert await rows(autumn, "coverage", "Т1 Базы", "База") == first
    assert [row[2:5] for row in await rows(autumn, "federal")] == [row[2:5] for row in six]
    assert (await rows(autumn, "coverage", "Т2 Обучающиеся", "Учебный год", NEW))[0][1] == 640
    before = (await rows(autumn, "coverage", "Т2 Обучающиеся", "Учебный год", NEW))[1]
    assert before[:4] == covered[0][:4]
