"""Directories as a school has them, and what its curator changes in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions import journal
from actions.places import line
from actions.work import Work
from program.directories import (
    BY_FORM,
    CARDS,
    LONGEST_ABOUT,
    LONGEST_LABEL,
    NAMED,
    Directory,
    Entry,
    merged,
    next_slug,
    require_wording,
    shipped,
)
from program.errors import Refusal
from program.forms import FORMS, RoleModel, base_of
from program.text import Text
from storage import directories
from storage.tables import DirectoryEntry

MOST_OWN = 200  # entries that a school may add to one directory


@dataclass(frozen=True)
class Words:
    """What a curator typed. Empty words of a shipped entry mean: as shipped."""

    label: str
    shown: str = ""
    about: str = ""
    plus: str = ""
    extra: Mapping[str, Any] | None = None


async def entries(work: Work, directory: Directory, *, everything: bool = False) -> tuple[Entry, ...]:
    """The school's directory in its order; with those switched off only if `everything`."""
    rows = await directories.changes(work.session, work.school.id, directory)
    return tuple(entry for entry in merged(directory, rows) if everything or _on(work, entry))


async def entry(work: Work, directory: Directory, slug: str) -> Entry | None:
    """One entry, also one that is switched off: something may still name it."""
    found = await entries(work, directory, everything=True)
    return next((one for one in found if one.slug == slug), None)


async def role_models(work: Work, form: str | None = None, *, keep: str = "") -> list[RoleModel]:
    """Variants of a form (of all forms by default), for the staff.

    Args:
        keep: one that is listed even if it is switched off, because a pair has it.
    """
    return [
        RoleModel(one.slug, one.parent, one.label.ru, one.shown.ru)
        for one in await entries(work, Directory.ROLE_MODEL, everything=True)
        if (form is None or one.parent in (form, base_of(form)))
        and (one.active or one.slug == keep or form is None)
    ]


async def cards(work: Work, directory: Directory) -> list[dict[str, Any]]:
    """Help cards of a directory for participants, as JSON: slug, title, about, plus.

    Raises:
        Refusal: participants are told nothing of this directory.
    """
    if directory not in CARDS:
        raise Refusal("guide-unknown")
    return [
        {
            "slug": one.slug,
            "title": one.seen.to_json(),
            "about": one.about.text.to_json(),
            "plus": one.plus.text.to_json() if one.plus.ru else None,
        }
        for one in await entries(work, directory)
        if one.about.ru
    ]


async def explained(work: Work, form: str = "", role_model: str = "") -> list[Entry]:
    """Help cards for the staff: of one form and role model; by default of every form and model of mentoring."""
    if not form:
        return [
            one
            for directory in (Directory.FORM, Directory.MODEL)
            for one in await entries(work, directory, everything=directory is Directory.FORM)
        ]
    wanted = ((Directory.FORM, form), (Directory.FORM, base_of(form)), (Directory.ROLE_MODEL, role_model))
    found = [await entry(work, directory, slug) for directory, slug in dict.fromkeys(wanted) if slug]
    return [one for one in found if one is not None and one.about.ru]


async def add(work: Work, directory: Directory, words: Words, parent: str = "") -> Entry:
    """The school's own entry, at the end.

    Raises:
        Refusal: the directory is full, a name is missing, taken or hurts, the form is unknown.
    """
    if (directory in BY_FORM) != (parent in FORMS):
        raise Refusal("directory-form-missing")
    if directory is Directory.FORM:
        parent = base_of(parent)
    require_wording(directory, words.label, words.shown)
    rows = await directories.held(work.session, work.school.id, directory)
    known = await entries(work, directory, everything=True)
    if sum(one.own for one in known) >= MOST_OWN:
        raise Refusal("directory-full", most=MOST_OWN)
    _require_new(known, words.label, parent)
    row = _row(work, directory, next_slug(known, parent))
    row.parent = parent
    _say(row, words)
    if any(other.position is not None for other in rows.values()):
        row.position = len(known)
    await _note(work, "directory.added", row)
    if directory is Directory.FORM:
        _name_form(work, row, offer=True)
    return await _get(work, directory, row.slug)


async def edit(work: Work, directory: Directory, slug: str, words: Words) -> Entry:
    """The school's words for an entry; what equals the shipped words is not kept.

    Raises:
        Refusal: there is no such entry, a name is missing, taken or hurts.
    """
    rows = await directories.held(work.session, work.school.id, directory)
    before = await _get(work, directory, slug)
    if directory in NAMED and not before.own:
        words = Words("", "", words.about, words.plus)
    else:
        label = words.label or _shipped_label(before)
        require_wording(directory, label, words.shown or before.shown.ru)
        known = await entries(work, directory, everything=True)
        _require_new([one for one in known if one.slug != slug], label, before.parent)
    row = rows.get(slug) or _row(work, directory, slug, before.active)
    _say(row, words)
    base = _base(directory, slug)
    if base is not None:
        for name in ("label", "shown", "about", "plus"):
            if getattr(row, name) == getattr(base, name).ru:
                setattr(row, name, "")
        if row.extra is not None and {**base.extra, **row.extra} == dict(base.extra):
            row.extra = None
        row.version = base.version
    await _note(work, "directory.edited", row)
    if directory is Directory.FORM and before.own:
        _name_form(work, row)
    return await _get(work, directory, slug)


