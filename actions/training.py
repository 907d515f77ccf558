"""Materials of the mentors' training: read in the chat at any time. Who was at a meeting is the curator's word."""

from __future__ import annotations

from typing import Any

from actions import directories
from actions.work import Work
from locales import dates
from program.directories import Directory, Entry
from program.errors import Refusal
from program.roles import Side
from program.selection import READ
from storage import people, selection
from storage.overview import GONE
from storage.tables import Person


async def materials(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Short cards for this mentor, in the school's order; JSON: slug, title, about, read (a day in words or "").

    Raises:
        Refusal: not a mentor of this year.
    """
    person = await _mentor(work, person_id)
    marks = (await selection.marks(work.session, work.school.id, [person.id])).get(person.id, {})
    return [
        {
            "slug": topic.slug,
            "title": topic.seen.to_json(),
            "about": topic.about.text.to_json(),
            "read": dates.day(marks[item].done_on, person.language)
            if (item := READ + topic.slug) in marks
            else "",
        }
        for topic in await topics(work)
    ]


async def topics(work: Work) -> list[Entry]:
    """Topics that have something to read."""
    return [one for one in await directories.entries(work, Directory.TRAINING) if one.about.ru]


async def mark_read(work: Work, person_id: int, slug: str) -> None:
    """«Прочитано»; a second press is harmless. It says nothing about having been at a meeting.

    Raises:
        Refusal: not a mentor of this year, or there is no such material.
    """
    person = await _mentor(work, person_id)
    if slug not in {one.slug for one in await topics(work)}:
        raise Refusal("training-unknown")
    await selection.mark(
        work.session,
        school_id=work.school.id,
        person_id=person.id,
        item=READ + slug,
        done_on=work.today,
        entered_at=work.now,
        entered_by=work.actor,
    )


async def is_mentor(work: Work, person_id: int) -> bool:
    places = await people.participations_of(work.session, person_id, work.settings.year)
    return any(place.side == Side.MENTOR and place.status not in GONE for place in places)


async def _mentor(work: Work, person_id: int) -> Person:
    person = await people.get(work.session, person_id)
    if person is None or not await is_mentor(work, person_id):
        raise Refusal("training-not-mentor")
    return person
