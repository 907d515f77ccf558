"""Whom the rules of `program.assignments` ask today, from what is known of pairs and people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from actions import consents
from actions.work import Work
from program.assignments import AFTER_END, BEFORE_FOR, Due, Place, Step, Who, composed_for, due, half
from program.pair_life import planned_end
from program.polls import PollRules
from program.roles import Category, PersonState, Side
from program.states import PairStatus
from storage import askings, working_pairs
from storage.askings import FIRST
from storage.meetings import present
from storage.tables import Pair, Person
from storage.working_pairs import Met, Working


@dataclass(frozen=True)
class Wanted:
    """One person to be asked. `child`: whom a parent or an adult mentor is asked about; `pair`: of a pulse."""

    person: Person
    code: str
    round: str
    closes_at: datetime
    child: Person | None = None
    pair: Pair | None = None

    @property
    def about(self) -> str:
        if self.pair:
            return f"pair:{self.pair.id}"
        return f"person:{self.child.id}" if self.child else ""

    def key(self, begin: str) -> str:
        return f"{begin}{self.code}:{self.round}:{self.person.id}:{self.about}"


Over = Callable[[Wanted], bool]


async def by_rule(work: Work, over: Callable[[], Awaitable[Over]] | None = None) -> list[Wanted]:
    """Those who have not been looked at yet: who has answered is among them.

    Args:
        over: awaited if the rules ask anybody: of whom nothing more is to be said now; their consents are not
            asked then. Of parents and of who is observed it is not asked: whom they are asked about is not known yet.
    """
    session, school_id, year = work.session, work.school.id, work.settings.year
    quiet = silent(work)
    if quiet(work.today):
        return []
    rules = PollRules.read(work.settings.polls)
    closed = await closed_codes(work)
    found: dict[str, Wanted] = {}
    children: dict[int, list[tuple[str, datetime]]] = {}
    pairs = await working_pairs.working(session, school_id, year, work.now - AFTER_END)
    seen = await _seen(work, [pair.id for pair in pairs])
    today = [
        (pair, member, one)
        for pair in pairs
        for member, place in _places(work, pair, seen)
        for one in due(place, work.today, year, rules, quiet)
        if one.code not in closed
    ]
    if today and over is not None:
        is_over = await over()
        today = [
            (pair, member, one)
            for pair, member, one in today
            if one.who in (Who.PARENT, Who.OBSERVER) or not is_over(_wanted(work, pair, member.person, one))
        ]
    # Most days ask few of a school or nobody: only their pairs are read whole.
    whole = {
        pair.id: pair
        for pair in await working_pairs.whole(session, school_id, {pair.id for pair, _, _ in today})
    }
    asked = [(whole[pair.id], _person(whole[pair.id], member.person.id), one) for pair, member, one in today]
    watched = {pair.id: _pupil(pair) for pair, _, one in asked if one.who is Who.OBSERVER}
    concerned = {who.id: who for who in (*(person for _, person, _ in asked), *watched.values())}
    may = await consents.allowed(work, concerned.values())
    for pair, person, one in asked:
        if person.id not in may:
            continue
        wanted = _wanted(work, pair, person, one)
        closes_at = wanted.closes_at
        if one.who is Who.PARENT:
            children.setdefault(person.id, []).append((one.code, closes_at))
            continue
        if one.who is Who.OBSERVER:
            pupil = watched[pair.id]
            if pupil.id not in may:
                continue
            wanted = Wanted(person, one.code, f"{year}/{half(work.today)}", closes_at, pupil)
        found.setdefault(wanted.key(FIRST), wanted)
    for tie in await askings.guardians(session, school_id, list(children)) if children else ():
        for code, closes_at in children[tie.child_id]:
            wanted = Wanted(tie.guardian, code, year, closes_at, tie.child)
            found.setdefault(wanted.key(FIRST), wanted)
    if not (rules.before and rules.early):
        return list(found.values())
    paired = {member.person.id for pair in pairs for member in _met(pair)}
    return [*found.values(), *await _early(work, paired, closed)]


def _person(pair: Pair, person_id: int) -> Person:
    return next(one.person for one in pair.members if one.person_id == person_id)


def _wanted(work: Work, pair: Any, person: Any, one: Due) -> Wanted:
    """Of somebody who is asked about nobody else."""
    closes_at = datetime.combine(one.last, time(23, 59), work.zone)
    pulse = pair if one.since is not None else None
    return Wanted(person, one.code, one.round(work.settings.year), closes_at, pair=pulse)


def _pupil(pair: Pair) -> Person:
    led: list[Person] = [member.person for member in _met(pair) if member.side == Side.MENTEE]
    return led[0]


async def _early(work: Work, paired: set[int], closed: set[str]) -> list[Wanted]:
    """Who has joined and is in no pair yet: asked before there is one, where the school wants it so."""
    if silent(work)(work.today):
        return []
    places = await askings.waiting_places(
        work.session, work.school.id, work.settings.year, work.now - BEFORE_FOR
    )
    people = {one.person_id: one.person for one in places if one.person_id not in paired}
    may = await consents.allowed(work, people.values())
    found: dict[str, Wanted] = {}
    for one in places:
        assert one.enrolled_at is not None
        joined_on = one.enrolled_at.astimezone(work.zone).date()
        place = Place(Side(one.side), one.form, joined_on, False, one.person.birth_date)
        code = composed_for("PRE_", place, work.today)
        if one.person_id in may and joined_on < work.today and code and code not in closed:
            closes_at = datetime.combine(joined_on + BEFORE_FOR, time(23, 59), work.zone)
            wanted = Wanted(one.person, code, work.settings.year, closes_at)
            found.setdefault(wanted.key(FIRST), wanted)
    return list(found.values())


@dataclass(frozen=True)
class _Seen:
    """What is known of the pairs: who is at work, who went on after a pause when, whose final meeting was when."""

    working: set[int]
    resumed: dict[int, datetime]
    concluded: dict[int, datetime]


async def _seen(work: Work, pair_ids: Collection[int]) -> _Seen:
    session, school_id = work.session, work.school.id
    return _Seen(
        await askings.at_work(session, school_id, pair_ids),
        await askings.resumed(session, school_id),
        await askings.final_meetings(session, school_id, pair_ids),
    )


def silent(work: Work) -> Callable[[date], bool]:
    """Days on which nobody is nudged."""
    settings = work.settings
    return lambda day: settings.is_holiday(day) or settings.is_exam(day)


def _met(pair: Any) -> list[Any]:
    """Members of now; of a completed pair those who were in it to the end. Of a `Pair` or of an `Working`."""
    if pair.status != PairStatus.COMPLETED:
        return present(pair)
    return [one for one in pair.members if one.left_at is None or one.left_at == pair.closed_at]


_STEPS = {PairStatus.OFFERED: Step.OFFERED, PairStatus.COMPLETED: Step.DONE}


def _places(work: Work, pair: Working, seen: _Seen) -> list[tuple[Met, Place]]:
    """Of each member who takes part, what the rules look at."""

    def day(at: datetime | None) -> date | None:
        return at.astimezone(work.zone).date() if at else None

    announced_on = day(pair.announced_at)
    assert announced_on is not None
    if pair.continues_id is not None and pair.starts_on is not None:
        announced_on = max(
            announced_on, pair.starts_on
        )  # gone on from last year: asked when the new one begins
    met: list[Met] = _met(pair)
    led = [one.person.category for one in met if one.side == Side.MENTEE]
    concluded = pair.closed_at if pair.status == PairStatus.COMPLETED else seen.concluded.get(pair.id)
    of_pair: dict[str, Any] = {
        "leads_pupil": not pair.is_group and led == [Category.PUPIL],
        "step": _STEPS.get(PairStatus(pair.status), Step.WORKING),
        "starts_on": pair.starts_on,
        "ends_on": planned_end(pair.starts_on, pair.ends_on) if pair.starts_on else None,
        "concluded_on": day(concluded),
        "counted_from": counted_from(work, pair, seen.resumed.get(pair.id)),
    }
    at_work = pair.id in seen.working
    return [
        (
            one,
            Place(Side(one.side), pair.form, announced_on, at_work, who.birth_date, who.category, **of_pair),
        )
        for one in met
        if (who := one.person).state == PersonState.ACTIVE
    ]


def counted_from(work: Work, pair: Pair | Working, resumed: datetime | None) -> date | None:
    """From which day the pulse of a pair is counted; None: it is not at work."""
    if pair.status != PairStatus.ACTIVE:
        return None
    begun = pair.starts_on or (pair.announced_at or pair.created_at).astimezone(work.zone).date()
    return max(begun, resumed.astimezone(work.zone).date()) if resumed else begun


async def closed_codes(work: Work) -> set[str]:
    """Codes whose newest word of the year is the curator's «Закрыть»."""
    rows = await askings.of_year(work.session, work.school.id, work.settings.year)
    newest = {row.code: row for row in reversed(rows)}
    return {code for code, row in newest.items() if row.closed_at is not None}
