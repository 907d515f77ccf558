from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from actions import meeting_messages, reminders, sweeps
from actions.work import Work
from program.channels import Channel
from program.meetings import left_for_curator
from program.roles import Category, PersonState
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage import meetings as stored
from storage import reminding, schools, sweeping
from storage.database import Database
from storage.reminding import Saying
from storage.tables import Address, Base, Conversation, HelpRequest, Meeting, Pair, Person, SeenEvent
from tests import build
from tests.both import either as either
from tests.pairs import Couple, buttons, couple, due, first_text, group, member, told

HOUR = timedelta(hours=1)
WEDNESDAY = datetime(2026, 9, 16, 10, 30, tzinfo=UTC)  # 15:30 at the school


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school)


async def fixed(work: Work, pair: Couple, starts_at: datetime = WEDNESDAY, **values: object) -> Meeting:
    meeting = Meeting(
        **{
            "school_id": work.school.id,
            "pair_id": pair.pair,
            "kind": MeetingKind.M1,
            "status": MeetingStatus.CONFIRMED,
            "proposed_by": pair.mentor,
            "starts_at": starts_at,
            "format": MeetingFormat.OFFLINE,
            "place": "Кабинет 214",
            "uid": f"{starts_at}-{pair.pair}",
            "created_at": starts_at - timedelta(days=5),
            "confirmed_at": starts_at - timedelta(days=5),
            **values,
        }
    )
    work.session.add(meeting)
    await work.session.flush()
    return meeting


async def run(work: Work, *moments: datetime) -> None:
    for now in moments:
        await reminders.send_due(replace(work, now=now))
        await reminders.ask_outcomes(replace(work, now=now))


def hourly(first: datetime, last: datetime) -> list[datetime]:
    return [first + n * HOUR for n in range(int((last - first) / HOUR) + 1)]


async def test_both_are_reminded_a_day_and_two_hours_ahead_once_each(work: Work, pair: Couple) -> None:
    meeting = await fixed(work, pair)
    moments = hourly(WEDNESDAY - timedelta(days=3), WEDNESDAY)
    await run(work, *moments, *moments)

    for person in (pair.mentor, pair.mentee):
        rows = await told(work.session, "meeting-soon:", person=person)
        assert due(rows) == [WEDNESDAY - 24 * HOUR, WEDNESDAY - 2 * HOUR]
        assert buttons(rows[0]) == [f"f:meeting-other:{meeting.id}", f"f:meeting-cancel:{meeting.id}"]
        assert [row.expires_at for row in rows] == [WEDNESDAY - 2 * HOUR, WEDNESDAY]


async def test_a_late_clock_reminds_of_what_is_still_ahead(work: Work, pair: Couple) -> None:
    await fixed(work, pair)
    await run(work, WEDNESDAY - 90 * timedelta(minutes=1))
    assert [row.key.split(":")[3] for row in await told(work.session, "meeting-soon:")] == ["2", "2"]


async def test_a_late_reminder_waits_for_the_morning(work: Work, pair: Couple) -> None:
    await fixed(work, pair)
    night = datetime(2026, 9, 15, 18, 0, tzinfo=UTC)  # 23:00, the clock stood still since noon
    await run(work, night)
    morning = datetime(2026, 9, 16, 3, 0, tzinfo=UTC)  # 08:00
    assert set(due(await told(work.session, "meeting-soon:"))) == {morning}


async def test_nobody_is_reminded_of_what_was_agreed_a_moment_ago(work: Work, pair: Couple) -> None:
    await fixed(work, pair, confirmed_at=WEDNESDAY - 3 * HOUR)
    await run(work, WEDNESDAY - 3 * HOUR)
    assert await told(work.session, "meeting-soon:") == []
    await run(work, WEDNESDAY - 2 * HOUR)
    assert len(await told(work.session, "meeting-soon:")) == 2


@pytest.mark.parametrize("status", [PairStatus.PAUSED, PairStatus.STOPPED])
async def test_a_pair_that_is_not_at_work_is_left_in_peace(
    work: Work, pair: Couple, status: PairStatus
) -> None:
    await fixed(work, pair)
    await work.session.execute(update(Pair).values(status=status))
    await run(work, WEDNESDAY - 2 * HOUR, WEDNESDAY + 2 * HOUR)
    assert await told(work.session) == []


