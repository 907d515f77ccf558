"""One account as the sender sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.lane import Lane
from bot.web.messenger import WebMessenger
from storage.database import Database

NOON = datetime(2026, 9, 15, 12, tzinfo=UTC)


def test_a_clock_that_is_set_back_lengthens_no_pause_that_the_platform_asked_for(database: Database) -> None:
    lane = Lane(WebMessenger(database, lambda: NOON))
    lane.hold(NOON, 30)
    assert lane.stands(NOON + timedelta(seconds=29))
    assert not lane.stands(NOON + timedelta(seconds=30))
    assert not lane.stands(NOON - timedelta(hours=1))
