"""A mailing in a test: many readers at once, and a clock that runs faster than ours."""

from __future__ import annotations

import asyncio
import time
from datetime import datetime, timedelta

from sqlalchemy import insert

from actions import mailings
from actions.work import Work
from bot.pace import Pace
from program.channels import Channel
from program.outgoing import Message
from program.states import NewsStatus
from program.text import raw
from storage.database import Database
from storage.tables import Address, NewsItem, Person, School
from tests import build
from tests.worlds import TelegramWorld, VkWorld
from tests.worlds.wire import Seen

FIRST = 5_001  # the address of the first reader


class Running:
    """A clock that goes on by itself, so many times faster; paces wait by it."""

    def __init__(self, now: datetime, times: float = 15.0) -> None:
        self._now, self._times, self._began = now, times, time.monotonic()

    def __call__(self) -> datetime:
        return self._now + timedelta(seconds=self.seconds())

    def seconds(self) -> float:
        return (time.monotonic() - self._began) * self._times

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self._times)

    def pace(self, rate: float, cap: int) -> Pace:
        return Pace(rate, 5, each=0.0, cap=cap, clock=self.seconds, sleep=self.sleep)


async def readers(
    database: Database, school: School, channel: Channel, count: int, world: TelegramWorld | VkWorld
) -> list[int]:
    """So many people who have written to us; returns their addresses."""
    users = list(range(FIRST, FIRST + count))
    async with database.transaction() as session:
        people = [build.person(school, f"Имя{user}", "Котова") for user in users]
        session.add_all(people)
        await session.flush()
        lines = [
            {
                "school_id": school.id, "person_id": person.id, "channel": channel, "account": "default",
                "address": str(user), "used_at": school.created_at,
            }
            for person, user in zip(people, users, strict=True)
        ]  # fmt: skip
        await session.execute(insert(Address), lines)
    for user in users:
        world.chats[user] = [Seen(1, "Здравствуйте", mine=True)]
        if isinstance(world, VkWorld):
            world.allowed.add(user)
    return users


async def publish(
    database: Database, school: School, now: datetime, words: str = "Новость", photos: tuple[int, ...] = ()
) -> int:
    """A mailing to everybody; returns the id of its news item."""
    async with database.transaction() as session:
        item = NewsItem(
            school_id=school.id,
            title=words,
            body=words,
            status=NewsStatus.PUBLISHED,
            created_at=now,
            published_at=now,
        )
        session.add(item)
        await session.flush()
        work = Work(session, await session.merge(school, load=False), now)
        await mailings.begin(
            work, item.id, Message((raw(words),), photos=photos), Person.school_id == school.id
        )
    return item.id


def got(world: TelegramWorld | VkWorld, user: int) -> list[str]:
    return [seen.text for seen in world.chat(user) if not seen.mine]
