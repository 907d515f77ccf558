"""The editor of questionnaires: a draft, its questions with up and down, and «Опубликовать». Works without JavaScript."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import questionnaire_editing, questionnaires
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages import questionnaire_fields as fields
from admin.pages.questionnaire_typed import question_read
from admin.pages.questionnaires import list_page
from admin.show import back, page
from admin.versions import Editing, context, made_at, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program import instruments_editing as editing
from program.ballots import BATCH
from program.errors import Refusal
from program.instruments import Audience, QuestionKind, Reader
from program.instruments_editing import AUDIENCES, KINDS, Body
from program.text import Text, raw
from storage import questionnaires as rows
from storage.records import last_change
from storage.tables import InstrumentDraft

router = APIRouter(prefix="/questionnaires")


@router.post("", name="quiz-new")
async def new(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    title = typed.text("title", 100, "quiz-wrong-title")
    if typed.problems:
        return await list_page(request, staff, work, typed)
    draft = await questionnaire_editing.start_own(work, title, typed.words("of", 64))
    return back(request, "quiz-edit", code=draft.code)


@router.get("/{code}/edit", name="quiz-edit")
async def edit(request: Request, staff: Signed, work: Reading, code: str) -> Response:
    return await _draft_page(request, work, code, Typed.empty())


@router.post("/{code}/edit", name="quiz-edit-start")
async def start(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await questionnaire_editing.start(work, code)
    return back(request, "quiz-edit", code=code)


@router.post("/{code}/edit/head", name="quiz-head")
async def head(request: Request, staff: Signed, work: Changing, form: Fields, code: str) -> Response:
    await turn(work, f"questionnaire:{code}")
    typed = Typed(form, house(request).texts)
    draft, ended = await _standing(work, code, typed)
    opened = fields.head_of(draft, code)
    if ended:
        await opened.beside(work, typed)
        typed.wrong("title", f"quiz-draft-{ended}")
        return await _draft_page(request, work, code, typed, opened, draft)
    if await opened.clashes(work, typed):
        return await _draft_page(request, work, code, typed, opened)
    title, minutes = typed.text("title", 100, "quiz-wrong-title"), typed.number("minutes", 1, 60)
    audience = typed.words("audience")
    if typed.problems:
        return await _draft_page(request, work, code, typed, opened)

    unpublished = await rows.newest(work.session, work.school.id, code) is None

    def changed(body: Body) -> Body:
        own = code.startswith(questionnaire_editing.OWN) and audience in AUDIENCES
        kept = dict(body)
        if own and unpublished:  # what was promised to those who have answered stays promised
            kept = {name: value for name, value in body.items() if name != "anonymous"}
            kept |= {"anonymous": True} if typed.words("anonymous") == "yes" else {}
        return kept | {
            "title": body["title"] | {"ru": title},
            "minutes": minutes,
            "audience": audience if own else body["audience"],
        }

    await questionnaire_editing.change(work, code, changed)
    return back(request, "quiz-edit", "quiz-kept", code=code)


@router.post("/{code}/edit/add", name="quiz-question-add")
async def add(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    draft = await questionnaire_editing.change(work, code, editing.added)
    return back(request, "quiz-question", code=code, number=len(draft.body["questions"]))


@router.get("/{code}/edit/{number}", name="quiz-question")
async def question(request: Request, staff: Signed, work: Reading, code: str, number: int) -> Response:
    draft = await rows.draft(work.session, work.school.id, code)
    if draft is None or number not in fields.numbers(draft):
        return back(request, "quiz-edit", code=code)
    return _question_page(request, work, draft, number, Typed.empty(), fields.question_of(draft, number))


@router.post("/{code}/edit/{number}", name="quiz-question-save")
async def save(
    request: Request, staff: Signed, work: Changing, form: Fields, code: str, number: int
) -> Response:
    await turn(work, f"questionnaire:{code}")
    typed = Typed(form, house(request).texts)
    draft, ended = await _standing(work, code, typed)
    named = typed.words("question", 64)
    number = fields.number_of(draft, named, number)
    if not number:
        return await _gone(request, work, typed, draft, ended)
    opened = fields.question_of(draft, number)
    if ended:
        await opened.beside(work, typed)
        typed.wrong("text", f"quiz-draft-{ended}")
        return _question_page(request, work, draft, number, typed, opened, onward=True)
    if await opened.clashes(work, typed):
        return _question_page(request, work, draft, number, typed, opened)
    changes = question_read(typed, fields.at(draft, number), draft.body, number)
    if typed.problems:
        return _question_page(request, work, draft, number, typed, opened)
    await questionnaire_editing.change(work, code, lambda body: editing.replaced(body, number, changes))
    return back(request, "quiz-edit", "quiz-kept", code=code, at=f"question-{number}")


@router.post("/{code}/edit/{number}/look", name="quiz-question-look")
async def look(
    request: Request, staff: Signed, work: Reading, form: Fields, code: str, number: int
) -> Response:
    """While it is typed: what would keep the question from being asked in every messenger. Nothing is saved."""
    draft = await _draft(work, code)
    if number not in fields.numbers(draft):
        raise HTTPException(404)
    typed = Typed(form, house(request).texts)
    changes = question_read(typed, fields.at(draft, number), draft.body, number)
    found = list(typed.problems.values())
    if not found:
        body = editing.replaced(draft.body, number, changes)
        found = [typed.say(one.text) for one in editing.problems(body) if one.number == number]
    return page(request, "questionnaires/_look.html", work, found=found)


@router.post("/{code}/edit/{number}/move", name="quiz-question-move")
async def move(
    request: Request, staff: Signed, work: Changing, form: Fields, code: str, number: int
) -> Response:
    typed = Typed(form, house(request).texts)
    by = -1 if typed.words("way") == "up" else 1
    number = fields.number_of(await _draft(work, code), typed.words("question", 64), number)
    if not number:
        return back(request, "quiz-edit", "quiz-gone", code=code)
    await questionnaire_editing.change(work, code, lambda body: editing.moved(body, number, by))
    return back(request, "quiz-edit", code=code, at=f"question-{max(1, number + by)}")


@router.post("/{code}/edit/{number}/remove", name="quiz-question-remove")
async def remove(
    request: Request, staff: Signed, work: Changing, form: Fields, code: str, number: int
) -> Response:
    draft = await _draft(work, code)
    number = fields.number_of(draft, Typed(form, house(request).texts).words("question", 64), number)
    if not number:
        return back(request, "quiz-edit", "quiz-gone", code=code)
    one = fields.at(draft, number)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-question", {"number": number}),
        effect=Text("sure-question-effect", {"words": raw(one["text"].get("ru", ""))}),
        do="sure-question-do",
        stay=f"{request.app.url_path_for('quiz-edit', code=code)}#question-{number}",
        section="quizzes",
    )
    if asking is not None:
        return asking
    await questionnaire_editing.change(work, code, lambda body: editing.removed(body, number))
    return back(request, "quiz-edit", "quiz-removed", code=code)


@router.post("/{code}/publish", name="quiz-publish")
async def publish(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await questionnaire_editing.publish(work, code)
    return back(request, "quiz", "quiz-published", code=code)


@router.post("/{code}/discard", name="quiz-discard")
async def discard(request: Request, staff: Signed, work: Changing, form: Fields, code: str) -> Response:
    body = (await _draft(work, code)).body
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-draft"),
        effect=Text(
            "sure-draft-effect", {"count": len(body["questions"]), "title": raw(body["title"]["ru"])}
        ),
        do="sure-draft-do",
        stay=str(request.app.url_path_for("quiz-edit", code=code)),
        section="quizzes",
    )
    if asking is not None:
        return asking
    await questionnaire_editing.discard(work, code)
    return back(request, "quizzes", "quiz-discarded")


# --- inside ---


async def _draft(work: Work, code: str) -> InstrumentDraft:
    found = await rows.draft(work.session, work.school.id, code)
    if found is None:
        raise Refusal("quiz-no-draft")
    return found


async def _standing(work: Work, code: str, typed: Typed) -> tuple[InstrumentDraft, str]:
    """The draft, and ""; or what the next one would begin with, kept nowhere yet, and what has ended the last one.

    Who has read that, and saves once more, gets the next draft.
    """
    if typed.words("onward") == "yes":
        return await questionnaire_editing.begin_again(work, code), ""
    draft = await rows.draft(work.session, work.school.id, code)
    if draft is not None:
        return draft, ""
    body = await questionnaire_editing.beginning(work, code)
    made = InstrumentDraft(code=code, body=body, author="", changed_at=work.now)
    opened = made_at(typed)
    last = (
        await last_change(work.session, work.school.id, f"questionnaire:{code}", opened) if opened else None
    )
    published = last is not None and last.action == "questionnaire.published"
    return made, "published" if published else "discarded"


async def _draft_page(
    request: Request,
    work: Work,
    code: str,
    typed: Typed,
    opened: Editing | None = None,
    ended: InstrumentDraft | None = None,
) -> Response:
    """Args:
    ended: what the next draft would begin with, where the last one was published or removed meanwhile.
    """
    draft = ended or await rows.draft(work.session, work.school.id, code)
    head = opened or (fields.head_of(draft, code) if draft else None)
    newest = await rows.newest(work.session, work.school.id, code)
    if draft is None and newest is None:
        try:
            await questionnaires.current(work, code)
        except Refusal:
            raise HTTPException(404) from None
    found = editing.problems(draft.body) if draft else []
    by_number: dict[int, list[Any]] = {}
    for problem in found:
        by_number.setdefault(problem.number, []).append(problem.text)
    return page(
        request,
        "questionnaires/edit.html",
        work,
        section="quizzes",
        status=422 if typed.problems else 200,
        code=code,
        draft=draft,
        onward=ended is not None,
        version=newest.version if newest else 0,
        own=code.startswith(questionnaire_editing.OWN),
        least=BATCH,
        audiences=AUDIENCES,
        wrong=by_number,
        branches={
            n: text
            for n in range(1, len(draft.body["questions"]) + 1 if draft else 1)
            if draft and (text := editing.branch(draft.body, n)) is not None
        },
        typed=typed,
        problems=typed.problems,
        **(context(head, work.now) if head else {}),
    )


async def _gone(request: Request, work: Work, typed: Typed, draft: InstrumentDraft, ended: str) -> Response:
    """Somebody has removed the question meanwhile: its words stay on the page, and can be kept as a new one."""
    body = editing.added(draft.body)
    number = len(body["questions"])
    changes = question_read(typed, body["questions"][-1], body, number)
    if ended:
        typed.wrong("text", f"quiz-draft-{ended}")
    if typed.words("again") == "yes" and not typed.problems:
        await questionnaire_editing.change(
            work, draft.code, lambda kept: editing.replaced(editing.added(kept), number, changes)
        )
        return back(request, "quiz-edit", "quiz-kept", code=draft.code, at=f"question-{number}")
    if typed.words("again") != "yes":
        typed.wrong("text", "quiz-gone-kept")
    blank = InstrumentDraft(code=draft.code, body=body, author=draft.author, changed_at=draft.changed_at)
    opened, named = fields.question_of(blank, number), typed.words("question", 64)
    return _question_page(request, work, blank, number, typed, opened, gone=named, onward=bool(ended))


def _question_page(
    request: Request,
    work: Work,
    draft: InstrumentDraft,
    number: int,
    typed: Typed,
    opened: Editing,
    gone: str = "",
    onward: bool = False,
) -> Response:
    """Args:
    gone: the mark of the question that is no longer there; what was typed would become a new one.
    onward: saving once more begins the next draft.
    """
    one = fields.at(draft, number)
    return page(
        request,
        "questionnaires/question.html",
        work,
        section="quizzes",
        status=422 if typed.problems else 200,
        code=draft.code,
        number=number,
        gone=gone,
        onward=onward,
        one=one,
        kinds=KINDS if one["kind"] in KINDS else (*KINDS, QuestionKind(one["kind"])),
        readers=tuple(Reader),
        conditions=fields.conditions(draft.body, number),
        chosen=fields.chosen(one),
        scales=fields.scales(draft.body, number),
        marks=fields.marks_of(one, draft.body, number),
        feeds=editing.FEEDS,
        lines=fields.lines(one),
        staff_only=draft.body["audience"] == Audience.STAFF,
        typed=typed,
        problems=typed.problems,
        **context(opened, work.now),
    )
