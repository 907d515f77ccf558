"""Known holes in what is pinned, without a network: `python scripts/audit.py --advisories all.zip`.

Reads the lock files and a copy of the OSV advisories of Python packages (docs/operations.md says how to fetch one on
a machine that has a network). Without it: only whether what is installed here is what is pinned.
Exit status 0 nothing found, 1 something was, 2 called wrongly.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.version import InvalidVersion, Version

ROOT = Path(__file__).parent.parent
LOCKS = ("build", "runtime", "dev", "bench")


@dataclass(frozen=True)
class Hole:
    name: str
    version: str
    advisory: str
    fixed: str  # the lowest version without it; "": none yet
    said: str


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(folder: Path = ROOT / "requirements") -> dict[str, set[str]]:
    """Versions by package, of all locks: one package may be pinned for two versions of Python."""
    found: dict[str, set[str]] = {}
    for lock in LOCKS:
        text = (folder / f"{lock}.txt").read_text(encoding="utf-8")
        for name, version in re.findall(
            r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", text, re.MULTILINE
        ):
            found.setdefault(plain(name), set()).add(version)
    return found


def installed_otherwise(pinned: dict[str, set[str]]) -> list[str]:
    """Packages that stand here in a version that no lock names."""
    told = []
    for one in metadata.distributions():
        known = pinned.get(plain(one.name))
        if known and one.version not in known:
            told.append(f"{one.name} {one.version}: pinned {', '.join(sorted(known))}")
    return sorted(told)


def read(place: Path) -> Iterator[dict[str, Any]]:
    """Advisories of a zip file or a folder of JSON files."""
    if place.is_dir():
        for file in sorted(place.rglob("*.json")):
            yield json.loads(file.read_bytes())
        return
    with zipfile.ZipFile(place) as pack:
        for name in pack.namelist():
            if name.endswith(".json"):
                yield json.loads(pack.read(name))


def holes(pinned: dict[str, set[str]], advisories: Iterable[dict[str, Any]]) -> list[Hole]:
    found = set()
    for told in advisories:
        if told.get("withdrawn"):
            continue
        for affected in told.get("affected", ()):
            package = affected.get("package", {})
            name = plain(package.get("name", ""))
            if package.get("ecosystem") != "PyPI" or name not in pinned:
                continue
            for version in pinned[name]:
                if _is_in(version, affected):
                    said = str(told.get("summary") or told.get("details", "")).splitlines()[:1]
                    found.add(Hole(name, version, told["id"], _fixed(version, affected), "".join(said)[:100]))
    return sorted(found, key=lambda one: (one.name, one.version, one.advisory))


def _is_in(version: str, affected: dict[str, Any]) -> bool:
    if version in affected.get("versions", ()):
        return True
    here = _version(version)
    for stretch in affected.get("ranges", ()):
        if stretch.get("type") != "ECOSYSTEM" or here is None:
            continue
        inside = False
        for event in stretch.get("events", ()):
            for kind, at in event.items():
                border = _version(at) or Version("0")
                if kind == "introduced" and here >= border:
                    inside = True
                elif (kind == "fixed" and here >= border) or (kind == "last_affected" and here > border):
                    inside = False
        if inside:
            return True
    return False


def _fixed(version: str, affected: dict[str, Any]) -> str:
    """The lowest later version that is named as fixed."""
    here, found = _version(version), []
    for stretch in affected.get("ranges", ()):
        for event in stretch.get("events", ()):
            at = _version(event.get("fixed", ""))
            if at is not None and here is not None and at > here:
                found.append(at)
    return str(min(found)) if found else ""


def _version(words: str) -> Version | None:
    try:
        return Version(words)
    except InvalidVersion:
        return None


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--advisories", type=Path, help="OSV advisories of Python packages: a zip file or a folder"
    )
    given = parser.parse_args(arguments)
    if given.advisories is not None and not given.advisories.exists():
        parser.error(f"there is no {given.advisories}")
    pinned = pins()
    other = installed_otherwise(pinned)
    for line in other:
        _say(f"installed otherwise: {line}")
    if given.advisories is None:
        _say(f"{len(pinned)} packages are pinned; holes were not looked for: no --advisories")
        return int(bool(other))
    found = holes(pinned, read(given.advisories))
    for one in found:
        _say(f"{one.name} {one.version}: {one.advisory}, fixed in {one.fixed or 'nothing yet'}. {one.said}")
    _say(f"{len(pinned)} packages are pinned, {len(found)} holes are known")
    return int(bool(found or other))


if __name__ == "__main__":
    sys.exit(main())
