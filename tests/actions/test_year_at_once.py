"""Two curators press at the same moment, somebody takes a consent back meanwhile: once, whole, nobody waits in a circle."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import consent_talk, exporting, year_back, year_turn, year_turning, year_words
from actions.work import Work
from program.channels import Channel
from program.consents import ConsentKind
from program.errors import Refusal
from program.school_years import Question
from scheduler.packer import Packer
from storage.database import Database
from storage.tables import ExportJob, ExportPart, Pair, School, YearTurn, YearWord
from tests import build
from tests.actions.test_year_turn import everything, loose_ends
from tests.actions.year import JUNE, NEW, OLD, Season, chosen, season
from tests.both import database as database
from tests.conftest import rows


async def begin(database: Database) -> tuple[School, Season, int]:
    school = build.school()
    async with database.transaction() as session:
        session.add(school)
        await session.flush()
        made = await season(session, school)
        turn = await chosen(Work(session, school, JUNE), made)
        return school, made, turn.version


async def pressed(database: Database, school: School, version: int, ready: asyncio.Barrier) -> str:
    try:
        async with database.transaction() as session:
            work = Work(session, await session.get_one(School, school.id), JUNE)
            await ready.wait()
            await year_turning.turn(work, version)
    except Refusal as refusal:
        return refusal.text.id
    return "turned"


@pytest.mark.postgres
async def test_of_two_curators_who_press_at_once_one_turns_the_year(postgres: Database) -> None:
    school, _, version = await begin(postgres)
    ready = asyncio.Barrier(2)
    said = Counter(await asyncio.gather(*(pressed(postgres, school, version, ready) for _ in range(2))))
    assert said["turned"] == 1
    assert len([one for one in await rows(postgres, Pair) if one.year == NEW]) == 1


@pytest.mark.postgres
async def test_answers_and_consents_at_the_same_moment_neither_hang_nor_tear(postgres: Database) -> None:
    school, made, version = await begin(postgres)
    ready = asyncio.Barrier(3)

    async def takes_back() -> None:
        async with postgres.transaction() as session:
            work = Work(session, await session.get_one(School, school.id), JUNE, channel=Channel.WEB)
            await ready.wait()
            who = made.closing_mentee
            await consent_talk.withdraw(work, who, who, [ConsentKind.PD], channel=Channel.WEB)

    async def says_no() -> None:
        async with postgres.transaction() as session:
            work = Work(session, await session.get_one(School, school.id), JUNE)
            asked = (YearWord.person_id == made.closing_mentor, YearWord.question == Question.AGAIN)
            word = (await session.scalars(select(YearWord).where(*asked))).one()
            await ready.wait()
            await year_words.say(work, made.closing_mentor, word.id, "no")

    done = await asyncio.wait_for(
        asyncio.gather(
            pressed(postgres, school, version, ready), takes_back(), says_no(), return_exceptions=True
        ),
        30,
    )
    assert not [one for one in done if isinstance(one, BaseException) and not isinstance(one, Refusal)], done
    (turn,) = await rows(postgres, YearTurn)
    assert isinstance(turn, YearTurn)
    async with postgres.reading() as session:
        year = (await session.get_one(School, school.id)).settings.get("year", OLD)
    assert (turn.done_at is not None) == (year == NEW)


@pytest.mark.postgres
async def test_of_two_who_take_it_back_one_does(postgres: Database) -> None:
    school, _, version = await begin(postgres)
    await pressed(postgres, school, version, asyncio.Barrier(1))
    ready = asyncio.Barrier(2)

    async def back() -> str:
        try:
            async with postgres.transaction() as session:
                work = Work(session, await session.get_one(School, school.id), JUNE + timedelta(hours=1))
                await ready.wait()
                found = await year_back.undo(work)
        except Refusal as refusal:
            return refusal.text.id
        return f"back {found.kept}"

    said = sorted(await asyncio.gather(back(), back()))
    assert said[0] == "back {}"
    assert said[1].startswith("year-undo")
    assert {one.year for one in await rows(postgres, Pair)} == {OLD}


@pytest.mark.postgres
async def test_two_processes_make_one_archive(postgres: Database) -> None:
    school, _, _ = await begin(postgres)
    async with postgres.transaction() as session:
        await exporting.ask(Work(session, await session.get_one(School, school.id), JUNE))

    async def works() -> None:
        packer = Packer(postgres, lambda: JUNE, hands=0)
        while await packer.export():
            pass

    await asyncio.gather(works(), works())
    (job,) = await rows(postgres, ExportJob)
    parts = await rows(postgres, ExportPart)
    assert isinstance(job, ExportJob)
    assert (job.done, job.ready_at) == (job.total, JUNE)
    assert len(parts) == job.total


async def test_the_wizard_begun_twice_is_one(database: Database) -> None:
    school = build.school()
    async with database.transaction() as session:
        session.add(school)
    for _ in range(2):
        async with database.transaction() as session:
            await year_turn.begin(Work(session, await session.get_one(School, school.id), JUNE))
    assert len(await rows(database, YearTurn)) == 1


async def test_turned_and_taken_back_on_either_engine(database: Database) -> None:
    school, made, version = await begin(database)
    async with database.transaction() as session:
        work = Work(session, await session.get_one(School, school.id), JUNE)
        await loose_ends(work, made)
        before = await everything(work)
    assert await pressed(database, school, version, asyncio.Barrier(1)) == "turned"
    async with database.transaction() as session:
        found = await year_back.undo(Work(session, await session.get_one(School, school.id), JUNE))
    assert found.kept == {}
    async with database.transaction() as session:
        after = await everything(Work(session, await session.get_one(School, school.id), JUNE))
    assert {name for name, found in after.items() if found != before[name]} == set()
