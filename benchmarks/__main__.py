"""Runs every benchmark of this folder, or the named ones. Figures are of this machine: compare ratios."""

from __future__ import annotations

import asyncio
import importlib
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> int:
    known = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    for name in names or known:
        if name not in known:
            print(f"no benchmark {name}; there are: {', '.join(known)}", file=sys.stderr)
            return 2
        for line in asyncio.run(importlib.import_module(f"benchmarks.{name}").run()):
            print(line)
    return 0


sys.exit(main(sys.argv[1:]))
