"""Who may mentor whom, how well it fits, and why. Source: domain.md 1.1, 3.4, 4.3, 4.4 (scores, without PREF).

Codes are the option codes of INT_ME_P, INT_ME_T and INT_MO. A hard rule is never broken; everything else
is points. The words of reasons are in `program.matching_reasons`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from program.matching_rules import BY_NAME, SCORED, USUAL_WEIGHTS, Level, Rules
from program.names import folded
from program.roles import Category
from program.text import Text

# What a fit is made of, in the order of `Judge.parts`; the last two can only take points away.
CRITERIA = (*SCORED, "clash", "avoid")
CLASH = 15  # both named their free hours and have none in common
ENOUGH = 2  # so many common codes fulfil a wish; more do not make a better pair
CHOSEN, CHOSEN_TOO = 70, 30  # percent of «prefer»: the mentee chose the mentor; the mentor chose the mentee
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
    banned: mentors (people) whom the curator does not want to see proposed.
    prefers, avoids: mentors (people), as the mentee said silently; `wanted_by`, `avoided_by`: as they said.
    same_gender: the mentee or a guardian wishes a mentor of the same gender.
    waits: days without a pair; `passed`: on how many days others were told of theirs meanwhile.
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
    banned: frozenset[int] = frozenset()
    prefers: frozenset[int] = frozenset()
    wanted_by: frozenset[int] = frozenset()
    avoids: frozenset[int] = frozenset()
    avoided_by: frozenset[int] = frozenset()
    gender: str = ""
    same_gender: bool = False
    class_name: str = ""
    languages: Codes = NONE
    role_model: str = ""
    waits: int = 0
    passed: int = 0


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
    gender: str = ""
    class_name: str = ""
    languages: Codes = NONE


def grade(class_name: str) -> int | None:
    """8 of «8А»; None where a class has no number."""
    found = re.match(r"\s*(\d{1,2})", class_name)
    return int(found[1]) if found else None


def is_named(words: str, last_name: str) -> bool:
    """Whether free words name a person: by the surname, its ending aside («Ивановым», «Иванова»)."""
    stem = surname_stem(last_name)
    return bool(stem) and bool(named_by(words, {stem: (0,)}))


def surname_stem(last_name: str) -> str:
    """What all forms of a surname begin with; empty where it is too short to be recognised."""
    stem = folded(last_name)
    stem = stem[: max(4, len(stem) - 2)]
    return stem if len(stem) >= 3 else ""


def named_by(words: str, people: Mapping[str, Collection[int]]) -> frozenset[int]:
    """Whom free words name. `people`: surname's stem -> those who have it."""
    return frozenset(
        person
        for word in re.findall(r"[\w-]+", folded(words))
        for length in range(3, len(word) + 1)
        for person in people.get(word[:length], ())
    )


# Hard rules that hold in every school, by their texts `match-no-…`.
def _place(mentor: Mentor) -> str:
    return "" if mentor.left > 0 else "place"


def _admission(mentor: Mentor) -> str:
    if not mentor.admitted:
        return "admission"
    return "admission-now" if mentor.barred else ""


def _mentor_consent(mentor: Mentor) -> str:
    return "" if mentor.consented else "mentor-consent"


MENTOR_RULES: tuple[Callable[[Mentor], str], ...] = (_admission, _mentor_consent, _place)


def _younger(mentee: Mentee, mentor: Mentor) -> bool:
    if mentee.grade is not None and mentor.grade is not None:
        return mentor.grade < mentee.grade
    return mentee.age is not None and mentor.age is not None and mentor.age < mentee.age


def years_between(mentee: Mentee, mentor: Mentor) -> int | None:
    """How many years older the mentor is, by age or else by class; None if nobody knows."""
    if mentee.age is not None and mentor.age is not None:
        return mentor.age - mentee.age
    if mentee.grade is not None and mentor.grade is not None:
        return mentor.grade - mentee.grade
    return None


def _far(mentee: Mentee, mentor: Mentor, rules: Rules) -> bool:
    years = years_between(mentee, mentor)
    return rules.gap is not None and years is not None and not rules.gap[0] <= years <= rules.gap[1]


def _apart(one: Codes, other: Codes) -> bool:
    """Both have said something, and nothing in common."""
    return bool(one) and bool(other) and one.isdisjoint(other)


def _wrong_age(mentee: Mentee, mentor: Mentor) -> bool:
    if mentor.ages is None or mentee.age is None:
        return False
    return not mentor.ages[0] <= mentee.age <= mentor.ages[1]


