"""Meetings that come again, links, and hours by the bells."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from actions import meeting_outcomes, meeting_series, meetings, pair_life, reminders
from actions.work import Work
from program.errors import Refusal
from program.series import Repeat
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage import meetings as stored
from storage import people
from storage.tables import Meeting, Pair, Person
from tests.pairs import Couple, couple, told

FIRST = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)  # Wednesday, 15:30 at the school
WEEK = timedelta(weeks=1)
UNTIL = date(2026, 10, 14)
M = MeetingKind


@pytest.fixture
async def pair(work: Work) -> Couple:
    work.school.settings = {**work.school.settings, "holidays": ["2026-09-30"]}
    return await couple(work.session, work.school, starts_on=date(2026, 9, 1))


def later(work: Work, moment: datetime) -> Work:
    return replace(work, now=moment)


async def who(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def agreed(work: Work, pair: Couple, weeks: int = 1) -> list[Meeting]:
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    offer = await meetings.propose(
        work, mentor, pair.pair, [FIRST], MeetingFormat.OFFLINE, "Кабинет 214", repeat=Repeat(weeks, UNTIL)
    )
    await meetings.accept(work, mentee, offer.id, 0)
    return await standing(work, pair)


async def standing(work: Work, pair: Couple) -> list[Meeting]:
    """Agreed meetings, soonest first."""
    known = await stored.of_pair(work.session, pair.pair)
    found = [one for one in known if one.status == MeetingStatus.CONFIRMED and one.starts_at]
    return sorted(found, key=lambda one: one.starts_at)


def days(found: list[Meeting]) -> list[str]:
    return [f"{one.starts_at:%d.%m}" for one in found if one.starts_at]


async def test_one_yes_agrees_to_all_of_them_without_holidays(work: Work, pair: Couple) -> None:
    found = await agreed(work, pair)

    assert days(found) == ["16.09", "23.09", "07.10", "14.10"]  # the 30th is a holiday
    assert [one.kind for one in found] == [M.M1, M.M2, M.M3, M.M4]
    assert len({one.uid for one in found}) == 4
    assert len({one.series for one in found}) == 1
    assert len(await told(work.session, "meeting-proposed:")) == 1
    (row,) = await told(work.session, "meeting-agreed:")
    assert [text["id"] for text in row.body["texts"]] == ["meeting-agreed", "meeting-agreed-series"]


async def test_every_second_week_is_every_second_week(work: Work, pair: Couple) -> None:
    assert days(await agreed(work, pair, weeks=2)) == ["16.09", "14.10"]


async def test_a_second_yes_makes_nothing_twice(work: Work, pair: Couple) -> None:
    found = await agreed(work, pair)
    await meetings.accept(work, await who(work, pair.mentee), found[0].id, 0)
    assert len(await standing(work, pair)) == 4


async def test_one_of_them_is_moved_or_called_off_alone(work: Work, pair: Couple) -> None:
    found = await agreed(work, pair)
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)

    await meetings.cancel(work, mentee, found[1].id)
    moved = await meetings.move(work, mentor, found[2].id, [FIRST + 3 * WEEK + timedelta(days=1)])
    await meetings.accept(work, mentee, moved.id, 0)

    assert days(await standing(work, pair)) == ["16.09", "08.10", "14.10"]


async def test_the_rest_is_called_off_with_one_message(work: Work, pair: Couple) -> None:
    found = await agreed(work, pair)
    mentee = await who(work, pair.mentee)

    assert await meeting_series.call_off_rest(work, mentee, found[1].id) == 3
    assert await meeting_series.call_off_rest(work, mentee, found[1].id) == 0

    assert days(await standing(work, pair)) == ["16.09"]
    (row,) = await told(work.session, "meeting-series-off:")
    assert row.person_id == pair.mentor
    assert row.body["texts"][0]["args"]["count"] == 3


async def test_the_rest_of_a_series_may_be_called_off_from_one_that_is_offered_anew(
    work: Work, pair: Couple
) -> None:
    found = await agreed(work, pair)
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    await meetings.move(work, mentor, found[0].id, [FIRST + timedelta(days=1)])
    assert await meeting_series.call_off_rest(work, mentee, found[0].id) == 4
    assert await standing(work, pair) == []
    (row,) = await told(work.session, "meeting-series-off:")
    assert row.body["texts"][0]["id"] == "meeting-series-off"


async def test_what_comes_next_moves_on_where_one_was_not_held(work: Work, pair: Couple) -> None:
    found = await agreed(work, pair)
    after = later(work, FIRST + timedelta(hours=2))
    await meeting_outcomes.outcome(after, await who(work, pair.mentor), found[0].id, MeetingStatus.MISSED)
    assert [one.kind for one in await standing(work, pair)] == [M.M1, M.M2, M.M3]


async def test_a_single_meeting_fits_between_those_of_a_series(work: Work, pair: Couple) -> None:
    await agreed(work, pair)
    mentor = await who(work, pair.mentor)
    extra = await meetings.propose(
        work, mentor, pair.pair, [FIRST + timedelta(days=1)], MeetingFormat.OFFLINE, kind=M.FLASH
    )
    assert extra.kind is M.FLASH
    with pytest.raises(Refusal, match="meeting-open-already"):
        await meetings.propose(work, mentor, pair.pair, [FIRST + timedelta(days=2)], MeetingFormat.OFFLINE)


async def test_each_of_them_is_reminded_of(work: Work, pair: Couple) -> None:
    found = await agreed(work, pair)
    third = found[2].starts_at
    assert third is not None
    await reminders.send_due(later(work, third - timedelta(hours=23)))
    rows = await told(work.session, "meeting-soon:")
    assert {row.person_id for row in rows} == {pair.mentor, pair.mentee}
    assert all(row.key.startswith(f"meeting-soon:{found[2].id}:") for row in rows)


async def test_a_pause_calls_all_of_them_off(work: Work, pair: Couple) -> None:
    await agreed(work, pair)
    await pair_life.pause(work, pair.pair, "busy", date(2026, 9, 25))
    assert await standing(work, pair) == []
    with pytest.raises(Refusal, match="meeting-pair-closed"):
        await agreed(work, pair)


@pytest.mark.parametrize(
    ("until", "said"),
    [(date(2026, 9, 20), "meeting-until-soon"), (date(2027, 8, 30), "meeting-until-late")],
)
async def test_a_series_ends_with_its_pair_at_the_latest(
    work: Work, pair: Couple, until: date, said: str
) -> None:
    mentor = await who(work, pair.mentor)
    with pytest.raises(Refusal, match=said):
        await meetings.propose(
            work, mentor, pair.pair, [FIRST], MeetingFormat.OFFLINE, repeat=Repeat(1, until)
        )


async def test_the_link_is_shown_once_the_two_have_agreed(work: Work, pair: Couple) -> None:
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    link = "https://vk.com/call/join/abc"
    offer = await meetings.propose(work, mentor, pair.pair, [FIRST], MeetingFormat.ONLINE, link=link)
    (row,) = await told(work.session, "meeting-proposed:")
    assert link not in str(row.body)
    assert "meeting-online-hidden" in str(row.body)
    await meetings.accept(work, mentee, offer.id, 0)
    (row,) = await told(work.session, "meeting-agreed:")
    assert link in str(row.body)


async def test_a_link_that_comes_later_is_passed_on_and_must_be_protected(work: Work, pair: Couple) -> None:
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    offer = await meetings.propose(work, mentor, pair.pair, [FIRST], MeetingFormat.ONLINE)
    with pytest.raises(Refusal, match="meeting-link-not-now"):
        await meetings.set_link(work, mentor, offer.id, "https://vk.com/call/join/abc")
    await meetings.accept(work, mentee, offer.id, 0)
    for wrong in ("http://vk.com/call", "javascript:alert(1)"):
        with pytest.raises(Refusal, match="meeting-link-unclear"):
            await meetings.set_link(work, mentor, offer.id, wrong)
    for _ in range(2):
        meeting = await meetings.set_link(work, mentor, offer.id, "https://vk.com/call/join/abc")
    assert meeting.sequence == 1
    (row,) = await told(work.session, "meeting-link:")
    assert row.person_id == pair.mentee
    with pytest.raises(Refusal, match="meeting-link-unclear"):
        await meetings.propose(work, mentor, pair.pair, [FIRST], MeetingFormat.ONLINE, link="http://a.ru")


async def test_a_meeting_in_a_break_is_as_long_as_the_break(work: Work, pair: Couple) -> None:
    lessons = ["08:30-09:10", "09:20-10:00", "10:20-11:00"]
    work.school.settings = {**work.school.settings, "lessons": lessons}
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    at = datetime(2026, 9, 16, 5, tzinfo=UTC)  # 10:00 at the school
    offer = await meetings.propose(work, mentor, pair.pair, [at], MeetingFormat.OFFLINE)
    assert (await meetings.accept(work, mentee, offer.id, 0)).minutes == 20
    held = await work.session.get_one(Pair, pair.pair)
    assert held.id == pair.pair
