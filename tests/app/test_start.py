"""The parts of a running house: what each does, what it says of itself, how it ends."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from app.channels import TELEGRAM_NAME
from app.settings import load
from app.start import running
from app.wiring import House, build
from bot.menu import LISTED
from program.channels import Channel
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.database import Database
from storage.tables import Meeting, OutboxRow, School, SystemValue
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
    return await build(settings, database, clock)


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
    await house.close()


def listens(house: House) -> bool:
    with socket.socket() as caller:
        caller.settimeout(1)
        return caller.connect_ex(("127.0.0.1", house.settings.admin.port)) == 0
