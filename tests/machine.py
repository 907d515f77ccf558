"""What every test that tries acts in any order stands on: a database of its own for each try, a clock, verbs."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database, sqlite_url
from tests.both import ON_POSTGRES, empty
from tests.conftest import NOW

T = TypeVar("T")


class Machine(RuleBasedStateMachine):
    """`now` moves when a rule says so."""

    head: Path
    folder: Path
    server = ""  # of PostgreSQL; "": SQLite
    made = 0

    def __init__(self) -> None:
        super().__init__()
        self.loop, self.now = asyncio.new_event_loop(), NOW
        Machine.made += 1
        self.database = self.run(self._on_server()) if self.server or ON_POSTGRES else self._file()

    @classmethod
    async def begins(cls, database: Database) -> None:
        """Puts in what every try begins with; a file that `walked` is given has it already."""

    async def _on_server(self) -> Database:
        database = await empty()
        await self.begins(database)
        return database

    def _file(self) -> Database:
        copy = shutil.copy(self.head, self.folder / f"{Machine.made}.db")
        return Database(sqlite_url(Path(copy)), durable=False)

    def teardown(self) -> None:
        self.run(self.database.close())
        self.loop.close()

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(what)

    def turn(self, act: Callable[[AsyncSession], Coroutine[Any, Any, T]]) -> T:
        """One transaction."""

        async def turn() -> T:
            async with self.database.transaction() as session:
                return await act(session)

        return self.run(turn())


def walked(machine: type[Machine], head: Path, folder: Path, **limits: Any) -> None:
    """Args:
    head: an empty database to begin from.
    limits: of hypothesis: how many tries, how many acts in each.
    """
    machine.head, machine.folder = head, folder
    usual: dict[str, Any] = {
        "deadline": None, "database": None, "suppress_health_check": list(HealthCheck),
        "phases": (Phase.explicit, Phase.generate),  # without shrinking: a failure is found in seconds too
    }  # fmt: skip
    run_state_machine_as_test(machine, settings=settings(**(usual | limits)))
