"""What the reports count beside people and pairs: meetings, programmes, hours, contests, cards. Plain columns.

Queries of one school and one school year; `until` is the first moment after the day for which it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.plans import HARD, Said
from program.roles import Side
from program.states import MeetingStatus, RequestState
from storage.places import chunks
from storage.tables import (
    Achievement,
    Answer,
    Gathering,
    Invitee,
    Meeting,
    MeetingNote,
    MentorHours,
    Pair,
    PairWorry,
    Participation,
    Partner,
    PartnerPerson,
    Plan,
    PlanFact,
    PlanItem,
    PlanWord,
    Project,
    Response,
)


async def meeting_counts(
    session: AsyncSession, school_id: int, year: str, first: datetime, until: datetime
) -> dict[str, set[int]]:
    """Status -> ids of the year's meetings whose time is in the span."""
    statement = (
        select(Meeting.status, Meeting.id)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Meeting.starts_at >= first,
            Meeting.starts_at < until,
        )
    )
    found: dict[str, set[int]] = defaultdict(set)
    for status, key in (await session.execute(statement)).all():
        found[str(status)].add(key)
    return found


async def partners(session: AsyncSession, school_id: int) -> dict[int, tuple[str, list[int]]]:
    """Partner -> its name and the ids of its people."""
    statement = (
        select(Partner.id, Partner.name, PartnerPerson.person_id)
        .outerjoin(PartnerPerson, PartnerPerson.partner_id == Partner.id)
        .where(Partner.school_id == school_id)
        .order_by(Partner.name, Partner.id)
    )
    found: dict[int, tuple[str, list[int]]] = {}
    for key, name, person in (await session.execute(statement)).all():
        people = found.setdefault(key, (name, []))[1]
        if person is not None:
            people.append(person)
    return found


async def plans(session: AsyncSession, school_id: int, pair_ids: Iterable[int]) -> list[Any]:
    """(pair, number, state, starts_on, ends_on, content, id, result) of every programme, by pair and number."""
    found: list[Any] = []
    for part in chunks(pair_ids):
        statement = (
            select(
                Plan.pair_id,
                Plan.number,
                Plan.state,
                Plan.starts_on,
                Plan.ends_on,
                Plan.content,
                Plan.id,
                Plan.result,
            )
            .where(Plan.school_id == school_id, Plan.pair_id.in_(part))
            .order_by(Plan.pair_id, Plan.number)
        )
        found += (await session.execute(statement)).all()
    return found


async def plan_items(
    session: AsyncSession, school_id: int, plan_ids: Iterable[int]
) -> dict[int, list[date | None]]:
    """Programme -> when each of its events was done."""
    found: dict[int, list[date | None]] = defaultdict(list)
    for part in chunks(plan_ids):
        statement = select(PlanItem.plan_id, PlanItem.done_on).where(
            PlanItem.school_id == school_id, PlanItem.plan_id.in_(part)
        )
        for key, done in (await session.execute(statement)).all():
            found[key].append(done)
    return found


async def hard_events(
    session: AsyncSession, school_id: int, plan_ids: Iterable[int], until: datetime
) -> dict[int, list[str]]:
    """Programme -> its events that somebody of the pair called done in part or otherwise, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for part in chunks(plan_ids):
        told = select(PlanFact.item_id).where(
            PlanFact.school_id == school_id, PlanFact.grade.in_(HARD), PlanFact.at < until
        )
        statement = (
            select(PlanItem.plan_id, PlanItem.event)
            .where(PlanItem.school_id == school_id, PlanItem.plan_id.in_(part), PlanItem.id.in_(told))
            .order_by(PlanItem.plan_id, PlanItem.number)
        )
        for key, event in (await session.execute(statement)).all():
            found[key].append(event)
    return found


async def advice(
    session: AsyncSession, school_id: int, plan_ids: Iterable[int], until: datetime
) -> dict[int, set[str]]:
    """Programme -> what its mentors propose: slugs of program.plans.RECOMMENDED."""
    found: dict[int, set[str]] = defaultdict(set)
    for part in chunks(plan_ids):
        statement = select(PlanWord.plan_id, PlanWord.advice).where(
            PlanWord.school_id == school_id, PlanWord.plan_id.in_(part), PlanWord.kind == Said.RESULT,
            PlanWord.advice != "", PlanWord.at < until,
        )  # fmt: skip
        for key, said in (await session.execute(statement)).all():
            found[key].add(said)
    return found


async def mentor_minutes(
    session: AsyncSession, school_id: int, pair_ids: Iterable[int], first: date, last: date
) -> dict[tuple[int, int], int]:
    """(pair, mentor) -> minutes entered beside the meetings."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for part in chunks(pair_ids):
        statement = select(MentorHours.pair_id, MentorHours.person_id, MentorHours.minutes).where(
            MentorHours.school_id == school_id,
            MentorHours.pair_id.in_(part),
            MentorHours.spent_on >= first,
            MentorHours.spent_on <= last,
        )
        for pair_id, person_id, minutes in (await session.execute(statement)).all():
            found[pair_id, person_id] += minutes
    return found


