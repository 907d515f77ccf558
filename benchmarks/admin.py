"""Every page of the admin for a school of 10,000 people, beside a bare page of fifty of them in the same run."""

from __future__ import annotations

import logging
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx2
import structlog
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Template
from sqlalchemy import select

from actions.collecting import seldom
from actions.links import Links
from admin.access import RULES
from admin.application import PAGES, build
from benchmarks._big_school import MENTEES, PASSWORD, big_school
from benchmarks._pool import FORM, NOW
from storage.database import Database, sqlite_url
from storage.tables import Person

HOST = "https://school.test"
ROUNDS = 5
TARGET = 200.0  # ms of server time
# What the parts of an address stand for; a page whose part is not here is of something this school has not got.
PARTS = {"person_id": "1", "pair_id": "1", "meeting_id": "1", "form": FORM, "mentee": str(MENTEES - 1)}
BARE = Template(
    "<ul>{% for one in people %}<li>{{ one[0] }} {{ one[1] }}, {{ one[2] }}</li>{% endfor %}</ul>"
)


async def run() -> list[str]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await big_school(database)
        application = build(
            database, lambda: NOW, Links(HOST, "secret", telegram_bot="bot", vk_group="school1"),
            secure_cookies=True, wake=lambda: None,
        )  # fmt: skip
        _add_bare(application, database)
        seldom()
        transport = httpx2.ASGITransport(app=application)
        async with httpx2.AsyncClient(
            transport=transport, base_url=HOST, headers={"Sec-Fetch-Site": "same-origin"}, timeout=None
        ) as browser:
            await browser.post("/login", data={"login": "curator", "password": PASSWORD})
            bare = max((await _took(browser, "/bare"))[0])
            found = []
            for path in _pages():
                took, status = await _took(browser, path)
                if status == 200:
                    found.append((max(took), median(took), path))
        await database.close()
    found.sort(reverse=True)
    slow = sum(worst > TARGET for worst, _, _ in found)
    lines = [f"admin, {2 * 5000} people (SQLite)     ms worst   ms median   times a bare list of fifty"]
    lines += [f"{path:36}{worst:9.1f}{middle:12.1f}{worst / bare:12.1f}" for worst, middle, path in found]
    return [*lines, f"{len(found)} pages, {slow} of them above {TARGET:.0f} ms; the bare list {bare:.1f} ms"]


def _pages() -> list[str]:
    """The addresses of all pages that can be opened without an id, and of those whose id we know."""
    found = []
    for route in (route for page in PAGES for route in page.router.routes):
        if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()) or route.name not in RULES:
            continue
        path = route.path
        for name, value in PARTS.items():
            path = path.replace("{" + name + "}", value)
        if "{" not in path:
            found.append(path)
    return [*found, "/people?q=алис", "/people?consent=missing", f"/people?page=40&form={FORM}"]


async def _took(browser: httpx2.AsyncClient, path: str) -> tuple[list[float], int]:
    """Milliseconds of processor time of each answer after the first, and the status."""
    took = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        answer = await browser.get(path)
        took.append((time.process_time() - start) * 1000)
    return took[1:], answer.status_code


def _add_bare(application: FastAPI, database: Database) -> None:
    @application.get("/bare")
    async def bare() -> HTMLResponse:
        async with database.reading() as session:
            people = (
                await session.execute(
                    select(Person.last_name, Person.first_name, Person.class_name)
                    .order_by(Person.plain)
                    .limit(50)
                )
            ).all()
        return HTMLResponse(BARE.render(people=people))
