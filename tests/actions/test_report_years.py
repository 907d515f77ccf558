"""Reports of a school year that is over: its totals, its people in their classes of then, its questionnaires."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from actions import comparisons, erasure, reports, school_settings
from actions.reports.asked import asked
from actions.work import Work
from program.instruments_reading import shipped
from program.partners import PartnerState
from program.report_settings import ReportSettings
from program.retention import Basis
from program.roles import Category, Side
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import Instrument, Participation, Partner, School
from tests import build
from tests.actions.files import table
from tests.actions.test_comparisons import PUPILS, fill, people
from tests.actions.year import NEW, OLD, Season, in_june, season, turned
from tests.both import either as either


async def prepared(work: Work) -> Season:
    totals = {"pupils_10_19": 500, "pupils_15_19": 90, "young_teachers": 6, "organisations": 20}
    work.school.settings = {**work.school.settings, "reports": ReportSettings(totals={OLD: totals}).to_json()}
    found = await season(work.session, work.school)
    of_graduate = select(Participation).where(Participation.person_id == found.graduate)
    (await work.session.scalars(of_graduate)).one().enrolled_at = work.now
    return found


@pytest.fixture
async def made(work: Work) -> Season:
    return await prepared(work)


async def rows(work: Work, name: str, sheet: str = "", header: str = "№", year: str = OLD) -> list[list[Any]]:
    return table((await reports.make(work, name, year))[1], sheet, header)[1:]


async def test_a_year_that_is_over_keeps_its_totals_its_classes_and_its_numbers(
    either: Database, now: datetime
) -> None:
    async with either.transaction() as session:
        session.add(build.school(now=now))
        await session.flush()
        work = Work(session, (await session.scalars(select(School))).one(), now)
        await keeps(work, await prepared(work))


async def keeps(work: Work, made: Season) -> None:
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


async def test_a_year_that_was_left_in_the_settings_keeps_them_too(work: Work) -> None:
    [one] = await people(work, 1)
    place = (await work.session.scalars(select(Participation))).one()
    place.enrolled_at, place.status = work.now, ParticipationStatus.FINISHED
    await work.session.flush()
    settings = replace(work.settings, year=NEW, pupils=640)
    await school_settings.save(work, settings, name="Школа № 1", city="", timezone=work.school.timezone)
    one.class_name, one.category = "", Category.ALUMNUS
    await work.session.flush()
    autumn = in_june(work, days=130)
    assert (await rows(autumn, "coverage", "Т2 Обучающиеся", "Учебный год"))[0][1:3] == [583, 1]


async def test_satisfaction_of_a_year_that_is_over_has_its_questions_and_its_people(
    work: Work, made: Season
) -> None:
    for one in await people(work, 6):
        await fill(work, one, f"PRE_{PUPILS}", C01=4, S02=5)
        await fill(work, one, f"POST_{PUPILS}", C01=8, S02=7)
    await comparisons.sum_up(work, Side.MENTEE)
    june, autumn = in_june(work), in_june(work, days=130)
    before = {
        name: [page.rows for page in (await reports.known(name).build(june, asked(june, OLD))).pages]
        for name in ("satisfaction", "dynamics")
    }
    await turned(june, made)
    # Next year the questionnaire has lost a question; what was answered then stays in its report.
    body = next(one for one in shipped() if one.code == f"POST_{PUPILS}").body
    shorter = {**body, "version": 2, "questions": [one for one in body["questions"] if one["id"] != "S02"]}
    work.session.add(
        Instrument(
            school_id=work.school.id, code=f"POST_{PUPILS}", version=2, title="", body=shorter, sha256="",
            published_at=autumn.now,
        )
    )  # fmt: skip
    await work.session.flush()
    for name, then in before.items():
        built = await reports.known(name).build(autumn, asked(autumn, OLD))
        assert [page.rows for page in built.pages] == then, name
    found = {row[0] for row in await rows(autumn, "dynamics", header="Показатель")}
    assert "R2. Интерес к учёбе" in found


async def test_partners_of_a_year_are_those_of_its_end(work: Work, made: Season) -> None:
    june, autumn = in_june(work), in_june(work, days=130)
    for name, at, archived in (
        ("Завод", work.now, autumn.now),
        ("Бывший", work.now, work.now),
        ("Новый", autumn.now, None),
    ):
        state = PartnerState.ARCHIVED if archived else PartnerState.ACTIVE
        work.session.add(
            Partner(
                school_id=work.school.id, kind="enterprise", name=name, state=state, created_at=at, changed_at=at,
                archived_at=archived,
            )
        )  # fmt: skip
    await turned(june, made)
    assert [row[1] for row in await rows(autumn, "partners")] == ["Завод"]
    assert [row[1] for row in await rows(autumn, "partners", year=NEW)] == ["Новый"]
