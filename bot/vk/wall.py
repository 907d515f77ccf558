"""Posting to the wall of the school's VK community."""

from __future__ import annotations

from typing import Any

import structlog

from bot.messenger import Capabilities, DeliveryFailed, Outgoing
from bot.pace import Pace
from bot.vk.client import VkClient, code_of
from bot.vk.messenger import PHOTOS, attachment
from program.channels import Channel

log = structlog.get_logger()

NO_RIGHT = {5, 15, 27, 1051}
NO_PHOTOS = {7, *NO_RIGHT}  # a community's token posts text but uploads no pictures (platforms.md 2.6)


class VkWall:
    """A channel without people: one message is one post. News without the right go by hand (stop=True).

    Args:
        token: a user's with `wall` and `photos`; a community's token where VK lets it post.
        group_id: the community, positive.
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
    ) -> None:
        self.account = account
        self.client = VkClient(token, api_url, pace=pace or Pace(2, 1))  # a user has 3 calls a second
        self.group_id = group_id
        self._salt = salt

    async def send(self, outgoing: Outgoing) -> str:
        """Returns "<owner>_<post>"; https://vk.com/wall<that> opens it."""
        values = {"from_group": 1, "guid": f"nastavnik-{self._salt}-{outgoing.key}"}
        answer = await self._call("wall.post", **values, **await self._content(outgoing))
        return f"-{self.group_id}_{answer['post_id']}"

    async def edit(self, external_id: str, outgoing: Outgoing) -> str:
        """Rewrites the post. Never makes a second one: a wall with two copies is worse than an error."""
        post_id = int(external_id.rpartition("_")[2])
        await self._call("wall.edit", post_id=post_id, **await self._content(outgoing))
        return external_id

    async def close(self) -> None:
        await self.client.close()

    async def _content(self, outgoing: Outgoing) -> dict[str, Any]:
        content: dict[str, Any] = {"owner_id": -self.group_id, "message": outgoing.text}
        if pictures := await self._pictures(outgoing):
            content["attachments"] = ",".join(pictures)
        return content

    async def _call(self, method: str, **values: Any) -> Any:
        try:
            return await self.client.call(method, **values)
        except DeliveryFailed as failed:
            if code_of(failed) in NO_RIGHT:
                raise DeliveryFailed("wall-right", stop=True) from failed.__cause__
            raise

    async def _pictures(self, outgoing: Outgoing) -> list[str]:
        """Uploaded photos; none where the token may not upload: the text matters more."""
        pictures = []
        try:
            for photo in outgoing.photos[:PHOTOS]:
                server = await self.client.call("photos.getWallUploadServer", group_id=self.group_id)
                uploaded = await self.client.upload(server["upload_url"], "photo", photo)
                saved = await self.client.call("photos.saveWallPhoto", group_id=self.group_id, **uploaded)
                pictures.append(attachment(saved[0]))
        except DeliveryFailed as failed:
            if code_of(failed) not in NO_PHOTOS:
                raise
            log.warning("vk.wall.without_pictures", message=outgoing.key, code=code_of(failed))
            return []
        return pictures
