"""«Учебный год»: the wizard that turns the year, taking it back, and the years that are over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import year_back, year_check, year_turn, year_turning, year_words
from actions.work import Work
from actions.year_turn import class_order
from admin import sure
from admin.forms import Typed
from admin.journal_words import names_of
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.ids import id_in
from program.names import short
from program.periods import period
from program.roadmap import next_year
from program.roles import PersonState
from program.school_years import ANSWERS, CARRY, EXTEND, FINISH, UNDO, Choices, Move, Question, Step, opens_on
from program.text import Text
from storage import school_year as rows
from storage.tables import Pair, YearTurn

router = APIRouter(prefix="/years")

PRESSES = ("ask", "note", "do", "undo")  # addresses of buttons beside those of the steps
YEAR = re.compile(r"20\d\d-20\d\d")
# Which page of the wizard asks which question.
ASKED_ON = {
    Question.ALUMNUS: Step.GRADUATES,
    Question.PAIR: Step.PAIRS,
    Question.MENTOR: Step.PEOPLE,
    Question.AGAIN: Step.PEOPLE,
}
NUMBERS = (
    "pupils", "pupils_base", "pupils_mentees", "pupils_mentors", "teachers", "teachers_base", "teachers_mentees",
    "teachers_mentors", "pairs", "groups", "meetings",
)  # fmt: skip


@router.get("", name="school-years")
async def years(request: Request, staff: Signed, work: Reading) -> Response:
    begun = await rows.turn_of(work.session, work.school.id, year_turn.next_of(work))
    done = await year_back.last(work)
    known = await rows.years(work.session, work.school.id)
    shown = [one for one in (begun, done) if one is not None]
    actors = await names_of(work, [by for one in shown for by in (one.changed_by, one.done_by)])
    return page(
        request,
        "years/years.html",
        work,
        section="school-years",
        year=work.settings.year,
        following=year_turn.next_of(work),
        opens=opens_on(year_turn.next_of(work)),
        early=work.today < opens_on(year_turn.next_of(work)),
        turn=begun,
        step=Step(begun.step) if begun is not None else None,
        steps=len(Step),
        finished=done if done is not None and work.now < _until(done) else None,
        until=_until(done) if done is not None else None,
        why_not=await year_back.why_not(work, done) if done is not None else None,
        actors=actors,
        years=sorted(((one, *known[one]) for one in known), reverse=True),
    )


def _until(turn: YearTurn) -> Any:
    assert turn.done_at is not None
    return turn.done_at + UNDO


@router.get("/archive/{year}", name="school-year")
async def archive(request: Request, staff: Signed, work: Reading, year: str) -> Response:
    known = await rows.years(work.session, work.school.id)
    if not YEAR.fullmatch(year) or year not in known:
        raise HTTPException(404)
    turn = await rows.turn_of(work.session, work.school.id, next_year(year))
    worked = await rows.worked(work.session, work.school.id, year)
    met = await rows.met(work.session, work.school.id, year)
    after = {one.continues_id for one in await rows.worked(work.session, work.school.id, next_year(year))}
    return page(
        request,
        "years/archive.html",
        work,
        section="school-years",
        year=year,
        turn=turn if turn is not None and turn.done_at is not None else None,
        names=NUMBERS,
        pairs=[(one, _called(one), met.get(one.id, 0), one.id in after) for one in worked],
    )


def _called(pair: Pair) -> list[str]:
    """Everybody who was in it, without surnames of those who are erased."""
    if pair.is_group and pair.title:
        return [pair.title]
    return [
        short(one.person.first_name, one.person.last_name) if one.person.state != PersonState.ERASED else ""
        for one in sorted(pair.members, key=lambda one: (one.side != "mentor", one.id))
    ]


# --- the wizard ---


@router.post("/turn", name="year-turn-begin")
async def begin(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    turn = await year_turn.begin(work)
    return back(request, "year-turn", step=turn.step)


@router.get("/turn/{step}", name="year-turn")
async def show(request: Request, staff: Signed, work: Reading, step: str) -> Response:
    if step in PRESSES:  # somebody has come back to where a button led, or signed in anew there
        return back(request, "school-years")
    turn = await rows.turn_of(work.session, work.school.id, year_turn.next_of(work))
    if turn is None or turn.done_at is not None:
        _step(step)
        return back(request, "school-years")
    return await _page(request, work, turn, _step(step), Typed.empty())


@router.post("/turn/ask", name="year-turn-ask")
async def ask(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    question = typed.one_of("question", Question)
    if question is None:
        raise HTTPException(404)
    await year_words.send(work, _version(typed), question)
    return back(request, "year-turn", "year-asked", step=ASKED_ON[question].value)


@router.post("/turn/note", name="year-turn-note")
async def note(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """What somebody has said to the curator: `say` is question, person and answer."""
    typed = Typed(form, house(request).texts)
    question, person, answer = (*typed.words("say", 60).split(":"), "", "")[:3]
    number = id_in(person)
    if question not in tuple(Question) or number is None or answer not in ANSWERS[Question(question)]:
        raise HTTPException(404)
    await year_words.note(work, _version(typed), Question(question), number, answer)
    at = f"{question}-{number}"  # of a hundred people the next one is below
    return back(request, "year-turn", "year-noted", at=at, step=ASKED_ON[Question(question)].value)


@router.post("/turn/do", name="year-turn-do")
async def do(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await year_turning.turn(work, _version(Typed(form, house(request).texts)))
    return back(request, "school-years", "year-turned")


@router.post("/turn/undo", name="year-turn-undo")
async def undo(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    stay = str(request.app.url_path_for("school-years"))
    turn = await year_back.last(work)
    asked = sure.asked(
        request, form, work, what=Text("year-undo-sure"), stay=stay, section="school-years", forever=False,
        effect=Text("year-undo-effect", {"year": _said(_before(work))}), do="year-undo",
    ) if turn is not None else None  # fmt: skip
    if asked is not None:
        return asked
    found = await year_back.undo(work)
    return back(request, "school-years", "year-undone-part" if found.kept else "year-undone")


@router.post("/turn/{step}", name="year-turn-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, step: str) -> Response:
    typed, at = Typed(form, house(request).texts), _step(step)
    turn = await _turn(work)
    change = await _READ[at](work, turn, typed) if at in _READ else None
    if typed.problems or change is None:
        return await _page(request, work, turn, at, typed)
    saved = await year_turn.save(work, _version(typed), at, change)
    if at is Step.PAIRS and typed.words("then") == "ask":
        await year_words.send(work, saved.version, Question.PAIR)
        return back(request, "year-turn", "year-asked", step=at.value)
    return back(request, "year-turn", step=at.next.value)


async def _turn(work: Work) -> YearTurn:
    """Raises 404 where the wizard has not been begun, or is done."""
    turn = await rows.turn_of(work.session, work.school.id, year_turn.next_of(work))
    if turn is None or turn.done_at is not None:
        raise HTTPException(404)
    return turn


def _step(step: str) -> Step:
    if step not in tuple(Step):
        raise HTTPException(404)
    return Step(step)


def _version(typed: Typed) -> int:
    return id_in(typed.words("version", 12)) or 0


def _before(work: Work) -> str:
    year = work.settings.year
    return f"{int(year[:4]) - 1}-{year[:4]}"


def _said(year: str) -> str:
    return year.replace("-", "–")


# --- what each page reads ---

Change = Callable[[Choices], Choices]


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
    known = {one.pair.id for one in await year_turn.pair_lines(work, year_turn.choices(turn))}
    chosen = {one for raw in typed.many("extend") if (one := id_in(raw) or 0) in known}
    spoken = {one for raw in typed.many("spoken") if (one := id_in(raw) or 0) in known}
    return lambda now: replace(
        now, pairs={str(one): EXTEND for one in sorted(chosen)}, spoken=tuple(sorted(spoken))
    )


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


_READ = {
    Step.CLASSES: _read_classes,
    Step.GRADUATES: _read_nothing,
    Step.PAIRS: _read_pairs,
    Step.PEOPLE: _read_people,
    Step.START: _read_start,
}


def _days(turn: YearTurn) -> tuple[date, date]:
    whole = period(turn.year)
    return whole.first, whole.last


async def _page(request: Request, work: Work, turn: YearTurn, at: Step, typed: Typed) -> Response:
    chosen = year_turn.choices(turn)
    return page(
        request,
        f"years/{at.value}.html",
        work,
        section="school-years",
        status=422 if typed.problems else 200,
        turn=turn,
        at=at,
        steps=tuple(Step),
        year=_said(turn.year),
        old=_said(work.settings.year),
        chosen=chosen,
        typed=typed,
        problems=typed.problems,
        **await _SHOWN[at](work, turn, chosen),
    )


async def _show_classes(work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    lines = await year_turn.class_lines(work, chosen)
    ninth = await year_turn.who_may_stay(work, lines)
    return {
        "lines": lines,
        "moves": tuple(Move),
        "merged": year_turn.merged(lines),
        "ninth": ninth,
        "leaving": set(chosen.leaving),
    }


async def _show_graduates(work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    people = await year_turn.graduates(work, chosen)
    everybody = await year_turn.who_leaves(work, chosen)
    return {
        "asked": people,
        "question": Question.ALUMNUS,
        "strangers": len(everybody) - len(people),
        "form": year_turn.alumni_form(work),
        "to_ask": sum(one.word is None and one.reached for one in people),
        "answers": ANSWERS[Question.ALUMNUS],
    }


async def _show_pairs(work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    lines = await year_turn.pair_lines(work, chosen)
    return {"lines": [(one, _called(one.pair)) for one in lines], "extend": EXTEND}


async def _show_people(work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    mentees, mentors = await year_turn.might_lead(work, chosen), await year_turn.led_before(work, chosen)
    return {
        "groups": (
            (Question.MENTOR, mentees, "mentees", ANSWERS[Question.MENTOR]),
            (Question.AGAIN, mentors, "mentors", ANSWERS[Question.AGAIN]),
        ),
        "waiting": await year_turn.waiting(work, chosen),
        "values": (CARRY, FINISH),
    }


async def _show_start(work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    start = chosen.start(turn.year)
    has, there = await year_turn.maps(work)
    people = await year_turn.who_goes_on(work, chosen)
    return {
        "start": start,
        "has": has,
        "there": there,
        "endings": await year_turn.endings(work, people, start),
    }


async def _show_check(work: Work, turn: YearTurn, chosen: Choices) -> dict[str, Any]:
    found = await year_check.check(work, turn)
    return {
        "found": found,
        "classes": sorted(found.up, key=lambda one: class_order(one.name)),
        "called": {one.pair.id: " – ".join(_called(one.pair)) for one in (*found.closed, *found.extended)},
    }


_SHOWN = {
    Step.CLASSES: _show_classes,
    Step.GRADUATES: _show_graduates,
    Step.PAIRS: _show_pairs,
    Step.PEOPLE: _show_people,
    Step.START: _show_start,
    Step.CHECK: _show_check,
}
