"""The parts of a running house: what each does, what it says of itself, how it ends."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import text

from app import start
from app.channels import TELEGRAM_NAME
from app.settings import load
from app.start import running
from app.wiring import House
from app.wiring import build as built
from bot.menu import LISTED
from program.channels import Channel
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.database import Database
from storage.tables import Conversation, Meeting, OutboxRow, School, SystemValue
from tests import build
from tests.bot.wires import until
from tests.conftest import rows
from tests.pairs import couple
from tests.worlds import TelegramWorld

ANYA = 1001
TOKEN = "metrics-token-0123456789"


def clock() -> datetime:
    return datetime.now(UTC)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.fixture
async def world() -> AsyncIterator[TelegramWorld]:
    async with TelegramWorld() as world:
        yield world
        assert world.violations == []


async def a_house(database: Database, folder: Path, **values: str) -> House:
    """Built, with its own port; not running. The bot's name is known from an earlier start."""
    given = {"DATA_DIR": str(folder), "ADMIN__PORT": str(free_port())} | values
    settings = load({f"NASTAVNIK_{name}": value for name, value in given.items()}, folder / "no.env")
    async with database.transaction() as session:
        await session.merge(
            SystemValue(name=TELEGRAM_NAME, value="42:nastavnik_world_bot", changed_at=clock())
        )
    return await built(settings, database, clock)


@pytest.fixture
async def house(database: Database, school: School, tmp_path: Path, world: TelegramWorld) -> House:
    return await a_house(database, tmp_path, TELEGRAM__TOKEN=world.token, TELEGRAM__API_URL=world.url)


def browser(house: House, *, network: bool = False) -> httpx2.AsyncClient:
    """Talks to the web part: directly, or over the port that it listens on."""
    transport = None if network else httpx2.ASGITransport(app=house.web)
    return httpx2.AsyncClient(transport=transport, base_url=f"http://127.0.0.1:{house.settings.admin.port}")


def sends_to(house: House) -> set[Channel]:
    return {lane.messenger.channel for lane in house.sender.lanes}


async def test_a_house_is_ready_when_its_channels_are_polled_and_answers_people(
    house: House, world: TelegramWorld
) -> None:
    world.fail("500")
    async with browser(house, network=True) as outside, running(house, {"bot", "scheduler", "admin"}):
        await until(lambda: world.calls["deleteWebhook"] > 0 and listens(house))
        assert (await outside.get("/livez")).text == "ok\n"
        answer = await outside.get("/readyz")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "problems": ["telegram is not polled"]}

        world.heal()
        await until(lambda: world.calls["getUpdates"] > 0)
        answer = await outside.get("/readyz")
        assert (answer.status_code, answer.json()) == (200, {"ready": True, "problems": []})

        world.starts(ANYA)
        await until(lambda: any(not seen.mine for seen in world.chat(ANYA)))
    assert not listens(house)


async def test_the_admin_alone_serves_pages_and_leaves_the_messengers_to_others(
    house: House, world: TelegramWorld
) -> None:
    async with running(house, {"admin"}):
        await until(lambda: listens(house))
        async with browser(house, network=True) as outside:
            assert (await outside.get("/login")).status_code == 200
            assert (await outside.get("/readyz")).json() == {"ready": True, "problems": []}
        assert sends_to(house) == {Channel.WEB}
    assert world.calls.total() == 0


async def test_the_bot_alone_opens_no_port_and_sends_nothing_to_the_web_chat(
    house: House, world: TelegramWorld
) -> None:
    async with running(house, {"bot"}):
        await until(lambda: world.calls["getUpdates"] > 0 and world.calls["setMyCommands"] == 2)
        assert not listens(house)
        assert sends_to(house) == {Channel.TELEGRAM}
    assert [command["command"] for command in world.commands] == list(LISTED)


async def test_the_scheduler_alone_puts_what_is_due_into_the_outbox(
    house: House, school: School, world: TelegramWorld
) -> None:
    async with house.database.transaction() as session:
        two = await couple(session, school)
        session.add(
            Meeting(
                school_id=school.id,
                pair_id=two.pair,
                kind=MeetingKind.M1,
                status=MeetingStatus.HELD,
                proposed_by=two.mentor,
                format=MeetingFormat.OFFLINE,
                uid="u1",
                created_at=clock() - timedelta(days=2),
                starts_at=clock() - timedelta(hours=3),
                closed_at=clock(),
            )
        )
    found: list[str] = []
    async with running(house, {"scheduler"}):
        for _ in range(400):
            found = [row.key for row in await rows(house.database, OutboxRow)]  # type: ignore[attr-defined]
            if found:
                break
    assert found == [f"feedback:1:{one}" for one in (two.mentor, two.mentee)]
    assert world.calls.total() == 0


async def test_not_ready_while_the_database_is_of_another_version(house: House) -> None:
    async with browser(house) as outside:
        assert (await outside.get("/readyz")).status_code == 200
        async with house.database.engine.begin() as connection:
            await connection.exec_driver_sql("DELETE FROM alembic_version")
        answer = await outside.get("/readyz")
        assert (answer.status_code, answer.json()["problems"]) == (503, ["database is not at head"])
    await house.close()


