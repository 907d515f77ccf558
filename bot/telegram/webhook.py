"""Telegram posts its updates to us: `/telegram/webhook`. Answered only after the update is committed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import structlog
from aiogram import Bot
from fastapi import APIRouter, Request, Response

from bot.heard import UNREADABLE, Asides, typing
from bot.hooks import Unfit, kept, posted, same
from bot.messenger import Receive
from bot.telegram.inbox import answer_aside, show_typing
from bot.telegram.update import read_update

log = structlog.get_logger()

PATH = "/telegram/webhook"


def routes(
    bot: Bot, secret: str, receive: Receive, clock: Callable[[], datetime], account: str = "default"
) -> APIRouter:
    """The address that `setWebhook` names.

    200: committed, or nothing of ours. 503: Telegram sends it again. 404: whoever does not know the secret
    learns not even that there is something here.

    Args:
        secret: what Telegram repeats in a header of every request.
        clock: our time, for updates that carry none.
    """
    router, asides = APIRouter(include_in_schema=False), Asides()
    heard = typing(receive, partial(show_typing, bot))

    @router.post(PATH, name="telegram-webhook")
    async def webhook(request: Request) -> Response:
        if not same(request.headers.get("x-telegram-bot-api-secret-token"), secret):
            return Response(status_code=404)
        try:
            update = await posted(request)
        except Unfit as unfit:
            return Response(status_code=unfit.status)
        try:
            incoming = read_update(update, account, clock())
            answer_aside(asides, bot, update)
        except UNREADABLE:
            log.exception("telegram.update.unreadable", update_id=update.get("update_id"))
            return Response()
        if incoming is not None and not await kept(heard, incoming):
            return Response(status_code=503)
        return Response()

    return router
