"""What the reports list and count, as plain columns: a region has 170,000 mentees, and whole rows take five times as long.

Queries of one school and one school year; `until` is the first moment after the day for which it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.consents import ConsentEvent, ConsentKind
from program.indicators import Taker
from program.roles import Category, Side
from program.states import ENTERED, MeetingStatus, PairStatus, ParticipationStatus, RequestState
from storage.places import chunks
from storage.tables import (
    Achievement,
    Answer,
    Consent,
    Gathering,
    Guardianship,
    Invitee,
    Meeting,
    MeetingNote,
    MentorHours,
    Pair,
    PairMember,
    PairWorry,
    Participation,
    Partner,
    PartnerPerson,
    Person,
    Plan,
    PlanItem,
    Project,
    Response,
)

# Ended early: counts as entered only after a meeting that took place. Source: domain.md 3.4, rule 4.
ENDED_EARLY = (PairStatus.STOPPED, PairStatus.REPLACED)


class Who(NamedTuple):
    """A person as reports name them; the names are those of the table."""

    id: int
    state: str
    category: str | None
    last_name: str
    first_name: str
    middle_name: str
    birth_date: date | None
    class_name: str
    position: str
    workplace: str
    phone: str
    email: str

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)

    @property
    def is_minor_category(self) -> bool:
        return self.category == Category.PUPIL


class Place(NamedTuple):
    """One participation in the base."""

    id: int
    person_id: int
    form: str
    status: str
    enrolled_at: datetime
    finished_at: datetime | None
    result: str
    case_url: str


class Worked(NamedTuple):
    """A pair or group that has begun its work."""

    id: int
    form: str
    role_model: str
    is_group: bool
    status: str
    starts_on: date | None
    closed_at: datetime | None
    result: str
    title: str
    ends_on: date | None
    extended: bool


class Member(NamedTuple):
    """Somebody of a pair; the names are those of the table, so that `actions.pair_life.days_of` reads them."""

    pair_id: int
    person_id: int
    participation_id: int
    side: str
    joined_at: datetime
    left_at: datetime | None
    left_for: str
    days_before: int


_WHO = (
    Person.id, Person.state, Person.category, Person.last_name, Person.first_name, Person.middle_name,
    Person.birth_date, Person.class_name, Person.position, Person.workplace, Person.phone, Person.email,
)  # fmt: skip
_TAKER = (Person.category, Person.birth_date, Person.teaching_since)


async def base(
    session: AsyncSession, school_id: int, year: str, side: Side, until: datetime
) -> list[tuple[Place, Who]]:
    """Participations that had been in the base by then, with their people, by name."""
    statement = (
        select(
            Participation.id, Participation.person_id, Participation.form, Participation.status,
            Participation.enrolled_at, Participation.finished_at, Participation.result, Participation.case_url, *_WHO,
        )
        .join(Person, Person.id == Participation.person_id)
        .where(*_in_base(school_id, year, until), Participation.side == side)
        .order_by(Person.last_name, Person.first_name, Person.id, Participation.form, Participation.id)
    )  # fmt: skip
    width = len(Place._fields)
    return [
        (_place(Place._make(row[:width]), until), Who._make(row[width:]))
        for row in (await session.execute(statement)).all()
    ]


def _place(one: Place, until: datetime) -> Place:
    """As it stood then: what ended later had not ended."""
    if one.finished_at is None or one.finished_at < until:
        return one
    return one._replace(finished_at=None, status=ParticipationStatus.PAIRED, result="")


async def base_takers(session: AsyncSession, school_id: int, year: str, until: datetime) -> list[Taker]:
    """Everybody who had been in a base by then, once for each side and form."""
    statement = (
        select(Participation.person_id, Person.category, Participation.side, Participation.form, *_TAKER[1:])
        .join(Person, Person.id == Participation.person_id)
        .where(*_in_base(school_id, year, until))
    )
    return [Taker._make(row) for row in (await session.execute(statement)).all()]


def _in_base(school_id: int, year: str, until: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Participation.school_id == school_id,
        Participation.year == year,
        Participation.enrolled_at.is_not(None),
        Participation.enrolled_at < until,
    )


def began(school_id: int, year: str, on: date, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """Pairs and groups that had begun their work by the end of that day (domain.md 3.4, rule 4)."""
    lasted = (
        select(Meeting.id)
        .where(
            Meeting.pair_id == Pair.id,
            Meeting.status == MeetingStatus.HELD,
            or_(Meeting.starts_at.is_(None), Meeting.starts_at < until),
        )
        .exists()
    )
    return (
        Pair.school_id == school_id,
        Pair.year == year,
        Pair.status.in_(ENTERED),
        or_(Pair.starts_on.is_(None), Pair.starts_on <= on),
        or_(Pair.status.not_in(ENDED_EARLY), Pair.closed_at >= until, lasted),
    )


async def worked(
    session: AsyncSession, school_id: int, year: str, on: date, until: datetime
) -> dict[int, Worked]:
    """By its id, in the order of ids."""
    statement = (
        select(
            Pair.id, Pair.form, Pair.role_model, Pair.is_group, Pair.status, Pair.starts_on, Pair.closed_at,
            Pair.result, Pair.title, Pair.ends_on, Pair.extended,
        )
        .where(*began(school_id, year, on, until))
        .order_by(Pair.id)
    )  # fmt: skip
    return {row[0]: _worked(Worked._make(row), until) for row in (await session.execute(statement)).all()}


def _worked(one: Worked, until: datetime) -> Worked:
    if one.closed_at is None or one.closed_at < until:
        return one
    return one._replace(closed_at=None, status=PairStatus.ACTIVE, result="")


async def members(
    session: AsyncSession, school_id: int, year: str, on: date, until: datetime
) -> list[Member]:
    """Everybody who has ever been in one of these pairs, those who joined later left out."""
    statement = _of_members(
        PairMember.pair_id, PairMember.person_id, PairMember.participation_id, PairMember.side,
        PairMember.joined_at, PairMember.left_at, PairMember.left_for, PairMember.days_before,
    )  # fmt: skip
    statement = statement.where(*began(school_id, year, on, until), PairMember.joined_at < until)
    return [Member._make(row) for row in (await session.execute(statement)).all()]


async def entered_takers(
    session: AsyncSession, school_id: int, year: str, on: date, until: datetime
) -> list[tuple[int, str, bool, Taker]]:
    """(pair, role model, whether it is a group, member) of everybody who has entered the programme."""
    statement = _of_members(
        PairMember.pair_id, Pair.role_model, Pair.is_group,
        PairMember.person_id, Person.category, PairMember.side, Pair.form, *_TAKER[1:],
    )  # fmt: skip
    statement = statement.join(Person, Person.id == PairMember.person_id).where(
        *began(school_id, year, on, until), PairMember.joined_at < until
    )
    return [
        (row[0], row[1], row[2], Taker._make(row[3:])) for row in (await session.execute(statement)).all()
    ]


def _of_members(*columns: Any) -> Select[Any]:
    return select(*columns).join(Pair, Pair.id == PairMember.pair_id).order_by(PairMember.id)


async def people(session: AsyncSession, school_id: int, ids: Iterable[int]) -> dict[int, Who]:
    found: dict[int, Who] = {}
    for part in chunks(ids):
        statement = select(*_WHO).where(Person.school_id == school_id, Person.id.in_(part))
        found |= {row[0]: Who._make(row) for row in (await session.execute(statement)).all()}
    return found


async def taking_part(session: AsyncSession, school_id: int, year: str) -> dict[int, Who]:
    """Everybody of a year by id: one query instead of one for each five thousand of a region."""
    mine = select(Participation.person_id).where(
        Participation.school_id == school_id, Participation.year == year
    )
    statement = select(*_WHO).where(Person.school_id == school_id, Person.id.in_(mine))
    return {row[0]: Who._make(row) for row in (await session.execute(statement)).all()}


async def guardians(session: AsyncSession, school_id: int) -> dict[int, list[Who]]:
    """Child -> guardians whom the school has confirmed, in the order in which they were put down."""
    statement = (
        select(Guardianship.child_id, *_WHO)
        .join(Person, Person.id == Guardianship.guardian_id)
        .where(Guardianship.school_id == school_id, Guardianship.confirmed_at.is_not(None))
        .order_by(Guardianship.id)
    )
    found: dict[int, list[Who]] = defaultdict(list)
    for row in (await session.execute(statement)).all():
        found[row[0]].append(Who._make(row[1:]))
    return found


async def took_back(session: AsyncSession, school_id: int) -> set[int]:
    """People of whom anybody has ever refused or taken back the consent to data: whose state has to be worked out."""
    statement = select(Consent.person_id).where(
        Consent.school_id == school_id,
        Consent.kind == ConsentKind.PD,
        Consent.event.in_((ConsentEvent.REFUSED, ConsentEvent.WITHDRAWN)),
    )
    return set((await session.scalars(statement.distinct())).all())


async def said(
    session: AsyncSession, school_id: int, code: str, questions: Collection[str]
) -> list[tuple[int, str, int | None, str | None, list[Any] | None, bool]]:
    """(person, question, number, words, codes, skipped) of everybody, the earliest first."""
    statement = (
        select(
            Response.person_id, Answer.question, Answer.number, Answer.words, Answer.choices, Answer.skipped
        )
        .join(Answer, Answer.response_id == Response.id)
        .where(
            Response.school_id == school_id,
            Response.code == code,
            Response.person_id.is_not(None),
            Answer.question.in_(questions),
        )
        .order_by(Response.finished_at, Response.id)
    )
    return [
        (person or 0, question, number, words, codes, skipped)
        for person, question, number, words, codes, skipped in (await session.execute(statement)).all()
    ]


async def held(
    session: AsyncSession, school_id: int, year: str, until: datetime, pair_ids: Collection[int] | None = None
) -> dict[int, list[datetime]]:
    """Pair -> when its held meetings began, in their order."""
    found: dict[int, list[datetime]] = defaultdict(list)
    statement = (
        select(Meeting.pair_id, Meeting.starts_at)
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(
            Pair.school_id == school_id,
            Pair.year == year,
            Meeting.status == MeetingStatus.HELD,
            Meeting.starts_at < until,
        )
        .order_by(Meeting.starts_at)
    )
    parts = [None] if pair_ids is None else list(chunks(pair_ids))
    for part in parts:
        one = statement if part is None else statement.where(Pair.id.in_(part))
        for pair_id, at in (await session.execute(one)).all():
            if at is not None:
                found[pair_id].append(at)
    return found


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
    """(pair, number, state, starts_on, ends_on, content, id) of every programme, by pair and number."""
    found: list[Any] = []
    for part in chunks(pair_ids):
        statement = (
            select(Plan.pair_id, Plan.number, Plan.state, Plan.starts_on, Plan.ends_on, Plan.content, Plan.id)
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


async def open_alerts(session: AsyncSession, school_id: int) -> set[int]:
    """Pairs that ask for somebody now."""
    statement = select(PairWorry.pair_id).where(
        PairWorry.school_id == school_id, PairWorry.state != RequestState.CLOSED
    )
    return set((await session.scalars(statement)).all())


async def answered_meetings(session: AsyncSession, school_id: int, codes: Collection[str]) -> set[int]:
    """Meetings about which anybody has answered."""
    statement = select(Response.about).where(
        Response.school_id == school_id, Response.code.in_(codes), Response.about.startswith("meeting:")
    )
    found = (await session.scalars(statement.distinct())).all()
    return {int(about.removeprefix("meeting:")) for about in found}


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
