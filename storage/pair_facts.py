"""What the early warning looks at: pairs at work, their meetings, requests and answers, as columns. Queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import String, bindparam, cast, func, literal, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from program.early_warning import Mark, PairFacts
from program.roles import Side
from program.states import MeetingStatus, PairStatus, RequestState
from storage.adding import read_rows
from storage.meetings import present
from storage.places import chunks
from storage.tables import Answer, HelpRequest, Meeting, Pair, PairMember, PairRequest, Response
from storage.ways_in import unindexed

QUESTIONS = (
    "FB_M.2", "FB_M.3", "FB_N.4", "FB_N.6", "FB_START.1", "MID.1", "MID.2", "MID.6", "PULSE.1", "PULSE.2",
    "PULSE.3",
)  # fmt: skip
FEW = 20  # pairs whose rows are asked for by their ids; of more, those of the whole school are read
OPEN = (RequestState.NEW, RequestState.IN_WORK)
LATE = timedelta(days=1)  # called off so shortly before: to the other side it was a lost meeting


A_YEAR = timedelta(days=400)  # what was said earlier speaks of no pair of now


@dataclass
class _Days:
    """Of one pair, while they are gathered."""

    held: list[date] = field(default_factory=list)
    lost: list[date] = field(default_factory=list)
    called_off: list[date] = field(default_factory=list)
    offered: list[tuple[date, int]] = field(default_factory=list)
    lapsed: list[date] = field(default_factory=list)
    asked: list[tuple[date, int]] = field(default_factory=list)
    help: list[tuple[date, int]] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


class Member(NamedTuple):
    """As far as `present` and the early warning look."""

    id: int
    person_id: int
    side: str
    left_at: datetime | None
    away_until: date | None
    aside_since: datetime | None
    joined_at: datetime

    @property
    def changed_at(self) -> datetime:
        """When the person came or left, for good or until a consent is back."""
        return max(filter(None, (self.joined_at, self.left_at, self.aside_since)))


class AtWork(NamedTuple):
    """A pair as far as the early warning looks: columns, because all of a school are looked at."""

    id: int
    created_at: datetime
    announced_at: datetime | None
    starts_on: date | None
    members: list[Member]


async def at_work(
    session: AsyncSession, school_id: int, *, pair_id: int | None = None, person_id: int | None = None
) -> Sequence[AtWork]:
    """Pairs and groups at work now, with their members; a pair on a pause is left in peace.

    Args:
        pair_id: that one alone, if it is at work.
        person_id: those of one person.
    """
    statement = _at_work(pair_id is not None, person_id is not None)
    asked = {"school": school_id, "pair": pair_id, "person": person_id}
    rows: Any = await read_rows(session, statement, {key: value for key, value in asked.items() if value})
    found: dict[int, AtWork] = {}
    for row in rows.all():
        if row[0] not in found:
            found[row[0]] = AtWork._make((*row[:_OF_PAIR], []))
        found[row[0]].members.append(Member._make(row[_OF_PAIR:]))
    return list(found.values())


_OF_PAIR = 4  # columns


@cache
def _at_work(one: bool, of_person: bool) -> Any:
    pair, member = Pair.__table__.c, PairMember.__table__.c
    columns = (pair.id, pair.created_at, pair.announced_at, pair.starts_on)
    of_member = (
        member.id,
        member.person_id,
        member.side,
        member.left_at,
        member.away_until,
        member.aside_since,
        member.joined_at,
    )
    statement = (
        select(*columns, *of_member)
        .where(
            pair.school_id == bindparam("school"),
            pair.status == PairStatus.ACTIVE,
            member.pair_id == pair.id,
        )
        .order_by(pair.id, member.id)
    )
    if one:
        statement = statement.where(pair.id == bindparam("pair"))
    if of_person:
        own = PairMember.__table__.alias().c
        mine = select(own.pair_id).where(own.person_id == bindparam("person"), own.left_at.is_(None))
        statement = statement.where(pair.id.in_(mine))
    return statement


async def answered(session: AsyncSession, school_id: int, since: datetime) -> set[int]:
    """Who has answered anything since then."""
    rows = await read_rows(session, _answered(), {"school": school_id, "since": since})
    return set(rows.scalars())


@cache
def _answered() -> Any:
    one = Response.__table__.c
    of_school = (one.school_id == bindparam("school"), one.finished_at >= bindparam("since"))
    return select(one.person_id).where(*of_school, one.person_id.is_not(None)).distinct()


async def facts(
    session: AsyncSession,
    school_id: int,
    found: Sequence[AtWork],
    zone: ZoneInfo,
    resumed: Mapping[int, datetime],
    heard: Collection[int] | None = None,
) -> list[PairFacts]:
    """Of each of these pairs, in their order; days by the school's clock.

    Args:
        resumed: when a pair last went on after a pause (`storage.working_pairs`).
        heard: of which of them the answers are read as well; None: of all.
    """
    pairs = {pair.id: pair for pair in found}
    days: dict[int, _Days] = defaultdict(_Days)
    await _meetings(session, school_id, pairs, days, zone)
    await _requests(session, school_id, pairs, days, zone)
    read = pairs if heard is None else {key: pair for key, pair in pairs.items() if key in heard}
    await _answers(session, school_id, read, days, zone)
    return [_facts(pair, days[pair.id], resumed.get(pair.id), zone) for pair in found]


async def answers(
    session: AsyncSession, school_id: int, found: Sequence[AtWork], zone: ZoneInfo
) -> list[PairFacts]:
    """As `facts`, of a few pairs and of what is said alone: every answer about a meeting asks."""
    pairs = {pair.id: pair for pair in found}
    days: dict[int, _Days] = defaultdict(_Days)
    await _answers(session, school_id, pairs, days, zone)
    return [
        PairFacts(pair.id, date.min, marks=tuple(days[pair.id].marks), leading=_leading(pair))
        for pair in found
    ]


@cache
def _meetings_of() -> Any:
    one = Meeting.__table__.c
    return select(one.id, one.pair_id).where(one.pair_id.in_(bindparam("ids", expanding=True)))


def _leading(pair: AtWork) -> frozenset[int]:
    return frozenset(one.person_id for one in pair.members if one.side == Side.MENTOR)


def _facts(pair: AtWork, seen: _Days, went_on: datetime | None, zone: ZoneInfo) -> PairFacts:
    begun = pair.starts_on or (pair.announced_at or pair.created_at).astimezone(zone).date()
    since = max(begun, went_on.astimezone(zone).date()) if went_on else begun
    return PairFacts(
        pair.id,
        since,
        held=tuple(seen.held),
        # What went before a pause has been spoken about.
        lost=tuple(day for day in seen.lost if day >= since),
        called_off=tuple(day for day in seen.called_off if day >= since),
        offered=tuple(seen.offered),
        lapsed=tuple(day for day in seen.lapsed if day >= since),
        asked=tuple(seen.asked),
        help=tuple(seen.help),
        marks=tuple(seen.marks),
        leading=_leading(pair),
    )


async def _meetings(
    session: AsyncSession,
    school_id: int,
    pairs: Mapping[int, AtWork],
    days: Mapping[int, _Days],
    zone: ZoneInfo,
) -> None:
    """Sorts the days of the pairs' meetings. Of those that were held only the newest says something."""
    asked = _asked(school_id, pairs)
    newest: Any = await read_rows(session, _newest_held(_few(pairs)), asked)
    for pair_id, at in newest.all():
        days[pair_id].held.append(at.astimezone(zone).date())
    rows: Any = await read_rows(session, _of_meetings(_few(pairs)), asked)
    for key, pair_id, status, starts, closed, offered, closer, moves in rows.all():
        if pair_id not in pairs:
            continue
        seen, at = days[pair_id], (starts or closed or offered).astimezone(zone).date()
        if moves:  # few are: the row itself tells of its newest offer only
            seen.called_off += [datetime.fromisoformat(one).astimezone(zone).date() for one in moves]
        if status == MeetingStatus.MISSED:
            seen.lost.append(at)
        elif status == MeetingStatus.PROPOSED:
            seen.offered.append((offered.astimezone(zone).date(), key))
        elif status == MeetingStatus.CANCELLED and starts is None and closer is None:
            seen.lapsed.append(offered.astimezone(zone).date())
        elif status == MeetingStatus.CANCELLED and starts and closed:
            seen.called_off.append(closed.astimezone(zone).date())
            if closed > starts - LATE:
                seen.lost.append(at)


