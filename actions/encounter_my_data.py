"""Meetings outside of pairs and questions to mentors in «Мои данные»: what the person said and where they were.

What others said silently of the person is promised to stay with the curator, so it is not told here.
"""

from __future__ import annotations

from actions.encounter_pool_messages import topic_text
from actions.meeting_messages import called
from actions.work import Work
from locales import Texts, dates
from program.text import Text, raw
from storage import encounters as rows
from storage.tables import Person

Row = tuple[str, str]


async def meetings(work: Work, person: Person, say: Texts, language: str, *, own: bool) -> list[Row]:
    """Every meeting of the person, and (for the person alone) what the person said of those met."""
    found = []
    for one in await rows.everything_of(work.session, work.school.id, person.id):
        found.append((dates.moment(one.starts_at, work.zone, language), f"{one.topic}, {one.state}"))
        for line in await rows.impressions(work.session, work.school.id, one.id) if own else ():
            known = {seat.person_id: seat.person for seat in one.taken}
            if one.host is not None:
                known[one.host.id] = one.host
            if line.person_id == person.id and line.about_id in known:
                whom = raw(called(known[line.about_id]))
                asked = say(Text("encounters-word", {"name": whom}))
                found.append((f"– {asked}", say(Text(f"encounters-word-{line.word}"))))
    return found


async def questions(work: Work, person: Person, say: Texts, language: str) -> list[Row]:
    """The person's own words: questions, requests and answers."""
    found = []
    for one in await rows.questions(work.session, work.school.id, None, person_id=person.id):
        for line in one.words:
            if line.person_id == person.id:
                moment = dates.moment(line.at, work.zone, language)
                found.append((f"{moment}, {say(topic_text(one.topic))}", line.words))
    return found
