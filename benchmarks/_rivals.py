"""The same conversation as users would otherwise write it: aiogram, aiogram-dialog, python-telegram-bot.

A question with four answers, then the next, ten of them; an answer is typed, the next question comes with its buttons.
Each keeps its state in memory, or durably: one line of an SQLite file, committed (synchronous=FULL) before the next
turn. Rivals that are not installed are named by `missing`.
"""

from __future__ import annotations

import importlib.util
import json
import sqlite3
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, StorageKey
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from benchmarks._served import TOKEN

QUESTIONS = 10
ANSWERS = ("Каждую неделю", "Раз в две недели", "Раз в месяц", "Пока не знаю")
WAYS = ("Назад", "Выйти")

Turn = Callable[[Mapping[str, Any]], Awaitable[object]]


class Asked(StatesGroup):
    """One state for each question, in their order."""

    q0, q1, q2, q3, q4, q5, q6, q7, q8, q9 = (State() for _ in range(QUESTIONS))


STATES = Asked.__states__


def question(number: int) -> str:
    return f"Вопрос {number + 1} из {QUESTIONS}\n\nКак часто вам удобно встречаться с наставником?"


def update(number: int, chat: int, text: str = "1") -> dict[str, Any]:
    """What Telegram sends when somebody types."""
    who = {"id": chat, "is_bot": False, "first_name": "Т", "language_code": "ru"}
    where = {"id": chat, "type": "private", "first_name": "Т"}
    said = {"message_id": number, "from": who, "chat": where, "date": int(time.time()), "text": text}
    return {"update_id": number, "message": said}


def missing() -> list[str]:
    """Rivals that cannot be measured here, by the names one installs."""
    modules = {"aiogram-dialog": "aiogram_dialog", "python-telegram-bot": "telegram"}
    return [name for name, module in modules.items() if importlib.util.find_spec(module) is None]


class File:
    """Lines by key in an SQLite file, each committed at once; the shortest durable store there is."""

    def __init__(self, path: Path) -> None:
        self.base = sqlite3.connect(path, isolation_level=None)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=FULL")
        self.base.execute("CREATE TABLE line (key TEXT PRIMARY KEY, value TEXT)")

    def put(self, key: str, value: Any) -> None:
        statement = "INSERT INTO line VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        self.base.execute(statement, (key, json.dumps(value)))

    def get(self, key: str) -> Any:
        found = self.base.execute("SELECT value FROM line WHERE key = ?", (key,)).fetchone()
        return json.loads(found[0]) if found else None


class Durable(BaseStorage):
    """aiogram's states and answers in such a file."""

    def __init__(self, path: Path) -> None:
        self._file = File(path)

    async def set_state(self, key: StorageKey, state: Any = None) -> None:
        self._file.put(f"{key}:state", state.state if isinstance(state, State) else state)

    async def get_state(self, key: StorageKey) -> Any:
        return self._file.get(f"{key}:state")

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        self._file.put(f"{key}:data", dict(data))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return self._file.get(f"{key}:data") or {}

    async def close(self) -> None:
        self._file.base.close()


def store(path: Path | None) -> BaseStorage:
    return MemoryStorage() if path is None else Durable(path)


def bot_at(url: str) -> Bot:
    return Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))


def keyboard() -> InlineKeyboardMarkup:
    rows = [[InlineKeyboardButton(text=one, callback_data=f"a:{at}")] for at, one in enumerate(ANSWERS)]
    return InlineKeyboardMarkup(
        inline_keyboard=[*rows, [InlineKeyboardButton(text=one, callback_data=one) for one in WAYS]]
    )


async def aiogram(stack: AsyncExitStack, bot: Bot, path: Path | None) -> Turn:
    """Hand-written: one handler for each state."""
    router = Router()

    def after(number: int) -> Callable[..., Awaitable[None]]:
        async def answered(message: Message, state: FSMContext) -> None:
            following = (number + 1) % QUESTIONS
            if message.text not in ("1", "2", "3", "4"):
                await message.answer("Ответьте числом от 1 до 4.")
                return
            await state.update_data({f"q{number}": message.text})
            await state.set_state(STATES[following])
            await message.answer(question(following), reply_markup=keyboard())

        return answered

    for number, state in enumerate(STATES):
        router.message.register(after(number), StateFilter(state))
    router.message.register(after(-1))
    dispatcher = Dispatcher(storage=store(path))
    dispatcher.include_router(router)
    stack.push_async_callback(dispatcher.storage.close)
    return lambda given: dispatcher.feed_raw_update(bot, dict(given))


