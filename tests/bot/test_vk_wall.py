"""News on the wall: with pictures, without, and without the right."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.messenger import DeliveryFailed, Outgoing
from bot.pace import Pace
from bot.vk.wall import VkWall
from tests.worlds import VkWorld

PHOTO = ("урок.jpg", "image/jpeg", b"\xff\xd8")
NEWS = Outgoing("", "День наставника прошёл хорошо", 3, photos=(PHOTO, PHOTO))


@pytest.fixture
async def world() -> AsyncIterator[VkWorld]:
    async with VkWorld() as world:
        yield world
        assert world.violations == []


@pytest.fixture
async def wall(world: VkWorld) -> AsyncIterator[VkWall]:
    wall = VkWall(world.wall_token, world.group_id, world.url, pace=Pace(200, 10))
    yield wall
    await wall.close()


@pytest.fixture
async def by_community(world: VkWorld) -> AsyncIterator[VkWall]:
    wall = VkWall(world.token, world.group_id, world.url, pace=Pace(200, 10))
    yield wall
    await wall.close()


async def test_a_post_with_pictures_appears_once_however_often_it_is_tried(
    world: VkWorld, wall: VkWall
) -> None:
    world.fail("drop", method="wall.post", times=1)
    with pytest.raises(DeliveryFailed) as caught:
        await wall.send(NEWS)
    assert caught.value.unknown
    external_id = await wall.send(NEWS)
    assert external_id == f"-{world.group_id}_{world.posts[0]['id']}"
    assert [len(post["attachments"]) for post in world.posts] == [2]


async def test_without_the_right_for_pictures_the_text_goes_out(world: VkWorld, by_community: VkWall) -> None:
    world.community_posts = True
    await by_community.send(NEWS)
    assert [(post["message"], post["attachments"]) for post in world.posts] == [(NEWS.text, [])]


async def test_without_the_right_to_post_the_wall_is_left_to_people(by_community: VkWall) -> None:
    with pytest.raises(DeliveryFailed) as caught:
        await by_community.send(NEWS)
    assert (caught.value.reason, caught.value.stop) == ("wall-right", True)


async def test_a_revoked_token_is_the_same_to_the_outbox(world: VkWorld) -> None:
    wall = VkWall("vk1.a.revoked", world.group_id, world.url, pace=Pace(200, 10))
    with pytest.raises(DeliveryFailed) as caught:
        await wall.send(Outgoing("", "Новость", 4))
    await wall.close()
    assert (caught.value.reason, caught.value.stop) == ("wall-right", True)


async def test_a_fault_while_uploading_is_tried_again_with_its_pictures(world: VkWorld, wall: VkWall) -> None:
    world.fail("502", method="upload", times=1)
    with pytest.raises(DeliveryFailed) as caught:
        await wall.send(NEWS)
    assert not caught.value.stop
    assert world.posts == []
    await wall.send(NEWS)
    assert len(world.posts[0]["attachments"]) == 2


async def test_a_post_is_rewritten_in_place(world: VkWorld, wall: VkWall) -> None:
    external_id = await wall.send(NEWS)
    assert await wall.edit(external_id, Outgoing("", "Исправлено", 5)) == external_id
    assert [post["message"] for post in world.posts] == ["Исправлено"]


async def test_a_post_without_words_is_looked_for_by_nothing(world: VkWorld, wall: VkWall) -> None:
    """Else a removal whose words are lost would take every post of pictures alone."""
    await wall.send(replace(NEWS, text="", key=9))
    gone = replace(NEWS, text="", photos=(), remove=True, again_since=datetime.now(UTC) - timedelta(hours=1))
    assert await wall.send(gone) == ""
    assert len(world.posts) == 1
