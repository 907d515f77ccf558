"""What a run of the matching has seen, as JSON and back, so that it can be repeated years later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from program.matching import Mentee, Mentor
from program.matching_rules import RuleBook, book
from program.text import Text

VERSION = 2  # of the inputs; 1 had weights in figures only

_NAMES = {kind: tuple(one.name for one in fields(kind)) for kind in (Mentee, Mentor)}
_NOTHING: tuple[object, ...] = (None, frozenset(), (), "")

One = TypeVar("One", Mentee, Mentor)


def plain(one: Mentee | Mentor) -> dict[str, Any]:
    """Sets as sorted lists, nothing for what is as usual."""
    found: dict[str, Any] = {}
    for name in _NAMES[type(one)]:
        value = getattr(one, name)
        if value in _NOTHING:
            continue
        found[name] = sorted(value) if isinstance(value, frozenset) else value
    if isinstance(one, Mentor) and one.barred:
        found["barred"] = [text.to_json() for text in one.barred]
    return found


def read(kind: type[One], stored: Mapping[str, Any]) -> One:
    """Names that this version does not know are left out."""
    values: dict[str, Any] = {}
    for one in fields(kind):
        if one.name not in stored:
            continue
        value = stored[one.name]
        if one.name == "barred":
            value = tuple(Text.from_json(text) for text in value)
        elif one.name == "ages":
            value = tuple(value)
        elif isinstance(value, list):
            value = frozenset(value)
        values[one.name] = value
    return kind(**values)


def rules(form: str, inputs: Mapping[str, Any]) -> RuleBook:
    """The rules of a run; an old one kept weights in figures."""
    if "rules" in inputs:
        return book(form, inputs["rules"])
    return book(form, {}, inputs.get("weights", {}))
