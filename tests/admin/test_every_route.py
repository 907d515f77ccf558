"""Every route of the whole house at once: forged requests, readers that change nothing, headers of every answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx2
from fastapi.routing import APIRoute
from lxml import html

from admin.access import RULES, may
from admin.patience import Takings
from admin.security import FORGED
from app.settings import load
from app.wiring import House, build
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School, SignIn
from tests.admin.conftest import HOST, Browsers, account
from tests.admin.test_addresses import routes
from tests.admin.test_hostile_walk import BY, NAMES, NOT_HERE, _tokens
from tests.admin.things import filled, rows_of, things
from tests.bot.explorer import forked
from tests.conftest import rows as all_rows

READERS = ("GET", "HEAD")
# What reading may write: that the session goes on, that something sensitive was opened.
NOTED = {"sign_in", "journal_entry"}
NOT_OURS = {"site-preview"}  # the school's public page as its visitors see it


class Opened:
    def __init__(self, house: House, rows: Database, browsers: Browsers, ids: dict[str, int]) -> None:
        self.house, self.rows, self.browsers, self.ids = house, rows, browsers, ids
        self.tokens: dict[str, str] = {}

    def every(self) -> list[tuple[APIRoute, str]]:
        return [(one, method) for one in routes(self.house.web) for method in sorted(one.methods or ())]

    def path(self, route: APIRoute) -> str:
        token = next(
            (token for begins, token in self.tokens.items() if route.path.startswith(begins)), "none"
        )
        path = route.path.replace("{token}", token).replace("{mark}", token)
        return filled(path, dict.fromkeys(NAMES.findall(path), 1) | self.ids)


@asynccontextmanager
async def opened(database: Database, school: School, now: datetime, folder: Path) -> AsyncIterator[Opened]:
    ids = await things(database, school, now)
    for role in BY:
        await account(database, school, role, now)
    values = {"NASTAVNIK_DATA_DIR": str(folder), "NASTAVNIK_PUBLIC_URL": HOST}
    async with forked(database) as rows:
        house = await build(load(values, folder / "no.env"), rows, lambda: now)
        made = Opened(house, rows, Browsers(house.web, rows, school, now), ids)
        made.tokens = await _tokens(house, ids)
        yield made
        for browser in made.browsers.opened:
            await browser.aclose()


async def test_no_form_of_any_page_is_taken_from_another_site(
    database: Database, school: School, now: datetime, tmp_path: Path
) -> None:
    async with opened(database, school, now, tmp_path) as place:
        curator = await place.browsers.of()
        del curator.headers["Sec-Fetch-Site"]
        before = await rows_of(place.rows, school.id)
        changing = [(route, method) for route, method in place.every() if method not in READERS]
        assert len(changing) > 250
        taken = []
        for route, method in changing:
            for how in (
                {"Sec-Fetch-Site": "cross-site"},
                {"Sec-Fetch-Site": "same-site"},
                {"Origin": "https://evil.test"},
            ):
                answer = await curator.request(method, place.path(route), headers=how, data={"sure": "yes"})
                if (answer.status_code, answer.text) != (403, FORGED):
                    taken.append((route.name, how, answer.status_code))
        assert taken == []
        assert await rows_of(place.rows, school.id) == before


async def test_no_page_changes_anything_by_being_read_and_every_answer_says_what_it_is(
    database: Database, school: School, now: datetime, tmp_path: Path
) -> None:
    """Neither is any page handed to the scripts of another site; whoever is signed in may leave from each."""
    async with opened(database, school, now, tmp_path) as place:
        stranger = place.browsers.anonymous()
        by = {role: await place.browsers.of(role) for role in BY}
        before = await rows_of(place.rows, school.id)
        read, wrong, shown, asked = 0, [], 0, set[str]()
        for route, method in place.every():
            if method != "GET" or route.name in NOT_HERE:
                continue
            role = next((role for role in BY if route.name in RULES and may(role, route.name)), None)
            place.house.web.state.takings = Takings()
            browser = by[role] if role is not None else stranger
            answer = await browser.get(place.path(route), headers={"Origin": "https://evil.test"})
            wrong += [f"{route.name}: {one}" for one in odd(answer)]
            read += answer.status_code == 200
            if answer.text.startswith("<!doctype html>"):
                shown += 1
                if role is not None and route.name not in NOT_OURS and not leads_out(answer.text):
                    wrong.append(f"{route.name}: no «Выйти»")
                hidden = passwords(answer.text)
                asked |= hidden.keys()
                wrong += [f"{route.name}: {name} {what}" for name, what in hidden.items() if what]
        after = await rows_of(place.rows, school.id)
        assert wrong == []
        assert read > 150
        assert shown > 120
        assert asked == {"password", "new_password"}
        assert {name for name in after if after[name] != before[name]} <= NOTED
        looks = after["journal_entry"][len(before["journal_entry"]) :]
        assert after["journal_entry"][: len(before["journal_entry"])] == before["journal_entry"]
        assert len(looks) < 20


async def test_a_session_begins_at_the_sign_in_only(
    database: Database, school: School, now: datetime, tmp_path: Path
) -> None:
    async with opened(database, school, now, tmp_path) as place:
        stranger = place.browsers.anonymous()
        for route, method in place.every():
            if route.name not in NOT_HERE:
                await stranger.request(method, place.path(route))
        assert await all_rows(place.rows, SignIn) == []
        assert not [one for one in stranger.cookies if one.endswith("nastavnik")]
        assert (await stranger.get("/")).status_code == 303
        await place.browsers.of(StaffRole.CURATOR)
        assert len(await all_rows(place.rows, SignIn)) == 1


def odd(answer: httpx2.Response) -> list[str]:
    found = [
        f"{name}: {value}" for name, value in answer.headers.items() if name.startswith("access-control")
    ]
    kind = answer.headers.get("content-type", "")
    if answer.content and not kind:
        found.append("says no kind")
    if kind.startswith(("text/", "application/xhtml")) and "charset=utf-8" not in kind.lower():
        found.append(f"{kind} says no letters")
    if "nosniff" not in answer.headers.get("x-content-type-options", ""):
        found.append("may be sniffed")
    # What somebody has uploaded, or what is made of their words, is never run: it is kept or is a picture.
    shown = (
        "text/html",
        "image/png",
        "image/jpeg",
        "image/svg+xml",
        "text/plain",
        "application/json",
        "text/css",
        "text/javascript",
        "text/calendar",
    )
    kept = "attachment" in answer.headers.get("content-disposition", "")
    if answer.status_code == 200 and not kept and not kind.startswith(shown):
        found.append(f"{kind} is no attachment")
    return found


def leads_out(page: str) -> bool:
    """Whether a form of the page ends the session."""
    return any(
        (one.get("action"), one.get("method")) == ("/logout", "post") and "Выйти" in one.text_content()
        for one in html.fromstring(page).iter("form")
    )


def passwords(page: str) -> dict[str, str]:
    """Fields for a password, with what is wrong with each: seen while it is typed, or not to be filled in otherwise."""
    root = html.fromstring(page)
    of = {one.get("for"): one.text_content().lower() for one in root.iter("label")}
    found = {}
    for one in root.iter("input"):
        name, meant = one.get("name", ""), one.get("autocomplete", "")
        if "password" not in name + meant + one.get("type", "") and "парол" not in of.get(one.get("id"), ""):
            continue
        wrong = [] if one.get("type") == "password" else ["is seen"]
        wrong += [] if meant in ("current-password", "new-password") else ["is not for a keeper of passwords"]
        wrong += [
            key for key in one.attrib if key.startswith("on") or key in ("readonly", "maxlength", "disabled")
        ]
        found[name] = ", ".join(wrong)
    return found
