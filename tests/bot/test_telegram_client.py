"""How a call of Telegram is written."""

from __future__ import annotations

import json
from typing import Any

import aiohttp
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.methods import SendMessage, SendPhoto, TelegramMethod
from aiogram.types import BufferedInputFile

from bot.messenger import Button
from bot.telegram.client import make_bot
from bot.telegram.messenger import NO_PREVIEW, keyboard


def written(method: TelegramMethod[Any]) -> Any:
    bot = make_bot("42:secret")
    assert isinstance(bot.session, AiohttpSession)
    return bot.session.build_form_data(bot, method)


def test_words_go_as_json_with_what_is_empty_left_out() -> None:
    body = written(
        SendMessage(
            chat_id="1001",
            text="Привет",
            parse_mode=None,
            link_preview_options=NO_PREVIEW,
            disable_notification=False,
            reply_markup=keyboard(((Button("Да", data="t:1:a"),),), None),
        )
    )
    assert body.content_type == "application/json"
    assert json.loads(body.decode()) == {
        "chat_id": "1001",
        "text": "Привет",
        "disable_notification": False,
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"inline_keyboard": [[{"text": "Да", "callback_data": "t:1:a"}]]},
    }


def test_what_carries_a_file_goes_as_a_form() -> None:
    body = written(SendPhoto(chat_id="1001", photo=BufferedInputFile(b"a picture", filename="one.jpg")))
    assert isinstance(body, aiohttp.FormData)
    assert body.is_multipart
