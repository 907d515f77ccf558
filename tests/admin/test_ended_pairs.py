"""How a pair that is over, and one in which somebody stood in, is called on the pages of the staff."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from lxml import html

from program.roles import Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.tables import Meeting
from tests.actions.pool import join
from tests.admin.test_pair_pages import Desk, desk
from tests.conftest import rows

__all__ = ["desk"]

BOTH, SHORT, OTHER = "Лебедев Пётр – Котова Аня", "Лебедев – Котова", "Осина Вера"
ENDS = (
    ("replace", {"reason": "character", "by": "curator"}),
    ("close", {"status": "completed", "reason": "goals"}),
)


async def arranged(
    desk: Desk, starts_at: datetime, status: MeetingStatus = MeetingStatus.CONFIRMED, number: int = 1
) -> int:
    async with desk.work() as work:
        meeting = Meeting(
            school_id=work.school.id, pair_id=desk.pair, kind=MeetingKind.M1, status=status,
            proposed_by=desk.mentor, starts_at=starts_at, format=MeetingFormat.OFFLINE, uid=f"meeting-{number}",
            created_at=work.now,
        )  # fmt: skip
        work.session.add(meeting)
        await work.session.flush()
        return meeting.id


async def stood_in(desk: Desk, days: int = 7) -> str:
    async with desk.work() as work:
        other = (await join(work, Side.MENTOR, "Вера", "Осина")).id
    until = f"{desk.clock.now + timedelta(days=days):%Y-%m-%d}"
    return await desk.does(f"/pairs/{desk.pair}/substitute", place=other, until=until)


async def lines(desk: Desk, meeting: int) -> list[str]:
    """What is said of the meeting in the week, in the month and on its own page."""
    (row,) = await rows(desk.database, Meeting, id=meeting)
    assert isinstance(row, Meeting)
    assert row.starts_at is not None
    week = html.fromstring(await desk.reads(f"/meetings?week={row.starts_at:%Y-%m-%d}"))
    month = html.fromstring(await desk.reads(f"/meetings/month?month={row.starts_at:%Y-%m}"))
    link = f"//li[a[contains(@href, '/meetings/{meeting}')]]"
    own = html.fromstring(await desk.reads(f"/meetings/{meeting}")).xpath("//main//h1/following::p[1]")
    return [" ".join(one.text_content().split()) for one in (*week.xpath(link), *month.xpath(link), *own)]


@pytest.mark.parametrize(("verb", "form"), ENDS)
async def test_a_pair_that_is_over_keeps_its_names(desk: Desk, verb: str, form: dict[str, str]) -> None:
    await desk.begin()
    meeting = await arranged(desk, desk.clock.now + timedelta(days=1))
    desk.clock.forward(timedelta(minutes=5))

    card = await desk.does(f"/pairs/{desk.pair}/{verb}", **form)

    tree = html.fromstring(card)
    assert tree.findtext(".//h1") == BOTH
    assert tree.findtext("head/title").startswith(BOTH)
    week, month, own = await lines(desk, meeting)
    assert BOTH in week
    assert SHORT in month
    assert BOTH in own
    await desk.waits(2)
    assert [BOTH in week, SHORT in month] == [True, True], await lines(desk, meeting)


async def test_a_meeting_that_has_been_is_of_the_mentor_of_that_day(desk: Desk) -> None:
    await desk.begin()
    start = desk.clock.now
    await desk.waits(1)
    before = await arranged(desk, start + timedelta(hours=20), MeetingStatus.HELD)
    called_off = await arranged(desk, start + timedelta(days=3), number=2)

    await stood_in(desk)
    await desk.waits(1)
    during = await arranged(desk, start + timedelta(days=1, hours=20), MeetingStatus.HELD, number=3)
    ahead = await arranged(desk, start + timedelta(days=4), number=4)

    async def told() -> list[list[bool]]:
        """Of each meeting, wherever it stands: whether the mentor, and who stands in, is named there."""
        found = []
        for meeting in (before, called_off, during, ahead):
            read = await lines(desk, meeting)
            assert len(read) == 3
            found.append([all("Лебедев" in one for one in read), any("Осина" in one for one in read)])
        return found

    mentor, guest = [True, False], [False, True]
    assert await told() == [mentor, mentor, guest, guest]
    desk.clock.forward(timedelta(hours=1))
    await desk.does(f"/pairs/{desk.pair}/substitute/end")
    assert await told() == [mentor, mentor, guest, guest]
    (row,) = await rows(desk.database, Meeting, id=ahead)
    assert row.status == MeetingStatus.CANCELLED  # type: ignore[attr-defined]
    desk.clock.forward(timedelta(hours=1))
    card = await desk.does(f"/pairs/{desk.pair}/close", status="completed", reason="goals")
    assert html.fromstring(card).findtext(".//h1") == BOTH, "who stood in had gone before"
    assert await told() == [mentor, mentor, guest, guest]
