"""One file with everything: the database as SQLite, the installation's key, a manifest with checksums.

The same file serves both databases: from PostgreSQL all rows are copied into an SQLite file, and back. So a
school that has grown moves from SQLite to PostgreSQL by backup and restore. With a passphrase in the settings the
file is locked (`app.locked`).
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from actions import upkeep
from app import __version__, afterwards, dumps, locked, snapshots
from app.afterwards import Settled
from app.copying import APART, apart, before_upgrade, keep_the_newest
from app.settings import Settings
from program.errors import Refusal
from storage import migrate
from storage.database import Database, sqlite_url

DATABASE, KEY, MANIFEST = "nastavnik.db", "secret.key", "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Backup:
    """What a file holds, as its manifest says and its verification has shown."""

    made_at: str
    version: str
    revision: str
    schools: int
    people: int


async def make(settings: Settings, file: Path, now: datetime, *, noted: bool = True) -> Backup:
    """Writes the file while the program runs, then opens it and checks it.

    The file appears under its name only when it is whole; it is readable by its owner only.

    Args:
        noted: the database remembers when the last copy was made; an older one cannot.

    Raises:
        Refusal: no database yet, the place cannot be written to, or the copy does not verify.
    """
    database = Database(settings.database_url)
    key = settings.passphrase
    try:
        place = _folder(file)
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        # What is not locked yet stays with the data: the folder of copies may be another machine's disk.
        with (
            apart(settings.data_dir if key else place, now) as folder,
            apart(place, now) as beside,
        ):
            copy = folder / DATABASE
            await snapshots.take(database, copy)
            packed = folder / "packed"
            await asyncio.to_thread(_pack, copy, _key(settings), packed, now)
            if key:
                whole = beside / "locked"
                await asyncio.to_thread(locked.lock, packed, whole, key)
                packed = whole
            found = await asyncio.to_thread(verify, packed, key, within=folder)
            packed.replace(file)
        if noted:
            async with database.transaction() as session:
                await upkeep.note_copy(session, now)
    except OSError:
        raise Refusal("backup-not-written", file=str(file)) from None
    finally:
        await database.close()
    return found


async def restore(
    settings: Settings, file: Path, now: datetime, *, force: bool = False
) -> tuple[Backup, Settled]:
    """Puts a backup in the place of the database. What stood there is kept beside it (SQLite).

    What happened after the copy was made is not undone, as far as anything still knows of it (`app.afterwards`).

    Raises:
        Refusal: the file is not ours or damaged, locked with another passphrase, there are data already and no
            `force`, the program runs.
    """
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with apart(settings.data_dir, now) as folder:
        found = await asyncio.to_thread(verify, file, settings.passphrase, within=folder)
        await asyncio.to_thread(_unpack, file, settings.passphrase, folder)
        copy = folder / DATABASE
        source, target = Database(sqlite_url(copy)), Database(settings.database_url)
        try:
            await migrate.to_head(source)
            since = await afterwards.told_by(target, datetime.fromisoformat(found.made_at))
            settled = await afterwards.settle(source, since, now)
        except migrate.NewerDatabase:
            raise Refusal("backup-newer", version=found.version) from None
        finally:
            await source.close()
            await target.close()
        target = Database(settings.database_url)
        try:
            if target.path is not None:
                await asyncio.to_thread(snapshots.put_file, copy, target.path, now, force)
            else:
                await snapshots.put_rows(copy, target, force, lambda: dumps.before_migration(settings, now))
        finally:
            await target.close()
        _put_key(folder / KEY, settings)
    return found, settled


def unlocked(settings: Settings, file: Path, out: Path) -> None:
    """What stands in a locked copy, for tools that do not know our lock (`pg_restore`); readable by its owner only.

    Raises:
        Refusal: the file is not locked, damaged, or locked with another passphrase; `out` is there already.
    """
    if out.exists():
        raise Refusal("backup-name-taken", file=str(out))
    place = _folder(out)
    try:
        if not locked.is_locked(file):
            raise Refusal("backup-not-locked", file=file.name)
        if not settings.passphrase:
            raise Refusal("backup-locked", file=file.name)
        with tempfile.TemporaryDirectory(prefix=APART, dir=place) as folder:
            locked.unlock(file, Path(folder) / "plain", settings.passphrase)
            (Path(folder) / "plain").replace(out)
    except FileNotFoundError:
        raise Refusal("backup-no-file", file=str(file)) from None
    except OSError:
        raise Refusal("backup-not-written", file=str(out)) from None


async def before_migration(settings: Settings, now: datetime) -> Path | None:
    """A copy in DATA_DIR/backups when the next start changes an existing SQLite database; else None.

    PostgreSQL's is made under the lock of its migration (`app.dumps`).
    """
    database = Database(settings.database_url)
    try:
        if database.path is None or not database.path.exists() or not _has_tables(database.path):
            return None
        if await migrate.is_at_head(database):
            return None
    finally:
        await database.close()
    file = before_upgrade(settings, now, ending(settings))
    await make(settings, file, now, noted=False)
    keep_the_newest(file.parent)
    return file


def ending(settings: Settings) -> str:
    """Of a copy's name: a locked one is no archive that a double click opens."""
    return ".locked" if settings.passphrase else ".zip"


