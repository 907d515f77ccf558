"""Decisions about people: who may lead, whose papers ran out, who cannot be reached, who stands there twice."""

from __future__ import annotations

from actions import staff_cards, twins, wishes
from actions.decisions.kinds import Asking, Kind, Urgency
from storage import overview, selection
from storage.overview import Waiting


async def _admission(asking: Asking) -> list[Waiting]:
    return await overview.admission(asking.work.session, *asking.place)


async def _selection(asking: Asking) -> list[Waiting]:
    work = asking.work
    many = await selection.expired(work.session, *asking.place, work.today)
    return [Waiting("selection", many, None)] if many else []


async def _unreachable(asking: Asking) -> list[Waiting]:
    return await overview.lost(asking.work.session, asking.work.school.id, asking.own)


async def _failures(asking: Asking) -> list[Waiting]:
    return await overview.failures(asking.work.session, asking.work.school.id, asking.work.now)


async def _twins(asking: Asking) -> list[Waiting]:
    many = len(await twins.suspects(asking.work, asking.own))
    return [Waiting("twins", many, None)] if many else []


async def _wishes(asking: Asking) -> list[Waiting]:
    many = await wishes.count_unclear(asking.work)
    return [Waiting("wishes", many, None)] if many else []


async def _observation(asking: Asking) -> list[Waiting]:
    many = len(await staff_cards.unobserved(asking.work, asking.own)) if asking.own is not None else 0
    return [Waiting("observation", many, None)] if many else []


KINDS = (
    Kind("admission", "confirmations", _admission),
    Kind("selection", "selection", _selection, "?state=expired", Urgency.SOON, file="selection-file"),
    Kind(
        "unreachable",
        "people",
        _unreachable,
        "?state=unreachable",
        classes=True,
        file="people-file",
    ),
    Kind("failures", "messages", _failures, file="messages-file"),
    Kind("twins", "twins", _twins, classes=True),
    Kind("wishes", "wishes", _wishes),
    Kind("observation", "staff-cards", _observation, classes=True),
)
