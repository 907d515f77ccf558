"""Who may mentor whom, how well it fits, and why. Source: domain.md 1.1, 3.4, 4.3, 4.4 (scores, without PREF).

Codes are the option codes of INT_ME_P, INT_ME_T and INT_MO. A hard rule is never broken; everything else
is points. The words of reasons are in `program.matching_reasons`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from program.names import folded
from program.roles import Category
from program.text import Text

# What a fit is made of, in the order of `Judge.parts`; the last can only take points away.
CRITERIA = ("request", "subject", "schedule", "interest", "wish", "kind", "format", "age", "load", "clash")
WEIGHTS: Mapping[str, int] = {
    "request": 35, "subject": 10, "schedule": 15, "interest": 10, "wish": 10,
    "kind": 5, "format": 5, "age": 5, "load": 5,
}  # fmt: skip
CLASH = 15  # both named their free hours and have none in common
ENOUGH = 2  # so many common codes fulfil a wish; more do not make a better pair
ELDER_FORMS = frozenset({"uch_uch"})  # a pupil leads one of the same class or a younger one (W9, W12)
HARD_FROM = 7  # a mark of difficulty, 1-10, from which a teacher's direction counts as a request

# Directions of INT_ME_T (S004) and the kind of help (INT_E.2) that answers them.
TEACHER_NEEDS: Mapping[str, str] = {
    "D1": "study", "D3": "study", "D4": "friends", "D5": "study", "D6": "digital", "D7": "digital",
    "D8": "art_sport",
}  # fmt: skip

Codes = frozenset[str]
NONE: Codes = frozenset()


@dataclass(frozen=True)
class Mentee:
    """Args:
    id: of the participation.
    grade: number of the class, 8 of «8А».
    wished: people whom the mentee named as a mentor.
    family: guardians, brothers and sisters: people.
    refused: mentors (people) with whom a pair was rejected, declined or replaced.
    worked: mentors (people) of earlier pairs that were ended.
    """

    id: int
    person: int
    category: str = Category.PUPIL
    grade: int | None = None
    age: int | None = None
    requests: Codes = NONE
    subjects: Codes = NONE
    interests: Codes = NONE
    kinds: Codes = NONE
    formats: Codes = NONE
    slots: Codes = NONE
    wished: frozenset[int] = frozenset()
    family: frozenset[int] = frozenset()
    refused: frozenset[int] = frozenset()
    worked: frozenset[int] = frozenset()
    consented: bool = True


@dataclass(frozen=True)
class Mentor:
    """Args:
    ages: youngest and oldest mentee the mentor would like, both included.
    capacity: mentees at once, the mentor's word or the curator's; `left` of them are free.
    barred: what an admitted mentor lacks today (`program.selection`), so that no new pair may be made.
    """

    id: int
    person: int
    category: str = Category.PUPIL
    grade: int | None = None
    age: int | None = None
    competencies: Codes = NONE
    subjects: Codes = NONE
    interests: Codes = NONE
    formats: Codes = NONE
    slots: Codes = NONE
    ages: tuple[int, int] | None = None
    capacity: int = 1
    left: int = 1
    admitted: bool = True
    barred: tuple[Text, ...] = ()
    consented: bool = True


def grade(class_name: str) -> int | None:
    """8 of «8А»; None where a class has no number."""
    found = re.match(r"\s*(\d{1,2})", class_name)
    return int(found[1]) if found else None


def is_named(words: str, last_name: str) -> bool:
    """Whether free words name a person: by the surname, its ending aside («Ивановым», «Иванова»)."""
    stem = folded(last_name)
    stem = stem[: max(4, len(stem) - 2)]
    return len(stem) >= 3 and any(word.startswith(stem) for word in re.findall(r"[\w-]+", folded(words)))


# Hard rules. Each gives the id of the text that says why not, or "".
def _place(mentor: Mentor) -> str:
    return "" if mentor.left > 0 else "match-no-place"


def _admission(mentor: Mentor) -> str:
    if not mentor.admitted:
        return "match-no-admission"
    return "match-no-admission-now" if mentor.barred else ""


def _mentor_consent(mentor: Mentor) -> str:
    return "" if mentor.consented else "match-no-mentor-consent"


MENTOR_RULES: tuple[Callable[[Mentor], str], ...] = (_admission, _mentor_consent, _place)


def pair_rule(mentee: Mentee, mentor: Mentor, form: str, reverse: bool = False) -> str:
    """The first rule between these two that forbids the pair.

    Args:
        reverse: the younger leads the older on purpose (domain.md 1.3, reversive model).
    """
    person = mentor.person
    if person == mentee.person:
        return "match-no-self"
    if person in mentee.family:
        return "match-no-family"
    if form in ELDER_FORMS and not reverse and _younger(mentee, mentor):
        return "match-no-younger"
    return "match-no-again" if person in mentee.refused else ""  # last: a curator may lift this one


def _younger(mentee: Mentee, mentor: Mentor) -> bool:
    if mentee.grade is not None and mentor.grade is not None:
        return mentor.grade < mentee.grade
    return mentee.age is not None and mentor.age is not None and mentor.age < mentee.age


def why_not(mentee: Mentee, mentor: Mentor, form: str, reverse: bool = False) -> list[Text]:
    """Every hard rule that forbids the pair; empty if none does."""
    found = [] if mentee.consented else ["match-no-mentee-consent"]
    found += [rule(mentor) for rule in MENTOR_RULES]
    found.append(pair_rule(mentee, mentor, form, reverse))
    args = {"match-no-admission-now": {"why": mentor.barred[0]}} if mentor.barred else {}
    return [Text(text, args.get(text, {})) for text in found if text]


def weights(own: Mapping[str, int]) -> dict[str, int]:
    """The school's weights over the defaults; unknown names and nonsense are ignored."""
    merged = {name: max(0, int(own.get(name, usual))) for name, usual in WEIGHTS.items()}
    return merged if sum(merged.values()) else dict(WEIGHTS)


