"""Why somebody has no pair: the fewest rules that together stand between them and every mentor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

FULL = "full"  # all places of the mentor go to others in the best answer
OWN = ("mentee-consent",)  # what the mentee lacks, whoever the mentor is
# Rules that no school may soften.
FIXED = (
    "mentee-consent", "mentor-consent", "admission", "admission-now", "place", "self", "family", "again", "ban", FULL,
)  # fmt: skip


@dataclass(frozen=True)
class Obstacle:
    """`count`: mentors whom this rule keeps away, alone or with others."""

    name: str
    count: int


def smallest(blocked: Mapping[int, Collection[str]]) -> tuple[Obstacle, ...]:
    """The fewest rules of which each mentor meets at least one; among equally few those that meet most.

    There are about twenty rules, and a school's answer is nearly always one to three of them, so trying all
    sets by size is quick and exact.

    Args:
        blocked: mentor -> names of the rules in the way, at least one each.
    """
    counts = Counter(name for names in blocked.values() for name in set(names))
    wanted = {frozenset(names) for names in blocked.values()}
    names = sorted(counts, key=lambda name: (-counts[name], name))
    for size in range(1, len(names) + 1):
        fitting = [
            some
            for some in combinations(names, size)
            if all(not names_.isdisjoint(some) for names_ in wanted)
        ]
        if fitting:
            best = max(fitting, key=lambda some: (sum(counts[name] for name in some), some))
            return tuple(Obstacle(name, counts[name]) for name in best)
    return ()
