"""What the frame of every page reads is given by nobody else."""

from __future__ import annotations

import ast
from pathlib import Path

ADMIN = Path(__file__).parents[2] / "admin"
# A page may say what is wrong with it, and a part of a page what was done.
ALLOWED = {"problems", "done"}


def test_no_page_gives_a_value_under_a_name_of_the_frame() -> None:
    tree = ast.parse((ADMIN / "show.py").read_text(encoding="utf-8"))
    frame = {
        key.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Dict)
        for key in one.keys
        if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }
    assert {"house_version", "stands", "url", "moment"} <= frame
    given = [
        f"{path.name}:{call.lineno}: {word.arg}"
        for path in sorted((ADMIN / "pages").glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "page"
        for word in call.keywords
        if word.arg in frame - ALLOWED
    ]
    assert given == []
