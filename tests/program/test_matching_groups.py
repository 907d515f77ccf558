"""Groups: what every one of them keeps to, and how far from the best they are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from program.matching import Mentee, Mentor
from program.matching_groups import GroupKind, Groups, groups, possible_groups
from program.matching_groups_prices import SCALE, Market, Node, Prices
from program.matching_rules import Level, RuleBook, Rules
from program.matching_scores import Scores

TOPICS, HOURS = ("study", "exam", "talk"), ("mon_day", "wed_day")
BOOK = RuleBook(Rules("uch_uch", {"class": Level.REQUIRED}))
CLASSES = ("8а", "9б", "")


def some(codes: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes), max_size=2)


@st.composite
def people(draw: st.DrawFn, most: int = 14) -> tuple[list[Mentee], list[Mentor]]:
    mentees = [
        Mentee(n, n, grade=7, requests=draw(some(TOPICS)), slots=draw(some(HOURS)), class_name=draw(st.sampled_from(CLASSES)))
        for n in range(1, draw(st.integers(0, most)) + 1)
    ]  # fmt: skip
    mentors = [
        Mentor(
            n, n, grade=9, competencies=draw(some(TOPICS)), slots=draw(some(HOURS)), class_name=draw(st.sampled_from(CLASSES)),
            capacity=6, left=draw(st.integers(0, 6)),
        )
        for n in range(101, 101 + draw(st.integers(0, 4)))
    ]  # fmt: skip
    return mentees, mentors


def wanted(mentee: Mentee, kind: GroupKind) -> frozenset[str]:
    return mentee.slots if kind in (GroupKind.CIRCLE, GroupKind.MUTUAL) else mentee.requests


@given(people(), st.sampled_from(GroupKind), st.integers(2, 3), st.integers(3, 5))
@settings(max_examples=60, deadline=None)
def test_a_group_has_one_thing_in_common_and_breaks_no_rule(
    found: tuple[list[Mentee], list[Mentor]], kind: GroupKind, least: int, most: int
) -> None:
    mentees, mentors = found
    leaders = 2 if kind is GroupKind.TEAM else 1
    known, lead = {one.id: one for one in mentees}, {one.id: one for one in mentors}

    plan = groups(mentees, mentors, BOOK, kind, least, most, leaders)

    for group in plan.groups:
        assert least <= len(group.mentees) <= most
        assert len(group.mentors) == leaders
        need = -(-len(group.mentees) // leaders)
        assert all(lead[one].left >= need for one in group.mentors)
        assert all(group.key in wanted(known[one], kind) for one in group.mentees)
        if kind is GroupKind.MUTUAL:
            needs = [known[one].requests for one in group.mentees]
            assert len(set(needs)) == len(needs)
        for one, other in product(group.mentees, group.mentors):
            assert not known[one].class_name or known[one].class_name != lead[other].class_name
    everybody = [one for group in plan.groups for one in (*group.mentors, *group.mentees)]
    assert len(set(everybody)) == len(everybody)
    assert plan.placed + len(plan.left) == len(mentees)
    assert plan.placed <= plan.at_most
    assert plan == groups(mentees, mentors, BOOK, kind, least, most, leaders)


@given(st.randoms(use_true_random=False), st.sampled_from(GroupKind), st.integers(2, 3))
@settings(max_examples=120, deadline=None)
def test_the_groups_are_those_that_trying_everything_finds(
    random: Random, kind: GroupKind, least: int
) -> None:
    """With places, forbidden pairs and pins; the proof is there in every pool as small as these."""
    mentees, mentors, pins = tiny(random)
    leaders = 2 if kind is GroupKind.TEAM else 1

    plan = groups(mentees, mentors, BOOK, kind, least, 4, leaders, pins=pins)

    assert (plan.placed, plan.points) == brute(mentees, mentors, kind, least, 4, leaders, pins)
    assert plan.exact
    lead = {mentee: group.mentors for group in plan.groups for mentee in group.mentees}
    assert all(mentor in lead[mentee] for mentee, mentor in pins.items() if mentee in lead)


@given(st.randoms(use_true_random=False), st.sampled_from(GroupKind), st.integers(1, 400))
@settings(max_examples=60, deadline=None)
def test_a_search_that_was_stopped_gives_bounds_that_hold(
    random: Random, kind: GroupKind, effort: int
) -> None:
    mentees, mentors, pins = tiny(random)
    leaders = 2 if kind is GroupKind.TEAM else 1

    plan = groups(mentees, mentors, BOOK, kind, 2, 4, leaders, pins=pins, effort=effort)

    best = brute(mentees, mentors, kind, 2, 4, leaders, pins)
    assert (plan.placed, plan.points) <= best
    assert best[0] <= plan.at_most
    if plan.most_placed:
        assert best[1] <= plan.points_at_most
    assert not plan.exact or (plan.placed, plan.points) == best


@given(st.randoms(use_true_random=False), st.sampled_from(GroupKind))
@settings(max_examples=80, deadline=None)
def test_under_any_prices_no_groups_are_better_than_the_bound(random: Random, kind: GroupKind) -> None:
    """Whoever has the prices can check the proof in one pass."""
    mentees, mentors, _ = tiny(random)
    leaders = 2 if kind is GroupKind.TEAM else 1
    options = possible_groups(mentees, mentors, BOOK, kind, 2, 4, leaders)
    market = Market(options, 2)
    best = brute(mentees, mentors, kind, 2, 4, leaders, {})

    for count, worth in ((None, best[0]), best):
        market.aim(count)
        floor = 0 if count is None else -200
        prices = Prices(
            [SCALE * random.randint(floor, 200) // 100 for _ in market.mentees],
            {one.id: float(random.randint(-900, 900)) for one in mentors} if leaders > 1 else {},
            random.randint(0, 900) if leaders > 1 else 0,
        )
        everything = Node(frozenset(range(len(options))), frozenset(), prices)
        assert market.look(everything, prices).bound >= SCALE * worth


def tiny(random: Random) -> tuple[list[Mentee], list[Mentor], dict[int, int]]:
    """Up to six mentees and three mentors, with some who never and some who only may be together."""

    def some(codes: tuple[str, ...]) -> frozenset[str]:
        return frozenset(random.sample(codes, random.randint(0, 2)))

    ids = [101, 102, 103][: random.randint(0, 3)]
    mentees = [
        Mentee(
            n, n, grade=7, requests=some(TOPICS), slots=some(HOURS), interests=some(TOPICS),
            class_name=random.choice(CLASSES), banned=frozenset(random.sample(ids, random.randint(0, 1) if ids else 0)),
        )
        for n in range(1, random.randint(1, 6) + 1)
    ]  # fmt: skip
    mentors = [
        Mentor(
            n, n, grade=9, competencies=some(TOPICS), slots=some(HOURS), interests=some(TOPICS),
            class_name=random.choice(CLASSES), capacity=4, left=random.randint(0, 4),
        )
        for n in ids
    ]  # fmt: skip
    return mentees, mentors, {one.id: random.choice(ids) for one in mentees if ids and random.random() < 0.2}


def brute(
    mentees: list[Mentee], mentors: list[Mentor], kind: GroupKind, least: int, most: int, leaders: int,
    pins: dict[int, int],
) -> tuple[int, int]:  # fmt: skip
    """Most placed, then most points, of all sets of groups that can stand side by side."""
    scores = Scores(mentors, BOOK)
    rows = {one.id: scores.row(one) for one in mentees}
    possible: list[tuple[frozenset[int], int, int]] = []
    for lead in combinations(mentors, leaders):
        ids = [one.id for one in lead]
        for size in range(least, min(most, leaders * min(one.left for one in lead), len(mentees)) + 1):
            for led in combinations(mentees, size):
                known = all(mentor in rows[one.id] for one in led for mentor in ids)
                pinned = all(pins.get(one.id, ids[0]) in ids for one in led)
                if known and pinned and in_common(led, lead, kind):
                    points = sum(sum(rows[one.id][mentor] for mentor in ids) // leaders for one in led)
                    possible.append((frozenset([*ids, *(one.id for one in led)]), size, points))

    def best(first: int, busy: frozenset[int]) -> tuple[int, int]:
        found = (0, 0)
        for n in range(first, len(possible)):
            who, size, points = possible[n]
            if who.isdisjoint(busy):
                rest = best(n + 1, busy | who)
                found = max(found, (size + rest[0], points + rest[1]))
        return found

    return best(0, frozenset())


def in_common(led: Sequence[Mentee], lead: Sequence[Mentor], kind: GroupKind) -> bool:
    if kind is GroupKind.MUTUAL and len({one.requests for one in led}) < len(led):
        return False
    by_hour = kind in (GroupKind.CIRCLE, GroupKind.MUTUAL)
    codes = [one.slots if by_hour else one.competencies for one in lead]
    return bool(frozenset.intersection(*codes, *(wanted(one, kind) for one in led)))


def test_a_school_is_placed_to_the_bound_or_near_it_at_once() -> None:
    mentees = [
        Mentee(n, n, grade=7, requests=frozenset({TOPICS[n % 3], TOPICS[n // 2 % 3]}), slots=frozenset(HOURS))
        for n in range(1, 121)
    ]
    mentors = [
        Mentor(n, n, grade=10, competencies=frozenset({TOPICS[n % 3]}), capacity=5, left=5)
        for n in range(201, 241)
    ]
    plan: Groups = groups(mentees, mentors, BOOK, GroupKind.GROUP, 3, 5)
    assert (plan.placed, plan.at_most, plan.exact) == (120, 120, True)
    assert plan.points == plan.points_at_most
