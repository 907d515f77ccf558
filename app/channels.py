"""How our accounts are called on the platforms; the links to them need it."""

from __future__ import annotations

from datetime import datetime

from actions.links import Links
from app.settings import Settings
from storage import system
from storage.database import Database
from storage.tables import SystemValue

TELEGRAM_NAME = "telegram-bot-name"


async def links(settings: Settings, database: Database, now: datetime) -> Links:
    """Addresses for this installation. The bot's name is asked of Telegram and remembered.

    While Telegram is away the remembered name serves; without one the link to Telegram is left out.
    """
    return Links(
        settings.public_url,
        settings.secret(),
        telegram_bot=await telegram_name(settings, database, now),
        vk_group=vk_name(settings),
    )


def vk_name(settings: Settings) -> str:
    """vk.me takes the community's number as well as its short name; "" where VK is off."""
    return f"club{settings.vk.group_id}" if settings.vk.token and settings.vk.group_id else ""


async def telegram_name(settings: Settings, database: Database, now: datetime) -> str:
    """User name of the bot; "" where Telegram is off or nobody knows it yet."""
    if settings.telegram.token is None:
        return ""
    async with database.reading() as session:
        remembered = await session.get(SystemValue, TELEGRAM_NAME)
    token = settings.telegram.token.get_secret_value()
    bot_id = token.partition(":")[0]
    if remembered is not None and remembered.value.startswith(f"{bot_id}:"):
        return remembered.value.partition(":")[2]
    name = await _asked(token, settings.telegram.api_url)
    if name:
        async with database.transaction() as session:
            await system.put(session, TELEGRAM_NAME, f"{bot_id}:{name}", now)
    return name


async def _asked(token: str, api_url: str) -> str:
    from bot.telegram.client import AiogramError, TokenValidationError, make_bot

    try:
        bot = make_bot(token, api_url)
    except TokenValidationError:
        return ""
    try:
        return (await bot.get_me(request_timeout=10)).username or ""
    except AiogramError:
        return ""
    finally:
        await bot.session.close()
