"""Both sides and the curator press at the same moment, on a server where transactions really run side by side."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from actions import goals, group_life, pair_life, plan_clock, plan_items, plan_term, plan_words, plans
from actions.plan_drafting import Chosen, draft
from program.pair_life import Wish
from program.plans import Content, PlanState
from program.roles import Category
from storage.database import Database
from storage.tables import GoalMark, JournalEntry, Plan, PlanVersion, PlanWord
from tests.actions.test_pairs_at_once import begin
from tests.conftest import rows
from tests.pairs import Couple, couple, group, member

pytestmark = pytest.mark.postgres
CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))


async def plan_of(postgres: Database) -> Plan:
    (found,) = await rows(postgres, Plan)
    assert isinstance(found, Plan)
    return found


async def test_one_pair_gets_one_programme_and_one_agreement(postgres: Database, now: datetime) -> None:
    school, turn = await begin(postgres, now)
    async with postgres.transaction() as session:
        ids: Couple = await couple(session, school, starts_on=now.date())
    assert set(await asyncio.gather(*(turn(draft, ids.mentor, ids.pair, CHOSEN) for _ in range(4)))) == {
        "done"
    }
    plan = await plan_of(postgres)
    assert plan.version == 1
    await turn(plans.send, plan.id)
    said = await asyncio.gather(
        *(turn(plans.agree, who, plan.id, 1) for who in (ids.mentor, ids.mentee) for _ in range(3))
    )
    assert set(said) == {"done"}
    assert (await plan_of(postgres)).state == PlanState.AGREED


async def test_of_two_changes_at_once_one_is_kept_and_nobody_waits_for_ever(
    postgres: Database, now: datetime
) -> None:
    school, turn = await begin(postgres, now)
    async with postgres.transaction() as session:
        ids: Couple = await couple(session, school, starts_on=now.date())
    await turn(draft, ids.mentor, ids.pair, CHOSEN)
    await turn(plans.send, 1)
    for who in (ids.mentor, ids.mentee):
        await turn(plans.agree, who, 1, 1)
    plan = await plan_of(postgres)
    content = Content.read(plan.content)
    later = now.date() + timedelta(days=100)
    said = await asyncio.wait_for(
        asyncio.gather(
            turn(plans.change, 1, replace(content, goal="Первая"), None, 1),
            turn(plans.change, 1, replace(content, goal="Вторая"), None, 1),
            turn(pair_life.set_end, ids.pair, Wish.SHORTER, later, "both"),
            turn(plan_items.mark, ids.mentee, 1),
            turn(plan_items.mark, ids.mentor, 1),
            turn(plan_term.acknowledge, 1, "jointly", ["curator"], now.date()),
            turn(goals.look, ids.mentee, 1, 4),
            turn(goals.look, ids.mentee, 1, 5),
        ),
        timeout=30,
    )
    assert Counter(said[:2])["done"] <= 1
    assert set(said[2:]) == {"done"}
    plan = await plan_of(postgres)
    versions = await rows(postgres, PlanVersion)
    assert [one.number for one in versions] == list(range(1, plan.version + 1))  # type: ignore[attr-defined]
    assert plan.ends_on == later
    assert len(await rows(postgres, GoalMark)) == 1


async def test_children_speak_at_once_while_one_leaves_and_the_clock_looks(
    postgres: Database, now: datetime
) -> None:
    school, turn = await begin(postgres, now)
    async with postgres.transaction() as session:
        mentor = await member(session, school, "Мария", category=Category.TEACHER)
        pupils = [await member(session, school, name) for name in ("Аня", "Юля", "Тимур")]
        pair = await group(session, [mentor], pupils, is_group=True, title="Клуб", starts_on=now.date())
        ids = [one.id for one in pupils]
    await turn(draft, mentor.id, pair.id, CHOSEN)
    await turn(plans.send, 1, author=mentor.id)
    said = await asyncio.wait_for(
        asyncio.gather(
            *(turn(plan_words.add_wish, key, 1, f"Хочу {key}") for key in ids for _ in range(2)),
            *(turn(plans.agree, key, 1, 1) for key in ids[:2]),
            turn(group_life.remove, pair.id, ids[2], "busy"),
            *(turn(plan_clock.follow) for _ in range(3)),
        ),
        timeout=30,
    )
    assert set(said[6:]) == {"done"}
    assert set(said[:4]) == {"done"}
    await turn(plan_clock.follow)
    plan = await plan_of(postgres)
    assert plan.state == PlanState.AGREED
    words = await rows(postgres, PlanWord)
    assert {one.person_id: one.words for one in words} == {  # type: ignore[attr-defined]
        key: f"Хочу {key}"
        for key in ids
        if key in {one.person_id for one in words}  # type: ignore[attr-defined]
    }
    assert len(words) >= 2
    agreed = [one for one in await rows(postgres, JournalEntry) if one.action == "plan.agreed"]  # type: ignore[attr-defined]
    assert len(agreed) == 1