# Criterion that may be required -> whether these two are known not to fulfil it.
MISFITS: Mapping[str, Callable[[Mentee, Mentor, Rules], bool]] = {
    "elder": lambda e, o, _: _younger(e, o),
    "avoid": lambda e, o, _: o.person in e.avoids or o.person in e.avoided_by,
    # The one wish that an unknown answer does not fulfil: somebody has asked for it in so many words.
    "gender": lambda e, o, _: e.same_gender and (not e.gender or e.gender != o.gender),
    "gap": _far,
    "class": lambda e, o, _: bool(e.class_name) and e.class_name == o.class_name,
    "language": lambda e, o, _: _apart(e.languages, o.languages),
    "schedule": lambda e, o, _: _apart(e.slots, o.slots),
    "request": lambda e, o, _: _apart(e.requests, o.competencies),
    "subject": lambda e, o, _: _apart(e.subjects, o.subjects),
    "interest": lambda e, o, _: _apart(e.interests, o.interests),
    "format": lambda e, o, _: _apart(e.formats, o.formats),
    "kind": lambda e, o, _: bool(e.kinds - {"any"}) and kind_of(e, o) not in e.kinds,
    "age": lambda e, o, _: _wrong_age(e, o),
}
AGAIN = "again"  # said last: a curator may lift this one


def blocks(mentee: Mentee, mentor: Mentor, rules: Rules, reverse: bool = False) -> list[str]:
    """Names of all rules that forbid the pair, the mentee's own first; empty if none does.

    Args:
        reverse: the younger leads the older on purpose (domain.md 1.3, reversive model).
    """
    person = mentor.person
    found = [] if mentee.consented else ["mentee-consent"]
    found += [name for rule in MENTOR_RULES if (name := rule(mentor))]
    if person == mentee.person:
        found.append("self")
    elif person in mentee.family:
        found.append("family")
    for name, misfit in MISFITS.items():
        if name in rules.required and misfit(mentee, mentor, rules) and not (reverse and name == "elder"):
            found.append(name)
    if person in mentee.banned:
        found.append("ban")
    if person in mentee.refused:
        found.append(AGAIN)
    return found


def blocked_text(name: str, mentor: Mentor | None = None) -> Text:
    """A rule that forbids a pair, in words: a part of a sentence."""
    args = {"why": mentor.barred[0]} if mentor and mentor.barred and name == "admission-now" else {}
    return Text(f"match-no-{name}", args)


def why_not(mentee: Mentee, mentor: Mentor, rules: Rules | str, reverse: bool = False) -> list[Text]:
    """Every hard rule that forbids the pair; empty if none does.

    Args:
        rules: of the mentee's role model, or a form with the usual ones.
    """
    if isinstance(rules, str):
        rules = Rules(rules)
    return [blocked_text(name, mentor) for name in blocks(mentee, mentor, rules, reverse)]


