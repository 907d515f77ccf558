"""The lists in `docs/` of what is expected name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = {"docs/admin-checklist.md": ("A", 1), "docs/bot-checklist.md": ("B", 55)}  # letter, rows at least
# Requirements of levels 1 and 2 of OWASP ASVS 5.0.0, numbered from 1 in each section: section, how many of them.
ASVS = """
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 4.2:1 4.3:2 4.4:4 5.1:1
    5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1
    8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3
    12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3
    16.5:3 17.1:1 17.2:4 17.3:2"""
NAMED = re.compile(r"`(tests/[\w/]+\.py|…)(?:::(\w+))?")


@pytest.mark.parametrize("name", LISTS)
def test_every_row_names_tests_that_exist_or_says_what_is_missing(name: str) -> None:
    rows = [line.split("|") for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if len(row) > 3 and re.fullmatch(r"[AB]\d+", row[1].strip())]
    letter, least = LISTS[name]
    assert len(rows) >= least
    assert [row[1].strip() for row in rows] == [f"{letter}{number}" for number in range(1, len(rows) + 1)]
    for row in rows:
        shown = row[3]
        assert NAMED.search(shown) or "Missing" in shown, row[1]
        words = {
            path: (ROOT / path).read_text(encoding="utf-8") for path, _ in NAMED.findall(shown) if path != "…"
        }
        for path, test in NAMED.findall(shown):
            places = list(words.values()) if path == "…" else [words[path]]
            assert not test or any(f"def {test}(" in one for one in places), f"{row[1]}: {path}::{test}"


def test_every_requirement_of_the_standard_is_answered_and_every_named_test_exists() -> None:
    counts = [part.split(":") for part in ASVS.split()]
    every = [f"{section}.{number}" for section, many in counts for number in range(1, int(many) + 1)]
    assert len(every) == 253
    words = (ROOT / "docs/security.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in words.splitlines() if re.match(r"\| \d+\.\d+\.\d+", line)]
    answered = [one for row in rows for part in row[1].split(",") for one in _numbers(part.strip(), every)]
    assert sorted(answered, key=every.index) == every
    for row in rows:
        known = [(path, test) for path, test in NAMED.findall(row[3]) if path != "…"]
        if not known:
            assert re.search(r"Лишнее здесь|Не проверено|Не выполнено|Описано", row[2] + row[3]), row[1]
        for path, test in known:
            assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), f"{row[1]}: {path}::{test}"
        for path in re.findall(r"`((?:docs|actions|program|admin|scripts)/[\w/]+\.\w+)`", row[2] + row[3]):
            assert (ROOT / path).is_file(), path


def _numbers(part: str, every: list[str]) -> list[str]:
    """«1.2.6–1.2.8» is three of them; a stretch may lead over sections."""
    first, _, last = part.partition("–")
    return every[every.index(first) : every.index(last or first) + 1]
