"""What is told to Telegram each time the bot starts: where its updates go, what the «/» button lists."""

from __future__ import annotations

import structlog

from bot import menu
from bot.heard import Patience
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
    patience = patience or Patience(0.5, 60.0)
    while True:
        try:
            await messenger.set_webhook(url, secret)
        except DeliveryFailed as failed:
            if failed.stop or failed.broken:
                log.error("telegram.webhook.refused", account=messenger.account, reason=failed.reason)
                return
            log.warning("telegram.webhook.not_set", account=messenger.account, reason=failed.reason)
            await patience.pause(failed.retry_after or 0.0)
        else:
            log.info("telegram.webhook.set", account=messenger.account)
            return
