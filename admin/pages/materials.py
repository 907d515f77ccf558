"""«Материалы»: ideas for meetings, shipped and the school's own; methods and words stand in the directories."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import ideas, materials
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.errors import Refusal
from program.ideas import (
    FIRST_GRADE,
    LAST_GRADE,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MINUTES,
    Idea,
    mentees_of,
    shipped,
)
from program.ids import id_in
from program.settings import SchoolSettings
from program.text import Text
from storage import ideas as rows

router = APIRouter(prefix="/materials")

USUAL_MINUTES = 30
PAGE = 30  # with the words of each, as much as a slow line brings at once


@router.get("", name="materials")
async def every(request: Request, staff: Signed, work: Reading) -> Response:
    return await _list(request, work, Typed.empty(), request.query_params.get("form", ""))


@router.post("", name="material-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    said = _words(typed, work, own=True)
    if not typed.problems:
        try:
            idea = await materials.add(work, said)
        except Refusal as refusal:
            typed.refused("title", refusal)
        else:
            return await _back(request, work, idea.slug)
    return await _list(request, work, typed, "")


@router.get("/{idea}", name="material")
async def one(request: Request, staff: Signed, work: Reading, idea: str) -> Response:
    found = await _known(work, idea)
    return _edit(request, work, found, Typed.empty(), _editing(found, work.settings))


@router.post("/{idea}", name="material-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, idea: str) -> Response:
    await turn(work, f"idea:{idea}")
    found = await _known(work, idea)
    typed = Typed(form, house(request).texts)
    editing = _editing(found, work.settings)
    if await editing.clashes(work, typed):
        return _edit(request, work, found, typed, editing)
    said = _words(typed, work, own=found.own)
    if not typed.problems:
        try:
            await materials.edit(work, idea, said)
        except Refusal as refusal:
            typed.refused("title", refusal)
        else:
            return await _back(request, work, idea)
    return _edit(request, work, found, typed, editing)


@router.post("/{idea}/switch", name="material-switch")
async def switch(request: Request, staff: Signed, work: Changing, form: Fields, idea: str) -> Response:
    await _known(work, idea)
    typed = Typed(form, house(request).texts)
    await materials.switch(work, idea, on=typed.words("on") == "yes")
    return await _back(request, work, idea)


def _words(typed: Typed, work: Work, *, own: bool) -> materials.Words:
    title = typed.text("title", LONGEST_TITLE, "materials-title-missing" if own else "")
    words = typed.text("words", LONGEST_WORDS, "materials-words-missing" if own else "")
    words = "\n".join(line.strip() for line in words.splitlines() if line.strip())
    if not own:
        return materials.Words(title, words)
    minutes = typed.number("minutes", *MINUTES)
    forms = typed.chosen("forms", work.settings.known_forms)
    grades = (
        typed.number("grade_from", FIRST_GRADE, LAST_GRADE),
        typed.number("grade_to", FIRST_GRADE, LAST_GRADE),
    )
    if grades[0] > grades[1]:
        typed.wrong("grade_to", "materials-grades-odd")
    return materials.Words(title, words, minutes, forms, grades)


async def _known(work: Work, slug: str) -> Idea:
    found = await materials.get(work, slug)
    if found is None:
        raise HTTPException(404)
    return found


async def _ideas(work: Work, form: str = "") -> list[Idea]:
    """The school's own first; only those for a form of the school if one is named."""
    found = sorted(await ideas.all_of(work), key=lambda idea: not idea.own)
    if form not in work.settings.known_forms:
        return found
    led = mentees_of([form])
    return [idea for idea in found if (form in idea.forms if idea.forms else led & idea.mentee)]


async def _back(request: Request, work: Work, slug: str) -> Response:
    """To the idea in the list, on the page where it stands."""
    before = [idea.slug for idea in await _ideas(work)].index(slug)
    query = f"page={before // PAGE + 1}" if before >= PAGE else ""
    return back(request, "materials", "material", query=query, at=f"idea-{slug}")


async def _list(request: Request, work: Work, typed: Typed, form: str) -> Response:
    found = await _ideas(work, form)
    known = work.settings.known_forms
    pages = max(-(-len(found) // PAGE), 1)
    number = min(id_in(request.query_params.get("page", "")) or 1, pages)
    return page(
        request,
        "directories/materials.html",
        work,
        section="materials",
        status=422 if typed.problems else 200,
        ideas=found[(number - 1) * PAGE : number * PAGE],
        number=number,
        pages=pages,
        taken=await rows.taken_counts(work.session, work.school.id),
        enabled=work.settings.forms,
        chosen=form if form in known else "",
        typed=typed,
        problems=typed.problems,
        as_typed=materials.as_typed,
        minutes=USUAL_MINUTES,
        first=FIRST_GRADE,
        last=LAST_GRADE,
        longest=LONGEST_WORDS,
    )


def _editing(idea: Idea, settings: SchoolSettings) -> Editing:
    """An idea as the form shows it."""
    fields = {
        "title": Field(Text("materials-name"), idea.title.ru),
        "words": Field(Text("materials-words"), materials.as_typed(idea)),
    }
    if idea.own:
        forms = {slug: settings.form_name(slug) for slug in settings.known_forms}
        fields["minutes"] = Field(Text("materials-minutes"), str(idea.minutes))
        fields["forms"] = Field(Text("materials-forms"), tuple(idea.forms), forms)
        for name, label, grade in zip(
            ("grade_from", "grade_to"), ("materials-from", "materials-to"), idea.grades, strict=True
        ):
            fields[name] = Field(Text(label), str(grade))
    return Editing(f"idea:{idea.slug}", fields)


def _edit(request: Request, work: Work, found: Idea, typed: Typed, editing: Editing) -> Response:
    return page(
        request,
        "directories/material.html",
        work,
        section="materials",
        status=422 if typed.problems else 200,
        idea=found,
        base=next((one for one in shipped() if one.slug == found.slug), None),
        **context(editing, work.now),
        enabled=work.settings.forms,
        typed=typed,
        problems=typed.problems,
        as_typed=materials.as_typed,
        longest=LONGEST_WORDS,
    )
