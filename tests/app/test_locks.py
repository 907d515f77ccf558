"""What is installed is pinned by name, version and hash, and agrees with pyproject.toml."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.reading import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def pins(name: str) -> dict[str, str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)(?:\[[a-z,]+\])?==(\S+)", text, flags=re.MULTILINE))


def plain(requirement: str) -> str:
    return re.split(r"[\[<>=!~ ;]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def test_every_dependency_is_pinned() -> None:
    wanted = {plain(one) for one in PROJECT["project"]["dependencies"]}
    tools = {plain(one) for one in PROJECT["dependency-groups"]["dev"]}

    assert wanted - pins("runtime").keys() == set(), "run: make lock"
    assert tools - pins("dev").keys() == set(), "run: make lock"
    assert {plain(one) for one in PROJECT["build-system"]["requires"]} <= pins("build").keys()


def test_the_tests_run_on_what_is_shipped() -> None:
    dev = pins("dev")
    assert {name: dev.get(name) for name in pins("runtime")} == pins("runtime")


def test_the_benchmarks_run_beside_what_is_shipped() -> None:
    beside = pins("bench")
    assert {plain(one) for one in PROJECT["dependency-groups"]["bench"]} - beside.keys() == set(), (
        "run: make lock"
    )
    assert {
        name: version for name, version in pins("dev").items() if name in beside
    }.items() <= beside.items()


@pytest.mark.parametrize("name", ["build", "runtime", "dev", "bench"])
def test_a_lock_holds_names_versions_and_hashes_only(name: str) -> None:
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(
            r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+( ; .+)? \\| +--hash=sha256:[0-9a-f]{64}( \\)?", line
        ), line
        assert "://" not in line
