"""A school's database of any released version comes to today's with every row, after a copy of how it was."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from app import backup, opening
from storage import migrate
from storage.database import Database
from tests import released
from tests.app.test_backup import NOW, settings

Rows = dict[str, list[dict[str, Any]]]
NEXT = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "v0002", "{head}", None, None

def upgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("nickname", sa.String(40), nullable=False, server_default=""))

def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.drop_column("nickname")
"""


def held(path: Path) -> Rows:
    """Everything that stands in a database, by table."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
        for name in names
        if not name.startswith(("alembic_", "sqlite_"))
    }
    connection.close()
    return found


def lost(before: Rows, after: Rows) -> list[str]:
    """Tables, rows and values that are not there any more. A migration that means to take some away says so here."""
    found = [table for table in before if before[table] and table not in after]
    for table, rows in before.items():
        now = after.get(table, [])
        if table in after and len(now) < len(rows):
            found.append(f"{table}: {len(rows)} -> {len(now)}")
        for old, new in zip(rows, now, strict=False):
            found += [f"{table}.{name}" for name in old if name not in new or new[name] != old[name]]
    return sorted(set(found))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import asyncio

    path = tmp_path_factory.mktemp("filled") / "filled.db"
    asyncio.run(released.fill(path, "first"))
    return path


def revisions() -> list[str]:
    """The newest first."""
    script = ScriptDirectory.from_config(migrate.config())
    return [one.revision for one in script.walk_revisions()]


def test_every_version_before_the_newest_has_left_its_database() -> None:
    assert set(revisions()[1:]) <= released.dumps().keys(), (
        "python -m tests.released, when a version goes out"
    )


async def _brought_along(dump: bytes, folder: Path) -> tuple[Rows, Rows]:
    given = settings(folder)
    given.data_dir.mkdir(parents=True)
    path = given.data_dir / "nastavnik.db"
    released.loaded(dump, path)
    before = held(path)
    old, new = await opening.to_head(given, NOW)
    assert (old != new) == bool(list(given.data_dir.glob("backups/before-upgrade-*.zip")))
    for copy in given.data_dir.glob("backups/before-upgrade-*.zip"):
        assert backup.verify(copy, within=copy.parent).people == len(before["person"])
    database = Database(given.database_url)
    assert await migrate.drift(database) == [] or new == "v0002"
    await database.close()
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.DatabaseError, match="append"):
        connection.execute("DELETE FROM journal_entry")
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
    return before, held(path)


async def test_the_database_of_each_released_version_comes_along_whole(filled: Path, tmp_path: Path) -> None:
    today = {revisions()[0]: released.dumped(filled)}  # as if it were released now
    for revision, dump in (
        today | {name: path.read_bytes() for name, path in released.dumps().items()}
    ).items():
        before, after = await _brought_along(dump, tmp_path / revision)
        assert before["person"]
        assert lost(before, after) == [], revision


@pytest.fixture
def further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is one version more."""
    steps = tmp_path / "steps"
    steps.mkdir()
    (steps / "v0002_next.py").write_text(NEXT.format(head=revisions()[0]))
    usual = migrate.config

    def longer(*args: Any) -> Config:
        made = usual(*args)
        made.set_main_option("path_separator", "os")
        place = made.get_main_option("script_location")
        made.set_main_option("version_locations", f"{place}/versions:{steps}")
        return made

    monkeypatch.setattr(migrate, "config", longer)


@pytest.mark.usefixtures("further")
async def test_a_filled_database_takes_a_further_step_whole_and_after_a_copy(
    filled: Path, tmp_path: Path
) -> None:
    before, after = await _brought_along(released.dumped(filled), tmp_path / "data")
    assert lost(before, after) == []
    assert {row["nickname"] for row in after["person"]} == {""}
    assert len([table for table in before if before[table]]) > 40


async def test_a_copy_restored_into_an_empty_folder_holds_every_row(filled: Path, tmp_path: Path) -> None:
    here, there = settings(tmp_path / "here"), settings(tmp_path / "there")
    here.data_dir.mkdir()
    shutil.copy(filled, here.data_dir / "nastavnik.db")
    await backup.make(here, tmp_path / "copy.zip", NOW)
    await backup.restore(there, tmp_path / "copy.zip", NOW)
    before, after = held(filled), held(there.data_dir / "nastavnik.db")
    assert len(before) > 100
    settled = {"sign_in", "staff_invitation", "outbox"}  # what followed the copy: test_afterwards.py
    assert {table for table in before if before[table] != after[table]} <= settled
    for table in settled - {"sign_in"}:
        assert [row["id"] for row in before[table]] == [row["id"] for row in after[table]]
    assert before.keys() == after.keys()


def test_what_is_lost_on_the_way_is_named() -> None:
    before: Rows = {"a": [{"id": 1, "x": "Аня"}, {"id": 2, "x": "Юля"}], "b": [{"id": 1}], "c": []}
    after: Rows = {"a": [{"id": 1, "x": "", "y": 5}]}
    assert lost(before, after) == ["a.x", "a: 2 -> 1", "b"]
