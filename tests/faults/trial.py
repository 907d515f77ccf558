"""Lives under one kind of fault after the other, on one ground; what they have cost goes into a book."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count as numbers
from pathlib import Path
from typing import Any

from storage.database import Database, sqlite_url
from tests.faults.births import Nursery
from tests.faults.count import Cost, count
from tests.faults.house import House
from tests.faults.life import BEGINS, HOURS, Life, Told, make_school
from tests.faults.misfortunes import Misfortune
from tests.faults.streets import Telegram, Vk

BOOK = os.environ.get("NASTAVNIK_TEST_FAULTS_BOOK", "")
KILLS = int(os.environ.get("NASTAVNIK_TEST_KILLS", "0"))
PARTS = ("bot", "scheduler")


@dataclass
class Ground:
    """Where lives are lived.

    Args:
        place: a folder for all of them.
        expected: what the unharmed life said, by its hours.
    """

    place: Path
    nursery: Nursery
    expected: list[Told] = field(default_factory=list)
    begins: datetime = BEGINS
    hours: Sequence[float] = HOURS
    _number: Any = field(default_factory=lambda: numbers(1))

    @property
    def mould(self) -> Path:
        return self.place / "mould"

    async def prepare(self, zone: str = "Asia/Omsk") -> None:
        """Makes the school, and has its life lived once unharmed."""
        self.mould.mkdir(parents=True)
        database = Database(sqlite_url(self.mould / "nastavnik.db"))
        await make_school(database, zone, self.begins)
        await database.close()
        async with self.life(noted=True) as life, life.house.kept():
            self.expected = await life.live()
            assert await life.house.end() == 0

    @asynccontextmanager
    async def life(self, nursery: Nursery | None = None, **how: Any) -> AsyncIterator[Life]:
        """A new one, ready to begin."""
        place = self.place / f"life{next(self._number)}"
        place.mkdir()
        async with Telegram() as telegram, Vk() as vk:
            mould = None if how.get("database_url") else self.mould
            house = House(
                place,
                telegram,
                vk,
                nursery=nursery or self.nursery,
                **({"parts": PARTS, "noted": False} | how),
            )
            life = Life(house, telegram, vk, self.begins, self.hours)
            life.open(mould)
            try:
                yield life
            finally:
                house.close()

    async def lived(self, kind: str, *faults: Misfortune, **how: Any) -> Cost:
        """One life under each of the faults; what they have cost together, written into the book.

        Raises AssertionError with everything that must never be.
        """
        cost = Cost()
        for fault in faults:
            async with self.life(**how) as life:
                one = await self._under(life, fault)
            cost += one
            note(kind, one)
            assert not one.wrong, "\n".join([kind, *one.wrong[:20], life.house.log[-2000:]])
        return cost

    async def _under(self, life: Life, fault: Misfortune) -> Cost:
        async with life.house.kept():
            late = []
            try:
                async with fault(life):
                    await life.live(self.expected)
                await life.all_is_sent()
            except TimeoutError:
                late.append("no end: something never came")
            assert late or await life.house.end() == 0
        cost = await count(life, self.expected[-1])
        cost.wrong[:0] = late
        return cost


def note(kind: str, cost: Cost) -> None:
    if BOOK:
        with Path(BOOK).open("a", encoding="utf-8") as book:
            book.write(json.dumps({"kind": kind} | asdict(cost), ensure_ascii=False) + "\n")
