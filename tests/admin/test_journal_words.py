"""Everything that a verb writes into the journal has words: the action, and what stands before and after."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from admin.journal_words import HIDDEN
from admin.lists.journal import GROUPS
from locales import has
from program.journal_reading import CLOSED_GROUPS, LOOKS, OPEN_GROUPS, WORRY

ROOT = Path(__file__).parents[2]
ROOMS = ("actions", "admin", "app", "bot")


@cache
def notes() -> list[tuple[str, int, ast.Call, ast.AST]]:
    """Every call that adds a line: file, line, the call, the function it stands in."""
    return list(_notes())


def _notes() -> Iterator[tuple[str, int, ast.Call, ast.AST]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                    continue
                for call in ast.walk(function):
                    if (
                        isinstance(call, ast.Call)
                        and ast.unparse(call.func) in ("journal.note", "visit.looked", "looked")
                        and len(call.args) > 1
                    ):
                        yield str(path.relative_to(ROOT)), call.lineno, call, function


def said(call: ast.Call, function: ast.AST) -> set[str]:
    """Keys of the dictionaries that the call names, as far as they are written out in the function."""
    named: dict[str, set[str]] = defaultdict(set)
    for node in ast.walk(function):
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            if isinstance(target, ast.Name):
                named[target.id] |= keys(node.value)
            elif (
                isinstance(target, ast.Subscript)
                and isinstance(target.value, ast.Name)
                and isinstance(target.slice, ast.Constant)
            ):
                named[target.value.id].add(str(target.slice.value))
    found: set[str] = set()
    for value in (*call.args[3:], *(one.value for one in call.keywords)):
        found |= keys(value)
        if isinstance(value, ast.Name):
            found |= named[value.id]
    return found


def keys(node: ast.AST) -> set[str]:
    return {
        str(key.value)
        for one in ast.walk(node)
        if isinstance(one, ast.Dict)
        for key in one.keys
        if isinstance(key, ast.Constant)
    }


def actions() -> dict[str, str]:
    """By action that is written out, where."""
    found = {}
    for file, line, call, _ in notes():
        at = 3 if ast.unparse(call.func).endswith("looked") else 1
        action = call.args[at]
        if isinstance(action, ast.Constant):
            found[str(action.value)] = f"{file}:{line}"
    return found


def test_every_action_has_words() -> None:
    found = actions()
    assert len(found) > 120
    assert {
        action: where for action, where in found.items() if not has("admin-act-" + action.replace(".", "-"))
    } == {}
    assert not [action for action in LOOKS if not has("admin-act-" + action.replace(".", "-"))]


def test_every_value_of_a_line_has_a_name_or_is_a_number_for_machines() -> None:
    wordless = {
        (key, f"{file}:{line}")
        for file, line, call, function in notes()
        if ast.unparse(call.func) == "journal.note"
        for key in said(call, function)
        if key not in HIDDEN and not has(f"journal-key-{key.replace('_', '-')}")
    }
    assert wordless == set()


def test_whether_a_group_is_open_to_every_reader_is_said() -> None:
    groups = {action.partition(".")[0] for action in actions()}
    assert len(groups) > 20
    assert groups - (OPEN_GROUPS | CLOSED_GROUPS | {WORRY}) == set()


def test_every_group_that_is_offered_has_words() -> None:
    assert not [group for group in GROUPS if not has(f"journal-group-{group}")]
