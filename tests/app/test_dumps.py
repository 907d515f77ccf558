"""No table of a server changes before pg_dump has written a copy that restores."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from app import backup, cli, locked, opening
from app.settings import Settings
from program.errors import Refusal
from storage.database import Database
from tests import both
from tests.app.test_backup import NOW, PASSPHRASE, filled, people, settings
from tests.app.test_upgrade import further as further
from tests.app.test_upgrade import revisions
from tests.load.parts import READY, Part, until

pytestmark = pytest.mark.postgres
OLD = revisions()[0]
NAMES = ["Котова0", "Котова1", "Котова2"]


@pytest.fixture
async def older(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Settings]:
    """Three people on a server, in tables of the version before the program's."""
    database = await both.bare()
    given = settings(tmp_path / "data", database.url)
    await filled(given)
    request.getfixturevalue("further")
    yield given
    await database.close()


def copies(given: Settings) -> list[Path]:
    return sorted(given.data_dir.glob("backups/*"))


def half_made(folder: Path) -> list[Path]:
    return [*folder.glob("copying*"), *folder.glob("open*")]


async def version(given: Settings) -> str:
    database = Database(given.database_url)
    async with database.engine.connect() as connection:
        found = await connection.scalar(text("SELECT version_num FROM alembic_version"))
    await database.close()
    return str(found)


def pg_restore(*words: str | Path) -> bytes:
    return subprocess.run(["pg_restore", *words], check=True, capture_output=True).stdout


def without_pg_dump(folder: Path, monkeypatch: pytest.MonkeyPatch, instead: str = "") -> None:
    """PATH leads to nothing else than this script, where there is one."""
    folder.mkdir()
    if instead:
        (folder / "pg_dump").write_text(f"#!/bin/sh\n{instead}\n")
        (folder / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


async def test_the_copy_opens_in_an_empty_database_on_which_the_program_starts(
    older: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await opening.to_head(older, NOW) == (OLD, "v0002")

    (copy,) = copies(older)
    assert copy.name == "before-upgrade-20260915-070000.dump"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in older.data_dir.iterdir()] == ["backups"]  # nothing half made

    monkeypatch.undo()  # back to the version of before
    empty = await both.bare()
    await empty.close()
    url = empty.url.replace("+asyncpg", "")
    pg_restore("--exit-on-error", f"--dbname={url}", copy)
    part = Part(tmp_path, "again", "scheduler", empty.url)
    part.start()
    await until(part.has_started, READY)
    assert await part.end() == 0
    assert (await version(older), await people(older)) == (OLD, NAMES)
    assert await opening.to_head(older, NOW) == (OLD, OLD)
    assert len(copies(older)) == 1


async def test_several_that_start_at_once_make_one_copy(older: Settings) -> None:
    found = await asyncio.gather(*(opening.to_head(older, NOW) for _ in range(3)))
    assert sorted(found) == [(OLD, "v0002"), ("v0002", "v0002"), ("v0002", "v0002")]
    assert len(copies(older)) == 1


@pytest.mark.parametrize(
    ("instead", "refusal"),
    [
        ("", "backup-dump-none"),
        ("echo 'aborting because of server version mismatch' >&2; exit 1", "backup-dump-failed"),
        ('while [ "$1" ]; do case $1 in --file=*) echo half > "${1#--file=}";; esac; shift; done; exit 1',
         "backup-dump-failed"),
    ],
    ids=["missing", "too old", "broken off"],
)  # fmt: skip
async def test_without_a_copy_nothing_changes_until_the_operator_says_that_there_is_one(
    older: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, instead: str, refusal: str
) -> None:
    without_pg_dump(tmp_path / "bin", monkeypatch, instead)
    with pytest.raises(Refusal, match=refusal) as refused:
        await opening.to_head(older, NOW)
    if "mismatch" in instead:
        assert "version mismatch" in str(refused.value.text.args["said"])
    assert (copies(older), await version(older)) == ([], OLD)
    assert half_made(older.data_dir) == []

    monkeypatch.setenv("NASTAVNIK_DATA_DIR", str(older.data_dir))
    monkeypatch.setenv("NASTAVNIK_DATABASE_URL", older.database_url)
    assert await asyncio.to_thread(cli.main, ["migrate"]) == 1
    assert await version(older) == OLD
    assert await asyncio.to_thread(cli.main, ["migrate", "--copy-made"]) == 0
    assert (copies(older), await version(older)) == ([], "v0002")


async def test_an_empty_server_and_one_at_head_need_no_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_pg_dump(tmp_path / "bin", monkeypatch)
    database = await both.bare()
    await database.close()
    given = settings(tmp_path / "data", database.url)
    for before in ("", OLD):
        assert await opening.to_head(given, NOW) == (before, OLD)
    assert copies(given) == []


async def test_a_restore_changes_no_older_tables_without_a_copy(
    older: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)
    without_pg_dump(tmp_path / "bin", monkeypatch)
    with pytest.raises(Refusal, match="backup-dump-none"):
        await backup.restore(older, tmp_path / "copy.zip", NOW)
    assert await version(older) == OLD


async def test_the_password_stands_on_no_command_line(
    older: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = tmp_path / "told"
    without_pg_dump(
        tmp_path / "bin", monkeypatch, f'echo "$0 $*" > {told}; echo "$PGPASSWORD" >> {told}; exit 1'
    )
    url = make_url(older.database_url).set(password="слово: @'\\")
    older.database_url = url.render_as_string(hide_password=False)
    with pytest.raises(Refusal, match="backup-dump-failed") as refused:
        await opening.to_head(older, NOW)
    called, password = told.read_text().splitlines()
    assert password == "слово: @'\\"
    assert "слово" not in called + str(refused.value)


async def test_a_server_is_found_by_its_socket_as_well(older: Settings) -> None:
    database = Database(older.database_url)
    async with database.engine.connect() as connection:
        folder = await connection.scalar(text("SHOW unix_socket_directories"))
    await database.close()
    url = make_url(older.database_url)
    words = f"postgresql://{url.username}@/{url.database}?host={folder}&port={url.port}"
    older.database_url = settings(older.data_dir, words).database_url
    assert await opening.to_head(older, NOW) == (OLD, "v0002")
    assert len(copies(older)) == 1


async def test_the_copy_is_locked_where_copies_are(
    older: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked, "COST", 10)
    given = settings(older.data_dir, older.database_url, PASSPHRASE)
    await opening.to_head(given, NOW)
    (copy,) = copies(given)
    assert copy.name == "before-upgrade-20260915-070000.dump.locked"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert b"PGDMP" not in copy.read_bytes()

    with pytest.raises(Refusal, match="backup-locked"):
        backup.unlocked(older, copy, tmp_path / "open")
    other = settings(older.data_dir, older.database_url, PASSPHRASE * 2)
    with pytest.raises(Refusal, match="backup-wrong-passphrase"):
        backup.unlocked(other, copy, tmp_path / "open")
    assert half_made(tmp_path) == []

    backup.unlocked(given, copy, tmp_path / "open")
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o600
    for file, out, refusal in (
        (copy, tmp_path / "open", "name-taken"),
        (tmp_path / "open", tmp_path / "more", "not-locked"),
        (tmp_path / "none", tmp_path / "more", "no-file"),
        (copy, tmp_path / "none" / "more", "no-folder"),
    ):
        with pytest.raises(Refusal, match=f"backup-{refusal}"):
            backup.unlocked(given, file, out)
    assert b"TABLE DATA public person" in pg_restore("--list", tmp_path / "open")
