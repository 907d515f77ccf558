"""The lists in `docs/` of what is expected name tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LISTS = {"docs/admin-checklist.md": ("A", 1), "docs/bot-checklist.md": ("B", 55)}  # letter, rows at least
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
