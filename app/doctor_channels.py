"""The doctor asks the platforms themselves: is the token taken, are the switches on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from app.checks import Finding, fine, needed, off
from app.settings import Settings

WAIT = 15  # seconds for one answer


async def telegram(settings: Settings) -> AsyncIterator[Finding]:
    if settings.telegram.token is None:
        yield off("doctor-telegram-off")
        return
    from aiogram.exceptions import AiogramError, TelegramNotFound, TelegramUnauthorizedError
    from aiogram.utils.token import TokenValidationError

    from bot.telegram.client import make_bot

    try:
        bot = make_bot(settings.telegram.token.get_secret_value(), settings.telegram.api_url)
    except TokenValidationError:
        yield needed("doctor-telegram-token")
        return
    try:
        me = await bot.get_me(request_timeout=WAIT)
        yield fine("doctor-telegram", bot=me.username or str(me.id))
        hook = await bot.get_webhook_info(request_timeout=WAIT)
        yield _webhook(settings, hook.url, hook.last_error_message)
    except (TelegramUnauthorizedError, TelegramNotFound):
        yield needed("doctor-telegram-token")
    except AiogramError:
        yield needed("doctor-telegram-away", server=settings.telegram.api_url)
    finally:
        await bot.session.close()


def _webhook(settings: Settings, url: str, trouble: str | None) -> Finding:
    if settings.telegram.mode == "polling":
        # `run` removes a webhook that was left; until then nothing would be heard.
        return fine("doctor-telegram-webhook-left") if url else fine("doctor-telegram-polling")
    if url != f"{settings.public_url}/telegram/webhook":
        return needed("doctor-telegram-webhook-missing")
    return needed("doctor-telegram-webhook-failing") if trouble else fine("doctor-telegram-webhook")


async def vk(settings: Settings) -> AsyncIterator[Finding]:
    if settings.vk.token is None or settings.vk.group_id is None:
        yield off("doctor-vk-off")
        return
    from bot.messenger import DeliveryFailed
    from bot.vk.client import VkClient, code_of

    client = VkClient(settings.vk.token.get_secret_value(), settings.vk.api_url)
    try:
        answer = await client.call("groups.getById", group_id=settings.vk.group_id, fields="can_message")
        group = answer["groups"][0]
        yield fine("doctor-vk", group=str(group.get("screen_name") or group["id"]))
        yield fine("doctor-vk-messages") if group.get("can_message", 1) else needed("doctor-vk-messages-off")
        yield await _events(settings, client)
    except DeliveryFailed as failed:
        yield _refused(settings, code_of(failed), stop=failed.stop)
    except (KeyError, IndexError):
        yield needed("doctor-vk-group")
    finally:
        await client.close()
    yield fine("doctor-wall") if settings.vk.wall_token else off("doctor-wall-off")


async def _events(settings: Settings, client: Any) -> Finding:
    if settings.vk.mode == "callback":
        servers = await client.call("groups.getCallbackServers", group_id=settings.vk.group_id)
        ours = f"{settings.public_url}/vk/callback"
        working = any(one.get("url") == ours and one.get("status") == "ok" for one in servers["items"])
        return fine("doctor-vk-callback") if working else needed("doctor-vk-callback-missing", url=ours)
    stored = await client.call("groups.getLongPollSettings", group_id=settings.vk.group_id)
    events = stored.get("events") or {}
    switched_on = stored.get("is_enabled") and events.get("message_new") and events.get("message_event")
    return fine("doctor-vk-long-poll") if switched_on else needed("doctor-vk-long-poll-off")


def _refused(settings: Settings, code: int, *, stop: bool) -> Finding:
    if code == 15:
        return needed("doctor-vk-rights")
    if code == 100:
        return needed("doctor-vk-group")
    if stop:
        return needed("doctor-vk-token")
    return needed("doctor-vk-away", server=settings.vk.api_url)
