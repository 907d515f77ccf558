"""Calendar feeds, read by another library than the one that writes them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from sqlalchemy import select

from actions import calendars, gatherings, meeting_outcomes, meetings
from actions.gatherings import Draft
from actions.work import Work
from program.roles import Category
from program.secret_addresses import CALENDAR, number_of
from program.series import Repeat
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage import meetings as stored
from storage import people
from storage.tables import Meeting, PairMember, Person
from tests import meetups
from tests.pairs import Couple, couple, group, member

FIRST = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school, starts_on=date(2026, 9, 1))


async def who(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def read(work: Work, person_id: int) -> dict[str, Any]:
    """Events by their uid."""
    body = (await calendars.feed(work, await who(work, person_id))).decode()
    assert "Котова" not in body
    assert "Лебедева" not in body
    assert "@" not in body.replace("@nastavnik", "")
    whole = vobject.readOne(body)
    whole.validate(raiseException=True)
    events = {event.uid.value: event for event in whole.contents.get("vevent", [])}
    assert len(events) == len(whole.contents.get("vevent", []))
    return events


async def agreed(work: Work, pair: Couple, **values: Any) -> Meeting:
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    offer = await meetings.propose(
        work, mentor, pair.pair, [FIRST], MeetingFormat.OFFLINE, "Кабинет 214; второй, этаж", **values
    )
    return await meetings.accept(work, mentee, offer.id, 0)


async def test_a_meeting_keeps_its_uid_while_its_number_grows(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    seen = []

    async def look() -> None:
        (event,) = (await read(work, pair.mentee)).values()
        assert event.uid.value == meeting.uid
        seen.append((int(event.sequence.value), event.status.value, event.dtstart.value))

    await look()
    (event,) = (await read(work, pair.mentor)).values()
    assert (event.summary.value, event.location.value) == (
        "Встреча с подопечным",
        "Кабинет 214; второй, этаж",
    )
    assert event.dtend.value - event.dtstart.value == timedelta(minutes=45)
    await meetings.move(work, mentee, meeting.id, [FIRST + timedelta(days=1)])
    await meetings.accept(work, mentor, meeting.id, 0)
    await look()
    await meetings.cancel(work, mentor, meeting.id)
    await look()
    assert [number for number, *_ in seen] == [0, 1, 2]
    assert [status for _, status, _ in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert seen[1][2] - seen[0][2] == timedelta(days=1)


async def test_a_series_is_events_of_their_own(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair, repeat=Repeat(1, date(2026, 10, 7)))
    events = await read(work, pair.mentee)
    assert len(events) == 4
    assert not any("rrule" in event.contents for event in events.values())
    await meetings.cancel(work, await who(work, pair.mentee), meeting.id)
    events = await read(work, pair.mentor)
    statuses = [events[uid].status.value for uid in sorted(events, key=lambda uid: events[uid].dtstart.value)]
    assert statuses == ["CANCELLED", "CONFIRMED", "CONFIRMED", "CONFIRMED"]


async def test_a_meeting_that_was_put_off_or_missed_falls_away(work: Work, pair: Couple) -> None:
    meeting = await agreed(work, pair)
    after = replace(work, now=FIRST + timedelta(hours=2))
    await meeting_outcomes.outcome(after, await who(work, pair.mentor), meeting.id, MeetingStatus.MISSED)
    (event,) = (await read(after, pair.mentee)).values()
    assert (event.status.value, int(event.sequence.value)) == ("CANCELLED", 1)


async def test_who_leads_several_tells_them_apart_by_first_names(work: Work, pair: Couple) -> None:
    await agreed(work, pair)
    other = await member(work.session, work.school, "Тимур", "Ясный")
    second = await group(work.session, [await who(work, pair.mentor)], [other])
    offer = await meetings.propose(
        work,
        other,
        second.id,
        [FIRST + timedelta(days=1)],
        MeetingFormat.ONLINE,
        link="https://vk.com/call/1",
    )
    await meetings.accept(work, await who(work, pair.mentor), offer.id, 0)
    events = await read(work, pair.mentor)
    assert sorted(event.summary.value for event in events.values()) == ["Встреча: Аня", "Встреча: Тимур"]
    (event,) = (await read(work, other.id)).values()
    assert event.summary.value == "Встреча с наставником"


async def test_meetings_of_everybody_and_one_off_ones_stand_there_too(work: Work, pair: Couple) -> None:
    everybody = await gatherings.call(
        work, Draft(MeetingKind.M0, work.now + timedelta(days=7), place="Актовый зал")
    )
    host = await meetups.mentor(work, "Ирина", "Лугова", category=Category.TEACHER)
    await meetups.flash(work, host)
    events = await read(work, pair.mentee)
    assert events[everybody.uid].summary.value == "Общая встреча программы"
    assert len(await read(work, host.id)) == 1
    await gatherings.call_off(work, everybody.id)
    event = (await read(work, pair.mentee))[everybody.uid]
    assert (event.status.value, int(event.sequence.value)) == ("CANCELLED", 1)


async def test_the_address_changes_when_its_owner_wants(work: Work, pair: Couple) -> None:
    mentee = await who(work, pair.mentee)
    mentee.preferences = {"quiet": {"since": "2026-09-01"}}
    assert await calendars.address(work, mentee.id) == "page:calendar"
    assert await calendars.change_address(work, mentee.id) == "page:calendar:1"
    assert await calendars.change_address(work, mentee.id) == "page:calendar:2"
    assert number_of(mentee.preferences, CALENDAR) == 2
    assert "quiet" in mentee.preferences


def _line(event: Any) -> tuple[str, int, datetime]:
    return event.status.value, int(event.sequence.value), event.dtstart.value


async def test_a_meeting_that_is_offered_anew_is_off_until_its_new_time_is_agreed(
    work: Work, pair: Couple
) -> None:
    meeting = await agreed(work, pair)
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    await meetings.move(work, mentee, meeting.id, [FIRST + timedelta(days=1)])
    (event,) = (await read(work, pair.mentor)).values()
    assert _line(event) == ("CANCELLED", 1, FIRST)
    await meetings.cancel(work, mentor, meeting.id)
    (event,) = (await read(work, pair.mentor)).values()
    assert _line(event) == ("CANCELLED", 2, FIRST)


async def test_a_meeting_put_off_afterwards_and_offered_again_stays_off_and_an_offer_is_no_event(
    work: Work, pair: Couple
) -> None:
    meeting = await agreed(work, pair)
    mentor, mentee = await who(work, pair.mentor), await who(work, pair.mentee)
    after = replace(work, now=FIRST + timedelta(hours=2))
    await meeting_outcomes.outcome(after, mentor, meeting.id, MeetingStatus.MOVED)
    again = FIRST + timedelta(days=3)
    await meetings.propose(after, mentor, pair.pair, [again], MeetingFormat.OFFLINE, "Кабинет 3")
    (event,) = (await read(after, pair.mentee)).values()
    assert _line(event) == ("CANCELLED", 2, FIRST)
    await meetings.accept(after, mentee, meeting.id, 0)
    (event,) = (await read(after, pair.mentee)).values()
    assert _line(event) == ("CONFIRMED", 2, again)
    other = await couple(work.session, work.school, starts_on=date(2026, 9, 1))
    asks = await who(work, other.mentor)
    await meetings.propose(work, asks, other.pair, [FIRST], MeetingFormat.OFFLINE, "Кабинет 4")
    assert await read(work, other.mentee) == {}


async def test_a_new_address_is_newer_in_the_feed(work: Work, pair: Couple) -> None:
    mentor = await who(work, pair.mentor)
    offer = await meetings.propose(work, mentor, pair.pair, [FIRST], MeetingFormat.ONLINE)
    await meetings.accept(work, await who(work, pair.mentee), offer.id, 0)
    (before,) = (await read(work, pair.mentee)).values()
    after = replace(work, now=work.now + timedelta(hours=1))
    await meetings.set_link(after, mentor, offer.id, "https://vk.com/call/join/2")
    (event,) = (await read(after, pair.mentee)).values()
    assert int(event.sequence.value) == int(before.sequence.value) + 1
    for name in ("last_modified", "dtstamp"):
        assert getattr(event, name).value == after.now > getattr(before, name).value


async def test_whoever_has_left_sees_what_lies_ahead_called_off_and_nothing_that_is_agreed_later(
    work: Work, pair: Couple
) -> None:
    await agreed(work, pair, repeat=Repeat(1, date(2026, 10, 7)))
    (left,) = await work.session.scalars(
        select(PairMember).where(PairMember.pair_id == pair.pair, PairMember.person_id == pair.mentor)
    )
    left.left_at = FIRST + timedelta(days=1)
    await work.session.flush()
    later = replace(work, now=FIRST + timedelta(days=2))
    shown = sorted((await read(later, pair.mentor)).values(), key=lambda event: event.dtstart.value)
    assert [_line(one)[:2] for one in shown] == [("CONFIRMED", 0)] + [("CANCELLED", 1)] * 3
    assert "location" in shown[0].contents
    assert not any("location" in one.contents for one in shown[1:])
    assert shown[1].dtstamp.value == left.left_at
    # The pair goes on with somebody else.
    mentee = await who(work, pair.mentee)
    known = [one for one in await stored.of_pair(work.session, pair.pair) if one.starts_at > later.now]
    await meetings.move(later, mentee, known[0].id, [FIRST + timedelta(days=9)])
    assert len(await read(later, pair.mentor)) == 3
    assert len(await read(later, pair.mentee)) == 4
    assert await read(replace(work, now=FIRST + timedelta(days=95)), pair.mentor) == {}
