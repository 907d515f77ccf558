"""A bot account of Telegram: one aiogram `Bot`, its pace, its errors sorted for the outbox."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import AiogramError as AiogramError  # for those who call `make_bot`
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, TelegramMethod
from aiogram.utils.token import TokenValidationError as TokenValidationError  # for those who call `make_bot`

from bot.messenger import CalledOff, DeliveryFailed, Still
from bot.pace import Pace, StandStill

TIMEOUT = 30.0  # seconds for one call; the outbox lease is longer than two of them

# Descriptions that mean: nobody is there. The server has no codes for them.
# (platforms.md 1.4, github.com/tdlib/telegram-bot-api Client.cpp)
GONE = ("chat not found", "peer_id_invalid", "user not found", "user is deactivated")


# A proxy of Telegram's answers in its place: it has not reached the server behind it. With 504 it has, and
# waited in vain, so nobody knows. A 502 may also hide a connection cut half-way: an extra copy now and then
# weighs less than words that never come.
NOT_PASSED_ON = frozenset({502, 503, 521, 522, 523})


_written = json.JSONEncoder(ensure_ascii=False).encode


class _Session(AiohttpSession):
    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """JSON where no file goes along (core.telegram.org/bots/api#making-requests).

        A form is quoted value by value, and takes six bytes for a Russian letter instead of two.
        """
        files: dict[str, Any] = {}
        given = method.model_dump(warnings=False).items()
        ready = {
            name: self.prepare_value(value, bot=bot, files=files, _dumps_json=False) for name, value in given
        }
        if files:
            return super().build_form_data(bot, method)
        kept = {name: value for name, value in ready.items() if value is not None and value != ""}
        return aiohttp.BytesPayload(_written(kept).encode(), content_type="application/json")

    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if status_code in NOT_PASSED_ON:
                raise TelegramServerError(method=method, message=f"gateway {status_code}") from None
            raise


def make_bot(token: str, api_url: str | None = None) -> Bot:
    """Raises `TokenValidationError` when the token has a wrong form."""
    server = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
    return Bot(token, session=_Session(api=server, timeout=TIMEOUT))


def make_pace() -> Pace:
    """About 30 messages a second in all, one a second to a chat with short bursts (platforms.md 1.5)."""
    return Pace(29.4, 8, each=1.0, each_burst=5, cap=30)


async def call(
    bot: Bot, pace: Pace, method: TelegramMethod[Any], address: str = "", *, still: Still | None = None
) -> Any:
    """The server's answer, at the account's pace. Raises nothing but `DeliveryFailed`.

    Args:
        still: it can wait until nobody else wants to speak, and is asked then whether it still goes; if it does
            not, `CalledOff` is raised.
    """
    try:
        leave = await (pace.turn(address) if still is None else pace.spare(address))
        if still is not None and not await still():
            pace.unused(leave)
            raise CalledOff
        leave.now()
        return await bot(method)
    except StandStill as still:
        raise DeliveryFailed("flood", retry_after=still.seconds) from still
    except TelegramRetryAfter as error:
        pace.hold(error.retry_after)
        raise failure(error) from error
    except AiogramError as error:
        raise failure(error) from error


def failure(error: AiogramError) -> DeliveryFailed:
    """What the outbox must do about an error of Telegram. Source: platforms.md section 3."""
    match error:
        case TelegramRetryAfter():
            return DeliveryFailed("flood", retry_after=float(error.retry_after))
        case TelegramServerError():
            return DeliveryFailed("server")
        case ClientDecodeError():
            # A page instead of an answer, other than `NOT_PASSED_ON`. What lies behind it may have worked.
            return DeliveryFailed("server", unknown=True)
        case TelegramEntityTooLarge():
            return DeliveryFailed("too-large", broken=True)
        case TelegramNetworkError():
            reached = not isinstance(error.__cause__, aiohttp.ClientConnectorError)
            return DeliveryFailed("network", unknown=reached)
        case TelegramForbiddenError():
            return DeliveryFailed("blocked", permanent=True)
        case TelegramMigrateToChat():
            return DeliveryFailed("migrated", permanent=True)  # groups only; we answer people
        case TelegramUnauthorizedError() | TelegramNotFound():
            return DeliveryFailed("token", stop=True)  # 404 is the answer to a token of a wrong form
        case TelegramConflictError():
            return DeliveryFailed("conflict")
        case TelegramBadRequest():
            if any(words in error.message.lower() for words in GONE):
                return DeliveryFailed("chat-not-found", permanent=True)
            return DeliveryFailed("bad-request", broken=True)
    return DeliveryFailed("server")
