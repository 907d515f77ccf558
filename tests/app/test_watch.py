"""A broken channel is told within five minutes, in words, and goes on by itself once it works again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from actions import upkeep
from app import health
from app.wiring import House, build
from program.channels import Channel
from storage.database import Database
from storage.tables import OutboxRow, School
from tests import build as rows
from tests.app.test_doctor import settings
from tests.worlds.telegram_world import TelegramWorld
from tests.worlds.vk_world import VkWorld


@dataclass
class Clock:
    now: datetime = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Watched:
    house: House
    clock: Clock
    telegram: TelegramWorld
    vk: VkWorld

    async def faults(self) -> list[str]:
        async with self.house.database.reading() as session:
            return [one.text.id for one in await upkeep.faults(session, self.clock())]


@pytest.fixture
async def watched(tmp_path: Path, database: Database, school: School) -> AsyncIterator[Watched]:
    async with TelegramWorld() as telegram, VkWorld() as vk:
        given = settings(
            tmp_path,
            TELEGRAM__TOKEN=telegram.token,
            TELEGRAM__API_URL=telegram.url,
            VK__TOKEN=vk.token,
            VK__GROUP_ID=str(vk.group_id),
            VK__API_URL=vk.url,
        )
        clock = Clock()
        house = await build(given, database, clock)
        house.watch._since = clock()  # as in the part that listens
        yield Watched(house, clock, telegram, vk)
        for door in house.doors:
            await door.messenger.close()


async def test_all_is_well_until_a_token_is_refused_and_again_when_it_is_not(watched: Watched) -> None:
    house = watched.house
    await house.watch.look()
    assert await watched.faults() == []
    token, watched.telegram.token = watched.telegram.token, "1:another"
    await house.watch.look()
    assert await watched.faults() == ["upkeep-telegram-token"]
    lane = next(one for one in house.sender.lanes if one.messenger.channel is Channel.TELEGRAM)
    lane.stopped = "Unauthorized"
    watched.telegram.token = token
    await house.watch.look()
    assert await watched.faults() == []
    assert lane.stopped == ""


async def test_messages_switched_off_in_the_community_are_named(watched: Watched) -> None:
    watched.vk.can_message = 0
    await watched.house.watch.look()
    assert await watched.faults() == ["upkeep-vk-messages-off"]


async def test_who_hears_nothing_for_two_minutes_and_who_is_gone_for_four_are_told_of(
    watched: Watched,
) -> None:
    house, clock = watched.house, watched.clock
    await house.watch.look()
    clock.now += timedelta(minutes=3)
    await house.watch.look(ask=False)
    assert await watched.faults() == ["upkeep-telegram-unheard", "upkeep-vk-unheard"]
    clock.now += timedelta(minutes=5)  # nobody looks any more: the part that listens has ended
    assert await watched.faults() == ["upkeep-telegram-unattended", "upkeep-vk-unattended"]


async def test_who_only_stands_by_leaves_the_word_to_whoever_polls(watched: Watched) -> None:
    house, clock = watched.house, watched.clock
    await house.watch.look(ask=False)
    clock.now += timedelta(minutes=3)
    await house.watch.look(ask=False)
    heard = ["upkeep-telegram-unheard", "upkeep-vk-unheard"]
    assert await watched.faults() == heard
    for door in house.doors:
        if door.inbox is not None:
            door.inbox.polled_at, door.inbox.stands_by = clock(), True
    await house.watch.look(ask=False)
    assert await watched.faults() == heard


async def test_a_part_without_a_bot_measures_how_long_nobody_polls(watched: Watched) -> None:
    async def told() -> dict[str, float]:
        lines = (await health.gauges(watched.house)).decode().splitlines()
        return {
            line.split('"')[1]: float(line.split()[-1])
            for line in lines
            if line.startswith("nastavnik_polled_seconds{")
        }

    house, clock = watched.house, watched.clock
    assert await told() == {}
    await house.watch.look(ask=False)  # the platforms have not answered yet
    clock.now += timedelta(minutes=1)
    await house.watch.look(ask=False)
    assert await told() == {"telegram": 60.0, "vk": 60.0}
    for door in house.doors:
        if door.inbox is not None:
            door.inbox.polled_at = clock()
    await house.watch.look(ask=False)
    for door in house.doors:  # this process knows nothing of itself any more: another one is asked
        if door.inbox is not None:
            door.inbox.polled_at = None
    clock.now += timedelta(minutes=4)
    house.listens = False
    assert await told() == {"telegram": 240.0, "vk": 240.0}


async def test_a_message_that_nobody_takes_while_nothing_gets_through_is_a_fault(
    watched: Watched, school: School
) -> None:
    clock = watched.clock
    async with watched.house.database.transaction() as session:
        human = rows.person(school)
        session.add(human)
        await session.flush()
        session.add(
            OutboxRow(
                school_id=school.id, key="k", kind="notice", priority=5, person_id=human.id,
                channel=Channel.VK, account="default", address="5", lane="vk:default:5", body={"texts": []},
                created_at=clock(), due_at=clock(), first_tried_at=clock(), error="away", attempts=2,
            )
        )  # fmt: skip
    await watched.house.watch.look(ask=False)
    assert await watched.faults() == []
    clock.now += timedelta(minutes=5)
    for door in watched.house.doors:
        if door.inbox is not None:
            door.inbox.polled_at = clock()
    await watched.house.watch.look(ask=False)
    assert await watched.faults() == ["upkeep-vk-stuck"]


async def test_a_fault_keeps_its_beginning(watched: Watched) -> None:
    watched.vk.can_message = 0
    await watched.house.watch.look()
    began = watched.clock()
    watched.clock.now += timedelta(minutes=1)
    await watched.house.watch.look()
    async with watched.house.database.reading() as session:
        (fault,) = await upkeep.faults(session, watched.clock())
    assert fault.since == began
