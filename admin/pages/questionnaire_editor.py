"""The editor of questionnaires: a draft, its questions with up and down, and «Опубликовать». Works without JavaScript."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import questionnaire_editing, questionnaires
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program import instruments_editing as editing
from program.errors import Refusal
from program.instruments import Audience, QuestionKind, Reader
from program.instruments_editing import AUDIENCES, CHOSEN, COUNTED, KINDS, Body
from storage import questionnaires as rows
from storage.tables import InstrumentDraft

router = APIRouter(prefix="/questionnaires")


@router.post("", name="quiz-new")
async def new(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    draft = await questionnaire_editing.start_own(work, typed.words("title", 100), typed.words("of", 64))
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
    typed = Typed(form, house(request).texts)
    title, minutes = typed.text("title", 100, "quiz-wrong-title"), typed.number("minutes", 1, 60)
    audience = typed.words("audience")
    if typed.problems:
        return await _draft_page(request, work, code, typed)

    def changed(body: Body) -> Body:
        own = code.startswith(questionnaire_editing.OWN) and audience in AUDIENCES
        return body | {
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
    if draft is None:
        return back(request, "quiz-edit", code=code)
    return _question_page(request, work, draft, number, Typed.empty())


@router.post("/{code}/edit/{number}", name="quiz-question-save")
async def save(
    request: Request, staff: Signed, work: Changing, form: Fields, code: str, number: int
) -> Response:
    typed = Typed(form, house(request).texts)
    draft = await _draft(work, code)
    changes = _read(typed, _at(draft, number), draft.body)
    if typed.problems:
        return _question_page(request, work, draft, number, typed)
    await questionnaire_editing.change(work, code, lambda body: editing.replaced(body, number, changes))
    return back(request, "quiz-edit", "quiz-kept", code=code, at=f"question-{number}")


@router.post("/{code}/edit/{number}/move", name="quiz-question-move")
async def move(
    request: Request, staff: Signed, work: Changing, form: Fields, code: str, number: int
) -> Response:
    by = -1 if Typed(form, house(request).texts).words("way") == "up" else 1
    _at(await _draft(work, code), number)
    await questionnaire_editing.change(work, code, lambda body: editing.moved(body, number, by))
    return back(request, "quiz-edit", code=code, at=f"question-{max(1, number + by)}")


@router.post("/{code}/edit/{number}/remove", name="quiz-question-remove")
async def remove(request: Request, staff: Signed, work: Changing, code: str, number: int) -> Response:
    _at(await _draft(work, code), number)
    await questionnaire_editing.change(work, code, lambda body: editing.removed(body, number))
    return back(request, "quiz-edit", "quiz-removed", code=code)


@router.post("/{code}/publish", name="quiz-publish")
async def publish(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await questionnaire_editing.publish(work, code)
    return back(request, "quiz", "quiz-published", code=code)


@router.post("/{code}/discard", name="quiz-discard")
async def discard(request: Request, staff: Signed, work: Changing, code: str) -> Response:
    await questionnaire_editing.discard(work, code)
    return back(request, "quizzes", "quiz-discarded")


# --- inside ---


async def _draft(work: Work, code: str) -> InstrumentDraft:
    found = await rows.draft(work.session, work.school.id, code)
    if found is None:
        raise Refusal("quiz-no-draft")
    return found


def _at(draft: InstrumentDraft, number: int) -> dict[str, Any]:
    if not 1 <= number <= len(draft.body["questions"]):
        raise HTTPException(404)
    found: dict[str, Any] = draft.body["questions"][number - 1]
    return found


async def _draft_page(request: Request, work: Work, code: str, typed: Typed) -> Response:
    draft = await rows.draft(work.session, work.school.id, code)
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
        version=newest.version if newest else 0,
        own=code.startswith(questionnaire_editing.OWN),
        audiences=AUDIENCES,
        wrong=by_number,
        typed=typed,
        problems=typed.problems,
    )


def _question_page(
    request: Request, work: Work, draft: InstrumentDraft, number: int, typed: Typed
) -> Response:
    one = _at(draft, number)
    return page(
        request,
        "questionnaires/question.html",
        work,
        section="quizzes",
        status=422 if typed.problems else 200,
        code=draft.code,
        number=number,
        one=one,
        kinds=KINDS if one["kind"] in KINDS else (*KINDS, QuestionKind(one["kind"])),
        readers=tuple(Reader),
        conditions=_conditions(draft.body, number),
        chosen=_chosen(one),
        lines="\n".join(_line(option) for option in one.get("options", ())),
        staff_only=draft.body["audience"] == Audience.STAFF,
        typed=typed,
        problems=typed.problems,
    )


def _line(option: dict[str, Any]) -> str:
    return " | ".join(word for word in (option["label"]["ru"], option["label"].get("en", "")) if word)


def _conditions(body: Body, number: int) -> list[tuple[str, str]]:
    """Answers to earlier questions on which this one may depend: value of the tick, words."""
    found = []
    for earlier, question in enumerate(body["questions"][: number - 1], 1):
        options = question.get("options", ())
        if question["kind"] == QuestionKind.YES_NO:
            options = ({"code": "yes", "label": {"ru": "Да"}}, {"code": "no", "label": {"ru": "Нет"}})
        found += [(f"{question['id']}={o['code']}", f"{earlier}. «{o['label']['ru']}»") for o in options]
    return found


def _chosen(one: dict[str, Any]) -> list[str]:
    condition = one.get("shown_if", {})
    return [f"{condition['question']}={code}" for code in condition.get("any_of", ())]


def _read(typed: Typed, old: dict[str, Any], body: Body) -> dict[str, Any]:
    """The fields of the form as a question; what its kind cannot have is left out."""
    longest = editing.LONGEST_QUESTION
    kind = typed.one_of("kind", QuestionKind) or QuestionKind(old["kind"])
    text = {"ru": typed.text("text", longest, "quiz-wrong-text"), "ty": typed.text("ty", longest)}
    text["en"] = typed.text("en", longest)
    changes: dict[str, Any] = {"kind": kind.value, "text": {k: v for k, v in text.items() if v}}
    changes["required"] = typed.words("required") == "yes" or None
    if kind in CHOSEN and not old.get("source"):
        changes["options"] = editing.options_from(typed.words("options", 3000), old.get("options", []))
    if kind is QuestionKind.SCALE10:
        for end in ("low", "high"):
            changes[end] = {"ru": typed.words(end, 60)} | (
                {"en": typed.words(f"{end}_en", 60)} if typed.words(f"{end}_en", 60) else {}
            )
    if kind in COUNTED:
        changes["low_number"] = typed.number("low_number", 0, 99999)
        changes["high_number"] = typed.number("high_number", 1, 99999)
    if kind is QuestionKind.TEXT:
        changes["reader"] = typed.words("reader")
        changes["private"] = typed.words("private") == "yes" or None
        changes["limit"] = typed.number("limit", 1, 2000)
    if kind is QuestionKind.MULTI and typed.words("limit_choices"):
        changes["limit"] = typed.number("limit_choices", 0, 10) or None
    ticked = [tick.partition("=") for tick in typed.many("shown_if")]
    if len({name for name, _, _ in ticked}) > 1:
        typed.wrong("shown_if", "quiz-wrong-two")
    elif ticked:
        changes["shown_if"] = {"question": ticked[0][0], "any_of": [code for _, _, code in ticked]}
    elif "any_of" not in old.get("shown_if", {"any_of": []}):
        changes["shown_if"] = old["shown_if"]  # a condition on a mark: not offered here, kept as it is
    return changes