def scale(mentee: Mentee, weigh: Mapping[str, int]) -> dict[str, int]:
    """How many of 100 points each criterion gives for this mentee.

    A wish that the mentee does not have is not weighed; what is left is stretched to 100 (largest
    remainders), so that a mentee of few words is measured by the same length.
    """
    said = {
        "subject": mentee.subjects,
        "interest": mentee.interests,
        "wish": mentee.wished,
        "kind": mentee.kinds - {"any"},
        "format": mentee.formats,
    }
    used = {name: weigh[name] for name in WEIGHTS if name not in said or said[name]}
    total = sum(used.values())
    if not total:
        return scale(mentee, WEIGHTS)
    points = {name: 100 * weight // total for name, weight in used.items()}
    by_rest = sorted(used, key=lambda name: (-(100 * used[name] % total), CRITERIA.index(name)))
    for name in by_rest[: 100 - sum(points.values())]:
        points[name] += 1
    return {name: points.get(name, 0) for name in WEIGHTS}


class Judge:
    """Measures mentors for one mentee. `out_of`: the most points of each criterion, 100 together."""

    def __init__(self, mentee: Mentee, weigh: Mapping[str, int]) -> None:
        self.mentee = mentee
        self.out_of = scale(mentee, weigh)
        self._most = tuple(self.out_of.values())
        self._need = tuple(
            max(1, min(ENOUGH, len(codes)))
            for codes in (mentee.requests, mentee.subjects, mentee.slots, mentee.interests)
        )
        self._any_kind = not mentee.kinds - {"any"}

    def parts(self, mentor: Mentor) -> tuple[int, ...]:
        """Points by `CRITERIA`; their sum is the score, 0-100."""
        mentee = self.mentee
        request, subject, schedule, interest, wish, kind, form, age, load = self._most
        requests, subjects, slots, interests = self._need
        request = request * min(len(mentee.requests & mentor.competencies), requests) // requests
        subject = subject and subject * min(len(mentee.subjects & mentor.subjects), subjects) // subjects
        common = len(mentee.slots & mentor.slots)
        schedule = schedule * min(common, slots) // slots
        interest = (
            interest and interest * min(len(mentee.interests & mentor.interests), interests) // interests
        )
        wish = wish if mentor.person in mentee.wished else 0
        kind = kind if kind and self.fits_kind(mentor) else 0
        form = form if form and not mentee.formats.isdisjoint(mentor.formats) else 0
        age = age if self.fits_age(mentor) else 0
        load = load * mentor.left // mentor.capacity if mentor.capacity > 0 else 0
        clash = 0
        if not common and mentee.slots and mentor.slots:
            clash = -min(CLASH, request + subject + schedule + interest + wish + kind + form + age + load)
        return request, subject, schedule, interest, wish, kind, form, age, load, clash

    def points(self, mentor: Mentor) -> int:
        return sum(self.parts(mentor))

    def fits_age(self, mentor: Mentor) -> bool:
        """A mentor without a wish takes any age; an unknown age fits no wish."""
        if mentor.ages is None:
            return True
        return self.mentee.age is not None and mentor.ages[0] <= self.mentee.age <= mentor.ages[1]

    def fits_kind(self, mentor: Mentor) -> bool:
        return self._any_kind or kind_of(self.mentee, mentor) in self.mentee.kinds


def kind_of(mentee: Mentee, mentor: Mentor) -> str:
    """What the mentor is to this mentee, in the codes of INT_ME_P.6."""
    if mentor.category == Category.PUPIL:
        older = mentee.grade is not None and mentor.grade is not None and mentor.grade > mentee.grade
        return "senior" if older else "peer"
    return {
        Category.TEACHER: "teacher",
        Category.STUDENT: "student",
        Category.ALUMNUS: "alumnus",
        Category.EMPLOYER: "specialist",
        Category.OTHER: "specialist",
    }.get(Category(mentor.category), "")


def offers(
    mentees: Iterable[Mentee], mentors: Iterable[Mentor], form: str, weigh: Mapping[str, int]
) -> dict[int, dict[int, int]]:
    """Mentee -> mentor -> points of every pair that no hard rule forbids, by ids of participations."""
    open_ = [mentor for mentor in mentors if not any(rule(mentor) for rule in MENTOR_RULES)]
    found: dict[int, dict[int, int]] = {}
    for mentee in mentees:
        judge = Judge(mentee, weigh)
        found[mentee.id] = (
            {m.id: judge.points(m) for m in open_ if not pair_rule(mentee, m, form)}
            if mentee.consented
            else {}
        )
    return found