async def switch(work: Work, directory: Directory, slug: str, *, on: bool) -> Entry:
    """Offers an entry or no longer offers it. Whatever names it keeps it.

    Raises:
        Refusal: there is no such entry, or it is a form: these are chosen in the settings.
    """
    if directory in NAMED:
        raise Refusal("directory-forms-in-settings")
    rows = await directories.held(work.session, work.school.id, directory)
    await _get(work, directory, slug)
    row = rows.get(slug) or _row(work, directory, slug)
    if row.active != on or slug not in rows:
        row.active = on
        await _note(work, "directory.on" if on else "directory.off", row)
    return await _get(work, directory, slug)


async def move(work: Work, directory: Directory, slug: str, by: int) -> None:
    """One place up (-1) or down (1); at the end of the list nothing happens."""
    rows = await directories.held(work.session, work.school.id, directory)
    known = await entries(work, directory, everything=True)
    order = [one.slug for one in known]
    if slug not in order:
        raise Refusal("directory-entry-unknown")
    at = order.index(slug)
    to = at + (1 if by > 0 else -1)
    if not 0 <= to < len(order):
        return
    order[at], order[to] = order[to], order[at]
    active = {one.slug: one.active for one in known}
    for position, one in enumerate(order):
        row = rows.get(one) or _row(work, directory, one, active[one])
        row.position = position
    await work.session.flush()
    await journal.note(
        work, "directory.moved", f"directory:{directory}", after={"slug": slug, "place": to + 1}
    )


def _name_form(work: Work, row: DirectoryEntry, *, offer: bool = False) -> None:
    """Tells the settings, from which every page and message takes it, what the school calls its own form."""
    settings = work.settings
    names = {**settings.form_names, row.slug: row.label}
    forms = [*settings.forms, *([row.slug] if offer else [])]
    work.school.settings = {**work.school.settings, "form_names": names, "forms": forms}


def _on(work: Work, entry: Entry) -> bool:
    if entry.directory is Directory.FORM:
        return entry.slug in work.settings.forms
    return entry.active


async def _get(work: Work, directory: Directory, slug: str) -> Entry:
    await work.session.flush()
    found = await entry(work, directory, slug)
    if found is None:
        raise Refusal("directory-entry-unknown")
    return found


def _base(directory: Directory, slug: str) -> Entry | None:
    return next((one for one in shipped(directory) if one.slug == slug), None)


def _shipped_label(entry: Entry) -> str:
    base = _base(entry.directory, entry.slug)
    return base.label.ru if base else ""


def _row(work: Work, directory: Directory, slug: str, active: bool = True) -> DirectoryEntry:
    row = DirectoryEntry(
        school_id=work.school.id,
        directory=directory,
        slug=slug,
        label="",
        shown="",
        about="",
        plus="",
        parent="",
        active=active,
        version=0,
        changed_at=work.now,
        changed_by=work.actor,
    )
    work.session.add(row)
    return row


def _say(row: DirectoryEntry, words: Words) -> None:
    row.label, row.shown = line(words.label, LONGEST_LABEL), line(words.shown, LONGEST_LABEL)
    row.about, row.plus = words.about.strip()[:LONGEST_ABOUT], words.plus.strip()[:LONGEST_ABOUT]
    if words.extra is not None:
        row.extra = dict(words.extra)


def _require_new(known: tuple[Entry, ...] | list[Entry], label: str, parent: str) -> None:
    said = line(label, LONGEST_LABEL).casefold()
    if any(one.label.ru.casefold() == said and one.parent == parent for one in known):
        raise Refusal("directory-label-taken")


async def _note(work: Work, action: str, row: DirectoryEntry) -> None:
    row.changed_at, row.changed_by = work.now, work.actor
    await work.session.flush()
    after = {"directory": str(row.directory), "slug": row.slug, "active": row.active}
    await journal.note(work, action, f"directory:{row.directory}", after=after)


def card_text(card: Mapping[str, Any]) -> Text:
    """The words of one help card."""
    title, about = Text.from_json(card["title"]), Text.from_json(card["about"])
    if card["plus"] is None:
        return Text("guide-card", {"title": title, "about": about})
    return Text("guide-card-plus", {"title": title, "about": about, "plus": Text.from_json(card["plus"])})
