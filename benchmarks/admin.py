"""Every page of the admin, for the role that opens it, in a school of 10,000 people; and fifty people at once.

Beside a bare page of fifty names in the same run. What a page takes is processor time, which stays the same while others
use the machine; what fifty people wait is by the clock and wants a quiet one.
"""

from __future__ import annotations

import asyncio
import logging
import random
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

import httpx2
import structlog
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute
from jinja2 import Template
from sqlalchemy import select

from actions import accounts
from actions.collecting import seldom
from actions.links import Links
from actions.work import Work
from admin.access import RULES, may
from admin.application import PAGES, build
from benchmarks._big_school import MENTEES, PASSWORD, big_school
from benchmarks._figures import Figure, Line
from benchmarks._pool import FORM, NOW
from program.roles import StaffRole
from storage.database import Database, sqlite_url
from storage.tables import Person, School
from tests.admin.things import filled, things

HOST = "https://school.test"
ROUNDS = 5
TARGET, TOGETHER = 200.0, 500.0  # ms of server time for one; of waiting with fifty
USERS, THINKS, LASTS = 50, 10.0, 30.0  # people, seconds between two clicks of one, seconds altogether
# Whose stories are long; of everything else there is one thing.
LONG = {"person_id": 1, "pair_id": 1, "meeting_id": 1}
WORDS = {"form": FORM, "mentee": str(MENTEES - 1)}
BY = (
    StaffRole.CURATOR, StaffRole.PSYCHOLOGIST, StaffRole.SYSADMIN, StaffRole.SITE_EDITOR, StaffRole.DIRECTOR,
    StaffRole.CLASS_TEACHER, StaffRole.MUNICIPAL_COORDINATOR, StaffRole.AUDITOR,
)  # fmt: skip
NARROWED = (
    "/people?q=алис", "/people?consent=missing", f"/people?page=40&form={FORM}", "/pairs?show=approved", "/pairs?show=ended",
    "/consents?show=expiring", "/consents?show=differ", "/find?q=алис", "/journal?page=90", "/meetings/table?page=40",
)  # fmt: skip
# What a curator opens on a usual day, for fifty at once.
USUAL = (
    "/",
    "/people",
    "/people/1",
    "/pairs",
    "/pairs/1",
    "/meetings",
    "/consents",
    "/messages",
    "/find?q=алис",
    "/news",
)
BARE = Template(
    "<ul>{% for one in people %}<li>{{ one[0] }} {{ one[1] }}, {{ one[2] }}</li>{% endfor %}</ul>"
)
Browsers = dict[StaffRole, httpx2.AsyncClient]


async def run() -> list[Line]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await big_school(database)
        ids = await _beside(database)
        links = Links(HOST, "secret", telegram_bot="bot", vk_group="school1")
        application = build(database, lambda: NOW, links, secure_cookies=True, wake=lambda: None)
        add_bare(application, database)
        seldom()
        browsers = {role: await _signed_in(application, role) for role in BY}
        curator = browsers[StaffRole.CURATOR]
        bare = max((await _took(curator, "/bare"))[0])
        found, not_here = await _all(browsers, ids)
        waited = await _together(curator)
        for browser in browsers.values():
            await browser.aclose()
        await database.close()
    found.sort(reverse=True)
    middles = sorted(middle for _, middle, _ in found)
    most, slow = quantiles(middles, n=20)[18], sum(middle > TARGET for middle in middles)
    by_path = {path: middle for _, middle, path in found}
    usual = [by_path[path] for path in USUAL if path in by_path]
    busy = sum(usual) / len(usual) / 1000 * USERS / THINKS
    cuts = quantiles(waited, n=20)
    return [
        Figure(f"{len(found)} pages, {2 * 5000} people: 95 of 100 take at most", f"{most:.0f} ms", f"≤ {TARGET:.0f} ms",
               f"{slow} take more than {TARGET:.0f} ms", f"a bare list of fifty names: {bare:.1f} ms"),
        Figure(f"{USERS} people, a page in {THINKS:.0f} s each, by the clock: p95", f"{cuts[18]:.0f} ms",
               f"≤ {TOGETHER:.0f} ms", f"{len(waited)} pages, p50 {cuts[9]:.0f} ms", f"processor: {busy:.0%} of one core"),
        "processor, ms                                     worst   median   times a bare list of fifty",
        *(f"{path:46}{worst:9.1f}{middle:9.1f}{worst / bare:9.1f}" for worst, middle, path in found
          if worst > TARGET / 4),
        f"not measured, they answer with a file, a piece or a way on: {', '.join(not_here)}",
    ]  # fmt: skip


