"""Members of a group come and go on a day: today, written down later, or planned; days are counted by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from actions import group_life, pair_life, pairs, relay
from actions.reports import entered
from actions.reports.asked import asked
from actions.work import Work
from program.errors import Refusal
from program.roles import Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from storage import group_changes, report_rows
from storage import pairs as stored
from storage.tables import Meeting, Pair, Participation
from tests.actions.pool import begun, join
from tests.pairs import told

DAY = timedelta(days=1)


async def group(work: Work, capacity: int = 4) -> tuple[Pair, list[Participation], Participation]:
    """At work since today with two mentees; the third is free."""
    mentees = [await join(work, Side.MENTEE, f"Имя{n}") for n in range(3)]
    mentor = await join(work, Side.MENTOR, "Вера", place={"capacity": capacity})
    pair = await pairs.make_group(work, "uch_uch", "", "Кот", [mentor.id], [one.id for one in mentees[:2]])
    await begun(work, pair.id)
    return pair, mentees, mentor


def on(work: Work, days: int) -> Work:
    return replace(work, now=work.now + days * DAY)


def day(work: Work, days: int = 0) -> date:
    return work.today + days * DAY


async def days(work: Work, pair: Pair, place: Participation) -> int:
    (found,) = await stored.lock(work.session, work.school.id, [pair.id])
    return pair_life.days_of(work, found, next(m for m in found.members if m.participation_id == place.id))


async def refused(verb: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(Refusal) as caught:
        await verb(*args, **named)
    return caught.value.text.id


async def test_a_day_written_down_later_opens_no_letters_from_before(work: Work) -> None:
    pair, (first, _, third), _ = await group(work)
    await relay.write(on(work, 10), first.person_id, pair.id, "Секрет для своих")
    later = on(work, 20)

    await group_life.add(later, pair.id, third.id, day(work, 5))
    await relay.write(on(work, 21), first.person_id, pair.id, "Привет всем")

    seen = str(await relay.correspondence(on(work, 21), third.person_id, pair.id))
    assert "Привет всем" in seen
    assert "Секрет" not in seen


async def test_a_day_written_down_later_counts_from_that_day(work: Work) -> None:
    pair, (first, _, third), _ = await group(work)
    later = on(work, 20)

    await group_life.add(later, pair.id, third.id, day(work, 5))
    await group_life.remove(later, pair.id, first.person_id, "busy", day(work, 9))

    assert await days(later, pair, third) == 16
    assert await days(later, pair, first) == 10
    assert await days(on(work, 40), pair, first) == 10
    assert first.status == ParticipationStatus.SEARCHING


async def test_days_of_an_earlier_stay_are_kept_and_no_day_is_counted_twice(work: Work) -> None:
    pair, (first, *_), _ = await group(work)
    await group_life.remove(on(work, 4), pair.id, first.person_id, "busy")
    assert (
        await refused(group_life.add, on(work, 9), pair.id, first.id, day(work, 3)) == "pair-change-too-early"
    )
    await group_life.add(on(work, 9), pair.id, first.id)
    assert await days(on(work, 9), pair, first) == 5 + 1
    await group_life.remove(on(work, 9), pair.id, first.person_id, "busy")
    await group_life.add(on(work, 9), pair.id, first.id)
    assert await days(on(work, 10), pair, first) == 5 + 2


@pytest.mark.parametrize("days_off", [-1, 1])
async def test_what_is_out_of_reason_is_refused(work: Work, days_off: int) -> None:
    pair, (first, _, third), _ = await group(work)
    when = day(work, days_off)
    text = "pair-change-too-early" if days_off < 0 else "pair-change-too-late"
    assert await refused(group_life.add, work, pair.id, third.id, when) == text
    assert await refused(group_life.remove, work, pair.id, first.person_id, "busy", when) == text
    far = day(work, 93)
    assert await refused(group_life.plan, work, pair.id, third.id, far, comes=True) == "pair-change-too-late"


async def test_what_is_planned_happens_on_its_day_once_and_nobody_hears_before(work: Work) -> None:
    pair, (first, _, third), _ = await group(work, capacity=2)
    before = len(await told(work.session, "pair-"))
    await group_life.plan(work, pair.id, first.id, day(work, 6), comes=False, reason="busy")
    await group_life.plan(work, pair.id, third.id, day(work, 7), comes=True)
    assert len(await told(work.session, "pair-")) == before
    assert await group_life.follow(on(work, 6)) == 0, "the last day is not over"

    assert await group_life.follow(on(work, 7)) == 2, "who leaves makes room for who comes"
    assert await group_life.follow(on(work, 7)) == 0

    assert await days(on(work, 7), pair, first) == 7
    assert await days(on(work, 7), pair, third) == 1
    (row,) = await told(work.session, f"pair-left:{pair.id}:")
    assert row.person_id == first.person_id


async def test_planned_anew_the_newer_day_counts_and_a_plan_can_be_taken_back(work: Work) -> None:
    pair, (_, _, third), _ = await group(work)
    await group_life.plan(work, pair.id, third.id, day(work, 3), comes=True)
    await group_life.plan(work, pair.id, third.id, day(work, 5), comes=True)
    (one,) = await group_changes.of_pair(work.session, work.school.id, pair.id)
    assert one.on_day == day(work, 5)
    await group_life.unplan(work, pair.id, one.id)
    assert await group_life.follow(on(work, 9)) == 0
    assert await group_changes.of_pair(work.session, work.school.id, pair.id) == []


async def test_what_cannot_be_done_on_its_day_waits_for_the_curator(work: Work) -> None:
    pair, (_, _, third), mentor = await group(work, capacity=3)
    await group_life.plan(work, pair.id, third.id, day(work, 3), comes=True)
    await pairs.set_capacity(work, mentor.id, 2)

    assert await group_life.follow(on(work, 3)) == 0

    (one,) = await group_changes.of_pair(work.session, work.school.id, pair.id)
    assert one.outcome == "match-mentor-full"
    assert len(await group_changes.stuck(work.session, work.school.id)) == 1
    await group_life.unplan(work, pair.id, one.id)
    assert await group_changes.stuck(work.session, work.school.id) == []


async def test_a_group_that_is_over_changes_no_more(work: Work) -> None:
    pair, (_, _, third), _ = await group(work)
    await group_life.plan(work, pair.id, third.id, day(work, 3), comes=True)
    await pairs.close(work, pair.id, PairStatus.COMPLETED)
    assert await group_life.follow(on(work, 3)) == 0
    assert await group_changes.of_pair(work.session, work.school.id, pair.id) == []


async def test_the_last_day_counts_whole(work: Work) -> None:
    pair, (first, *_), _ = await group(work)
    await group_life.remove(on(work, 5), pair.id, first.person_id, "busy", day(work, 2))
    (found,) = await stored.lock(work.session, work.school.id, [pair.id])
    mine = next(one for one in found.members if one.participation_id == first.id)
    assert mine.left_at == datetime.combine(day(work, 2), time.max, work.zone)


async def test_a_report_counts_who_left_early_only_after_a_meeting_of_those_days(work: Work) -> None:
    pair, (first, second, _), _ = await group(work)
    await group_life.remove(on(work, 2), pair.id, second.person_id, "busy")
    await group_life.add(on(work, 2), pair.id, (await join(work, Side.MENTEE, "Зоя")).id)
    work.session.add(
        Meeting(
            school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M1, status=MeetingStatus.HELD,
            proposed_by=first.person_id, format=MeetingFormat.OFFLINE, uid="m", created_at=work.now,
            starts_at=work.now + 3 * DAY,
        )
    )  # fmt: skip
    assert {first.id} == {first.id, second.id} & await listed(on(work, 9)), (
        "the other left before anybody met"
    )
    await group_life.remove(on(work, 5), pair.id, first.person_id, "busy")
    assert first.id in await listed(on(work, 9)), "left after a meeting"


async def listed(work: Work) -> set[int]:
    """Participations that stand with a pair in the base of mentees or would, were they in it."""
    of = asked(work)
    pairs = await report_rows.worked(work.session, work.school.id, of.year, of.on, of.until)
    everybody = await report_rows.members(work.session, work.school.id, of.year, of.on, of.until)
    counted = await entered.members(work, of, pairs, everybody)
    return {one.participation_id for one in counted}
