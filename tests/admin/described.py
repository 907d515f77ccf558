"""Our pages as an OpenAPI document: every route, the words its address takes, the fields of the forms that lead to it.

The house itself publishes none: a page reads its form field by field. What a form sends is read off the pages, as a
browser would: names, kinds of fields, options, lengths.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from fastapi.routing import APIRoute
from lxml import html

PARTS = re.compile(r"{(\w+)}")
FORM = "application/x-www-form-urlencoded"
SHUT = ("submit", "button", "image", "reset")
LONGEST = 300  # signs of a field that says no length of its own

Fields = dict[str, dict[str, Any]]


def forms_on(page: str, here: str) -> list[tuple[str, str, Fields]]:
    """Method, path and described fields of every form of a page."""
    found = []
    for form in html.fromstring(page).iter("form"):
        fields: Fields = {}
        for one in form.iter("input", "select", "textarea", "button"):
            name, kind = one.get("name"), one.get("type", "text")
            if not name or (one.tag == "input" and kind in SHUT):
                continue
            described, before = _described(one, kind), fields.get(name)
            if (
                before is not None and "anyOf" in before and "anyOf" in described
            ):  # one of several radio buttons
                described = {"anyOf": [*before["anyOf"], *described["anyOf"][:2]]}
            fields[name] = described
        where = urlsplit(form.get("action") or here).path
        found.append(((form.get("method") or "get").lower(), where, fields))
    return found


def _described(one: Any, kind: str) -> dict[str, Any]:
    """What a browser would send, or, as whoever writes the request by hand can, any word at all."""
    word = {"type": "string", "maxLength": int(one.get("maxlength") or LONGEST)}
    if one.tag == "select":
        return _or({"enum": [it.get("value", it.text or "") for it in one.iter("option")] or [""]}, word)
    if one.tag == "button" or kind in ("checkbox", "radio", "hidden"):
        return _or({"enum": [one.get("value") or ""]}, word)
    if kind == "number":
        return _or({"type": "integer"}, word)
    return _or({"type": "string", "format": "date"}, word) if kind == "date" else word


def _or(usual: dict[str, Any], odd: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [usual, usual, odd]}


def document(
    routes: list[tuple[APIRoute, str]],
    ids: dict[str, dict[str, str]],
    forms: dict[tuple[str, str], Fields],
    asked: dict[str, set[str]],
) -> dict[str, Any]:
    """The document.

    Args:
        ids: by path and name of a part of it, what opens something.
        forms: by route and method, the fields of the forms that lead there.
        asked: by route, further words of its address that it has asked for.
    """
    paths: dict[str, dict[str, Any]] = {}
    for route, method in routes:
        fields = forms.get((route.name, method.lower()), {})
        parameters = [_part(name, ids[route.path][name]) for name in PARTS.findall(route.path)]
        said: dict[str, Any] = {
            "operationId": f"{method} {route.name}",
            "responses": {"200": {"description": "-"}},
        }
        if method == "GET":
            words = {name: {"type": "string"} for name in sorted(asked.get(route.name, ()))} | fields
            parameters += [
                {"name": name, "in": "query", "required": False, "schema": of} for name, of in words.items()
            ]
        elif fields:
            schema = {"type": "object", "properties": fields, "additionalProperties": False}
            said["requestBody"] = {"required": True, "content": {FORM: {"schema": schema}}}
        paths.setdefault(route.path, {})[method.lower()] = {**said, "parameters": parameters}
    return {"openapi": "3.0.3", "info": {"title": "-", "version": "1"}, "paths": paths}


def _part(name: str, known: str) -> dict[str, Any]:
    """What is there, and what may not be: a number of a row that nobody has, a word of nobody's."""
    number = name.endswith("_id")
    odd = {"type": "integer"} if number else {"type": "string", "minLength": 1, "maxLength": 60}
    schema = _or({"enum": [int(known) if number else known]}, odd)
    return {"name": name, "in": "path", "required": True, "schema": schema}
