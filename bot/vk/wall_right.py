"""May our tokens publish on the wall? Asked without leaving anything there.

What is called, and nothing else: `groups.getById` (does the person run the community), `account.getAppPermissions`
or `groups.getTokenPermissions` (what the token was given), `photos.getWallUploadServer` (an address to send
pictures to, to which nothing is sent) and `wall.post` WITHOUT words and pictures: VK cannot make a post of it and
says what is missing (100) to whoever may post, and «no access» (5, 7, 15, 27, 1051) to whoever may not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.messenger import DeliveryFailed
from bot.vk.client import VkClient, code_of
from bot.vk.wall import NO_RIGHT

WALL, PHOTOS = 8192, 4  # bits of a token's rights (https://dev.vk.com/ru/reference/access-rights)
EDITOR = 2  # of admin_level: 1 moderator, 2 editor, 3 administrator
QUESTION = "nastavnik-right"  # guid of a post that cannot come to be
EMPTY = 100  # «one of the parameters specified was missing or invalid»


@dataclass(frozen=True)
class Right:
    """What a token may do. `why`: right, token, scope, role, refused, away; the first that stands in the way."""

    posts: bool
    pictures: bool
    why: str
    code: int = 0  # VK's number, where it said no


async def of_user(client: VkClient, group_id: int) -> Right:
    """Of a person's token."""
    try:
        answer = await client.call("groups.getById", group_id=group_id)
        if int(answer["groups"][0].get("admin_level", 0)) < EDITOR:
            return Right(False, False, "role")
        mask = await _mask(client)
        code = await _asked(client, group_id)
        if code != EMPTY:
            return _no(code, mask)
        return Right(True, await _uploads(client, group_id), "right")
    except DeliveryFailed as failed:
        return _failed(failed)
    except (KeyError, IndexError, TypeError):
        return Right(False, False, "role")  # no such community for this token


async def of_community(client: VkClient, group_id: int) -> Right:
    """Of the community's own token: words alone, if at all."""
    try:
        code = await _asked(client, group_id)
        if code == EMPTY:
            return Right(True, False, "right")
        answer = await client.call("groups.getTokenPermissions")
        return _no(code, int(answer.get("mask", 0)))
    except DeliveryFailed as failed:
        return _failed(failed)


async def _mask(client: VkClient) -> int | None:
    """None: this kind of token is not told its rights."""
    try:
        return int(await client.call("account.getAppPermissions"))
    except DeliveryFailed as failed:
        if code_of(failed) in NO_RIGHT - {5}:
            return None
        raise


async def _asked(client: VkClient, group_id: int) -> int:
    """VK's number in answer to a post of nothing."""
    try:
        await client.call("wall.post", owner_id=-group_id, from_group=1, guid=QUESTION)
    except DeliveryFailed as failed:
        code = code_of(failed)
        if code == EMPTY or code in NO_RIGHT or code == 214:
            return code
        raise
    raise DeliveryFailed("server")  # it cannot have said yes


async def _uploads(client: VkClient, group_id: int) -> bool:
    try:
        server: dict[str, Any] = await client.call("photos.getWallUploadServer", group_id=group_id)
    except DeliveryFailed as failed:
        if code_of(failed) in NO_RIGHT:
            return False
        raise
    return bool(server.get("upload_url"))


def _no(code: int, mask: int | None) -> Right:
    why = "scope" if mask is not None and not mask & WALL else "refused"
    return Right(False, False, why, code)


def _failed(failed: DeliveryFailed) -> Right:
    code = code_of(failed)
    return Right(False, False, "token" if code in {5, 1051} else "away", code)
