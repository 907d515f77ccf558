"""However often `wall.post` fails, however it fails: one post stands on the wall, and its address with the news."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from bot.pace import Pace
from bot.sender import Sender
from bot.vk import client as vk_client
from bot.vk.client import VkClient
from bot.vk.wall import VkWall
from program.channels import Channel
from program.outgoing import PRIORITY, Concerns, Kind, Message
from program.states import NewsStatus, WallState
from program.text import raw
from storage import outbox
from storage.database import Database
from storage.tables import NewsItem, OutboxRow, School
from tests.bot.post import LINKS, Clock
from tests.bot.wires import until
from tests.conftest import rows
from tests.worlds import VkWorld

WORDS = Message((raw("День наставника"), raw("Прошёл хорошо — спасибо всем!")))
TEXT = "День наставника\n\nПрошёл хорошо — спасибо всем!"
# One for each way in which a call ends without an answer that can be trusted; "kill": nobody is there to hear it.
STORM = ("500", "drop", "kill", "502", "late", "flood")


@dataclass
class Office:
    """One news item on its way to the wall, and who sends."""

    database: Database
    school: School
    world: VkWorld
    clock: Clock
    item: int
    community: bool = False  # only the community's token is there

    async def put(self, key: str, message: Message, kind: Kind = Kind.NEWS) -> None:
        async with self.database.transaction() as session:
            await outbox.put(
                session,
                school_id=self.school.id,
                key=f"news-wall:{self.item}{key}",
                edit_key=f"news-wall:{self.item}",
                kind=kind,
                priority=PRIORITY[Kind.NEWS],
                channel=Channel.VK_WALL,
                address="wall",
                body=message.to_json(),
                created_at=self.clock(),
                due_at=self.clock(),
            )

    async def tries(self) -> None:
        """Another process each time: it remembers nothing but what is in the database."""
        world = self.world
        common = VkClient(world.token, world.url, pace=Pace(200, 10))
        token = "" if self.community else world.wall_token
        wall = VkWall(token, world.group_id, world.url, pace=Pace(200, 10), community=common)
        try:
            await Sender(self.database, self.clock, LINKS, [wall]).drain()
        finally:
            await wall.close()
            await common.close()
            self.clock.passes(minutes=10)

    async def killed(self) -> None:
        """The process ends after VK has made the post, before it is marked."""
        before = self.world.calls["wall.post"]
        self.world.fail("late", method="wall.post", times=1, value=0.1)
        task = asyncio.create_task(self.tries())
        await until(lambda: task.done() or self.world.calls["wall.post"] > before)
        await asyncio.sleep(0.03)  # the world carries it out
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    def posted_yesterday(self) -> dict[str, object]:
        """Another post with the very same words."""
        old = {
            "id": 900_001, "message": TEXT, "date": int(self.clock().timestamp()) - 86_400, "attachments": [],
        }  # fmt: skip
        self.world.posts.append(old)
        return old

    async def row(self, key: str = "") -> OutboxRow:
        (row,) = await rows(self.database, OutboxRow, key=f"news-wall:{self.item}{key}")
        assert isinstance(row, OutboxRow)
        return row

    async def news(self) -> NewsItem:
        (item,) = await rows(self.database, NewsItem)
        assert isinstance(item, NewsItem)
        return item


@pytest.fixture(params=["guid kept", "guid ignored"])
async def office(
    request: pytest.FixtureRequest,
    database: Database,
    school: School,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Office]:
    monkeypatch.setattr(vk_client, "TIMEOUT", (1, 0.25))
    clock = Clock(now)
    async with VkWorld() as world:
        world.guids, world.clock = request.param == "guid kept", lambda: clock().timestamp()
        async with database.transaction() as session:
            item = NewsItem(
                school_id=school.id,
                title="День наставника",
                body="Прошёл хорошо",
                status=NewsStatus.PUBLISHED,
                wall=WallState.QUEUED,
                created_at=now,
                published_at=now,
            )
            session.add(item)
            await session.flush()
        office = Office(database, school, world, clock, item.id)
        await office.put("", WORDS)
        yield office
        assert world.violations == []


async def test_a_storm_of_retries_leaves_one_post_and_its_address(office: Office) -> None:
    for kind in STORM:
        if kind == "kill":
            await office.killed()
        else:
            office.world.fail(kind, method="wall.post", times=1, value=0.5)
            await office.tries()
    office.world.heal()
    await office.tries()
    assert [post["message"] for post in office.world.posts] == [TEXT]
    address = f"-{office.world.group_id}_{office.world.posts[0]['id']}"
    row, item = await office.row(), await office.news()
    assert (row.external_id, row.dropped) == (address, "")
    assert (item.wall, item.wall_url) == (WallState.POSTED, f"https://vk.com/wall{address}")


@pytest.mark.parametrize("kind", STORM)
async def test_after_each_single_fault_one_post_stands(office: Office, kind: str) -> None:
    if kind == "kill":
        await office.killed()
    else:
        office.world.fail(kind, method="wall.post", times=1, value=0.5)
        await office.tries()
    office.world.heal()
    await office.tries()
    assert len(office.world.posts) == 1
    assert (await office.row()).sent_at is not None


async def test_the_same_words_of_last_year_are_not_taken_for_this_post(office: Office) -> None:
    office.posted_yesterday()
    office.world.fail("500", method="wall.post", times=1)
    await office.tries()
    await office.tries()
    assert len(office.world.posts) == 2
    assert not (await office.row()).external_id.endswith("900001")


async def test_while_the_wall_cannot_be_read_nothing_is_repeated(office: Office) -> None:
    office.world.fail("drop", method="wall.post", times=1)
    office.world.fail("502", method="wall.get", times=2)
    for _ in range(3):
        await office.tries()
        assert len(office.world.posts) == 1
    await office.tries()
    assert (await office.row()).sent_at is not None
    assert office.world.calls["wall.post"] == 1


async def test_a_community_token_repeats_nothing_of_unknown_fate_a_person_looks(office: Office) -> None:
    office.world.community_posts, office.community = True, True
    office.world.fail("drop", method="wall.post", times=1)
    await office.tries()
    await office.tries()
    assert len(office.world.posts) == 1
    row, item = await office.row(), await office.news()
    assert row.dropped == "refused: wall-doubt"
    assert (item.wall, item.wall_error) == (WallState.MANUAL, "wall-doubt")


async def test_a_post_is_rewritten_and_taken_down_again(office: Office) -> None:
    await office.tries()
    await office.put(":edit:1", Message((raw("Исправлено"),)))
    await office.tries()
    assert [post["message"] for post in office.world.posts] == ["Исправлено"]
    await office.put(":delete", Message((raw("Исправлено"),), remove=True), Kind.ALERT)
    office.world.fail("drop", method="wall.delete", times=1)
    await office.tries()
    await office.tries()
    assert office.world.posts == []
    assert (await office.row(":delete")).sent_at is not None


async def test_a_post_that_nobody_knows_of_is_found_by_its_words_and_taken_down(office: Office) -> None:
    old = office.posted_yesterday()
    office.world.fail("drop", method="wall.post", times=1)
    await office.tries()
    assert len(office.world.posts) == 2
    async with office.database.transaction() as session:
        await outbox.cancel_one(session, f"news-wall:{office.item}", "consent", now=office.clock())
    gone = Message(WORDS.texts, concerns=Concerns(), remove=True)
    await office.put(":delete", gone, Kind.ALERT)
    await office.tries()
    assert office.world.posts == [old], "the same words of another year stay"


async def test_of_a_post_that_never_went_nothing_is_taken_down(office: Office) -> None:
    async with office.database.transaction() as session:
        await outbox.cancel_one(session, f"news-wall:{office.item}", "consent", now=office.clock())
    await office.put(":delete", Message(WORDS.texts, remove=True), Kind.ALERT)
    await office.tries()
    assert (await office.row(":delete")).sent_at is not None
    assert office.world.calls["wall.get"] == office.world.calls["wall.delete"] == 0


@pytest.mark.parametrize(("code", "reason"), [(14, "captcha"), (214, "wall-limit"), (15, "wall-right")])
async def test_what_no_waiting_cures_goes_to_a_person_at_once(office: Office, code: int, reason: str) -> None:
    office.world.refuse("wall.post", code)
    await office.tries()
    assert (await office.news()).wall_error == reason
