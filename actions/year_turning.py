"""The last press of the wizard: the school year turns. One transaction, every change kept for a day so that it can be taken back.

Nobody is told before the day of grace is over: what is to be said waits in the outbox until then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import structlog

from actions import journal, leaving, roadmap, school_figures, year_check, year_turn
from actions.matching import member, new_pair
from actions.meeting_messages import concerned, partner
from actions.pair_news import CURATOR, MINE
from actions.places import hold_pairs, hold_people
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Category, PersonState, Side
from program.school_years import EXTEND, LED, TELL_AFTER, YES, Move, Question, leavers
from program.states import HOLDING, PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PAIR, PARTICIPATION
from storage import group_changes, pair_requests, pairs
from storage import school_year as rows
from storage.adding import add_new
from storage.meetings import reachable
from storage.tables import Pair, Participation, Person, YearLine, YearTurn, YearWord

log = structlog.get_logger()


@dataclass
class Turning:
    """The act in hand. `lines`: what it has changed; `left`: everybody who leaves the school."""

    work: Work
    turn: YearTurn
    left: dict[int, Person]
    lines: list[YearLine] = field(default_factory=list)
    old: str = ""

    def keep(self, kind: str, subject: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        self.lines.append(
            YearLine(
                school_id=self.work.school.id, turn_id=self.turn.id, kind=kind, subject_id=subject,
                before=before, after=after,
            )
        )  # fmt: skip


def told_key(turn: YearTurn) -> str:
    """How the keys of its messages begin; done anew after it was taken back, they are new."""
    return f"year-told:{turn.id}:{turn.version}:"


async def turn(work: Work, version: int) -> YearTurn:
    """Does all that was chosen. Pressed twice, it is done once.

    Raises:
        Refusal: as `year_turn.held`; something stands in the way that a human has to look at first.
    """
    row = await year_turn.held(work, version)
    await _hold_all(work, row)
    await rows.hold_school(work.session, work.school.id)
    found = await year_check.check(work, row)
    if found.blocks:
        raise Refusal(found.blocks[0].id, **dict(found.blocks[0].args))
    act = Turning(work, row, {one.id: one for one in found.leaving}, old=work.settings.year)
    row.numbers = await school_figures.of(work, act.old)
    row.version += 1
    row.done_at, row.done_by = work.now, work.actor
    row.undone_at, row.undone_by, row.begun_at = None, "", None
    await rows.forget_lines(work.session, row.id)
    closed, extended = await _pairs(act, found)
    made = await _places(act, found)
    await rows.keep_people(work.session, work.school.id, act.old)
    await _classes(act, found)
    gone = await _strangers(act)
    work.school.settings = {**work.school.settings, "year": row.year}
    work.session.add_all(act.lines)
    await work.session.flush()
    if found.roadmap:
        await roadmap.copy(work, act.old)
    counts = {
        "pupils": found.pupils, "leaving": len(act.left), "alumni": len(found.alumni), "closed": len(closed),
        "extended": len(extended), "places": made, "gone": gone,
    }  # fmt: skip
    await journal.note(work, "year.turned", f"year:{row.id}", {"year": act.old}, {"year": row.year, **counts})
    for pair in closed:
        await journal.note(
            work, "pair.completed", f"pair:{pair.id}", {}, {"status": pair.status, "by": "curator"}
        )
    for old, new in extended:
        await journal.note(
            work, "pair.continued", f"pair:{new.id}", {}, {"year": row.year, "status": new.status}
        )
        await journal.note(
            work, "pair.completed", f"pair:{old.id}", {}, {"status": old.status, "by": "curator"}
        )
    await _tell(act, closed, extended)
    log.info("year.turned", school=work.school.id, year=row.year, **counts)
    return row


async def _hold_all(work: Work, row: YearTurn) -> None:
    """Everybody whom it concerns and all their pairs, in the order of the house, before the first line of the journal."""
    chosen = year_turn.choices(row)
    lines = await year_turn.class_lines(work, chosen)
    names = [one.name for one in lines if one.move is not Move.STAY]
    people = {one.id for one in await rows.pupils(work.session, work.school.id, names)}
    people |= await rows.taking_part(work.session, work.school.id, work.settings.year)
    await hold_people(work, people)
    held = await pairs.board(work.session, work.school.id, work.settings.year, statuses=HOLDING)
    await hold_pairs(work, [one.id for one in held])
    await rows.pupils(work.session, work.school.id, names, anew=True)


async def _pairs(act: Turning, found: year_check.Check) -> tuple[list[Pair], list[tuple[Pair, Pair]]]:
    """Ends every pair of the year; those that go on begin anew as pairs of the next one."""
    work = act.work
    closed: list[Pair] = []
    extended: list[tuple[Pair, Pair]] = []
    open_ = (PairStatus.SUGGESTED, PairStatus.APPROVED)
    for pair in await pairs.board(work.session, work.school.id, act.old, statuses=open_):
        act.keep("pair", pair.id, _pair_state(pair), {"status": PairStatus.DROPPED})
        PAIR.require(pair.status, PairStatus.DROPPED)
        pair.status, pair.decided_at, pair.decided_by = PairStatus.DROPPED, work.now, work.actor
    for line in (*found.closed, *found.extended):
        pair = line.pair
        before = _pair_state(pair)
        here = pairs.present(pair)
        if line.choice == EXTEND:
            new = await _continued(act, pair, found.start)
            extended.append((pair, new))
            before["meetings"] = await rows.move_meetings(work.session, pair.id, new.id)
            before["continued"] = new.id
        else:
            closed.append(pair)
        PAIR.require(pair.status, PairStatus.COMPLETED)
        pair.status, pair.closed_at, pair.ends_on = PairStatus.COMPLETED, work.now, work.today
        pair.paused_for, pair.paused_until = "", None
        for one in here:
            one.left_at = work.now
        act.keep("pair", pair.id, before, {"status": pair.status})
        await pair_requests.close_open(work.session, pair.id, work.now, work.actor)
        await group_changes.call_off(work.session, pair.id, work.now)
    await work.session.flush()
    return closed, extended


def _pair_state(pair: Pair) -> dict[str, Any]:
    """What is put back when the turn is taken back."""
    return {
        "status": pair.status,
        "ends_on": _iso(pair.ends_on),
        "decided_at": _iso(pair.decided_at),
        "decided_by": pair.decided_by,
        "paused_for": pair.paused_for,
        "paused_until": _iso(pair.paused_until),
        "members": [one.id for one in pairs.present(pair)],
    }


async def _continued(act: Turning, old: Pair, start: date) -> Pair:
    """The same people in a pair of the new year: a new programme of twelve months at most (domain.md 7.4)."""
    work = act.work
    new = new_pair(work, old.form, PairStatus.APPROVED)
    new.year, new.continues_id = act.turn.year, old.id
    new.is_group, new.title, new.role_model = old.is_group, old.title, old.role_model
    new.score, new.reasons = old.score, old.reasons
    new.decided_at, new.decided_by, new.announced_at = work.now, work.actor, work.now
    new.members = []
    for one in pairs.present(old):
        place = await _place_like(act, one.participation, ParticipationStatus.PAIRED)
        if place is None:  # of another pair that goes on, too
            place = await rows.place_of(work.session, one.person_id, Side(one.side), old.form, act.turn.year)
        made = member(work, Side(one.side), place, one.person_id)
        made.away_until, made.stands_in_until, made.aside_since = (
            one.away_until, one.stands_in_until, one.aside_since,
        )  # fmt: skip
        new.members.append(made)
    for status in (PairStatus.ACTIVE, PairStatus(old.status)):
        PAIR.require(new.status, status)
        new.status = status
    new.paused_for, new.paused_until = old.paused_for, old.paused_until
    new.starts_on = max(work.today, start)
    work.session.add(new)
    await work.session.flush()
    act.keep("new-pair", new.id, {}, {"status": new.status})
    return new


async def _places(act: Turning, found: year_check.Check) -> int:
    """Ends the places of the year; makes those of the next one. How many were made."""
    work = act.work
    carried = {one.id for one in found.carried}
    words = await year_turn.words_of(work)
    had = (ParticipationStatus.PAIRED, ParticipationStatus.FINISHED)
    made = sum(line.kind == "new-place" for line in act.lines)
    for place in await rows.places(work.session, work.school.id, act.old):
        was = ParticipationStatus(place.status)
        if was in rows.OPEN:
            ends = (
                ParticipationStatus.FINISHED
                if was == ParticipationStatus.PAIRED
                else ParticipationStatus.ARCHIVED
            )
            PARTICIPATION.require(was, ends)
            before = {
                "status": was,
                "status_before": place.status_before,
                "finished_at": _iso(place.finished_at),
            }
            place.status, place.status_before = ends, ""
            place.finished_at = place.finished_at or work.now
            act.keep("place", place.id, before, {"status": ends})
        wishes = place.person_id not in act.left and _wishes(place, was in had, words)
        if place.id in carried or wishes:
            made += await _place_like(act, place) is not None
    alumni = year_turn.alumni_form(work)
    for person in found.alumni:
        made += await _new_place(act, person, Side.MENTOR, alumni) is not None
    for person in found.leading:
        made += await _new_place(act, person, Side.MENTOR, year_turn.mentor_form(work, person)) is not None
    return made


def _wishes(place: Participation, had_a_pair: bool, words: Mapping[tuple[str, int, int], YearWord]) -> bool:
    """Whether somebody of a pair that is over wants the same place once more."""
    question, wanted = (Question.AGAIN, YES) if place.side == Side.MENTOR else (Question.MENTOR, LED)
    word = words.get((question, place.person_id, 0))
    return had_a_pair and word is not None and word.answer == wanted


async def _place_like(
    act: Turning, old: Participation, status: ParticipationStatus = ParticipationStatus.CONSENT_PENDING
) -> int | None:
    """The same place in the new year; its key, None if there is one."""
    return await _new_place(
        act, old.person, Side(old.side), old.form, status=status, role_model=old.role_model,
        capacity=old.capacity, admitted=old.admitted, source=old.source, support=old.support,
        enrolled_at=act.work.now if status == ParticipationStatus.PAIRED else None,
    )  # fmt: skip


async def _new_place(act: Turning, person: Person, side: Side, form: str, **values: Any) -> int | None:
    """By default it waits for consents: those of a school year are given anew."""
    usual = {
        "status": ParticipationStatus.CONSENT_PENDING, "status_before": "", "capacity": 1, "admitted": False,
        "source": "", "role_model": "", "support": "", "result": "", "case_url": "", "category": None, "class_name": "",
        "enrolled_at": None,
    }  # fmt: skip
    row = {
        "school_id": act.work.school.id, "person_id": person.id, "side": side, "form": form,
        "year": act.turn.year, "created_at": act.work.now, **usual, **values,
    }  # fmt: skip
    key: int | None = await add_new(
        act.work.session, Participation, row, ["person_id", "side", "form", "year"]
    )
    if key is not None:
        act.keep("new-place", key, {}, {"person": person.id})
    return key


async def _classes(act: Turning, found: year_check.Check) -> None:
    """Everybody one class up, who leaves out of the classes; class teachers go along with theirs."""
    work, alumni = act.work, {one.id for one in found.alumni}
    chosen = year_turn.choices(act.turn)
    lines = {one.name: one for one in await year_turn.class_lines(work, chosen) if one.move is not Move.STAY}
    for person in await rows.pupils(work.session, work.school.id, list(lines)):
        before = {"class": person.class_name, "category": person.category}
        out = person.id in act.left
        person.class_name = leavers(act.turn.year) if out else lines[person.class_name].to
        if person.id in alumni:
            person.category, person.class_name = Category.ALUMNUS, ""
        act.keep("person", person.id, before, {"class": person.class_name, "category": person.category})
    for user in await rows.class_teachers(work.session, work.school.id):
        if user.class_name in lines:
            act.keep("user", user.id, {"class": user.class_name}, {"class": lines[user.class_name].to})
            user.class_name = lines[user.class_name].to


async def _strangers(act: Turning) -> int:
    """Who leaves the school and never took part: no retention of a programme waits for them. How many."""
    work = act.work
    alone = await rows.without_places(work.session, list(act.left))
    gone = await leaving.leave_all(work, sorted(alone))
    for key in gone:
        act.keep("left", key, {}, {})
    return len(gone)


async def _tell(act: Turning, closed: Sequence[Pair], extended: Iterable[tuple[Pair, Pair]]) -> None:
    due = act.work.now + TELL_AFTER
    for pair in closed:
        await _tell_pair(act, pair, due, _last_members(act, pair), goes_on=False)
    for _, new in extended:
        (whole,) = await pairs.lock(act.work.session, act.work.school.id, [new.id])
        await _tell_pair(act, whole, due, reachable(whole), goes_on=True)


def _last_members(act: Turning, pair: Pair) -> list[Person]:
    return [
        one.person
        for one in pair.members
        if one.left_at == act.work.now and one.person.state == PersonState.ACTIVE
    ]


async def _tell_pair(
    act: Turning, pair: Pair, due: datetime, readers: Sequence[Person], *, goes_on: bool
) -> None:
    sides = {one.person_id: one.side for one in pair.members}
    for reader in readers:
        side = "mentee" if sides[reader.id] == Side.MENTEE else "mentor"
        named = {"partner": partner(pair, reader)}
        said = Text(f"turn-continued-{side}" if goes_on else f"turn-closed-{side}", named)
        choices = ((MINE, CURATOR),) if goes_on else ((CURATOR,),)
        message = Message((said,), choices).about(*concerned(pair, reader))
        await tell(act.work, reader, message, key=f"{told_key(act.turn)}{pair.id}:{reader.id}", due_at=due)


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value is not None else None