def verify(file: Path, passphrase: str = "", *, within: Path) -> Backup:
    """Opens a backup: checksums, SQLite's own check, counts.

    Args:
        within: where its contents may lie meanwhile; as closed to others as the data themselves.

    Raises:
        Refusal: not a backup of ours, damaged, or locked with another passphrase.
    """
    try:
        with (
            _plain(file, passphrase, within) as plain,
            zipfile.ZipFile(plain) as packed,
            tempfile.TemporaryDirectory(dir=within) as folder,
        ):
            manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
            if manifest["format"] != FORMAT or not set(packed.namelist()) <= {DATABASE, KEY, MANIFEST}:
                raise Refusal("backup-unknown", file=file.name)
            packed.extractall(folder)
            for name, expected in manifest["sha256"].items():
                if _sha256(Path(folder) / name) != expected:
                    raise Refusal("backup-damaged", file=file.name)
            return _look(Path(folder) / DATABASE, manifest, file.name)
    except FileNotFoundError:
        raise Refusal("backup-no-file", file=str(file)) from None
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, sqlite3.DatabaseError):
        raise Refusal("backup-unknown", file=file.name) from None


@contextmanager
def _plain(file: Path, passphrase: str, within: Path) -> Iterator[Path]:
    """The archive itself. Raises Refusal: it is locked, and this does not open it."""
    if not locked.is_locked(file):
        yield file
        return
    if not passphrase:
        raise Refusal("backup-locked", file=file.name)
    with tempfile.TemporaryDirectory(dir=within) as folder:
        plain = Path(folder) / "plain"
        locked.unlock(file, plain, passphrase)
        yield plain


def _unpack(file: Path, passphrase: str, folder: Path) -> None:
    with _plain(file, passphrase, folder) as plain, zipfile.ZipFile(plain) as packed:
        packed.extractall(folder)


def _has_tables(path: Path) -> bool:
    connection = sqlite3.connect(path)
    try:
        return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'school'").fetchone() is not None
    finally:
        connection.close()


def _look(database: Path, manifest: dict[str, Any], name: str) -> Backup:
    connection = sqlite3.connect(database)
    try:
        if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Refusal("backup-damaged", file=name)
        schools, people = (
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our own names
            for table in ("school", "person")
        )
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    finally:
        connection.close()
    return Backup(manifest["made_at"], manifest["version"], revision, schools, people)


def _pack(copy: Path, key: str, file: Path, now: datetime) -> None:
    connection = sqlite3.connect(copy)
    (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    connection.close()
    sums = {DATABASE: _sha256(copy)}
    if key:
        sums[KEY] = hashlib.sha256(key.encode()).hexdigest()
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "version": __version__,
        "revision": revision,
        "sha256": sums,
    }
    with (
        open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,  # noqa: PTH123 - the mode
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        packed.write(copy, DATABASE)
        if key:
            packed.writestr(KEY, key)
        packed.writestr(MANIFEST, json.dumps(manifest, indent=1))


def _key(settings: Settings) -> str:
    """The key file's text; "" where the operator keeps the key in a setting."""
    if settings.secret_key is not None or not settings.secret_file.exists():
        return ""
    return settings.secret_file.read_text(encoding="ascii")


def _put_key(key: Path, settings: Settings) -> None:
    """Without the same key the printed QR codes and personal addresses would stop working."""
    if settings.secret_key is not None or not key.exists():
        return
    settings.secret_file.unlink(missing_ok=True)
    with open(os.open(settings.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:  # noqa: PTH123
        out.write(key.read_bytes())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder(file: Path) -> Path:
    if not file.parent.is_dir():
        raise Refusal("backup-no-folder", folder=str(file.parent))
    return file.parent
