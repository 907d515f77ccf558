"""Nobody is asked to be in two places at one time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from actions import meeting_views, meetings
from actions.work import Work
from program.errors import Refusal
from program.series import Repeat
from program.states import MeetingFormat, MeetingStatus
from storage import meetings as stored
from storage.tables import Meeting, Pair, Person
from tests.pairs import group, member

WEDNESDAY = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)  # 15:30
WEEK = timedelta(weeks=1)
OFFLINE = MeetingFormat.OFFLINE


@pytest.fixture
async def mentor(work: Work) -> Person:
    return await member(work.session, work.school, "Мария", "Лебедева", category="teacher")


async def led(work: Work, mentor: Person, name: str) -> tuple[Pair, Person]:
    mentee = await member(work.session, work.school, name, "Котова")
    return await group(work.session, [mentor], [mentee]), mentee


async def agreed(work: Work, pair: Pair, mentor: Person, mentee: Person, start: datetime) -> Meeting:
    meeting = await meetings.propose(work, mentor, pair.id, [start], OFFLINE)
    return await meetings.accept(work, mentee, meeting.id, 0)


async def refused(verb: object) -> str:
    with pytest.raises(Refusal) as refusal:
        await verb  # type: ignore[misc]
    return refusal.value.text.id


def clocks(known: meeting_views.Json, day: str) -> list[str]:
    return [clock for one in known["days"] if one["day"] == day for _, clock, _ in one["starts"]]


async def test_an_hour_at_which_one_of_them_meets_somebody_is_not_offered(work: Work, mentor: Person) -> None:
    (first, anya), (second, yulya) = await led(work, mentor, "Аня"), await led(work, mentor, "Юля")
    for who in (mentor, yulya):
        known = await meeting_views.offer(work, who.id, second.id)
        assert "15:30" in clocks(known, "2026-09-16")
    await agreed(work, first, mentor, anya, WEDNESDAY)

    for who in (mentor, yulya):
        known = await meeting_views.offer(work, who.id, second.id)
        assert "15:30" not in clocks(known, "2026-09-16")
        assert "15:30" in clocks(known, "2026-09-17")
        typed = await meeting_views.starts(work, who.id, "2026-09-16", second.id)
        assert "15:30" not in [clock for _, clock, _ in typed["starts"]]
    moved = await stored.of_pair(work.session, first.id)
    known = await meeting_views.offer_again(work, anya.id, moved[0].id)
    assert "15:30" in clocks(known, "2026-09-16"), "its own hour"


async def test_a_stranger_learns_nothing_of_anybodys_hours(work: Work, mentor: Person) -> None:
    pair, _ = await led(work, mentor, "Аня")
    stranger = await member(work.session, work.school, "Олег", "Сомов")
    assert (
        await refused(meeting_views.starts(work, stranger.id, "2026-09-16", pair.id)) == "meeting-not-yours"
    )


async def test_of_two_offers_for_one_hour_one_is_agreed(work: Work, mentor: Person) -> None:
    (first, anya), (second, yulya) = await led(work, mentor, "Аня"), await led(work, mentor, "Юля")
    one = await meetings.propose(work, mentor, first.id, [WEDNESDAY], OFFLINE)
    later = [WEDNESDAY + timedelta(minutes=20), WEDNESDAY + timedelta(minutes=45)]
    other = await meetings.propose(work, yulya, second.id, later, OFFLINE)
    await meetings.accept(work, anya, one.id, 0)
    await meetings.accept(work, anya, one.id, 0)  # a double press

    assert await refused(meetings.accept(work, mentor, other.id, 0)) == "meeting-slot-taken"
    assert other.status == MeetingStatus.PROPOSED
    found = await meetings.accept(work, mentor, other.id, 1)  # begins when the first one ends
    assert found.starts_at == later[1]


async def test_what_was_called_off_takes_no_hour(work: Work, mentor: Person) -> None:
    (first, anya), (second, yulya) = await led(work, mentor, "Аня"), await led(work, mentor, "Юля")
    meeting = await agreed(work, first, mentor, anya, WEDNESDAY)
    await meetings.cancel(work, anya, meeting.id)
    assert (await agreed(work, second, mentor, yulya, WEDNESDAY)).status == MeetingStatus.CONFIRMED


async def test_a_groups_meeting_takes_the_hour_of_its_mentees_too(work: Work, mentor: Person) -> None:
    tutor = await member(work.session, work.school, "Пётр", "Ильин", category="teacher")
    pair, anya = await led(work, mentor, "Аня")
    club = await group(work.session, [tutor], [anya], is_group=True, title="Химики")
    await meetings.propose(work, tutor, club.id, [WEDNESDAY], OFFLINE)

    offer = await meetings.propose(work, mentor, pair.id, [WEDNESDAY], OFFLINE)
    assert await refused(meetings.accept(work, anya, offer.id, 0)) == "meeting-slot-taken"


async def test_a_mentor_fixes_no_hour_of_a_group_that_is_taken(work: Work, mentor: Person) -> None:
    pair, anya = await led(work, mentor, "Аня")
    club = await group(
        work.session,
        [mentor],
        [await member(work.session, work.school, "Юля")],
        is_group=True,
        title="Химики",
    )
    await agreed(work, pair, mentor, anya, WEDNESDAY)
    assert (
        await refused(meetings.propose(work, mentor, club.id, [WEDNESDAY], OFFLINE)) == "meeting-slot-taken"
    )


async def test_a_series_leaves_out_the_weeks_that_are_taken(work: Work, mentor: Person) -> None:
    (first, anya), (second, yulya) = await led(work, mentor, "Аня"), await led(work, mentor, "Юля")
    await agreed(work, first, mentor, anya, WEDNESDAY + WEEK)
    repeat = Repeat(1, date(2026, 9, 30))
    offer = await meetings.propose(work, mentor, second.id, [WEDNESDAY], OFFLINE, repeat=repeat)
    await meetings.accept(work, yulya, offer.id, 0)

    found = await stored.of_pair(work.session, second.id)
    assert [one.starts_at for one in found] == [WEDNESDAY, WEDNESDAY + 2 * WEEK]
    late = replace(work, now=WEDNESDAY + 3 * WEEK)
    assert await stored.agreed_of(work.session, work.school.id, [mentor.id], late.now) == []
