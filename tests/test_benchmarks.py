"""Benchmarks: each can be run by its name, and writes its own part of docs/benchmarks.md and no other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from benchmarks import _book
from benchmarks._figures import Figure
from tests.reading import ROOT


def test_each_benchmark_can_be_run_by_its_name() -> None:
    for file in sorted((ROOT / "benchmarks").glob("[a-z]*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        runs = [one for one in tree.body if isinstance(one, ast.AsyncFunctionDef) and one.name == "run"]
        assert runs, f"{file.name} has no run()"
        assert ast.get_docstring(tree), f"{file.name} does not say what it measures"


def test_a_benchmark_writes_its_own_part_and_leaves_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "benchmarks.md"
    book.write_text("# Benchmarks\n\n<!-- b -->\nother\n<!-- /b -->\n", encoding="utf-8")
    monkeypatch.setattr(_book, "BOOK", book)

    for found in ("0.90 ×", "0.50 ×"):
        _book.write(
            "a", "What it is.\n\nMore.", [Figure("a turn", found, "≤ 1.0 ×", "1 ms", "2 ms")], ["a line"]
        )

    words = book.read_text(encoding="utf-8")
    assert words.count("| 0.50 × | ≤ 1.0 × | a turn | 1 ms | 2 ms |") == 1
    assert "0.90" not in words
    assert "\nother\n" in words
    assert "```text\na line\n```" in words
    assert str(tmp_path) not in words
