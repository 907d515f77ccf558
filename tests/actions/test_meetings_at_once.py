"""Two people press at once, on a server where transactions really run side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from actions import gatherings, meeting_outcomes, meeting_series, meetings
from actions.gatherings import Draft
from actions.work import Work
from program.errors import Refusal
from program.series import Repeat
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage import meetings as stored
from storage.database import Database
from storage.tables import Attendance, Gathering, Meeting, Person
from tests import build
from tests.conftest import rows
from tests.pairs import Couple, couple

pytestmark = pytest.mark.postgres
FIRST = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)
Turn = Callable[..., Awaitable[str]]


async def begin(postgres: Database, now: datetime) -> tuple[Couple, Turn]:
    """A pair, and a way for one of them to do one verb in a transaction of its own."""
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
        await session.flush()
        ids = await couple(session, school, starts_on=date(2026, 9, 1))

    async def turn(
        verb: Callable[..., Awaitable[Any]], who: int | None, *args: Any, at: datetime = now, **named: Any
    ) -> str:
        try:
            async with postgres.transaction() as session:
                work = Work(session, school, at)
                people = [] if who is None else [await session.get_one(Person, who)]
                await verb(work, *people, *args, **named)
        except Refusal as refusal:
            return refusal.text.id
        return "done"

    return ids, turn


async def found(postgres: Database) -> list[Meeting]:
    return [one for one in await rows(postgres, Meeting) if isinstance(one, Meeting)]


async def test_a_series_is_made_once_whoever_presses_how_often(postgres: Database, now: datetime) -> None:
    ids, turn = await begin(postgres, now)
    repeat = Repeat(1, date(2026, 10, 28))
    both = [
        turn(meetings.propose, who, ids.pair, [FIRST], MeetingFormat.OFFLINE, repeat=repeat)
        for who in (ids.mentor, ids.mentee)
    ]
    assert sorted(await asyncio.gather(*both)) == ["done", "meeting-open-already"]
    (offer,) = await found(postgres)
    other = ids.mentee if offer.proposed_by == ids.mentor else ids.mentor
    said = await asyncio.gather(*(turn(meetings.accept, other, offer.id, 0, 0) for _ in range(4)))
    assert set(said) == {"done"}
    assert len(await found(postgres)) == 7


async def test_a_move_and_calling_all_off_come_one_after_the_other(postgres: Database, now: datetime) -> None:
    ids, turn = await begin(postgres, now)
    await turn(
        meetings.propose,
        ids.mentor,
        ids.pair,
        [FIRST],
        MeetingFormat.OFFLINE,
        repeat=Repeat(1, date(2026, 10, 28)),
    )
    first = (await found(postgres))[0]
    await turn(meetings.accept, ids.mentee, first.id, 0)
    for one in (await found(postgres))[:3]:
        said = await asyncio.gather(
            turn(meetings.move, ids.mentor, one.id, [FIRST + timedelta(days=1)]),
            turn(meeting_series.call_off_rest, ids.mentee, one.id),
            turn(meetings.set_link, ids.mentor, one.id, "https://vk.com/call/1"),
        )
        assert set(said) <= {"done", "meeting-over", "meeting-link-not-now"}
    async with postgres.reading() as session:
        known = await stored.of_pair(session, ids.pair)
    # The first may have been moved before the rest was called off; the others of the series are off.
    assert {one.status for one in known[1:]} <= {MeetingStatus.CANCELLED, MeetingStatus.PROPOSED}


async def test_the_first_answer_decides_and_nobody_is_counted_twice(
    postgres: Database, now: datetime
) -> None:
    ids, turn = await begin(postgres, now)
    await turn(meetings.propose, ids.mentor, ids.pair, [FIRST], MeetingFormat.OFFLINE)
    (one,) = await found(postgres)
    await turn(meetings.accept, ids.mentee, one.id, 0)
    after, held = FIRST + timedelta(hours=2), MeetingStatus.HELD
    said = await asyncio.gather(
        turn(meeting_outcomes.outcome, ids.mentor, one.id, held, at=after),
        turn(meeting_outcomes.outcome, ids.mentee, one.id, held, at=after),
        turn(meeting_outcomes.settle, None, one.id, held, at=after),
    )
    assert set(said) <= {"done", "states-not-now"}
    assert len(await rows(postgres, Attendance)) == 2


async def test_answers_to_an_invitation_and_the_list_of_who_came_do_not_wait_in_a_circle(
    postgres: Database, now: datetime
) -> None:
    ids, turn = await begin(postgres, now)
    draft = Draft(MeetingKind.M0, FIRST, place="Актовый зал")
    assert await turn(gatherings.call, None, draft) == "done"
    (one,) = await rows(postgres, Gathering)
    assert isinstance(one, Gathering)
    said = await asyncio.gather(
        *(turn(gatherings.answer, who, one.id, coming=True) for who in (ids.mentor, ids.mentee)),
        turn(gatherings.change, None, one.id, replace(draft, starts_at=FIRST + timedelta(days=1))),
        turn(gatherings.invite, None, one.id),
    )
    assert set(said) == {"done"}
    late = FIRST + timedelta(days=2)
    said = await asyncio.gather(
        *(turn(gatherings.attendance, None, one.id, [ids.mentor, ids.mentee], at=late) for _ in range(2))
    )
    assert said == ["done", "done"]
