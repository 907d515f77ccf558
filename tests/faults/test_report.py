"""The page that is written out of what the harness has counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.faults import report


def test_lives_of_one_kind_make_one_line_and_all_kinds_a_sum(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, page = tmp_path / "book", tmp_path / "page.md"
    lives = [("commits", 10, 2), ("commits", 11, 1), ("cut-killed", 3, 0)]
    book.write_text(
        "\n".join(
            json.dumps({"kind": kind, "lives": 1, "kills": kills, "messages": 47, "window": window})
            for kind, kills, window in lives
        )
    )
    monkeypatch.setattr("sys.argv", ["report", str(book), str(page)])
    report.main()
    lines = [
        line.split(" | ") for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    assert [line[1:4] for line in lines[2:]] == [["2", "21", "0"], ["1", "3", "0"], ["3", "24", "0"]]
    assert lines[-1][8] == "3"
