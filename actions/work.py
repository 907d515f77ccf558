"""What every verb gets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from program.settings import SchoolSettings
from storage.tables import Person, School, User


@dataclass(frozen=True)
class Work:
    """The open transaction, the school it is about, the time, and who acts.

    `actor` is written into the journal of changes: user:<id>, person:<id>, system, cli.
    """

    session: AsyncSession
    school: School
    now: datetime
    actor: str = "system"

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
        return Work(self.session, self.school, self.now, actor)
