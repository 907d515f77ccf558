"""Groups: one mentor or a team with several mentees. Source: domain.md 1.3, 1.4.

Which groups are best is a hard problem (a group works on one thing and may not be too small), so the answer is
found in steps, each of them exact, and is given with a bound: at most so many mentees could be placed by any
groups whatsoever. Where both figures are equal nothing better exists. The same people give the same groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from program.assignment import Problem, solve
from program.matching import Codes, Mentee, Mentor
from program.matching_rules import RuleBook
from program.matching_scores import Scores

EFFORT = 400_000  # candidates looked at in all tries together: a second or so


class GroupKind(StrEnum):
    GROUP = "group"  # one mentor, one topic that all have in common
    TEAM = "team"  # several mentors, one topic
    CIRCLE = "circle"  # whatever the needs, one hour that suits all
    MUTUAL = (
        "mutual"  # one hour, no two with the same needs: they help each other, a mentor keeps it together
    )


@dataclass(frozen=True)
class Group:
    """`key`: code of the topic or hour that all have in common. `points`: of all its pairs, averaged."""

    key: str
    mentors: tuple[int, ...]
    mentees: tuple[int, ...]
    points: int


@dataclass(frozen=True)
class Groups:
    """`at_most`: so many mentees could be placed by any groups whatsoever."""

    groups: tuple[Group, ...]
    left: tuple[int, ...]
    at_most: int

    @property
    def placed(self) -> int:
        return sum(len(group.mentees) for group in self.groups)

    @property
    def exact(self) -> bool:
        return self.placed == self.at_most


def groups(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    book: RuleBook,
    kind: GroupKind,
    least: int,
    most: int,
    leaders: int = 1,
) -> Groups:
    """Groups of `least` to `most` mentees, as many of them placed as can be found, then the most points.

    Args:
        leaders: mentors of each group (of a team at least two).
    """
    offers = {mentee.id: row for mentee, row in _rows(mentees, mentors, book)}
    makers = (
        [_Unit((one,), kind, most) for one in mentors]
        if leaders < 2
        else _teams(mentees, mentors, kind, most, leaders)
    )
    units = [unit for unit in makers if unit.places >= least]
    tries = _Tries(mentees, units, offers, kind, least)
    at_most = tries.at_most(mentors, most, leaders)
    found = tries.mutual() if kind is GroupKind.MUTUAL else tries.best(at_most)
    placed = {mentee for group in found for mentee in group.mentees}
    left = tuple(mentee.id for mentee in mentees if mentee.id not in placed)
    return Groups(tuple(found), left, at_most)


def _rows(
    mentees: Iterable[Mentee], mentors: Sequence[Mentor], book: RuleBook
) -> Iterable[tuple[Mentee, dict[int, int]]]:
    scores = Scores(mentors, book)
    return ((mentee, scores.row(mentee)) for mentee in mentees)


@dataclass(frozen=True)
class _Unit:
    """Mentors who would lead one group together. `places`: mentees they can take."""

    mentors: tuple[Mentor, ...]
    kind: GroupKind
    most: int
    fixed: str = ""  # the key for which a team was put together

    @property
    def id(self) -> int:
        return self.mentors[0].id

    @property
    def places(self) -> int:
        # A group takes of each mentor as many places as there are mentees for each mentor.
        return min(self.most, len(self.mentors) * min(mentor.left for mentor in self.mentors))

    @property
    def keys(self) -> Codes:
        if self.fixed:
            return frozenset({self.fixed})
        common = [_offered(mentor, self.kind) for mentor in self.mentors]
        return frozenset.intersection(*common)


def _offered(mentor: Mentor, kind: GroupKind) -> Codes:
    if kind in (GroupKind.CIRCLE, GroupKind.MUTUAL):
        return mentor.slots
    return mentor.competencies | mentor.subjects


def _wanted(mentee: Mentee, kind: GroupKind) -> Codes:
    if kind in (GroupKind.CIRCLE, GroupKind.MUTUAL):
        return mentee.slots
    return mentee.requests | mentee.subjects


def _teams(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], kind: GroupKind, most: int, leaders: int
) -> list[_Unit]:
    """Mentors side by side for the keys most asked for; each in one team."""
    asked = Counter(key for mentee in mentees for key in _wanted(mentee, kind))
    free = {
        mentor.id: mentor for mentor in mentors if mentor.left > 0 and mentor.admitted and mentor.consented
    }
    teams = []
    for key in sorted(asked, key=lambda key: (-asked[key], key)):
        able = sorted((m for m in free.values() if key in _offered(m, kind)), key=lambda m: (-m.left, m.id))
        enough = -(-asked[key] // most) * leaders
        able = able[:enough]
        for start in range(0, len(able) - leaders + 1, leaders):
            team = tuple(able[start : start + leaders])
            teams.append(_Unit(team, kind, most, key))
            for mentor in team:
                del free[mentor.id]
    return teams


@dataclass
class _Tries:
    mentees: Sequence[Mentee]
    units: Sequence[_Unit]
    offers: Mapping[int, Mapping[int, int]]
    kind: GroupKind
    least: int
    spent: int = 0
    known: dict[tuple[int, str], dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.wants = {mentee.id: _wanted(mentee, self.kind) for mentee in self.mentees}
        self.asking: dict[str, list[int]] = {}
        for mentee, keys in self.wants.items():
            for key in keys:
                self.asking.setdefault(key, []).append(mentee)

    def best(self, enough: int) -> list[Group]:
        """Big groups first, then one unit's key at a time as long as that places more (or, as many, better).

        Args:
            enough: so many placed mentees that no more tries are needed.
        """
        keys = self._first_keys()
        found = self._placed(keys)
        better = True
        while better and self.spent < EFFORT and _worth(found)[0] < enough:
            better = False
            for unit in self.units:
                for key in sorted(unit.keys):
                    if keys.get(unit.id) == key or self.spent >= EFFORT:
                        continue
                    tried = self._placed({**keys, unit.id: key})
                    if _worth(tried) > _worth(found):
                        keys, found, better = {**keys, unit.id: key}, tried, True
        return found

    def at_most(self, mentors: Sequence[Mentor], most: int, leaders: int) -> int:
        """Placed if groups need no least size and every mentee only one key in common with somebody."""
        able = {mentor.id: _offered(mentor, self.kind) for mentor in mentors}
        rows = {
            mentee.id: {
                key: 0 for key in self.offers[mentee.id] if not self.wants[mentee.id].isdisjoint(able[key])
            }
            for mentee in self.mentees
        }
        if leaders > 1:
            return min(sum(bool(row) for row in rows.values()), len(able) // leaders * most)
        places = {
            mentor.id: min(most, mentor.left) for mentor in mentors if min(most, mentor.left) >= self.least
        }
        return len(solve(Problem(rows, places)).pairs)

    def _row(self, unit: _Unit, key: str) -> dict[int, int]:
        """Mentee -> points with these mentors, averaged, for whom no rule forbids one of them."""
        if (unit.id, key) not in self.known:
            ids = [mentor.id for mentor in unit.mentors]
            self.known[unit.id, key] = {
                mentee: sum(row[one] for one in ids) // len(ids)
                for mentee in self.asking.get(key, ())
                if all(one in (row := self.offers[mentee]) for one in ids)
            }
        return self.known[unit.id, key]

    def _first_keys(self) -> dict[int, str]:
        """A group at a time, each time the one that takes most of those still without one."""
        wanted: Counter[int] = Counter()
        for unit in self.units:
            for key in unit.keys:
                wanted.update(self._row(unit, key))
        # Bit n is a mentee, those with the fewest chances first: they are taken first.
        order = sorted(wanted, key=lambda one: (wanted[one], one))
        bit = {mentee: 1 << n for n, mentee in enumerate(order)}
        open_ = {
            (unit.id, key): (sum(bit[one] for one in self._row(unit, key)), unit.places)
            for unit in self.units
            for key in sorted(unit.keys)
        }
        left, keys = (1 << len(order)) - 1, {}
        while open_:
            unit_id, key = max(open_, key=lambda one: min((open_[one][0] & left).bit_count(), open_[one][1]))
            mine, places = open_[unit_id, key][0] & left, open_[unit_id, key][1]
            if mine.bit_count() < self.least:
                break
            keys[unit_id] = key
            for _ in range(min(places, mine.bit_count())):
                left ^= mine & -mine
                mine &= mine - 1
            open_ = {one: value for one, value in open_.items() if one[0] != unit_id}
        return keys

    def _placed(self, keys: Mapping[int, str]) -> list[Group]:
        """The best groups for these keys; a group that stays too small is given up and its people placed anew."""
        open_ = {unit.id: unit for unit in self.units if unit.id in keys}
        while True:
            rows: dict[int, dict[int, int]] = {mentee.id: {} for mentee in self.mentees}
            for unit in open_.values():
                for mentee, points in self._row(unit, keys[unit.id]).items():
                    rows[mentee][unit.id] = points
            self.spent += sum(map(len, rows.values())) + len(rows)
            pairs = solve(Problem(rows, {unit.id: unit.places for unit in open_.values()})).pairs
            sizes = Counter(pairs.values())
            small = [one for one in open_ if sizes[one] < self.least]
            if not small:
                return [_group(unit, keys[unit.id], pairs, rows) for unit in open_.values()]
            del open_[min(small, key=lambda one: (sizes[one], -one))]

    def mutual(self) -> list[Group]:
        """Hour by hour, the one that places most first: dealt out so that no two of a group have the same needs."""
        left = {mentee.id: mentee for mentee in self.mentees}
        units = {unit.id: unit for unit in self.units}
        found: list[Group] = []
        while units and left:
            best = max(
                (
                    self._dealt(key, left, units)
                    for key in sorted({key for unit in units.values() for key in unit.keys})
                ),
                key=_worth,
                default=[],
            )
            if not best:
                break
            found += best
            for group in best:
                del units[group.mentors[0]]
                for mentee in group.mentees:
                    del left[mentee]
        return found

    def _dealt(self, key: str, left: Mapping[int, Mentee], units: Mapping[int, _Unit]) -> list[Group]:
        """The groups of one hour, filled one after the other with those whose needs nobody in it has."""
        free, found = dict(left), []
        for unit in units.values():
            if key not in unit.keys:
                continue
            row = self._row(unit, key)
            # Frequent needs first: each group can take only one of them.
            often = Counter(free[one].requests for one in row if one in free)
            chosen: dict[Codes, int] = {}
            for mentee in sorted(
                (one for one in row if one in free),
                key=lambda one: (-often[free[one].requests], -row[one], one),
            ):
                if len(chosen) < unit.places and free[mentee].requests not in chosen:
                    chosen[free[mentee].requests] = mentee
            if len(chosen) >= self.least:
                pairs = dict.fromkeys(chosen.values(), unit.id)
                found.append(_group(unit, key, pairs, {one: {unit.id: row[one]} for one in pairs}))
                for mentee in pairs:
                    del free[mentee]
        return found


def _group(unit: _Unit, key: str, pairs: Mapping[int, int], rows: Mapping[int, Mapping[int, int]]) -> Group:
    mine = tuple(sorted(mentee for mentee, one in pairs.items() if one == unit.id))
    points = sum(rows[mentee][unit.id] for mentee in mine)
    return Group(key, tuple(mentor.id for mentor in unit.mentors), mine, points // max(1, len(mine)))


def _worth(found: Sequence[Group]) -> tuple[int, int]:
    return sum(len(one.mentees) for one in found), sum(one.points * len(one.mentees) for one in found)
