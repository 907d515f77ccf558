"""The rules of the house, held by tests: texts, clocks, commits, floors, sizes."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from app.log import FORBIDDEN
from tests.reading import ROOT, calls, catalogue, code, mentioned, said

# Files whose texts only staff and operators read: Russian is enough.
STAFF = {
    "admin", "announce", "backup", "bulk", "table", "pairs", "board", "cli", "quiz", "directory", "doctor", "early", "invite", "mailing", "matching", "news", "paper", "reports", "report", "roster", "schools",
    "selection", "settings", "staff", "year", "export", "pack", "town", "journal", "ledger", "plans", "bells", "meetings", "materials", "week", "compare", "pulse", "polls", "help", "versions", "story", "setup", "release", "sure", "charts", "site", "frame", "today", "desk", "upkeep", "launch", "channels", "manual", "roadmap", "partner", "papers", "head", "templates", "make", "awards", "letterhead", "issued", "check",
}  # fmt: skip
# The same for parts of files that both read.
STAFF_BEGIN = (
    "feedback-concern", "match-part-", "match-for-wish", "match-for-kind", "match-for-format", "match-for-age",
    "match-for-load", "match-for-prefer", "match-for-gender", "match-for-worked", "match-against-", "match-no-", "match-left-", "match-form-", "match-mentor-", "match-forbidden",
    "pair-unknown", "pair-decided", "pair-mentee-", "pair-not-active", "pair-not-approved", "pair-nothing-",
    "pair-not-open", "pair-forms-", "pair-group-", "pair-model-", "pair-mentor-", "pair-places-", "pair-consent-", "pair-not-offered", "pair-not-a-group", "pair-not-both", "pair-not-finished", "pair-wish-decided",
    "pair-answers-", "pair-recall-", "pair-substitute-there", "pair-substitute-none", "pair-not-paused", "pair-not-at-work",
    "questionnaire-asks", "encounters-staff-", "relay-staff-",
)  # fmt: skip
BELOW_THE_DOORS = ("program", "actions", "storage", "bot/flows")
LINES = 400  # aim at 200
READ_BY_A_CHILD = 900  # characters in one text; ux.md 1.1
READ_AT_ALL = 3500


def test_every_text_that_the_code_says_exists() -> None:
    known = catalogue("ru")
    assert [f"{one.where} {one.id}" for one in said() if one.id not in known] == []


def test_a_text_gets_the_values_it_shows() -> None:
    known = catalogue("ru")
    wrong = [
        f"{one.where} {one.id}: given {sorted(one.values)}, shown {sorted(known[one.id].values)}"
        for one in said()
        if one.id in known and one.values is not None and not known[one.id].values <= one.values
    ]
    assert wrong == []


def test_every_text_is_said_somewhere() -> None:
    whole, beginnings, endings = mentioned()
    idle = [
        name
        for name in catalogue("ru")
        if name not in whole
        and not name.startswith(beginnings)
        and not any(name.endswith(one) and name.removesuffix(one) in whole for one in endings)
    ]
    assert idle == []


@pytest.mark.parametrize("language", ["ru", "en"])
def test_an_id_begins_with_the_name_of_its_file(language: str) -> None:
    assert [
        name for name, message in catalogue(language).items() if name.partition("-")[0] != message.file
    ] == []


def test_whatever_a_participant_reads_is_there_in_english() -> None:
    ru, en = catalogue("ru"), catalogue("en")
    missing = [
        name
        for name, message in ru.items()
        if name not in en and message.file not in STAFF and not name.startswith(STAFF_BEGIN)
    ]
    idle = [name for name in en if name not in ru]
    assert (missing, idle) == ([], [])


def test_english_shows_the_values_that_russian_shows() -> None:
    """Russian may look at one more: a count, for the ending of a word."""
    ru, en = catalogue("ru"), catalogue("en")
    unlike = {
        name: (ru[name].values, en[name].values) for name in en if not en[name].values <= ru[name].values
    }
    fewer = {
        name: ru[name].values - en[name].values
        for name in en
        if not ru[name].values - en[name].values <= {"count", "gender"}
    }
    assert (unlike, fewer) == ({}, {})


def test_no_text_is_longer_than_a_person_reads() -> None:
    long = [
        (name, len(message.words), len(message.ty))
        for language in ("ru", "en")
        for name, message in catalogue(language).items()
        if len(message.words) > READ_AT_ALL
        or (message.file not in STAFF and max(len(message.words), len(message.ty)) > READ_BY_A_CHILD)
    ]
    assert long == []


def test_no_text_guesses_at_gender_in_brackets() -> None:
    assert [
        name
        for name, message in catalogue("ru").items()
        if re.search(r"\w\((?:а|ла|ся|ась|на|ая)\)", message.words + message.ty)
    ] == []


def test_nothing_below_the_doors_reads_a_clock() -> None:
    readers = {
        ("datetime", "now"),
        ("datetime", "utcnow"),
        ("datetime", "today"),
        ("date", "today"),
        ("time", "time"),
    }
    found = [
        f"{path}:{call.lineno}"
        for path, tree in code().items()
        if path.as_posix().startswith(BELOW_THE_DOORS)
        for name, call in calls(tree)
        if isinstance(call.func, ast.Attribute)
        and (getattr(call.func.value, "id", getattr(call.func.value, "attr", "")), name) in readers
    ]
    assert found == []


def test_only_the_database_commits() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path, tree in code().items()
        if path not in (Path("storage/database.py"), Path("storage/inline_sqlite.py"))  # the driver below it
        for name, call in calls(tree)
        if name == "commit"
    ]
    assert found == []


def test_only_the_sender_sends() -> None:
    found = [
        f"{path}:{call.lineno}"
        for path, tree in code().items()
        if path != Path("bot/sender.py")
        for name, call in calls(tree)
        if name == "send"
        and isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value).split(".")[-1] in ("messenger", "wall")
    ]
    assert found == []


def test_a_flow_knows_no_messenger_no_clock_no_database() -> None:
    forbidden = (
        "sqlalchemy",
        "storage.database",
        "time",
        "bot.telegram",
        "bot.vk",
        "bot.web",
        "bot.sender",
        "bot.front",
    )
    found = [
        f"{path}: {name}"
        for path, tree in code().items()
        if path.as_posix().startswith("bot/flows/")
        for name in _imports(tree)
        if name.startswith(tuple(f"{one}." for one in forbidden)) or name in forbidden
    ]
    assert found == []


def test_a_log_line_names_nobody() -> None:
    found = [
        f"{path}:{call.lineno} {keyword.arg}"
        for path, tree in code().items()
        for name, call in calls(tree)
        if name in ("info", "warning", "error", "exception", "debug")
        and isinstance(call.func, ast.Attribute)
        and getattr(call.func.value, "id", "") in ("log", "logger", "_log")
        for keyword in call.keywords
        if keyword.arg in FORBIDDEN
    ]
    assert found == []


def test_nothing_is_put_off_and_nothing_is_too_long() -> None:
    # In pieces, so that this file does not carry the marks itself.
    marks = re.compile("|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X")) + "|NotImplemented" + r"Error\(\)")
    for path in code():
        words = (ROOT / path).read_text(encoding="utf-8")
        assert not marks.search(words), path
        assert words.count("\n") <= LINES, f"{path} is longer than {LINES} lines"


def test_no_file_names_a_machine_or_a_registry() -> None:
    # Put together from pieces, so that this file does not name them either.
    pieces = [
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        (".py", "env"),
        ("pypi", "."),
        ("pythonhos", "ted"),
        ("index-", "url ="),
    ]
    private = re.compile("|".join(re.escape("".join(piece)) for piece in pieces))
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.decode().split("\0"):
        file = ROOT / name
        if file.is_file() and file.suffix in (
            ".py",
            ".md",
            ".toml",
            ".txt",
            ".sh",
            ".html",
            ".ftl",
            ".json",
            "",
        ):
            found = private.search(file.read_text(encoding="utf-8", errors="ignore"))
            assert not found, f"{name}: {found[0] if found else ''}"


def test_rooms_import_only_from_lower_floors(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=False, verbose=False) == EXIT_STATUS_SUCCESS


def _imports(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def test_names_are_sorted_as_russian_is() -> None:
    """By code points «Ё» stands before «А»: `Person.plain` and `program.names.folded` know better."""
    by_code_points = re.compile(
        r"(?:order_by\(|\bkey=|def _by_name)(?:(?!folded)[^\n])*\b(?:last_name|full_name|whom)\b"
    )
    found = [
        f"{path}: {line.strip()}"
        for path in code()
        for line in (ROOT / path).read_text(encoding="utf-8").splitlines()
        if by_code_points.search(line)
    ]
    assert found == []
