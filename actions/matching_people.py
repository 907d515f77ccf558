"""A participation with its answers as the rules of matching see it: codes and ids, no words of participants."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from actions.work import Work
from program.ages import full_years
from program.instruments import Value
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
from program.roles import Category
from program.states import PairStatus
from program.text import Text
from storage import matching
from storage.tables import Participation, Person

PUPIL_INTAKE, TEACHER_INTAKE, MENTOR_INTAKE = "INT_ME_P", "INT_ME_T", "INT_MO"
ANY = "any"
SAME_GENDER = "same_gender"  # among a person's preferences
# Any free hour, where the questionnaire's own options are not known.
_HOURS = frozenset({"mon_day", "tue_day", "wed_day", "thu_day", "fri_day", "sat_day", "evening_week"})
# Questions whose options both sides may have in common.
MATCHED = frozenset(
    {f"{PUPIL_INTAKE}.{number}" for number in (2, 3, 5, 7, 8)}
    | {f"{MENTOR_INTAKE}.{number}" for number in ("2", "2b", "4", "6b", "8")}
)
# All that a run looks at; nothing else is read.
ASKED = MATCHED | {
    f"{PUPIL_INTAKE}.6", f"{PUPIL_INTAKE}.9", f"{MENTOR_INTAKE}.5", f"{TEACHER_INTAKE}.12", *TEACHER_NEEDS
}  # fmt: skip
_ATTESTATION, _DIGITAL = ("attestation", "exam"), ("digital", "digital")  # INT_ME_T.12 -> INT_E.2

Answers = Mapping[str, Value]
Past = Mapping[int, list[tuple[int, PairStatus]]]


@dataclass(frozen=True)
class Known:
    """What was read of everybody, by people's ids where nothing else is said.

    Args:
        agreed: whose consents hold.
        mentors: those who may be named in free words.
        taken, barred: of mentors, by participations.
    """

    work: Work
    answers: Mapping[int, Answers]
    agreed: Collection[int]
    around: matching.Standing
    families: Mapping[int, Iterable[int]]
    past: Past
    mentors: Iterable[Participation]
    taken: Mapping[int, int]
    barred: Mapping[int, tuple[Text, ...]]
    _sets: dict[tuple[str, ...], Codes] = field(default_factory=dict, repr=False)

    def mentee(self, one: Participation) -> Mentee:
        person = one.person
        key = person.id
        said = self.answers.get(key, {})
        wish = said.get(f"{PUPIL_INTAKE}.9")
        earlier = self.past.get(key, ())
        around = self.around
        wished = named_by(wish, self._surnames) if isinstance(wish, str) else frozenset()
        since, passed = self._waits(one)
        return Mentee(
            id=one.id,
            person=key,
            category=person.category or Category.OTHER,
            grade=grade(person.class_name) if person.category == Category.PUPIL else None,
            age=self._age(person),
            requests=self._codes(said, f"{PUPIL_INTAKE}.2") or self._teacher_needs(said),
            subjects=self._codes(said, f"{PUPIL_INTAKE}.3") or self._position(person),
            interests=self._codes(said, f"{PUPIL_INTAKE}.5"),
            kinds=self._codes(said, f"{PUPIL_INTAKE}.6"),
            formats=self._codes(said, f"{PUPIL_INTAKE}.7"),
            slots=self._hours(said, f"{PUPIL_INTAKE}.8"),
            wished=wished,
            family=frozenset(self.families[key]),
            refused=frozenset([whom for whom, how in earlier if how in matching.REFUSED]),
            worked=frozenset([whom for whom, how in earlier if how in matching.WORKED]),
            consented=key in self.agreed,
            prefers=frozenset(around.prefers.get(key, ())) - wished,
            wanted_by=frozenset(around.wanted_by.get(key, ())),
            avoids=frozenset(around.avoids.get(key, ())),
            avoided_by=frozenset(around.avoided_by.get(key, ())),
            banned=frozenset(around.banned.get(key, ())),
            gender=person.gender,
            same_gender=bool(person.preferences.get(SAME_GENDER)),
            class_name=folded(person.class_name),
            languages=self._languages(person),
            role_model=one.role_model,
            waits=max(0, (self.work.now - since).days),
            passed=passed,
        )

    def mentor(self, one: Participation) -> Mentor:
        person = one.person
        said = self.answers.get(person.id, {})
        return Mentor(
            id=one.id,
            person=person.id,
            category=person.category or Category.OTHER,
            grade=grade(person.class_name) if person.category == Category.PUPIL else None,
            age=self._age(person),
            competencies=self._codes(said, f"{MENTOR_INTAKE}.2"),
            subjects=self._codes(said, f"{MENTOR_INTAKE}.2b") | self._position(person),
            interests=self._codes(said, f"{MENTOR_INTAKE}.4"),
            formats=self._codes(said, f"{MENTOR_INTAKE}.8"),
            slots=self._hours(said, f"{MENTOR_INTAKE}.6b"),
            ages=_range(said.get(f"{MENTOR_INTAKE}.5")),
            capacity=one.capacity,
            left=one.capacity - self.taken.get(one.id, 0),
            admitted=one.admitted,
            barred=self.barred.get(one.id, ()),
            consented=person.id in self.agreed,
            gender=person.gender,
            class_name=folded(person.class_name),
            languages=self._languages(person),
        )

    @cached_property
    def _surnames(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for one in self.mentors:
            if stem := surname_stem(one.person.last_name):
                found[stem].append(one.person_id)
        return found

    @cached_property
    def _announced(self) -> list[tuple[datetime, str]]:
        """When others were told of their pairs, with the day by the school's clock."""
        zone, now = self.work.zone, self.work.now
        return [(at, at.astimezone(zone).date().isoformat()) for at in self.around.announced if at <= now]

    def _waits(self, one: Participation) -> tuple[datetime, int]:
        """Since when the mentee has been waiting, and on how many days others were told meanwhile."""
        since = one.enrolled_at or one.created_at
        ended = self.around.since.get(one.person_id)
        since = max(since, ended) if ended else since
        return since, len({day for at, day in self._announced if since < at})

    @cached_property
    def _today(self) -> date:
        return self.work.today

    def _age(self, person: Person) -> int | None:
        return full_years(person.birth_date, self._today) if person.birth_date else None

    def _codes(self, said: Answers, question: str) -> Codes:
        value = said.get(question)
        if isinstance(value, list):
            return self._set(tuple(map(str, value)))
        return self._set((value,)) if isinstance(value, str) else NONE

    def _set(self, codes: tuple[str, ...]) -> Codes:
        """Of equal answers one and the same set: a region has a hundred thousand answers, and few different ones."""
        found = self._sets.get(codes)
        if found is None:
            found = self._sets[codes] = frozenset(codes)
        return found

    def _hours(self, said: Answers, question: str) -> Codes:
        codes = self._codes(said, question)
        return (codes | _HOURS) - {ANY} if ANY in codes else codes

    def _teacher_needs(self, said: Answers) -> Codes:
        """What a teacher finds hard, in the words of what mentors offer (S004's directions)."""
        found = set()
        for direction, need in TEACHER_NEEDS.items():
            mark = said.get(direction)
            if isinstance(mark, int) and mark >= HARD_FROM:
                found.add(need)
        helps = self._codes(said, f"{TEACHER_INTAKE}.12")
        return frozenset(found | {need for asked, need in (_ATTESTATION, _DIGITAL) if asked in helps})

    def _position(self, person: Person) -> Codes:
        """Teachers of the same post («учитель физики») share a subject."""
        if person.category != Category.TEACHER or not person.position:
            return NONE
        return self._set((folded(person.position),))

    def _languages(self, person: Person) -> Codes:
        return self._set((person.language, *map(str, person.preferences.get("languages", ()))))


def _range(value: Value) -> tuple[int, int] | None:
    """«11-14» or [11, 14]; None for no wish."""
    numbers = [int(number) for number in re.findall(r"\d{1,2}", str(value))] if value else []
    return (min(numbers), max(numbers)) if numbers else None
