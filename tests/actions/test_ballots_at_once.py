"""Many who answer an anonymous poll at the same moment, on either engine: nobody is lost, nobody counts twice."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from actions import assignments, ballots
from actions.audiences import Audience
from actions.sealing import Box
from actions.work import Work
from program.ballots import PEOPLE
from program.errors import Refusal
from storage.database import Database
from storage.tables import Ballot, School
from tests.actions.test_comparisons import people
from tests.both import database as database
from tests.conftest import rows

BOX = Box("key", "ballots")


@pytest.fixture
async def known(database: Database, school: School, now: datetime) -> list[int]:
    """Twelve pupils who were asked."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        found = [one.id for one in await people(work, 12)]
        await assignments.send(work, "HONEST", Audience(), now.date().replace(day=28))
    return found


async def test_twelve_at_once_are_twelve(
    database: Database, school: School, now: datetime, known: list[int]
) -> None:
    async def answers(person_id: int) -> bool:
        async with database.transaction() as session:
            work = Work(session, await session.merge(school, load=False), now)
            await ballots.cast(work, BOX, person_id, "HONEST", {"HONEST.1": 1 + person_id % 10})
        return True

    said = await asyncio.gather(*(answers(one) for one in (*known, *known)), return_exceptions=True)
    assert said.count(True) == 12
    refused = [one for one in said if one is not True]
    assert {one.text.id for one in refused if isinstance(one, Refusal)} == {"poll-answered"}
    (ballot,) = await rows(database, Ballot)
    assert isinstance(ballot, Ballot)
    assert (ballot.people, ballot.answered) == (12, sorted(known))
    assert ballot.told["HONEST.1"][PEOPLE] == 5
    assert len(BOX.open(ballot.waiting)["HONEST.1"]) == 7
