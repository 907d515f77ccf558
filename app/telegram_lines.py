"""Telegram, asked line by line how the bot is set, and told what one press sets.

Nothing here may be imported before it is needed: aiogram takes a second to load.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from functools import partial
from typing import Any

from actions import channel_lines
from actions.channel_lines import Line, Stand
from app.settings import Settings
from locales import dates
from program.channels import Channel
from program.text import Text

FIXES = (
    "telegram-hook",
    "telegram-commands",
    "telegram-menu",
    "telegram-name",
    "telegram-description",
    "telegram-short",
)
PENDING = 100  # waiting updates that are no longer the usual

_line = partial(channel_lines.line, Channel.TELEGRAM)


class TelegramLines:
    """Args:
    school: its name, for the bot's profile; "" where the bot serves several.
    zone: of the school, for moments in words.
    """

    channel = Channel.TELEGRAM
    fixes = FIXES

    def __init__(self, settings: Settings, school: str, zone: Any) -> None:
        self._settings, self._school, self._zone = settings, school, zone

    async def lines(self) -> AsyncIterator[Line]:
        """Everything that is asked of Telegram; ends early where it does not answer."""
        if self._settings.telegram.token is None:
            yield _line("telegram", Stand.OFF)
            return
        from bot.messenger import DeliveryFailed

        server = self._settings.telegram.api_url
        bot = self._open()
        if bot is None:
            yield _refused()
            return
        try:
            me = await self._ask(bot, "GetMe")
            yield _line("telegram-token", Stand.FINE, bot=me.username or str(me.id))
            yield await self._hook(bot)
            yield await self._commands(bot)
            yield await self._menu(bot)
            for what in ("name", "description", "short"):
                yield await self._words(bot, what)
            open_to_groups = bool(me.can_join_groups)
            stand = Stand.ADVICE if open_to_groups else Stand.FINE
            yield _line("telegram-groups", stand, clicks=True)
        except DeliveryFailed as failed:
            if failed.stop:
                yield _refused()
            else:
                alarm = Text("upkeep-telegram-away", {"server": server})
                yield _line("telegram-away", Stand.NEEDED, alarm=alarm, server=server)
        finally:
            await bot.session.close()

    async def fix(self, name: str) -> None:
        """Sets it, in both languages where it has words. Raises `DeliveryFailed`. Safe to repeat."""
        bot = self._open()
        if bot is None:
            return
        try:
            await self._set(bot, name)
        finally:
            await bot.session.close()

    def _open(self) -> Any:
        """None: the token has not even the form of one."""
        from bot.telegram.client import TokenValidationError, make_bot

        telegram = self._settings.telegram
        assert telegram.token is not None
        try:
            return make_bot(telegram.token.get_secret_value(), telegram.api_url)
        except TokenValidationError:
            return None

    async def _ask(self, bot: Any, method: str, **values: Any) -> Any:
        from aiogram import methods

        from bot.telegram.client import call, make_pace

        return await call(bot, make_pace(), getattr(methods, method)(**values))

    async def _hook(self, bot: Any) -> Line:
        info = await self._ask(bot, "GetWebhookInfo")
        telegram, waits = self._settings.telegram, int(info.pending_update_count or 0)
        if telegram.mode == "polling":
            if info.url:
                # `run` removes a webhook that was left; until then nothing would be heard.
                return _line("telegram-polling", Stand.NEEDED, fix="telegram-hook", waits=waits)
            crowd = Stand.ADVICE if waits > PENDING else Stand.FINE
            return _line("telegram-polling", crowd, waits=waits)
        ours = _address(self._settings)
        if info.url != ours:
            alarm = Text("upkeep-telegram-webhook-missing")
            return _line("telegram-hook-missing", Stand.NEEDED, fix="telegram-hook", alarm=alarm, url=ours)
        if info.last_error_message:
            # Telegram's own English words: for who looks after the server, not part of ours.
            said = {"said": info.last_error_message[:200], "when": self._moment(info.last_error_date)}
            alarm = Text("upkeep-telegram-webhook-failing")
            return _line("telegram-hook-failing", Stand.NEEDED, clicks=True, alarm=alarm, waits=waits, **said)
        return _line("telegram-hook", Stand.FINE, waits=waits)

    def _moment(self, given: object) -> str:
        if isinstance(given, int | float):
            given = datetime.fromtimestamp(given, UTC)
        assert isinstance(given, datetime)
        return dates.moment(given, self._zone)

    async def _commands(self, bot: Any) -> Line:
        from bot.telegram.profile import LANGUAGES, profile

        for code in LANGUAGES:
            found = await self._ask(bot, "GetMyCommands", language_code=code or None)
            shown = tuple((one.command, one.description) for one in found)
            if shown != profile(code, self._school).commands:
                return _line("telegram-commands", Stand.NEEDED, fix="telegram-commands")
        return _line("telegram-commands", Stand.FINE, count=len(shown))

    async def _menu(self, bot: Any) -> Line:
        button = await self._ask(bot, "GetChatMenuButton")
        good = button.type in ("commands", "default")
        return _line("telegram-menu", Stand.FINE if good else Stand.NEEDED, fix="telegram-menu")

    async def _words(self, bot: Any, what: str) -> Line:
        """Nothing there: needed. Other words than ours: the school's own choice, which a press would replace."""
        from bot.telegram.profile import LANGUAGES, profile

        key, stand, shown = f"telegram-{what}", Stand.FINE, ""
        method, field = _GET[what]
        for code in LANGUAGES:
            found = getattr(await self._ask(bot, method, language_code=code or None), field) or ""
            shown = shown or found
            if not found:
                return _line(key, Stand.NEEDED, fix=key, clicks=True)
            if found != getattr(profile(code, self._school), what):
                stand = Stand.ADVICE
        return _line(key, stand, fix=key, clicks=True, shown=_short(shown))

    async def _set(self, bot: Any, name: str) -> None:
        from aiogram.types import BotCommand, MenuButtonCommands

        from bot.telegram.profile import LANGUAGES, profile
        from bot.telegram.update import ALLOWED

        if name == "telegram-menu":
            await self._ask(bot, "SetChatMenuButton", menu_button=MenuButtonCommands())
            return
        if name == "telegram-hook":
            telegram = self._settings.telegram
            if telegram.mode == "polling":
                await self._ask(bot, "DeleteWebhook")
                return
            assert telegram.webhook_secret is not None
            secret = telegram.webhook_secret.get_secret_value()
            url = _address(self._settings)
            await self._ask(bot, "SetWebhook", url=url, secret_token=secret, allowed_updates=ALLOWED)
            return
        what = name.removeprefix("telegram-")
        for code in LANGUAGES:
            wanted = profile(code, self._school)
            language = code or None
            if what == "commands":
                listed = [BotCommand(command=one, description=words) for one, words in wanted.commands]
                await self._ask(bot, "SetMyCommands", commands=listed, language_code=language)
            else:
                method, field = _SET[what]
                await self._ask(bot, method, language_code=language, **{field: getattr(wanted, what)})


_GET = {
    "name": ("GetMyName", "name"),
    "description": ("GetMyDescription", "description"),
    "short": ("GetMyShortDescription", "short_description"),
}
_SET = {what: (method.replace("Get", "Set"), field) for what, (method, field) in _GET.items()}


def _address(settings: Settings) -> str:
    from bot.telegram.webhook import PATH

    return settings.public_url + PATH


def _refused() -> Line:
    return _line("telegram-token", Stand.NEEDED, clicks=True, alarm=Text("upkeep-telegram-token"))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else line[:79] + "…"
