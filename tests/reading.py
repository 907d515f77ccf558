"""Reads the house as text: its code, its templates, its catalogue. For test_house.py."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).parent.parent
ROOMS = ("app", "bot", "admin", "scheduler", "actions", "storage", "locales", "program")
TEXT_ID = re.compile(r"[a-z]+(?:-[a-z0-9_]+)+")
# Calls that take a text id first and its values by name: program.text.Text takes them as a mapping.
SAYING = {"Text", "Refusal", "Unclear", "t", "words", "say", "_words", "fine", "needed", "off"}


@dataclass(frozen=True)
class Said:
    """A text id as the code says it. `values` is None where they cannot be read from the call."""

    id: str
    values: frozenset[str] | None
    where: str


@dataclass
class Message:
    file: str
    values: set[str] = field(default_factory=set)
    words: str = ""
    ty: str = ""


@cache
def code() -> dict[Path, ast.Module]:
    """Every Python file of the rooms, by its path from the root; migrations are history."""
    files = (file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))
    return {
        file.relative_to(ROOT): ast.parse(file.read_text(encoding="utf-8"))
        for file in files
        if "versions" not in file.parts
    }


@cache
def templates() -> dict[Path, str]:
    files = (file for room in ("admin", "bot") for file in sorted((ROOT / room).rglob("*.html")))
    return {file.relative_to(ROOT): file.read_text(encoding="utf-8") for file in files}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """(last part of the called name, the call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id, node
            elif isinstance(node.func, ast.Attribute):
                yield node.func.attr, node


@cache
def said() -> tuple[Said, ...]:
    """Every text id that is named outright."""
    found = []
    for path, tree in code().items():
        for name, call in calls(tree):
            if name not in SAYING or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            text_id = call.args[0].value
            if isinstance(text_id, str) and TEXT_ID.fullmatch(text_id):
                found.append(Said(text_id, _values(name, call), f"{path}:{call.lineno}"))
    for path, page in templates().items():
        for match in re.finditer(r"""\bt\(\s*(["'])([a-z0-9_-]+)\1\s*([,)~])""", page):
            if match[3] != "~":
                found.append(
                    Said(match[2], _named(page, match.end()) if match[3] == "," else frozenset(), str(path))
                )
    return tuple(found)


def _values(name: str, call: ast.Call) -> frozenset[str] | None:
    if name == "Text":
        given = call.args[1] if len(call.args) > 1 else None
        if given is None and not call.keywords:
            return frozenset()
        if not isinstance(given, ast.Dict):
            return None
        keys = [key.value if isinstance(key, ast.Constant) else None for key in given.keys]
        return None if None in keys else frozenset(str(key) for key in keys)
    if any(keyword.arg is None for keyword in call.keywords) or len(call.args) > 1:
        return None
    return frozenset(str(keyword.arg) for keyword in call.keywords)


def _named(page: str, start: int) -> frozenset[str] | None:
    """Names of the values in a template's call, whose first comma stands before `start`."""
    depth, quote, end = 1, "", start
    while depth and end < len(page):
        mark = page[end]
        if quote:
            quote = "" if mark == quote else quote
        elif mark in "\"'":
            quote = mark
        else:
            depth += {"(": 1, ")": -1}.get(mark, 0)
        end += 1
    inside = re.sub(r"\"[^\"]*\"|'[^']*'", "''", page[start : end - 1])
    while "(" in inside:
        inside, before = re.sub(r"\([^()]*\)", "", inside), inside
        if inside == before:
            break
    return None if "**" in inside else frozenset(re.findall(r"(\w+)\s*=(?!=)", inside))


@cache
def mentioned() -> tuple[set[str], tuple[str, ...], tuple[str, ...]]:
    """(every string that may be a text id, beginnings and endings of ids that are put together)."""
    whole: set[str] = set()
    beginnings: set[str] = set()
    endings: set[str] = set()
    for tree in code().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                first, last = node.values[0], node.values[-1]
                if isinstance(first, ast.Constant):
                    beginnings.add(str(first.value))
                elif isinstance(last, ast.Constant):
                    endings.add(str(last.value))
            elif isinstance(node, ast.BinOp) and isinstance(node.left, ast.Constant):
                beginnings.add(str(node.left.value))
    for page in templates().values():
        whole.update(re.findall(r"""["']([a-z0-9_-]+)["']""", page))
        beginnings.update(re.findall(r"""["']([a-z]+-[a-z0-9_-]*)["']\s*~""", page))
    return (
        whole,
        tuple(sorted(one for one in beginnings if re.fullmatch(r"[a-z]+-[a-z0-9_-]*", one))),
        tuple(sorted(one for one in endings if re.fullmatch(r"-[a-z-]+", one))),
    )


class _Variables(Visitor):  # type: ignore[misc]
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ftl.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


@cache
def catalogue(language: str) -> dict[str, Message]:
    """Every message of a language; values of the messages it refers to are its own as well."""
    found: dict[str, Message] = {}
    refers: dict[str, set[str]] = {}
    for file in sorted((ROOT / "locales" / language).glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{file.name}: {entry.content[:80]}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{entry.id.name} stands twice"
                variables = _Variables()
                variables.visit(entry)
                ty = next((one.value for one in entry.attributes if one.id.name == "ty"), None)
                found[entry.id.name] = Message(
                    file.stem, variables.names, _longest(entry.value), _longest(ty)
                )
                refers[entry.id.name] = variables.messages
    for name, others in refers.items():
        for other in others:
            found[name].values |= found[other].values
    return found


def _longest(pattern: ftl.Pattern | None) -> str:
    """The words with the longest variant of each choice; values count as nothing."""
    if pattern is None:
        return ""
    parts = []
    for element in pattern.elements:
        if isinstance(element, ftl.TextElement):
            parts.append(element.value)
        elif isinstance(element.expression, ftl.SelectExpression):
            parts.append(max((_longest(variant.value) for variant in element.expression.variants), key=len))
    return "".join(parts)
