"""Points of one mentee with all mentors at once, in whole numbers as wide as the list of mentors.

Bit n of every number stands for mentor n. A score is seven such numbers (its binary digits), and a share of it
is added to all mentors in a handful of machine operations. Gives exactly what `Judge.points` gives;
measured in benchmarks/matching.py (150,000 pairs in a tenth of a second, without packages).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from program.matching import (
    CHOSEN,
    CHOSEN_TOO,
    KINDS,
    MENTOR_RULES,
    Codes,
    Judge,
    Mentee,
    Mentor,
    load_points,
    needed,
)
from program.matching_bits import DIGITS, Bits, add, at_least, best, few, places, sets, take, union
from program.matching_rules import RuleBook, Rules
from program.roles import Category

SPREAD = 2_654_435_761  # Knuth's multiplier: neighbours start far from each other


class Scores:
    """All mentors of a form, ready to be measured by any mentee."""

    def __init__(self, mentors: Iterable[Mentor], book: RuleBook) -> None:
        self.mentors = tuple(mentors)
        self.book = book
        self.ids = [mentor.id for mentor in self.mentors]
        self._at = {key: n for n, key in enumerate(self.ids)}
        self.all: Bits = (1 << len(self.mentors)) - 1
        self.open = self._those(lambda mentor: not any(rule(mentor) for rule in MENTOR_RULES))
        self._person = sets((one.person, n) for n, one in enumerate(self.mentors))
        self._gender = sets((one.gender, n) for n, one in enumerate(self.mentors))
        self._class = sets((one.class_name, n) for n, one in enumerate(self.mentors))
        self._codes = {
            name: sets((code, n) for n, one in enumerate(self.mentors) for code in getattr(one, name))
            for name in ("competencies", "subjects", "interests", "formats", "slots", "languages")
        }
        self._some = {name: union(sets.values()) for name, sets in self._codes.items()}
        self._kinds = sets((KINDS.get(one.category, ""), n) for n, one in enumerate(self.mentors))
        self._pupils = self._those(lambda mentor: mentor.category == Category.PUPIL)
        self._grade = sets((one.grade, n) for n, one in enumerate(self.mentors))
        self._age = sets((one.age, n) for n, one in enumerate(self.mentors))
        self._ages = sets((one.ages, n) for n, one in enumerate(self.mentors))
        self._memo: dict[Hashable, Bits] = {}
        self._alike: dict[Hashable, list[Bits]] = {}
        self._loads: dict[int, list[tuple[int, Bits]]] = {}

    def row(self, mentee: Mentee, most: int | None = None) -> dict[int, int]:
        """Mentor -> points of all whom no rule forbids.

        Args:
            most: only the best so many.
        """
        rules = self.book.of(mentee.role_model)
        allowed = self.allowed(mentee, rules)
        if not allowed:
            return {}
        digits = self.points(mentee, rules)
        if most is not None and allowed.bit_count() > most:
            return self._read(digits, best(digits, allowed, most, mentee.id * SPREAD % len(self.ids)))
        if few(allowed, len(self.ids)):
            return self._read(digits, places(allowed))
        return self._whole(digits, allowed)

    def beyond(
        self, mentee: Mentee, known: Mapping[int, int], least: Sequence[tuple[Bits, int]], most: int
    ) -> dict[int, int]:
        """Mentor -> points of the best so many whom `known` has not and who have enough points.

        Args:
            least: (mentors, points they have to have, at most 127); nobody stands in two of them.
        """
        rules = self.book.of(mentee.role_model)
        among = union(who for who, _ in least) & ~union(1 << self._at[key] for key in known)
        among = among and among & self.allowed(mentee, rules)
        if not among:
            return {}
        digits = self.points(mentee, rules)
        enough = union(at_least(digits, points, who & among) for who, points in least)
        if enough.bit_count() > most:
            return self._read(digits, best(digits, enough, most, mentee.id * SPREAD % len(self.ids)))
        return self._read(digits, places(enough))

    def by_price(self, prices: Mapping[int, int]) -> list[tuple[Bits, int]]:
        """(mentors, their price), one for each price."""
        found = sets((prices.get(key, 0), n) for n, key in enumerate(self.ids))
        return [(who, price) for price, who in found.items()]

    def _read(self, digits: Sequence[Bits], places: Iterable[int]) -> dict[int, int]:
        """Of a few mentors: byte by byte, because a shift walks through the whole number."""
        width, ids = len(self.ids) // 8 + 1, self.ids
        d0, d1, d2, d3, d4, d5, d6 = (digit.to_bytes(width, "little") for digit in digits)
        found = {}
        for n in places:
            byte, bit = n >> 3, n & 7
            found[ids[n]] = (
                (d0[byte] >> bit & 1)
                | (d1[byte] >> bit & 1) << 1
                | (d2[byte] >> bit & 1) << 2
                | (d3[byte] >> bit & 1) << 3
                | (d4[byte] >> bit & 1) << 4
                | (d5[byte] >> bit & 1) << 5
                | (d6[byte] >> bit & 1) << 6
            )
        return found

    def _whole(self, digits: Sequence[Bits], allowed: Bits) -> dict[int, int]:
        """Reads all digits at once: quicker than one by one when most are wanted."""
        width = len(self.ids)
        texts = [f"{number:0{width}b}" for number in (*digits, allowed)]
        rows = zip(*texts, strict=True)
        values = [_VALUES[row] for row in rows]  # the last mentor first
        return {key: value for key, value in zip(self.ids, reversed(values), strict=True) if value >= 0}

    def allowed(self, mentee: Mentee, rules: Rules) -> Bits:
        """Whom no rule forbids; the same as `program.matching.blocks`."""
        if not mentee.consented:
            return 0
        found = self.open
        for persons in (mentee.family, mentee.banned, mentee.refused, frozenset({mentee.person})):
            found &= ~self._persons(persons)
        for name in rules.required:
            if found and name in MISFITS:
                found &= ~MISFITS[name](self, mentee, rules)
        return found

    def points(self, mentee: Mentee, rules: Rules) -> list[Bits]:
        """Binary digits of all scores, the lowest first."""
        judge = Judge(mentee, rules)
        most = judge.out_of
        digits = list(self._plain(mentee, rules, most))
        for name, ours, theirs in (
            ("request", mentee.requests, "competencies"),
            ("subject", mentee.subjects, "subjects"),
            ("schedule", mentee.slots, "slots"),
            ("interest", mentee.interests, "interests"),
        ):
            if not most[name] or not ours:
                continue
            one, two = self._common(theirs, ours)
            if needed(ours) == 1:
                add(digits, most[name], one)
            else:
                half = most[name] // 2
                add(digits, half, one)
                add(digits, most[name] - half, two)
        for name in ("wish", "format", "class", "worked"):
            if most[name]:
                add(digits, most[name], FULFILLED[name](self, mentee, rules))
        if most["prefer"]:
            ours_too, theirs_too = self._persons(mentee.prefers), self._persons(mentee.wanted_by)
            both = ours_too & theirs_too
            for percent, who in ((CHOSEN, ours_too & ~both), (CHOSEN_TOO, theirs_too & ~both), (100, both)):
                add(digits, most["prefer"] * percent // 100, who)
        if judge.clash:
            take(digits, judge.clash, self.apart("slots", mentee.slots), self.all)
        if judge.avoid:
            take(digits, judge.avoid, self._persons(mentee.avoids | mentee.avoided_by), self.all)
        return digits

    def _plain(self, mentee: Mentee, rules: Rules, most: Mapping[str, int]) -> list[Bits]:
        """The part of the scores that many mentees share; reckoned once for all who are alike in it."""
        key = (
            *(most[name] for name in (*PLAIN, "load")), rules.gap, mentee.grade, mentee.age, mentee.kinds,
            mentee.languages, mentee.gender, mentee.same_gender,
        )  # fmt: skip
        if key not in self._alike:
            digits = [0] * DIGITS
            for name in PLAIN:
                if most[name]:
                    add(digits, most[name], FULFILLED[name](self, mentee, rules))
            for value, who in self._load(most["load"]):
                add(digits, value, who)
            self._alike[key] = digits
        return self._alike[key]

    # Sets of mentors.
    def _those(self, test: Callable[[Mentor], bool]) -> Bits:
        return sum(1 << n for n, mentor in enumerate(self.mentors) if test(mentor))

    def _persons(self, persons: Iterable[int]) -> Bits:
        return union(self._person.get(person, 0) for person in persons)

    def _common(self, theirs: str, ours: Codes) -> tuple[Bits, Bits]:
        """Who has one of these codes, and who has two."""
        key = (theirs, ours)
        if key not in self._memo:
            one = two = 0
            for code in ours:
                have = self._codes[theirs].get(code, 0)
                two |= one & have
                one |= have
            self._memo[key] = one
            self._memo[(*key, 2)] = two
        return self._memo[key], self._memo[(*key, 2)]

    def apart(self, theirs: str, ours: Codes) -> Bits:
        """Who has said something, and nothing in common."""
        return self._some[theirs] & ~self._common(theirs, ours)[0] if ours else 0

    def _load(self, most: int) -> list[tuple[int, Bits]]:
        if most not in self._loads:
            found = sets((load_points(most, one), n) for n, one in enumerate(self.mentors))
            self._loads[most] = [(value, who) for value, who in found.items() if value]
        return self._loads[most]

    def younger(self, mentee: Mentee) -> Bits:
        by_grade, graded = 0, 0
        if mentee.grade is not None:
            by_grade = union(
                who for grade, who in self._grade.items() if grade is not None and grade < mentee.grade
            )
            graded = self.all & ~self._grade.get(None, 0)
        by_age = 0
        if mentee.age is not None:
            by_age = union(who for age, who in self._age.items() if age is not None and age < mentee.age)
        return by_grade | (by_age & ~graded)

    def far(self, mentee: Mentee, rules: Rules) -> Bits:
        if rules.gap is None:
            return 0
        (least, most), found, aged = rules.gap, 0, 0
        if mentee.age is not None:
            aged = self.all & ~self._age.get(None, 0)
            for age, who in self._age.items():
                if age is not None and not least <= age - mentee.age <= most:
                    found |= who
        if mentee.grade is not None:
            for grade, who in self._grade.items():
                if grade is not None and not least <= grade - mentee.grade <= most:
                    found |= who & ~aged
        return found

    def of_kind(self, mentee: Mentee) -> Bits:
        wanted = mentee.kinds - {"any"}
        if not wanted:
            return self.all
        found = union(self._kinds.get(kind, 0) for kind in wanted) & ~self._pupils
        if mentee.grade is None:
            return found | (self._pupils if "peer" in wanted else 0)
        older = union(who for grade, who in self._grade.items() if grade is not None and grade > mentee.grade)
        found |= self._pupils & older if "senior" in wanted else 0
        return found | (self._pupils & ~older if "peer" in wanted else 0)

    def fits_age(self, mentee: Mentee, *, unknown: bool) -> Bits:
        """Whose wish about age the mentee fits. `unknown`: what an unknown age counts as."""
        found = self._ages.get(None, 0)
        for ages, who in self._ages.items():
            if ages is not None and (unknown if mentee.age is None else ages[0] <= mentee.age <= ages[1]):
                found |= who
        return found

    def other_gender(self, mentee: Mentee) -> Bits:
        if not mentee.same_gender:
            return 0
        return self.all & ~self._gender.get(mentee.gender, 0) if mentee.gender else self.all

    def classmates(self, mentee: Mentee) -> Bits:
        return self._class.get(mentee.class_name, 0) if mentee.class_name else 0

    def memo(self, key: Hashable, make: Callable[[], Bits]) -> Bits:
        if key not in self._memo:
            self._memo[key] = make()
        return self._memo[key]


Test = Callable[[Scores, Mentee, Rules], Bits]

# The mentors who are known not to fulfil a criterion; see `program.matching.MISFITS`.
MISFITS: Mapping[str, Test] = {
    "elder": lambda s, e, _: s.memo(("elder", e.grade, e.age), lambda: s.younger(e)),
    "avoid": lambda s, e, _: s._persons(e.avoids | e.avoided_by),
    "gender": lambda s, e, _: s.other_gender(e),
    "gap": lambda s, e, r: s.memo(("gap", e.grade, e.age, r.gap), lambda: s.far(e, r)),
    "class": lambda s, e, _: s.classmates(e),
    "language": lambda s, e, _: s.apart("languages", e.languages),
    "schedule": lambda s, e, _: s.apart("slots", e.slots),
    "request": lambda s, e, _: s.apart("competencies", e.requests),
    "subject": lambda s, e, _: s.apart("subjects", e.subjects),
    "interest": lambda s, e, _: s.apart("interests", e.interests),
    "format": lambda s, e, _: s.apart("formats", e.formats),
    "kind": lambda s, e, _: s.all & ~s.memo(("kind", e.grade, e.kinds), lambda: s.of_kind(e)),
    "age": lambda s, e, _: s.all & ~s.memo(("may", e.age), lambda: s.fits_age(e, unknown=True)),
}


def _unless(name: str) -> Test:
    return lambda s, e, r: s.all & ~MISFITS[name](s, e, r)


FULFILLED: Mapping[str, Test] = {
    "wish": lambda s, e, _: s._persons(e.wished),
    "worked": lambda s, e, _: s._persons(e.worked),
    "kind": lambda s, e, _: s.memo(("kind", e.grade, e.kinds), lambda: s.of_kind(e)),
    "format": lambda s, e, _: s._common("formats", e.formats)[0],
    "age": lambda s, e, _: s.memo(("age", e.age), lambda: s.fits_age(e, unknown=False)),
} | {name: _unless(name) for name in ("elder", "gap", "gender", "class", "language")}

# Of these the mentee's age, language and a few words decide.
PLAIN = ("kind", "age", "elder", "gap", "gender", "language")

# Digits as text, the lowest first and «allowed» last -> points, or -1.
_VALUES = {
    tuple(f"{value:0{DIGITS}b}"[::-1] + allowed): value if allowed == "1" else -1
    for value in range(1 << DIGITS)
    for allowed in "01"
}


def offers(
    mentees: Iterable[Mentee], mentors: Iterable[Mentor], book: RuleBook, most: int | None = None
) -> dict[int, dict[int, int]]:
    """Mentee -> mentor -> points of every pair that no hard rule forbids, by ids of participations."""
    scores = Scores(mentors, book)
    return {mentee.id: scores.row(mentee, most) for mentee in mentees}
