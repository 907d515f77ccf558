"""A meeting that nobody planned counts where any other does."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from actions import early_warning, meeting_met, meeting_outcomes, mentor_hours
from actions.work import Work
from program.early_warning import Sign
from program.roles import Side
from program.states import MeetingStatus
from storage.tables import Meeting, Pair, PairMember, Person
from tests.actions.test_early_warning import day_of, found, met, pair


async def noted(work: Work, pair_id: int, person_id: int, back: int = 0) -> Meeting:
    person = await work.session.get_one(Person, person_id)
    return (await meeting_met.note(work, person, pair_id, work.today - timedelta(days=back)))[0]


async def test_a_pair_that_was_quiet_is_quiet_no_more(work: Work) -> None:
    made = await pair(work)
    await met(work, made)
    await early_warning.follow(day_of(work, 31))
    assert Sign.NO_MEETING in await found(work)
    await noted(day_of(work, 31), made.pair, made.mentor, back=3)
    await early_warning.follow(day_of(work, 31))
    assert await found(work) == {}


async def test_what_was_taken_back_is_no_lost_meeting_and_counts_nowhere(work: Work) -> None:
    made = await pair(work)
    mentor = await work.session.get_one(Person, made.mentor)
    for _ in range(3):
        meeting = await noted(work, made.pair, made.mentor)
        await meeting_outcomes.outcome(work, mentor, meeting.id, MeetingStatus.MISSED)
    await early_warning.follow(day_of(work, 1))
    assert Sign.LOST not in await found(work)
    assert (await mentor_hours.load(work, made.pair)).held == 0


async def test_it_counts_for_the_hours(work: Work) -> None:
    made = await pair(work)
    await noted(work, made.pair, made.mentee)
    load = await mentor_hours.load(work, made.pair)
    assert (load.held, load.meetings) == (1, work.settings.meeting_minutes)


async def test_the_one_who_comes_later_speaks_of_no_day_before(work: Work) -> None:
    made = await pair(work)
    (await work.session.get_one(Pair, made.pair)).starts_on = work.today - timedelta(days=10)
    late = day_of(work, 5)
    for one, since in ((made.mentor, 10), (made.mentee, 10)):
        known = await meeting_met.known(work, one, made.pair)
        assert known["since"] == (work.today - timedelta(days=since)).isoformat()
    mentee = await _member(work, made.pair, Side.MENTEE)
    mentee.joined_at = late.now
    await work.session.flush()
    known = await meeting_met.known(late, made.mentee, made.pair)
    assert known["since"] == late.today.isoformat()


async def _member(work: Work, pair_id: int, side: Side) -> PairMember:
    statement = select(PairMember).where(PairMember.pair_id == pair_id, PairMember.side == side)
    return (await work.session.scalars(statement)).one()
