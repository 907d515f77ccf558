"""Two curators and both sides at once, on a server where transactions really run side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import acceptance, group_life, pair_life, pairs, recalling
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from program.states import HOLDING, PairStatus
from storage import pairs as stored
from storage.database import Database
from storage.tables import JournalEntry, OutboxRow, Pair, Participation, School
from tests import build
from tests.actions.pool import begun, join

FORM, YEAR = "uch_uch", "2026-2027"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
Turn = Callable[..., Awaitable[str]]


async def begin(postgres: Database, now: datetime) -> tuple[School, Turn]:
    """A school, and a way to do one verb in a transaction of its own; its answer is a text id or «done»."""
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)

    async def turn(verb: Callable[..., Awaitable[Any]], *args: Any, **named: Any) -> str:
        try:
            async with postgres.transaction() as session:
                await verb(Work(session, school, now, "user:1"), *args, **named)
        except Refusal as refusal:
            return refusal.text.id
        return "done"

    return school, turn


async def crew(
    postgres: Database, school: School, now: datetime, mentees: int, mentors: int, capacity: int = 1
) -> tuple[list[Participation], list[Participation]]:
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        led = [await join(work, MENTEE, f"Имя{n}") for n in range(mentees)]
        lead = [await join(work, MENTOR, f"Вера{n}", place={"capacity": capacity}) for n in range(mentors)]
    return led, lead


async def taken(postgres: Database, school: School) -> dict[int, int]:
    async with postgres.reading() as session:
        return await stored.holding(session, school.id, YEAR, FORM, HOLDING)


@pytest.mark.postgres
async def test_choosing_announcing_declining_and_replacing_at_once_never_overbook(
    postgres: Database, now: datetime
) -> None:
    school, turn = await begin(postgres, now)
    mentees, mentors = await crew(postgres, school, now, 6, 2, capacity=2)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        first = [await pairs.choose(work, mentees[n].id, mentors[n % 2].id) for n in range(4)]
        await begun(work, *(pair.id for pair in first[:2]))
        await pairs.announce(work, [first[2].id, first[3].id])
        ids = [pair.id for pair in first]

    verbs = [
        turn(pair_life.replace, ids[0], "busy"),
        turn(pair_life.replace, ids[0], "busy"),
        turn(acceptance.decline, mentees[2].person_id, ids[2], "busy"),
        turn(acceptance.agree, mentors[0].person_id, ids[2]),
        turn(acceptance.agree, mentees[3].person_id, ids[3]),
        turn(acceptance.agree, mentors[1].person_id, ids[3]),
        turn(pair_life.substitute, ids[1], mentors[0].id, now.date() + timedelta(days=9)),
        *(turn(pairs.choose, mentees[n].id, mentor.id) for n in (0, 2, 4, 5) for mentor in mentors),
    ]
    answers = await asyncio.wait_for(asyncio.gather(*verbs), 60)

    assert sorted(answers[:2]) == ["done", "pair-not-active"]
    assert all(count <= 2 for count in (await taken(postgres, school)).values())
    async with postgres.reading() as session:
        busy = await stored.places(session, school.id, YEAR, FORM, HOLDING)
        led = [one for place in busy for one, _ in place.mentees]
    assert len(led) == len(set(led)), "nobody is led twice"


@pytest.mark.postgres
async def test_two_who_agree_at_once_begin_one_pair_once(postgres: Database, now: datetime) -> None:
    school, turn = await begin(postgres, now)
    (mentee,), (mentor,) = await crew(postgres, school, now, 1, 1)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        pair = await pairs.choose(work, mentee.id, mentor.id)
        await pairs.announce(work)

    both = [turn(acceptance.agree, one.person_id, pair.id) for one in (mentee, mentor) for _ in range(3)]
    answers = await asyncio.wait_for(asyncio.gather(*both, turn(acceptance.follow)), 60)

    assert set(answers) == {"done"}
    async with postgres.reading() as session:
        assert (await session.scalars(select(Pair.status))).one() == PairStatus.ACTIVE
        begins = select(JournalEntry.id).where(JournalEntry.action == "pair.begun")
        assert len((await session.scalars(begins)).all()) == 1
        told = select(OutboxRow.key).where(OutboxRow.key.startswith("pair-begun:"))
        assert len((await session.scalars(told)).all()) >= 1


@pytest.mark.postgres
async def test_calling_off_and_answering_at_once_end_in_one_or_the_other(
    postgres: Database, now: datetime
) -> None:
    school, turn = await begin(postgres, now)
    mentees, mentors = await crew(postgres, school, now, 4, 4)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        ids = [
            (await pairs.choose(work, one.id, other.id)).id
            for one, other in zip(mentees, mentors, strict=True)
        ]
        await pairs.announce(work)

    recalls = [turn(recalling.recall, [pair_id]) for pair_id in ids for _ in range(2)]
    agrees = [turn(acceptance.agree, one.person_id, pair) for one, pair in zip(mentees, ids, strict=True)]
    await asyncio.wait_for(asyncio.gather(*recalls, *agrees), 60)

    async with postgres.reading() as session:
        for status in await session.scalars(select(Pair.status)):
            assert status in (PairStatus.APPROVED, PairStatus.OFFERED)


@pytest.mark.postgres
async def test_a_groups_last_place_is_given_once(postgres: Database, now: datetime) -> None:
    school, turn = await begin(postgres, now)
    mentees, (mentor,) = await crew(postgres, school, now, 6, 1, capacity=3)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        group = await pairs.make_group(work, FORM, "", "Кот", [mentor.id], [mentees[0].id, mentees[1].id])
        await begun(work, group.id)

    answers = await asyncio.wait_for(
        asyncio.gather(*(turn(group_life.add, group.id, one.id) for one in mentees[2:])), 60
    )

    assert sorted(answers) == ["done", *["match-mentor-full"] * 3]
    assert await taken(postgres, school) == {mentor.id: 3}
