"""The round table: rules never broken, and nothing better exists (every answer is compared with all answers)."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.rounds import Event, Pairing, Plan, plan, replan


@st.composite
def events(draw: st.DrawFn, most: int = 7, rounds: int = 5) -> Event:
    mentors = tuple(range(1, 1 + draw(st.integers(0, most))))
    mentees = tuple(range(101, 101 + draw(st.integers(0, most))))
    pairs = [(a, b) for a in mentors for b in mentees]
    some = st.frozensets(st.sampled_from(pairs)) if pairs else st.just(frozenset())
    return Event(mentors, mentees, draw(st.integers(0, rounds)), draw(some), draw(some))


def worth(event: Event, pairs: frozenset[Pairing]) -> tuple[int, int, int]:
    """Meetings, evenness (the negative sum of squares), wishes: compared in this order."""
    times = [
        sum(one in pair for pair in pairs) + event.already.get(one, 0)
        for one in (*event.mentors, *event.mentees)
    ]
    return len(pairs), -sum(number**2 for number in times), len(pairs & event.wishes)


def best(event: Event) -> tuple[int, int, int]:
    """By trying every set of meetings."""
    found = (0, -sum(number**2 for number in event.already.values()), 0)
    allowed = event.allowed()
    for size in range(len(allowed) + 1):
        for some in combinations(allowed, size):
            pairs = frozenset(some)
            if all(sum(p in one for one in pairs) <= event.rounds for p in (*event.mentors, *event.mentees)):
                found = max(found, worth(event, pairs))
    return found


def check(event: Event, made: Plan) -> None:
    for one in made.rounds:
        people = [person for pair in one for person in pair]
        assert len(people) == len(set(people)), "somebody sits at two tables"
    pairs = [pair for one in made.rounds for pair in one]
    assert len(pairs) == len(set(pairs)), "the same two meet twice"
    assert not set(pairs) & event.forbidden
    assert len(made.rounds) == event.rounds
    tables = [made.tables[mentor] for mentor in event.mentors]
    assert len(tables) == len(set(tables))


@given(events())
@settings(max_examples=150, deadline=None)
def test_nobody_meets_twice_and_no_rule_is_broken(event: Event) -> None:
    made = plan(event)
    check(event, made)
    sizes = [len(one) for one in made.rounds]
    assert not sizes or max(sizes) - min(sizes) <= 1


@given(events(most=3, rounds=3))
@settings(max_examples=120, deadline=None)
def test_no_other_table_has_more_meetings_is_fairer_or_grants_more_wishes(event: Event) -> None:
    assert worth(event, plan(event).met()) == best(event)


@given(events(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_in_which_people_are_named_changes_nothing(event: Event, random: object) -> None:
    turned = Event(event.mentors[::-1], event.mentees[::-1], event.rounds, event.forbidden, event.wishes)
    assert plan(event) == plan(turned)


@given(events(), st.data())
@settings(max_examples=80, deadline=None)
def test_who_did_not_come_is_left_out_and_what_was_stays(event: Event, data: st.DataObject) -> None:
    was = plan(event)
    done = data.draw(st.integers(0, event.rounds))
    everybody = (*event.mentors, *event.mentees)
    leave = data.draw(st.sampled_from(everybody)) if everybody else 0
    now = replan(was, done, event, [leave])
    assert now.rounds[:done] == was.rounds[:done]
    check(event, now)
    assert all(leave not in pair for one in now.rounds[done:] for pair in one)
    stay = [one for one in event.mentors if one != leave]
    assert {one: now.tables[one] for one in stay} == {one: was.tables[one] for one in stay}


def test_with_equal_sides_everybody_meets_in_every_round() -> None:
    made = plan(Event(tuple(range(1, 11)), tuple(range(101, 111)), 6))
    assert [len(one) for one in made.rounds] == [10] * 6


def test_sit_outs_are_spread_where_one_side_is_larger() -> None:
    made = plan(Event((1, 2, 3, 4), tuple(range(101, 111)), 5))
    times = [len(made.partners(mentee)) for mentee in range(101, 111)]
    assert sorted(times) == [2] * 10
    assert [len(one) for one in made.rounds] == [4] * 5


def test_wished_partners_come_first() -> None:
    wishes = frozenset({(3, 101), (1, 102), (2, 103)})
    made = plan(Event((1, 2, 3), (101, 102, 103), 1, wishes=wishes))
    assert set(made.rounds[0]) == wishes


def test_whoever_comes_instead_sits_at_the_same_table() -> None:
    event = Event((1, 2), (101, 102), 2)
    was = plan(event)
    now = replan(was, 0, Event((1, 2, 3), (101, 102), 2), [2], {2: 3})
    assert now.tables[3] == was.tables[2]
    assert sorted(now.partners(3)) == [101, 102]


def test_a_plan_is_kept_as_json() -> None:
    made = plan(Event((1, 2), (101, 102), 2))
    assert Plan.read(made.to_json()) == made


@pytest.mark.parametrize("side", [40])
def test_a_big_event_lets_everybody_meet_in_every_round(side: int) -> None:
    wishes = frozenset((1 + n % side, 101 + (n * 7) % side) for n in range(3 * side))
    made = plan(Event(tuple(range(1, 1 + side)), tuple(range(101, 101 + side)), 8, wishes=wishes))
    assert [len(one) for one in made.rounds] == [side] * 8
