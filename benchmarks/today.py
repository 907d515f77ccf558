"""«Сегодня» in a base of ten thousand people with a season behind them: how long the server takes for the page."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx2
from sqlalchemy import insert, update

from actions import accounts
from actions.collecting import seldom
from actions.links import Links
from actions.work import Work
from admin.application import build
from benchmarks._figures import Figure, Line
from benchmarks._pool import FORM, NOW, YEAR, furnish
from benchmarks.admin import add_bare
from program.channels import Channel
from program.roles import PersonState, Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, ParticipationStatus
from storage import schools
from storage.database import Database, sqlite_url
from storage.tables import Address, Meeting, OutboxRow, Pair, PairMember, Participation, Person

MENTEES, MENTORS = 3_500, 1_500  # and a parent for each
PAIRS, PENDING = 1_200, 300
TURNS, WARM = 40, 5
HOST, PASSWORD = "http://127.0.0.1:8000", "длинная фраза для входа"


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await furnish(database, MENTEES, MENTORS)
        await _season(database)
        links = Links(HOST, "secret", telegram_bot="bot")
        application = build(database, lambda: NOW, links, secure_cookies=False, wake=lambda: None)
        add_bare(application, database)
        transport = httpx2.ASGITransport(app=application)
        browser = httpx2.AsyncClient(
            transport=transport, base_url=HOST, headers={"Sec-Fetch-Site": "same-origin"}
        )
        await browser.post("/login", data={"login": "anna", "password": PASSWORD})
        for _ in range(WARM):
            await _asked(browser, "/")
        seldom()  # as a process that serves
        cpu = time.process_time()
        took = [await _asked(browser, "/") for _ in range(TURNS)]
        cpu = (time.process_time() - cpu) * 1000 / TURNS
        bare = [await _asked(browser, "/bare") for _ in range(TURNS)]
        await browser.aclose()
        await database.close()
    cuts, beside = quantiles(took, n=20), quantiles(bare, n=20)
    people = 2 * (MENTEES + MENTORS)
    return [
        Figure(f"«Сегодня», {people:,} people, {PAIRS:,} pairs: 95 of 100 take at most", f"{cuts[18]:.0f} ms", "≤ 200 ms",
               f"p50 {cuts[9]:.0f} ms, {cpu:.0f} ms of processor", f"a bare list of fifty names: {beside[18]:.1f} ms"),
    ]  # fmt: skip


async def _asked(browser: httpx2.AsyncClient, path: str) -> float:
    begun = time.perf_counter()
    answer = await browser.get(path)
    assert answer.status_code == 200, answer.text[:500]
    return (time.perf_counter() - begun) * 1000


async def _season(database: Database) -> None:
    """Pairs at work with their meetings, people who wait, messages of half a year."""
    rng = random.Random(1)
    async with database.transaction() as session:
        school = await schools.default(session)
        assert school is not None
        await accounts.add_user(Work(session, school, NOW, "cli"), "anna", StaffRole.CURATOR, PASSWORD)
        pairs, members, meetings = _pairs(school.id, rng)
        for table, rows in (
            (Pair, pairs),
            (PairMember, members),
            (Meeting, meetings),
            (Address, _addresses(school.id)),
            (OutboxRow, _messages(school.id)),
        ):
            for start in range(0, len(rows), 5_000):
                await session.execute(insert(table), rows[start : start + 5_000])
        paired = Participation.person_id.in_(
            [one["person_id"] for one in members if one["side"] == Side.MENTEE]
        )
        await session.execute(update(Participation).where(paired).values(status=ParticipationStatus.PAIRED))
        waits = Participation.person_id.between(MENTEES - PENDING, MENTEES)
        pending = ParticipationStatus.CONSENT_PENDING
        await session.execute(update(Participation).where(waits).values(status=pending))
        listed = Person.id.between(MENTEES - 2 * PENDING, MENTEES - PENDING)
        await session.execute(update(Person).where(listed).values(state=PersonState.INVITED))


def _pairs(school: int, rng: random.Random) -> tuple[list[Any], list[Any], list[Any]]:
    pairs, members, meetings = [], [], []
    for key in range(1, PAIRS + 1):
        waits = key % 60 == 0
        status = PairStatus.SUGGESTED if waits else PairStatus.ACTIVE
        pairs.append(
            {
                "id": key, "school_id": school, "year": YEAR, "form": FORM, "status": status, "score": 80,
                "reasons": {}, "created_at": NOW, "starts_on": None if waits else NOW.date() - timedelta(days=40),
            }
        )  # fmt: skip
        for person, side in ((MENTEES + key, Side.MENTOR), (key, Side.MENTEE)):
            members.append(
                {
                    "school_id": school, "pair_id": key, "person_id": person, "participation_id": person,
                    "side": side, "joined_at": NOW,
                }
            )  # fmt: skip
        for n in range(0 if waits else 12):
            at = NOW - timedelta(days=7 * n - 3, hours=rng.randint(0, 5))
            held = MeetingStatus.HELD if at < NOW and rng.random() > 0.05 else MeetingStatus.CONFIRMED
            meetings.append(
                {
                    "school_id": school, "pair_id": key, "kind": MeetingKind.M4, "status": held,
                    "proposed_by": key, "starts_at": at, "format": MeetingFormat.OFFLINE, "place": "библиотека",
                    "uid": f"{key}-{n}", "created_at": NOW,
                }
            )  # fmt: skip
    return pairs, members, meetings


def _addresses(school: int) -> list[Any]:
    return [
        {
            "school_id": school, "person_id": person, "channel": Channel.VK, "account": "default",
            "address": str(person), "used_at": NOW,
            "unreachable_since": NOW if person % 150 == 0 else None, "unreachable_reason": "",
        }
        for person in range(1, MENTEES + MENTORS)
    ]  # fmt: skip


def _messages(school: int) -> list[Any]:
    return [
        {
            "school_id": school, "key": f"m{n}", "kind": "notice", "priority": 5, "person_id": n % MENTEES + 1,
            "channel": Channel.VK, "account": "default", "address": str(n % MENTEES + 1),
            "lane": f"vk:default:{n % MENTEES + 1}", "body": {"texts": []},
            "created_at": NOW - timedelta(days=n % 180), "due_at": NOW - timedelta(days=n % 180),
            "sent_at": None if n % 500 == 0 else NOW - timedelta(days=n % 180),
            "dropped": "unreachable" if n % 500 == 0 else "",
        }
        for n in range(40_000)
    ]  # fmt: skip
