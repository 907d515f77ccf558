"""What is different in a house of the fault harness, applied from outside after it is loaded.

Faster beats, pauses and platforms, a clock that can be moved, a counter of commits. No rule of sending, no order of
steps and no transaction is touched.
"""

from __future__ import annotations

import os
import random
import secrets
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from aiogram.client.session import aiohttp as telegram_http
from sqlalchemy.dialects.postgresql.asyncpg import PGDialect_asyncpg
from sqlalchemy.engine.default import DefaultDialect

import bot.holders
import bot.lane
import bot.telegram.client
import bot.telegram.inbox
import bot.telegram.messenger
import bot.vk.client
import bot.vk.inbox
import scheduler.metronome
import scheduler.timetable
from bot.pace import Pace
from storage.inline_sqlite import Dialect
from tests.faults.levers import How, Levers

OFTEN = timedelta(minutes=5)  # lines of the timetable that run at least so often
BEAT = timedelta(seconds=1.5)  # … run here so often; the others once, when the house starts
ANSWERS_WITHIN = 3.0  # seconds; the product waits 20 and 30


def alter(how: dict[str, Any]) -> None:
    """Args:
    how: "levers": path of the file; "noted": False leaves out the notes of beats, which only doctor reads.
    """
    bot.holders._LIFE = secrets.token_hex(
        4
    )  # what is drawn when the module loads, each process draws for itself
    random.seed()
    levers = Levers(Path(how["levers"]))
    _clock(levers)
    _commits(levers)
    _beats()
    _platforms()
    if not how.get("noted", True):
        scheduler.metronome.Metronome._note = _unnoted  # type: ignore[method-assign, assignment]


def _clock(levers: Levers) -> None:
    """The time of day as the house and its timetable see it; what counts seconds that pass is left alone."""
    true_time = time.time

    class Meta(type):
        def __instancecheck__(cls, one: object) -> bool:
            return isinstance(one, datetime)

    class Moved(datetime, metaclass=Meta):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + levers.ahead

    for name, module in list(sys.modules.items()):
        ours = name.partition(".")[0] in {"app", "bot", "scheduler", "apscheduler"}
        if ours and getattr(module, "datetime", None) is datetime:
            module.datetime = Moved  # type: ignore[attr-defined]
    time.time = lambda: true_time() + levers.ahead.total_seconds()


def _commits(levers: Levers) -> None:
    """Those that changed something."""
    real = DefaultDialect.do_commit

    def counted(commit: Callable[[], None]) -> None:
        how = levers.counted()
        if how is How.KILLED_BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        commit()
        if how is How.KILLED_AFTER:
            os.kill(os.getpid(), signal.SIGKILL)
        elif how is How.STOPPED_AFTER:
            os.kill(os.getpid(), signal.SIGSTOP)

    def on_sqlite(self: Any, connection: Any) -> None:
        own = connection.dbapi_connection
        before, own.changes_counted = getattr(own, "changes_counted", 0), own.total_changes
        if own.changes_counted == before:
            real(self, connection)
        else:
            counted(lambda: real(self, connection))

    def on_postgres(self: Any, connection: Any) -> None:
        counted(lambda: real(self, connection))

    Dialect.do_commit = on_sqlite  # type: ignore[method-assign]
    PGDialect_asyncpg.do_commit = on_postgres


def _beats() -> None:
    scheduler.timetable.TIMETABLE = tuple(
        replace(one, every=BEAT) if one.every <= OFTEN else one for one in scheduler.timetable.TIMETABLE
    )


def _platforms() -> None:
    telegram_http.SERVER_SOFTWARE = f"house/{os.getpid()}"  # so that the platform can tell processes apart
    bot.telegram.client.TIMEOUT = ANSWERS_WITHIN
    bot.vk.client.TIMEOUT = (ANSWERS_WITHIN, ANSWERS_WITHIN)  # type: ignore[assignment]
    bot.vk.client.SLOW_DOWN |= {9: 1.5}
    bot.vk.client.TOO_FAST |= {6: 0.3}
    bot.telegram.messenger.make_pace = lambda: Pace(300, 20, cap=300)  # type: ignore[attr-defined]
    bot.telegram.inbox.CONFLICT = 0.3
    bot.lane.FIRST_WAIT = 0.05


async def _unnoted(*_: Any) -> None:
    """In place of a note."""
