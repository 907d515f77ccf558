"""Groups: what every one of them keeps to, and how far from the best they are."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from program.matching import Mentee, Mentor
from program.matching_groups import GroupKind, Groups, groups
from program.matching_rules import Level, RuleBook, Rules

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


@given(people(most=6), st.sampled_from([GroupKind.GROUP, GroupKind.CIRCLE]))
@settings(max_examples=60, deadline=None)
def test_nobody_could_place_more_than_the_bound_says(
    found: tuple[list[Mentee], list[Mentor]], kind: GroupKind
) -> None:
    mentees, mentors = found
    mentors = mentors[:2]

    plan = groups(mentees, mentors, BOOK, kind, 2, 3)

    best = brute(mentees, mentors, kind, 2, 3)
    assert plan.placed <= best <= plan.at_most
    assert plan.placed == best or not plan.exact


def brute(mentees: list[Mentee], mentors: list[Mentor], kind: GroupKind, least: int, most: int) -> int:
    """All ways to send everybody to a mentor or to nobody."""
    best = 0
    for choice in product(range(len(mentors) + 1), repeat=len(mentees)):
        sizes = [sum(one == n for one in choice) for n in range(len(mentors))]
        if all(
            not size
            or (
                least <= size <= min(most, mentors[n].left)
                and any(
                    all(fits(mentees[m], mentors[n], key, kind) for m, one in enumerate(choice) if one == n)
                    for key in (*TOPICS, *HOURS)
                )
            )
            for n, size in enumerate(sizes)
        ):
            best = max(best, sum(sizes))
    return best


def fits(mentee: Mentee, mentor: Mentor, key: str, kind: GroupKind) -> bool:
    offered = mentor.slots if kind is GroupKind.CIRCLE else mentor.competencies
    apart = not mentee.class_name or mentee.class_name != mentor.class_name
    return key in wanted(mentee, kind) and key in offered and apart


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
