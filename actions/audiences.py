"""Whom a mailing is for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions import consents
from actions.work import Work
from program.consents import ConsentKind
from storage import news
from storage.tables import Person


@dataclass(frozen=True)
class Audience:
    """Empty fields do not narrow: by default everybody who joined."""

    sides: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Audience:
        return Audience(*(tuple(stored.get(name, ())) for name in ("sides", "forms", "classes")))

    def to_json(self) -> dict[str, Any]:
        return {"sides": list(self.sides), "forms": list(self.forms), "classes": list(self.classes)}


async def people(work: Work, audience: Audience) -> list[Person]:
    """Those meant for whom the consent to personal data holds now.

    Who refused messengers alone stays: `tell` writes to them in the web chat.
    """
    meant = await news.meant(
        work.session,
        work.school.id,
        work.settings.year,
        audience.sides,
        audience.forms,
        audience.classes,
    )
    given = await consents.allowed(work, meant, ConsentKind.PD)
    return [person for person in meant if person.id in given]
