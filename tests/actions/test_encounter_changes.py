"""A published one-off meeting is changed: people hear once, of what is new for them, and nobody loses a seat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import select

from actions import calendars, encounters
from actions import encounter_clock as clock
from actions.encounter_changes import Changed, Facts, change
from actions.work import Work
from program.encounters import SeatState
from program.errors import Refusal
from program.outgoing import Message
from storage.tables import Encounter, OutboxRow, Person
from tests.meetups import flash, later, mentor, pupils

HOUR = timedelta(hours=1)


async def changed(work: Work, meeting: Encounter, **facts: Any) -> Changed:
    return await change(work, meeting.id, replace(Facts.of(meeting), **facts))


async def waiting(work: Work, prefix: str) -> dict[int, OutboxRow]:
    statement = select(OutboxRow).where(
        OutboxRow.key.startswith(prefix), OutboxRow.sent_at.is_(None), OutboxRow.dropped == ""
    )
    return {row.person_id or 0: row for row in await work.session.scalars(statement)}


def ids(row: OutboxRow) -> list[str]:
    return [text.id for text in Message.from_json(row.body).texts]


async def published(work: Work, number: int = 3, **values: Any) -> tuple[Encounter, Person, list[Person]]:
    """A meeting of which everybody has read: nothing waits to be sent."""
    host, people = await mentor(work), await pupils(work, number)
    meeting = await flash(work, host, **values)
    for one in people:
        await encounters.sign_up(work, one, meeting.id)
    for row in await work.session.scalars(select(OutboxRow)):
        row.sent_at = work.now
    await work.session.flush()
    return meeting, host, people


async def test_everybody_hears_once_of_what_is_new_and_of_nothing_else(work: Work) -> None:
    meeting, host, people = await published(work, seats=2)

    done = await changed(work, meeting, place="Кабинет 310", starts_at=meeting.starts_at + HOUR)

    rows = await waiting(work, "encounter-changed:")
    assert set(rows) == {host.id, *(one.id for one in people)}, "the queue as well"
    assert ids(rows[host.id]) == ["encounters-changed", "encounters-changed-time", "encounters-changed-where"]
    assert (done.told, done.to_call) == (4, ())
    assert (await changed(work, meeting)).fields == ()
    assert len(await waiting(work, "encounter-changed:")) == 4


async def test_changed_again_before_anybody_read_it_is_told_once_and_taken_back_not_at_all(
    work: Work,
) -> None:
    meeting, host, _ = await published(work)
    was = meeting.place
    await changed(work, meeting, starts_at=meeting.starts_at + HOUR)
    await changed(work, meeting, place="Кабинет 310")
    rows = await waiting(work, "encounter-changed:")
    assert ids(rows[host.id]) == ["encounters-changed", "encounters-changed-time", "encounters-changed-where"]

    await changed(work, meeting, place=was, starts_at=meeting.starts_at - HOUR)

    assert await waiting(work, "encounter-changed:") == {}


async def test_who_has_not_read_of_it_yet_reads_the_new_facts_only(work: Work) -> None:
    host = await mentor(work)
    meeting = await flash(work, host)
    await changed(work, meeting, place="Актовый зал")
    assert await waiting(work, "encounter-changed:") == {}
    (row,) = (await waiting(work, "encounter-lead:")).values()
    assert "Актовый зал" in str(row.body)


async def test_more_seats_go_to_the_queue_and_fewer_than_are_taken_are_refused(work: Work) -> None:
    meeting, _, people = await published(work, seats=2)
    with pytest.raises(Refusal) as refused:
        await changed(work, meeting, seats=1)
    assert refused.value.text.id == "encounters-seats-taken"

    await changed(work, meeting, seats=3)

    assert [seat.state for seat in meeting.taken] == [SeatState.SEATED] * 3
    assert set(await waiting(work, "encounter-seat:")) == {people[2].id}
    assert await waiting(work, "encounter-changed:") == {}
    assert meeting.sequence == 0


async def test_the_calendar_takes_the_change_over_and_nobody_is_reminded_of_the_old_hour(work: Work) -> None:
    meeting, _, (one, *_) = await published(work)
    soon = later(work, timedelta(hours=1))
    await clock.remind(soon)
    first = await waiting(work, "encounter-soon:")
    await changed(soon, meeting, starts_at=meeting.starts_at + timedelta(days=2))
    event = Calendar.from_ical(await calendars.feed(soon, one)).walk("VEVENT")[0]
    assert (event.decoded("SEQUENCE"), event.decoded("DTSTART")) == (1, meeting.starts_at)
    assert event.decoded("LAST-MODIFIED") == soon.now
    assert first
    assert await waiting(work, "encounter-soon:") == {}


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"topic": " "}, "encounters-topic-wrong"),
        ({"minutes": 0}, "encounters-numbers-wrong"),
        ({"link": "vk.com/call"}, "meeting-link-unclear"),
    ],
)
async def test_odd_facts_change_nothing(work: Work, facts: dict[str, Any], why: str) -> None:
    meeting, _, _ = await published(work)
    with pytest.raises(Refusal) as refused:
        await changed(work, meeting, **facts)
    assert refused.value.text.id == why
    with pytest.raises(Refusal) as refused:
        await changed(work, meeting, starts_at=work.now)
    assert refused.value.text.id == "encounters-past"


async def test_whom_no_message_reaches_in_time_is_named_to_the_curator(work: Work) -> None:
    meeting, host, people = await published(work)
    evening = later(work, timedelta(hours=10))  # 22:00: quiet until the morning
    done = await changed(evening, meeting, starts_at=evening.now + HOUR)
    assert {one.id for one in done.to_call} == {host.id, *(one.id for one in people)}
