"""«Найти» among 10,000 people and 2,500 pairs, beside reading every name and comparing in Python."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import quantiles

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from admin.finding import pages
from benchmarks._figures import Figure, Line, times
from benchmarks._pool import NOW, YEAR
from locales import Texts
from program.finding import parts
from program.names import folded
from program.roles import Side, StaffRole
from program.states import PairStatus, ParticipationStatus
from storage import finding, migrate
from storage.database import Database, sqlite_url
from storage.tables import Pair, PairMember, Participation, Person, School

PEOPLE, PAIRS, ROUNDS = 10_000, 2_500, 60
# A surname, a part of one, two words, a class, a phone, nobody, and a letter that half of them have.
TYPED = ("котова17", "ова12", "илья котова9", "8а", "+7 916 000 12 34", "нетникого", "а")


async def run() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(sqlite_url(Path(folder) / "bench.db"))
        await migrate.to_head(database)
        async with database.transaction() as session:
            school = await _furnish(session)
        texts = Texts()

        async def ours(words: str) -> int:
            async with database.reading() as session:
                sought = parts(words)
                people = await finding.people(session, school, sought, limit=7)
                pairs = await finding.pairs(session, school, sought, limit=7)
            return len(people) + len(pairs) + len(pages(StaffRole.CURATOR, words, texts))

        async def scan(words: str) -> int:
            """Names are folded and compared in Python, as one does without a column for it."""
            async with database.reading() as session:
                rows = (
                    await session.execute(
                        select(
                            Person.id, Person.last_name, Person.first_name, Person.class_name, Person.phone
                        ).where(Person.school_id == school)
                    )
                ).all()
                wanted = folded(words).split()
                return sum(all(one in folded(" ".join(row[1:])) for one in wanted) for row in rows)

        mine, naive = await _measure(ours), await _measure(scan)
        await database.close()
    return [
        Figure(f"{name}: people, pairs and pages, beside people only, read and compared in Python", times(one, other), "",
               f"{one:.1f} ms", f"{other:.1f} ms")
        for name, one, other in zip(("p50", "p95"), mine, naive, strict=True)
    ]  # fmt: skip


async def _furnish(session: AsyncSession) -> int:
    school = School(slug="first", name="Школа", timezone="Europe/Moscow", is_default=True, created_at=NOW)
    session.add(school)
    await session.flush()
    own = {"school_id": school.id, "created_at": NOW}
    await session.execute(
        insert(Person),
        [
            own
            | {
                "id": n,
                "state": "active",
                "last_name": f"{('Котова', 'Ветров', 'Ким')[n % 3]}{n // 100}",
                "first_name": ("Алёна", "Илья", "Мария")[n % 7 % 3],
                "class_name": f"{n % 11 + 1}{'АБВГ'[n % 4]}",
                "phone": f"+7916{n:07}",
            }
            for n in range(1, PEOPLE + 1)
        ],
    )
    side = {False: Side.MENTEE, True: Side.MENTOR}
    inside = range(1, 2 * PAIRS + 1)  # one after the other, a mentor and a mentee
    place = {"form": "uch_uch", "year": YEAR, "status": ParticipationStatus.PAIRED}
    await session.execute(
        insert(Participation),
        [own | place | {"id": n, "person_id": n, "side": side[n % 2 == 1]} for n in inside],
    )
    await session.execute(
        insert(Pair),
        [
            own | {"id": n, "year": YEAR, "form": "uch_uch", "status": PairStatus.ACTIVE}
            for n in range(1, PAIRS + 1)
        ],
    )
    await session.execute(
        insert(PairMember),
        [
            {"school_id": school.id, "pair_id": (n + 1) // 2, "person_id": n, "participation_id": n}
            | {"side": side[n % 2 == 1], "joined_at": NOW}
            for n in inside
        ],
    )
    return school.id


async def _measure(work: Callable[[str], Awaitable[int]]) -> tuple[float, float]:
    """(median ms, 95th percentile ms)."""
    took = []
    for round_ in range(ROUNDS + 3):
        for words in TYPED:
            start = time.perf_counter()
            await work(words)
            if round_ >= 3:
                took.append((time.perf_counter() - start) * 1000)
    cuts = quantiles(took, n=100)
    return cuts[49], cuts[94]
