"""What the bot answered in messengers is kept for two months; what else went out stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import sweeps
from actions.work import Work
from program.channels import Channel
from program.outgoing import Kind
from storage import sweeping
from storage.database import Database
from storage.tables import OutboxRow
from tests import build
from tests.both import database as database
from tests.conftest import NOW

OLD, YOUNG = NOW - timedelta(days=61), NOW - timedelta(days=59)


@pytest.fixture
async def school_id(database: Database) -> int:
    async with database.transaction() as session:
        school = build.school()
        session.add(school)
        await session.flush()
        return school.id


def answer(school_id: int, key: str, **values: Any) -> OutboxRow:
    """One in Telegram that went when it was put, unless said otherwise."""
    at = values.get("created_at", OLD)
    usual = {"kind": Kind.REPLY, "channel": Channel.TELEGRAM, "created_at": at, "sent_at": at} | values
    where = {"account": "default", "address": "1001", "lane": f"{usual['channel']}:default:1001"}
    return OutboxRow(school_id=school_id, key=key, priority=1, body={}, due_at=at, **where, **usual)


async def left(database: Database) -> list[str]:
    async with database.reading() as session:
        return list(await session.scalars(select(OutboxRow.key).order_by(OutboxRow.id)))


async def test_old_answers_are_swept_and_nothing_else_of_what_went_out(
    database: Database, school_id: int
) -> None:
    goes: dict[str, dict[str, Any]] = {
        "an answer": {},
        "a question with ticks": {"edit_key": "turn:3"},
        "one that went nowhere": {"sent_at": None, "dropped": "unreachable"},
    }
    stays: dict[str, dict[str, Any]] = {
        "younger": {"created_at": YOUNG},
        "still waiting": {"sent_at": None},
        "of the web chat": {"channel": Channel.WEB},
        "counted by its key": {"edit_key": "card:1"},
        "a notice": {"kind": Kind.NOTICE},
        "a reminder": {"kind": Kind.SOON},
    }
    async with database.transaction() as session:
        session.add_all([answer(school_id, key, **values) for key, values in (goes | stays).items()])
        await session.flush()
        await sweeps.clean(Work(session, await session.get_one(build.School, school_id), NOW))
    assert await left(database) == list(stays)


async def test_old_answers_go_a_few_at_a_time_the_oldest_first(database: Database, school_id: int) -> None:
    async with database.transaction() as session:
        for days in (70, 90, 80):
            session.add(answer(school_id, str(days), created_at=NOW - timedelta(days=days)))
        await session.flush()
        await sweeping.answers(session, school_id, NOW, 2)
    assert await left(database) == ["70"]
