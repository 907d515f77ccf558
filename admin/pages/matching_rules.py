"""«Правила подбора»: how much each thing counts, in four plain levels, and what would change before it is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import directories, school_settings
from actions import matching_rules as rules
from actions.work import Work
from admin import board
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import LONGEST_STAMP, STAMP, Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.forms import FORMS
from program.matching_rules import CRITERIA, MOST_YEARS, Level, Rules
from program.text import Text
from storage import pairs as rows
from storage.tables import Person

router = APIRouter(prefix="/matching/rules")

MOST_MOVED = 30  # lines of «что изменится»; the rest is a number


@dataclass(frozen=True)
class Asked:
    """What a posted form says: the rules of a form, or of one role model of it."""

    form: str
    model: str
    levels: dict[str, str]
    gap: tuple[int, int] | None


@router.get("", name="matching-rules")
async def show(request: Request, staff: Signed, work: Reading) -> Response:
    asked = request.query_params.get("form", "")
    form = asked if asked in board.forms_of(work) else await board.busiest(work)
    return await _editor(request, work, form, request.query_params.get("model", ""), Typed.empty())


@router.post("/try", name="matching-rules-try")
async def attempt(request: Request, staff: Signed, work: Reading, form: Fields) -> Response:
    """The effect of what is ticked; nothing is saved."""
    typed = Typed(form, house(request).texts)
    asked = await _asked(work, typed)
    effect, names = None, dict[int, Person]()
    if not typed.problems:
        try:
            effect = await rules.what_if(
                work, asked.form, asked.levels, gap=asked.gap, role_model=asked.model
            )
        except Refusal as refusal:
            typed.refused("gap_least", refusal)
    if effect:
        moved = effect.moved[:MOST_MOVED]
        ids = {one for line in moved for one in (line.mentee, line.was, line.becomes) if one}
        names = await rows.people_of(work.session, work.school.id, ids)
    return await _editor(request, work, asked.form, asked.model, typed, effect=effect, names=names)


@router.post("", name="matching-rules-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    asked = await _asked(work, typed)
    editing = _editing(work, asked.form, asked.model)
    if await editing.clashes(work, typed):
        return await _editor(request, work, asked.form, asked.model, typed, editing=editing)
    if not typed.problems:
        try:
            async with work.session.begin_nested():
                await rules.choose_rules(
                    work, asked.form, asked.levels, gap=asked.gap, role_model=asked.model
                )
                await school_settings.show_rules(work, bool(typed.words("shown")))
        except Refusal as refusal:
            typed.refused("gap_least", refusal)
    if typed.problems:
        return await _editor(request, work, asked.form, asked.model, typed)
    return back(request, "matching-rules", "rules", query=_query(asked))


@router.post("/usual", name="matching-rules-usual")
async def usual(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """Back to the usual rules."""
    asked = await _asked(work, Typed(form, house(request).texts))
    await rules.forget_rules(work, asked.form, asked.model)
    return back(request, "matching-rules", "rules", query=_query(asked))


def _query(asked: Asked) -> str:
    return f"form={asked.form}" + (f"&model={asked.model}" if asked.model else "")


async def _asked(work: Work, typed: Typed) -> Asked:
    """Levels that differ from what holds without them."""
    form = typed.words("form", 40)
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    model = await _model(work, form, typed.words("model", 64))
    book = rules.rules_of(work, form)
    levels = {}
    for one in CRITERIA:
        level = typed.words(f"level-{one.name}", 20)
        without = book.usual.level(one.name) if model else one.usual_in(form)
        if level and level != without:
            levels[one.name] = level
    gap = None
    if typed.words("gap_least") or typed.words("gap_most"):
        gap = (_years(typed, "gap_least"), _years(typed, "gap_most"))
    return Asked(form, model, levels, gap)


def _years(typed: Typed, name: str) -> int:
    words = typed.words(name, 4).replace("−", "-")
    if not words.removeprefix("-").isdecimal() or abs(int(words)) > MOST_YEARS:
        typed.wrong(name, "admin-field-number", least=-MOST_YEARS, most=MOST_YEARS)
        return 0
    return int(words)


async def _model(work: Work, form: str, asked: str) -> str:
    """A role model of this form, "" for anything else."""
    known = {one.slug for one in await directories.role_models(work, form)}
    return asked if asked in known else ""


def _editing(work: Work, form: str, model: str) -> Editing:
    """The rules of a form, or of a role model of it, as the form shows them."""
    held = rules.rules_of(work, form).of(model)
    least, most = held.gap or ("", "")
    levels = {level.value: Text(f"matching-level-{level}") for level in Level}
    fields = {
        f"level-{one.name}": Field(Text(f"match-part-{one.name}"), held.level(one.name).value, levels)
        for one in CRITERIA
    }
    fields["gap_least"] = Field(Text("board-gap-least"), str(least))
    fields["gap_most"] = Field(Text("board-gap-most"), str(most))
    shown = {"yes": Text("versions-yes")}
    kept = "yes" if work.settings.matching_shown else ""
    fields["shown"] = Field(Text("board-rules-shown"), kept, shown)
    return Editing(subject(work), fields)


async def _editor(
    request: Request,
    work: Work,
    form: str,
    model: str,
    typed: Typed,
    *,
    editing: Editing | None = None,
    effect: rules.Effect | None = None,
    names: dict[int, Person] | None = None,
) -> Response:
    models = await directories.role_models(work, form)
    model = model if model in {one.slug for one in models} else ""
    book = rules.rules_of(work, form)
    held: Rules = book.of(model)
    tried: Sequence[tuple[str, Level]] = [
        (
            one.name,
            Level(said) if (said := typed.words(f"level-{one.name}")) in one.levels else held.level(one.name),
        )
        for one in CRITERIA
    ]
    least, most = held.gap or ("", "")
    versions = context(editing or _editing(work, form, model), work.now)
    if editing is None and typed.words(STAMP, LONGEST_STAMP):
        # What was only tried goes on from the stamp with which it began.
        versions["stamp"] = typed.words(STAMP, LONGEST_STAMP)
    return page(
        request,
        "matching/rules.html",
        work,
        section="matching-rules",
        status=422 if typed.problems else 200,
        form=form,
        enabled=board.forms_of(work),
        model=model,
        models=models,
        own=set(book.models),
        criteria=CRITERIA,
        levels=tuple(Level),
        chosen=dict(tried),
        gap=(typed.words("gap_least") or least, typed.words("gap_most") or most),
        shown=bool(typed.words("shown")) if typed.words("form") else work.settings.matching_shown,
        effect=effect,
        names=names or {},
        most_moved=MOST_MOVED,
        problems=typed.problems,
        **versions,
    )
