"""Pages of settings, cards and days are turned in one message; what matters stays in the chat. Source: ux.md B18, B19."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count

import pytest
from sqlalchemy import update

from bot.front import Front
from bot.messenger import Heard, Incoming
from bot.sender import Sender
from bot.telegram.update import read_update
from bot.vk.update import read_event
from program.channels import Channel
from program.roles import Category
from storage.database import Database
from storage.tables import Address, OutboxRow, School
from tests import build
from tests.bot.post import LINKS, unsent
from tests.bot.wires import WIRES, Wire
from tests.conftest import rows
from tests.pairs import couple
from tests.worlds import TelegramWorld, VkWorld
from tests.worlds.wire import Seen

USER = 1001
CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK])
_updates = count(1)


@dataclass
class Table:
    """Somebody with a phone, the platform and the house, an event at a time."""

    database: Database
    now: datetime
    wire: Wire
    sender: Sender

    async def says(self, words: str) -> None:
        self.wire.world.says(USER, words)
        await self._goes_through()

    async def presses(self, label: str) -> None:
        self.wire.world.presses(USER, label)
        await self._goes_through()

    @property
    def ours(self) -> list[Seen]:
        return [seen for seen in self.wire.world.chat(USER) if not seen.mine]

    async def _goes_through(self) -> None:
        world = self.wire.world
        if isinstance(world, TelegramWorld):
            raw, world.pending = world.pending, []
            heard = [read_update(one, "default", self.now) for one in raw]
        else:
            raw, world.events = world.events, []
            heard = [read_event(one | {"event_id": f"{next(_updates)}"}, "default", self.now) for one in raw]
        front = Front(self.database, lambda: self.now, unsent(self.database, lambda: self.now))
        for event in heard:
            if event is not None:
                await front.receive(event)
        await self.sender.drain()


@asynccontextmanager
async def seated(database: Database, now: datetime, channel: Channel) -> AsyncIterator[Table]:
    async with WIRES[channel]() as wire:
        if isinstance(wire.world, VkWorld):
            wire.world.long_poll = True
            wire.world.kinds = dict.fromkeys(wire.world.kinds, 1)
        yield Table(database, now, wire, Sender(database, lambda: now, LINKS, [wire.messenger]))
        assert wire.world.violations == []


@CHANNELS
async def test_a_tour_of_the_settings_adds_one_message(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        person = build.person(school, category=Category.TEACHER)
        session.add(person)
        await session.flush()
        session.add(build.address(person, channel, str(USER)))
    async with seated(database, now, channel) as table:
        await table.says("настройки")
        (page,) = table.ours
        for label in (
            "Язык",
            "Русский",
            "Пауза в сообщениях",
            "Пауза не нужна",
            "Другой мессенджер",
            "Настройки",
        ):
            await table.presses(label)
        assert [seen.id for seen in table.ours] == [page.id]
        assert "Что настроим?" in page.text
        assert page.edited >= 6
        await table.says("настройки")
        assert len(table.ours) == 2, "asked for again it stands below, where the reader looks"


@CHANNELS
async def test_days_and_hours_are_picked_in_one_message_and_what_is_agreed_is_a_new_one(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, school, starts_on=now.date())
        moved = update(Address).where(Address.person_id == ids.mentor)
        await session.execute(moved.values(channel=channel, address=str(USER)))
    async with seated(database, now, channel) as table:
        await table.says("моя пара")
        before = len(table.ours)
        await table.presses("Назначить встречу")
        assert len(table.ours) == before + 1, "the pair's card stays"
        for _ in range(2):  # a day, an hour
            await table.presses(table.ours[-1].labels[0])
        assert len(table.ours) == before + 1
        await table.presses("Один раз" if "Один раз" in table.ours[-1].labels else "Хватит")
        await table.presses(table.ours[-1].labels[0])
        await table.says("Кабинет 214")
        assert len(table.ours) == before + 2, "words stand between: the question comes below them"
        picked = table.ours[-1]
        await table.presses("Отправить")
        assert table.ours[-1].id != picked.id
        assert "Отправить" not in table.ours[-1].labels


async def test_a_client_of_vk_that_cannot_press_silently_gets_buttons_of_words(
    database: Database, school: School, now: datetime
) -> None:
    async with seated(database, now, Channel.VK) as table:
        world = table.wire.world
        assert isinstance(world, VkWorld)
        world.says(USER, "помощь")
        world.events[-1]["object"]["client_info"] = {
            "button_actions": ["text", "open_link"],
            "keyboard": True,
        }
        await table._goes_through()
        world.says(USER, "что такое")
        world.events[-1]["object"]["client_info"] = {"button_actions": ["text"], "keyboard": True}
        await table._goes_through()
        kinds = {key.kind for seen in table.ours for row in seen.rows for key in row}
        kinds |= {key.kind for row in world.lower.get(USER, ([], False))[0] for key in row}
        assert kinds <= {"text", "open_link"}
        await table.says("что такое")
        assert {key.kind for row in table.ours[-1].rows for key in row} == {"callback"}


async def test_a_button_of_a_message_that_is_no_page_leaves_it_where_it_is(
    database: Database, school: School, now: datetime
) -> None:
    front = Front(database, lambda: now, unsent(database, lambda: now))
    for number, data in enumerate(("f:settings", "f:settings~")):
        await front.receive(
            Incoming(Channel.TELEGRAM, str(USER), f"{number}", Heard.PRESS, now, data=data, message="77")
        )
    assert [row.body.get("over", "") for row in await rows(database, OutboxRow)] == ["", "77"]  # type: ignore[attr-defined]


@CHANNELS
async def test_ticks_are_set_in_one_message_with_their_count_and_limit(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    """In VK no more than four stand there at once; all of them are in the text, and a press says no word."""
    async with database.transaction() as session:
        ids = await couple(session, school, starts_on=now.date())
        moved = update(Address).where(Address.person_id == ids.mentor)
        await session.execute(moved.values(channel=channel, address=str(USER)))
    async with seated(database, now, channel) as table:
        table.wire.world.says(USER, "план")
        await table._goes_through()
        await table.presses("Составить план")
        for _ in range(2):
            await table.presses(table.ours[-1].labels[0])
        asked = table.ours[-1]
        assert "Готово (0)" in asked.labels
        assert "Можно выбрать" in asked.text
        before = len(table.wire.world.chat(USER))
        for number in (0, 1):
            await table.presses(asked.labels[number])
        if channel is Channel.VK:
            await table.presses("Другие ответы")
            await table.presses(table.ours[-1].labels[0])
            await table.presses("Другие ответы")
            assert "Готово (3)" in table.ours[-1].labels
            assert table.ours[-1].text.count("✓") == 3
            await table.presses(table.ours[-1].labels[0])
        assert len(table.wire.world.chat(USER)) == before
        assert "Готово (2)" in table.ours[-1].labels
        assert [label for label in table.ours[-1].labels if label.startswith("✓")]
        await table.says("1 3")
        assert "Вопрос 4 из" in table.ours[-1].text
