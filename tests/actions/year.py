"""A school at the end of its year: a bit of everything that the turn has to deal with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from actions import year_turn, year_turning, year_words
from actions.work import Work
from program.roles import Category, Side, StaffRole
from program.school_years import Choices, Question, Step
from program.states import MeetingFormat, MeetingKind, MeetingStatus, ParticipationStatus
from storage.tables import Meeting, Participation, Person, School, User, YearTurn, YearWord
from tests import build
from tests.pairs import couple, member

JUNE = datetime(2027, 6, 1, 7, 0, tzinfo=UTC)
OLD, NEW = "2026-2027", "2027-2028"


@dataclass(frozen=True)
class Season:
    """Ids: two pairs (one is to go on), somebody who waits, graduates, a ninth class, a stranger of the last class."""

    closing: int
    going: int
    closing_mentee: int
    closing_mentor: int
    going_mentee: int
    going_mentor: int
    waits: int
    graduate: int
    stranger: int
    ninth_stays: int
    ninth_leaves: int
    teacher: int


async def season(session: AsyncSession, school: School) -> Season:
    closing = await couple(session, school, starts_on=date(2026, 10, 1))
    for place in await session.scalars(select(Participation)):
        place.status, place.enrolled_at = ParticipationStatus.PAIRED, build.NOW
    teacher = await member(session, school, "Олег", "Дёмин", category=Category.TEACHER)
    pupil = await member(session, school, "Ира", "Нова", class_name="7-Б")
    places = [
        build.participation(
            teacher, Side.MENTOR, "uchit_uch", status="paired", capacity=3, enrolled_at=build.NOW
        ),
        build.participation(pupil, Side.MENTEE, "uchit_uch", status="paired", enrolled_at=build.NOW),
    ]
    session.add_all(places)
    await session.flush()
    going = build.pair(*places, starts_on=date(2026, 10, 1))
    session.add(going)
    await session.flush()
    waits = await member(session, school, "Вера", "Ждан", class_name="6А")
    graduate = await member(
        session, school, "Глеб", "Выпускной", class_name="11А", birth_date=date(2009, 1, 5)
    )
    stranger = build.person(school, "Пётр", "Чужой", class_name="11А", state="invited")
    stays = build.person(school, "Ян", "Остаев", class_name="9А", state="invited")
    leaves = build.person(school, "Зоя", "Уходова", class_name="9А", state="invited")
    session.add_all((stranger, stays, leaves))
    await session.flush()
    session.add_all(
        (
            build.participation(waits, Side.MENTEE, enrolled_at=build.NOW),
            build.participation(graduate, Side.MENTOR, status="finished", finished_at=build.NOW),
            Meeting(
                school_id=school.id, pair_id=going.id, kind=MeetingKind.M4, status=MeetingStatus.CONFIRMED,
                proposed_by=teacher.id, starts_at=JUNE + timedelta(days=90), format=MeetingFormat.OFFLINE,
                uid="ahead", created_at=build.NOW,
            ),
        )
    )  # fmt: skip
    user = User(
        school_id=school.id, login="class-8", role=StaffRole.CLASS_TEACHER, class_name="8А", password_hash="-",
        created_at=build.NOW,
    )  # fmt: skip
    session.add(user)
    await session.flush()
    return Season(
        closing.pair, going.id, closing.mentee, closing.mentor, pupil.id, teacher.id, waits.id, graduate.id,
        stranger.id, stays.id, leaves.id, user.id,
    )  # fmt: skip


def in_june(work: Work, **more: Any) -> Work:
    return replace(work, now=JUNE + timedelta(**more))


async def chosen(work: Work, made: Season, change: Callable[[Choices], Choices] | None = None) -> YearTurn:
    """Everything chosen as the tests want it; the pair that goes on has said yes, the graduate stays."""
    turn = await year_turn.begin(work)

    def usual(now: Choices) -> Choices:
        now = replace(now, pairs={str(made.going): "extend"}, leaving=(made.ninth_leaves,))
        return change(now) if change else now

    turn = await year_turn.save(work, turn.version, Step.PAIRS, usual)
    for question in (Question.PAIR, Question.ALUMNUS, Question.MENTOR, Question.AGAIN):
        await year_words.send(work, turn.version, question)
    for word in list(await work.session.scalars(select(YearWord))):
        if word.question in (Question.PAIR, Question.ALUMNUS):
            await year_words.say(work, word.person_id, word.id, "yes")
    return turn


async def turned(work: Work, made: Season) -> YearTurn:
    turn = await chosen(work, made)
    return await year_turning.turn(work, turn.version)


async def places_of(work: Work, person: int) -> dict[tuple[str, str, str], ParticipationStatus]:
    found = await work.session.scalars(
        select(Participation)
        .where(Participation.person_id == person)
        .execution_options(populate_existing=True)
    )
    return {(one.year, one.side, one.form): one.status for one in found}


async def named(work: Work, person: int) -> Person:
    found = await work.session.get(Person, person, populate_existing=True)
    assert found is not None
    return found
