"""The fairness of a form's search, from rows to figures."""

from __future__ import annotations

from datetime import datetime

from actions.matching_pool import LEADING, OPEN
from actions.work import Work
from program.errors import Refusal
from program.fairness import Fairness, Share, Waiting, measure
from program.forms import FORMS
from program.roles import Side
from program.states import HOLDING, ParticipationStatus
from storage import matching as rows
from storage import pairs, people

__all__ = ["Fairness", "Share", "fairness"]

IN_BASE = (*OPEN, ParticipationStatus.PAIRED)


async def fairness(work: Work, form: str) -> Fairness:
    """Suggestions count as pairs: it is what the curator sees before deciding. Staff only.

    Raises:
        Refusal: there is no such form.
    """
    if form not in FORMS:
        raise Refusal("match-form-unknown")
    session, school, year = work.session, work.school.id, work.settings.year
    mentees: list[Waiting] = []
    for slug in dict.fromkeys((form, *(one for one in work.settings.forms if one in FORMS))):
        held = {
            one
            for place in await pairs.places(session, school, year, slug, HOLDING)
            for one, _ in place.mentees
        }
        since, _ = await rows.announced(session, school, year, slug)
        for one in await people.pool(session, school, year, slug, Side.MENTEE):
            if one.status not in IN_BASE:
                continue
            began = max(filter(None, (one.enrolled_at or one.created_at, since.get(one.person_id))))
            person = one.person
            mentees.append(
                Waiting(slug, person.class_name, person.gender, _days(work, began), one.id in held)
            )
    taken = await pairs.holding(session, school, year, form)
    loads = [
        (taken.get(one.id, 0), one.capacity)
        for one in await people.pool(session, school, year, form, Side.MENTOR)
        if one.status in LEADING and one.admitted
    ]
    return measure(form, mentees, loads)


def _days(work: Work, since: datetime) -> int:
    return max(0, (work.now - since).days)
