"""Taking the turn of the year back: for a day, while nobody has been told. What somebody has changed since stays."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy.exc import IntegrityError

from actions import journal, leaving, year_turn
from actions.places import hold_pairs, hold_people
from actions.work import Work
from actions.year_turning import told_key
from program.errors import Refusal
from program.periods import year_before
from program.roles import PersonState
from program.school_years import UNDO
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from storage import outbox, pairs
from storage import school_year as rows
from storage.tables import Pair, Participation, Person, User, YearLine, YearTurn

log = structlog.get_logger()

FRESH = (
    ParticipationStatus.CONSENT_PENDING,
    ParticipationStatus.IN_BASE,
    ParticipationStatus.SEARCHING,
    ParticipationStatus.PAIRED,
)
# New things first: what hangs on them goes before what they hang on.
ORDER = ("new-pair", "new-place", "pair", "place", "left", "person", "user")


@dataclass(frozen=True)
class Back:
    """What became of it. `kept`: rows that somebody has changed since, by kind."""

    done: int
    kept: dict[str, int]


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
    lines = await rows.lines(work.session, turn.id)
    await _hold_all(work, lines)
    await rows.hold_school(work.session, work.school.id)
    # Once more, with everything held: a message may have gone out meanwhile.
    await outbox.cancel(work.session, told_key(turn), "year-undone", now=work.now)
    if await rows.told(work.session, told_key(turn)):
        raise Refusal("year-undo-told")
    assert turn.done_at is not None
    work.school.settings = {**work.school.settings, "year": year_before(turn.year)}
    kept: dict[str, int] = {}
    for kind in ORDER:
        for line in lines:
            if line.kind == kind and not await _put_back(work, line):
                kept[kind] = kept.get(kind, 0) + 1
    await rows.let_people_go(work.session, work.school.id, year_before(turn.year))
    if not await rows.remove_map(work.session, work.school.id, turn.year, turn.done_at):
        kept["roadmap"] = 1
    turn.done_at, turn.done_by, turn.numbers = None, "", {}
    turn.undone_at, turn.undone_by, turn.version = work.now, work.actor, turn.version + 1
    await rows.forget_lines(work.session, turn.id)
    await work.session.flush()
    done = len(lines) - sum(kept.values())
    after = {"year": year_before(turn.year), "kept": sum(kept.values())}
    await journal.note(work, "year.undone", f"year:{turn.id}", {"year": turn.year}, after)
    log.info("year.undone", school=work.school.id, done=done, kept=sum(kept.values()))
    return Back(done, kept)


async def _hold_all(work: Work, lines: Sequence[YearLine]) -> None:
    people = {one.subject_id for one in lines if one.kind in ("person", "left")}
    people |= {one.after["person"] for one in lines if one.kind == "new-place"}
    people |= await rows.taking_part(work.session, work.school.id, work.settings.year)
    await hold_people(work, people)
    ids = [one.subject_id for one in lines if one.kind in ("pair", "new-pair")]
    await hold_pairs(work, ids)
    for table, kinds in (
        (Person, ("person", "left")),
        (Participation, ("place", "new-place")),
        (User, ("user",)),
    ):
        await rows.read_anew(work.session, table, [one.subject_id for one in lines if one.kind in kinds])


async def _put_back(work: Work, line: YearLine) -> bool:
    """False where somebody has changed it since."""
    if line.kind not in ("new-pair", "new-place"):
        return await _KINDS[line.kind](work, line)
    try:
        async with work.session.begin_nested():
            return await _KINDS[line.kind](work, line)
    except IntegrityError:  # something hangs on it by now
        return False


async def _new_pair(work: Work, line: YearLine) -> bool:
    pair = await pairs.get(work.session, work.school.id, line.subject_id)
    if pair is None or pair.status not in year_turn.AT_WORK:
        return False
    moved = await _moved(work, pair)
    assert pair.continues_id is not None
    await rows.move_back(work.session, moved, pair.id, pair.continues_id)
    for one in list(pair.members):
        await work.session.delete(one)
    await work.session.flush()
    await work.session.delete(pair)
    await work.session.flush()
    return True


async def _moved(work: Work, new: Pair) -> list[int]:
    """Meetings that had come over from the pair it continues."""
    turn = await rows.turn_of(work.session, work.school.id, new.year)
    assert turn is not None
    for one in await rows.lines(work.session, turn.id):
        if one.kind == "pair" and one.before.get("continued") == new.id:
            return list(one.before["meetings"])
    return []


async def _new_place(work: Work, line: YearLine) -> bool:
    place = await work.session.get(Participation, line.subject_id)
    if place is None or place.status not in FRESH:
        return False
    await work.session.delete(place)
    await work.session.flush()
    return True


async def _pair(work: Work, line: YearLine) -> bool:
    found = await pairs.lock(work.session, work.school.id, [line.subject_id])
    if not found or found[0].status != line.after["status"]:
        return False
    pair, before = found[0], line.before
    if before.get("continued") and await pairs.get(work.session, work.school.id, before["continued"]):
        return False  # the one that goes on has been changed since and stays
    back = [one.person_id for one in pair.members if one.id in before["members"]]
    if any([await _gone(work, one) for one in back]):
        return False
    pair.status, pair.closed_at = PairStatus(before["status"]), None
    pair.ends_on, pair.paused_until = _day(before["ends_on"]), _day(before["paused_until"])
    pair.decided_at = datetime.fromisoformat(before["decided_at"]) if before["decided_at"] else None
    pair.decided_by, pair.paused_for = before["decided_by"], before["paused_for"]
    for one in pair.members:
        if one.id in before["members"]:
            one.left_at = None
    await work.session.flush()
    return True


async def _place(work: Work, line: YearLine) -> bool:
    place = await work.session.get(Participation, line.subject_id)
    if place is None or place.status != line.after["status"] or await _gone(work, place.person_id):
        return False
    place.status = ParticipationStatus(line.before["status"])
    place.status_before = line.before["status_before"]
    at = line.before["finished_at"]
    place.finished_at = datetime.fromisoformat(at) if at else None
    return True


async def _gone(work: Work, person_id: int) -> bool:
    """Whether consents ended meanwhile: such a person is put back into nothing."""
    person = await work.session.get(Person, person_id)
    if person is None or leaving.left(person):  # who left with the turn comes back with it
        return person is None
    return person.state in (PersonState.FROZEN, PersonState.ERASED)


async def _left(work: Work, line: YearLine) -> bool:
    person = await work.session.get(Person, line.subject_id)
    if person is None or not leaving.left(person):
        return False
    await leaving.come_back(work, person.id)
    return True


async def _person(work: Work, line: YearLine) -> bool:
    person = await work.session.get(Person, line.subject_id)
    if person is None or person.state == PersonState.ERASED:
        return False
    if (person.class_name, person.category) != (line.after["class"], line.after["category"]):
        return False
    person.class_name, person.category = line.before["class"], line.before["category"]
    return True


async def _user(work: Work, line: YearLine) -> bool:
    user = await work.session.get(User, line.subject_id)
    if user is None or user.class_name != line.after["class"]:
        return False
    user.class_name = line.before["class"]
    return True


_KINDS: dict[str, Callable[[Work, YearLine], Awaitable[bool]]] = {
    "new-pair": _new_pair,
    "new-place": _new_place,
    "pair": _pair,
    "place": _place,
    "left": _left,
    "person": _person,
    "user": _user,
}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