async def test_who_left_or_withdrew_is_not_written_to(work: Work, pair: Couple) -> None:
    await fixed(work, pair)
    await work.session.execute(
        update(Person).where(Person.id == pair.mentee).values(state=PersonState.FROZEN)
    )
    work.session.expire_all()
    await work.session.refresh(work.school)
    await run(work, WEDNESDAY - 2 * HOUR)
    assert [row.person_id for row in await told(work.session)] == [pair.mentor]


async def test_asks_after_the_end_the_next_day_and_two_days_later_for_the_last_time(
    work: Work, pair: Couple
) -> None:
    meeting = await fixed(work, pair)
    await run(work, *hourly(WEDNESDAY, WEDNESDAY + timedelta(days=6)))

    rows = await told(work.session, "meeting-outcome:", person=pair.mentee)
    end = WEDNESDAY + timedelta(minutes=45)
    assert [row.due_at.astimezone(work.zone).strftime("%d %H:%M") for row in rows] == [
        "16 17:30",
        "17 17:30",
        "19 17:30",
    ]
    said = ["reminder-outcome", "reminder-outcome", "reminder-outcome-last"]
    assert [first_text(row) for row in rows] == said
    assert rows[0].due_at >= end + HOUR
    assert buttons(rows[0]) == [
        f"f:meeting-outcome:{meeting.id}.{said}" for said in ("held", "moved", "missed")
    ]


async def test_what_nobody_answered_is_left_for_the_curator(work: Work, pair: Couple) -> None:
    meeting = await fixed(work, pair)
    for days, expected in ((4, []), (5, [meeting.id])):
        before = left_for_curator(WEDNESDAY + timedelta(days=days))
        found = await stored.unanswered(work.session, work.school.id, before)
        assert [m.id for m in found] == expected


async def test_another_schools_meetings_are_not_touched(work: Work, pair: Couple) -> None:
    await fixed(work, pair)
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    await run(replace(work, school=other), WEDNESDAY - 2 * HOUR, WEDNESDAY + 2 * HOUR)
    assert await told(work.session) == []


async def test_a_beat_reminds_as_many_as_it_may_and_the_next_one_the_others(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "MOST", 3)
    monkeypatch.setattr(reminders, "PAGE", 3)
    for _ in range(4):
        await fixed(work, await couple(work.session, work.school))
    counts = []
    for _ in range(4):
        await run(work, WEDNESDAY - 2 * HOUR)
        counts.append(len(await told(work.session, "meeting-soon:")))
    assert counts == [3, 6, 8, 8]


async def test_whom_no_message_reaches_keeps_nobody_waiting(
    work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reminders, "MOST", 3)
    monkeypatch.setattr(reminders, "PAGE", 3)
    pairs = [await couple(work.session, work.school) for _ in range(4)]
    for one in pairs:
        await fixed(work, one)
    await work.session.execute(
        update(Address)
        .where(Address.person_id.in_([who for one in pairs[:3] for who in (one.mentor, one.mentee)]))
        .values(unreachable_since=work.now)
    )
    await run(work, WEDNESDAY - 2 * HOUR)
    rows = await told(work.session, "meeting-soon:")
    assert {row.person_id for row in rows} == {pairs[3].mentor, pairs[3].mentee}


async def test_pupils_and_staff_are_each_reminded_in_their_own_hours(work: Work, pair: Couple) -> None:
    early = datetime(2026, 9, 16, 2, 30, tzinfo=UTC)  # 07:30: a day ahead is before anybody's hours
    await fixed(work, pair, early)
    evening = datetime(2026, 9, 14, 13, 55, tzinfo=UTC)  # 18:55
    await run(work, *hourly(evening - HOUR, evening + HOUR))
    first = [due(await told(work.session, "meeting-soon:", person=who)) for who in (pair.mentor, pair.mentee)]
    assert first == [[evening], [evening + HOUR]]


