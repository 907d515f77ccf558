"""Suggested groups on real rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import matching, matching_groups, matching_marks, pairs
from actions.matching_groups import GroupKind
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.matching_reasons import SHARED
from program.roles import Side
from program.states import PairStatus
from storage import pairs as stored
from storage.tables import Participation
from tests.actions.pool import join

FORM = "uch_uch"


async def class_of(work: Work, count: int) -> list[Participation]:
    return [
        await join(work, Side.MENTEE, f"Имя{n}", said={"INT_ME_P.2": ["exam"], "INT_ME_P.8": ["wed_day"]})
        for n in range(count)
    ]


async def suggested(work: Work) -> list[tuple[bool, str, int]]:
    found = await stored.board(
        work.session, work.school.id, work.settings.year, FORM, (PairStatus.SUGGESTED,)
    )
    return [(pair.is_group, pair.title, len(stored.present(pair, Side.MENTEE))) for pair in found]


async def test_a_group_is_suggested_approved_and_takes_all_its_places(work: Work) -> None:
    mentees = await class_of(work, 4)
    mentor = await join(
        work, Side.MENTOR, "Пётр", "Лебедев", said={"INT_MO.2": ["exam"], "INT_MO.6b": ["wed_day"]},
        place={"capacity": 4},
    )  # fmt: skip
    await matching.suggest(work, FORM)

    plan = await matching_groups.suggest_groups(work, FORM, GroupKind.GROUP, 3, 4)

    assert (plan.placed, plan.at_most, plan.exact, plan.left) == (4, 4, True, ())
    assert "В группах 4, баллов вместе – 400. Лучше не бывает" in Texts()(plan.text)
    assert await matching_groups.told(work, FORM) == plan.text  # kept with the groups
    group = await stored.get(work.session, work.school.id, plan.pairs[0])
    assert group is not None
    assert group.title == "Группа: Пётр Л."
    reasons = matching.reasons_of(group)
    assert Texts()(reasons.for_[0]) == "общая тема: Олимпиада или экзамен"
    assert reasons.for_[0].id not in SHARED  # what the others need is nobody's business
    await pairs.approve(work, group.id)
    assert await suggested(work) == []  # the pairs of the same people gave way
    taken = await stored.holding(work.session, work.school.id, work.settings.year, FORM)
    assert taken == {mentor.id: 4}
    run = await matching.suggest(work, FORM)
    assert run.result["pairs"] == []
    assert {one.id for one in mentees}.isdisjoint(matching.unmatched_of(run))


async def test_suggesting_again_replaces_suggested_groups_and_leaves_pairs(work: Work) -> None:
    await class_of(work, 4)
    for n in range(2):
        said = {"INT_MO.2": ["exam"], "INT_MO.6b": ["wed_day"]}
        await join(work, Side.MENTOR, f"Лев{n}", "Гай", said=said, place={"capacity": 2})
    await matching.suggest(work, FORM)

    await matching_groups.suggest_groups(work, FORM, GroupKind.CIRCLE, 2, 4)
    plan = await matching_groups.suggest_groups(work, FORM, GroupKind.TEAM, 2, 4)

    assert plan.placed == 4
    assert [line for line in await suggested(work) if line[0]] == [(True, "Группа: Лев0 Г.", 4)]
    assert len([line for line in await suggested(work) if not line[0]]) == 4
    await matching.suggest(work, FORM)
    assert len([line for line in await suggested(work) if line[0]]) == 1


async def test_a_pinned_group_stays_and_its_people_are_left_alone(work: Work) -> None:
    mentees = await class_of(work, 4)
    said = {"INT_MO.2": ["exam"], "INT_MO.6b": ["wed_day"]}
    for n in range(2):
        await join(work, Side.MENTOR, f"Лев{n}", "Гай", said=said, place={"capacity": 2})
    first = await matching_groups.suggest_groups(work, FORM, GroupKind.GROUP, 2, 2)
    assert len(first.pairs) == 2
    kept = await matching_marks.pin(work, first.pairs[0])

    again = await matching_groups.suggest_groups(work, FORM, GroupKind.CIRCLE, 2, 4)

    assert (again.placed, again.left) == (2, ())
    assert kept.status == PairStatus.SUGGESTED
    assert len([line for line in await suggested(work) if line[0]]) == 2
    assert len(mentees) == 4


async def test_whose_pair_is_pinned_goes_with_that_mentor_or_nowhere(work: Work) -> None:
    await class_of(work, 4)
    said = {"INT_MO.2": ["exam"], "INT_MO.6b": ["wed_day"]}
    mentors = [
        await join(work, Side.MENTOR, f"Лев{n}", "Гай", said=said, place={"capacity": 3}) for n in range(2)
    ]
    await matching.suggest(work, FORM)
    pins = {}
    for pair in await stored.board(
        work.session, work.school.id, work.settings.year, FORM, (PairStatus.SUGGESTED,)
    ):
        await matching_marks.pin(work, pair.id)
        (mentee,), (mentor,) = stored.present(pair, Side.MENTEE), stored.present(pair, Side.MENTOR)
        pins[mentee.participation_id] = mentor.participation_id

    plan = await matching_groups.suggest_groups(work, FORM, GroupKind.GROUP, 2, 3)

    for pair_id in plan.pairs:
        group = await stored.get(work.session, work.school.id, pair_id)
        assert group is not None
        (lead,) = stored.present(group, Side.MENTOR)
        led = stored.present(group, Side.MENTEE)
        assert {pins[one.participation_id] for one in led} == {lead.participation_id}
    assert set(pins.values()) <= {one.id for one in mentors}


async def test_groups_found_before_somebody_came_are_looked_for_anew(work: Work) -> None:
    await class_of(work, 3)
    said = {"INT_MO.2": ["exam"], "INT_MO.6b": ["wed_day"]}
    await join(work, Side.MENTOR, "Пётр", "Лебедев", said=said, place={"capacity": 4})
    sought = await matching_groups.seek_groups(work, FORM, GroupKind.GROUP, 3, 4)
    await class_of(work, 1)

    plan = await matching_groups.suggest_groups(work, FORM, GroupKind.GROUP, 3, 4, sought=sought)

    assert (sought.found.placed, plan.placed) == (3, 4)


async def test_where_no_group_can_be_put_together_that_is_said(work: Work) -> None:
    await class_of(work, 3)
    plan = await matching_groups.suggest_groups(work, FORM, GroupKind.TEAM, 3, 4)
    assert (plan.pairs, plan.exact) == ((), True)
    assert Texts()(plan.text).startswith("Ни одной такой группы")


async def test_an_answer_without_proof_says_so(work: Work) -> None:
    await class_of(work, 3)
    said = {"INT_MO.2": ["exam"], "INT_MO.6b": ["wed_day"]}
    await join(work, Side.MENTOR, "Пётр", "Лебедев", said=said, place={"capacity": 4})
    sought = await matching_groups.seek_groups(work, FORM, GroupKind.GROUP, 3, 4)
    fewer, poorer = replace(sought.found, at_most=5), replace(sought.found, points_at_most=999)
    for found, sentence in ((fewer, "Больше 5 не разместили бы"), (poorer, "больше 999 не набрали бы")):
        less = replace(sought, found=found)
        plan = await matching_groups.suggest_groups(work, FORM, GroupKind.GROUP, 3, 4, sought=less)
        assert not plan.exact
        assert sentence in Texts()(plan.text)


@pytest.mark.parametrize(("least", "most"), [(1, 4), (5, 4), (3, 16)])
async def test_sizes_without_sense_are_refused(work: Work, least: int, most: int) -> None:
    with pytest.raises(Refusal) as refusal:
        await matching_groups.suggest_groups(work, FORM, GroupKind.GROUP, least, most)
    assert refusal.value.text.id == "matching-group-sizes"
