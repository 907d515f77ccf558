"""What waits in the outbox, and what of it may be taken back, on either database."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from program.channels import Channel
from program.outgoing import PRIORITY, Kind, say
from program.text import raw
from storage import outbox
from storage.adding import keep
from storage.database import Database
from storage.tables import OutboxRow, School
from tests import build
from tests.both import either as either
from tests.conftest import rows


async def _held(database: Database, now: datetime) -> School:
    """A school with one message that a sender took a moment ago."""
    school = build.school(now=now)
    async with database.transaction() as session:
        session.add(school)
        await session.flush()
        await outbox.put(
            session, school_id=school.id, key="meeting-soon:7:1", kind=Kind.NOTICE, priority=PRIORITY[Kind.NOTICE],
            channel=Channel.TELEGRAM, address="7", body=say(raw("Завтра встреча")).to_json(), created_at=now, due_at=now,
        )  # fmt: skip
    async with database.transaction() as session:
        assert await outbox.claim(session, Channel.TELEGRAM, "default", now, "killed")
    return school


async def test_what_is_being_sent_cannot_be_taken_back(either: Database, now: datetime) -> None:
    school = await _held(either, now)
    async with either.transaction() as session:
        assert await outbox.waiting(session, school.id, now=now, person_id=0) == []
        assert await outbox.cancel(session, "meeting-soon:7:", "moved", now=now) == 0


async def test_what_a_killed_sender_left_behind_can_be_taken_back_once_its_lease_has_run_out(
    either: Database, now: datetime
) -> None:
    school = await _held(either, now)
    later = now + outbox.LEASE + timedelta(seconds=1)
    async with either.transaction() as session:
        assert [row.key for row in await outbox.waiting(session, school.id, now=later, person_id=0)] == [
            "meeting-soon:7:1"
        ]
        assert await outbox.cancel(session, "meeting-soon:7:", "moved", now=later) == 1
    async with either.transaction() as session:
        assert not await outbox.claim(session, Channel.TELEGRAM, "default", later, "next")
    (row,) = await rows(either, OutboxRow)
    assert isinstance(row, OutboxRow)
    assert (row.dropped, row.lease_until, row.lease_owner) == ("moved", None, "")


async def test_a_row_kept_at_once_is_written_once_and_whatever_else_has_changed_stays_the_sessions(
    either: Database, now: datetime
) -> None:
    await _held(either, now)
    async with either.transaction() as session:
        (row,) = (await session.scalars(select(OutboxRow))).all()
        row.attempts, row.body = 3, {"texts": []}
        await keep(session, row, "attempts")
        assert session.is_modified(row), "a column that was not named is left to the session"
        await keep(session, row)
        assert not session.dirty
        row.external_id = "later"
    (row,) = await rows(either, OutboxRow)
    assert (row.attempts, row.body, row.external_id) == (3, {"texts": []}, "later")
