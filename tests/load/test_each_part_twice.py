"""A region's six processes on one PostgreSQL: two bots, two schedulers, two admins; both messengers post what they hear.

Who takes an event and who answers it are different processes, and any of them may be killed.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest

from program.channels import Channel
from storage import migrate
from storage.database import Database
from storage.tables import Person, SeenEvent
from tests import both, build
from tests.conftest import rows
from tests.load.parts import READY, Part, until
from tests.worlds import TelegramWorld, VkWorld

pytestmark = [pytest.mark.postgres, pytest.mark.faults]

HOOK_SECRET, VK_SECRET = "of-the-webhook", "of-the-callback"
KINDS = ("bot", "scheduler", "admin")
AFTER = (0.0, 0.02, 0.05, 0.1)  # seconds after an event was posted at which whoever takes it is killed


@pytest.fixture
async def worlds() -> AsyncIterator[tuple[TelegramWorld, VkWorld]]:
    async with TelegramWorld() as telegram, VkWorld() as vk:
        telegram.plain_http = True
        yield telegram, vk
        assert telegram.violations == []
        assert vk.violations == []


@pytest.fixture
async def six(tmp_path: Path, worlds: tuple[TelegramWorld, VkWorld]) -> AsyncIterator[dict[str, list[Part]]]:
    """The messengers know the first admin by name; the database has no tables yet."""
    telegram, vk = worlds
    url = both.server()
    await both._renewed(url.rpartition("/")[2], "template0")
    settings = {
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API_URL": telegram.url,
        "TELEGRAM__MODE": "webhook",
        "TELEGRAM__WEBHOOK_SECRET": HOOK_SECRET,
        "VK__TOKEN": vk.token,
        "VK__GROUP_ID": str(vk.group_id),
        "VK__API_URL": vk.url,
        "VK__MODE": "callback",
        "VK__SECRET": VK_SECRET,
    }
    parts = {kind: [Part(tmp_path, f"{kind}-{n}", kind, url, **settings) for n in range(2)] for kind in KINDS}
    for part in _all(parts):
        part.told(PUBLIC_URL=f"http://127.0.0.1:{parts['admin'][0].port}")
    yield parts
    for part in _all(parts):
        part.close()


def _all(six: dict[str, list[Part]]) -> Iterator[Part]:
    for parts in six.values():
        yield from parts


async def test_each_part_twice_hears_answers_and_goes_on_when_any_is_killed(
    six: dict[str, list[Part]], worlds: tuple[TelegramWorld, VkWorld]
) -> None:
    telegram, vk = worlds
    for part in _all(six):
        part.start()
    await until(lambda: all(part.has_started() for part in _all(six)), READY)
    database = Database(both.server())
    try:
        assert await migrate.is_at_head(database)
        async with database.transaction() as session:
            session.add(build.school())
        await until(lambda: [one["status"] for one in vk.servers.values()] == ["ok"], READY)
        assert telegram.webhook.endswith("/telegram/webhook")
        await _heard_by_both_admins(six["admin"], vk)
        assert len(await rows(database, Person)) == len(await rows(database, SeenEvent)) == 1
        for part in (*six["bot"][:1], *six["scheduler"][:1]):
            part.kill()
        await _heard(vk, 2)  # the other bot answers
        assert await _told_by_telegram(telegram, 3) == 200
        await _admins_killed_over_an_event(six["admin"], vk, database)
        for kind in KINDS:
            for part in six[kind]:
                assert part.process is None or await part.end() == 0
    finally:
        await database.close()
    for part in _all(six):
        assert not [line for line in part.log.splitlines() if "tick.failed" in line or "front.defect" in line]
    assert set(telegram.copies.values()) | set(vk.copies.values()) == {1}, "something was said twice"


async def _heard_by_both_admins(admins: list[Part], vk: VkWorld) -> None:
    """The same first words come to both at once, twice each: one answer."""
    vk.starts(1)
    await asyncio.gather(*(_posted(part, vk) for part in admins * 2))
    await until(lambda: _answers(vk, 1) == 1, READY)


async def _heard(vk: VkWorld, user: int) -> None:
    vk.starts(user)
    assert {status for status, _ in await vk.deliver()} == {200}
    await until(lambda: _answers(vk, user) == 1, READY)


async def _told_by_telegram(telegram: TelegramWorld, user: int) -> int:
    telegram.starts(user)
    (status,) = await telegram.deliver()
    await until(lambda: not all(seen.mine for seen in telegram.chat(user)), READY)
    return int(status)


async def _admins_killed_over_an_event(admins: list[Part], vk: VkWorld, database: Database) -> None:
    """kill -9 to whoever takes an event, before its commit, after it or before the 200; the platform posts it again."""
    taker, other = admins
    for user, seconds in enumerate(AFTER, 10):
        vk.starts(user)
        posting = asyncio.create_task(_posted(taker, vk))
        await asyncio.sleep(seconds)
        taker.kill()
        await posting
        assert await _posted(other, vk) == "ok"
        await until(lambda: _answers(vk, user) == 1, READY)  # noqa: B023
        taker.start()
        await until(lambda: taker.log.count('"house.started"') > user - 9, READY)  # noqa: B023
    known = [one.address for one in await rows(database, build.Address, channel=Channel.VK)]  # type: ignore[attr-defined]
    assert sorted(known, key=int) == ["1", "2", *(str(user) for user, _ in enumerate(AFTER, 10))]


async def _posted(part: Part, vk: VkWorld) -> str:
    """The newest event, to this admin; "" where it was killed over it."""
    try:
        async with httpx2.AsyncClient(timeout=60) as http:
            answer = await http.post(
                f"http://127.0.0.1:{part.port}/vk/callback", json=vk.events[-1] | {"secret": VK_SECRET}
            )
    except httpx2.TransportError:
        return ""
    return answer.text


def _answers(vk: VkWorld, user: int) -> int:
    return sum(not seen.mine for seen in vk.chat(user))
