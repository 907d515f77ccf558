"""The last press of the wizard: the school year turns. One transaction, every change kept for a day so that it can be taken back.

Nobody is told before the day of grace is over: what is to be said waits in the outbox until then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog

from actions import journal, roadmap, school_figures, year_check, year_turn
from actions.early_warning import PASSED
from actions.matching import member, new_pair
from actions.meeting_messages import concerned, partner
from actions.pair_news import CURATOR, MINE
from actions.places import hold_pairs, hold_people
from actions.tell import tell
from actions.work import Work
from actions.year_lines import MADE, Kept
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Category, PersonState, Side
from program.school_years import LED, TELL_AFTER, YES, Move, Question, leavers
from program.states import HOLDING, PairStatus, ParticipationStatus, RequestState
from program.text import Text
from program.ways import PAIR, PARTICIPATION
from storage import group_changes, pairs, year_lines, year_people
from storage import school_year as rows
from storage.adding import add_all_new
from storage.meetings import reachable
from storage.tables import Pair, PairMember, Participation, Person, RoadmapStage, YearTurn, YearWord

log = structlog.get_logger()

NEW_PLACE = MADE + Participation.__tablename__


@dataclass
class Turning:
    """The act in hand. `kept`: what it has changed; `left`: everybody who leaves the school."""

    work: Work
    turn: YearTurn
    left: dict[int, Person]
    kept: Kept
    old: str


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
    kept = Kept(work.school.id, row.id)
    act = Turning(work, row, {one.id: one for one in found.leaving}, kept, work.settings.year)
    row.numbers = await school_figures.of(work, act.old)
    row.version += 1
    row.done_at, row.done_by = work.now, work.actor
    row.undone_at, row.undone_by, row.begun_at = None, "", None
    await year_lines.forget_lines(work.session, row.id)
    closed, extended = await _pairs(act, found)
    await _places(act, found)
    await year_people.keep(work.session, work.school.id, act.old)
    await _classes(act, found)
    await _strangers(act)
    kept.keep("school", work.school.id, {"year": work.school.settings.get("year")}, {"year": row.year})
    work.school.settings = {**work.school.settings, "year": row.year}
    if found.roadmap:
        await roadmap.copy(work, act.old)
        stages, _ = await year_lines.map_rows(work.session, work.school.id, row.year)
        for key in stages:
            kept.made(RoadmapStage, key)
    await work.session.flush()
    await year_lines.keep_lines(work.session, kept.lines)
    counts = {
        "pupils": found.pupils, "leaving": len(act.left), "alumni": len(found.alumni), "closed": len(closed),
        "extended": len(extended), "places": kept.count(NEW_PLACE), "gone": kept.count(rows.LEAVES),
    }  # fmt: skip
    over = [*closed, *(old for old, _ in extended)]
    await journal.note_all(
        work,
        [
            ("year.turned", f"year:{row.id}", {"year": act.old}, {"year": row.year, **counts}),
            *(
                ("pair.completed", f"pair:{pair.id}", {}, {"status": pair.status, "by": "curator"})
                for pair in over
            ),
            *(
                ("pair.continued", f"pair:{new.id}", {}, {"year": row.year, "status": new.status})
                for _, new in extended
            ),
        ],
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
    open_ = (PairStatus.SUGGESTED, PairStatus.APPROVED)
    for pair in await pairs.board(work.session, work.school.id, act.old, statuses=open_):
        PAIR.require(pair.status, PairStatus.DROPPED)
        act.kept.change(pair, status=PairStatus.DROPPED, decided_at=work.now, decided_by=work.actor)
    closed = [line.pair for line in found.closed]
    extended = await _continued(act, {line.pair: line.stay for line in found.extended}, found.start)
    await year_lines.move_meetings(work.session, {old.id: new.id for old, new in extended}, work.now)
    over = [*closed, *(old for old, _ in extended)]
    for pair in over:
        PAIR.require(pair.status, PairStatus.COMPLETED)
        act.kept.change(
            pair, status=PairStatus.COMPLETED, closed_at=work.now, ends_on=work.today, paused_for="",
            paused_until=None,
        )  # fmt: skip
        for one in pairs.present(pair):
            act.kept.change(one, left_at=work.now)
    asked, planned, worries = await year_lines.loose_ends(work.session, [pair.id for pair in over])
    for request in asked:
        act.kept.change(request, state=RequestState.CLOSED, closed_at=work.now, closed_by=work.actor)
    for change in planned:
        act.kept.change(change, outcome=group_changes.OFF, closed_at=work.now)
    for worry in worries:
        act.kept.change(worry, state=RequestState.CLOSED, closed_at=work.now, action=PASSED)
    await work.session.flush()
    return closed, extended


async def _continued(
    act: Turning, olds: Mapping[Pair, Sequence[PairMember]], start: date
) -> list[tuple[Pair, Pair]]:
    """The same people in pairs of the new year: a new programme of twelve months at most (domain.md 7.4).

    Args:
        olds: with those who go on in it; out of groups some leave the school.
    """
    work = act.work
    members = [one for stay in olds.values() for one in stay]
    await _add_places(act, [_like(act, one.participation, ParticipationStatus.PAIRED) for one in members])
    places = await rows.keys_of(work.session, {one.person_id for one in members}, act.turn.year)
    made = []
    for old, stay in olds.items():
        new = new_pair(work, old.form, PairStatus.APPROVED)
        new.year, new.continues_id = act.turn.year, old.id
        new.is_group, new.title, new.role_model = old.is_group, old.title, old.role_model
        new.score, new.reasons = old.score, old.reasons
        new.decided_at, new.decided_by, new.announced_at = work.now, work.actor, work.now
        new.members = [_again(act, one, places) for one in stay]
        for status in (PairStatus.ACTIVE, PairStatus(old.status)):
            PAIR.require(new.status, status)
            new.status = status
        new.paused_for, new.paused_until = old.paused_for, old.paused_until
        new.starts_on = max(work.today, start)
        made.append((old, new))
    work.session.add_all(new for _, new in made)
    await work.session.flush()
    for old, new in made:
        act.kept.made(Pair, new.id, continues=old.id, members=sorted(one.id for one in new.members))
    return made


def _again(act: Turning, old: PairMember, places: Mapping[tuple[int, str, str], int]) -> PairMember:
    place = places[old.person_id, old.side, old.participation.form]
    made = member(act.work, Side(old.side), place, old.person_id)
    made.away_until, made.stands_in_until = old.away_until, old.stands_in_until
    made.aside_since = old.aside_since
    return made


async def _places(act: Turning, found: year_check.Check) -> None:
    """Ends the places of the year; makes those of the next one."""
    work = act.work
    carried = {one.id for one in found.carried}
    words = await year_turn.words_of(work)
    had = (ParticipationStatus.PAIRED, ParticipationStatus.FINISHED)
    new = []
    for place in await rows.places(work.session, work.school.id, act.old):
        was = ParticipationStatus(place.status)
        if was in rows.OPEN:
            ends = (
                ParticipationStatus.FINISHED
                if was == ParticipationStatus.PAIRED
                else ParticipationStatus.ARCHIVED
            )
            PARTICIPATION.require(was, ends)
            act.kept.change(place, status=ends, status_before="", finished_at=place.finished_at or work.now)
        wishes = place.person_id not in act.left and _wishes(place, was in had, words)
        if place.id in carried or wishes:
            new.append(_like(act, place))
    alumni = year_turn.alumni_form(work)
    new += [_place(act, person, Side.MENTOR, alumni) for person in found.alumni]
    new += [
        _place(act, person, Side.MENTOR, year_turn.mentor_form(work, person.category))
        for person in found.leading
    ]
    await work.session.flush()
    await _add_places(act, new)


def _wishes(place: Participation, had_a_pair: bool, words: Mapping[tuple[str, int, int], YearWord]) -> bool:
    """Whether somebody of a pair that is over wants the same place once more."""
    question, wanted = (Question.AGAIN, YES) if place.side == Side.MENTOR else (Question.MENTOR, LED)
    word = words.get((question, place.person_id, 0))
    return had_a_pair and word is not None and word.answer == wanted


def _like(
    act: Turning, old: Participation, status: ParticipationStatus = ParticipationStatus.CONSENT_PENDING
) -> dict[str, Any]:
    """The same place in the new year."""
    return _place(
        act, old.person, Side(old.side), old.form, status=status, role_model=old.role_model,
        capacity=old.capacity, admitted=old.admitted, source=old.source, support=old.support,
        enrolled_at=act.work.now if status == ParticipationStatus.PAIRED else None,
    )  # fmt: skip


def _place(act: Turning, person: Person, side: Side, form: str, **values: Any) -> dict[str, Any]:
    """By default it waits for consents: those of a school year are given anew."""
    usual = {
        "status": ParticipationStatus.CONSENT_PENDING, "status_before": "", "capacity": 1, "admitted": False,
        "source": "", "role_model": "", "support": "", "result": "", "case_url": "", "class_name": "", "enrolled_at": None,
    }  # fmt: skip
    return {
        "school_id": act.work.school.id, "person_id": person.id, "side": side, "form": form,
        "year": act.turn.year, "created_at": act.work.now, **usual, **values,
    }  # fmt: skip


async def _add_places(act: Turning, new: Sequence[Mapping[str, Any]]) -> None:
    """Adds those that are not there yet."""
    people = {one["person_id"] for one in new}
    before = await rows.keys_of(act.work.session, people, act.turn.year)
    unique = ("person_id", "side", "form", "year")
    await add_all_new(act.work.session, Participation, new, unique)
    for place, key in (await rows.keys_of(act.work.session, people, act.turn.year)).items():
        if place not in before:
            act.kept.made(Participation, key, person=place[0])


async def _classes(act: Turning, found: year_check.Check) -> None:
    """Everybody one class up, who leaves out of the classes; class teachers go along with theirs."""
    work, alumni = act.work, {one.id for one in found.alumni}
    chosen = year_turn.choices(act.turn)
    lines = {one.name: one for one in await year_turn.class_lines(work, chosen) if one.move is not Move.STAY}
    for person in await rows.pupils(work.session, work.school.id, list(lines)):
        out = person.id in act.left
        called = leavers(act.turn.year) if out else lines[person.class_name].to
        if person.id in alumni:
            act.kept.change(person, class_name="", category=Category.ALUMNUS)
        else:
            act.kept.change(person, class_name=called, category=person.category)
    for user in await rows.class_teachers(work.session, work.school.id):
        if user.class_name in lines:
            act.kept.change(user, class_name=lines[user.class_name].to)
    await work.session.flush()


async def _strangers(act: Turning) -> None:
    """Who leaves the school and never took part: no retention of a programme waits for them.

    They leave by the clock (`actions.year_clock`) when the turn can no longer be taken back.
    """
    for key in sorted(await rows.without_places(act.work.session, list(act.left))):
        act.kept.leaves(key)


async def _tell(act: Turning, closed: Sequence[Pair], extended: Sequence[tuple[Pair, Pair]]) -> None:
    due = act.work.now + TELL_AFTER
    for pair in closed:
        await _tell_pair(act, pair, due, _last_members(act, pair), goes_on=False)
    for old, new in extended:  # out of a group that goes on some leave the school
        on = {one.person_id for one in new.members}
        left = [one for one in _last_members(act, old) if one.id not in on]
        await _tell_pair(act, old, due, left, goes_on=False)
    ids = [new.id for _, new in extended]
    for new in await pairs.lock(act.work.session, act.work.school.id, ids):
        await _tell_pair(act, new, due, reachable(new), goes_on=True)


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