def urgency(mentee: Mentee, rules: Rules) -> int:
    """How many points of fit it is worth that this mentee does not go without; 0 to 1000.

    Days of waiting count a little, each time that others were told of their pairs much more: whoever was
    passed over once goes before those who are new.
    """
    weight = {Level.IGNORED: 0, Level.DESIRABLE: 1, Level.IMPORTANT: 2}[rules.level("wait")]
    return min(1000, weight * (min(mentee.waits, 90) // 3 + 50 * mentee.passed))


def scale(mentee: Mentee, weigh: Mapping[str, int]) -> dict[str, int]:
    """How many of 100 points each criterion gives for this mentee.

    A wish that the mentee does not have is not weighed; what is left is stretched to 100 (largest
    remainders), so that a mentee of few words is measured by the same length.
    """
    said: Mapping[str, object] = {
        "subject": mentee.subjects,
        "interest": mentee.interests,
        "wish": mentee.wished,
        "prefer": mentee.prefers or mentee.wanted_by,
        "kind": mentee.kinds - {"any"},
        "format": mentee.formats,
        "gender": mentee.same_gender,
        "class": mentee.class_name,
        "worked": mentee.worked,
    }
    unsaid = frozenset(name for name, words in said.items() if not words)
    return dict(_stretched(unsaid, tuple(weigh[name] for name in SCORED)))


@lru_cache(maxsize=2000)
def _stretched(unsaid: frozenset[str], weigh: tuple[int, ...]) -> Mapping[str, int]:
    """By the names of `SCORED`. A region of thousands has some dozens of different ones."""
    used = {name: weight for name, weight in zip(SCORED, weigh, strict=True) if weight and name not in unsaid}
    total = sum(used.values())
    if not total:
        return _stretched(unsaid, tuple(USUAL_WEIGHTS[name] for name in SCORED))
    points = {name: 100 * weight // total for name, weight in used.items()}
    by_rest = sorted(used, key=lambda name: (-(100 * used[name] % total), SCORED.index(name)))
    for name in by_rest[: 100 - sum(points.values())]:
        points[name] += 1
    return {name: points.get(name, 0) for name in SCORED}


class Judge:
    """Measures mentors for one mentee. `out_of`: the most points of each criterion, 100 together."""

    def __init__(self, mentee: Mentee, rules: Rules) -> None:
        self.mentee = mentee
        self.rules = rules
        self.out_of = scale(mentee, rules.weigh)
        self.clash = CLASH if self.out_of["schedule"] else 0
        level = rules.level("avoid")
        self.avoid = 0 if level is Level.REQUIRED else BY_NAME["avoid"].weight(level)

    def parts(self, mentor: Mentor) -> tuple[int, ...]:
        """Points by `CRITERIA`; their sum is the score, 0-100."""
        mentee, most = self.mentee, self.out_of
        got = {name: most[name] if most[name] and self._fulfils(name, mentor) else 0 for name in SCORED}
        for name, ours, theirs in (
            ("request", mentee.requests, mentor.competencies),
            ("subject", mentee.subjects, mentor.subjects),
            ("schedule", mentee.slots, mentor.slots),
            ("interest", mentee.interests, mentor.interests),
        ):
            need = needed(ours)
            got[name] = most[name] * min(len(ours & theirs), need) // need
        got["prefer"] = most["prefer"] * self._preferred(mentor) // 100
        got["load"] = load_points(most["load"], mentor)
        total = sum(got.values())
        clash = min(self.clash, total) if _apart(mentee.slots, mentor.slots) else 0
        avoid = min(self.avoid, total - clash) if MISFITS["avoid"](mentee, mentor, self.rules) else 0
        return *got.values(), -clash, -avoid

    def points(self, mentor: Mentor) -> int:
        return sum(self.parts(mentor))

    def _preferred(self, mentor: Mentor) -> int:
        person = mentor.person
        return CHOSEN * (person in self.mentee.prefers) + CHOSEN_TOO * (person in self.mentee.wanted_by)

    def _fulfils(self, name: str, mentor: Mentor) -> bool:
        """Of criteria that are fulfilled or not."""
        mentee = self.mentee
        if name == "wish":
            return mentor.person in mentee.wished
        if name == "worked":
            return mentor.person in mentee.worked
        if name == "age":
            return self.fits_age(mentor)
        if name == "kind":
            return self.fits_kind(mentor)
        if name == "format":
            return not mentee.formats.isdisjoint(mentor.formats)
        return name in MISFITS and not MISFITS[name](mentee, mentor, self.rules)

    def fits_age(self, mentor: Mentor) -> bool:
        """A mentor without a wish takes any age; an unknown age fits no wish."""
        if mentor.ages is None:
            return True
        return self.mentee.age is not None and mentor.ages[0] <= self.mentee.age <= mentor.ages[1]

    def fits_kind(self, mentor: Mentor) -> bool:
        return not self.mentee.kinds - {"any"} or kind_of(self.mentee, mentor) in self.mentee.kinds


def needed(codes: Codes) -> int:
    """How many common codes fulfil a wish of these."""
    return max(1, min(ENOUGH, len(codes)))


def load_points(most: int, mentor: Mentor) -> int:
    return most * max(0, mentor.left) // mentor.capacity if mentor.capacity > 0 else 0


def kind_of(mentee: Mentee, mentor: Mentor) -> str:
    """What the mentor is to this mentee, in the codes of INT_ME_P.6."""
    if mentor.category == Category.PUPIL:
        older = mentee.grade is not None and mentor.grade is not None and mentor.grade > mentee.grade
        return "senior" if older else "peer"
    return KINDS.get(mentor.category, "")


KINDS: Mapping[str, str] = {
    Category.TEACHER: "teacher",
    Category.STUDENT: "student",
    Category.ALUMNUS: "alumnus",
    Category.EMPLOYER: "specialist",
    Category.OTHER: "specialist",
}
