"""What is told to VK each time the bot starts where VK posts its events to us: the address, the kinds of events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog

from bot.heard import Patience, until_taken
from bot.messenger import DeliveryFailed
from bot.vk.callback import PATH
from bot.vk.client import VERSION, VkClient, is_refused
from bot.vk.update import EVENTS

log = structlog.get_logger()

TITLE = "Наставник"  # at most 14 characters (VK-SCHEMA groups.addCallbackServer)


async def set_address(client: VkClient, group_id: int, url: str, secret: str) -> None:
    """Makes the community post its events to `url`. Safe to repeat; an address that is there is kept, one that was
    ours before the school's address changed is taken away.

    VK asks the address for its word at once, so the web part has to be up. Raises `DeliveryFailed`.
    """
    servers = (await client.call("groups.getCallbackServers", group_id=group_id))["items"]
    ours = next((one for one in servers if one.get("url") == url), None)
    values = {"group_id": group_id, "url": url, "title": TITLE, "secret_key": secret}
    if ours is None:
        number = int((await client.call("groups.addCallbackServer", **values))["server_id"])
    else:
        number = int(ours["id"])
        if ours.get("status") != "ok" or ours.get("secret_key") != secret:
            await client.call("groups.editCallbackServer", server_id=number, **values)
    stored = await client.call("groups.getCallbackSettings", group_id=group_id, server_id=number)
    kinds = stored.get("events") or {}
    if stored.get("api_version") != VERSION or not all(kinds.get(kind) for kind in EVENTS):
        await client.call(
            "groups.setCallbackSettings",
            group_id=group_id,
            server_id=number,
            api_version=VERSION,
            **dict.fromkeys(EVENTS, 1),
        )
    for one in servers:
        if one.get("url") != url and _ours(one):
            await client.call("groups.deleteCallbackServer", group_id=group_id, server_id=one["id"])


async def register_address(
    client: VkClient, group_id: int, url: str, secret: str, patience: Patience | None = None
) -> None:
    """Tries until VK takes it. A refusal ends the trying: the page «Каналы» says where to click."""
    taken = await until_taken(
        lambda: set_address(client, group_id, url, secret),
        patience or Patience(0.5, 60.0),
        "vk.callback",
        is_final=is_refused,
    )
    if taken:
        log.info("vk.callback.set")


async def drop_address(client: VkClient, group_id: int) -> None:
    """Events are asked for again: VK need not go on posting to where nobody listens."""
    try:
        servers = (await client.call("groups.getCallbackServers", group_id=group_id))["items"]
        for one in servers:
            if _ours(one):
                await client.call("groups.deleteCallbackServer", group_id=group_id, server_id=one["id"])
                log.info("vk.callback.dropped")
    except DeliveryFailed as failed:
        log.warning("vk.callback.not_dropped", reason=failed.reason)


def _ours(server: Mapping[str, Any]) -> bool:
    """Entered by this programme, at this address of the school or an earlier one."""
    return server.get("title") == TITLE and str(server.get("url", "")).endswith(PATH)
