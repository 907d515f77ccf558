"""VK posts its events to us (Callback API): `/vk/callback`. Answered only after the event is committed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

from bot.heard import Asides
from bot.hooks import Unfit, kept, posted, same
from bot.messenger import Receive
from bot.vk.client import VkClient
from bot.vk.inbox import answer_aside
from bot.vk.update import read_event

log = structlog.get_logger()

PATH = "/vk/callback"


@dataclass(frozen=True)
class Community:
    """What the settings of the community's Callback API say.

    Args:
        secret: VK repeats it in every event.
        confirmation: what VK wants to hear once, when the address is entered there.
    """

    group_id: int
    secret: str
    confirmation: str


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
    router, asides = APIRouter(include_in_schema=False), Asides()

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
            return PlainTextResponse(community.confirmation)
        if not same(event.get("secret"), community.secret):
            return Response(status_code=404)
        if event.get("type") == "confirmation":
            return PlainTextResponse(community.confirmation)
        try:
            incoming = read_event(event, account, clock())
            if event["type"] == "message_event":
                answer_aside(asides, client, event)
        except (KeyError, TypeError, ValueError, AttributeError):
            # A shape nobody described. It would come for ever, and VK would stop sending anything.
            log.exception("vk.event.unreadable", event_id=event.get("event_id"))
            return PlainTextResponse("ok")
        if incoming is not None and not await kept(receive, incoming):
            return Response(status_code=503)
        return PlainTextResponse("ok")

    return router
