"""Posting to the wall of the school's VK community."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.messenger import Capabilities, DeliveryFailed, Outgoing
from bot.pace import Pace
from bot.vk.client import VkClient, code_of
from bot.vk.messenger import PHOTOS, attachment
from program.channels import Channel

log = structlog.get_logger()

NO_RIGHT = {5, 7, 15, 27, 28, 1051}
GONE = {100, 104}  # no such post
# What no waiting cures: a person puts it up. 214 is also the fifty posts of a day (platforms.md 2.6).
BY_HAND = {14: "captcha", 17: "captcha", 214: "wall-limit", 222: "wall-links"}
LOOKED_AT = 30  # newest posts of the wall, where one of unknown fate is looked for
CLOCKS = timedelta(minutes=2)  # by which VK's clock and ours may differ


class VkWall:
    """A channel without people: one message is one post. News without the right go by hand (stop=True).

    Posts are planned by our own scheduler, never by VK's `publish_date`: a consent taken back must stop them here,
    and VK gives a planned post another number when it appears.

    Args:
        token: a user's with `wall` and `photos`; "" where there is none.
        group_id: the community, positive.
        community: of the community itself, for words alone, where VK lets it post; None: not tried.
    """

    channel = Channel.VK_WALL
    # 16384 is what VK's own page takes; a post longer than that is refused with code 100.
    capabilities = Capabilities(
        text_limit=15_000, buttons=0, row=0, rows=0, label_limit=0, edits=True, lower_keyboard=False
    )

    def __init__(
        self,
        token: str,
        group_id: int,
        api_url: str | None = None,
        account: str = "default",
        *,
        salt: str = "",
        pace: Pace | None = None,
        community: VkClient | None = None,
    ) -> None:
        self.account = account
        # A user has 3 calls a second.
        self.client = VkClient(token, api_url, pace=pace or Pace(2, 1)) if token else None
        self.community = community
        self.group_id = group_id
        self._salt = salt

    async def send(self, outgoing: Outgoing) -> str:
        """Returns "<owner>_<post>"; https://vk.com/wall<that> opens it. "" where a post was to be taken down."""
        if outgoing.remove:
            # Its number was never told to us: it is there by its words, if anything of it ever went out.
            if outgoing.again_since is not None:
                for post in await self._standing(outgoing, outgoing.again_since - CLOCKS):
                    await self._remove(post)
            return ""
        if outgoing.again_since is not None:
            for post in await self._standing(outgoing, outgoing.again_since - CLOCKS):
                log.info("vk.wall.was_there", message=outgoing.key)
                return f"-{self.group_id}_{post}"
        values = {"from_group": 1, "guid": f"nastavnik-{self._salt}-{outgoing.key}"}
        answer = await self._post(outgoing, values)
        return f"-{self.group_id}_{answer['post_id']}"

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        """Rewrites the post, or takes it down. Never makes a second one: two copies are worse than an error."""
        post_id = int(external_id.rpartition("_")[2])
        if outgoing.remove:
            await self._remove(post_id)
            return ""
        content = await self._content(outgoing)
        await _call(self._user(), "wall.edit", post_id=post_id, **content)
        return external_id

    async def close(self) -> None:
        if self.client is not None:
            await self.client.close()

    def _user(self) -> VkClient:
        """What a community may not do: edit, take down, read, upload pictures (VK-SCHEMA)."""
        if self.client is None:
            raise DeliveryFailed("wall-right", stop=True)
        return self.client

    async def _post(self, outgoing: Outgoing, values: dict[str, Any]) -> Any:
        """By the user's token; where that may not, the words alone by the community's."""
        try:
            return await _call(self._user(), "wall.post", **values, **await self._content(outgoing))
        except DeliveryFailed as failed:
            if failed.reason != "wall-right" or self.community is None:
                raise
        bare = {"owner_id": -self.group_id, "message": outgoing.text}
        return await _call(self.community, "wall.post", **values, **bare)

    async def _remove(self, post_id: int) -> None:
        try:
            await _call(self._user(), "wall.delete", owner_id=-self.group_id, post_id=post_id)
        except DeliveryFailed as failed:
            if code_of(failed) not in GONE:
                raise

    async def _standing(self, outgoing: Outgoing, since: datetime) -> list[int]:
        """Numbers of the community's newest posts with these very words.

        `guid` should keep VK from a copy, but nobody says for how long, and elsewhere it was seen to do
        nothing (github.com/VKCOM/vk-php-sdk/issues/116): so nothing of unknown fate is repeated without a look.
        """
        if not _bare(outgoing.text):
            return []  # without words every post of pictures alone would be taken for it
        try:
            answer = await _call(
                self._user(), "wall.get", owner_id=-self.group_id, count=LOOKED_AT, filter="owner"
            )
        except DeliveryFailed as failed:
            if failed.reason != "wall-right":
                raise
            raise DeliveryFailed("wall-doubt", broken=True) from failed.__cause__
        return [
            int(post["id"])
            for post in answer["items"]
            if _bare(post.get("text", "")) == _bare(outgoing.text)
            and datetime.fromtimestamp(post["date"], UTC) >= since
        ]

    async def _content(self, outgoing: Outgoing) -> dict[str, Any]:
        content: dict[str, Any] = {"owner_id": -self.group_id, "message": outgoing.text}
        if pictures := await self._pictures(outgoing):
            content["attachments"] = ",".join(pictures)
        return content

    async def _pictures(self, outgoing: Outgoing) -> Sequence[str]:
        """Uploaded photos; none where the token may not upload: the text matters more."""
        pictures, client = [], self._user()
        try:
            for photo in outgoing.photos[:PHOTOS]:
                server = await client.call("photos.getWallUploadServer", group_id=self.group_id)
                uploaded = await client.upload(server["upload_url"], "photo", photo)
                saved = await client.call("photos.saveWallPhoto", group_id=self.group_id, **uploaded)
                pictures.append(attachment(saved[0]))
        except DeliveryFailed as failed:
            if code_of(failed) not in NO_RIGHT:
                raise
            log.warning("vk.wall.without_pictures", message=outgoing.key, code=code_of(failed))
            return []
        return pictures


async def _call(client: VkClient, method: str, **values: Any) -> Any:
    try:
        return await client.call(method, **values)
    except DeliveryFailed as failed:
        code = code_of(failed)
        if code in NO_RIGHT:
            raise DeliveryFailed("wall-right", stop=True) from failed.__cause__
        if code in BY_HAND:
            raise DeliveryFailed(BY_HAND[code], broken=True) from failed.__cause__
        raise


def _bare(words: str) -> str:
    """Without what VK may set differently: case, spaces, signs."""
    return re.sub(r"[\W_]+", "", words).casefold()
