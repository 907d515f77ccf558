"""One programme on a form: every section of the model programme, events line by line."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import directories, plans
from actions.plan_store import items_of
from actions.work import Work
from admin.forms import Typed
from admin.pages.matching import get
from admin.pages.plans import name_of
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program import plans as rules
from program.directories import Directory
from program.errors import Refusal
from program.pair_life import By
from program.plan_templates import Template, template_of
from program.plans import Content, Item, PlanState
from program.text import Text
from storage import plans as rows
from storage.tables import Pair, Plan

router = APIRouter(prefix="/plans")

SPARE = 3  # empty lines for more events
BY = (By.CURATOR, By.MENTOR, By.MENTEE)
KINDS = {"model": Directory.MODEL, "organisation": Directory.ORGANISATION, "type": Directory.TYPE}


@router.get("/{pair_id}/edit", name="plan-edit")
async def edit(request: Request, staff: Signed, work: Reading, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    plan = await rows.current(work.session, work.school.id, pair.id)
    if plan is None or plan.state not in rules.OPEN:
        return RedirectResponse(request.url_for("plan", pair_id=pair_id).path, status_code=303)
    content, items = Content.read(plan.content), items_of(plan)
    return await _form(
        request, work, pair, plan, content, items, Typed.empty(), await _editing(work, pair, plan)
    )


@router.post("/{pair_id}/edit", name="plan-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    await turn(work, f"plan:{pair_id}")
    pair = await get(work, pair_id)
    plan = await rows.current(work.session, work.school.id, pair.id)
    if plan is None:
        raise Refusal("plan-none-yet")
    typed = Typed(form, house(request).texts)
    editing = await _editing(work, pair, plan)
    if await editing.clashes(work, typed):
        content, items = _content(typed, Content.read(plan.content)), _items(typed)
        typed.put("seen", str(plan.version))
        return await _form(request, work, pair, plan, content, items, typed, editing)
    content, items = _content(typed, Content.read(plan.content)), _items(typed)
    drafting = plan.state in (PlanState.DRAFT, PlanState.SENT)
    first, last = (typed.day("starts_on"), typed.day("ends_on")) if drafting else (None, None)
    seen = typed.words("seen", 9)
    by = next((one for one in BY if one == typed.words("by")), By.CURATOR)
    try:
        if not typed.problems:
            async with work.session.begin_nested():
                term = (first, last) if first and last else None
                version = int(seen) if seen.isdecimal() else 0
                await plans.change(work, plan.id, content, items, version, by=by, term=term)
    except Refusal as refusal:
        typed.refused("ends_on" if refusal.text.id.startswith("plan-term") else "goal", refusal)
    if typed.problems:
        await work.session.refresh(plan)
        plan = await rows.current(work.session, work.school.id, pair.id)
        assert plan is not None
        return await _form(request, work, pair, plan, content, items, typed, editing)
    return back(request, "plan", "plan-saved", pair_id=pair_id)


async def _kinds(work: Work) -> dict[str, list[tuple[str, Any]]]:
    """The directories that the form offers: slug and words."""
    return {
        name: [(one.slug, one.name) for one in await directories.entries(work, directory)]
        for name, directory in KINDS.items()
    }


async def _editing(work: Work, pair: Pair, plan: Plan) -> Editing:
    """The programme as the form shows it, its events line by line."""
    content = Content.read(plan.content)
    directions = {one: Text(f"plans-doc-direction-{one}") for one in rules.directions_of(pair.form)}
    choices = {
        "rhythm": ("plans-section-rhythm", {one: Text(f"plan-rhythm-{one}") for one in rules.RHYTHMS}),
        "mode": ("plans-doc-mode", {one: Text(f"plans-doc-mode-{one}") for one in rules.MODES}),
        **{name: (f"plans-doc-{name}", dict(found)) for name, found in (await _kinds(work)).items()},
    }
    fields = {
        name: Field(Text(f"plans-doc-{name}"), getattr(content, name))
        for name in ("problem", "goal", "schedule", "conditions")
    }
    fields |= {
        name: Field(Text(f"plans-doc-{name}"), "\n".join(getattr(content, name))) for name in rules.LINES
    }
    fields |= {
        name: Field(Text(label), getattr(content, name), words) for name, (label, words) in choices.items()
    }
    fields["directions"] = Field(Text("plans-section-directions"), content.directions, directions)
    if plan.state in (PlanState.DRAFT, PlanState.SENT):
        fields["starts_on"] = Field(Text("plans-first"), plan.starts_on.isoformat())
        fields["ends_on"] = Field(Text("plans-last"), plan.ends_on.isoformat())
    fields |= _event_fields(items_of(plan))
    last = await rows.version(work.session, plan.id, plan.version)
    return Editing(f"pair:{pair.id}", fields, (last.author, last.at) if last else None)


def _event_fields(items: list[Item]) -> dict[str, Field]:
    """The fields of the events, the empty lines below them too."""
    fields = {}
    empty = Item("")
    for number in range(1, min(len(items) + SPARE, rules.MOST_ITEMS) + 1):
        one = items[number - 1] if number <= len(items) else empty
        for name, column, value, words in (
            ("event", "event", one.event, {}),
            ("due", "due", one.due_on.isoformat() if one.due_on else "", {}),
            (
                "direction",
                "direction",
                one.direction,
                {one.direction: Text(f"plan-direction-{one.direction}")} if one.direction else {},
            ),
            ("form", "form", one.form, {each: Text(f"plans-doc-event-{each}") for each in rules.EVENT_FORMS}),
            ("focus", "focus", one.focus, {each: Text(f"plans-doc-focus-{each}") for each in rules.FOCUS}),
            ("about", "", one.about, {}),
            ("interim", "interim", one.interim, {}),
            ("final", "final", one.final, {}),
            (
                "who",
                "who",
                one.responsible,
                {each: Text(f"plans-doc-who-{each}") for each in rules.RESPONSIBLE},
            ),
        ):
            label = Text(
                "plans-event-field",
                {"n": number, "field": Text(f"plans-doc-col-{column}" if column else "plans-about")},
            )
            fields[f"{name}-{number}"] = Field(label, value, words)
    return fields


async def _form(
    request: Request,
    work: Work,
    pair: Pair,
    plan: Plan,
    content: Content,
    items: list[Item],
    typed: Typed,
    editing: Editing,
) -> Response:
    ready: Template = template_of(pair.form)
    return page(
        request,
        "plans/edit.html",
        work,
        section="plans",
        status=422 if typed.problems else 200,
        pair=pair,
        plan=plan,
        label=name_of(pair),
        content=content,
        items=[*items, *([Item("")] * SPARE)][: rules.MOST_ITEMS],
        problems=typed.problems,
        typed=typed,
        ready=ready,
        directions=rules.directions_of(pair.form),
        rhythms=rules.RHYTHMS,
        modes=rules.MODES,
        kinds=await _kinds(work),
        **context(editing, work.now),
        focus=rules.FOCUS,
        forms_of=rules.EVENT_FORMS,
        responsible=rules.RESPONSIBLE,
        lines=rules.LINES,
        by=BY,
        drafting=plan.state in (PlanState.DRAFT, PlanState.SENT),
        agreed=plan.state in rules.AGREED,
        longest=rules.LONGEST_TEXT,
    )


def _content(typed: Typed, before: Content) -> Content:
    values: dict[str, Any] = {
        "mode": typed.words("mode"),
        "rhythm": typed.words("rhythm"),
    }
    for name in ("problem", "goal", "schedule", "conditions"):
        values[name] = typed.words(name, rules.LONGEST_TEXT + 1)
    for name in rules.LINES:
        typed_lines = typed.words(name, rules.LONGEST_LINE * rules.MOST_LINES)
        values[name] = tuple(line.strip() for line in typed_lines.splitlines() if line.strip())
    values["directions"] = tuple(typed.many("directions"))
    for name in KINDS:
        values[name] = typed.words(name, 60) or getattr(before, name)
    return Content(**values)


def _items(typed: Typed) -> list[Item]:
    found = []
    for number in range(1, rules.MOST_ITEMS + 1):
        event = typed.words(f"event-{number}", rules.LONGEST_LINE + 1)
        if not event:
            continue
        due: date | None = typed.day(f"due-{number}") if typed.words(f"due-{number}") else None
        found.append(
            Item(
                event=event,
                direction=typed.words(f"direction-{number}", 60),
                focus=typed.words(f"focus-{number}", 60),
                about=typed.words(f"about-{number}", rules.LONGEST_LINE + 1),
                form=typed.words(f"form-{number}", 60),
                due_on=due,
                interim=typed.words(f"interim-{number}", rules.LONGEST_LINE + 1),
                final=typed.words(f"final-{number}", rules.LONGEST_LINE + 1),
                responsible=typed.words(f"who-{number}", 60) or "both",
            )
        )
    return found
