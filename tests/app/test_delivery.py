"""Both ways in which platforms hand over what people write, the whole way over HTTP, and turning from one to the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from app.start import running
from app.wiring import House
from bot.hooks import LONGEST
from storage.database import Database
from storage.tables import School, SeenEvent
from tests.app.test_start import a_house, free_port
from tests.bot.wires import until
from tests.conftest import rows
from tests.worlds import TelegramWorld, VkWorld

ANYA, OLEG = 1001, 1002
SECRET = "a-Secret_0123456789"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@dataclass
class Village:
    """Two worlds and a school that runs on a real port, in one mode or the other."""

    database: Database
    folder: Path
    telegram: TelegramWorld
    vk: VkWorld

    @asynccontextmanager
    async def school(self, *, posted: bool) -> AsyncIterator[House]:
        """Args:
        posted: the platforms post to us; else we ask them.
        """
        port = free_port()
        given = {
            "ADMIN__PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM__TOKEN": self.telegram.token,
            "TELEGRAM__API_URL": self.telegram.url,
            "TELEGRAM__MODE": "webhook" if posted else "polling",
            "TELEGRAM__WEBHOOK_SECRET": SECRET,
            "VK__TOKEN": self.vk.token,
            "VK__GROUP_ID": str(self.vk.group_id),
            "VK__API_URL": self.vk.url,
            "VK__MODE": "callback" if posted else "long_poll",
            "VK__SECRET": SECRET,
        }
        house = await a_house(self.database, self.folder, **given)
        async with running(house, {"bot", "admin"}):
            yield house

    async def confirmed(self) -> None:
        await until(lambda: bool(self.telegram.webhook), 20)
        await until(lambda: [one["status"] for one in self.vk.servers.values()] == ["ok"], 20)
        await until(lambda: all(one["events"] for one in self.vk.servers.values()), 20)

    async def heard(self) -> int:
        return len(await rows(self.database, SeenEvent))


@pytest.fixture
async def village(database: Database, school: School, tmp_path: Path) -> AsyncIterator[Village]:
    async with TelegramWorld() as telegram, VkWorld() as vk:
        telegram.plain_http = True
        yield Village(database, tmp_path, telegram, vk)
        assert (telegram.violations, vk.violations) == ([], [])


async def test_posted_repeated_reordered_and_forged_events_over_the_network(village: Village) -> None:
    telegram, vk = village.telegram, village.vk
    async with village.school(posted=True):
        await village.confirmed()
        telegram.starts(ANYA)
        vk.starts(OLEG)
        first = list(telegram.pending)
        assert await telegram.deliver() == [200]
        assert await vk.deliver() == [(200, "ok")]
        await until(lambda: len(telegram.chat(ANYA)) > 1 and len(vk.chat(OLEG)) > 1, 20)
        assert await village.heard() == 2

        telegram.pending += first
        assert await telegram.deliver() == [200]
        assert await vk.deliver() == [(200, "ok")]
        assert await village.heard() == 2, "a repeat does nothing"

        for words in ("меню", "помощь"):
            telegram.says(ANYA, words)
        telegram.pending.reverse()
        assert await telegram.deliver() == [200, 200]
        assert await village.heard() == 4, "in another order, too, each is heard once"

        telegram.says(ANYA, "меню")
        vk.says(OLEG, "меню")
        assert await telegram.deliver(**{"X-Telegram-Bot-Api-Secret-Token": "wrong"}) == [404]
        assert await telegram.deliver(**{"X-Other": "1"}) == [404]
        for forged in ({"secret": "wrong"}, {"secret": None}, {"group_id": 5}):
            assert {status for status, _ in await vk.deliver(**forged)} == {404}
        async with httpx2.AsyncClient() as outside:
            large = b'{"a":"' + b"x" * LONGEST + b'"}'
            (server,) = vk.servers.values()
            for body, status in ((large, 413), (b"{", 400), (b"[]", 400)):
                for url in (telegram.webhook, server["url"]):
                    answer = await outside.post(url, content=body, headers=HEADER)
                    assert (answer.status_code, answer.content) == (status, b"")
        assert await village.heard() == 4, "nothing of it was heard"


async def test_what_was_posted_in_vain_is_heard_at_the_next_start_and_only_then(village: Village) -> None:
    vk = village.vk
    vk.says(OLEG + 1, "когда собрание?")  # before the programme was connected: not for it
    async with village.school(posted=True):
        await village.confirmed()
        vk.starts(OLEG)
        await vk.deliver()
        await until(lambda: len(vk.chat(OLEG)) > 1, 20)
        assert vk.calls["messages.getConversations"] == 0
        before = await village.heard()
    vk.fail("500", method="messages.getHistory", times=1)
    said = len(vk.chat(OLEG))
    vk.says(OLEG, "меню")
    async with village.school(posted=True):
        await until(lambda: len(vk.chat(OLEG)) > said + 1, 20)
        await vk.deliver()
        assert await village.heard() == before + 1, "posted once more after all, and heard once"


async def test_turning_between_the_two_ways_takes_a_start(village: Village) -> None:
    telegram, vk = village.telegram, village.vk
    for _ in range(2):
        async with village.school(posted=True):
            await village.confirmed()
            assert len(vk.servers) == 1
        polls = vk.calls["a_check"]
        async with village.school(posted=False):
            await until(lambda: not telegram.webhook and not vk.servers, 20)
            await until(lambda at=polls: vk.calls["a_check"] > at, 20)
            before = await village.heard()
            telegram.says(ANYA, "меню")
            vk.says(OLEG, "меню")
            async with asyncio.timeout(20):
                while await village.heard() < before + 2:  # noqa: ASYNC110 - it comes over HTTP
                    await asyncio.sleep(0.02)
