"""What is told to Telegram each time the bot starts: where its updates go, what the «/» button lists."""

from __future__ import annotations

import structlog

from bot import menu
from bot.heard import Patience, until_taken
from bot.messenger import DeliveryFailed
from bot.telegram.messenger import TelegramMessenger
from locales import Texts
from program.text import Text

log = structlog.get_logger()


async def list_commands(messenger: TelegramMessenger) -> None:
    """In Russian, and in English for phones that speak it. Without the list every command works as well."""
    try:
        await messenger.set_commands(commands("ru"))
        await messenger.set_commands(commands("en"), "en")
    except DeliveryFailed as failed:
        log.warning("telegram.commands.not_listed", account=messenger.account, reason=failed.reason)


def commands(language: str) -> list[tuple[str, str]]:
    """Name, description."""
    words = Texts(language)
    return [(name, words(Text(f"command-{name}"))) for name in menu.LISTED]


async def register_webhook(
    messenger: TelegramMessenger, url: str, secret: str, patience: Patience | None = None
) -> None:
    """Tries until Telegram takes it: before that nothing is heard. A refusal ends the trying and is logged."""
    taken = await until_taken(
        lambda: messenger.set_webhook(url, secret),
        patience or Patience(0.5, 60.0),
        "telegram.webhook",
        is_final=lambda failed: failed.stop or failed.broken,
        account=messenger.account,
    )
    if taken:
        log.info("telegram.webhook.set", account=messenger.account)
