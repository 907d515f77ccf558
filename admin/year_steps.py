"""The steps of the wizard of the new year: what each page shows and what is read from it. Long lists come page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from fastapi import Request

from actions import year_check, year_start, year_turn
from actions.work import Work
from admin.forms import Typed
from program.ids import id_in
from program.names import class_order, short
from program.periods import period
from program.roles import PersonState
from program.school_years import ANSWERS, CARRY, EXTEND, FINISH, Choices, Move, Question, Step
from storage import school_year as rows
from storage.tables import Pair, YearTurn

One = TypeVar("One")
ROWS = 100  # of people or pairs on one page of a step
Change = Callable[[Choices], Choices]


def number_of(request: Request, *lists: Sequence[object]) -> tuple[int, int]:
    """Which page is asked for, and how many there are; lists that stand on one page are turned together."""
    pages = max(1, *(-(-len(one) // ROWS) for one in lists))
    return min(id_in(request.query_params.get("page", "")) or 1, pages), pages


def part(found: Sequence[One], number: int) -> Sequence[One]:
    return found[(number - 1) * ROWS : number * ROWS]


def called(pair: Pair) -> list[str]:
    """Everybody who was in it, without surnames of those who are erased."""
    if pair.is_group and pair.title:
        return [pair.title]
    return [
        short(one.person.first_name, one.person.last_name) if one.person.state != PersonState.ERASED else ""
        for one in sorted(pair.members, key=lambda one: (one.side != "mentor", one.id))
    ]


# --- what is read ---


async def _read_classes(work: Work, turn: YearTurn, typed: Typed) -> Change:
    lines = await year_turn.class_lines(work, year_turn.choices(turn))
    moves = {}
    for number, one in enumerate(lines, 1):
        value = typed.words(f"class-{number}")
        if value and value not in tuple(Move):
            typed.wrong(f"class-{number}", "year-form-odd")
        # The name goes along: meanwhile a class may have come or gone.
        if typed.words(f"name-{number}") == one.name and value in tuple(Move):
            moves[one.name] = value
    listed = {who for raw in typed.words("listed", 8000).split(",") if (who := id_in(raw))}
    stays = {who for raw in typed.many("stays") if (who := id_in(raw))}
    gone = listed - stays

    def change(now: Choices) -> Choices:
        return replace(now, moves=moves, leaving=tuple(sorted(gone | (set(now.leaving) - listed))))

    return change


async def _read_nothing(work: Work, turn: YearTurn, typed: Typed) -> Change:
    return lambda now: now


async def _read_pairs(work: Work, turn: YearTurn, typed: Typed) -> Change:
    lines = await year_turn.pair_lines(work, year_turn.choices(turn))
    listed = {who for raw in typed.words("listed", 8000).split(",") if (who := id_in(raw))}
    known = {one.pair.id for one in lines} & listed
    chosen = {one for raw in typed.many("extend") if (one := id_in(raw) or 0) in known}
    spoken = {one for raw in typed.many("spoken") if (one := id_in(raw) or 0) in known}

    def change(now: Choices) -> Choices:
        """Of the pairs on the page; the others stay as they were chosen."""
        extended = chosen | {int(one) for one in now.pairs if int(one) not in listed}
        said = spoken | (set(now.spoken) - listed)
        return replace(now, pairs={str(one): EXTEND for one in sorted(extended)}, spoken=tuple(sorted(said)))

    return change


async def _read_people(work: Work, turn: YearTurn, typed: Typed) -> Change:
    value = typed.words("waiting")
    if value and value not in (CARRY, FINISH):
        typed.wrong("waiting-carry", "year-form-odd")
    return lambda now: replace(now, waiting=value or now.waiting)


async def _read_start(work: Work, turn: YearTurn, typed: Typed) -> Change:
    day = typed.day("starts_on")
    first, last = _days(turn)
    if day is not None and not first <= day <= last:
        typed.wrong("starts_on", "year-start-odd", first=f"{first:%d.%m.%Y}", last=f"{last:%d.%m.%Y}")
    copied = typed.words("roadmap") == "yes"
    return lambda now: replace(now, starts_on=day.isoformat() if day else "", roadmap=copied)


def _days(turn: YearTurn) -> tuple[date, date]:
    whole = period(turn.year)
    return whole.first, whole.last


READ = {
    Step.CLASSES: _read_classes,
    Step.GRADUATES: _read_nothing,
    Step.PAIRS: _read_pairs,
    Step.PEOPLE: _read_people,
    Step.START: _read_start,
}


# --- what is shown ---


async def _show_classes(request: Request, work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    lines = await year_turn.class_lines(work, chosen)
    ninth = await year_turn.who_may_stay(work, lines)
    return {
        "lines": lines,
        "moves": tuple(Move),
        "merged": year_turn.merged(lines),
        "ninth": ninth,
        "leaving": set(chosen.leaving),
    }


async def _show_graduates(request: Request, work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    everybody = await year_turn.who_leaves(work, chosen)
    people = await year_turn.graduates(work, chosen, everybody)
    number, pages = number_of(request, people)
    return {
        "asked": part(people, number),
        "number": number,
        "pages": pages,
        "question": Question.ALUMNUS,
        "strangers": len(everybody) - len(people),
        "form": year_turn.alumni_form(work),
        "to_ask": sum(one.word is None and one.reached for one in people),
        "answers": ANSWERS[Question.ALUMNUS],
    }


async def _show_pairs(request: Request, work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    lines = await year_turn.pair_lines(work, chosen)
    number, pages = number_of(request, lines)
    shown = [(one, called(one.pair)) for one in part(lines, number)]
    return {"lines": shown, "extend": EXTEND, "number": number, "pages": pages}


async def _show_people(request: Request, work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    leaving = await year_turn.who_leaves(work, chosen)
    mentees = await year_turn.might_lead(work, chosen, leaving)
    mentors = await year_turn.led_before(work, chosen, leaving)
    number, pages = number_of(request, mentees, mentors)
    waiting = await year_turn.waiting_ids(work, chosen, leaving)
    return {
        "groups": tuple(
            (question, found, part(found, number), name, ANSWERS[question])
            for question, found, name in (
                (Question.MENTOR, mentees, "mentees"),
                (Question.AGAIN, mentors, "mentors"),
            )
        ),
        "number": number,
        "pages": pages,
        "waiting": await rows.some_places(work.session, work.school.id, waiting[:ROWS]),
        "waiting_all": len(waiting),
        "values": (CARRY, FINISH),
    }


async def _show_start(request: Request, work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    start = chosen.start(turn.year)
    has, there = await year_turn.maps(work)
    people = await year_start.who_goes_on(work, chosen)
    endings = await year_start.endings(work, people, start)
    number, pages = number_of(request, endings)
    return {
        "start": start,
        "has": has,
        "there": there,
        "endings": part(endings, number),
        "endings_all": len(endings),
        "number": number,
        "pages": pages,
    }


async def _show_check(request: Request, work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    found = await year_check.check(work, turn)
    return {
        "found": found,
        "most": ROWS,
        "classes": sorted(found.up, key=lambda one: class_order(one.name)),
        "called": {
            one.pair.id: " – ".join(called(one.pair))
            for one in (*found.closed[:ROWS], *found.extended[:ROWS])
        },
    }


SHOWN = {
    Step.CLASSES: _show_classes,
    Step.GRADUATES: _show_graduates,
    Step.PAIRS: _show_pairs,
    Step.PEOPLE: _show_people,
    Step.START: _show_start,
    Step.CHECK: _show_check,
}
