"""What followed a copy is not undone by putting the copy back."""

from __future__ import annotations

import asyncio
import os
import re
import sqlite3
import sys
from asyncio.subprocess import PIPE
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from actions import accounts, erasure
from actions.work import Work
from app import backup
from app.afterwards import Settled
from program.errors import Refusal
from program.retention import Basis
from storage.database import Database
from storage.tables import OutboxRow, Person, School, SignIn, StaffInvitation, User
from tests.app.test_backup import NOW, filled, people, settings
from tests.reading import ROOT


async def test_what_happened_after_a_copy_is_not_undone_by_putting_it_back(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    since = NOW - timedelta(days=5)
    database = Database(here.database_url)
    async with database.transaction() as session:
        gone = User(school_id=1, login="gone", role="curator", password_hash="x", created_at=since)
        session.add(gone)
        session.add(User(school_id=1, login="anna", role="curator", password_hash="x", created_at=since))
        await session.flush()
        session.add(
            SignIn(
                token_hash="a" * 64,
                user_id=gone.id,
                created_at=since,
                seen_at=NOW,
                expires_at=NOW + timedelta(days=9),
            )
        )
        session.add(
            StaffInvitation(
                school_id=1,
                nonce="n",
                role="director",
                created_by="cli",
                created_at=since,
                expires_at=NOW + timedelta(days=5),
            )
        )
        for key, due in (("was-due", NOW - timedelta(hours=2)), ("later", NOW + timedelta(hours=2))):
            session.add(
                OutboxRow(
                    school_id=1,
                    key=key,
                    kind="notice",
                    priority=5,
                    channel="vk",
                    address="5",
                    lane="vk:default:5",
                    body={"texts": []},
                    created_at=since,
                    due_at=due,
                    lease_owner="other",
                )
            )
    await backup.make(here, tmp_path / "copy.zip", NOW - timedelta(days=1))
    async with database.transaction() as session:
        school = await session.get_one(School, 1)
        work = Work(session, school, NOW - timedelta(hours=3), "cli")
        await erasure.erase(work, 2, Basis.REQUEST)
        user = await session.scalar(select(User).where(User.login == "gone"))
        assert user is not None
        await accounts.close_user(work, user)
    await database.close()

    _, settled = await backup.restore(here, tmp_path / "copy.zip", NOW, force=True)

    assert settled == Settled(known=True, erased=1, closed=1, messages=1)
    assert await people(here) == ["Котова0", "", "Котова2"]
    database = Database(here.database_url)
    async with database.reading() as session:
        assert list(await session.scalars(select(User.login).where(User.active))) == ["anna"]
        assert list(await session.scalars(select(SignIn.token_hash))) == []
        assert list(await session.scalars(select(StaffInvitation.revoked_at))) == [NOW]
        rows = {row.key: (row.dropped, row.lease_owner) for row in await session.scalars(select(OutboxRow))}
        assert rows == {"was-due": ("in-doubt", ""), "later": ("", "other")}
    await database.close()


async def test_a_person_of_another_installation_with_the_same_number_is_not_erased(tmp_path: Path) -> None:
    here, there = settings(tmp_path / "here"), settings(tmp_path / "there")
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)
    await filled(there)
    database = Database(there.database_url)
    async with database.transaction() as session:
        other = await session.get_one(Person, 2)
        other.created_at = NOW - timedelta(minutes=7)
        await session.flush()
        await erasure.erase(Work(session, await session.get_one(School, 1), NOW, "cli"), 2, Basis.REQUEST)
    await database.close()

    _, settled = await backup.restore(there, tmp_path / "copy.zip", NOW, force=True)

    assert settled.erased == 0
    assert await people(there) == ["Котова0", "Котова1", "Котова2"]


async def test_a_copy_goes_back_where_the_database_is_damaged_and_what_has_to_be_repeated_is_unknown(
    tmp_path: Path,
) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)
    (here.data_dir / "nastavnik.db").write_bytes(b"\x5a" * 40_960)

    _, settled = await backup.restore(here, tmp_path / "copy.zip", NOW, force=True)

    assert not settled.known
    assert await people(here) == ["Котова0", "Котова1", "Котова2"]


async def test_what_the_page_says_to_do_after_pg_restore_does_what_restore_does(tmp_path: Path) -> None:
    here = settings(tmp_path / "here")
    await filled(here)
    database = Database(here.database_url)
    now, early = datetime.now(UTC), NOW - timedelta(days=400)
    async with database.transaction() as session:
        session.add(
            StaffInvitation(
                school_id=1, nonce="n", role="director", created_by="cli", created_at=early, expires_at=now
            )
        )
        for key, due in (("was-due", early), ("later", now + timedelta(days=1))):
            session.add(
                OutboxRow(
                    school_id=1, key=key, kind="notice", priority=5, channel="vk", address="5", lane="vk:default:5",
                    body={"texts": []}, created_at=early, due_at=due, lease_owner="other",
                )
            )  # fmt: skip
    await database.close()
    (said,) = re.findall(
        r"```sql\n(.*?)```", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"), re.DOTALL
    )
    connection = sqlite3.connect(here.data_dir / "nastavnik.db")
    connection.executescript(said)
    rows = connection.execute("SELECT key, dropped FROM outbox ORDER BY id").fetchall()
    (revoked,) = connection.execute("SELECT revoked_at IS NOT NULL FROM staff_invitation").fetchone()
    connection.close()
    assert rows == [("was-due", "in-doubt"), ("later", "")]
    assert revoked


@pytest.mark.postgres
async def test_postgresql_is_not_replaced_under_a_running_program(tmp_path: Path, postgres: Database) -> None:
    here, large = settings(tmp_path / "here"), settings(tmp_path / "large", postgres.url)
    await filled(here)
    await backup.make(here, tmp_path / "copy.zip", NOW)
    await backup.restore(large, tmp_path / "copy.zip", NOW)
    code = (
        "import asyncio, sys; from storage.database import Database\n"
        "async def go():\n"
        "    database = Database(sys.argv[1])\n"
        "    async with database.reading() as session:\n"
        "        await session.connection()\n"
        "    print('here', flush=True)\n"
        "    sys.stdin.read()\n"
        "    await database.close()\n"
        "asyncio.run(go())"
    )
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, postgres.url, stdin=PIPE, stdout=PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert other.stdin is not None
    assert other.stdout is not None
    assert await other.stdout.readline() == b"here\n"
    with pytest.raises(Refusal, match="backup-running"):
        await backup.restore(large, tmp_path / "copy.zip", NOW, force=True)
    other.stdin.close()
    await other.wait()

    await backup.restore(large, tmp_path / "copy.zip", NOW, force=True)
    assert await people(large) == ["Котова0", "Котова1", "Котова2"]
