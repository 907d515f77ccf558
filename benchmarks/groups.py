"""Groups put together and proven: seconds of one core, and how often the proof is there.

`python -m benchmarks groups`: pools of a school, invented; five of each size and kind. Takes some minutes.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from benchmarks._figures import Figure, Line
from benchmarks.matching import HOURS, TOPICS
from program.matching import Mentee, Mentor
from program.matching_groups import GroupKind, Groups, groups
from program.matching_rules import RuleBook, Rules

SIZES = ((60, 15), (120, 30), (300, 60))
POOLS = 5
LEAST, MOST = 3, 6
INTERESTS = tuple(f"interest{n}" for n in range(12))
BOOK = RuleBook(Rules("uch_uch"))


def people(mentees: int, mentors: int, seed: int) -> tuple[list[Mentee], list[Mentor]]:
    """Ten topics, some asked for more than others; seven hours; two to six places with a mentor."""
    rng = random.Random(seed)
    weights = [1 / (n + 1) ** 0.5 for n in range(len(TOPICS))]

    def some(codes: Sequence[str], least: int, most: int) -> frozenset[str]:
        return frozenset(rng.sample(codes, rng.randint(least, most)))

    def topics(most: int) -> frozenset[str]:
        return frozenset(rng.choices(TOPICS, weights, k=rng.randint(1, most)))

    led = [
        Mentee(
            n, n, grade=rng.randint(5, 9), requests=topics(3), slots=some(HOURS, 1, 3), interests=some(INTERESTS, 0, 4)
        )
        for n in range(1, mentees + 1)
    ]  # fmt: skip
    lead = []
    for n in range(1001, 1001 + mentors):
        places = rng.randint(2, 6)
        lead.append(
            Mentor(
                n, n, grade=rng.randint(9, 11), competencies=topics(4), slots=some(HOURS, 1, 4),
                interests=some(INTERESTS, 0, 4), capacity=places, left=places,
            )
        )  # fmt: skip
    return led, lead


async def run() -> list[Line]:
    lines: list[Line] = []
    for size in SIZES:
        for kind in GroupKind:
            took: list[float] = []
            found: list[Groups] = []
            for seed in range(1, POOLS + 1):
                led, lead = people(*size, seed)
                began = time.process_time()
                found.append(groups(led, lead, BOOK, kind, LEAST, MOST, 2 if kind is GroupKind.TEAM else 1))
                took.append(time.process_time() - began)
            took.sort()
            gap = max(
                (1 - one.placed / one.at_most)
                if not one.most_placed
                else 1 - one.points / max(1, one.points_at_most)
                for one in found
            )
            proven = sum(one.most_placed for one in found), sum(one.exact for one in found)
            lines.append(
                Figure(f"{size[0]} mentees, {size[1]} mentors, {kind}: the widest gap to what is possible at most", f"{gap:.3%}",
                       "", f"{took[POOLS // 2]:.2f} s, {took[-1]:.2f} s at most",
                       f"of {POOLS} pools: most placed proven {proven[0]}, points proven {proven[1]}")
            )  # fmt: skip
    return lines
