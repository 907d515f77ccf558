"""What every verb gets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.consents import Entry
from program.settings import SchoolSettings
from storage.tables import Person, School, User


@dataclass(frozen=True)
class Work:
    """The open transaction, the school it is about, the time, and who acts.

    `actor` is written into the journal of changes: user:<id>, person:<id>, system, cli; `origin`, too, where the door
    knows more than that: admin:<kind of device>. `channel`: by which a
    participant speaks in this turn; kept with what is said, as evidence. No rule may depend on it.
    `ledger`: what these people said about consents, read at once by who looks at many and changes nothing of it.
    """

    session: AsyncSession
    school: School
    now: datetime
    actor: str = "system"
    channel: Channel | None = None
    origin: str = ""
    ledger: Mapping[int, list[Entry]] = field(default_factory=dict, compare=False, repr=False)
    _settings: list[Any] = field(default_factory=list, init=False, compare=False, repr=False)

    @property
    def settings(self) -> SchoolSettings:
        """Read once as long as the row holds the same ones: rules ask for them tens of times in a turn."""
        stored = self.school.settings
        if not self._settings or self._settings[0] is not stored:
            self._settings[:] = stored, SchoolSettings.read(stored)
        settings: SchoolSettings = self._settings[1]
        return settings

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.school.timezone)

    @property
    def today(self) -> date:
        """The school's calendar day."""
        return self.now.astimezone(self.zone).date()

    @property
    def door(self) -> str:
        """By which door this came in, as the journal keeps it."""
        if self.origin or self.channel:
            return self.origin or f"chat:{self.channel}"
        if self.actor == "cli":
            return "cli"
        return "page" if self.actor.startswith("person:") else "program"

    def by(self, actor: str | Person | User) -> Work:
        """The same work done by somebody else."""
        if isinstance(actor, Person):
            actor = f"person:{actor.id}"
        elif isinstance(actor, User):
            actor = f"user:{actor.id}"
        return replace(self, actor=actor)
