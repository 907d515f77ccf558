"""Two bots, two schedulers and two admins on one PostgreSQL: started at once on an empty database, one of them killed."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select

from program.channels import Channel
from program.outgoing import Kind, Message
from program.text import raw
from storage import migrate, outbox
from storage.database import Database
from storage.tables import OutboxRow, Person, School, SeenEvent, StreamPlace
from tests import both, build
from tests.conftest import rows
from tests.load.parts import READY, Part, until
from tests.worlds import TelegramWorld, VkWorld

pytestmark = [pytest.mark.postgres, pytest.mark.faults]

READERS = range(5_000, 5_080)
TAKEOVER = 30.0  # seconds; an idle machine needs three
HOOK_SECRET = "of-the-webhook"


@pytest.fixture
async def worlds() -> AsyncIterator[tuple[TelegramWorld, VkWorld]]:
    async with TelegramWorld() as telegram, VkWorld() as vk:
        telegram.plain_http = True
        yield telegram, vk
        assert telegram.violations == []
        assert vk.violations == []


@pytest.fixture
async def two(tmp_path: Path, worlds: tuple[TelegramWorld, VkWorld]) -> AsyncIterator[tuple[Part, Part]]:
    """Telegram posts its updates, VK is asked for them; the database has no tables yet."""
    telegram, vk = worlds
    url = both.server()
    await both._renewed(url.rpartition("/")[2], "template0")
    settings = {
        "PUBLIC_URL": "http://127.0.0.1:1",  # each is told of its own below
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API_URL": telegram.url,
        "TELEGRAM__MODE": "webhook",
        "TELEGRAM__WEBHOOK_SECRET": HOOK_SECRET,
        "VK__TOKEN": vk.token,
        "VK__GROUP_ID": str(vk.group_id),
        "VK__API_URL": vk.url,
    }
    one, other = (Part(tmp_path, name, "bot scheduler admin", url, **settings) for name in ("one", "other"))
    yield one, other
    one.close()
    other.close()


async def test_two_of_everything_share_the_work_and_one_goes_on_alone(
    two: tuple[Part, Part], worlds: tuple[TelegramWorld, VkWorld], record_property: pytest.RecordProperty
) -> None:
    telegram, vk = worlds
    for part in two:
        part.start()
    await until(lambda: all(part.has_started() for part in two), READY)
    database = Database(both.server())
    assert await migrate.is_at_head(database)
    assert await migrate.drift(database) == [], "both have migrated, one after the other"
    await _with_a_school(database)
    try:
        owners = await _mail_shared(database, telegram)
        assert len(owners) == 2, "one of the senders did it all"
        await _posted_to_both(database, two, telegram)
        assert [await _ready(part) for part in two] == [200, 200], (
            "who waits for its turn to read is ready, too"
        )
        mailings = await rows(database, StreamPlace, account="default/mailing")
        assert {row.channel for row in mailings} == {Channel.TELEGRAM, Channel.VK}, (
            "at the cap only one sends"
        )
        survivor, seconds = await _poller_killed(database, two, vk)
        record_property("takeover", f"{seconds:.1f} s")
        await _posted_to(survivor, telegram, 3, "меню")
        assert await survivor.end() == 0
    finally:
        await database.close()
    for part in two:
        assert not [line for line in part.log.splitlines() if "tick.failed" in line or "front.defect" in line]
    assert set(telegram.copies.values()) | set(vk.copies.values()) == {1}, "something was said twice"


async def _with_a_school(database: Database) -> None:
    async with database.transaction() as session:
        session.add(build.school())


async def _mail_shared(database: Database, telegram: TelegramWorld) -> set[str]:
    """Messages to many people, due at once; who held them on the way. Each arrives once."""
    now = datetime.now(UTC)
    telegram.chats.update({reader: [] for reader in READERS})
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        for reader in READERS:
            await outbox.put(
                session, school_id=school.id, key=f"two:{reader}", kind=Kind.REPLY, priority=1,
                channel=Channel.TELEGRAM, address=str(reader), body=Message((raw("Письмо"),)).to_json(),
                created_at=now, due_at=now, expires_at=now + timedelta(hours=1),
            )  # fmt: skip
    owners: set[str] = set()
    async with asyncio.timeout(READY):
        while not all(telegram.copies[reader, "Письмо"] for reader in READERS):
            async with database.reading() as session:
                owners.update(await outbox.owners(session))
    return owners


async def _posted_to_both(database: Database, two: tuple[Part, Part], telegram: TelegramWorld) -> None:
    """The same first words of one person are posted to both at once: one person, one answer."""
    telegram.webhook_secret = HOOK_SECRET
    telegram.starts(1)
    update = telegram.pending.pop()
    async with httpx2.AsyncClient(
        headers={"X-Telegram-Bot-Api-Secret-Token": HOOK_SECRET}, timeout=60
    ) as http:
        said = await asyncio.gather(*(http.post(_hook(part), json=update) for part in two * 2))
    assert {answer.status_code for answer in said} <= {200, 503}
    await until(lambda: not all(seen.mine for seen in telegram.chat(1)), READY)
    assert len(await rows(database, SeenEvent)) == 1
    assert len(await rows(database, Person)) == 1
    assert len(await rows(database, OutboxRow, address="1")) == 1
    for user, part in enumerate(two, 2):
        await _posted_to(part, telegram, user, "")


async def _posted_to(part: Part, telegram: TelegramWorld, user: int, text: str) -> None:
    before = sum(not seen.mine for seen in telegram.chat(user))
    telegram.webhook, telegram.webhook_secret = _hook(part), HOOK_SECRET
    telegram.says(user, text) if text else telegram.starts(user)
    assert await telegram.deliver() == [200]
    await until(lambda: sum(not seen.mine for seen in telegram.chat(user)) > before, READY)


async def _ready(part: Part) -> int:
    async with httpx2.AsyncClient() as http:
        return (await http.get(f"http://127.0.0.1:{part.port}/readyz")).status_code


def _hook(part: Part) -> str:
    return f"http://127.0.0.1:{part.port}/telegram/webhook"


async def _poller_killed(database: Database, two: tuple[Part, Part], vk: VkWorld) -> tuple[Part, float]:
    """kill -9 to whoever reads VK: the other reads on. Who that is, and after how many seconds somebody is answered."""
    place, *_ = await rows(database, StreamPlace, channel=Channel.VK, account="default")
    holder = next(part for part in two if part.process and f":{part.process.pid}:" in place.holder)
    vk.starts(1)
    await until(lambda: not all(seen.mine for seen in vk.chat(1)), READY)
    holder.kill()
    began = time.monotonic()
    vk.starts(2)
    await until(lambda: not all(seen.mine for seen in vk.chat(2)), TAKEOVER)
    return next(part for part in two if part is not holder), time.monotonic() - began
