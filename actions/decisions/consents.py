"""Decisions about consents: missing, refused, told apart by two parents, taken back."""

from __future__ import annotations

from actions import consent_decisions
from actions.decisions.kinds import Asking, Kind, Urgency
from storage import consent_lists, overview
from storage.overview import Waiting


async def _pending(asking: Asking) -> list[Waiting]:
    return await overview.pending_consents(asking.work.session, *asking.place, asking.own)


async def _guardians(asking: Asking) -> list[Waiting]:
    return await overview.guardians(asking.work.session, asking.work.school.id, asking.own)


async def _lists(asking: Asking) -> list[Waiting]:
    return await consent_lists.waiting(asking.work.session, *asking.place, asking.own)


async def _refused(asking: Asking) -> list[Waiting]:
    many = len(await consent_decisions.refused(asking.work, asking.own))
    return [Waiting("refused", many, None)] if many else []


async def _differ(asking: Asking) -> list[Waiting]:
    many = len(await consent_decisions.unlike(asking.work, asking.own))
    return [Waiting("differ", many, None)] if many else []


KINDS = (
    Kind(
        "consents",
        "consents",
        _pending,
        "?show=missing",
        classes=True,
        at_once="consents-remind",
        file="consents-file",
    ),
    Kind("guardians", "confirmations", _guardians, urgency=Urgency.SOON, classes=True),
    Kind("differ", "consents", _differ, "?show=differ", Urgency.SOON, classes=True, file="consents-file"),
    Kind("groups", "consents", _lists, "?show=groups", classes=True, file="consents-file"),
    Kind("refused", "consents", _refused, "?show=refused", classes=True, file="consents-file"),
    Kind("withdrawn", "consents", _lists, "?show=withdrawn", classes=True, file="consents-file"),
    Kind("paused", "consents", _lists, "?show=paused", classes=True, file="consents-file"),
)
