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
from admin.visit import Changing, Fields, Reading, Signed, house
from program import plans as rules
from program.directories import Directory
from program.errors import Refusal
from program.pair_life import By
from program.plan_templates import Template, template_of
from program.plans import Content, Item, PlanState
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
    return await _form(request, work, pair, plan, Content.read(plan.content), items_of(plan), Typed.empty())


@router.post("/{pair_id}/edit", name="plan-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, pair_id: int) -> Response:
    pair = await get(work, pair_id)
    plan = await rows.current(work.session, work.school.id, pair.id)
    if plan is None:
        raise Refusal("plan-none-yet")
    typed = Typed(form, house(request).texts)
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
        return await _form(request, work, pair, plan, content, items, typed)
    return back(request, "plan", "plan-saved", pair_id=pair_id)


async def _form(
    request: Request, work: Work, pair: Pair, plan: Plan, content: Content, items: list[Item], typed: Typed
) -> Response:
    ready: Template = template_of(pair.form)
    kinds: dict[str, list[tuple[str, Any]]] = {}
    for name, directory in KINDS.items():
        kinds[name] = [(one.slug, one.name) for one in await directories.entries(work, directory)]
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
        kinds=kinds,
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
