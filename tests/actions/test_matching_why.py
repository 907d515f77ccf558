"""Why not, at what price, and what would help: every figure against solving again."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import matching, matching_rules, matching_why
from actions.matching_pool import Pool
from actions.matching_scene import Scene
from actions.matching_swap import _swap
from actions.matching_why import _explain
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.matching import Mentee, Mentor
from program.matching_left import smallest
from program.matching_plan import Plan, plan
from program.matching_rules import Level, RuleBook, Rules
from program.roles import Side
from tests.actions.pool import join

FORM = "uch_uch"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR
TOPICS, HOURS = ("study", "exam", "talk"), ("mon_day", "wed_day", "fri_day")
BOOK = RuleBook(Rules(FORM, {"schedule": Level.REQUIRED, "class": Level.DESIRABLE}))


def some(codes: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes))


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    mentees = [
        Mentee(
            n, n, grade=draw(st.integers(5, 10)), requests=draw(some(TOPICS)), slots=draw(some(HOURS)),
            waits=draw(st.integers(0, 60)), consented=draw(st.sampled_from([True, True, True, False])),
        )
        for n in range(1, draw(st.integers(1, 5)) + 1)
    ]  # fmt: skip
    mentors = []
    for n in range(101, 101 + draw(st.integers(1, 4))):
        left = draw(st.integers(0, 2))
        mentors.append(
            Mentor(
                n, n, grade=draw(st.integers(7, 11)), competencies=draw(some(TOPICS)), slots=draw(some(HOURS)),
                capacity=2, left=left, admitted=draw(st.sampled_from([True, True, True, False])),
            )
        )  # fmt: skip
    return Pool(tuple(mentees), tuple(mentors), {})


def worth(found: Plan) -> int:
    """What the solver weighs, as one figure that does not depend on the scale of its problem."""
    waits = sum(found.problem.urgent.get(mentee, 0) for mentee in found.answer.unmatched)
    return len(found.answer.pairs) * 10**6 + found.answer.points - waits


@given(pools(), st.data())
@settings(max_examples=80, deadline=None)
def test_the_price_of_a_pair_is_what_solving_again_with_it_costs(seen: Pool, data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(seen.mentees)), data.draw(st.sampled_from(seen.mentors))
    now = plan(seen.mentees, seen.mentors, BOOK)

    found = _explain(seen, BOOK, one, other, "Пётр Л.", True)

    assert bool(found.blocking) == (other.id not in now.problem.offers[one.id])
    assert found.is_suggested == (now.answer.pairs.get(one.id) == other.id)
    if found.blocking or found.is_suggested:
        assert found.price is None
        return
    then = plan(seen.mentees, seen.mentors, BOOK, {one.id: other.id})
    assert found.price is not None
    same = worth(then) - worth(now)
    waits = sum(
        now.problem.urgent.get(mentee, 0) * ((becomes is None) - (was is None))
        for mentee, was, becomes in found.price.moves
    )
    assert found.price.pairs * 10**6 + found.price.points - waits == same
    assert found.price.moves[0][0] == one.id


@given(pools(), st.data())
@settings(max_examples=100, deadline=None)
def test_the_change_it_names_makes_the_pair_with_just_that_effect(seen: Pool, data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(seen.mentees)), data.draw(st.sampled_from(seen.mentors))
    now = plan(seen.mentees, seen.mentors, BOOK)
    found = _explain(seen, BOOK, one, other, "Пётр Л.", True)
    if found.change is None:
        return
    assert Texts()(found.change.text)

    mentors, rules = seen.mentors, BOOK.usual
    kind = found.change.text.id.removeprefix("matching-change-")
    if kind == "place":
        mentors = tuple(replace(m, left=max(0, m.left) + 1) if m.id == other.id else m for m in mentors)
    elif kind == "rule":
        name = found.blocking[0].id.removeprefix("match-no-")
        rules = rules.with_level(name, Level.DESIRABLE)
    else:
        assert found.change.pairs <= 1  # about these two alone: nothing else is solved anew
        return
    then = plan(seen.mentees, mentors, RuleBook(rules), {one.id: other.id})
    assert then.answer.pairs[one.id] == other.id
    assert found.change.pairs == len(then.answer.pairs) - len(now.answer.pairs)
    if kind == "rule":
        assert found.change.points == then.answer.points - now.answer.points or now.problem.urgent


@given(st.dictionaries(st.integers(1, 6), st.frozensets(st.sampled_from("abcde"), min_size=1), min_size=1))
@settings(max_examples=80, deadline=None)
def test_no_smaller_set_of_rules_stands_in_every_way(blocked: dict[int, frozenset[str]]) -> None:
    found = {one.name for one in smallest(blocked)}

    assert all(names & found for names in blocked.values())
    assert not any(
        all(names & set(some) for names in blocked.values())
        for size in range(len(found))
        for some in combinations("abcde", size)
    )
    assert all(one.count == sum(one.name in names for names in blocked.values()) for one in smallest(blocked))


@given(pools(), st.data())
@settings(max_examples=60, deadline=None)
def test_a_swap_shows_before_and_after_of_everybody_who_moves(seen: Pool, data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(seen.mentees)), data.draw(st.sampled_from(seen.mentors))
    now = plan(seen.mentees, seen.mentors, BOOK)
    if other.id not in now.problem.offers[one.id]:
        with pytest.raises(Refusal):
            _swap(Scene(seen, BOOK), one.id, other.id)
        return

    found = _swap(Scene(seen, BOOK), one.id, other.id)

    assert (found.mentee.mentee, found.mentee.becomes) == (one.id, other.id)
    moved = [found.mentee, *found.others]
    gain = sum((lot.becomes_points or 0) - (lot.was_points or 0) for lot in moved)
    assert gain == found.points
    assert len({lot.mentee for lot in moved}) == len(moved)
    for lot in found.direct:
        assert now.answer.pairs[lot.mentee] == other.id
        assert lot.becomes == now.answer.pairs.get(one.id)


async def test_a_full_mentor_who_takes_one_more_makes_the_pair(work: Work) -> None:
    said = {"INT_ME_P.2": ["study"], "INT_ME_P.3": ["math"]}
    first = await join(work, MENTEE, "Первая", said=said)
    second = await join(work, MENTEE, "Вторая", said={"INT_ME_P.2": ["talk"]})
    mentor = await join(work, MENTOR, "Пётр", "Лебедев", said={"INT_MO.2": ["study"], "INT_MO.2b": ["math"]})
    await matching.suggest(work, FORM)

    left = await matching_why.why_left(work, FORM)
    found = await matching_why.explain_pair(work, FORM, second.id, mentor.id)

    assert list(left) == [second.id]
    assert Texts()(left[second.id].suggestion or Texts) == "Спросите, возьмёт ли Пётр Л. ещё одного."
    assert [text.id for text in left[second.id].rules] == ["matching-left-full"]
    assert found.price is not None
    assert (found.price.pairs, found.price.moves[1][0]) == (0, first.id)
    assert found.change is not None
    assert Texts()(found.change.text) == "если Пётр Л. возьмёт ещё одного"
    assert (found.change.pairs, found.change.by_itself) == (1, True)


async def test_a_rule_that_the_school_has_set_is_named_and_may_be_softened(work: Work) -> None:
    mentee = await join(work, MENTEE, said={"INT_ME_P.8": ["mon_day"]})
    mentor = await join(work, MENTOR, "Вера", "Осина", said={"INT_MO.6b": ["wed_day"]})
    await matching_rules.choose_rules(work, FORM, {"class": "required", "kind": "ignored"})
    mentor.person.class_name = mentee.person.class_name = "8 А"
    await work.session.flush()

    found = await matching_why.explain_pair(work, FORM, mentee.id, mentor.id)
    left = await matching_why.why_left(work, FORM)

    assert [text.id for text in found.blocking] == ["match-no-class"]
    assert found.price is None
    assert found.change is not None
    assert Texts()(found.change.text) == "если правило «Из разных классов» сделать желательным"
    assert (found.change.pairs, found.change.by_itself) == (1, True)
    assert Texts()(left[mentee.id].suggestion or Texts).startswith("Подошёл бы наставник Вера О.")
    effect = await matching_rules.what_if(work, FORM, {"class": "desirable", "kind": "ignored"})
    assert (effect.now.pairs, effect.then.pairs) == (0, 1)
    assert effect.then.points == found.change.points


async def test_an_hour_in_common_is_named_by_the_day(work: Work) -> None:
    await matching_rules.choose_rules(work, FORM, {"schedule": "required"})
    mentee = await join(work, MENTEE, said={"INT_ME_P.8": ["mon_day"]})
    mentor = await join(work, MENTOR, "Вера", "Осина", said={"INT_MO.6b": ["wed_day"]})

    found = await matching_why.explain_pair(work, FORM, mentee.id, mentor.id)
    left = await matching_why.why_left(work, FORM)

    assert [text.id for text in found.blocking] == ["match-no-schedule"]
    assert found.change is not None
    assert Texts()(found.change.text) == "если найдётся общее время: среда днём"
    assert (found.change.pairs, found.change.by_itself) == (1, True)
    words = Texts()(left[mentee.id].suggestion or Texts)
    assert words == "Спросите, найдётся ли общее время с наставником (Вера О.): среда днём."


async def test_people_of_another_form_cannot_be_asked_about(work: Work) -> None:
    mentee = await join(work, MENTEE)
    mentor = await join(work, MENTOR, form="uchit_uch")
    with pytest.raises(Refusal) as refusal:
        await matching_why.explain_pair(work, FORM, mentee.id, mentor.id)
    assert refusal.value.text.id == "pair-unknown"
