"""Whom a mailing is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from actions import consent_filter
from actions.work import Work
from program.consents import ConsentKind
from storage import news
from storage.tables import Person


@dataclass(frozen=True)
class Audience:
    """Empty fields do not narrow: by default everybody who joined.

    Args:
        sides: `program.news.ROLES`: mentor, mentee, parent.
        stages: `program.news.STAGES`: where somebody is in the programme.
    """

    sides: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Audience:
        return Audience(*(tuple(stored.get(name, ())) for name in ("sides", "forms", "classes", "stages")))

    def to_json(self) -> dict[str, Any]:
        return {
            "sides": list(self.sides),
            "forms": list(self.forms),
            "classes": list(self.classes),
            "stages": list(self.stages),
        }


async def people(work: Work, audience: Audience) -> list[Person]:
    """Those meant for whom the consent to personal data holds now; of a parent, for a child of theirs.

    Who refused messengers alone stays: `tell` writes to them in the web chat.
    """
    return list(await news.people(work.session, await condition(work, audience)))


async def condition(work: Work, audience: Audience) -> ColumnElement[bool]:
    """The same as a condition on `Person`, for counting."""
    given = await consent_filter.given(work, (ConsentKind.PD,))
    asked = {name: getattr(audience, name) for name in ("forms", "classes", "stages")}
    return news.meant(work.school.id, work.settings.year, audience.sides, given=given, **asked)
