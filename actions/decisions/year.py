"""Decisions about the year's plan: the road map and the agreements with partners."""

from __future__ import annotations

from actions import year_turn
from actions.decisions.kinds import Asking, Kind
from program.school_years import remind_from
from storage import partners, roadmap
from storage import school_year as rows
from storage.overview import Waiting


async def _roadmap(asking: Asking) -> list[Waiting]:
    return await roadmap.waiting(asking.work.session, *asking.place, asking.work.today)


async def _partners(asking: Asking) -> list[Waiting]:
    return await partners.waiting(asking.work.session, asking.work.school.id, asking.work.today)


async def _turn(asking: Asking) -> list[Waiting]:
    """From the last days of the year on, until it has turned: one row."""
    work, following = asking.work, year_turn.next_of(asking.work)
    if work.today < remind_from(following):
        return []
    place = (work.session, work.school.id, work.settings.year)
    left = await rows.open_places(*place)
    return [Waiting("school-year", left, None)] if left else []


KINDS = (
    Kind("school-year", "school-years", _turn, decides="year-turn-begin"),
    Kind("roadmap", "roadmap", _roadmap, "?show=open"),
    Kind("roadmap-soon", "roadmap", _roadmap, "?show=open"),
    Kind("partners", "partners", _partners, "?until=soon", file="partners-file"),
)
