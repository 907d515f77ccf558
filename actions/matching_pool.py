"""Who waits for a pair and who can lead one, with what they answered in their intake questionnaires."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from actions import consents, selection
from actions.work import Work
from program.ages import full_years
from program.instruments import Value
from program.instruments_reading import read, shipped
from program.matching import (
    HARD_FROM,
    NONE,
    TEACHER_NEEDS,
    Codes,
    Mentee,
    Mentor,
    grade,
    named_by,
    surname_stem,
)
from program.names import folded
from program.roles import Category, Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text, raw
from storage import matching, pairs, people
from storage import questionnaires as instruments
from storage.tables import Participation, Person

PUPIL_INTAKE, TEACHER_INTAKE, MENTOR_INTAKE = "INT_ME_P", "INT_ME_T", "INT_MO"
OPEN = (ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)
LEADING = (*OPEN, ParticipationStatus.PAIRED)  # a mentor in a pair may have places left
ANY = "any"
SAME_GENDER = "same_gender"  # among a person's preferences
# Any free hour, where the questionnaire's own options are not known.
_HOURS = frozenset({"mon_day", "tue_day", "wed_day", "thu_day", "fri_day", "sat_day", "evening_week"})
# Questions whose options both sides may have in common.
_MATCHED = frozenset(
    {f"{PUPIL_INTAKE}.{number}" for number in (2, 3, 5, 7, 8)}
    | {f"{MENTOR_INTAKE}.{number}" for number in ("2", "2b", "4", "6b", "8")}
)
# All that a run looks at; nothing else is read.
_ASKED = _MATCHED | {
    f"{PUPIL_INTAKE}.6", f"{PUPIL_INTAKE}.9", f"{MENTOR_INTAKE}.5", f"{TEACHER_INTAKE}.12", *TEACHER_NEEDS
}  # fmt: skip
_ATTESTATION, _DIGITAL = ("attestation", "exam"), ("digital", "digital")  # INT_ME_T.12 -> INT_E.2

Answers = Mapping[str, Value]


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
    mentees = list(await people.pool(work.session, school, year, form, Side.MENTEE))
    mentors = list(await people.pool(work.session, school, year, form, Side.MENTOR))
    firm = await pairs.places(work.session, school, year, form, pairs.FIRM)
    busy = {participation for place in firm for participation, _ in place.mentees}
    if mentee is None:
        mentees = [one for one in mentees if one.status in OPEN and one.id not in busy]
    else:
        mentees = [one for one in mentees if one.id == mentee]
    mentors = [one for one in mentors if one.status in LEADING and (only is None or one.id in only)]
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
    around = await matching.standing(session, school, work.settings.year, form)
    persons = {one.person_id: one.person for one in (*mentees, *mentors)}
    agreed = await consents.allowed(work, persons.values())
    led = [one.person_id for one in mentees]
    families = await matching.families(session, school, led)
    past = await matching.past(session, school, led)
    barred = await selection.barred(work, mentors)
    surnames: dict[str, list[int]] = defaultdict(list)
    for one in mentors:
        if stem := surname_stem(one.person.last_name):
            surnames[stem].append(one.person_id)
    answers = await matching.answers(session, school, persons, _ASKED)
    labels = await _labels(work)
    colleagues = {
        folded(one.person.position): raw(one.person.position)
        for one in (*mentees, *mentors)
        if one.person.category == Category.TEACHER and one.person.position
    }
    return Pool(
        tuple(
            _stands(
                work,
                one,
                _mentee(
                    work, one, answers.get(one.person_id, {}), agreed, families[one.person_id], past, surnames
                ),
                around,
            )
            for one in mentees
        ),
        tuple(
            _mentor(work, one, answers.get(one.person_id, {}), agreed, taken, barred.get(one.id, ()))
            for one in mentors
        ),
        colleagues | labels,
    )


def _mentee(
    work: Work,
    one: Participation,
    said: Answers,
    agreed: set[int],
    family: Iterable[int],
    past: Mapping[int, list[tuple[int, PairStatus]]],
    surnames: Mapping[str, Collection[int]],
) -> Mentee:
    person = one.person
    wish = said.get(f"{PUPIL_INTAKE}.9")
    earlier = past.get(person.id, [])
    return Mentee(
        id=one.id,
        person=person.id,
        category=person.category or Category.OTHER,
        grade=grade(person.class_name) if person.category == Category.PUPIL else None,
        age=_age(work, person),
        requests=_codes(said, f"{PUPIL_INTAKE}.2") or _teacher_needs(said),
        subjects=_codes(said, f"{PUPIL_INTAKE}.3") or _position(person),
        interests=_codes(said, f"{PUPIL_INTAKE}.5"),
        kinds=_codes(said, f"{PUPIL_INTAKE}.6"),
        formats=_codes(said, f"{PUPIL_INTAKE}.7"),
        slots=_hours(said, f"{PUPIL_INTAKE}.8"),
        wished=named_by(wish, surnames) if isinstance(wish, str) else frozenset(),
        family=frozenset(family),
        refused=frozenset(whom for whom, how in earlier if how in matching.REFUSED),
        worked=frozenset(whom for whom, how in earlier if how in matching.WORKED),
        consented=person.id in agreed,
    )


def _stands(work: Work, one: Participation, mentee: Mentee, around: matching.Standing) -> Mentee:
    """With what others said and how long the mentee has been waiting."""
    person = one.person
    since = max(filter(None, (one.enrolled_at or one.created_at, around.since.get(person.id))))
    days = {at.astimezone(work.zone).date() for at in around.announced if since < at <= work.now}
    return replace(
        mentee,
        prefers=frozenset(around.prefers.get(person.id, ())) - mentee.wished,
        wanted_by=frozenset(around.wanted_by.get(person.id, ())),
        avoids=frozenset(around.avoids.get(person.id, ())),
        avoided_by=frozenset(around.avoided_by.get(person.id, ())),
        banned=frozenset(around.banned.get(person.id, ())),
        gender=person.gender,
        same_gender=bool(person.preferences.get(SAME_GENDER)),
        class_name=folded(person.class_name),
        languages=_languages(person),
        role_model=one.role_model,
        waits=max(0, (work.now - since).days),
        passed=len(days),
    )


def _languages(person: Person) -> Codes:
    return frozenset({person.language, *map(str, person.preferences.get("languages", ()))})


def _mentor(
    work: Work,
    one: Participation,
    said: Answers,
    agreed: set[int],
    taken: Mapping[int, int],
    barred: tuple[Text, ...],
) -> Mentor:
    person = one.person
    return Mentor(
        id=one.id,
        person=person.id,
        category=person.category or Category.OTHER,
        grade=grade(person.class_name) if person.category == Category.PUPIL else None,
        age=_age(work, person),
        competencies=_codes(said, f"{MENTOR_INTAKE}.2"),
        subjects=_codes(said, f"{MENTOR_INTAKE}.2b") | _position(person),
        interests=_codes(said, f"{MENTOR_INTAKE}.4"),
        formats=_codes(said, f"{MENTOR_INTAKE}.8"),
        slots=_hours(said, f"{MENTOR_INTAKE}.6b"),
        ages=_range(said.get(f"{MENTOR_INTAKE}.5")),
        capacity=one.capacity,
        left=one.capacity - taken.get(one.id, 0),
        admitted=one.admitted,
        barred=barred,
        consented=person.id in agreed,
        gender=person.gender,
        class_name=folded(person.class_name),
        languages=_languages(person),
    )


def _age(work: Work, person: Person) -> int | None:
    return full_years(person.birth_date, work.today) if person.birth_date else None


def _codes(said: Answers, question: str) -> Codes:
    value = said.get(question)
    if isinstance(value, str):
        return frozenset({value})
    return frozenset(str(code) for code in value) if isinstance(value, list) else NONE


def _hours(said: Answers, question: str) -> Codes:
    codes = _codes(said, question)
    return (codes | _HOURS) - {ANY} if ANY in codes else codes


def _range(value: Value) -> tuple[int, int] | None:
    """«11-14» or [11, 14]; None for no wish."""
    numbers = [int(number) for number in re.findall(r"\d{1,2}", str(value))] if value else []
    return (min(numbers), max(numbers)) if numbers else None


def _teacher_needs(said: Answers) -> Codes:
    """What a teacher finds hard, in the words of what mentors offer (S004's directions)."""
    found = set()
    for direction, need in TEACHER_NEEDS.items():
        mark = said.get(direction)
        if isinstance(mark, int) and mark >= HARD_FROM:
            found.add(need)
    helps = _codes(said, f"{TEACHER_INTAKE}.12")
    return frozenset(found | {need for asked, need in (_ATTESTATION, _DIGITAL) if asked in helps})


def _position(person: Person) -> Codes:
    """Teachers of the same post («учитель физики») share a subject."""
    if person.category != Category.TEACHER or not person.position:
        return NONE
    return frozenset({folded(person.position)})


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
        if question.id in _MATCHED
        for option in question.options
    }
