"""What the planners of both databases make of statements: which tables would be read whole, or whole for a school."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks._costs import Asked
from storage.database import Database

# Every year adds to what a school has of these: by the school alone they are not to be read.
GROWING = frozenset({
    "answer", "journal_entry", "meeting", "meeting_attendance", "meeting_note", "outbox", "relay_message", "response",
    "seen_event", "web_message",
})  # fmt: skip
# Some rows of the installation, or looked through only where a file is deleted.
SMALL = frozenset({
    "school", "system_value", "staff_invitation", "own_template", "school_paper_version", "roadmap_proof", "export_job",
})  # fmt: skip
FEW = frozenset({"ix_news_item_following"})  # partial indexes of what is going on just now
MANY = 400  # rows from which on PostgreSQL's planner has something to choose from


@dataclass(frozen=True)
class Read:
    """One table that one statement reads in a way that grows."""

    table: str
    way: str
    statement: str

    def __str__(self) -> str:
        return f"{self.table}: {self.way} in {' '.join(self.statement.split())[:200]}"


async def whole_reads(database: Database, asked: Asked) -> set[str]:
    """Of these statements everything that would read a table, or a school's part of a growing one, from end to end.

    On PostgreSQL only of the growing tables: the others hold too little here for its planner to choose as it would;
    so do answers, which are found through their responses.
    """
    found: set[str] = set()
    many = frozenset() if database.is_sqlite else await _many(database)
    async with database.engine.connect() as connection:
        for statement, values in dict(asked.statements).items():
            if database.is_sqlite:
                steps = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
                reads = _of_sqlite([row[3] for row in steps])
            else:
                for way in (
                    "seqscan",
                    "hashjoin",
                    "mergejoin",
                ):  # of small tables they cost less; real ones are not
                    await connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
                made = await connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values)
                plan = made.scalar_one()
                reads = _of_postgres((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], many)
            found |= {str(Read(table, way, statement)) for table, way in reads}
        await connection.rollback()
    return found


async def _many(database: Database) -> frozenset[str]:
    statement = f"SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= {MANY}"
    async with database.engine.connect() as connection:
        filled = frozenset((await connection.exec_driver_sql(statement)).scalars())
    return (GROWING & filled) - {"answer"}


_STEP = re.compile(r"(SCAN|SEARCH) (\w+)(.*)")
_ALONE = re.compile(r" USING (COVERING )?INDEX \w+ \(school_id=\?\)")


def _of_sqlite(steps: Iterable[str]) -> Iterator[tuple[str, str]]:
    for step in steps:
        match = _STEP.fullmatch(step)
        if match is None or match[2] == "CONSTANT" or match[2].startswith("anon_"):
            continue
        table = re.sub(r"_\d+$", "", match[2])
        if match[3].rpartition(" ")[2] in FEW:
            continue
        if (match[1] == "SCAN" and table not in SMALL) or (table in GROWING and _ALONE.fullmatch(match[3])):
            yield table, step


def _of_postgres(plan: dict[str, Any], many: frozenset[str]) -> Iterator[tuple[str, str]]:
    table, kind, condition = plan.get("Relation Name", ""), plan["Node Type"], plan.get("Index Cond", "")
    if table in many and kind in ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"):
        if not condition:
            yield table, f"{kind} of the whole {plan.get('Index Name', 'table')}"
        elif re.fullmatch(r"\(school_id = [^()]*\)", condition.replace("'::bigint", "")):
            yield table, f"{kind} by {condition}"
    for one in plan.get("Plans", ()):
        yield from _of_postgres({"Relation Name": table, **one}, many)
