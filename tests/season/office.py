"""The curator at her desk: the pages of the admin in a browser without a script, and lists in files."""

from __future__ import annotations

import html
import io
import re
from dataclasses import dataclass, field

import httpx2
import openpyxl  # type: ignore[import-untyped]

from tests.season.town import PASSWORD, Town

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass
class Office:
    town: Town
    browser: httpx2.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.browser = self.town.new_browser()

    async def signs_in(self) -> None:
        page = await self.browser.post("/login", data={"login": "zavuch", "password": PASSWORD})
        assert page.status_code == 200, words(page)
        assert str(page.url.path) == "/", words(page)

    async def reads(self, path: str) -> str:
        """The page as text, markup and all."""
        page = await self.browser.get(path)
        if page.url.path == "/login":  # a new day
            await self.signs_in()
            page = await self.browser.get(path)
        assert page.status_code == 200, f"{path}: {page.status_code} {words(page)[:500]}"
        return page.text

    async def does(self, path: str, **form: str | list[str]) -> httpx2.Response:
        """Sends a form and sees the page after it; everything that follows in the house has happened then."""
        page = await self.tries(path, **form)
        assert page.status_code == 200, f"{path}: {page.status_code} {words(page)[:500]}"
        return page

    async def tries(self, path: str, **form: str | list[str]) -> httpx2.Response:
        page = await self.browser.post(path, data=form)
        if page.status_code == 401 or page.url.path == "/login":
            await self.signs_in()
            page = await self.browser.post(path, data=form)
        await self.town.settles()
        return page

    async def card_of(self, name: str) -> str:
        """The address of the card of «Фамилия Имя»."""
        page = await self.reads(f"/people?q={name}")
        found = re.findall(rf'<a[^>]* href="(/people/\d+)">{name}', page)
        assert len(found) == 1, f"{name}: {found}"
        return str(found[0])

    async def invites(self, name: str) -> str:
        """Makes a personal card; returns the address under its QR code."""
        page = await self.does(f"{await self.card_of(name)}/invite")
        assert "<svg" in page.text
        found = re.search(r'href="(http[^"]*/join/[^"]+)"', page.text)
        assert found, words(page)
        return found[1]

    async def confirms_guardians(self, name: str) -> None:
        card = await self.card_of(name)
        bonds = re.findall(r'action="(/people/\d+/guardians/\d+)"', await self.reads(card))
        assert bonds, f"nobody to confirm for {name}"
        for bond in bonds:
            await self.does(bond)

    async def admits(self, name: str) -> None:
        card = await self.card_of(name)
        places = re.findall(r'action="(/people/\d+/places/\d+/admit)"', await self.reads(card))
        assert places, f"nothing to admit for {name}"
        for place in places:
            await self.does(place, reason="Справки у директора, беседа проведена.")

    async def loads(self, name: str, rows: list[list[object]], category: str) -> httpx2.Response:
        """Looks at a list; nothing is imported yet."""
        page = await self.browser.post(
            "/roster", data={"category": category}, files={"file": (name, workbook(rows), XLSX)}
        )
        assert page.status_code == 200, words(page)[:500]
        return page

    async def workbook(self, name: str) -> list[list[object]]:
        """A report as a spreadsheet program reads it: all cells of all sheets."""
        answer = await self.tries(f"/reports/{name}")
        assert answer.status_code == 200, words(answer)[:500]
        assert answer.headers["content-type"] == XLSX
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        return [list(row) for sheet in book for row in sheet.iter_rows(values_only=True)]


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def words(page: httpx2.Response | str) -> str:
    """What can be read on a page, in one line."""
    text = page if isinstance(page, str) else page.text
    body = re.sub(r"<(script|style|title|svg)\b.*?</\1>", " ", text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def section(page: str, heading: str) -> str:
    """The part of a page under a heading."""
    return next(part for part in page.split("<section") if heading in part)