async def _requests(
    session: AsyncSession,
    school_id: int,
    pairs: Mapping[int, AtWork],
    days: Mapping[int, _Days],
    zone: ZoneInfo,
) -> None:
    """Sorts the days of wishes of pairs and of calls for help of their people, in one statement."""
    whose = _by_person(pairs.values())
    few = _few(pairs) and _few(whose)
    asked: dict[str, Any] = {"school": school_id}
    asked |= {"ids": list(pairs), "people": list(whose)} if few else {}
    for help_, key, of, at in await session.execute(_of_requests(few), asked):
        day = at.astimezone(zone).date()
        if not help_ and of in pairs:
            days[of].asked.append((day, key))
        for pair_id in whose.get(of, ()) if help_ else ():
            days[pair_id].help.append((day, key))


async def _answers(
    session: AsyncSession,
    school_id: int,
    pairs: Mapping[int, AtWork],
    days: Mapping[int, _Days],
    zone: ZoneInfo,
) -> None:
    """Marks of those who are in the pair now, about its meetings or about the pair itself."""
    whose = _by_person(pairs.values())
    since = min((pair.created_at for pair in pairs.values()), default=None)
    if since is None:
        return
    of_meeting: dict[int, int] = {}
    for ids in chunks(pairs):
        rows: Any = await read_rows(session, _meetings_of(), {"ids": ids})
        of_meeting |= dict(rows.all())
    for ids in chunks(whose):
        asked = {"school": school_id, "ids": ids, "since": since - A_YEAR}
        said: Any = await read_rows(session, _of_responses(), asked)
        of_response: dict[int, tuple[int, date, list[list[Mark]]]] = {}
        for key, person_id, about, at in said.all():
            own = [one for one in whose[person_id] if at >= pairs[one].created_at - A_YEAR]
            if pairs_of := _of(about, of_meeting, own):
                day = at.astimezone(zone).date()
                of_response[key] = person_id, day, [days[pair_id].marks for pair_id in pairs_of]
        if not of_response:
            continue
        found: Any = await read_rows(session, _of_answers(), asked)
        for key, response_id, question, number, choices in found.all():
            value = number if number is not None else next(iter(choices or ()), None)
            if value is None or response_id not in of_response:
                continue
            person_id, day, places = of_response[response_id]
            mark = Mark(question, value, day, key, person_id)
            for marks in places:
                marks.append(mark)


