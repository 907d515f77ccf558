"""Where one channel has closed, what waits goes to the other; nobody is nagged, and coming back restores everything."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.front import Front
from bot.messenger import Heard, Incoming
from bot.sender import Sender
from bot.web.messenger import WebMessenger
from program.channels import Channel
from program.outgoing import Message
from storage import people
from storage.database import Database
from storage.tables import OutboxRow, School, WebMessage
from tests import build
from tests.bot.post import LINKS, Post, post_office, unsent
from tests.conftest import rows

USER = 1001
BOTH = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK])


async def _with_a_page(post: Post, database: Database) -> Sender:
    await post.knows(USER)
    async with database.transaction() as session:
        session.add(build.address(post.people[USER], Channel.WEB))
    web = WebMessenger(database, post.clock)
    return Sender(database, post.clock, LINKS, [post.wire.messenger, web])


@BOTH
async def test_what_a_closed_chat_refuses_reaches_the_page_once(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with post_office(channel, database, school, now) as post:
        sender = await _with_a_page(post, database)
        post.world.blocks(USER)
        for words in ("Встреча завтра", "И ещё одно"):
            await post.put(USER, words)
        tried = post.world.calls[post.wire.sending]
        await sender.drain()
        assert post.world.calls[post.wire.sending] == tried + 1, "the second was not even tried there"
        bubbles = [one.words for one in await rows(database, WebMessage)]  # type: ignore[attr-defined]
        assert bubbles == ["Встреча завтра", "И ещё одно"]
        assert {one.dropped for one in await rows(database, OutboxRow)} == {""}  # type: ignore[attr-defined]


@BOTH
async def test_who_blocks_us_gets_what_waits_elsewhere_and_who_returns_is_written_to_again(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with post_office(channel, database, school, now) as post:
        sender = await _with_a_page(post, database)
        await post.put(USER, "Встреча завтра")
        front = Front(database, post.clock, unsent(database, post.clock))
        await front.receive(Incoming(channel, str(USER), "gone", Heard.BLOCKED, now))
        tried = post.world.calls[post.wire.sending]
        await sender.drain()
        assert post.world.calls[post.wire.sending] == tried
        assert [one.words for one in await rows(database, WebMessage)] == ["Встреча завтра"]  # type: ignore[attr-defined]
        async with database.reading() as session:
            left = await people.best_address(session, post.people[USER].id)
        assert left is not None
        assert left.channel == Channel.WEB
        await front.receive(Incoming(channel, str(USER), "back", Heard.START, now))
        await post.put(USER, "Снова здесь")
        await sender.drain()
        assert "Снова здесь" in post.told(USER)


@BOTH
async def test_what_changes_a_message_of_the_closed_chat_goes_nowhere_else(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    async with post_office(channel, database, school, now) as post:
        sender = await _with_a_page(post, database)
        post.world.blocks(USER)
        await post.put(USER, "", body=Message((), remove=True, replaces="105").to_json())
        await sender.drain()
        assert await rows(database, WebMessage) == []
