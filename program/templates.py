"""Documents that the programme makes from templates, and the fields that a template may hold.

What is shipped lies in `templates_data/`: `<code>.txt` the template (the little language of `actions.template_writing`),
`fields.json` the fields, in the words of those who edit templates. Source: domain.md 6.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any


class Pick(StrEnum):
    """What has to be chosen before a document can be made."""

    NOTHING = "nothing"
    YEAR = "year"
    PAIRS = "pairs"  # all that are at work, or of one form
    PAIR = "pair"
    PLAN = "plan"  # a pair that has a programme
    PERIOD = "period"  # a pair and two days
    PERSON = "person"  # one or many; nobody: an empty one to be filled in by hand
    GATHERING = "gathering"
    AWARDS = "awards"  # what was given out within two days
    AWARD = "award"  # made on its own page, for many at once


class Kind(StrEnum):
    """How a field is put into a template. TEXT: `{{ field }}`; PICTURE, too. BLOCKS: `{{p field }}` in a paragraph of
    its own. LIST: rows of a table or paragraphs between `for` and `endfor`. YES: after `if`.
    """

    TEXT = "text"
    LIST = "list"
    BLOCKS = "blocks"
    YES = "yes"
    PICTURE = "picture"


@dataclass(frozen=True)
class Field:
    """One field. `columns`: of a list. `example`: stands in the sample."""

    name: str
    about: str
    example: str = ""
    kind: Kind = Kind.TEXT
    columns: tuple[Field, ...] = ()


@dataclass(frozen=True)
class Template:
    """Texts: `templates-name-<code>`, `templates-about-<code>`, `templates-whom-<code>`.

    Args:
        groups: of `fields.json`, besides the school's own.
        personal: names people who did not write it: the file says so.
    """

    code: str
    pick: Pick
    groups: tuple[str, ...] = ()
    personal: bool = True


TEMPLATES = (
    Template("order-launch", Pick.NOTHING, ("group",), personal=False),
    Template("regulation", Pick.NOTHING, ("laws", "forms"), personal=False),
    Template("programme", Pick.NOTHING, ("laws", "forms", "events"), personal=False),
    Template("roadmap", Pick.YEAR, ("stages",), personal=False),
    Template("order-pairs", Pick.PAIRS, ("pairs",)),
    Template("order-change", Pick.PAIR, ("pair", "change")),
    Template("order-reward", Pick.AWARDS, ("awards",)),
    Template("plan", Pick.PLAN, ("pair", "plan")),
    Template("diary", Pick.PERIOD, ("pair", "meetings")),
    Template("mentor-report", Pick.PLAN, ("pair", "report")),
    Template("protocol", Pick.GATHERING, ("gathering",)),
    Template("application", Pick.PERSON, ("person",)),
    Template("consent-data", Pick.PERSON, ("person", "consent")),
    Template("consent-child", Pick.PERSON, ("person", "consent")),
    Template("consent-publication", Pick.PERSON, ("person", "consent")),
    Template("consent-employee", Pick.PERSON, ("person",)),
    Template("agreement", Pick.PAIR, ("pair",)),
    Template("nondisclosure", Pick.PERSON, ("person",)),
    Template("withdrawal", Pick.PERSON, ("person",)),
    Template("letter", Pick.AWARD, ("award",)),
    Template("diploma", Pick.AWARD, ("award",)),
    Template("certificate", Pick.AWARD, ("award",)),
)
BY_CODE = {one.code: one for one in TEMPLATES}
AWARDS = tuple(one.code for one in TEMPLATES if one.pick is Pick.AWARD)


@dataclass(frozen=True)
class Group:
    """Fields that belong together. `title`: what the list of fields calls them."""

    slug: str
    title: str
    fields: tuple[Field, ...]


def groups(code: str) -> Iterator[Group]:
    """What a template of this document may hold: the school's fields first."""
    known = _groups()
    for slug in ("school", *BY_CODE[code].groups):
        yield known[slug]


def fields(code: str) -> dict[str, Field]:
    """By name."""
    return {field.name: field for group in groups(code) for field in group.fields}


def school_fields() -> frozenset[str]:
    """Those that say the same in every copy: the only ones for headers and footers."""
    return frozenset(one.name for one in _groups()["school"].fields)


def source(code: str) -> str:
    """The shipped template as it was written."""
    words: str = _data().joinpath(f"{code}.txt").read_text("utf-8")
    return words


@cache
def _groups() -> Mapping[str, Group]:
    stored = json.loads(_data().joinpath("fields.json").read_text("utf-8"))
    return {
        slug: Group(slug, one["title"], tuple(_field(row) for row in one["fields"]))
        for slug, one in stored.items()
    }


def _field(row: Mapping[str, Any]) -> Field:
    columns = tuple(_field(one) for one in row.get("columns", ()))
    kind = Kind(row.get("kind", Kind.LIST if columns else Kind.TEXT))
    return Field(row["name"], row["about"], row.get("example", ""), kind, columns)


def _data() -> Any:
    return resources.files("program").joinpath("templates_data")
