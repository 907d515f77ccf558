"""Decisions about pairs: suggested, announced, at work, over."""

from __future__ import annotations

from actions.decisions.kinds import Asking, Kind, Urgency
from program.early_warning import LONG_ASKED
from program.pair_life import LONG_WAIT
from storage import overview, pair_requests, plans, queue
from storage.overview import Waiting


async def _decided(asking: Asking) -> list[Waiting]:
    return await overview.undecided_pairs(asking.work.session, *asking.place)


async def _life(asking: Asking) -> list[Waiting]:
    work = asking.work
    return await pair_requests.waiting(work.session, *asking.place, work.now, work.today)


async def _plans(asking: Asking) -> list[Waiting]:
    return await plans.waiting(asking.work.session, *asking.place)


async def _queue(asking: Asking) -> list[Waiting]:
    work = asking.work
    many, since = await queue.long_waiting(work.session, *asking.place, work.now - LONG_WAIT)
    return [Waiting("queue", many, since)] if many else []


KINDS = (
    Kind("suggested", "matching", _decided),
    Kind("approved", "announce", _decided),
    Kind("answers", "pairs", _life, "?show=offered", file="pairs-file"),
    Kind(
        "requests",
        "pairs",
        _life,
        "?show=asked",
        Urgency.SOON,
        decides="pair-wish-grant",
        says=lambda work: {"days": LONG_ASKED},
    ),
    Kind("declined", "pairs", _life, "?show=declined", file="pairs-file"),
    Kind("group-changes", "pairs", _life, "?show=work"),
    Kind("pauses", "pairs", _life, "?show=work"),
    Kind("due", "pairs", _life, "?show=work"),
    Kind("plans", "plans", _plans, "?show=see", file="plans-file"),
    Kind("queue", "queue", _queue, file="queue-file"),
)
