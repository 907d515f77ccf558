"""The participants' pages as a browser gets them: the real front door, outbox, sender and shield."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import httpx2
import pytest
from fastapi import FastAPI

from actions.links import Links
from actions.work import Work
from admin.application import build
from bot.front import Front
from bot.messenger import Incoming
from bot.sender import Sender
from bot.web import routes
from bot.web.messenger import WebMessenger
from bot.web.pages import Site
from program.roles import PersonState
from storage.database import Database
from storage.tables import Invitation, Person, School
from tests.build import address
from tests.build import person as build_person

HOST = "https://school.test"


@dataclass
class Pages:
    """A school's web part without a network."""

    database: Database
    school: School
    now: datetime
    links: Links
    app: FastAPI
    sender: Sender
    front: Front
    site: Site

    def clock(self) -> datetime:
        return self.now

    async def receive(self, incoming: Incoming) -> None:
        await self.front.receive(incoming)
        await self.sender.drain()

    def browser(self, **headers: str) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app=self.app),
            base_url=HOST,
            headers=headers,
            follow_redirects=True,
        )

    async def person(self, **values: object) -> Person:
        """A pupil of the school with an address in the web chat."""
        made = build_person(self.school, **values)  # type: ignore[arg-type]
        async with self.database.transaction() as session:
            session.add(made)
            await session.flush()
            session.add(address(made))
        return made

    async def invitation(self, purpose: str = "any", **values: object) -> str:
        token = str(values.pop("token", f"{purpose}-token-0123456789"))
        values.setdefault("uses_left", 5)
        values.setdefault("expires_at", self.now + timedelta(days=30))
        row = Invitation(
            school_id=self.school.id, token=token, purpose=purpose, created_at=self.now, **values
        )
        async with self.database.transaction() as session:
            session.add(row)
        return token

    async def guardian_link(self, **child: object) -> tuple[Person, str]:
        """A child of twelve who waits for a parent, and the link for the parent."""
        child.setdefault("birth_date", date(2014, 3, 5))
        pupil = await self.person(state=PersonState.ACTIVE, **child)
        return pupil, await self.invitation("guardian", child_id=pupil.id)

    def chat(self, person: Person) -> str:
        return f"/chat/{self.links.chat_token(person.id)}"


@pytest.fixture
async def pages(database: Database, school: School, now: datetime) -> Pages:
    links = Links(HOST, "secret", telegram_bot="nastavnik_bot", vk_group="school1")
    return make(database, school, now, links)


def make(database: Database, school: School, now: datetime, links: Links, *, demo: bool = False) -> Pages:
    def clock() -> datetime:
        return pages.now

    def wake() -> None:
        sender.wake()

    async def receive(incoming: Incoming) -> None:
        await pages.receive(incoming)

    sender = Sender(database, clock, links, [WebMessenger(database, clock)])
    front = Front(database, clock, sender)
    app = build(database, clock, links, secure_cookies=links.public_url.startswith("https"), wake=wake)
    site = routes.install(app, database, clock, links, receive, demo=demo)
    pages = Pages(database, school, now, links, app, sender, front, site)
    return pages


def words(page: httpx2.Response) -> str:
    """What can be read on a page, in one line."""
    body = re.sub(r"<(script|style|title)\b.*?</\1>", " ", page.text, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hidden(page: httpx2.Response, name: str) -> str:
    """The value of a hidden field, the first of its name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found, f"no field {name}"
    return html.unescape(found.group(1))


def buttons(page: httpx2.Response) -> list[tuple[str, str]]:
    """Label and data of every answer button that can be pressed."""
    found = re.findall(r'<button[^>]*name="data" value="([^"]*)">([^<]*)</button>', page.text)
    return [(html.unescape(label), html.unescape(data)) for data, label in found]


def work_of(pages: Pages, session: object, actor: str = "system") -> Work:
    return Work(session, pages.school, pages.now, actor)  # type: ignore[arg-type]
