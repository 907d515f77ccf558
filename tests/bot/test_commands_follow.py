"""The list behind «/» follows the reader's role when somebody else changed it: with the notice that tells of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from program.outgoing import Kind, Message
from program.roles import Side
from program.states import ParticipationStatus
from program.text import raw
from storage.database import Database
from storage.tables import Participation, School
from tests import build
from tests.bot.post import Post, post_office

ANYA = 1001


@pytest.fixture
async def post(database: Database, school: School, now: datetime) -> AsyncIterator[Post]:
    async with post_office("telegram", database, school, now) as post:
        await post.knows(ANYA)
        yield post
        assert post.world.violations == []


async def listed(post: Post, kind: Kind = Kind.NOTICE) -> list[str]:
    """The commands of the reader's chat after a message of this kind."""
    words = Message((raw("Новости о вас"),)).formally()
    await post.put(ANYA, "", kind, body=words.to_json())
    await post.sender.drain()
    found = post.world.scoped.get((f"chat {ANYA}", ""), [])  # type: ignore[union-attr]
    return [one["command"] for one in found]


async def test_a_role_that_the_curator_gives_or_takes_changes_the_list(post: Post) -> None:
    assert "training" not in await listed(post)
    async with post.database.transaction() as session:
        place = build.participation(post.people[ANYA], Side.MENTOR)
        session.add(place)
    assert {"training", "plan", "sos"} <= set(await listed(post))
    async with post.database.transaction() as session:
        held = await session.get(Participation, place.id)
        assert held is not None
        held.status = ParticipationStatus.WITHDRAWN
    left = await listed(post)
    assert "training" not in left
    assert "sos" in left


async def test_a_list_that_is_refused_keeps_no_message(post: Post) -> None:
    post.world.fail("500", method="setMyCommands")
    assert await listed(post) == []
    assert post.told(ANYA) == ["Новости о вас"]


async def test_a_mailing_lists_nothing(post: Post) -> None:
    assert await listed(post, Kind.NEWS) == []
    assert post.world.calls["setMyCommands"] == 0
    assert post.told(ANYA) == ["Новости о вас"]
