"""Directories: lists of words that a school may edit and extend. Source: domain.md 1.1-1.7, 4.3, 7.5.

What is shipped lies in `directories_data/<directory>.json`; what a school changed or added lies in its rows and
is laid over it by `merged`. Nothing is ever taken away: an entry that is used somewhere can be switched off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from program.errors import Refusal
from program.instruments import Wording
from program.text import Text

NOTHING = Wording("")
LONGEST_LABEL = 120
LONGEST_ABOUT = 600
_SLUG = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?")
_KEYS = {"slug", "label", "shown", "about", "plus", "parent", "extra", "version", "off"}


class Directory(StrEnum):
    FORM = "form"
    ROLE_MODEL = "role_model"
    MODEL = "model"
    ORGANISATION = "organisation"
    MODE = "mode"
    TYPE = "type"
    METHOD = "method"
    PERSONALISATION = "personalisation"
    DIRECTION = "direction"
    SOURCE = "source"
    CIRCLE = "circle"  # the nine groups around a school (S002)
    RANK = "rank"
    TEACHER_NEED = "teacher_need"
    PUPIL_NEED = "pupil_need"
    GLOSSARY = "glossary"
    REQUIREMENT = "requirement"  # what a mentor needs before being admitted
    TRAINING = "training"  # topics of the mentors' training; `about` is their material
    PARTNER_KIND = "partner_kind"
    RESOURCE = "resource"  # what partners offer
    PAPER_KIND = "paper_kind"  # of the school's own documents
    LAW = "law"  # what documents refer to; `about` is the reference in full


# Named by texts (`form-…`): the school writes only their explanations, and switches them in its settings.
NAMED = frozenset({Directory.FORM})
# Entries belong to a form; a school's own form to the shipped one that is nearest.
BY_FORM = frozenset({Directory.ROLE_MODEL, Directory.FORM})
# The staff's label may hurt: participants see another one (domain.md 1.2, 8.3).
TWO_LABELS = frozenset({Directory.ROLE_MODEL, Directory.PUPIL_NEED})
# Never shown to a participant, whatever the wording.
STAFF_ONLY = frozenset({
    Directory.PUPIL_NEED, Directory.TEACHER_NEED, Directory.REQUIREMENT, Directory.PARTNER_KIND, Directory.RESOURCE,
    Directory.PAPER_KIND, Directory.LAW,
})  # fmt: skip
# Explained to participants by the bot, in this order.
CARDS = (Directory.MODEL, Directory.FORM, Directory.GLOSSARY)

# Beginnings of words that name a child by a trouble.
_HURTING = re.compile(
    r"неуспев|отста[лю]|тихон|особенн|пассивн|равнодуш|неадапт|трудн\w* (?:реб|подрост|учен)|овз|инвалид"
    r"|девиант|неблагополучн|проблемн|консерватив",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Entry:
    """One line of a directory, as a school has it now.

    Args:
        label: for the staff; `shown`: for participants, empty where it is the same.
        about, plus: what it is, and what it is good for.
        parent: the form, for directories of `BY_FORM`.
        extra: what only this directory knows: of a requirement its kind, forms, categories, months.
        version: of the shipped wording; 0 for the school's own.
        edited: the school has put its own words; `outdated`: and the shipped ones have changed since.
    """

    directory: Directory
    slug: str
    label: Wording = NOTHING
    shown: Wording = NOTHING
    about: Wording = NOTHING
    plus: Wording = NOTHING
    parent: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    active: bool = True
    own: bool = False
    edited: bool = False
    outdated: bool = False

    @property
    def name(self) -> Text:
        """The staff's words."""
        if self.label.ru:
            return self.label.text
        return Text("form-" + self.slug.replace("_", "-"))

    @property
    def seen(self) -> Text:
        """The participants' words."""
        return self.shown.text if self.shown.ru else self.name


@dataclass(frozen=True)
class Change:
    """A school's row: empty words leave the shipped ones as they are."""

    slug: str
    label: str = ""
    shown: str = ""
    about: str = ""
    plus: str = ""
    parent: str = ""
    extra: Mapping[str, Any] | None = None
    position: int | None = None
    active: bool = True
    version: int = 0  # of the shipped wording that the school has edited