async def won(
    session: AsyncSession, school_id: int, pair_ids: Iterable[int], first: date, last: date
) -> list[tuple[int, int, str, str]]:
    """(pair, person, level, outcome) of contests and the like held in these days."""
    found: list[tuple[int, int, str, str]] = []
    for part in chunks(pair_ids):
        statement = select(
            Achievement.pair_id, Achievement.person_id, Achievement.level, Achievement.outcome
        ).where(
            Achievement.school_id == school_id,
            Achievement.pair_id.in_(part),
            Achievement.held_on >= first,
            Achievement.held_on <= last,
        )
        found += [(row[0], row[1], row[2], row[3]) for row in (await session.execute(statement)).all()]
    return found


async def projects(
    session: AsyncSession, school_id: int, pair_ids: Iterable[int]
) -> Sequence[tuple[int, str, date | None]]:
    """(pair, stage, day of the defence)."""
    found: list[tuple[int, str, date | None]] = []
    for part in chunks(pair_ids):
        statement = select(Project.pair_id, Project.stage, Project.defence_on).where(
            Project.school_id == school_id, Project.pair_id.in_(part)
        )
        found += [(row[0], row[1], row[2]) for row in (await session.execute(statement)).all()]
    return found


async def observed(
    session: AsyncSession, school_id: int, year: str, until: datetime
) -> dict[str, list[tuple[int, int]]]:
    """Question -> (first half, second half) of each pupil who has both cards of the year, by the second card."""
    statement = (
        select(Response.about, Response.round, Answer.question, Answer.number)
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            Response.code == "OBS",
            Response.round.startswith(f"{year}/"),
            Response.finished_at < until,
            Answer.number.is_not(None),
        )
        .order_by(Response.finished_at, Response.id, Answer.id)
    )
    first: dict[tuple[str, str], int] = {}
    later: dict[tuple[str, str], int] = {}
    for about, round, question, number in (await session.execute(statement)).all():
        assert number is not None
        (first if round == f"{year}/1" else later).setdefault((about, question), number)
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for (about, question), after in later.items():
        before = first.get((about, question))
        if before is not None:
            found[question].append((before, after))
    return found


async def gathered(
    session: AsyncSession, school_id: int, year: str, first: datetime, until: datetime
) -> list[tuple[int, int]]:
    """(gathering, person) of everybody who came to a meeting of the whole programme."""
    statement = (
        select(Invitee.gathering_id, Invitee.person_id)
        .join(Gathering, Gathering.id == Invitee.gathering_id)
        .where(
            Gathering.school_id == school_id,
            Gathering.year == year,
            Gathering.starts_at >= first,
            Gathering.starts_at < until,
            Invitee.came.is_(True),
        )
    )
    return [(row[0], row[1]) for row in (await session.execute(statement)).all()]


async def statuses(session: AsyncSession, school_id: int, year: str) -> list[tuple[str, str, int]]:
    """(status, side, person) of every participation of a year, as they stand now."""
    statement = select(Participation.status, Participation.side, Participation.person_id).where(
        Participation.school_id == school_id, Participation.year == year
    )
    return [(str(row[0]), str(row[1]), row[2]) for row in (await session.execute(statement)).all()]


async def admitted(session: AsyncSession, school_id: int, year: str) -> set[int]:
    """Mentors whom the curator has let in after selection and training."""
    statement = select(Participation.person_id).where(
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.side == Side.MENTOR,
        Participation.admitted.is_(True),
    )
    return set((await session.scalars(statement)).all())


async def open_alerts(session: AsyncSession, school_id: int, year: str) -> set[int]:
    """Pairs of the year that ask for somebody now."""
    statement = (
        select(PairWorry.pair_id)
        .join(Pair, Pair.id == PairWorry.pair_id)
        .where(
            PairWorry.school_id == school_id,
            PairWorry.state != RequestState.CLOSED,
            Pair.year == year,
        )
    )
    return set((await session.scalars(statement)).all())


async def answered_meetings(
    session: AsyncSession, school_id: int, codes: Collection[str], until: datetime
) -> dict[int, int]:
    """Meeting -> how many people have answered about it."""
    statement = (
        select(Response.about, func.count(Response.id))
        .where(
            Response.school_id == school_id,
            Response.code.in_(codes),
            Response.about.startswith("meeting:"),
            Response.finished_at < until,
        )
        .group_by(Response.about)
    )
    found = (await session.execute(statement)).all()
    return {int(about.removeprefix("meeting:")): count for about, count in found}


async def held_minutes(
    session: AsyncSession, school_id: int, year: str, first: datetime, until: datetime
) -> int:
    """Of all held meetings in the span: what the diary says, else what was planned."""
    statement = (
        select(func.sum(func.coalesce(MeetingNote.minutes, Meeting.minutes)))
        .select_from(Meeting)
        .join(Pair, Pair.id == Meeting.pair_id)
        .outerjoin(MeetingNote, MeetingNote.meeting_id == Meeting.id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Meeting.status == MeetingStatus.HELD,
            Meeting.starts_at >= first,
            Meeting.starts_at < until,
        )
    )
    return await session.scalar(statement) or 0
