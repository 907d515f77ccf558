"""What a piece of work asks of the database: each statement as it was sent, and what the planner makes of it."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession

from storage.database import Database

EXPLAINED = ("SELECT", "WITH", "UPDATE", "DELETE", "INSERT")
TICKS = 100  # of /proc, a second


@dataclass
class Asked:
    """Statements with their values, in their order."""

    statements: list[tuple[str, Any]] = field(default_factory=list)


@contextmanager
def listening(database: Database) -> Iterator[Asked]:
    """Everything that goes to the database for the length of the block."""
    asked = Asked()

    def note(_: Any, __: Any, statement: str, values: Any, ___: Any, many: bool) -> None:
        if not many and statement.lstrip().startswith(EXPLAINED):
            asked.statements.append((statement, values))

    engines = {id(one): one for one in (database.engine.sync_engine, database._reader.sync_engine)}
    for one in engines.values():
        event.listen(one, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        for one in engines.values():
            event.remove(one, "before_cursor_execute", note)


async def blocks(session: AsyncSession, asked: Asked) -> tuple[int, list[tuple[int, str]]]:
    """Blocks of the database that the statements touch, each run once more: the sum, and the dearest first."""
    connection = await session.connection()
    found: list[tuple[int, str]] = []
    for statement, values in asked.statements:
        async with connection.begin_nested() as again:
            explained = await connection.exec_driver_sql(
                f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values
            )
            plan = explained.scalar_one()
            await again.rollback()
        top = (json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]
        found.append((top["Shared Hit Blocks"] + top["Shared Read Blocks"], statement))
    return sum(count for count, _ in found), sorted(found, reverse=True)


@dataclass(frozen=True)
class Cost:
    """Of one piece of work: statements, blocks touched, milliseconds of our processor and of the server's."""

    statements: float
    blocks: float
    client: float
    server: float
    dearest: str = ""


async def cost(database: Database, work: Callable[[], Awaitable[object]], times: int, owner: str) -> Cost:
    """Runs the work so many times, once more beside to count blocks.

    Args:
        work: commits, or takes back, what it does.
        owner: the server's processes are found by the user they run under.
    """
    await work()
    server, client = processor(owner), time.process_time()
    with listening(database) as asked:
        for _ in range(times):
            await work()
    client = (time.process_time() - client) * 1000 / times
    server = (processor(owner) - server) * 1000 / times
    one = Asked(asked.statements[-(len(asked.statements) // times) :] if asked.statements else [])
    async with database.engine.connect() as connection:
        session = AsyncSession(connection)
        total, dearest = await blocks(session, one)
        await connection.rollback()
    name = " ".join(dearest[0][1].split())[:90] if dearest else ""
    return Cost(
        len(one.statements), total, client, server, f"{dearest[0][0]} blocks: {name}" if dearest else ""
    )


def processor(owner: str) -> float:
    """Seconds of processor that the server's processes have used so far; 0 where /proc does not say."""
    spent = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().partition(") ")
            if "(postgres" not in name or stat.parent.owner() != owner:
                continue
            if b"127.0.0.1(" in (stat.parent / "cmdline").read_bytes():  # of a connection; others come and go
                spent += sum(int(one) for one in rest.split()[11:13])
        except (OSError, KeyError):
            continue
    return spent / TICKS