async def test_whether_it_is_ready_is_answered_while_somebody_writes(house: House) -> None:
    """A long import must not look like a dead database to whoever restarts those."""
    async with browser(house) as outside, house.database.transaction() as session:
        await session.execute(text("SELECT 1"))  # from here on the file has its writer
        answer = await asyncio.wait_for(outside.get("/readyz"), 5)
        assert answer.json() == {"ready": True, "problems": []}
    await house.close()


async def test_metrics_are_not_there_without_a_token(house: House) -> None:
    async with browser(house) as outside:
        answer = await outside.get("/metrics", headers={"Authorization": "Bearer "})
        assert (answer.status_code, answer.content) == (404, b"")
    await house.close()


async def test_metrics_are_told_to_whoever_has_the_token(
    database: Database, school: School, tmp_path: Path
) -> None:
    house = await a_house(database, tmp_path, METRICS__TOKEN=TOKEN)
    async with browser(house) as outside:
        for wrong in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}):
            answer = await outside.get("/metrics", headers=wrong)
            assert (answer.status_code, answer.content) == (401, b"")
        answer = await outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert 'nastavnik_outbox_waiting{channel="telegram"} 0.0' in answer.text
        assert "# TYPE nastavnik_outbox_oldest_seconds gauge" in answer.text
        async with database.engine.begin() as connection:
            await connection.exec_driver_sql("ALTER TABLE outbox RENAME TO away")
        away = await outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert (away.status_code, away.content) == (503, b"")
    await house.close()


async def test_the_gauges_tell_what_waits_fails_and_is_left(
    database: Database, school: School, tmp_path: Path
) -> None:
    house = await a_house(database, tmp_path, METRICS__TOKEN=TOKEN)
    now = clock()

    def row(number: int, ago: float, **more: object) -> OutboxRow:
        due = now - timedelta(seconds=ago)
        return OutboxRow(
            school_id=school.id, key=f"k{number}", kind="notice", priority=1, channel="vk", address="7", lane="vk:default:7",
            body={}, created_at=due, **({"due_at": due} | more),
        )  # fmt: skip

    tried = {"first_tried_at": now - timedelta(seconds=90), "due_at": now - timedelta(seconds=5)}
    person = build.person(school)
    async with database.transaction() as session:
        session.add_all([row(n, 100, sent_at=now - timedelta(seconds=100 - n)) for n in range(1, 22)])
        session.add(row(30, 100, sent_at=now, **tried))  # its first try failed
        session.add(row(31, 600))
        session.add_all([row(n, 60, error=f"timeout: {n}", attempts=1) for n in (32, 33)])
        session.add(row(34, 60, dropped="refused: 17"))
        session.add(
            SystemValue(name="tick:sweep", value=(now - timedelta(minutes=3)).isoformat(), changed_at=now)
        )
        session.add(person)
        await session.flush()
        session.add(
            Conversation(
                person_id=person.id, school_id=school.id, flow="join", step="born", turn=1, channel="vk",
                started_at=now, updated_at=now - timedelta(days=2),
            )
        )  # fmt: skip
    async with browser(house) as outside:
        told = (await outside.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})).text
    assert 'nastavnik_outbox_waiting{channel="vk"} 3.0' in told
    assert re.search(r"nastavnik_outbox_oldest_seconds 60\d\.", told)
    assert re.findall(r'nastavnik_delivery_lag_seconds{channel="vk",quantile="(.+)"} (.+)', told) == [
        ("0.5", "11.0"), ("0.95", "21.0"), ("1.0", "90.0"),
    ]  # fmt: skip
    assert 'nastavnik_outbox_failing{channel="vk",reason="timeout"} 2.0' in told
    assert 'nastavnik_outbox_dropped{reason="refused"} 1.0' in told
    assert re.search(r'nastavnik_tick_seconds{tick="sweep"} 18\d\.', told)
    assert 'nastavnik_conversations{flow="join",state="left",step="born"} 1.0' in told
    await house.close()


def listens(house: House) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", house.settings.admin.port)) == 0


@pytest.mark.parametrize("journal", [True, False])
async def test_the_way_in_is_printed_but_never_into_the_journal_of_the_service(
    house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, journal: bool
) -> None:
    file = tmp_path / "setup-link"
    file.write_text("of an earlier start")
    with (tmp_path / "printed").open("w+", encoding="utf-8") as printed:
        here = os.fstat(printed.fileno())
        stream = f"{here.st_dev}:{here.st_ino}" if journal else f"{here.st_dev}:{here.st_ino + 1}"
        monkeypatch.setenv("JOURNAL_STREAM", stream)  # systemd.exec(5)
        monkeypatch.setattr(sys, "stdout", printed)
        await start._first_run(house, "")
        await house.close()
        printed.seek(0)
        told = printed.read()
    if journal:
        assert "/setup/" not in told
        assert str(file) in told
        assert file.read_text().startswith(f"{house.settings.public_url}/setup/")
        assert file.stat().st_mode & 0o777 == 0o600
    else:
        assert "/setup/" in told
        assert not file.exists()
