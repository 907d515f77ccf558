"""What was written in VK while its stream of events forgot it: asked of the conversations themselves.

VK keeps events for a while only; a house that was switched off over a weekend finds a gap in the stream
(`failed: 1`), while the messages stand in the conversations. Source: messages.getConversations, messages.getHistory.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog

from actions.sweeps import EVENTS_KEPT
from bot.heard import Patience, until_taken
from bot.hooks import kept
from bot.messenger import Receive
from bot.vk.client import VkClient, is_refused
from bot.vk.update import CHATS_FROM, read_events

log = structlog.get_logger()

# What is older may have been heard, and its key swept away. An hour less: the conversations are read in turn.
REACH = EVENTS_KEPT - timedelta(hours=1)
PAGE = 200  # conversations in a call, the most that VK gives
AT_MOST = 20  # pages
WORDS = 20  # newest messages of one conversation


async def missed(client: VkClient, group_id: int, now: datetime) -> list[dict[str, Any]]:
    """Events as the stream would have brought them: what people have written since our last word to them.

    Each person's in their order. What was heard after all is among them too; its key is the same.

    Raises:
        DeliveryFailed: VK does not tell.
    """
    found: list[dict[str, Any]] = []
    for page in range(AT_MOST):
        where = {"group_id": group_id, "count": PAGE, "offset": page * PAGE}
        items = (await client.call("messages.getConversations", **where)).get("items") or []
        newest = [item.get("last_message") or {} for item in items]
        for last in newest:
            if _is_said_to_us(last) and _is_fresh(last, now):
                found += await _unanswered(client, group_id, last["peer_id"], now)
        if len(items) < PAGE or not any(_is_fresh(last, now) for last in newest):
            break
    if found:
        log.info("vk.missed", messages=len(found))
    return found


async def catch_up(
    client: VkClient,
    group_id: int,
    receive: Receive,
    clock: Callable[[], datetime],
    was_here: Callable[[], Awaitable[bool]],
    *,
    account: str = "default",
    patience: Patience | None = None,
) -> None:
    """Hears at a start what VK posted in vain: it gives up after a few tries. For a community that posts its events.

    Args:
        was_here: whether this programme has heard anybody there lately; a community that is connected for the first
            time has letters of others, which are not for it.
    """
    patience = patience or Patience(0.5, 60.0)
    if not await was_here():
        return
    events: list[dict[str, Any]] = []

    async def ask() -> None:
        events[:] = await missed(client, group_id, clock())

    while await until_taken(ask, patience, "vk.missed", is_final=is_refused):
        if all([await kept(receive, one) for one in read_events(events, account, clock())]):
            return
        await patience.pause()


async def _unanswered(client: VkClient, group_id: int, peer: int, now: datetime) -> list[dict[str, Any]]:
    answer = await client.call("messages.getHistory", peer_id=peer, group_id=group_id, count=WORDS)
    said = _since_our_word(answer.get("items") or [], now)
    return [
        {"type": "message_new", "group_id": group_id, "object": {"message": message}}
        for message in reversed(said)
    ]


def _since_our_word(newest_first: Sequence[dict[str, Any]], now: datetime) -> list[dict[str, Any]]:
    said = []
    for message in newest_first:
        if not (_is_said_to_us(message) and _is_fresh(message, now)):
            break
        said.append(message)
    return said


def _is_said_to_us(message: Mapping[str, Any]) -> bool:
    """By one person, not in a group conversation."""
    return not message.get("out") and 0 < _number(message, "peer_id") < CHATS_FROM


def _is_fresh(message: Mapping[str, Any], now: datetime) -> bool:
    return _number(message, "date") > (now - REACH).timestamp()


def _number(message: Mapping[str, Any], name: str) -> int:
    """0 for what is none: one message of another shape must not hold up everybody's."""
    found = message.get(name)
    return found if isinstance(found, int) else 0
