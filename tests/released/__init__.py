"""A filled database of each released version, as it was: `<revision>.sql.gz` beside this file.

`python -m tests.released` writes the one of today's head. It is called once, when a version goes out: from then on its
migration is never edited, and every later one has to bring this database along (tests/app/test_upgrade.py).
"""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
import tempfile
from pathlib import Path

from storage import migrate
from storage.database import Database, sqlite_url
from tests.admin.things import things
from tests.build import school as build_school
from tests.conftest import NOW

FOLDER = Path(__file__).parent


def dumps() -> dict[str, Path]:
    """Revision -> the database of the version that had it."""
    return {path.name.removesuffix(".sql.gz"): path for path in FOLDER.glob("*.sql.gz")}


async def fill(path: Path, *slugs: str) -> None:
    """Schools with something of everything that the admin can name. All people are invented."""
    database = Database(sqlite_url(path), durable=False)
    await migrate.to_head(database)
    for slug in slugs:
        school = build_school(slug, now=NOW)
        async with database.transaction() as session:
            session.add(school)
        await things(database, school, NOW, owner=f"curator-{slug}")
    await database.close()


def dumped(path: Path) -> bytes:
    connection = sqlite3.connect(path)
    script = "\n".join(connection.iterdump())
    connection.close()
    return gzip.compress(script.encode(), mtime=0)


def loaded(dump: bytes, path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(gzip.decompress(dump).decode())
    connection.close()


def write() -> Path:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "filled.db"
        asyncio.run(fill(path, "first", "second"))
        connection = sqlite3.connect(path)
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        connection.close()
        made = FOLDER / f"{revision}.sql.gz"
        made.write_bytes(dumped(path))
    return made
