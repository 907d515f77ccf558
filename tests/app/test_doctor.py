"""The doctor says of every setting and channel that it is fine, or what to do."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app import doctor, doctor_channels, opening, snapshots, start
from app.settings import Settings, load
from program.channels import Channel
from program.errors import Refusal
from storage import migrate
from storage.database import Database
from storage.tables import JournalEntry, School, StaffChat, User
from tests import build
from tests.worlds.telegram_world import TelegramWorld
from tests.worlds.vk_world import VkWorld

NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


def settings(folder: Path, **values: str) -> Settings:
    given = {"DATA_DIR": str(folder / "data"), "PUBLIC_URL": "https://school.example"} | values
    return load({f"NASTAVNIK_{name}": value for name, value in given.items()}, folder / "no.env")


async def findings(given: Settings, now: datetime = NOW, *, fix: bool = False) -> tuple[int, list[str]]:
    lines: list[str] = []
    return await doctor.run(given, now, lines.append, fix=fix), lines


async def bind(session: AsyncSession, school: School, user: User) -> None:
    """Alerts for this account ring in a messenger."""
    human = build.person(school, "Анна", "Взрослая", category="teacher")
    session.add(human)
    await session.flush()
    session.add(build.address(human, Channel.TELEGRAM, "555"))
    session.add(StaffChat(school_id=school.id, user_id=user.id, person_id=human.id, since=NOW))


async def ready(given: Settings, *, curator: bool = True, chat: bool = True) -> None:
    given.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(given.database_url)
    await migrate.to_head(database)
    async with database.transaction() as session:
        school = build.school(now=NOW)
        session.add(school)
        await session.flush()
        if curator:
            user = User(school_id=school.id, login="anna", role="curator", password_hash="x", created_at=NOW)
            session.add(user)
            await session.flush()
            if chat:
                await bind(session, school, user)
        session.add(
            JournalEntry(
                school_id=school.id,
                number=1,
                at=NOW,
                actor="cli",
                action="a",
                subject="s",
                origin="cli",
                previous="",
                hash="",
            )
        )
    await database.close()


async def journaled(given: Settings) -> list[str]:
    """What was set by a press."""
    database = Database(given.database_url)
    async with database.reading() as session:
        lines = await session.scalars(select(JournalEntry).where(JournalEntry.action == "settings.channel"))
        found = sorted(line.after["setting"] for line in lines)
    await database.close()
    return found


def to_do(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("нужно — ")]


async def test_a_ready_school_without_channels_needs_nothing(tmp_path: Path) -> None:
    await ready(settings(tmp_path))

    status, lines = await findings(settings(tmp_path))

    assert (status, to_do(lines)) == (0, [])
    assert any(
        line.startswith("выключен — Telegram") and "NASTAVNIK_TELEGRAM__TOKEN" in line for line in lines
    )
    assert any(line.startswith("выключен — ВКонтакте") and "NASTAVNIK_VK__TOKEN" in line for line in lines)


async def test_an_empty_folder_says_what_comes_first(tmp_path: Path) -> None:
    status, lines = await findings(settings(tmp_path))

    assert status == 1
    assert len(to_do(lines)) == 1
    assert "nastavnik migrate" in to_do(lines)[0]


async def test_a_school_without_a_curator_is_named(tmp_path: Path) -> None:
    await ready(settings(tmp_path), curator=False)

    _, lines = await findings(settings(tmp_path))

    assert "--school first" in to_do(lines)[0]


async def test_an_open_key_and_a_late_clock_are_noticed(tmp_path: Path) -> None:
    given = settings(tmp_path)
    await ready(given)
    given.secret()
    given.secret_file.chmod(0o644)

    _, lines = await findings(given, NOW - timedelta(hours=1))

    assert len(to_do(lines)) == 2
    assert "chmod 600" in to_do(lines)[0]


async def test_both_messengers_are_asked(tmp_path: Path) -> None:
    await ready(settings(tmp_path))
    async with TelegramWorld() as telegram, VkWorld() as vk:
        given = settings(
            tmp_path,
            TELEGRAM__TOKEN=telegram.token,
            TELEGRAM__API_URL=telegram.url,
            VK__TOKEN=vk.token,
            VK__GROUP_ID=str(vk.group_id),
            VK__API_URL=vk.url,
        )
        new, first = await findings(given)
        status, lines = await findings(given, fix=True)
        vk.long_poll = False
        _, later = await findings(given)
        secrets = [telegram.token, vk.token]

    assert new == 1
    assert len(to_do(first)) == 3, "a new bot: no commands, no words of its own"
    assert any("@BotFather → /mybots" in line for line in to_do(first))
    assert (status, to_do(lines)) == (0, [])
    assert not [line for line in (*first, *lines, *later) for secret in secrets if secret in line]
    assert await journaled(given) == [
        "telegram-commands", "telegram-description", "telegram-short", "vk-bots"
    ]  # fmt: skip
    assert telegram.profile["description", "en"].startswith("Hello!")
    assert any("school_world" in line for line in lines)
    assert ["Long Poll API" in line for line in to_do(later)] == [True]
    assert (telegram.violations, vk.violations) == ([], [])


async def test_a_refused_token_says_where_to_get_another(tmp_path: Path) -> None:
    await ready(settings(tmp_path))
    async with TelegramWorld() as telegram, VkWorld() as vk:
        status, lines = await findings(
            settings(
                tmp_path,
                TELEGRAM__TOKEN="42:another-token-of-the-same-form-00000",
                TELEGRAM__API_URL=telegram.url,
                VK__TOKEN="vk1.a.wrong",
                VK__GROUP_ID="777",
                VK__API_URL=vk.url,
            )
        )

    assert status == 1
    assert ["BotFather" in line for line in to_do(lines)] == [True, False]
    assert "Управление → Работа с API" in to_do(lines)[1]
    assert not any("42:another" in line or "vk1.a.wrong" in line for line in lines)


async def test_phones_do_not_reach_this_very_machine(tmp_path: Path) -> None:
    await ready(settings(tmp_path))
    async with TelegramWorld() as telegram:
        _, lines = await findings(
            settings(
                tmp_path,
                PUBLIC_URL="http://127.0.0.1:8000",
                TELEGRAM__TOKEN=telegram.token,
                TELEGRAM__API_URL=telegram.url,
            )
        )

    assert [line for line in to_do(lines) if "NASTAVNIK_PUBLIC_URL" in line]


async def test_adults_whom_a_call_for_help_does_not_reach_are_named_with_what_to_do(tmp_path: Path) -> None:
    await ready(settings(tmp_path), chat=False)
    given = settings(tmp_path, TELEGRAM__TOKEN="1:a", TELEGRAM__API_URL="http://127.0.0.1:9")
    _, lines = await findings(given)
    (told,) = [line for line in to_do(lines) if "просьба о помощи" in line]
    assert "anna" in told
    assert "https://school.example/help-rules" in told
    database = Database(given.database_url)
    async with database.transaction() as session:
        school = (await session.scalars(select(School))).one()
        await bind(session, school, (await session.scalars(select(User))).one())
    await database.close()
    _, lines = await findings(given)
    assert not [line for line in to_do(lines) if "просьба о помощи" in line]
    assert any("приходят в мессенджер всем взрослым" in line for line in lines)


async def test_what_is_wrong_with_the_machine_is_said_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = settings(tmp_path)
    await ready(given)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: SimpleNamespace(free=499 * 10**6))

    status, lines = await findings(given)

    assert status == 1
    assert ["499" in line and "500" in line for line in to_do(lines)] == [True]
    (old,) = [line for line in lines if "SQLite" in line]
    assert old.startswith("к сведению — SQLite")
    assert "3.51.3" in old

    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    (tmp_path / "file").write_text("")
    _, lines = await findings(settings(tmp_path, DATA_DIR=str(tmp_path / "file" / "data")))
    assert [line for line in lines if "SQLite" in line and line.startswith("в порядке — ")]
    assert [line for line in to_do(lines) if str(tmp_path / "file") in line], "the folder cannot be made"


async def test_a_database_that_is_old_empty_or_away_is_said_so(tmp_path: Path) -> None:
    given = settings(tmp_path)
    given.data_dir.mkdir()
    database = Database(given.database_url)
    await migrate.to_head(database)
    _, empty = await findings(given)
    async with database.engine.begin() as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    await database.close()
    _, old = await findings(given)
    _, away = await findings(settings(tmp_path, DATABASE_URL="postgresql+asyncpg://nobody@127.0.0.1:9/none"))

    said = [next(iter(to_do(lines))) for lines in (empty, old, away)]
    assert [word in line for word, line in zip(("nastavnik school add", "nastavnik migrate", "не отвечает"), said, strict=True)] == [True] * 3, said  # fmt: skip


async def test_what_is_set_is_said_to_be_set(tmp_path: Path) -> None:
    await ready(settings(tmp_path))
    _, bare = await findings(settings(tmp_path))
    set_up = {
        "SECRET_KEY": "x" * 40,
        "METRICS__TOKEN": "t" * 24,
        "BACKUP__PASSPHRASE": "клён у школьных ворот",
    }
    _, full = await findings(settings(tmp_path, **set_up))

    def about(lines: list[str], word: str) -> str:
        return next(line.partition(" — ")[0] for line in lines if word in line)

    said = [(about(lines, "/metrics"), about(lines, "копи")) for lines in (bare, full)]
    assert said == [("выключен", "к сведению"), ("в порядке", "в порядке")]
    assert [line for line in full if "задан настройкой" in line]
    _, plain = await findings(
        settings(
            tmp_path, PUBLIC_URL="http://school.example", TELEGRAM__TOKEN="1:a", TELEGRAM__API_URL="http://127.0.0.1:9",
            TELEGRAM__MODE="webhook", TELEGRAM__WEBHOOK_SECRET="s" * 20,
        )
    )  # fmt: skip
    assert [line for line in to_do(plain) if "https" in line and "NASTAVNIK_PUBLIC_URL" in line]


@pytest.mark.parametrize(
    ("url", "clear"),
    [
        ("postgresql://a@db.school.example/x", True),
        ("postgresql://a@db.school.example/x?sslmode=prefer", True),
        ("postgresql://a@db.school.example/x?sslmode=verify-full", False),
        ("postgresql://a@127.0.0.1/x", False),
        ("", False),
    ],
)
def test_a_database_on_another_machine_is_reached_over_a_locked_line(
    tmp_path: Path, url: str, clear: bool
) -> None:
    given = settings(tmp_path, **({"DATABASE_URL": url} if url else {}))
    assert doctor._in_the_clear(given.database_url) is clear


async def test_a_proxy_on_another_machine_has_to_be_named(tmp_path: Path) -> None:
    for values, told in (
        ({}, False),
        ({"ADMIN__HOST": "0.0.0.0"}, True),
        ({"ADMIN__HOST": "0.0.0.0", "ADMIN__PROXIES": "10.0.0.10"}, False),
    ):
        _, lines = await findings(settings(tmp_path, **values))
        assert any("NASTAVNIK_ADMIN__PROXIES" in line for line in lines) is told


@pytest.mark.parametrize("name", ["TELEGRAM", "VK"])
@pytest.mark.parametrize(
    ("api_url", "token", "told"),
    [
        ("http://bot-api.school.example:8081", "42:x", True),
        ("https://bot-api.school.example:8081", "42:x", False),
        ("http://127.0.0.1:8081", "42:x", False),
        ("http://bot-api.school.example:8081", "", False),  # nobody goes there
        ("", "42:x", False),
    ],
)
async def test_a_server_of_a_platform_on_another_machine_is_reached_over_a_locked_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, api_url: str, token: str, *, told: bool
) -> None:
    monkeypatch.setattr(doctor_channels, "CHANNELS", ())  # nobody is asked
    given = {f"{name}__API_URL": api_url, f"{name}__TOKEN": token, "VK__GROUP_ID": "7"}
    _, lines = await findings(settings(tmp_path, **{key: value for key, value in given.items() if value}))
    assert any(f"NASTAVNIK_{name}__API_URL" in line for line in lines) is told


async def test_windows_is_told_of_rights_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "WINDOWS", True)
    given = settings(tmp_path)
    await ready(given)
    given.secret()
    given.secret_file.chmod(0o666)  # as Python shows any file there

    status, lines = await findings(given)

    assert (status, to_do(lines)) == (0, [])
    assert not any("chmod" in line for line in lines)
    assert any("icacls" in line and str(given.data_dir.resolve()) in line for line in lines)


def test_the_page_closes_the_folder_on_windows_before_anything_lies_in_it() -> None:
    page = Path("docs/operations.md").read_text(encoding="utf-8")
    part = page[page.index("### Windows") : page.index("## Адрес для участников")]
    assert part.index("/inheritance:r /grant:r") < part.index("school add")
    for account in ("S-1-5-32-544", "S-1-5-18", "S-1-5-19"):  # names of accounts change with the language
        assert f'"*{account}:(OI)(CI)' in part


def damage(path: Path) -> None:
    """What a bad sector or a cable leaves: a page in the middle is something else."""
    with path.open("r+b") as file:
        for page in range(10, 60):
            file.seek(page * 4096)
            file.write(b"\x5a" * 4096)


async def test_a_damaged_database_is_met_at_the_start_and_said_with_what_to_do(
    tmp_path: Path,
) -> None:
    given = settings(tmp_path)
    await opening.require_sound(given)  # nothing is there yet
    await ready(given)
    await opening.require_sound(given)
    path = given.data_dir / "nastavnik.db"
    whole = path.read_bytes()
    damage(path)

    with pytest.raises(Refusal, match="cli-database-damaged"):
        await start.run(given, {"bot", "scheduler", "admin"})
    _, lines = await findings(given)
    assert any("nastavnik restore" in line for line in to_do(lines))
    path.write_bytes(b"\0" * 4096 + whole[4096:])
    with pytest.raises(Refusal, match="cli-database-damaged"):
        await opening.require_sound(given)

    path.write_bytes(whole)
    await opening.require_sound(given)


def test_a_file_too_large_to_be_looked_through_holds_no_start_up(tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)")
    connection.execute(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
        "INSERT INTO t SELECT i, zeroblob(400) FROM n"
    )
    connection.commit()
    connection.close()
    with path.open("r+b") as file:
        file.seek(5 * 4096)  # the first rows: SQLite looks through a table from its end
        file.write(b"\x5a" * 4096 * 20)

    assert not snapshots.is_sound(path)
    assert not snapshots.is_sound(path, 600)
    assert any(snapshots.is_sound(path, 0.002) for _ in range(20))  # a busy machine may ring late