async def aiogram_dialog(stack: AsyncExitStack, bot: Bot, path: Path | None) -> Turn:
    """Ten windows of one dialog. It takes the buttons off the question before, which is a call more for each turn."""
    from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
    from aiogram_dialog.widgets.input import MessageInput
    from aiogram_dialog.widgets.kbd import Button, Column, Row
    from aiogram_dialog.widgets.text import Const

    async def answered(message: Message, _: MessageInput, manager: DialogManager) -> None:
        number = STATES.index(manager.current_context().state)
        if message.text not in ("1", "2", "3", "4"):
            return
        manager.dialog_data[f"q{number}"] = message.text
        await manager.switch_to(STATES[(number + 1) % QUESTIONS])

    windows = [
        Window(
            Const(question(number)),
            Column(*(Button(Const(one), id=f"a{at}") for at, one in enumerate(ANSWERS))),
            Row(*(Button(Const(one), id=f"w{at}") for at, one in enumerate(WAYS))),
            MessageInput(answered),
            state=state,
        )
        for number, state in enumerate(STATES)
    ]
    router = Router()

    async def begins(_: Message, dialog_manager: DialogManager) -> None:
        await dialog_manager.start(STATES[0], mode=StartMode.RESET_STACK)

    router.message.register(begins, StateFilter(None))
    dispatcher = Dispatcher(storage=store(path))
    dispatcher.include_routers(Dialog(*windows), router)
    setup_dialogs(dispatcher)
    stack.push_async_callback(dispatcher.storage.close)
    return lambda given: dispatcher.feed_raw_update(bot, dict(given))


async def conversation_handler(stack: AsyncExitStack, url: str, path: Path) -> Turn:
    """python-telegram-bot's ConversationHandler; its store is written after each turn, not once a minute."""
    from telegram import InlineKeyboardButton as Key
    from telegram import InlineKeyboardMarkup as Keys
    from telegram import Update
    from telegram.ext import Application, ConversationHandler, MessageHandler, filters

    from benchmarks._ptb_store import Store

    keys = Keys(
        [
            *([Key(one, callback_data=f"a:{at}")] for at, one in enumerate(ANSWERS)),
            [Key(one, callback_data=one) for one in WAYS],
        ]
    )

    def after(number: int) -> Callable[..., Awaitable[int]]:
        async def answered(given: Any, context: Any) -> int:
            following = (number + 1) % QUESTIONS
            if given.message.text not in ("1", "2", "3", "4"):
                await given.message.reply_text("Ответьте числом от 1 до 4.")
                return number
            context.user_data[f"q{number}"] = given.message.text
            await given.message.reply_text(question(following), reply_markup=keys)
            return following

        return answered

    application = (
        Application.builder().token(TOKEN).base_url(f"{url}/bot").persistence(Store(File(path))).build()
    )
    application.add_handler(
        ConversationHandler(
            entry_points=[MessageHandler(filters.TEXT, after(-1))],
            states={n: [MessageHandler(filters.TEXT, after(n))] for n in range(QUESTIONS)},
            fallbacks=[],
            name="asked",
            persistent=True,
        )
    )
    await application.initialize()
    stack.push_async_callback(application.shutdown)

    async def turn(given: Mapping[str, Any]) -> None:
        await application.process_update(Update.de_json(dict(given), application.bot))
        await application.update_persistence()

    return turn


class Deaf(BaseSession):
    """No network: every message is sent at once."""

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:  # noqa: ASYNC109 - its name is given
        if method.__api_method__ != "sendMessage":
            return True
        given = {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": method.text}
        return Message.model_validate(given, context={"bot": bot})

    async def stream_content(self, *_: Any, **__: Any) -> Any:
        raise AssertionError
        yield b""

    async def close(self) -> None: ...
