"""Decisions about the year's plan: the road map and the agreements with partners."""

from __future__ import annotations

from actions.decisions.kinds import Asking, Kind
from storage import partners, roadmap
from storage.overview import Waiting


async def _roadmap(asking: Asking) -> list[Waiting]:
    return await roadmap.waiting(asking.work.session, *asking.place, asking.work.today)


async def _partners(asking: Asking) -> list[Waiting]:
    return await partners.waiting(asking.work.session, asking.work.school.id, asking.work.today)


KINDS = (
    Kind("roadmap", "roadmap", _roadmap, "?show=open"),
    Kind("roadmap-soon", "roadmap", _roadmap, "?show=open"),
    Kind("partners", "partners", _partners, "?until=soon", file="partners-file"),
)
