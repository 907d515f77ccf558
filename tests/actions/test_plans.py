"""The programme of a pair as the verbs keep it: versions, terms, the school's look, what goes with a person."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import (
    achievements,
    erasure,
    goals,
    my_data,
    pair_life,
    pair_requests,
    plan_items,
    plan_term,
    plan_words,
    plans,
)
from actions.achievements import Won
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.errors import Refusal
from program.pair_life import Wish, latest_end
from program.plans import Content, Item, PlanState
from program.retention import Basis
from program.roles import Category
from program.states import PairStatus
from storage import plans as rows
from storage.tables import Person, Plan, StoredFile
from tests.admin.world import PNG
from tests.both import database as database
from tests.pairs import Couple, couple, group, member

CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))


async def pair_at_work(work: Work, **values: Any) -> Couple:
    return await couple(work.session, work.school, status=PairStatus.ACTIVE, starts_on=work.today, **values)


async def agreed(work: Work, ids: Couple) -> Plan:
    plan = await draft(work.by(f"person:{ids.mentor}"), ids.mentor, ids.pair, CHOSEN)
    assert plan is not None
    await plans.send(work, plan.id, author=ids.mentor)
    return await plans.agree(work.by(f"person:{ids.mentee}"), ids.mentee, plan.id, plan.version)


async def test_another_last_day_of_the_pair_is_that_of_its_programme(work: Work) -> None:
    ids = await pair_at_work(work, ends_on=work.today + timedelta(days=120))
    plan = await agreed(work, ids)
    later = pair_requests.ends_offered(Wish.LONGER, work.today, plan.ends_on, work.today)[0]  # type: ignore[attr-defined]
    asked = await pair_requests.ask(
        work.by(f"person:{ids.mentee}"), ids.mentee, ids.pair, Wish.LONGER, "not-yet", until=later
    )
    await pair_requests.say_on_end(work, ids.mentor, asked.id, True)

    await pair_requests.grant(work, asked.id)

    found = await rows.current(work.session, work.school.id, ids.pair)
    assert found is not None
    assert (found.ends_on, found.state, found.version) == (later, PlanState.AGREED, 2)
    assert found.said == {str(ids.mentor): 2, str(ids.mentee): 2}
    (amendment,) = await rows.amendments(work.session, found.id)
    assert (amendment.kind, amendment.initiator, amendment.request_id) == ("longer", "mentee", asked.id)
    assert (amendment.ends_before, amendment.ends_on) == (work.today + timedelta(days=120), later)
    assert amendment.said == {str(ids.mentor): "yes", str(ids.mentee): "yes"}


async def test_a_curator_who_talked_to_both_shortens_it(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    sooner = work.today + timedelta(days=100)
    await pair_life.set_end(work.by("user:1"), ids.pair, Wish.SHORTER, sooner, "both")
    (amendment,) = await rows.amendments(work.session, plan.id)
    assert (amendment.kind, amendment.initiator, amendment.ends_on) == ("shorter", "curator", sooner)


async def test_a_programme_ends_within_a_year(work: Work) -> None:
    ids = await pair_at_work(work)
    with pytest.raises(Refusal) as no:
        await draft(work, ids.mentor, ids.pair, replace(CHOSEN, ends_on=work.today + timedelta(days=400)))
    assert no.value.text.id == "plan-term-long"


@pytest.mark.parametrize("ago", [3, 100, 300, 360])
async def test_a_programme_of_a_pair_that_has_worked_for_long_asks_for_nothing_past(
    work: Work, ago: int
) -> None:
    ids = await couple(work.session, work.school, starts_on=work.today - timedelta(days=ago))
    plan = await draft(work, ids.mentor, ids.pair, CHOSEN)
    assert plan is not None
    assert plan.starts_on == work.today - timedelta(days=ago if ago < 31 else 0)
    assert all(one.due_on is not None and one.due_on > work.today for one in plan.items)
    await plans.send(work, plan.id, author=ids.mentor)
    await plans.agree(work, ids.mentee, plan.id, plan.version)
    assert plan.pair.ends_on is not None
    assert plan.pair.ends_on <= latest_end(work.today - timedelta(days=ago))


async def test_what_is_done_survives_a_change_of_events(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    await plan_items.mark(work, ids.mentee, plan.items[1].id)
    item = Item("Сходить в музей", due_on=work.today)
    changed = await plan_items.add(work.by(f"person:{ids.mentor}"), ids.mentor, plan.id, item, plan.version)
    assert changed is not None
    assert [(one.number, one.done_on is not None) for one in changed.items] == [
        (1, False),
        (2, True),
        (3, False),
    ]
    assert changed.state == PlanState.AMENDED
    with pytest.raises(Refusal) as no:
        await plans.change(work, plan.id, Content.read(plan.content), [], changed.version)
    assert no.value.text.id == "plan-change-waits"

    await plans.object_to(work.by(f"person:{ids.mentee}"), ids.mentee, plan.id, changed.version)

    back = await rows.current(work.session, work.school.id, ids.pair)
    assert back is not None
    assert [(one.number, one.done_on is not None) for one in back.items] == [(1, False), (2, True)]
    assert back.state == PlanState.WORK


async def test_what_was_agreed_keeps_a_goal_and_an_event(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    content = Content.read(plan.content)
    for left, items in ((replace(content, goal=""), None), (content, [])):
        with pytest.raises(Refusal) as no:
            await plans.change(work, plan.id, left, items, plan.version)
        assert no.value.text.id == "plan-not-ready"
    assert plan.state == PlanState.AGREED


async def test_what_happened_meanwhile_survives_a_change_that_is_not_wanted(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    mentor, mentee = work.by(f"person:{ids.mentor}"), work.by(f"person:{ids.mentee}")
    content = replace(Content.read(plan.content), goal="Другая цель")
    await plans.change(mentor, plan.id, content, None, plan.version)
    sooner = work.today + timedelta(days=100)
    await pair_life.set_end(work, ids.pair, Wish.SHORTER, sooner, "both")
    await plan_words.add_wish(mentee, ids.mentee, plan.id, "Больше схем")
    assert plan.state == PlanState.AMENDED
    await plans.object_to(mentee, ids.mentee, plan.id, plan.version)
    assert plan.content["goal"].startswith("Уверенно освоить")
    assert [one.words for one in plan.words] == ["Больше схем"]
    assert (plan.ends_on, plan.state) == (sooner, PlanState.AGREED)


async def test_a_draft_follows_the_pairs_last_day_without_an_amendment(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await draft(work, ids.mentor, ids.pair, CHOSEN)
    assert plan is not None
    await pair_life.set_end(work, ids.pair, Wish.SHORTER, work.today + timedelta(days=100), "both")
    found = await rows.current(work.session, work.school.id, ids.pair)
    assert found is not None
    assert found.ends_on == work.today + timedelta(days=100)
    assert await rows.amendments(work.session, plan.id) == []


async def test_the_school_writes_down_how_it_was_read_and_who_was_there(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    assert [(one.code, one.count) for one in await rows.waiting(work.session, work.school.id, "2026-2027")] == [("plans", 1)]  # fmt: skip
    read = await plan_term.acknowledge(work, plan.id, "jointly", ["council", "curator", "x"], work.today)
    assert (read.present, read.version) == (["curator", "council"], plan.version)
    assert plan.state == PlanState.WORK
    assert await rows.waiting(work.session, work.school.id, "2026-2027") == []
    again = await plan_term.acknowledge(work, plan.id, "acquainted", [], work.today)
    assert again.id == read.id


async def test_a_group_agrees_when_everybody_has(work: Work) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    mentees = [await member(work.session, work.school, name) for name in ("Аня", "Юля", "Тимур")]
    pair = await group(work.session, [mentor], mentees, is_group=True, starts_on=work.today)
    plan = await draft(work, mentor.id, pair.id, CHOSEN)
    assert plan is not None
    await plans.send(work, plan.id, author=mentor.id)
    for one in mentees[:2]:
        await plans.agree(work, one.id, plan.id, 1)
    assert plan.state == PlanState.SENT
    await plans.note_spoken(work, plan.id, mentees[2].id)
    assert plan.state == PlanState.AGREED


async def test_nobody_outside_the_pair_touches_its_programme(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    stranger = await member(work.session, work.school, "Юля", "Снегирёва")
    for act in (
        plan_words.add_wish(work, stranger.id, plan.id, "Хочу"),
        plan_items.mark(work, stranger.id, plan.items[0].id),
        goals.name(work, stranger.id, ids.pair, "Хочу"),
        plan_words.say_result(work, stranger.id, plan.id, "Хорошо"),
    ):
        with pytest.raises(Refusal) as no:
            await act
        assert no.value.text.id == "plan-not-yours"


async def test_a_programme_is_completed_with_its_results(work: Work) -> None:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    await plan_words.say_result(work, ids.mentee, plan.id, "Дроби больше не страшны")
    await plan_words.say_result(work, ids.mentor, plan.id, "Получилось многое", "continue")
    await plan_term.complete(work, plan.id, "Тема закрыта", "")
    assert plan.state == PlanState.COMPLETED
    assert plan.result == {"achieved": "Тема закрыта"}
    assert [(one.words, one.advice) for one in plan.words] == [
        ("Дроби больше не страшны", ""), ("Получилось многое", "continue"),
    ]  # fmt: skip
    assert plan_words.advice_of(plan, plan.pair) == "continue"
    following = await draft(work, ids.mentor, ids.pair, CHOSEN)
    assert following is not None
    assert (following.number, following.state) == (2, PlanState.DRAFT)


async def furnished(work: Work) -> Couple:
    ids = await pair_at_work(work)
    plan = await agreed(work, ids)
    await plan_words.add_wish(work, ids.mentee, plan.id, "Мечтаю о звездолётах")
    await plan_items.mark(work, ids.mentee, plan.items[0].id)
    await plan_items.tell_fact(work, ids.mentee, plan.items[0].id, "done", "Звездолёт нарисован")
    goal = await goals.name(work, ids.mentee, ids.pair, "Построить звездолёт")
    assert goal is not None
    await goals.look(work, ids.mentee, goal.id, 4, "Звездолёт почти готов")
    won = await achievements.add(
        work,
        ids.mentee,
        ids.pair,
        ids.mentee,
        Won("Конкурс звездолётов", "contest", "school", work.today, "winner"),
    )
    assert won is not None
    await achievements.attach(work, won.id, PNG)
    await achievements.note_project(work, ids.mentee, ids.pair, "idea", title="Звездолёт")
    return ids


async def test_nothing_of_a_programme_is_left_of_an_erased_person(work: Work) -> None:
    ids = await furnished(work)
    assert await work.session.scalar(select(StoredFile.id)) is not None
    await erasure.erase(work, ids.mentee, Basis.REQUEST)
    await work.session.flush()
    work.session.expire_all()
    from storage.tables import Base

    found = []
    for table in Base.metadata.sorted_tables:
        for row in await work.session.execute(select(table)):
            found += [json.dumps(one, ensure_ascii=False, default=str) for one in row]
    assert [one for one in found if "вездол" in one] == []
    assert await work.session.scalar(select(StoredFile.id)) is None


async def test_in_a_groups_programme_only_what_names_the_person_goes(work: Work) -> None:
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    mentees = [await member(work.session, work.school, name) for name in ("Ярополк", "Юля")]
    pair = await group(work.session, [mentor], mentees, is_group=True, title="Клуб", starts_on=work.today)
    plan = await draft(work, mentor.id, pair.id, CHOSEN)
    assert plan is not None
    content = replace(Content.read(plan.content), tasks=("Ярополк рисует", "Все поют"))
    await plans.change(work, plan.id, content, None, plan.version)
    await erasure.erase(work, mentees[0].id, Basis.REQUEST)
    found = await rows.current(work.session, work.school.id, pair.id)
    assert found is not None
    assert found.content["tasks"] == ["", "Все поют"]
    assert found.content["goal"]


async def test_my_data_tell_the_programme_and_to_a_guardian_no_own_words(work: Work) -> None:
    from tests.actions import pool

    ids = await furnished(work)
    mother = await pool.guardian(work, ids.mentee)
    mine = await my_data.known(work, ids.mentee, ids.mentee)
    words = str(next(one.rows for one in mine.sections if one.code == "plans"))
    for part in ("Мечтаю о звездолётах", "Звездолёт нарисован", "4 / 10", "Конкурс звездолётов", "Построить"):
        assert part in words
    hers = await my_data.known(work, mother.id, ids.mentee)
    words = str(next(one.rows for one in hers.sections if one.code == "plans"))
    assert "Конкурс звездолётов" in words
    assert "Мечтаю о звездолётах" in words
    assert "Конкурс звездолётов" in words
    for part in ("Звездолёт нарисован", "4 / 10"):
        assert part not in words
    assert isinstance(await work.session.get(Person, ids.mentee), Person)
    assert isinstance(work.today, date)
