"""«Анкеты»: what was sent, what came back, where people stop; asking, reminding, closing. Answers are only read here."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import assignments, questionnaire_results, questionnaires
from actions.accounts import Staff
from actions.audiences import Audience
from actions.questionnaire_results import Line
from actions.work import Work
from admin.forms import Typed
from admin.listing import Source, view
from admin.listing import download as download_list
from admin.lists import quiz_people
from admin.lists import quizzes as listed
from admin.pages.bulk import OF_QUIZ, verbs_of
from admin.pages.reports import XLSX
from admin.show import back, file, page, version
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.forms import FORMS
from program.ids import id_in
from program.instruments import Audience as Meant
from program.instruments import Instrument
from program.instruments_editing import branch
from program.instruments_reading import read, shipped
from program.roles import Side, StaffRole
from storage import askings, lists
from storage import questionnaires as rows

router = APIRouter(prefix="/questionnaires")

OPEN_FOR = timedelta(days=14)  # offered as the last day
AT_HAND = ("INT_E", "TRN", "PREF", "HONEST")  # sent by hand; shown first while nothing was sent yet


@router.get("", name="quizzes")
async def all_of_them(request: Request, staff: Signed, work: Reading) -> Response:
    return await list_page(request, staff, work, Typed.empty())


async def list_page(request: Request, staff: Staff, work: Work, typed: Typed) -> Response:
    """The list. `typed`: a new questionnaire that could not be begun as it was asked for."""
    asked, lines = await _overview(work)
    table, source = _listed(work, asked, lines)
    return page(
        request,
        "questionnaires/list.html",
        work,
        section="quizzes",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        known=asked,
        lively=[line for line in lines if line.lively],
        view=await view(request, staff, work, table, source),
        quiet=sorted((line for line in lines if not line.lively), key=_order),
        drafts=await rows.drafts(work.session, work.school.id),
        year=work.settings.year,
    )


@router.post("/file", name="quizzes-file")
async def list_file(request: Request, staff: Signed) -> Response:
    async def built(work: Work) -> tuple[Table[Line], Source[Line]]:
        return _listed(work, *await _overview(work))

    return await download_list(request, staff, built)


async def _overview(work: Work) -> tuple[dict[str, Instrument], list[Line]]:
    known = await _known(work)
    asked = {code: one for code, one in known.items() if one.audience is not Meant.STAFF}
    return asked, list((await questionnaire_results.overview(work, asked)).values())


def _listed(work: Work, asked: dict[str, Instrument], lines: list[Line]) -> tuple[Table[Line], Source[Line]]:
    """Those that were sent this year; the others wait behind them."""
    return listed.built(work, asked, [line for line in lines if line.lively])


@router.get("/{code}", name="quiz")
async def one(request: Request, staff: Signed, work: Reading, code: str) -> Response:
    return await _show(request, staff.role, work, code, Typed.empty())


@router.post("/{code}/send", name="quiz-send")
async def send(request: Request, staff: Signed, work: Changing, form: Fields, code: str) -> Response:
    typed = Typed(form, house(request).texts)
    instrument = await _get(work, code)
    closes_on = typed.day("closes_on")
    forms = typed.chosen("forms", work.settings.forms)
    audience = Audience(typed.chosen("sides", Side), forms, tuple(typed.many("classes"))[:100])
    ids = [number for value in typed.many("people") if (number := id_in(value))]
    if closes_on is not None:
        try:
            people = ids if _about_each_other(instrument) else ()
            await assignments.send(work, code, audience, closes_on, people)
        except Refusal as refusal:
            typed.refused("closes_on" if refusal.text.id == "quiz-closes-odd" else "send", refusal)
    if typed.problems:
        return await _show(request, staff.role, work, code, typed)
    return back(request, "quiz", "quiz-sent", code=code)


@router.post("/{code}/remind", name="quiz-remind")
async def remind(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await _get(work, code)
    told = await assignments.remind(work, code)
    return back(request, "quiz", "quiz-reminded" if told else "quiz-nobody-left", code=code)


@router.post("/{code}/close", name="quiz-close")
async def close(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await _get(work, code)
    await assignments.close(work, code)
    return back(request, "quiz", "quiz-closed", code=code)


@router.post("/{code}/reopen", name="quiz-reopen")
async def reopen(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await _get(work, code)
    await assignments.reopen(work, code)
    return back(request, "quiz", "quiz-reopened", code=code)


@router.post("/{code}/file", name="quiz-file")
async def download(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await _get(work, code)
    box = house(request).links.ballots
    made, data = await questionnaire_results.file(work, code, words=staff.role is StaffRole.CURATOR, box=box)
    return file(data, made, XLSX)


@router.get("/{code}/people", name="quiz-people")
async def people(request: Request, staff: Signed, work: Reading, code: str) -> Response:
    instrument = await _named(work, code)
    return page(
        request,
        "questionnaires/people.html",
        work,
        section="quizzes",
        code=code,
        instrument=instrument,
        view=await view(request, staff, work, *await quiz_people.built(work, instrument)),
        verbs=verbs_of(staff, OF_QUIZ),
        script=version("tables.js"),
    )


@router.post("/{code}/people/file", name="quiz-people-file")
async def people_file(request: Request, staff: Signed, code: str) -> Response:
    async def built(work: Work) -> tuple[Table[quiz_people.Row], Source[quiz_people.Row]]:
        return await quiz_people.built(work, await _named(work, code))

    return await download_list(request, staff, built)


@router.get("/{code}/chat", name="quiz-chat")
async def chat(request: Request, staff: Signed, work: Reading, code: str, as_pupil: str = "") -> Response:
    """As participants see it, question by question; the draft where there is one."""
    draft = await rows.draft(work.session, work.school.id, code)
    wrong = False
    try:
        instrument = read(draft.body, english=False) if draft else await _get(work, code)
    except ValueError:
        instrument, wrong = None, True
    return page(
        request,
        "questionnaires/chat.html",
        work,
        section="quizzes",
        code=code,
        instrument=instrument,
        wrong=wrong,
        draft=draft,
        as_pupil=bool(as_pupil),
        branches={
            question.id: text
            for number, question in enumerate(instrument.questions if instrument else (), 1)
            if instrument and (text := branch(instrument.body, number)) is not None
        },
    )


async def _show(request: Request, role: StaffRole, work: Work, code: str, typed: Typed) -> Response:
    instrument = await _get(work, code)
    box = house(request).links.ballots
    found = await questionnaire_results.of_code(work, code, words=role is StaffRole.CURATOR, box=box)
    row = await askings.newest(work.session, work.school.id, code, work.settings.year)
    form = typed.words("form") or request.query_params.get("form", "")
    people = []
    if _about_each_other(instrument) and form in FORMS:
        ids = await lists.people(work.session, work.school.id, work.settings.year, lists.Narrowed(form=form))
        people = list(await askings.places(work.session, work.school.id, work.settings.year, form, ids))
    return page(
        request,
        "questionnaires/quiz.html",
        work,
        section="quizzes",
        status=422 if typed.problems else 200,
        code=code,
        instrument=instrument,
        found=found,
        least=questionnaire_results.LEAST,
        closed=row is not None and row.closed_at is not None,
        staff_only=instrument.audience is Meant.STAFF,
        each_other=_about_each_other(instrument),
        form=form if form in FORMS else "",
        people=people,
        classes=await lists.classes(work.session, work.school.id),
        sides=tuple(Side),
        typed=typed,
        problems=typed.problems,
        last_day=typed.words("closes_on") or (work.today + OPEN_FOR).isoformat(),
    )


async def _known(work: Work) -> dict[str, Instrument]:
    """The newest version of everything shipped or published here, by code."""
    found = {one.code: one for one in shipped()}
    for code, row in (await rows.newest_of_all(work.session, work.school.id)).items():
        if code not in found or row.version > found[code].version:
            found[code] = read(row.body, english=False)
    return found


async def _get(work: Work, code: str) -> Instrument:
    try:
        return await questionnaires.current(work, code)
    except Refusal:
        raise HTTPException(404) from None


async def _named(work: Work, code: str) -> Instrument:
    """Raises 404 also for an anonymous poll: who has answered it is told to nobody."""
    found = await _get(work, code)
    if found.anonymous:
        raise HTTPException(404)
    return found


def _about_each_other(instrument: Instrument) -> bool:
    return any(question.source for question in instrument.questions)


def _order(line: questionnaire_results.Line) -> tuple[bool, bool, str]:
    return line.code not in AT_HAND, not line.code.startswith("OWN_"), line.code
