"""What every verb gets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.settings import SchoolSettings
from storage.tables import Person, School, User


@dataclass(frozen=True)
class Work:
    """The open transaction, the school it is about, the time, and who acts.

    `actor` is written into the journal of changes: user:<id>, person:<id>, system, cli. `channel`: by which a
    participant speaks in this turn; kept with what is said, as evidence. No rule may depend on it.
    """

    session: AsyncSession
    school: School
    now: datetime
    actor: str = "system"
    channel: Channel | None = None

    @property
    def settings(self) -> SchoolSettings:
        return SchoolSettings.read(self.school.settings)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.school.timezone)

    @property
    def today(self) -> date:
        """The school's calendar day."""
        return self.now.astimezone(self.zone).date()

    def by(self, actor: str | Person | User) -> Work:
        """The same work done by somebody else."""
        if isinstance(actor, Person):
            actor = f"person:{actor.id}"
        elif isinstance(actor, User):
            actor = f"user:{actor.id}"
        return replace(self, actor=actor)
