"""A backup is one file that restores."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from app import backup, locked
from app.settings import Settings, load
from program.errors import Refusal
from storage import migrate
from storage.database import Database
from storage.tables import Person, School
from tests import build

NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


PASSPHRASE = "клён у школьных ворот"


def settings(folder: Path, url: str = "", passphrase: str = "") -> Settings:
    given = {"NASTAVNIK_DATA_DIR": str(folder), "NASTAVNIK_DATABASE_URL": url}
    if passphrase:
        given["NASTAVNIK_BACKUP__PASSPHRASE"] = passphrase
    return load(given, folder / "no.env")


async def filled(given: Settings, people: int = 3) -> None:
    given.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(given.database_url)
    await migrate.to_head(database)
    async with database.transaction() as session:
        school = build.school(now=NOW)
        session.add(school)
        await session.flush()
        session.add_all(build.person(school, last_name=f"Котова{n}") for n in range(people))
    await database.close()


async def people(given: Settings) -> list[str]:
    database = Database(given.database_url)
    async with database.reading() as session:
        found = list(await session.scalars(select(Person.last_name).order_by(Person.id)))
    await database.close()
    return found


async def test_what_was_backed_up_comes_back_in_an_empty_folder(tmp_path: Path) -> None:
    here, there = settings(tmp_path / "here"), settings(tmp_path / "there")
    await filled(here)
    key = here.secret()

    made = await backup.make(here, tmp_path / "copy.zip", NOW)
    restored, _ = await backup.restore(there, tmp_path / "copy.zip", NOW)

    assert (made.schools, made.people) == (restored.schools, restored.people) == (1, 3)
    assert there.secret() == key
    assert (there.secret_file.stat().st_mode & 0o777, (tmp_path / "copy.zip").stat().st_mode & 0o777) == (
        0o600,
        0o600,
    )
    database = Database(there.database_url)
    async with database.reading() as session:
        assert await session.get(School, 1) is not None
    await database.close()


async def test_a_copy_is_whole_while_somebody_writes(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    database = Database(here.database_url)
    stop = asyncio.Event()

    async def keep_writing() -> None:
        while not stop.is_set():
            async with database.transaction() as session:
                session.add(Person(school_id=1, created_at=NOW))
            # People pause between two words; a lock held at every turn starves the copy.
            await asyncio.sleep(0.002)

    writer = asyncio.create_task(keep_writing())
    made = [await backup.make(here, tmp_path / f"{n}.zip", NOW) for n in range(3)]
    stop.set()
    await writer
    await database.close()

    assert made[0].people >= 3
    assert made[2].people > made[0].people


async def test_data_are_replaced_only_when_asked_and_kept_aside(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)

    with pytest.raises(Refusal, match="backup-data-there"):
        await backup.restore(here, tmp_path / "copy.zip", NOW)
    await backup.restore(here, tmp_path / "copy.zip", NOW, force=True)

    assert [path.name for path in here.data_dir.glob("*.before-restore-*")] == [
        "nastavnik.db.before-restore-20260915-070000"
    ]


async def test_a_running_program_is_not_replaced_under_its_feet(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)
    running = Database(here.database_url)
    async with running.reading() as session:
        await session.get(School, 1)

    with pytest.raises(Refusal, match="backup-running"):
        await backup.restore(here, tmp_path / "copy.zip", NOW, force=True)

    await running.close()


async def test_a_damaged_copy_is_refused(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)
    with zipfile.ZipFile(tmp_path / "copy.zip") as whole, zipfile.ZipFile(tmp_path / "bad.zip", "w") as bad:
        for name in whole.namelist():
            data = whole.read(name)
            bad.writestr(name, data[:-1] + b"!" if name == backup.DATABASE else data)
    (tmp_path / "no.zip").write_text("не копия")

    for name, reason in (("bad.zip", "damaged"), ("no.zip", "unknown"), ("none.zip", "no-file")):
        with pytest.raises(Refusal, match=f"backup-{reason}"):
            await backup.restore(settings(tmp_path / "there"), tmp_path / name, NOW)
    assert not (tmp_path / "there" / "nastavnik.db").exists()


async def test_a_locked_copy_opens_with_its_passphrase_only_and_in_one_piece_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked, "COST", 10)  # the same algorithm with less work, in small pieces
    monkeypatch.setattr(locked, "PIECE", 4096)
    here = settings(tmp_path / "here", passphrase=PASSPHRASE)
    await filled(here)
    key = here.secret()
    file = tmp_path / "copies" / "copy.locked"
    file.parent.mkdir()

    made = await backup.make(here, file, NOW)

    assert made.people == 3
    assert [path.name for path in file.parent.iterdir()] == ["copy.locked"]
    assert (file.stat().st_mode & 0o777, here.passphrase in repr(here)) == (0o600, False)
    whole = file.read_bytes()
    for said in ("Котова0".encode(), key.encode(), b"nastavnik.db", b"manifest"):
        assert said not in whole
    there = settings(tmp_path / "there", passphrase=PASSPHRASE)
    restored, _ = await backup.restore(there, file, NOW)
    assert (restored, await people(there), there.secret()) == (made, ["Котова0", "Котова1", "Котова2"], key)

    piece = 4096 + locked.TAG
    first = len(locked.HEAD) + 1 + locked.SALT
    begin, moved = whole[:first], whole[first:]
    for name, data, reason in (
        ("short", whole[: first + piece], "wrong-passphrase"),  # its first piece says that it is not the last
        ("cut", whole[: first + 3 * piece], "damaged"),
        ("moved", begin + moved[:piece] + moved[2 * piece : 3 * piece] + moved[piece : 2 * piece], "damaged"),
        ("dear", locked.HEAD + bytes([40]) + whole[len(locked.HEAD) + 1 :], "damaged"),
        ("bare", locked.HEAD, "damaged"),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Refusal, match=f"backup-{reason}"):
            backup.verify(tmp_path / name, PASSPHRASE, within=tmp_path)
    for passphrase, reason in (("берёза у школьных ворот", "wrong-passphrase"), ("", "locked")):
        with pytest.raises(Refusal, match=f"backup-{reason}"):
            await backup.restore(settings(tmp_path / "empty", passphrase=passphrase), file, NOW)
    assert not (tmp_path / "empty" / "nastavnik.db").exists()
    assert backup.ending(here) == ".locked"


async def test_an_open_copy_lies_only_in_the_folder_of_the_data_and_never_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locked, "COST", 10)
    here = settings(tmp_path / "here", passphrase=PASSPHRASE)
    await filled(here)
    used: list[tuple[Path, int]] = []
    unlock = locked.unlock

    def seen(file: Path, plain: Path, passphrase: str) -> None:
        used.append((plain, plain.parent.stat().st_mode & 0o777))
        unlock(file, plain, passphrase)

    monkeypatch.setattr(locked, "unlock", seen)
    forgotten = here.data_dir / "copying-forgotten"  # by a copy that a power cut ended
    forgotten.mkdir()
    (forgotten / "plain").write_text("Котова")
    os.utime(forgotten, (NOW.timestamp() - 90_000, NOW.timestamp() - 90_000))
    file = tmp_path / "copy.locked"

    await backup.make(here, file, NOW)
    await backup.restore(here, file, NOW, force=True)
    with pytest.raises(Refusal, match="backup-wrong-passphrase"):
        await backup.restore(settings(tmp_path / "here", passphrase=PASSPHRASE * 2), file, NOW, force=True)

    assert len(used) == 4
    assert all(plain.is_relative_to(here.data_dir) and mode == 0o700 for plain, mode in used)
    assert list(here.data_dir.glob("copying-*")) == []


async def test_an_upgrade_is_preceded_by_a_copy(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    assert await backup.before_migration(here, NOW) is None
    await filled(here)
    assert await backup.before_migration(here, NOW) is None

    connection = sqlite3.connect(here.data_dir / "nastavnik.db")
    connection.execute("UPDATE alembic_version SET version_num = 'older'")
    connection.commit()
    connection.close()

    made = await backup.before_migration(here, NOW)
    assert made is not None
    assert backup.verify(made, within=tmp_path).people == 3


@pytest.mark.postgres
async def test_a_school_moves_between_sqlite_and_postgresql(tmp_path: Path, postgres: Database) -> None:
    here, large = settings(tmp_path / "here"), settings(tmp_path / "large", postgres.url)
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)

    await backup.restore(large, tmp_path / "copy.zip", NOW)
    async with postgres.transaction() as session:
        school = await session.get(School, 1)
        assert school is not None
        session.add(build.person(school, last_name="Новый"))
    await backup.make(large, tmp_path / "back.zip", NOW)
    back = settings(tmp_path / "back")
    await backup.restore(back, tmp_path / "back.zip", NOW)

    assert await people(back) == ["Котова0", "Котова1", "Котова2", "Новый"]
