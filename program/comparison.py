"""Before and after the work, side by side: means, who gained, indices, who is satisfied. Source: domain.md 4.15.

Only answers of people who answered the same question both times are compared; marks whose 10 is bad come here turned
round already (11 - x). Which groups are shown is decided for each question by `program.hiding`. An index is the mean
of the means shown, not of people: means over people of whom some skipped a question would, subtracted from the
questions' means, be the answers of those few.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from program.hiding import ALL, Group, Place, groups_of, shown

FEW = 30  # pairs of answers; below it nothing is claimed
STEP = 1.0  # a mark that moved by so much has improved or fallen
SATISFIED_FROM = 7.0  # a person's mean; a school may set another bound
SATISFIED = "satisfied"  # the entry of those whose mean is so high
SAT = "SAT"
# Indices in the order in which they are shown; of those with questions of their own kind.
INDICES = (
    SAT, "GAP", "PQ", "SAFE", "GOAL", "ENG", "SB", "AX", "FU", "R1", "R2", "R3", "R5", "R6", "R7", "PSAT", "PCONF",
    "BURN", "CLIM", "STAY", "PGROW", "ADAPT", "EMP", "SKILL",
)  # fmt: skip


@dataclass(frozen=True)
class Answered:
    """One person's numbers by question, before and after, as high as they are good."""

    place: Place
    before: Mapping[str, float]
    after: Mapping[str, float]


@dataclass(frozen=True)
class Item:
    """One question.

    Args:
        both: asked before as well; otherwise there is only an «after».
        marks: of ten; only such questions make up indices.
        feeds: codes of indices.
    """

    id: str
    both: bool = True
    marks: bool = True
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """What is shown of one question in one group.

    Args:
        people: whose answers these are; at least five.
        up, same, down: how many gained a point, stayed, fell by one; None without a «before».
    """

    people: int
    after: float
    before: float | None = None
    up: int | None = None
    same: int | None = None
    down: int | None = None

    @property
    def change(self) -> float | None:
        return None if self.before is None else round(self.after - self.before, 2)

    @property
    def few(self) -> bool:
        """«Наблюдений мало»."""
        return self.people < FEW


@dataclass(frozen=True)
class Table:
    """Args:
    before, after, both: how many filled in the one, the other, both.
    asked: how many were asked to fill in the one after.
    cells: by question (or `SATISFIED`), by group; a group that is missing is hidden.
    """

    before: int
    after: int
    both: int
    asked: int
    cells: Mapping[str, Mapping[Group, Cell]]

    @property
    def response_rate(self) -> int | None:
        """Per cent of those asked."""
        return round(100 * self.after / self.asked) if self.asked else None

    def groups(self) -> list[Group]:
        """Every group of which anything is shown: everybody, forms with their role models, classes."""
        order = ("all", "form", "model", "class")
        found = {group for row in self.cells.values() for group in row}
        return sorted(found, key=lambda one: (one[0] == "class", one[1], order.index(one[0]), one[2]))

    def index(self, code: str, items: Collection[Item], group: Group) -> Cell | None:
        """The mean of those means of its questions that are shown for this group; None where none is.

        A «before» only where every one of them was asked before. GAP is what was got less what was hoped for, so
        it has no other questions.
        """
        rows = [self.cells.get(one.id, {}) for one in items if code in one.feeds and one.marks]
        cells = [row[group] for row in rows if group in row]
        hoped = [one.before for one in cells if one.before is not None]
        if not cells or (code == "GAP" and len(hoped) < len(cells)):
            return None
        before = _mean(hoped) if len(hoped) == len(cells) else None
        return Cell(min(one.people for one in cells), _mean([one.after for one in cells]), before)

    def moved(self, code: str, items: Collection[Item], group: Group) -> Cell | None:
        """As `index`, of its questions that are asked both times: some of satisfaction make no sense before the work."""
        return self.index(code, [one for one in items if one.both], group)

    def to_json(self) -> dict[str, Any]:
        rows = {
            name: [[*group, asdict(cell)] for group, cell in row.items()] for name, row in self.cells.items()
        }
        counts = {name: getattr(self, name) for name in ("before", "after", "both", "asked")}
        return counts | {"cells": rows}

    @staticmethod
    def from_json(body: Mapping[str, Any]) -> Table:
        cells = {
            name: {(kind, one, two): Cell(**cell) for kind, one, two, cell in rows}
            for name, rows in body["cells"].items()
        }
        return Table(body["before"], body["after"], body["both"], body["asked"], cells)


def compare(
    people: Sequence[Answered],
    items: Sequence[Item],
    *,
    asked: int = 0,
    satisfied_from: float = SATISFIED_FROM,
) -> Table:
    """Everything that may be shown of these people, each of whom answered afterwards.

    Args:
        asked: how many were asked, for the share of answers.
    """
    cells: dict[str, dict[Group, Cell]] = {}
    for item in items:
        who = [one for one in people if item.id in one.after and (not item.both or item.id in one.before)]
        cells[item.id] = {group: _cell(item, inside) for group, inside in _grouped(who).items()}
    content = {id(one): mean for one in people if (mean := satisfaction(one.after, items)) is not None}
    cells[SATISFIED] = {
        group: _satisfied([content[id(one)] >= satisfied_from for one in inside])
        for group, inside in _grouped([one for one in people if id(one) in content]).items()
    }
    both = sum(bool(set(one.before) & set(one.after)) for one in people)
    return Table(
        sum(bool(one.before) for one in people), len(people), both, asked,
        {name: row for name, row in cells.items() if row},
    )  # fmt: skip


def satisfaction(after: Mapping[str, float], items: Collection[Item]) -> float | None:
    """One person's mean of the questions of SAT; None where all were skipped."""
    marks = [after[one.id] for one in items if SAT in one.feeds and one.marks and one.id in after]
    return _mean(marks) if marks else None


def _grouped(people: Sequence[Answered]) -> dict[Group, list[Answered]]:
    """Those of each group that may be shown, everybody first."""
    allowed = shown([one.place for one in people])
    found: dict[Group, list[Answered]] = {group: [] for group in sorted(allowed, key=lambda one: one != ALL)}
    for one in people:
        for group in groups_of(one.place):
            if group in found:
                found[group].append(one)
    return found


def _cell(item: Item, people: Sequence[Answered]) -> Cell:
    after = [one.after[item.id] for one in people]
    if not item.both:
        return Cell(len(people), _mean(after))
    moved = [one.after[item.id] - one.before[item.id] for one in people]
    up, down = sum(by >= STEP for by in moved), sum(by <= -STEP for by in moved)
    before = _mean([one.before[item.id] for one in people])
    return Cell(len(people), _mean(after), before, up, len(moved) - up - down, down)


def _satisfied(said: Sequence[bool]) -> Cell:
    """The share in per cent stands as `after`."""
    return Cell(len(said), round(100 * sum(said) / len(said), 1))


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / len(values), 2)
