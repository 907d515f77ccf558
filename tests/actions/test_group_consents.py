"""A consent of one member of a group: who goes on, who waits outside, who hears what, and the way back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from actions import consent_clock, group_life, meetings, pair_life, reminders
from actions.membership import my_places
from actions.work import Work
from program.consents import ConsentEvent, ConsentKind
from program.pair_life import STAFF_LEAVES, STAFF_PAUSES
from program.roles import Side
from program.states import MeetingFormat, PairStatus
from storage import consent_lists as lists
from storage import meetings as meeting_rows
from storage import pairs
from storage.tables import Pair, Participation
from tests import build
from tests.actions import pool
from tests.actions.test_consent_life import later, waiting_for
from tests.both import database as database

PART = ConsentKind.PARTICIPATION


async def group(work: Work, mentors: int = 1, mentees: int = 2) -> tuple[Pair, list[Participation]]:
    """At work, a meeting agreed for the day after tomorrow; mentors first."""
    places = [
        await pool.join(work, Side.MENTOR, f"Ведущий{n}", "Ветров", place={"capacity": 5, "status": "paired"})
        for n in range(mentors)
    ]
    for n in range(mentees):
        born = date(2013, 3, 5)
        place: dict[str, Any] = {"status": "paired"}
        places.append(await pool.join(work, Side.MENTEE, f"Ученик{n}", "Котов", birth_date=born, place=place))
    pair = build.pair(*places, is_group=True, title="Дроби", announced_at=work.now)
    work.session.add(pair)
    await work.session.flush()
    start = work.now + timedelta(days=2, hours=2)
    await meetings.propose(work, places[0].person, pair.id, [start], MeetingFormat.OFFLINE)
    return pair, places


async def says_no(work: Work, place: Participation) -> None:
    await pool.agree(work, place.person, PART, event=ConsentEvent.REFUSED)
    await consent_clock.follow(work)


async def says_yes(work: Work, place: Participation) -> None:
    await pool.agree(work, place.person, PART)
    await consent_clock.follow(work)


async def here(work: Work, pair: Pair) -> list[int]:
    (held,) = await pairs.lock(work.session, work.school.id, [pair.id])
    return [one.person_id for one in meeting_rows.present(held)]


async def test_a_group_goes_on_without_a_mentee_who_hears_no_more_of_it(work: Work) -> None:
    pair, (mentor, out, stays) = await group(work)
    await says_no(work, out)

    assert pair.status == PairStatus.ACTIVE
    assert await here(work, pair) == [mentor.person_id, stays.person_id]
    assert (await waiting_for(work, out.person_id))[-1] == "consent-group-aside"
    assert "consent-group-aside" not in await waiting_for(work, stays.person_id)
    assert await meeting_rows.active_pairs(work.session, work.school.id, out.person_id) == []
    assert not any(entry.get("pair") for entry in await my_places(work, out.person_id))
    tomorrow = later(work, days=1, hours=2)
    await reminders.send_due(tomorrow)
    assert "Ученик0" not in str(await my_places(work, mentor.person_id))
    assert not any("meeting-soon" in text for text in await waiting_for(work, out.person_id))


async def test_the_place_is_kept_and_the_mentee_comes_back_into_the_group(work: Work) -> None:
    pair, (mentor, out, stays) = await group(work)
    await says_no(work, out)
    (held,) = await pairs.lock(work.session, work.school.id, [pair.id])
    assert len(pairs.present(held)) == 3

    await says_yes(later(work, hours=1), out)

    assert await here(work, pair) == [mentor.person_id, out.person_id, stays.person_id]
    assert (await waiting_for(work, out.person_id))[-1] == "consent-group-back"


async def test_without_its_mentor_a_group_waits_and_goes_on_with_the_consent(work: Work) -> None:
    pair, (mentor, first, second) = await group(work)
    await says_no(work, mentor)
    assert (pair.status, pair.paused_for) == (PairStatus.PAUSED, "consents")
    for pupil in (first, second):
        assert (await waiting_for(work, pupil.person_id))[-1] == "consent-group-paused"

    await says_yes(later(work, hours=1), mentor)

    assert (pair.status, pair.paused_for) == (PairStatus.ACTIVE, "")
    for pupil in (first, second):
        assert (await waiting_for(work, pupil.person_id))[-1] == "consent-group-resumed"


async def test_one_of_two_mentors_missing_is_decided_by_the_curator(work: Work) -> None:
    """Places are counted for each mentor; taken out, the other goes on."""
    pair, (mentor, other, *_) = await group(work, mentors=2)
    await says_no(work, other)
    assert pair.status == PairStatus.PAUSED

    await group_life.remove(work, pair.id, other.person_id, STAFF_LEAVES[0])
    await consent_clock.follow(work)

    assert pair.status == PairStatus.ACTIVE
    assert (await here(work, pair))[0] == mentor.person_id


async def test_a_group_without_any_mentee_waits_for_the_first_to_come_back(work: Work) -> None:
    pair, (_, first, second) = await group(work)
    await says_no(work, first)
    await says_no(work, second)
    assert pair.status == PairStatus.PAUSED
    await says_yes(work, second)
    assert pair.status == PairStatus.ACTIVE
    assert first.person_id not in await here(work, pair)


async def test_the_curator_sees_which_groups_miss_whom(work: Work) -> None:
    pair, (_, out, _) = await group(work)
    await says_no(work, out)
    found = await lists.out_of_groups(work.session, work.school.id)
    assert [(who.id, one.id, kept) for who, one, kept in found] == [(out.person_id, pair.id, True)]
    waiting = await lists.waiting(work.session, work.school.id, work.settings.year, None)
    assert ("groups", 1) in [(one.code, one.count) for one in waiting]


async def test_who_takes_the_consent_back_leaves_the_group_and_the_curator_sees_it(work: Work) -> None:
    pair, (_, out, _) = await group(work)
    await pool.agree(work, out.person, PART, event=ConsentEvent.WITHDRAWN)
    await consent_clock.follow(work)
    assert pair.status == PairStatus.ACTIVE
    found = await lists.out_of_groups(work.session, work.school.id)
    assert [(who.id, kept) for who, _, kept in found] == [(out.person_id, False)]


async def test_a_group_that_the_curator_paused_is_resumed_without_who_waits_outside(work: Work) -> None:
    pair, (_, out, stays) = await group(work)
    await says_no(work, out)
    await pair_life.pause(work, pair.id, STAFF_PAUSES[0])
    await pair_life.resume(work, pair.id)
    assert pair.status == PairStatus.ACTIVE
    assert "pair-resumed" not in await waiting_for(work, out.person_id)
    assert "pair-resumed" in await waiting_for(work, stays.person_id)
