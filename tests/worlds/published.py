"""Requests held to what the platforms publish: methods, parameters, types, limits, whose token may call.

The lists (`lists/*.json`) are made by `derive_methods.py`; their sources stand in them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "lists"
# What every call of VK may carry (https://dev.vk.com/ru/api/api-requests).
VK_COMMON = {"access_token", "v", "lang", "test_mode", "captcha_sid", "captcha_key"}
# Tried with a token for which the list does not name them: reports say that it works (platforms.md 2.6).
VK_TRIED = {("wall.post", "group"), ("photos.getWallUploadServer", "group")}
SAID = re.compile(
    r"^(?P<kind>.*?)(?: (?P<least>\d*)\.\.(?P<most>\d*)(?P<bytes>b?))?(?: \{(?P<only>[^}]*)\})?$"
)


@dataclass(frozen=True)
class Said:
    """One parameter as the list says it. `least`, `most`: None where nothing is said."""

    kind: str
    least: int | None
    most: int | None
    in_bytes: bool
    only: frozenset[str]


@dataclass(frozen=True)
class Takes:
    """Parameters of a method, or fields of an object."""

    fields: Mapping[str, Said]
    required: frozenset[str]
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True)
class Published:
    methods: Mapping[str, Takes]
    types: Mapping[str, Takes | list[str]] = field(default_factory=dict)


@cache
def published(platform: str) -> Published:
    """The list of "telegram" or "vk"."""
    found = json.loads((DATA / f"{platform}.json").read_text("utf-8"))
    methods = {
        name: _takes(one["takes"], tuple(one["tokens"])) if "takes" in one else _takes(one)
        for name, one in found["methods"].items()
    }
    types = {
        name: one if isinstance(one, list) else _takes(one) for name, one in found.get("types", {}).items()
    }
    return Published(methods, types)


def telegram_faults(method: str, given: Mapping[str, str], files: set[str]) -> Iterator[str]:
    """What is wrong with a call of the Bot API.

    Args:
        given: the form's fields, as text. files: names of the parts that are files.
    """
    known = published("telegram")
    if method not in known.methods:
        yield f"{method}: no such method"
        return
    takes = known.methods[method]
    attached = {value.removeprefix("attach://") for value in _attachments(given)}
    yield from _named(method, takes, {*given, *(files - attached)}, set(given) | files)
    for name, value in given.items():
        said = takes.fields.get(name)
        if said is not None:
            for wrong in _telegram(_read(value, said.kind), said, known):
                yield f"{method}: {name}: {wrong}"


def vk_faults(method: str, given: Mapping[str, str], token: str) -> Iterator[str]:
    """What is wrong with a call of VK's API. `token`: "user", "group" or "service"."""
    known = published("vk").methods
    if method not in known:
        yield f"{method}: no such method"
        return
    takes = known[method]
    if token not in takes.tokens and (method, token) not in VK_TRIED:
        yield f"{method}: not for the token of a {token}"
    named = set(given) - VK_COMMON
    yield from _named(method, takes, named, named)
    for name in named & set(takes.fields):
        for wrong in _vk(given[name], takes.fields[name]):
            yield f"{method}: {name}: {wrong}"


def _named(where: str, takes: Takes, given: set[str], there: set[str]) -> Iterator[str]:
    if unknown := given - set(takes.fields):
        yield f"{where}: no such parameters {sorted(unknown)}"
    if missing := takes.required - there:
        yield f"{where}: {sorted(missing)} missing"


def _telegram(value: Any, said: Said, known: Published) -> Iterator[str]:
    """Of several kinds one has to fit."""
    kinds = re.split(r", | or | and ", said.kind)
    if said.kind.startswith("Array of "):
        if not isinstance(value, list):
            yield f"not a list: {type(value).__name__}"
            return
        yield from _within(len(value), said, "items")
        inner = Said(said.kind.removeprefix("Array of "), None, None, False, frozenset())
        for one in value:
            yield from _telegram(one, inner, known)
        return
    found = [list(_one(value, kind, said, known)) for kind in kinds]
    if all(found):
        yield from min(found, key=len)


