"""Decisions about people's safety: calls for help, pairs that need somebody, letters that are held."""

from __future__ import annotations

from actions import care_alerts, early_warning
from actions.decisions.kinds import Asking, Kind, Urgency
from program.early_warning import Sign
from program.retention import AFTER_PAIR
from storage import care, overview, relay, takedowns, worries
from storage.overview import Waiting


async def _help(asking: Asking) -> list[Waiting]:
    return await overview.help_requests(asking.work.session, asking.work.school.id)


async def _calls(asking: Asking) -> list[Waiting]:
    calls = care.opened(await care_alerts.waiting_for(asking.work, asking.role, asking.user_id))
    return [Waiting("calls", calls.count, calls.since)] if calls.count else []


async def _worries(asking: Asking) -> list[Waiting]:
    signs = early_warning.signs(asking.role) - {Sign.HELP}  # a call stands among the calls
    return await worries.waiting(asking.work.session, asking.work.school.id, signs)


async def _relay(asking: Asking) -> list[Waiting]:
    return await relay.waiting(asking.work.session, asking.work.school.id)


async def _takedowns(asking: Asking) -> list[Waiting]:
    return await takedowns.waiting(asking.work.session, asking.work.school.id)


KINDS = (
    Kind(
        "help",
        "help",
        _help,
        urgency=Urgency.NOW,
        says=lambda work: {"minutes": work.settings.help_minutes},
    ),
    Kind("calls", "calls", _calls, urgency=Urgency.NOW, classes=True),
    Kind("worries", "worries", _worries, urgency=Urgency.SOON),
    Kind("relay", "relay", _relay, urgency=Urgency.SOON, says=lambda work: {"days": AFTER_PAIR.days}),
    Kind("takedown", "news-takedowns", _takedowns, urgency=Urgency.SOON),
)