def _of(about: str, of_meeting: Mapping[int, int], own: Iterable[int]) -> list[int]:
    """Pairs that an answer speaks of: by its meeting, by itself, or all those of the person."""
    kind, _, key = about.partition(":")
    if kind == "meeting":
        return [pair for pair in own if of_meeting.get(int(key)) == pair]
    if kind == "pair":
        return [pair for pair in own if pair == int(key)]
    return list(own) if not about else []


# The questions are built once: they are asked again after each answer and each meeting. `few`: only the rows of
# these, where there are few of them; all of the school's otherwise.


def _few(ids: Collection[int]) -> bool:
    return len(ids) <= FEW


def _asked(school_id: int, ids: Collection[int]) -> dict[str, Any]:
    return {"school": school_id} | ({"ids": list(ids)} if _few(ids) else {})


def those(statement: Any, school: Any, column: Any, few: bool, ids: str = "ids") -> Any:
    """Of the school; of few only those whose `column` is among the ids."""
    if not few:
        return statement.where(school == bindparam("school"))
    return statement.where(
        unindexed(school) == bindparam("school"), column.in_(bindparam(ids, expanding=True))
    )


@cache
def _of_meetings(few: bool) -> Any:
    one, pair = Meeting.__table__.c, Pair.__table__.c
    offered = func.coalesce(one.offered_at, one.created_at)
    columns = (
        one.id, one.pair_id, one.status, one.starts_at, one.closed_at, offered, one.closed_by, one.moves,
    )  # fmt: skip
    tells = or_(one.status != MeetingStatus.HELD, cast(one.moves, String) != "[]")
    statement = select(*columns).where(pair.id == one.pair_id, pair.status == PairStatus.ACTIVE, tells)
    return _of_these(statement, few).order_by(unindexed(one.id))


@cache
def _newest_held(few: bool) -> Any:
    one, pair = Meeting.__table__.c, Pair.__table__.c
    newest = func.max(func.coalesce(one.starts_at, one.closed_at, one.created_at))
    held = (pair.id == one.pair_id, pair.status == PairStatus.ACTIVE, one.status == MeetingStatus.HELD)
    return _of_these(select(one.pair_id, newest).where(*held), few).group_by(one.pair_id)


def _of_these(statement: Any, few: bool) -> Any:
    one, pair = Meeting.__table__.c, Pair.__table__.c
    if not few:  # by the pairs: a school has meetings of many years
        statement = statement.where(pair.school_id == bindparam("school"))
        return statement.where(unindexed(one.school_id) == bindparam("school"))
    return those(statement, one.school_id, one.pair_id, few)


@cache
def _of_requests(few: bool) -> Any:
    asked, help_ = PairRequest.__table__.c, HelpRequest.__table__.c
    wish = select(literal(False), asked.id, asked.pair_id, asked.at).where(asked.state.in_(OPEN))
    call = select(literal(True), help_.id, help_.person_id, help_.at)
    call = call.where(help_.state.in_(OPEN), help_.urgent.is_(True))
    return union_all(
        those(wish, asked.school_id, asked.pair_id, few),
        those(call, help_.school_id, help_.person_id, few, "people"),
    )


@cache
def _of_responses() -> Any:
    """Apart from their answers, of which each has several: whose, about what and when is read once."""
    response = Response.__table__.c
    return _said(select(response.id, response.person_id, response.about, response.finished_at))


@cache
def _of_answers() -> Any:
    """Of the tables' columns: a year has thousands of them."""
    answer, response = Answer.__table__.c, Response.__table__.c
    statement = select(answer.id, answer.response_id, answer.question, answer.number, answer.choices).where(
        response.id == answer.response_id, answer.question.in_(QUESTIONS), answer.skipped.is_(False)
    )
    return _said(statement)


def _said(statement: Any) -> Any:
    response = Response.__table__.c
    statement = statement.where(response.person_id.is_not(None), response.finished_at >= bindparam("since"))
    return those(statement, response.school_id, response.person_id, few=True)


def _by_person(pairs: Iterable[Any]) -> dict[int, list[int]]:
    """Who is in which of these pairs now."""
    whose: dict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        for member in present(pair):
            whose[member.person_id].append(pair.id)
    return whose
