"""Two adults, two schedulers, a caller and a curator at once: on PostgreSQL nobody waits in a circle."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest

from actions import care, care_alerts, care_apart, pair_life
from actions.work import Work
from program.care import About
from program.errors import Refusal
from program.states import PairStatus
from storage import schools
from storage.database import Database
from storage.tables import HelpRequest, OutboxRow, Pair, School, StaffChat, User
from tests import build
from tests.both import database as database
from tests.conftest import rows
from tests.pairs import couple


async def once(
    database: Database, school_id: int, now: datetime, act: Callable[[Work], Awaitable[object]]
) -> object:
    try:
        async with database.transaction() as session:
            return await act(Work(session, await schools.get(session, school_id), now))
    except Refusal as refusal:
        return refusal.text.id


@pytest.fixture
async def called(database: Database, school: School, now: datetime) -> tuple[int, int, int]:
    """School, pair and card; the curator has a chat."""
    async with database.transaction() as session:
        ours = await schools.get(session, school.id)
        ids = await couple(session, ours)
        user = User(school_id=ours.id, login="vera", role="curator", password_hash="-", created_at=now)
        human = build.person(ours, "Вера", "Взрослая", category="teacher")
        session.add_all([user, human])
        await session.flush()
        session.add(build.address(human))
        session.add(StaffChat(school_id=ours.id, user_id=user.id, person_id=human.id, since=now))
        await session.flush()
        return ids.pair, ids.mentee, await care.call(Work(session, ours, now), ids.mentee, About.TALK)


async def test_of_two_adults_at_once_one_has_it_and_the_other_is_told(
    database: Database, school: School, now: datetime, called: tuple[int, int, int]
) -> None:
    _, _, card = called
    said = await asyncio.gather(
        *(
            once(database, school.id, now, lambda work, who=who: care.take(work.by(f"user:{who}"), card))  # type: ignore[misc]
            for who in (1, 2)
        )
    )
    assert [one for one in said if one == "care-taken-already"] == ["care-taken-already"]
    (row,) = await rows(database, HelpRequest)
    assert row.taken_by in ("user:1", "user:2")  # type: ignore[attr-defined]


async def test_two_schedulers_call_the_next_adult_once(
    database: Database, school: School, now: datetime, called: tuple[int, int, int]
) -> None:
    late = now + timedelta(minutes=31)
    await asyncio.gather(*(once(database, school.id, late, care_alerts.escalate) for _ in range(3)))
    keys = [row.key for row in await rows(database, OutboxRow) if row.key.startswith("care:")]  # type: ignore[attr-defined]
    assert len(keys) == len(set(keys)) == 2


async def test_a_break_and_a_curators_decision_do_not_wait_for_each_other_in_a_circle(
    database: Database, school: School, now: datetime, called: tuple[int, int, int]
) -> None:
    pair_id, mentee, card = called

    async def aside(work: Work) -> object:
        return await care_apart.add(work, mentee, card, "Не хочу встречаться", apart=True)

    async def decided(work: Work) -> object:
        return await pair_life.pause(work, pair_id, "other")

    async def taken(work: Work) -> object:
        return await care.take(work.by("user:1"), card)

    async with asyncio.timeout(20):
        await asyncio.gather(*(once(database, school.id, now, act) for act in (aside, decided, taken)))
    (pair,) = await rows(database, Pair)
    assert pair.status == PairStatus.PAUSED  # type: ignore[attr-defined]
