"""Several curators give letters at the same moment: numbers follow one another, a double press gives once."""

from __future__ import annotations

import asyncio

import pytest

from actions import awards, made_documents
from actions.awards import Said
from actions.made_documents import Wanted
from actions.work import Work
from storage.database import Database
from storage.tables import IssuedPaper, School
from tests import build
from tests.conftest import NOW, rows
from tests.pairs import couple


async def given(database: Database, school: School, person: int, name: str, ready: asyncio.Barrier) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.get_one(School, school.id), NOW)
        await ready.wait()
        said = Said("letter", name, (f"person:{person}",), "за терпение", work.today, work.today, work.today)
        await awards.give(work, said)


async def numbered(database: Database, school: School, pair: int, ready: asyncio.Barrier) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.get_one(School, school.id), NOW)
        await ready.wait()
        await made_documents.make(work, Wanted("agreement", pair=pair, number="7", on=work.today))


@pytest.mark.postgres
async def test_numbers_of_many_presses_at_once_follow_one_another(postgres: Database) -> None:
    school = build.school()
    async with postgres.transaction() as session:
        session.add(school)
        await session.flush()
        ids = await couple(session, school)
    ready = asyncio.Barrier(8)
    presses = ["one", "two", "three", "four", "same", "same"]
    await asyncio.gather(
        *(given(postgres, school, ids.mentor, name, ready) for name in presses),
        *(numbered(postgres, school, ids.pair, ready) for _ in range(2)),
    )
    papers = await rows(postgres, IssuedPaper)
    letters = sorted(one.serial for one in papers if one.code == "letter")
    assert letters == [1, 2, 3, 4, 5]
    assert [one.number for one in papers if one.code == "agreement"] == ["7"]
