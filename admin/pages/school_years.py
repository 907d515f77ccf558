"""«Учебный год»: the wizard that turns the year, taking it back, and the years that are over."""

from __future__ import annotations

import re
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import year_back, year_turn, year_turning, year_words
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.journal_words import names_of
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from admin.year_steps import READ, SHOWN, called, number_of, part
from program.ids import id_in
from program.roadmap import next_year
from program.roles import PersonState
from program.school_years import ANSWERS, UNDO, Question, Step, opens_on
from program.text import Text
from storage import lists, pairs
from storage import school_year as rows
from storage.tables import YearTurn

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
        left=await _left(work, begun) if begun is not None else None,
        years=sorted(((one, *known[one]) for one in known), reverse=True),
    )


async def _left(work: Work, turn: YearTurn) -> dict[str, Any] | None:
    """What did not come back with the year: pairs and people by name."""
    found = year_back.left_of(turn)
    if not any(found.values()):
        return None
    there = await lists.names(work.session, work.school.id, found["person"])
    return {
        "pairs": [
            (one, called(one)) for one in await pairs.known(work.session, work.school.id, found["pair"])
        ],
        "people": [one for one in there.values() if one.state != PersonState.ERASED],
    }


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
    number, pages = number_of(request, worked)
    return page(
        request,
        "years/archive.html",
        work,
        section="school-years",
        year=year,
        turn=turn if turn is not None and turn.done_at is not None else None,
        names=NUMBERS,
        pairs=[(one, called(one), met.get(one.id, 0), one.id in after) for one in part(worked, number)],
        number=number,
        pages=pages,
    )


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
    query = f"page={page}" if (page := id_in(typed.words("page", 9))) else ""
    step = ASKED_ON[Question(question)].value
    return back(request, "year-turn", "year-noted", query=query, at=at, step=step)


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
    change = await READ[at](work, turn, typed) if at in READ else None
    if typed.problems or change is None:
        return await _page(request, work, turn, at, typed)
    saved = await year_turn.save(work, _version(typed), at, change)
    if at is Step.PAIRS and typed.words("then") == "ask":
        await year_words.send(work, saved.version, Question.PAIR)
        return back(request, "year-turn", "year-asked", step=at.value)
    if (more := id_in(typed.words("then").removeprefix("page:"))) is not None:
        return back(request, "year-turn", "year-kept", query=f"page={more}", step=at.value)
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
        **await SHOWN[at](request, work, turn, chosen),
    )
