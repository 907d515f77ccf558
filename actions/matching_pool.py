"""Who waits for a pair and who can lead one, with what they answered in their intake questionnaires."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from actions import consents, selection
from actions.matching_people import ASKED, MATCHED, MENTOR_INTAKE, PUPIL_INTAKE, SAME_GENDER, Known
from actions.work import Work
from program.instruments_reading import read, shipped
from program.matching import Mentee, Mentor
from program.names import folded
from program.roles import Category, Side
from program.states import ParticipationStatus
from program.text import Text, raw
from storage import matching, pairs, people
from storage import questionnaires as instruments
from storage.tables import Participation

__all__ = ["LEADING", "OPEN", "SAME_GENDER", "Pool", "pool"]

OPEN = (ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)
LEADING = (*OPEN, ParticipationStatus.PAIRED)  # a mentor in a pair may have places left


@dataclass(frozen=True)
class Pool:
    """Args:
    labels: option code -> its words.
    pins: mentee -> mentor of suggestions that the next run has to keep.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    labels: Mapping[str, Text]
    pins: Mapping[int, int] = field(default_factory=dict)


async def pool(
    work: Work, form: str, *, mentee: int | None = None, only: Collection[int] | None = None
) -> Pool:
    """Mentees without a decided pair, and the mentors of the form with the places they have left.

    Suggestions take no place here: a run makes them anew.

    Args:
        mentee: this one alone (participation), in whatever pair or status.
        only: these mentors alone (participations).
    """
    year, school = work.settings.year, work.school.id
    alone = None if mentee is None else [mentee]
    mentees = list(await people.pool(work.session, school, year, form, Side.MENTEE, alone))
    mentors = list(await people.pool(work.session, school, year, form, Side.MENTOR, only))
    firm = await pairs.places(work.session, school, year, form, pairs.FIRM)
    busy = {participation for place in firm for participation, _ in place.mentees}
    if mentee is None:
        mentees = [one for one in mentees if one.status in OPEN and one.id not in busy]
    mentors = [one for one in mentors if one.status in LEADING]
    seen = await _describe(work, form, mentees, mentors, pairs.taken(firm))
    pins = await matching.pins(work.session, school, year, form)
    return replace(seen, pins={one: other for one, other in pins.items() if mentee in (None, one)})


async def _describe(
    work: Work,
    form: str,
    mentees: list[Participation],
    mentors: list[Participation],
    taken: Mapping[int, int],
) -> Pool:
    session, school = work.session, work.school.id
    persons = {one.person_id: one.person for one in (*mentees, *mentors)}
    led = [one.person_id for one in mentees]
    spoken = await consents.states(work, persons.values(), selection.SPOKEN)
    known = Known(
        work,
        answers=await matching.answers(session, school, persons, ASKED),
        agreed=consents.given(spoken),
        around=await matching.standing(session, school, work.settings.year, form),
        families=await matching.families(session, school, led),
        past=await matching.past(session, school, led),
        mentors=mentors,
        taken=taken,
        barred=await selection.barred(work, mentors, spoken),
    )
    colleagues = {
        folded(one.person.position): raw(one.person.position)
        for one in (*mentees, *mentors)
        if one.person.category == Category.TEACHER and one.person.position
    }
    return Pool(
        tuple(known.mentee(one) for one in mentees),
        tuple(known.mentor(one) for one in mentors),
        colleagues | await _labels(work),
    )


async def _labels(work: Work) -> dict[str, Text]:
    """Words of the options, the school's own newest version over the shipped one."""
    known = [one for one in shipped() if one.code in (PUPIL_INTAKE, MENTOR_INTAKE)]
    for code in (PUPIL_INTAKE, MENTOR_INTAKE):
        row = await instruments.newest(work.session, work.school.id, code)
        if row is not None:
            known.append(read(row.body))
    return {
        option.code: option.label.text
        for instrument in known
        for question in instrument.questions
        if question.id in MATCHED
        for option in question.options
    }
