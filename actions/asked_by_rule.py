"""Whom the rules of `program.assignments` ask today, from what is known of pairs and people."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from actions import consents
from actions.work import Work
from program.assignments import AFTER_END, BEFORE_FOR, Due, Place, Step, Who, composed_for, due, half
from program.pair_life import planned_end
from program.polls import PollRules
from program.roles import Category, PersonState, Side
from program.states import PairStatus
from storage import askings
from storage.askings import FIRST
from storage.meetings import present
from storage.tables import Pair, PairMember, Person


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


async def by_rule(work: Work, over: Callable[[Wanted], bool] = lambda _: False) -> list[Wanted]:
    """Those who have not been looked at yet: who has answered is among them.

    Args:
        over: of whom nothing more is to be said now; their consents are not asked then. Of parents and of who
            is observed it is not asked: whom they are asked about is not known yet.
    """
    session, school_id, year = work.session, work.school.id, work.settings.year
    quiet = silent(work)
    if quiet(work.today):
        return []
    rules = PollRules.read(work.settings.polls)
    closed = await closed_codes(work)
    found: dict[str, Wanted] = {}
    children: dict[int, list[tuple[str, datetime]]] = {}
    pairs = await askings.working_pairs(session, school_id, year, work.now - AFTER_END)
    seen = await _seen(work, [pair.id for pair in pairs])
    asked = [
        (pair, person, one)
        for pair in pairs
        for person, side in _members(pair)
        for one in due(_place(work, pair, person, side, seen), work.today, year, rules, quiet)
        if one.code not in closed
    ]
    asked = [
        (pair, person, one)
        for pair, person, one in asked
        if one.who in (Who.PARENT, Who.OBSERVER) or not over(_wanted(work, pair, person, one))
    ]
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


def _wanted(work: Work, pair: Pair, person: Person, one: Due) -> Wanted:
    """Of somebody who is asked about nobody else."""
    closes_at = datetime.combine(one.last, time(23, 59), work.zone)
    pulse = pair if one.since is not None else None
    return Wanted(person, one.code, one.round(work.settings.year), closes_at, pair=pulse)


def _pupil(pair: Pair) -> Person:
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
        await askings.resumed(session, school_id),
        await askings.final_meetings(session, school_id, pair_ids),
    )


def silent(work: Work) -> Callable[[date], bool]:
    """Days on which nobody is nudged."""
    settings = work.settings
    return lambda day: settings.is_holiday(day) or settings.is_exam(day)


def _met(pair: Pair) -> list[PairMember]:
    """Members of now; of a completed pair those who were in it to the end."""
    if pair.status != PairStatus.COMPLETED:
        return present(pair)
    return [one for one in pair.members if one.left_at is None or one.left_at == pair.closed_at]


def _members(pair: Pair) -> list[tuple[Person, Side]]:
    return [(m.person, Side(m.side)) for m in _met(pair) if m.person.state == PersonState.ACTIVE]


_STEPS = {PairStatus.OFFERED: Step.OFFERED, PairStatus.COMPLETED: Step.DONE}


def _place(work: Work, pair: Pair, person: Person, side: Side, seen: _Seen) -> Place:
    def day(at: datetime | None) -> date | None:
        return at.astimezone(work.zone).date() if at else None

    announced_on = day(pair.announced_at)
    assert announced_on is not None
    if pair.continues_id is not None and pair.starts_on is not None:
        announced_on = max(
            announced_on, pair.starts_on
        )  # gone on from last year: asked when the new one begins
    led = [m.person for m in _met(pair) if m.side == Side.MENTEE]
    concluded = pair.closed_at if pair.status == PairStatus.COMPLETED else seen.concluded.get(pair.id)
    return Place(
        side,
        pair.form,
        announced_on,
        pair.id in seen.working,
        person.birth_date,
        person.category,
        leads_pupil=not pair.is_group and [one.category for one in led] == [Category.PUPIL],
        step=_STEPS.get(PairStatus(pair.status), Step.WORKING),
        starts_on=pair.starts_on,
        ends_on=planned_end(pair.starts_on, pair.ends_on) if pair.starts_on else None,
        concluded_on=day(concluded),
        counted_from=counted_from(work, pair, seen.resumed.get(pair.id)),
    )


def counted_from(work: Work, pair: Pair, resumed: datetime | None) -> date | None:
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
