"""What docs/operations.md and deploy/ tell an operator to type exists."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import typer.main

from app import (
    cli,
    cli_school,  # noqa: F401 - their commands join those of `cli`
    cli_users,  # noqa: F401
)
from app.settings import load, table
from tests.reading import ROOT

PAGES = [
    ROOT / "docs" / "operations.md",
    *sorted(one for one in (ROOT / "deploy").iterdir() if one.is_file()),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_and_command_of_a_page_exists(page: Path) -> None:
    words = page.read_text(encoding="utf-8")
    named = {one.removesuffix("_FILE") for one in re.findall(r"NASTAVNIK_[A-Z_]*[A-Z]", words)}
    tests = {one for one in named if one.startswith("NASTAVNIK_TEST")}
    assert named - tests <= set(re.findall(r"NASTAVNIK_[A-Z_]+", table()))

    commands = typer.main.get_command(cli.app).commands  # type: ignore[attr-defined]
    lines = re.findall(r"(?:^|[`/\\]|&& )nastavnik(?:\.exe)? ([a-z][a-z ]*)", words, re.MULTILINE)
    lines += re.findall(r"run --rm admin ([a-z ]+)", words)
    lines += [one.replace(",", "") for one in re.findall(r"command: \[(run[a-z, ]*)\]", words)]
    for first, *others in (line.split() for line in lines):
        if first in ("nastavnik", "cd"):  # the account of a service
            continue
        assert first in commands, first
        if first == "run":
            assert set(others) <= set(cli.PARTS)
        elif hasattr(commands[first], "commands"):
            assert others[0] in commands[first].commands, (first, others)


def test_an_image_holds_every_package_and_nothing_of_the_school() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[1] == "*"  # whatever is not named stays outside: data/, .env, deploy/secrets/
    let_in = {one.removeprefix("!").rstrip("/") for one in lines if one.startswith("!")}
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert let_in == {
        *wheel["targets"]["wheel"]["packages"], "requirements", "scripts", "pyproject.toml", "LICENSE",
        "CHANGELOG.md", "README.md", "README.ru.md",
    }  # fmt: skip


def test_the_image_copies_the_server_of_the_compose_file_and_the_copy_outlives_it() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    image = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    (server,) = re.findall(r"image: postgres:(\d+)$", compose, re.MULTILINE)
    assert re.findall(r"postgresql-client-(\d+)", image) == [server]
    (data,) = re.findall(r"NASTAVNIK_DATA_DIR=(\S+)", image)
    assert f"volumes: [data:{data}]" in compose.partition("services:")[0]  # of every part
    assert re.search(r"^volumes:\n(?:  \w+:\n)*  data:$", compose, re.MULTILINE)


def test_the_programme_believes_the_nginx_of_the_compose_file() -> None:
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    (subnet,) = re.findall(r"subnet: ([\d./]+)", compose)
    (named,) = re.findall(r"NASTAVNIK_ADMIN__PROXIES: (\S+)", compose)
    assert named == subnet
    assert load({"NASTAVNIK_ADMIN__PROXIES": named}, ROOT / "no.env").admin.proxies == named
    assert "8000:" not in compose  # else anybody outside could come past nginx with a name of their own
