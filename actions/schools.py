"""A new school of the installation."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from actions import journal, questionnaires
from actions.work import Work
from program.errors import Refusal
from program.settings import SchoolSettings, school_year
from storage import schools
from storage.tables import School

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")


async def add(
    session: AsyncSession,
    slug: str,
    name: str,
    timezone: str,
    city: str = "",
    *,
    now: datetime,
    actor: str = "cli",
) -> School:
    """A school with the settings that work without a word from anybody, and the shipped questionnaires.

    The first school of the installation is the default one.

    Raises:
        Refusal: the slug is not plain or is taken, the name is empty, the zone is unknown.
    """
    if not _SLUG.fullmatch(slug):
        raise Refusal("schools-slug", slug=slug)
    if not name.strip():
        raise Refusal("schools-name")
    zone = _zone(timezone)
    if await schools.by_slug(session, slug) is not None:
        raise Refusal("schools-taken", slug=slug)
    year = school_year(now.astimezone(zone).date())
    school = School(
        slug=slug,
        name=name.strip(),
        city=city.strip(),
        timezone=timezone,
        is_default=await schools.default(session) is None,
        settings=SchoolSettings(year=year).to_json(),
        created_at=now,
    )
    session.add(school)
    await session.flush()
    work = Work(session, school, now, actor)
    await questionnaires.publish_shipped(work)
    await journal.note(work, "school.added", f"school:{school.id}", after={"slug": slug, "year": year})
    return school


async def set_municipality(work: Work, name: str) -> None:
    """Which municipality the school belongs to; its coordinators see the school's numbers from now on."""
    before, work.school.municipality = work.school.municipality, name.strip()[:300]
    if work.school.municipality != before:
        await journal.note(
            work, "school.municipality", f"school:{work.school.id}", after={"named": bool(name.strip())}
        )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such file, a path, a folder of zones
        raise Refusal("schools-zone", zone=name) from None
