"""«Справочники»: one page for every directory: words, order, on and off."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import directories
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.directories import (
    BY_FORM,
    LONGEST_ABOUT,
    LONGEST_LABEL,
    NAMED,
    STAFF_ONLY,
    TWO_LABELS,
    Directory,
    Entry,
    shipped,
)
from program.errors import Refusal
from program.roles import Category
from program.selection import Kind, requirement
from program.settings import SchoolSettings
from program.text import Text

router = APIRouter(prefix="/directories")

MOST_MONTHS = 60
# Which field a refusal is about.
_FIELD = {
    "directory-shown-missing": "shown",
    "directory-shown-hurts": "shown",
    "directory-form-missing": "parent",
}


@router.get("", name="directories")
async def every(request: Request, staff: Signed, work: Reading) -> Response:
    found = {one: await directories.entries(work, one, everything=True) for one in Directory}
    on = {one: len(await directories.entries(work, one)) for one in Directory}
    return page(
        request,
        "directories/all.html",
        work,
        section="directories",
        found=found,
        on=on,
        staff_only=STAFF_ONLY,
    )


@router.get("/{directory}", name="directory")
async def one(request: Request, staff: Signed, work: Reading, directory: str) -> Response:
    return await _list(request, work, known(directory), Typed.empty())


@router.post("/{directory}", name="directory-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields, directory: str) -> Response:
    which = known(directory)
    typed = Typed(form, house(request).texts)
    said = _words(typed, which, work.settings.known_forms)
    if not typed.problems:
        try:
            await directories.add(work, which, said, typed.words("parent", 60))
        except Refusal as refusal:
            typed.refused(_FIELD.get(refusal.text.id, "label"), refusal)
    if typed.problems:
        return await _list(request, work, which, typed)
    return back(request, "directory", "directory", directory=which.value)


@router.get("/{directory}/{slug}", name="directory-entry")
async def entry(request: Request, staff: Signed, work: Reading, directory: str, slug: str) -> Response:
    which = known(directory)
    found = await _entry(work, which, slug)
    return _edit(request, work, which, found, Typed.empty(), _editing(which, found, work.settings))


@router.post("/{directory}/{slug}", name="directory-save")
async def save(
    request: Request, staff: Signed, work: Changing, form: Fields, directory: str, slug: str
) -> Response:
    which = known(directory)
    await turn(work, f"directory:{which}:{slug}")
    found = await _entry(work, which, slug)
    typed = Typed(form, house(request).texts)
    editing = _editing(which, found, work.settings)
    if await editing.clashes(work, typed):
        return _edit(request, work, which, found, typed, editing)
    said = _words(typed, which, work.settings.known_forms, found)
    if not typed.problems:
        try:
            await directories.edit(work, which, slug, said)
        except Refusal as refusal:
            typed.refused(_FIELD.get(refusal.text.id, "label"), refusal)
    if typed.problems:
        return _edit(request, work, which, found, typed, editing)
    return back(request, "directory", "directory", directory=which.value, at=anchor(slug))


@router.post("/{directory}/{slug}/switch", name="directory-switch")
async def switch(
    request: Request, staff: Signed, work: Changing, form: Fields, directory: str, slug: str
) -> Response:
    which = known(directory)
    await _entry(work, which, slug)
    await directories.switch(work, which, slug, on=words(form, "on") == "yes")
    return back(request, "directory", "directory", directory=which.value, at=anchor(slug))


@router.post("/{directory}/{slug}/move", name="directory-move")
async def move(
    request: Request, staff: Signed, work: Changing, form: Fields, directory: str, slug: str
) -> Response:
    which = known(directory)
    await _entry(work, which, slug)
    await directories.move(work, which, slug, -1 if words(form, "by") == "up" else 1)
    return back(request, "directory", directory=which.value, at=anchor(slug))


def known(name: str) -> Directory:
    if name not in tuple(Directory):
        raise HTTPException(404)
    return Directory(name)


def anchor(slug: str) -> str:
    return "line-" + slug.replace(".", "-")


async def _entry(work: Work, directory: Directory, slug: str) -> Entry:
    found = await directories.entry(work, directory, slug)
    if found is None:
        raise HTTPException(404)
    return found


def _words(
    typed: Typed, directory: Directory, known_forms: tuple[str, ...], before: Entry | None = None
) -> directories.Words:
    """What was typed; what is too long or no number is noted in `typed`."""
    extra = None
    if directory is Directory.REQUIREMENT:
        kind = requirement(before).kind if before else Kind.TICK
        extra = {
            "kind": kind.value,
            "forms": list(typed.chosen("forms", known_forms)),
            "categories": list(typed.chosen("categories", Category)),
            "months": typed.number("months", 0, MOST_MONTHS),
        }
    return directories.Words(
        label=typed.text("label", LONGEST_LABEL),
        shown=typed.text("shown", LONGEST_LABEL),
        about=typed.text("about", LONGEST_ABOUT),
        plus=typed.text("plus", LONGEST_ABOUT),
        extra=extra,
    )


def _rules(directory: Directory) -> dict[str, object]:
    return {
        "directory": directory,
        "named": directory in NAMED,
        "two_labels": directory in TWO_LABELS,
        "by_form": directory in BY_FORM,
        "is_requirement": directory is Directory.REQUIREMENT,
        "has_plus": any(entry.plus.ru for entry in shipped(directory)),
        "staff_only": directory in STAFF_ONLY,
        "longest": LONGEST_ABOUT,
        "categories": tuple(Category),
        "anchor": anchor,
        "requirement": requirement,
    }


async def _list(request: Request, work: Work, directory: Directory, typed: Typed) -> Response:
    return page(
        request,
        "directories/directory.html",
        work,
        section="directories",
        status=422 if typed.problems else 200,
        entries=await directories.entries(work, directory, everything=True),
        enabled=work.settings.forms,
        typed=typed,
        problems=typed.problems,
        **_rules(directory),
    )


def _editing(directory: Directory, entry: Entry, settings: SchoolSettings) -> Editing:
    """One line as the form shows it; fields that its directory has not are left out."""
    rules = _rules(directory)
    fields = {
        "label": Field(
            Text("directory-label-staff" if rules["two_labels"] else "directory-label"), entry.label.ru
        ),
        "about": Field(
            Text("directory-about-material" if directory is Directory.TRAINING else "directory-about"),
            entry.about.ru,
        ),
    }
    if rules["named"] and any(one.slug == entry.slug for one in shipped(directory)):
        del fields["label"]
    if rules["two_labels"]:
        fields["shown"] = Field(Text("directory-shown"), entry.shown.ru)
    if rules["has_plus"]:
        fields["plus"] = Field(Text("directory-plus"), entry.plus.ru)
    if rules["is_requirement"]:
        rule = requirement(entry)
        forms = {slug: settings.form_name(slug) for slug in settings.known_forms}
        kinds = {one.value: Text(f"admin-category-{one}") for one in Category}
        fields["months"] = Field(Text("directory-months"), str(rule.months))
        fields["forms"] = Field(Text("directory-forms"), tuple(rule.forms), forms)
        fields["categories"] = Field(Text("directory-categories"), tuple(rule.categories), kinds)
    return Editing(f"directory:{directory}", fields)


def _edit(
    request: Request, work: Work, directory: Directory, found: Entry, typed: Typed, editing: Editing
) -> Response:
    base = next((one for one in shipped(directory) if one.slug == found.slug), None)
    return page(
        request,
        "directories/entry.html",
        work,
        section="directories",
        status=422 if typed.problems else 200,
        entry=found,
        base=base,
        typed=typed,
        problems=typed.problems,
        **_rules(directory),
        **context(editing, work.now),
    )
