"""Taking the turn of the year back: for a day, while nobody has been told. What somebody has changed since stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog

from actions import journal, year_turn
from actions.places import hold_pairs, hold_people
from actions.work import Work
from actions.year_lines import MADE, put_back, untouched
from actions.year_turning import told_key
from program.errors import Refusal
from program.periods import year_before
from program.roles import PersonState
from program.school_years import UNDO
from program.states import ParticipationStatus
from program.text import Text
from storage import outbox, pairs, year_lines, year_people
from storage import school_year as rows
from storage.tables import (
    Base,
    GroupChange,
    Pair,
    PairMember,
    PairRequest,
    PairWorry,
    Participation,
    Person,
    RoadmapStage,
    School,
    User,
    YearLine,
    YearTurn,
)

log = structlog.get_logger()

FRESH = (
    ParticipationStatus.CONSENT_PENDING,
    ParticipationStatus.IN_BASE,
    ParticipationStatus.SEARCHING,
    ParticipationStatus.PAIRED,
)
LEFT = "left"  # in `YearTurn.numbers` of a turn that was taken back
Stored = Mapping[str, Any]


@dataclass(frozen=True)
class Back:
    """What became of it.

    Args:
        kept: how many rows somebody has changed since, by kind.
        left: pairs and people among them, to be looked at by hand.
    """

    done: int
    kept: dict[str, int]
    left: dict[str, list[int]]


async def last(work: Work) -> YearTurn | None:
    """The turn to the year in work, if it was made by the wizard."""
    turn = await rows.turn_of(work.session, work.school.id, work.settings.year)
    return turn if turn is not None and turn.done_at is not None else None


async def why_not(work: Work, turn: YearTurn) -> Text | None:
    """Why the turn cannot be taken back now; None: it can be tried."""
    if turn.done_at is None or turn.year != work.settings.year:
        return Text("year-undo-none")
    if work.now >= turn.done_at + UNDO:
        return Text("year-undo-late")
    if turn.begun_at is not None or await rows.told(work.session, told_key(turn)):
        return Text("year-undo-told")
    return None


async def undo(work: Work) -> Back:
    """Puts everything back that nobody has changed since.

    Raises:
        Refusal: too late, somebody has been told, or nothing was done.
    """
    turn = await rows.lock_turn(work.session, work.school.id, work.settings.year)
    if turn is None:
        raise Refusal("year-undo-none")
    reason = await why_not(work, turn)
    if reason is not None:
        raise Refusal(reason.id, **dict(reason.args))
    lines = Lines(await year_lines.lines(work.session, turn.id))
    await _hold_all(work, lines)
    await rows.hold_school(work.session, work.school.id)
    # Once more, with everything held: a message may have gone out meanwhile.
    await outbox.cancel(work.session, told_key(turn), "year-undone", now=work.now)
    if await rows.told(work.session, told_key(turn)):
        raise Refusal("year-undo-told")
    kept, left = await _put_all_back(work, turn, lines)
    turn.done_at, turn.done_by, turn.numbers = None, "", {LEFT: left}
    turn.undone_at, turn.undone_by, turn.version = work.now, work.actor, turn.version + 1
    await year_lines.forget_lines(work.session, turn.id)
    await work.session.flush()
    done = lines.count - sum(kept.values())
    after = {"year": year_before(turn.year), "kept": sum(kept.values())}
    await journal.note(work, "year.undone", f"year:{turn.id}", {"year": turn.year}, after)
    log.info("year.undone", school=work.school.id, done=done, kept=sum(kept.values()))
    return Back(done, kept, left)


def left_of(turn: YearTurn) -> dict[str, list[int]]:
    """Pairs and people that stayed as they were when the turn was taken back; empty once it is done again."""
    found: dict[str, list[int]] = turn.numbers.get(LEFT, {}) if turn.done_at is None else {}
    return found


class Lines:
    """Everything that the turn has written down, by its kind: key -> (before, after)."""

    def __init__(self, found: Sequence[YearLine]) -> None:
        self.count = len(found)
        self._of: dict[str, dict[int, tuple[Stored, Stored]]] = {}
        for one in found:
            self._of.setdefault(one.kind, {})[one.subject_id] = (one.before, one.after)

    def of(self, table: type[Base]) -> dict[int, tuple[Stored, Stored]]:
        return self._of.get(table.__tablename__, {})

    def made(self, table: type[Base]) -> dict[int, Stored]:
        return {key: after for key, (_, after) in self._of.get(MADE + table.__tablename__, {}).items()}


async def _hold_all(work: Work, lines: Lines) -> None:
    """In the order of the house, before the first line of the journal."""
    people = {*lines.of(Person), *(one["person"] for one in lines.made(Participation).values())}
    people |= await rows.taking_part(work.session, work.school.id, work.settings.year)
    await hold_people(work, people)
    await hold_pairs(work, [*lines.of(Pair), *lines.made(Pair)])


async def _put_all_back(
    work: Work, turn: YearTurn, lines: Lines
) -> tuple[dict[str, int], dict[str, list[int]]]:
    """New things go before what they hang on; what stays as somebody has changed it since: as in `Back`."""
    assert turn.done_at is not None
    session = work.session
    kept: Counter[str] = Counter()
    for _, (before, _after) in lines.of(School).items():
        others = {name: value for name, value in work.school.settings.items() if name != "year"}
        work.school.settings = others | ({"year": before["year"]} if before["year"] is not None else {})
    stay = await _remove_pairs(work, lines)
    back = await _pairs(work, lines, stay)
    await session.flush()
    places = await _remove_places(work, lines)
    over = lines.of(Pair).keys() - back
    people = {lines.made(Participation)[key]["person"] for key in places}
    kept.update({"pair": len(over), "new-pair": len(stay), "new-place": len(places)})
    searching = await _places(work, lines)
    persons = await _rows(work, lines, Person, lambda one: one.state != PersonState.ERASED)
    kept.update(place=len(searching), person=len(persons), user=len(await _rows(work, lines, User)))
    for table in (PairRequest, GroupChange, PairWorry):
        await _rows(work, lines, table, lambda one: one.pair_id in back)
    await session.flush()
    await year_people.let_go(session, work.school.id, year_before(turn.year))
    stages = sorted(lines.made(RoadmapStage))
    if stages and not await year_lines.remove_map(session, work.school.id, turn.year, stages, turn.done_at):
        kept["roadmap"] = 1
    left = {"pair": sorted(over | stay), "person": sorted({*people, *persons, *searching.values()})}
    return {kind: count for kind, count in kept.items() if count}, left


async def _rows(
    work: Work, lines: Lines, table: type[Base], may: Callable[[Any], bool] = lambda one: True
) -> set[int]:
    """Puts the rows of a table back that nobody has changed since; the others."""
    found = await year_lines.anew(work.session, table, lines.of(table))
    stay = set()
    for key, (before, after) in lines.of(table).items():
        row = found.get(key)
        if row is not None and untouched(row, after) and may(row):
            put_back(row, before)
        else:
            stay.add(key)
    return stay


async def _remove_pairs(work: Work, lines: Lines) -> set[int]:
    """Removes the pairs of the new year, their meetings go back; those that live on of their own stay."""
    made = lines.made(Pair)
    found = {one.id: one for one in await pairs.lock(work.session, work.school.id, made)}
    hung = await year_lines.hung_on(work.session, Pair, made, but=("pair_member", "pair_worry", "meeting"))
    go = {
        key: one.continues_id
        for key, one in found.items()
        if one.status in year_turn.AT_WORK
        and one.continues_id is not None
        and key not in hung
        and sorted(member.id for member in one.members) == made[key]["members"]
    }
    await year_lines.move_all_back(work.session, go)
    await year_lines.remove_pairs(work.session, go)
    return found.keys() - go.keys()


async def _pairs(work: Work, lines: Lines, stay: set[int]) -> set[int]:
    """Puts pairs with everybody in them back; which. A pair whose new one stays is over."""
    gone_on = {after["continues"] for key, after in lines.made(Pair).items() if key in stay}
    members = lines.of(PairMember)
    back = set()
    for pair in await pairs.lock(work.session, work.school.id, lines.of(Pair)):
        before, after = lines.of(Pair)[pair.id]
        here = [one for one in pair.members if one.id in members or one.left_at is None]
        if pair.id in gone_on or not untouched(pair, after) or any(_gone(one.person) for one in here):
            continue
        put_back(pair, before)
        for one in here:
            if one.id in members and untouched(one, members[one.id][1]):
                put_back(one, members[one.id][0])
        back.add(pair.id)
    return back


async def _remove_places(work: Work, lines: Lines) -> set[int]:
    """Removes the places of the new year; those on which something hangs, or that came to something, stay."""
    made = lines.made(Participation)
    found = await year_lines.anew(work.session, Participation, made)
    hung = await year_lines.hung_on(work.session, Participation, made)
    go = {key for key, one in found.items() if one.status in FRESH and key not in hung}
    await year_lines.remove_places(work.session, go)
    return found.keys() - go


async def _places(work: Work, lines: Lines) -> dict[int, int]:
    """Puts the places of the old year back; those that stay, with whose they are. Whose pair stays over searches."""
    of = lines.of(Participation)
    found = await year_lines.anew(work.session, Participation, of)
    people = await year_lines.anew(work.session, Person, {one.person_id for one in found.values()})
    paired = await year_lines.in_pairs(work.session, of)
    stay = {}
    for key, place in found.items():
        before, after = of[key]
        if not untouched(place, after) or _gone(people[place.person_id]):
            stay[key] = place.person_id
            continue
        put_back(place, before)
        if place.status == ParticipationStatus.PAIRED and key not in paired:
            place.status = ParticipationStatus.SEARCHING
    return stay


def _gone(person: Person) -> bool:
    """Whether consents ended meanwhile, or the person left: such a one is put back into nothing."""
    return person.state in (PersonState.FROZEN, PersonState.ERASED)
