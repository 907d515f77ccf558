"""Groups: one mentor or a team with several mentees. Source: domain.md 1.3, 1.4.

Which groups are best is a hard problem: a group works on one thing and may not be too small. A first answer is
found in steps; then a search (`matching_groups_search`) goes on until it is proven that no groups whatsoever place
more people, or as many with more points. Where its effort ends first, both bounds say how far the answer may be
from the best. The same people give the same groups.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import comb

from program.assignment import Problem, solve
from program.matching import MENTOR_RULES, Codes, Mentee, Mentor
from program.matching_groups_fill import Found, Option, placed, worth
from program.matching_groups_first import first_answer
from program.matching_groups_search import Search
from program.matching_rules import RuleBook
from program.matching_scores import Scores

EFFORT = 20_000_000  # cells that the search may look at for each of its two aims: five seconds or so each
MOST_POINTS = 100  # of a pair
MOST_TEAMS = 6_000  # ways to put mentors side by side; where there are more, some are chosen beforehand


class GroupKind(StrEnum):
    GROUP = "group"  # one mentor, one topic that all have in common
    TEAM = "team"  # several mentors, one topic
    CIRCLE = "circle"  # whatever the needs, one hour that suits all
    MUTUAL = (
        "mutual"  # one hour, no two with the same needs: they help each other, a mentor keeps it together
    )

    @property
    def by_hour(self) -> bool:
        return self in (GroupKind.CIRCLE, GroupKind.MUTUAL)


@dataclass(frozen=True)
class Group:
    """`key`: code of the topic or hour that all have in common. `points`: of all its pairs, averaged."""

    key: str
    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    points: int


@dataclass(frozen=True)
class Groups:
    """Args:
    points: of all groups together.
    at_most: so many mentees could be placed by any groups whatsoever.
    points_at_most: so many points could any groups have that place as many as these.
    """

    groups: tuple[Group, ...]
    left: tuple[int, ...]
    at_most: int
    points: int = 0
    points_at_most: int = 0

    @property
    def placed(self) -> int:
        return sum(len(group.mentees) for group in self.groups)

    @property
    def most_placed(self) -> bool:
        return self.placed == self.at_most

    @property
    def exact(self) -> bool:
        """Nothing better exists, and that is proven."""
        return self.most_placed and self.points == self.points_at_most


def groups(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    book: RuleBook,
    kind: GroupKind,
    least: int,
    most: int,
    leaders: int = 1,
    *,
    pins: Mapping[int, int] | None = None,
    effort: int = EFFORT,
) -> Groups:
    """Groups of `least` to `most` mentees: as many placed as possible, then the most points.

    Args:
        leaders: mentors of each group (of a team at least two).
        pins: mentee -> the only mentor to whom that mentee may go.
        effort: see `Search`.
    """
    options = possible_groups(mentees, mentors, book, kind, least, most, leaders, pins=pins)
    free = [one for one in mentors if not any(rule(one) for rule in MENTOR_RULES)]
    whole = comb(len(free), leaders) <= MOST_TEAMS
    search = Search(options, least, effort)
    found, at_most = search.most_placed(first_answer(options, least), _at_most(options, free, most, leaders))
    points_at_most = MOST_POINTS * placed(found)
    if placed(found) == at_most:
        found, points_at_most = search.most_points(found)
    if not whole:
        # Only some of the teams were looked at, so the search proves nothing about the others.
        at_most, points_at_most = len(free) // leaders * most, MOST_POINTS * placed(found)
    return _answer(mentees, found, min(at_most, len(mentees)), points_at_most)


def possible_groups(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    book: RuleBook,
    kind: GroupKind,
    least: int,
    most: int,
    leaders: int = 1,
    *,
    pins: Mapping[int, int] | None = None,
) -> list[Option]:
    """Every group that could be opened; a part of them where mentors can be put side by side in too many ways."""
    scores = Scores(mentors, book)
    offers = {one.id: scores.row(one) for one in mentees}
    free = [one for one in mentors if not any(rule(one) for rule in MENTOR_RULES)]
    whole = comb(len(free), leaders) <= MOST_TEAMS
    units = combinations(free, leaders) if whole else _side_by_side(free, leaders)
    return list(_options(mentees, units, offers, kind, least, most, pins or {}))


def _answer(mentees: Sequence[Mentee], found: Found, at_most: int, points_at_most: int) -> Groups:
    made = tuple(
        Group(option.key, option.mentors, members, sum(option.row[one] for one in members) // len(members))
        for option, members in sorted(found, key=lambda one: one[0].mentors)
    )
    gone = {one for group in made for one in group.mentees}
    left = tuple(one.id for one in mentees if one.id not in gone)
    return Groups(made, left, at_most, worth(found)[1], points_at_most)


def _options(
    mentees: Sequence[Mentee],
    units: Iterable[tuple[Mentor, ...]],
    offers: Mapping[int, Mapping[int, int]],
    kind: GroupKind,
    least: int,
    most: int,
    pins: Mapping[int, int],
) -> Iterator[Option]:
    """Every group that could be opened; of two with the same mentors the one that the other includes is left out."""
    asking: dict[str, list[int]] = {}
    for mentee in sorted(mentees, key=lambda one: one.id):
        for key in mentee.slots if kind.by_hour else mentee.requests | mentee.subjects:
            asking.setdefault(key, []).append(mentee.id)
    needs = {one.id: one.requests for one in mentees}
    for unit in units:
        ids = tuple(one.id for one in unit)
        # A group takes of each mentor as many places as there are mentees for each mentor.
        places = min(most, len(unit) * min(one.left for one in unit))
        if places < least:
            continue
        rows: dict[str, dict[int, int]] = {}
        for key in sorted(frozenset.intersection(*(_offered(one, kind) for one in unit))):
            row = {
                one: sum(offers[one][mentor] for mentor in ids) // len(ids)
                for one in asking.get(key, ())
                if all(mentor in offers[one] for mentor in ids) and pins.get(one, ids[0]) in ids
            }
            if len(row) < least or any(row.keys() <= other.keys() for other in rows.values()):
                continue
            rows = {other: known for other, known in rows.items() if not known.keys() <= row.keys()} | {
                key: row
            }
        for key, row in rows.items():
            option = Option(
                ids, key, row, places, {one: needs[one] for one in row} if kind is GroupKind.MUTUAL else None
            )
            if option.room >= least:
                yield option


def _offered(mentor: Mentor, kind: GroupKind) -> Codes:
    return mentor.slots if kind.by_hour else mentor.competencies | mentor.subjects


def _side_by_side(mentors: Sequence[Mentor], leaders: int) -> Iterator[tuple[Mentor, ...]]:
    """A few ways only: each mentor beside those who come next in the order of free places."""
    ranked = sorted(mentors, key=lambda one: (-one.left, one.id))
    near = max(leaders, 24 // leaders)
    for n, one in enumerate(ranked):
        for others in combinations(ranked[n + 1 : n + near], leaders - 1):
            yield (one, *others)


def _at_most(options: Sequence[Option], mentors: Sequence[Mentor], most: int, leaders: int) -> int:
    """Placed if groups needed no least size and every mentee only one key in common with somebody."""
    able = {one for option in options for one in option.row}
    if leaders > 1:
        return min(len(able), len(mentors) // leaders * most)
    rows: dict[int, dict[int, int]] = {one: {} for one in able}
    for option in options:
        for one in option.row:
            rows[one][option.mentors[0]] = 0
    places = {option.mentors[0]: option.places for option in options}
    return len(solve(Problem(rows, places)).pairs)