async def test_what_the_clock_says_is_what_the_list_says(work: Work, pair: Couple) -> None:
    """Read by columns for thousands, and by whole rows for one: the words are the same."""
    meeting = await fixed(work, pair, format=MeetingFormat.ONLINE, place="", proposed_by=pair.mentee)
    people = [await member(work.session, work.school, "Яна", f"Ким{n}") for n in range(4)]
    titled = await group(work.session, people[:2], people[2:], is_group=True, title="Шахматы")
    untitled = await group(work.session, people[:2], people[2:], is_group=True)
    groups = [await fixed(work, Couple(one.id, people[0].id, people[2].id)) for one in (titled, untitled)]
    now = WEDNESDAY - 2 * HOUR
    await run(work, now)
    work.session.expunge_all()
    at = replace(work, school=await work.session.merge(work.school), now=now)
    seen = 0
    for one in (meeting, *groups):
        whole = await stored.get(work.session, work.school.id, one.id)
        assert whole is not None
        for row in await told(work.session, f"meeting-soon:{one.id}:"):
            reader = next(m.person for m in whole.pair.members if m.person_id == row.person_id)
            assert (
                row.body == meeting_messages.coming(at, whole, reader, whole.pair, "reminder-soon").to_json()
            )
            seen += 1
    assert seen == 2 + 4 + 4


async def test_either_database_knows_whom_it_has_told(either: Database) -> None:
    school = build.school()
    async with either.transaction() as session:
        session.add(school)
        await session.flush()
        work = Work(session, school, WEDNESDAY - 2 * HOUR)
        met = await couple(session, school)
        meeting = await fixed(work, met)
    for _ in range(2):
        async with either.transaction() as session:
            at = Work(session, await schools.get(session, school.id), WEDNESDAY - 2 * HOUR)
            await reminders.send_due(at)
            await reminders.ask_outcomes(replace(at, now=WEDNESDAY + 3 * HOUR))
            rows = await told(session)
            start = (meeting.starts_at or at.now).isoformat()
            what = Saying("meeting-soon:", f":2:{start}", meeting.starts_at or at.now, agreed_by=at.now)
            assert await reminding.untold(session, school.id, what, (0, 0), 10) == []
    kinds = [row.key.split(":")[0] for row in rows]
    assert sorted(kinds) == ["meeting-outcome"] * 2 + ["meeting-soon"] * 2


async def test_visitors_who_only_looked_are_forgotten_after_a_week(work: Work) -> None:
    values = {"state": PersonState.VISITOR, "category": None, "created_at": work.now}
    idle = await member(work.session, work.school, "", "", **values)
    asked = await member(work.session, work.school, "", "", **values)
    came_back = await member(work.session, work.school, "", "", **values)
    joined = await member(work.session, work.school, created_at=work.now)
    ids = idle.id, asked.id, came_back.id, joined.id
    work.session.add(HelpRequest(school_id=work.school.id, person_id=asked.id, at=work.now))
    await work.session.flush()
    await work.session.execute(
        update(Address).where(Address.person_id == came_back.id).values(used_at=work.now + timedelta(days=5))
    )

    for days in (6, 8, 8):
        await sweeps.clean(replace(work, now=work.now + timedelta(days=days)))
        left = (await work.session.scalars(select(Person.id).order_by(Person.id))).all()
        assert list(left) == [*ids] if days == 6 else [*ids[1:]]
    assert await work.session.scalar(select(func.count(Address.id)).where(Address.person_id == ids[0])) == 0


async def test_old_events_and_forgotten_conversations_are_swept(work: Work) -> None:
    person = await member(work.session, work.school, category=Category.PUPIL)
    work.session.add_all(
        [
            SeenEvent(
                channel=Channel.WEB, account="default", event_id=str(days), at=work.now - timedelta(days=days)
            )
            for days in (1, 2, 4)
        ]
    )
    work.session.add(
        Conversation(
            person_id=person.id,
            school_id=work.school.id,
            flow="join",
            step="name",
            turn=1,
            channel=Channel.WEB,
            started_at=work.now,
            updated_at=work.now - timedelta(days=31),
        )
    )
    await work.session.flush()
    await sweeps.clean(work)
    assert list(await work.session.scalars(select(SeenEvent.event_id))) == ["1", "2"]
    assert await work.session.scalar(select(func.count(Conversation.person_id))) == 0


def test_the_cleaning_knows_everything_that_hangs_on_a_person() -> None:
    known = {column.property.columns[0] for column in sweeping.TIES}
    known |= {table.__table__.c.person_id for table in sweeping.BELONGINGS}
    hanging = {
        column
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert hanging <= known