def _one(value: Any, kind: str, said: Said, known: Published) -> Iterator[str]:
    match kind:
        case "String":
            if not isinstance(value, str):
                yield f"not a text: {type(value).__name__}"
                return
            if said.only and value not in said.only:
                yield f"{value!r} is not one of {sorted(said.only)}"
            size = len(value.encode()) if said.in_bytes else len(value.encode("utf-16-le")) // 2
            yield from _within(size, said, "bytes" if said.in_bytes else "characters")
        case "Integer":
            if isinstance(value, bool) or not isinstance(value, int):
                yield f"not a whole number: {value!r}"
                return
            yield from _within(value, said, "")
        case "Float":
            if isinstance(value, bool) or not isinstance(value, int | float):
                yield f"not a number: {value!r}"
        case "Boolean" | "True":
            if not isinstance(value, bool):
                yield f"not yes or no: {value!r}"
        case "InputFile":
            yield f"text in place of a file: {type(value).__name__}"
        case _:
            yield from _object(value, kind, known)


def _object(value: Any, kind: str, known: Published) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"not an object {kind}"
        return
    shape = known.types[kind]
    if isinstance(shape, list):
        meant = [one for one in shape if _says_type(value, known.types.get(one))] or shape
        yield from min((list(_one(value, one, _ANY, known)) for one in meant), key=len)
        return
    yield from _named(kind, shape, set(value), set(value))
    for name in set(value) & set(shape.fields):
        for wrong in _telegram(value[name], shape.fields[name], known):
            yield f"{kind}.{name}: {wrong}"


def _says_type(value: dict[str, Any], shape: Takes | list[str] | None) -> bool:
    said = shape.fields.get("type") if isinstance(shape, Takes) else None
    return said is not None and value.get("type") in said.only


def _vk(value: str, said: Said) -> Iterator[str]:
    kind, _, inner = said.kind.partition(" of ")
    if kind == "array":
        parts = value.split(",") if value else []
        yield from _within(len(parts), said, "items")
        for one in parts:
            yield from _vk_one(one, inner)
        return
    yield from _vk_one(value, kind)
    if said.only and value not in said.only:
        yield f"{value!r} is not one of {sorted(said.only)}"
    if kind == "string":
        yield from _within(len(value), said, "characters")
    elif kind == "integer" and value.lstrip("-").isdecimal():
        yield from _within(int(value), said, "")


def _vk_one(value: str, kind: str) -> Iterator[str]:
    if kind == "integer" and not re.fullmatch(r"-?\d+", value):
        yield f"not a whole number: {value!r}"
    if kind == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        yield f"not a number: {value!r}"
    if kind == "boolean" and value not in ("0", "1"):
        yield f"not 0 or 1: {value!r}"


def _within(number: int, said: Said, what: str) -> Iterator[str]:
    if (said.least is not None and number < said.least) or (said.most is not None and number > said.most):
        least, most = ("" if one is None else one for one in (said.least, said.most))
        yield f"{number} {what}".strip() + f", {least}..{most} may be"


def _attachments(given: Mapping[str, str]) -> set[str]:
    return {found for value in given.values() for found in re.findall(r"attach://[\w.-]+", value)}


def _read(value: str, kind: str) -> Any:
    """A form carries texts; numbers, yes and no, lists and objects are JSON in them."""
    if kind == "String" or value.startswith("attach://"):
        return value
    if kind == "Boolean":
        return {"true": True, "false": False}.get(value.lower(), value)
    try:
        return json.loads(value)
    except ValueError:
        return value


def _takes(said: Mapping[str, str], tokens: tuple[str, ...] = ()) -> Takes:
    fields = {name.removesuffix("!"): _said(words) for name, words in said.items()}
    return Takes(fields, frozenset(name[:-1] for name in said if name.endswith("!")), tokens)


def _said(words: str) -> Said:
    found = SAID.match(words)
    assert found is not None
    least, most = (int(found[one]) if found[one] else None for one in ("least", "most"))
    only = frozenset(found["only"].split("|")) if found["only"] else frozenset()
    return Said(found["kind"], least, most, bool(found["bytes"]), only)


_ANY = Said("", None, None, False, frozenset())
