"""«Что нового»: the installed version stands first, every line is a Russian sentence for people."""

from __future__ import annotations

import re

import httpx2

from app import __version__
from locales.releases import releases
from program.roles import StaffRole
from tests.admin.conftest import Browsers


def test_the_installed_release_stands_first() -> None:
    assert releases()[0].version == __version__
    versions = [tuple(int(part) for part in one.version.split(".")) for one in releases()]
    assert versions == sorted(versions, reverse=True)


def test_every_line_is_a_short_russian_sentence() -> None:
    lines = [line for one in releases() for line in one.lines]
    assert lines
    for line in lines:
        assert line.endswith(".")
        assert len(line) <= 160
        assert not re.search(r"[A-Za-z]", line.replace("Telegram", "").replace("Excel", ""))


async def test_whoever_works_in_the_admin_can_read_what_is_new(
    browsers: Browsers, curator: httpx2.AsyncClient
) -> None:
    for browser in (curator, await browsers.of(StaffRole.CLASS_TEACHER)):
        page = await browser.get("/whats-new")
        assert page.status_code == 200
        assert "Что нового" in page.text
        assert releases()[0].lines[0] in page.text
