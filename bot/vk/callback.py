"""VK posts its events to us (Callback API): `/vk/callback`. Answered only after the event is committed."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from bot.heard import UNREADABLE, Asides, typing
from bot.hooks import Unfit, kept, posted, same
from bot.messenger import DeliveryFailed, Receive
from bot.vk.client import VkClient
from bot.vk.inbox import answer_aside, show_typing
from bot.vk.update import read_event

log = structlog.get_logger()

PATH = "/vk/callback"
KEPT = 60.0  # seconds for which the word asked of VK is kept


@dataclass(frozen=True)
class Community:
    """What the settings of the community's Callback API say.

    Args:
        secret: VK repeats it in every event.
        confirmation: what VK wants to hear once, when the address is entered there; "": we ask VK for it.
    """

    group_id: int
    secret: str
    confirmation: str


class Word:
    """What VK wants to hear of an address. Asked of VK itself where the settings do not say, and once a minute at
    most: anybody may ask our address for it.
    """

    def __init__(self, client: VkClient, community: Community) -> None:
        self._client, self._community = client, community
        self._known, self._asked_at = community.confirmation, -KEPT

    async def answer(self) -> Response:
        if not self._community.confirmation and time.monotonic() - self._asked_at >= KEPT:
            self._asked_at = time.monotonic()
            group_id = self._community.group_id
            try:
                found = await self._client.call("groups.getCallbackConfirmationCode", group_id=group_id)
                self._known = str(found["code"])
            except DeliveryFailed as failed:
                log.warning("vk.confirmation.unknown", reason=failed.reason)
        return PlainTextResponse(self._known) if self._known else Response(status_code=503)


def routes(
    client: VkClient,
    community: Community,
    receive: Receive,
    clock: Callable[[], datetime],
    account: str = "default",
) -> APIRouter:
    """The address that the community's settings name.

    `ok`: committed, or nothing of ours. 503: VK sends it again. 404: not our community, not our secret.

    Args:
        client: shared with the messenger of the same account.
        clock: our time, for events that carry none.
    """
    router, asides, word = APIRouter(include_in_schema=False), Asides(), Word(client, community)
    heard = typing(receive, partial(show_typing, client))

    @router.post(PATH, name="vk-callback")
    async def callback(request: Request) -> Response:
        try:
            event = await posted(request)
        except Unfit as unfit:
            return Response(status_code=unfit.status)
        if event.get("group_id") != community.group_id:
            return Response(status_code=404)
        if event.get("type") == "confirmation" and "secret" not in event:
            # The secret may be entered after the address; the word alone opens nothing to anybody.
            return await word.answer()
        if not same(event.get("secret"), community.secret):
            return Response(status_code=404)
        if event.get("type") == "confirmation":
            return await word.answer()
        try:
            incoming = read_event(event, account, clock())
            answer_aside(asides, client, event)
        except UNREADABLE:  # VK would stop sending anything
            log.exception("vk.event.unreadable", event_id=event.get("event_id"))
            return PlainTextResponse("ok")
        if incoming is not None and not await kept(heard, incoming):
            return Response(status_code=503)
        return PlainTextResponse("ok")

    return router
