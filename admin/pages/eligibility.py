"""«Возраст участников»: from which and to which age one may take part, for each form and side."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import school_settings
from actions.work import Work
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.eligibility import require_bounds
from program.errors import Refusal
from program.forms import FORMS
from program.roles import Side
from program.text import Text

router = APIRouter(prefix="/settings/ages")


@router.get("", name="ages")
async def ages(request: Request, staff: Signed, work: Reading) -> Response:
    return _form(request, work, Typed.empty(), _editing(work))


@router.post("", name="ages-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return _form(request, work, typed, editing)
    found: dict[str, dict[str, list[int | None]]] = {}
    for slug in _enabled(work):
        for side in Side:
            name = f"{slug}-{side}"
            low, high = _age(typed, f"{name}-from"), _age(typed, f"{name}-to")
            try:
                require_bounds(low, high)
            except Refusal as refusal:
                typed.refused(f"{name}-from", refusal)
            if low is not None or high is not None:
                found.setdefault(slug, {})[side.value] = [low, high]
    if typed.problems:
        return _form(request, work, typed, editing)
    kept = {slug: of for slug, of in work.settings.ages.items() if slug not in _enabled(work)}
    school = work.school
    await school_settings.save(
        work,
        replace(work.settings, ages=kept | found),
        name=school.name,
        city=school.city,
        timezone=school.timezone,
    )
    return back(request, "ages", "ages")


def _age(typed: Typed, field: str) -> int | None:
    value = typed.words(field, 4)
    if not value:
        return None
    if not value.isdecimal():
        typed.wrong(field, "selection-eligibility-odd")
        return None
    return int(value)


def _enabled(work: Work) -> list[str]:
    return [slug for slug in work.settings.forms if slug in FORMS]


def _editing(work: Work) -> Editing:
    """The bounds as the form shows them."""
    fields = {}
    for slug in _enabled(work):
        for side in Side:
            bounds = work.settings.ages.get(slug, {}).get(side.value) or (None, None)
            for end, age in zip(("from", "to"), bounds, strict=True):
                label = Text(
                    "selection-eligibility-end",
                    {
                        "form": work.settings.form_name(slug),
                        "side": Text(f"selection-eligibility-side-{side}"),
                        "end": Text(f"selection-eligibility-{end}"),
                    },
                )
                fields[f"{slug}-{side}-{end}"] = Field(label, "" if age is None else str(age))
    return Editing(subject(work), fields)


def _form(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    return page(
        request,
        "settings/ages.html",
        work,
        section="ages",
        status=422 if typed.problems else 200,
        enabled=_enabled(work),
        sides=tuple(Side),
        now=work.settings.ages,
        typed=typed,
        problems=typed.problems,
        **context(editing, work.now),
    )
