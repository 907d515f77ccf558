"""The week in numbers: on the first school day, once, to the curator's own chat; no names."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions import digest, early_warning
from actions.care import ask_for_help
from actions.work import Work
from program.channels import Channel
from program.nudges import digest_day
from program.outgoing import Kind
from program.roles import Category, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.tables import Meeting, OutboxRow, StaffChat, User
from tests import build
from tests.meetups import later
from tests.pairs import buttons, couple, first_text, told

MONDAY = date(2026, 9, 21)


def at(work: Work, day: date, clock: str) -> Work:
    moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=work.zone)
    return later(work, moment - work.now)


async def curator(work: Work, role: StaffRole = StaffRole.CURATOR) -> int:
    human = build.person(work.school, "Ирина", "Ветрова", category=Category.TEACHER)
    user = User(
        school_id=work.school.id, login=f"{role}", role=role, password_hash="x", name="", created_at=work.now
    )
    work.session.add_all([human, user])
    await work.session.flush()
    work.session.add(build.address(human, Channel.TELEGRAM, f"9{human.id}"))
    work.session.add(StaffChat(school_id=work.school.id, user_id=user.id, person_id=human.id, since=work.now))
    await work.session.flush()
    return human.id


async def sent(work: Work) -> list[OutboxRow]:
    return await told(work.session, "digest:")


async def test_the_numbers_of_a_week(work: Work) -> None:
    ids = await couple(work.session, work.school, starts_on=work.today, announced_at=work.now)
    for number, (status, days) in enumerate(
        [("held", 1), ("held", 5), ("held", 7), ("confirmed", 8), ("confirmed", 20), ("confirmed", 1)]
    ):
        work.session.add(
            Meeting(
                school_id=work.school.id, pair_id=ids.pair, kind=MeetingKind.M4, status=MeetingStatus(status),
                proposed_by=ids.mentor, format=MeetingFormat.OFFLINE, uid=f"m{number}", created_at=work.now,
                starts_at=work.now + timedelta(days=days), slots=[],
            )
        )  # fmt: skip
    await ask_for_help(work, ids.mentee, "слова", urgent=False)
    await work.session.flush()
    monday = at(work, MONDAY, "08:30")
    await early_warning.follow(monday)

    found = await digest.week(monday, StaffRole.CURATOR)

    assert (found.held, found.planned, found.unanswered) == (2, 2, 1)
    assert (found.pairs, found.green + found.amber + found.red) == (1, 1)
    assert found.help == 1
    assert (await digest.week(monday, StaffRole.DIRECTOR)).help is None


async def test_on_monday_morning_every_curator_with_a_chat_is_told_once(work: Work) -> None:
    reader = await curator(work)
    await curator(work, StaffRole.DIRECTOR)
    for day, clock, count in (
        (MONDAY - timedelta(days=1), "12:00", 0),
        (MONDAY, "08:29", 0),
        (MONDAY, "08:30", 1),
        (MONDAY, "09:15", 0),
        (MONDAY + timedelta(days=1), "08:30", 0),
        (MONDAY + timedelta(days=7), "08:31", 1),
    ):
        assert await digest.send(at(work, day, clock)) == count, (day, clock)
    first, second = await sent(work)
    assert {first.person_id, second.person_id} == {reader}
    assert (first.kind, first_text(first), buttons(first)) == (Kind.NUDGE, "week-digest", ["page:week"])
    assert first.due_at.astimezone(work.zone).strftime("%a %H:%M") == "Mon 08:30"


@pytest.mark.parametrize(
    ("settings", "day"),
    [
        ({"holidays": ["2026-09-21/2026-09-22"]}, 2),
        ({"exams": ["2026-09-21"]}, 1),
        ({"staff_rest_days": [0, 5, 6]}, 1),
    ],
)
async def test_after_days_off_it_comes_on_the_first_school_day(
    work: Work, settings: dict[str, object], day: int
) -> None:
    await curator(work)
    work.school.settings = {**work.school.settings, **settings}
    counts = [await digest.send(at(work, MONDAY + timedelta(days=n), "10:00")) for n in range(7)]
    assert counts == [int(n == day) for n in range(7)]


@pytest.mark.parametrize("settings", [{"nudges": {"digest": False}}, {"exams": ["2026-09-21/2026-09-27"]}])
async def test_a_school_that_wants_none_and_a_week_of_exams_get_none(
    work: Work, settings: dict[str, object]
) -> None:
    await curator(work)
    work.school.settings = {**work.school.settings, **settings}
    assert [await digest.send(at(work, MONDAY + timedelta(days=n), "10:00")) for n in range(7)] == [0] * 7
    assert await sent(work) == []


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.sets(st.integers(0, 6)))
def test_a_week_has_one_day_of_the_digest_whichever_day_asks(day: date, free: set[int]) -> None:
    monday = day - timedelta(days=day.weekday())
    days = {digest_day(monday + timedelta(days=n), lambda one: one.weekday() in free) for n in range(7)}
    assert len(days) == 1
    (found,) = days
    if len(free) == 7:
        assert found is None
    else:
        assert found == monday + timedelta(days=min(set(range(7)) - free))
