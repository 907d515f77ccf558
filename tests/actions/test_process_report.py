"""«Ход программы»: each number says what its words say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from actions import reports
from actions.work import Work
from program.partners import PartnerState
from program.roles import Category, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage.tables import Meeting, Pair, PairMember, Partner
from tests.actions.files import table
from tests.actions.season import YEAR, Season

ARRANGED = "Назначены, вместе с предстоящими"


async def numbers(work: Work, on: date | None = None) -> dict[str, Any]:
    _, data = await reports.make(work, "process", YEAR, on=on)
    return {row[1]: row[2] for row in table(data, header="Раздел")[1:]}


async def pair(work: Work, season: Season, status: PairStatus = PairStatus.ACTIVE) -> Pair:
    places = [
        await season.places(await season.people(1, Category.PUPIL), side, "uch_uch")
        for side in (Side.MENTOR, Side.MENTEE)
    ]
    return await season.pair("uch_uch.lider_tihonya", places[0], places[1], status)


async def test_meetings_arranged_for_the_days_to_come_are_counted(work: Work) -> None:
    one = await pair(work, Season(work))
    proposer = await work.session.scalar(select(PairMember.person_id).where(PairMember.pair_id == one.id))
    for days, status in (
        (-2, "confirmed"),
        (3, "confirmed"),
        (30, "confirmed"),
        (3, "cancelled"),
        (400, "confirmed"),
    ):
        work.session.add(
            Meeting(
                school_id=work.school.id, pair_id=one.id, kind=MeetingKind.M1, status=MeetingStatus(status),
                proposed_by=proposer,
                uid=f"{days}{status}", starts_at=work.now + timedelta(days=days), format=MeetingFormat.OFFLINE,
                created_at=work.now,
            )
        )  # fmt: skip
    await work.session.flush()
    assert (await numbers(work))[ARRANGED] == 3  # the last one is in another school year
    assert (await numbers(work, work.today - timedelta(days=1)))[ARRANGED] == 1


async def test_a_pair_on_pause_is_counted_once(work: Work) -> None:
    season = Season(work)
    await pair(work, season)
    await pair(work, season, PairStatus.PAUSED)
    found = await numbers(work)
    assert (found["В работе: Ученик – ученик"], found["пауза"]) == (1, 1)


async def test_a_partner_with_whom_the_school_only_talks_is_none_it_works_with(work: Work) -> None:
    for state in PartnerState:
        work.session.add(
            Partner(
                school_id=work.school.id, name=state.value, kind="company", state=state, created_at=work.now, changed_at=work.now,
                archived_at=work.now if state is PartnerState.ARCHIVED else None,
            )
        )  # fmt: skip
    await work.session.flush()
    assert (await numbers(work))["Партнёры, с которыми школа работает"] == 2