@cache
def shipped(directory: Directory) -> tuple[Entry, ...]:
    """What comes with the product, in its order.

    Raises:
        ValueError: a file is wrong; says which entry and why.
    """
    file = resources.files("program") / "directories_data" / f"{directory}.json"
    body = json.loads(file.read_text(encoding="utf-8"))
    entries = tuple(_read(directory, raw) for raw in body["entries"])
    slugs = [entry.slug for entry in entries]
    if body.get("directory") != directory or len(set(slugs)) < len(slugs):
        raise ValueError(f"{directory}: another directory's file, or a slug that stands twice")
    return entries


def merged(directory: Directory, changes: Iterable[Change]) -> tuple[Entry, ...]:
    """The directory as a school has it: shipped entries under its words, its own after them, in its order."""
    own = {change.slug: change for change in changes}
    known = shipped(directory)
    lines = [_laid(entry, own[entry.slug]) if entry.slug in own else entry for entry in known]
    there = {entry.slug for entry in known}
    lines += [_added(directory, change) for slug, change in own.items() if slug not in there]
    at = {slug: change.position for slug, change in own.items() if change.position is not None}
    places = {entry.slug: at.get(entry.slug, number) for number, entry in enumerate(lines)}
    return tuple(sorted(lines, key=lambda entry: places[entry.slug]))


def require_wording(directory: Directory, label: str, shown: str) -> None:
    """Raises Refusal for an entry without a name, or one whose name for participants would hurt a child."""
    if not label.strip():
        raise Refusal("directory-label-missing")
    if directory in TWO_LABELS and not shown.strip():
        raise Refusal("directory-shown-missing")
    if directory in TWO_LABELS and hurts(shown):
        raise Refusal("directory-shown-hurts")


def hurts(words: str) -> bool:
    """Whether words for participants name a child by a trouble («неуспевающий», «тихоня», «особенный»)."""
    return _HURTING.search(words) is not None


def next_slug(entries: Iterable[Entry], parent: str = "") -> str:
    """A free slug for a school's own entry: «own3», in a form «uch_uch.own3»."""
    taken = {entry.slug for entry in entries}
    prefix = f"{parent}.own" if parent else "own"
    return next(slug for n in range(1, len(taken) + 2) if (slug := f"{prefix}{n}") not in taken)


def _laid(entry: Entry, change: Change) -> Entry:
    edited = bool(change.label or change.shown or change.about or change.plus or change.extra is not None)
    words: dict[str, Any] = {
        name: Wording(said) for name in ("label", "shown", "about", "plus") if (said := getattr(change, name))
    }
    extra = entry.extra if change.extra is None else {**entry.extra, **change.extra}
    return replace(
        entry,
        **words,
        extra=extra,
        active=change.active,
        edited=edited,
        outdated=edited and change.version < entry.version,
    )


def _added(directory: Directory, change: Change) -> Entry:
    return Entry(
        directory,
        change.slug,
        Wording(change.label),
        Wording(change.shown),
        Wording(change.about),
        Wording(change.plus),
        change.parent,
        dict(change.extra or {}),
        version=0,
        active=change.active,
        own=True,
    )


def _read(directory: Directory, raw: Mapping[str, Any]) -> Entry:
    slug = raw.get("slug")
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug) or not set(raw) <= _KEYS:
        raise ValueError(f"{directory}: {slug!r} has a wrong slug or an unknown key among {sorted(raw)}")
    words: dict[str, Any] = {
        name: Wording(**raw[name]) for name in ("label", "shown", "about", "plus") if name in raw
    }
    if "label" not in words and directory not in NAMED:
        raise ValueError(f"{directory}: {slug} has no label")
    if directory in TWO_LABELS and "shown" not in words:
        raise ValueError(f"{directory}: {slug} says nothing to participants")
    return Entry(
        directory,
        slug,
        **words,
        parent=raw.get("parent", ""),
        extra=raw.get("extra", {}),
        version=raw.get("version", 1),
        active=not raw.get("off", False),
    )
