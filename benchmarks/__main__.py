"""Runs every benchmark of this folder, or the named ones: `python -m benchmarks turn sending --write`.

Figures are of this machine: compare ratios. With `--write` each one's part of docs/benchmarks.md is made anew.
"""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path

from benchmarks import _book
from benchmarks._figures import Figure, shown
from benchmarks._served import quiet

HERE = Path(__file__).parent


def main(asked: list[str]) -> int:
    known = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    names, write = [name for name in asked if name != "--write"], "--write" in asked
    if wrong := [name for name in names if name not in known]:
        print(f"no benchmark {wrong[0]}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    quiet()  # to draw log lines for a terminal took more than the presses that they told of
    for name in names or known:
        module = importlib.import_module(f"benchmarks.{name}")
        with _book.heard() as printed:
            found = asyncio.run(module.run())
        figures = [one for one in found if isinstance(one, Figure)]
        lines = [one for one in found if isinstance(one, str)]
        for line in [*shown(figures if figures else ()), *lines] if figures else lines:
            print(line)
        if write:
            _book.write(name, str(module.__doc__), figures, [*printed, *lines])
    return 0


sys.exit(main(sys.argv[1:]))