async def _beside(database: Database) -> dict[str, int]:
    """An account of every role, and one of everything that the many people have not got."""
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        for role in BY[1:]:
            named = "8А" if role is StaffRole.CLASS_TEACHER else ""
            await accounts.add_user(
                Work(session, school, NOW, "cli"), role.value, role, PASSWORD, class_name=named
            )
    return await things(database, school, NOW, owner="curator")


async def _signed_in(application: FastAPI, role: StaffRole) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=application)
    browser = httpx2.AsyncClient(
        transport=transport, base_url=HOST, headers={"Sec-Fetch-Site": "same-origin"}, timeout=None
    )
    answer = await browser.post("/login", data={"login": role.value, "password": PASSWORD})
    assert answer.status_code == 303, role
    return browser


async def _all(browsers: Browsers, ids: dict[str, int]) -> tuple[list[tuple[float, float, str]], list[str]]:
    """Worst and median milliseconds of every page, and the names of what is no page."""
    found, not_here = [], []
    routes = [route for page in PAGES for route in page.router.routes if isinstance(route, APIRoute)]
    opened = [one for one in routes if "GET" in (one.methods or ()) and one.name in RULES]
    wanted = [(one.name, _addresses(one.path, ids)) for one in opened if not one.name.endswith("-file")]
    for name, paths in [*wanted, *(("", (path,)) for path in NARROWED)]:
        role = next((role for role in BY if not name or may(role, name)), None)
        for path in paths if role else ():
            took, answer = await _took(browsers[role], path)
            if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                found.append((max(took), median(took), path))
                break
        else:
            not_here.append(name)
    return found, not_here


def _addresses(path: str, ids: dict[str, int]) -> tuple[str, ...]:
    for name, value in WORDS.items():
        path = path.replace("{" + name + "}", value)
    return tuple(dict.fromkeys((filled(path, ids | LONG), filled(path, ids))))


async def _took(browser: httpx2.AsyncClient, path: str) -> tuple[list[float], httpx2.Response]:
    """Milliseconds of processor time of each answer after the first, and the last answer."""
    took = []
    for _ in range(ROUNDS + 1):
        start = time.process_time()
        answer = await browser.get(path)
        took.append((time.process_time() - start) * 1000)
        if answer.status_code != 200:
            break
    return took[1:], answer


async def _together(browser: httpx2.AsyncClient) -> list[float]:
    """Milliseconds that fifty people have waited for their pages, by the clock; each reads before the next click."""
    chance, waited = random.Random(6), []

    async def reads() -> None:
        await asyncio.sleep(chance.uniform(0, THINKS))
        ends = time.perf_counter() + LASTS
        while time.perf_counter() < ends:
            start = time.perf_counter()
            await browser.get(chance.choice(USUAL))
            waited.append((time.perf_counter() - start) * 1000)
            await asyncio.sleep(chance.uniform(THINKS / 2, THINKS * 3 / 2))

    await asyncio.gather(*(reads() for _ in range(USERS)))
    return waited


def add_bare(application: FastAPI, database: Database) -> None:
    """A page of fifty names at /bare, without anything of ours around it."""

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
