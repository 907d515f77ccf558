"""Whom the rules of `program.assignments` ask today, from what is known of pairs and people."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
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
from storage.consent_lists import Bare
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
            asked then. Of parents it is not asked: who they are is not known yet.
    """
    if silent(work)(work.today):
        return []
    session, year, rules = work.session, work.settings.year, PollRules.read(work.settings.polls)
    closed = await closed_codes(work)
    pairs = await working_pairs.working(session, work.school.id, year, work.now - AFTER_END)
    turns = await _turns(work, pairs, rules, closed)
    if turns and over is not None:
        is_over = await over()
        turns = [
            (pair, member, one)
            for pair, member, one in turns
            if one.who is Who.PARENT or not is_over(_wanted(work, pair, member.person, one))
        ]
    children = [member.person.id for _, member, one in turns if one.who is Who.PARENT]
    ties = await askings.guardians(session, work.school.id, children) if children else ()
    turns = await _permitted(work, turns, {tie.child_id for tie in ties})
    # Most days ask few of a school or nobody: only their pairs are read whole.
    asked = {pair.id for pair, _, one in turns if one.who is not Who.PARENT}
    whole = {pair.id: pair for pair in await working_pairs.whole(session, work.school.id, asked)}
    found: dict[str, Wanted] = {}
    of_child: dict[int, list[tuple[str, datetime]]] = {}
    for pair, member, one in turns:
        if one.who is Who.PARENT:
            of_child.setdefault(member.person.id, []).append((one.code, _closes_at(work, one)))
        else:
            wanted = _wanted(work, whole[pair.id], _person(whole[pair.id], member.person.id), one)
            found.setdefault(wanted.key(FIRST), wanted)
    for tie in ties:
        for code, closes_at in of_child.get(tie.child_id, ()):
            wanted = Wanted(tie.guardian, code, year, closes_at, tie.child)
            found.setdefault(wanted.key(FIRST), wanted)
    if not (rules.before and rules.early):
        return list(found.values())
    paired = {member.person.id for pair in pairs for member in _met(pair)}
    return [*found.values(), *await _early(work, paired, closed)]


Turn = tuple[Working, Met, Due]


async def _turns(
    work: Work, pairs: Collection[Working], rules: PollRules, closed: Collection[str]
) -> list[Turn]:
    """What the rules ask today of each member of these pairs."""
    seen, today, year = await _seen(work, [pair.id for pair in pairs]), work.today, work.settings.year
    quiet = cache(silent(work))  # each place asks of the same days
    return [
        (pair, member, one)
        for pair in pairs
        for member, place in _places(work, pair, seen)
        for one in due(place, today, year, rules, quiet)
        if one.code not in closed
    ]


async def _permitted(work: Work, turns: Collection[Turn], with_parents: Collection[int]) -> list[Turn]:
    """Those of which consents allow to ask, and of parents only where the child has any."""
    turns = [one for one in turns if one[2].who is not Who.PARENT or one[1].person.id in with_parents]
    people = {who.id: Bare(who.id, who.birth_date, who.category) for one in turns for who in _concerned(*one)}
    may = await consents.allowed(work, people.values())
    return [one for one in turns if all(who.id in may for who in _concerned(*one))]


def _person(pair: Pair, person_id: int) -> Person:
    return next(one.person for one in pair.members if one.person_id == person_id)


def _wanted(work: Work, pair: Any, person: Any, one: Due) -> Wanted:
    """Of anybody but parents, of whom it is not known yet. The pair is a `Pair` or a `Working`."""
    closes_at = _closes_at(work, one)
    if one.who is Who.OBSERVER:
        round = f"{work.settings.year}/{half(work.today)}"
        return Wanted(person, one.code, round, closes_at, _pupil(pair))
    pulse = pair if one.since is not None else None
    return Wanted(person, one.code, one.round(work.settings.year), closes_at, pair=pulse)


def _closes_at(work: Work, one: Due) -> datetime:
    return datetime.combine(one.last, time(23, 59), work.zone)


def _concerned(pair: Working, member: Met, one: Due) -> list[Any]:
    """Whose consents are needed: of who is asked, and of the pupil whom an adult mentor is asked about."""
    return [member.person, *([_pupil(pair)] if one.who is Who.OBSERVER else [])]


def _pupil(pair: Any) -> Any:
    return next(member.person for member in _met(pair) if member.side == Side.MENTEE)


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
        await working_pairs.resumed(session, school_id),
        await askings.final_meetings(session, school_id, pair_ids),
    )


def silent(work: Work) -> Callable[[date], bool]:
    """Days on which nobody is nudged, and on which no meeting is expected."""
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
