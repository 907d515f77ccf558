"""What each release has brought, in the words of those who work in the admin."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "releases.toml"


@dataclass(frozen=True)
class Release:
    version: str
    lines: tuple[str, ...]


@cache
def releases() -> tuple[Release, ...]:
    """The newest first."""
    with FILE.open("rb") as file:
        found = tomllib.load(file)["release"]
    return tuple(Release(one["version"], tuple(one["lines"])) for one in found)
