"""The editor of questionnaires: a draft, its questions with up and down, and «Опубликовать». Works without JavaScript."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import questionnaire_editing, questionnaires
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program import instruments_editing as editing
from program.ballots import BATCH
from program.errors import Refusal
from program.instruments import LONGEST_LABEL, Audience, QuestionKind, Reader
from program.instruments_editing import AUDIENCES, CHOSEN, COUNTED, KINDS, Body
from program.text import Text, raw
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
    await turn(work, f"questionnaire:{code}")
    typed = Typed(form, house(request).texts)
    draft = await _draft(work, code)
    opened = _head(draft, code)
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
    if draft is None:
        return back(request, "quiz-edit", code=code)
    return _question_page(request, work, draft, number, Typed.empty(), _question(draft, number))


@router.post("/{code}/edit/{number}", name="quiz-question-save")
async def save(
    request: Request, staff: Signed, work: Changing, form: Fields, code: str, number: int
) -> Response:
    await turn(work, f"questionnaire:{code}")
    typed = Typed(form, house(request).texts)
    draft = await _draft(work, code)
    opened = _question(draft, number)
    if await opened.clashes(work, typed):
        return _question_page(request, work, draft, number, typed, opened)
    changes = _read(typed, _at(draft, number), draft.body, number)
    if typed.problems:
        return _question_page(request, work, draft, number, typed, opened)
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


def _changed(draft: InstrumentDraft, fields: dict[str, Field]) -> Editing:
    return Editing(f"questionnaire:{draft.code}", fields, (draft.author, draft.changed_at))


def _head(draft: InstrumentDraft, code: str) -> Editing:
    """The head of a draft as the form shows it."""
    body = draft.body
    fields = {
        "title": Field(Text("quiz-new-title"), body["title"]["ru"]),
        "minutes": Field(Text("quiz-minutes"), str(body["minutes"])),
    }
    if code.startswith(questionnaire_editing.OWN):
        called = {one.value: Text(f"quiz-for-{one}") for one in AUDIENCES}
        fields["audience"] = Field(Text("quiz-audience"), body["audience"], called)
    return _changed(draft, fields)


def _question(draft: InstrumentDraft, number: int) -> Editing:
    """One question as the form shows it."""
    one, body = _at(draft, number), draft.body
    worded = {"text": one["text"], **{name: one.get(name) or {} for name in ("low", "high", "short", "part")}}
    fields: dict[str, Field] = {}
    for name, words in worded.items():
        for language, field, label in (
            ("ru", name, name),
            ("ty", "ty" if name == "text" else f"{name}_ty", f"{name}-ty"),
            ("en", "en" if name == "text" else f"{name}_en", f"{name}-en"),
        ):
            fields[field] = Field(Text(f"quiz-{label}"), words.get(language, ""))
    marks, kind = _marks(one, body, number), one["kind"]
    limit = str(one.get("limit") or "")
    kinds = {each.value: Text(f"quiz-kind-{each}") for each in QuestionKind}
    fields |= {
        "kind": Field(Text("quiz-kind"), kind, kinds),
        "options": Field(Text("quiz-options"), _lines(one)),
        "limit_choices": Field(Text("quiz-limit-choices"), limit if kind == "multi" else ""),
        "low_number": Field(Text("quiz-low-number"), str(one.get("low_number", 0))),
        "high_number": Field(Text("quiz-high-number"), str(one.get("high_number", 100))),
        "reader": Field(
            Text("quiz-reader"),
            one.get("reader", "curator"),
            {r.value: Text(f"quiz-reader-{r}") for r in Reader},
        ),
        "limit": Field(Text("quiz-limit"), (limit if kind == "text" else "") or "300"),
        "shown_if": Field(
            Text("quiz-shown-if-ticks"),
            _chosen(one),
            {value: raw(words) for value, words in _conditions(body, number)},
        ),
        "feeds": Field(
            Text("quiz-feeds-which"),
            [code for code in one.get("feeds", ()) if code in editing.FEEDS],
            {code: Text(f"quiz-feed-{code.lower()}") for code in editing.FEEDS},
        ),
    }
    for tick in ("required", "reversed", "private"):
        fields[tick] = Field(
            Text(f"quiz-{tick}"), "yes" if one.get(tick) else "", {"yes": Text("versions-yes")}
        )
    if _scales(body, number):
        which = {key: raw(words) for key, words in _scales(body, number)}
        fields["if_scale"] = Field(Text("quiz-shown-if-which"), marks["if_scale"], which)
        fields["if_from"] = Field(Text("quiz-shown-if-from"), marks["if_from"])
        fields["if_to"] = Field(Text("quiz-shown-if-to"), marks["if_to"])
    return _changed(draft, fields)


async def _draft_page(
    request: Request, work: Work, code: str, typed: Typed, opened: Editing | None = None
) -> Response:
    draft = await rows.draft(work.session, work.school.id, code)
    head = opened or (_head(draft, code) if draft else None)
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


def _question_page(
    request: Request, work: Work, draft: InstrumentDraft, number: int, typed: Typed, opened: Editing
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
        scales=_scales(draft.body, number),
        marks=_marks(one, draft.body, number),
        feeds=editing.FEEDS,
        lines=_lines(one),
        staff_only=draft.body["audience"] == Audience.STAFF,
        typed=typed,
        problems=typed.problems,
        **context(opened, work.now),
    )


def _lines(one: dict[str, Any]) -> str:
    """The options of a question, one a line."""
    return "\n".join(_line(option) for option in one.get("options", ()))


def _line(option: dict[str, Any]) -> str:
    label = option["label"]
    return " | ".join([label["ru"], label.get("en", ""), label.get("ty", "")]).rstrip(" |")


def _conditions(body: Body, number: int) -> list[tuple[str, str]]:
    """Answers to earlier questions on which this one may depend: value of the tick, words."""
    return [
        (f"{question['id']}={option['code']}", f"{earlier}. «{option['label']['ru']}»")
        for earlier, question in enumerate(body["questions"][: number - 1], 1)
        for option in editing.options_of(question)
    ]


def _scales(body: Body, number: int) -> list[tuple[str, str]]:
    """Earlier questions with marks or numbers on whose bounds this one may depend: id, words."""
    return [
        (question["id"], f"{earlier}. {question['text'].get('ru', '')}"[:100])
        for earlier, question in enumerate(body["questions"][: number - 1], 1)
        if QuestionKind(question["kind"]) in editing.MARKED
    ]


def _chosen(one: dict[str, Any]) -> list[str]:
    condition = one.get("shown_if", {})
    return [f"{condition['question']}={code}" for code in condition.get("any_of", ())]


def _marks(one: dict[str, Any], body: Body, number: int) -> dict[str, str]:
    """What stands in the fields of a condition on marks."""
    condition = one.get("shown_if", {})
    if condition.get("question") not in dict(_scales(body, number)):
        return {"if_scale": "", "if_from": "", "if_to": ""}
    bounds = {"if_from": condition.get("at_least", ""), "if_to": condition.get("at_most", "")}
    return {"if_scale": condition["question"], **{name: str(bound) for name, bound in bounds.items()}}


def _read(typed: Typed, old: dict[str, Any], body: Body, number: int) -> dict[str, Any]:
    """The fields of the form as a question; what its kind cannot have is left out."""
    kind = typed.one_of("kind", QuestionKind) or QuestionKind(old["kind"])
    changes: dict[str, Any] = {
        "kind": kind.value,
        "text": _worded(typed, "text", editing.LONGEST_QUESTION, "quiz-wrong-text"),
        "short": _worded(typed, "short", LONGEST_LABEL),
        "part": _worded(typed, "part", 60),
        "required": typed.words("required") == "yes" or None,
    }
    if kind in CHOSEN and not old.get("source"):
        changes["options"] = editing.options_from(typed.words("options", 3000), old.get("options", []))
    if kind is QuestionKind.SCALE10:
        changes |= {end: _worded(typed, end, 60) for end in ("low", "high")}
    if kind in (QuestionKind.SCALE10, QuestionKind.SMILES):
        changes["reversed"] = typed.words("reversed") == "yes" or None
    if kind in COUNTED:
        changes["low_number"] = typed.number("low_number", 0, 99999)
        changes["high_number"] = typed.number("high_number", 1, 99999)
    if kind is QuestionKind.TEXT:
        changes["reader"] = typed.words("reader")
        changes["private"] = typed.words("private") == "yes" or None
        changes["limit"] = typed.number("limit", 1, 2000)
    if kind is QuestionKind.MULTI and typed.words("limit_choices"):
        changes["limit"] = typed.number("limit_choices", 0, 10) or None
    chosen = typed.chosen("feeds", editing.FEEDS)
    if (
        "ESCALATION" in chosen
        and kind is not QuestionKind.YES_NO
        and "ESCALATION" not in old.get("feeds", ())
    ):
        typed.wrong("feeds-1", "quiz-wrong-escalation")
    stays = [code for code in old.get("feeds", ()) if code in chosen or code not in editing.FEEDS]
    changes["feeds"] = [*stays, *(code for code in chosen if code not in stays)]
    changes["shown_if"] = _branch(typed, body, number)
    return changes


def _worded(typed: Typed, name: str, longest: int, missing: str = "") -> dict[str, str]:
    """Russian under the name itself, «ты» and English beside it; empty ones are left out, all without Russian."""
    ru = typed.text(name, longest, missing)
    fields = {"ty": f"{name}_ty", "en": f"{name}_en"} if name != "text" else {"ty": "ty", "en": "en"}
    others = {language: typed.text(field, longest) for language, field in fields.items()}
    if not ru and any(others.values()):
        typed.wrong(name, "quiz-wrong-no-russian")
    return {"ru": ru} | {language: words for language, words in others.items() if words} if ru else {}


def _branch(typed: Typed, body: Body, number: int) -> dict[str, Any] | None:
    """«Показывать, если…»: ticked answers to one earlier question, or a mark of one in bounds."""
    ticked = [tick.partition("=") for tick in typed.many("shown_if")]
    scale = typed.words("if_scale", 64)
    if len({name for name, _, _ in ticked} | ({scale} if scale else set())) > 1:
        typed.wrong("shown_if", "quiz-wrong-two")
        return None
    condition: dict[str, Any] | None = None
    if ticked:
        condition = {"question": ticked[0][0], "any_of": [code for _, _, code in ticked]}
    elif scale:
        bounds = {
            field: typed.number(name, 0, 99999)
            for field, name in (("at_least", "if_from"), ("at_most", "if_to"))
            if typed.words(name)
        }
        condition = {"question": scale, **bounds}
    if condition is not None:
        for text in editing.wrong_branch(condition, body["questions"][: number - 1]):
            typed.problems.setdefault("if_scale" if scale else "shown_if", typed.say(text))
    return condition
