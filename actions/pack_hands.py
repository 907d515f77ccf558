"""What a process of its own does for a pack: reads, makes, hands over the bytes. It writes nothing into the database.

In another process, because filling and setting papers takes all of Python's time: pages and chats go on meanwhile.
"""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from multiprocessing import connection, parent_process
from typing import Any

import structlog

from actions.pack_contents import contents
from actions.pack_making import Making, work_of
from locales import Texts, has
from program.errors import Refusal
from program.packs import Wanted
from program.text import Text
from storage import packs as rows
from storage.database import Database
from storage.tables import PackFile

log = structlog.get_logger()

NICER = 5  # whoever serves pages comes first
say = Texts()


@dataclass(frozen=True)
class Order:
    """One thing to be made. `files`: (key of its row, ending). `actor`: who asked for the pack."""

    job: int
    school: int
    actor: str
    wanted: Wanted
    task: dict[str, Any]
    files: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Handed:
    """What became of one file. `why`: it is not in the pack, for this reason."""

    file: int
    data: bytes = b""
    why: str = ""


class Hands:
    """Makes the things of packs by one database, one after the other."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._making: tuple[int, Wanted, Making] | None = None

    async def make(self, order: Order) -> list[Handed]:
        """A thing that breaks is named in the table of contents, and does not take the others along."""
        async with self._database.reading() as session:
            work = await work_of(session, order.school, order.wanted, order.actor)
            try:
                if order.task["make"] == "contents":
                    made = await rows.files(session, order.job)
                    moment = self._of(order).moment(work)
                    return [Handed(order.files[0][0], contents(work, order.wanted, made, moment))]
                found = await self._of(order).make(work, order.task, [ending for _, ending in order.files])
            except Refusal as no:
                return [Handed(key, why=_why(no)) for key, _ in order.files]
            except Exception:
                log.exception("pack.broken", school=order.school, task=order.task["make"])
                return [Handed(key, why=say(Text("pack-why-defect"))) for key, _ in order.files]
        missing = say(Text("pack-why-long"))
        return [
            Handed(key, found[ending]) if ending in found else Handed(key, why=missing)
            for key, ending in order.files
        ]

    def _of(self, order: Order) -> Making:
        if self._making is None or self._making[:2] != (order.job, order.wanted):
            self._making = (order.job, order.wanted, Making(order.wanted))
        return self._making[2]


def _why(no: Refusal) -> str:
    """The reason and, where the sentence does not say it itself, what to do."""
    what_to_do = f"pack-do-{no.text.id}"
    return " ".join(say(one) for one in (no.text, Text(what_to_do)) if has(one.id))


def orders(job: int, school: int, actor: str, wanted: Wanted, files: Sequence[PackFile]) -> list[list[Order]]:
    """What is still to be made, the papers of the same people together, the table of contents last."""
    things: dict[int, list[PackFile]] = {}
    for one in files:
        if not one.ready:
            things.setdefault(one.thing, []).append(one)
    found = [
        Order(job, school, actor, wanted, of[0].task, tuple((one.id, one.ending) for one in of))
        for of in things.values()
    ]
    found.sort(key=lambda one: one.task["make"] == "contents")
    return [list(some) for _, some in groupby(found, key=lambda one: one.task.get("people") or id(one))]


_hands: Hands | None = None
_loop: asyncio.AbstractEventLoop | None = None


def begin(url: str) -> None:
    """At the start of a process of its own; it ends with the one that has started it."""
    global _hands, _loop
    if hasattr(os, "nice"):
        os.nice(NICER)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent
    threading.Thread(target=_follow, daemon=True).start()
    _loop = asyncio.new_event_loop()
    _hands = Hands(Database(url))


def _follow() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def make(some: Sequence[Order]) -> list[Handed]:
    """In a process that `begin` has prepared."""
    assert _hands is not None
    assert _loop is not None
    return [handed for one in some for handed in _loop.run_until_complete(_hands.make(one))]
