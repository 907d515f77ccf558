"""Known holes in pinned packages are found without a network."""

from __future__ import annotations

import json
import runpy
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.reading import ROOT

AUDIT = runpy.run_path(str(ROOT / "scripts" / "audit.py"), run_name="audit")


def advisory(number: str, name: str = "Jinja2", **affected: Any) -> dict[str, Any]:
    package = {"ecosystem": "PyPI", "name": name}
    return {"id": number, "summary": "A hole", "affected": [{"package": package, **affected}]}


def stretch(*events: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"type": "ECOSYSTEM", "events": [{kind: at} for kind, at in events]}]


@pytest.mark.parametrize(
    ("affected", "is_hit", "fixed"),
    [
        ({"versions": ["3.1.5", "3.1.6"]}, True, ""),
        ({"versions": ["3.1.5"]}, False, ""),
        ({"ranges": stretch(("introduced", "0"), ("fixed", "3.1.7"))}, True, "3.1.7"),
        ({"ranges": stretch(("introduced", "0"), ("fixed", "3.1.6"))}, False, ""),
        ({"ranges": stretch(("introduced", "3.1.10"))}, False, ""),
        ({"ranges": stretch(("introduced", "0"), ("last_affected", "3.1.6"))}, True, ""),
        ({"ranges": stretch(("introduced", "0"), ("fixed", "2"), ("introduced", "3"), ("fixed", "3.2"))}, True, "3.2"),
        ({"ranges": stretch(("introduced", "odd"), ("fixed", "3.2"))}, True, "3.2"),
    ],
)  # fmt: skip
def test_a_version_is_held_against_what_an_advisory_says(
    affected: dict[str, Any], is_hit: bool, fixed: str
) -> None:
    found = AUDIT["holes"]({"jinja2": {"3.1.6"}, "lxml": {"1"}}, [advisory("PYSEC-1", **affected)])
    assert [(one.name, one.fixed) for one in found] == ([("jinja2", fixed)] if is_hit else [])


def test_what_was_withdrawn_or_is_of_others_is_no_hole() -> None:
    everywhere = {"ranges": stretch(("introduced", "0"))}
    told = [
        advisory("PYSEC-2", **everywhere) | {"withdrawn": "2026-01-01T00:00:00Z"},
        advisory("PYSEC-3", "left-pad", **everywhere),
        {"id": "GHSA-4", "affected": [{"package": {"ecosystem": "npm", "name": "jinja2"}, **everywhere}]},
    ]
    assert AUDIT["holes"]({"jinja2": {"3.1.6"}}, told) == []


def test_the_command_reads_our_locks_and_a_file_of_advisories(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pinned = AUDIT["pins"]()
    assert {"jinja2", "sqlalchemy", "cryptography", "hatchling", "pytest"} <= set(pinned)
    file = tmp_path / "all.zip"
    with zipfile.ZipFile(file, "w") as pack:
        told = advisory("PYSEC-9", ranges=stretch(("introduced", "0"), ("fixed", "999")))
        pack.writestr("PYSEC-9.json", json.dumps(told))
    assert AUDIT["main"](["--advisories", str(file)]) == 1
    assert f"jinja2 {min(pinned['jinja2'])}: PYSEC-9, fixed in 999" in capsys.readouterr().out
