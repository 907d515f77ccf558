"""Ready words for a programme: what is chosen by buttons, so that nobody meets an empty field.

Data: `plans_data/<form>.json`, in Russian, the language of the school's document. Source: domain.md 6.9.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from program.forms import base_of
from program.plans import LINES, Content, Item, directions_of, spread

_DATA = resources.files("program").joinpath("plans_data")
_COMMON = "_common.json"
CHOSEN = ("problem", "goal", *LINES)
USUAL_LINES = 2  # of the mentor's and the mentee's part where nobody has chosen


@dataclass(frozen=True)
class Ready:
    """One ready sentence. `short` fits a button; `text` stands in the programme."""

    code: str
    short: str
    text: str


@dataclass(frozen=True)
class ReadyItem:
    """One ready event. `week`: how many weeks after the start it is due."""

    code: str
    short: str
    week: int
    item: Item


@dataclass(frozen=True)
class Template:
    form: str
    ready: dict[str, tuple[Ready, ...]]
    items: tuple[ReadyItem, ...]
    conditions: str

    def words(self, section: str, codes: Iterable[str]) -> tuple[str, ...]:
        """The full sentences of these codes, in the template's order."""
        wanted = set(codes)
        return tuple(one.text for one in self.ready[section] if one.code in wanted)

    def usual(self, section: str) -> tuple[str, ...]:
        return tuple(one.text for one in self.ready[section][:USUAL_LINES])

    @property
    def directions(self) -> tuple[str, ...]:
        """Directions for which there is a ready event, in the order of the lists."""
        known = {one.item.direction for one in self.items}
        return tuple(one for one in directions_of(self.form) if one in known)

    def suited(self, directions: Iterable[str]) -> tuple[ReadyItem, ...]:
        """Events of these directions, and the first and the last meeting, which every programme has."""
        wanted = set(directions)
        return tuple(
            one
            for place, one in enumerate(self.items)
            if one.item.direction in wanted or place in (0, len(self.items) - 1)
        )


def template_of(form: str) -> Template:
    """Of the shipped form; a school's own form has that of its nearest one."""
    return _templates()[base_of(form)]


def common(what: str) -> tuple[Ready, ...]:
    """Ready sentences for every form: `wish`, `propose`, `result`."""
    return _common()[what]


def begun(template: Template) -> Content:
    """What stands in a new programme before anybody has chosen."""
    return Content(
        mentor_activity=template.usual("mentor_activity"),
        mentee_activity=template.usual("mentee_activity"),
        interim=template.usual("interim"),
        conditions=template.conditions,
        mode="offline",
        rhythm="biweekly",
    )


def dated(chosen: Iterable[ReadyItem], starts_on: date, ends_on: date) -> tuple[Item, ...]:
    """The events with their days, earliest first."""
    listed = sorted(chosen, key=lambda one: one.week)
    days = spread((one.week for one in listed), starts_on, ends_on)
    return tuple(Item(**{**vars(one.item), "due_on": day}) for one, day in zip(listed, days, strict=True))


def _ready(listed: Iterable[dict[str, str]]) -> tuple[Ready, ...]:
    return tuple(Ready(one["code"], one["short"], one["text"]) for one in listed)


@cache
def _common() -> dict[str, tuple[Ready, ...]]:
    read = json.loads(_DATA.joinpath(_COMMON).read_text(encoding="utf-8"))
    return {what: _ready(listed) for what, listed in read.items()}


@cache
def _templates() -> dict[str, Template]:
    found = {}
    for file in sorted(_DATA.iterdir(), key=lambda one: one.name):
        if file.name == _COMMON:
            continue
        read = json.loads(file.read_text(encoding="utf-8"))
        ready = {section: _ready(read[section]) for section in CHOSEN}
        items = tuple(
            ReadyItem(one.pop("code"), one.pop("short"), one.pop("week"), Item(**one))
            for one in read["items"]
        )
        for form in read["forms"]:
            found[form] = Template(form, ready, items, read["conditions"])
    return found
