"""Whose words stand in «Мои данные» about a programme: one's own; a guardian reads the mentor's."""

from __future__ import annotations

from actions import achievements, goals, my_data, plan_items, plans
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.roles import Category
from storage.tables import Pair, Person, Plan
from tests.actions import pool
from tests.pairs import group, member

CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))


async def circle(work: Work) -> tuple[Pair, Plan, Person, list[Person]]:
    """A group at work, its programme, its mentor and two mentees; everybody has agreed."""
    mentor = await member(work.session, work.school, "Мария", "Лебедева", category=Category.TEACHER)
    pupils = [await member(work.session, work.school, name) for name in ("Аня", "Юля")]
    pair = await group(work.session, [mentor], pupils, is_group=True, title="Клуб", starts_on=work.today)
    plan = await draft(work.by(f"person:{mentor.id}"), mentor.id, pair.id, CHOSEN)
    assert plan is not None
    await plans.send(work, plan.id, author=mentor.id)
    for one in pupils:
        await plans.agree(work.by(f"person:{one.id}"), one.id, plan.id, plan.version)
    return pair, plan, mentor, pupils


async def read(work: Work, reader: int, about: int) -> str:
    """What the section about programmes says, as one string."""
    known = await my_data.known(work, reader, about)
    return str([section.rows for section in known.sections if section.code == "plans"])


async def test_how_an_event_went_is_read_by_whoever_typed_it_alone(work: Work) -> None:
    _, plan, _, (anya, yulia) = await circle(work)
    mother = await pool.guardian(work, anya.id)
    for pupil, item in ((anya, plan.items[0]), (yulia, plan.items[1])):
        await plan_items.mark(work, pupil.id, item.id)
        await plan_items.tell_fact(work, pupil.id, item.id, "done", f"Слова: {pupil.first_name}")

    assert "Слова: Аня" in (mine := await read(work, anya.id, anya.id))
    assert "Слова: Юля" not in mine
    assert "Слова" not in await read(work, mother.id, anya.id)


async def test_words_about_an_event_that_somebody_else_marked_are_those_of_their_author(work: Work) -> None:
    _, plan, _, (anya, yulia) = await circle(work)
    await plan_items.mark(work, anya.id, plan.items[0].id)
    await plan_items.tell_fact(work, yulia.id, plan.items[0].id, "done", "Слова: Юля")
    assert "Слова: Юля" in await read(work, yulia.id, yulia.id)
    assert "Слова: Юля" not in await read(work, anya.id, anya.id)


async def test_a_guardian_reads_a_goal_and_a_project_in_the_mentors_words_alone(work: Work) -> None:
    pair, _, mentor, (anya, yulia) = await circle(work)
    mother = await pool.guardian(work, anya.id)
    for who in (anya, yulia, mentor):
        await goals.name(work, who.id, pair.id, f"Цель: {who.first_name}")
        await achievements.note_project(work, who.id, pair.id, "idea", title=f"Проект: {who.first_name}")

    hers = await read(work, mother.id, anya.id)
    assert "Цель: Мария" in hers
    assert "Проект: Мария" in hers
    assert not [name for name in ("Аня", "Юля") if f"Цель: {name}" in hers or f"Проект: {name}" in hers]
    assert "Цель: Аня" in await read(work, anya.id, anya.id)
