"""A programme of a group: common is what was agreed; what each has said is kept, read and erased apart."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from actions import (
    achievements,
    consent_life,
    erasure,
    goal_views,
    goals,
    group_life,
    my_data,
    pair_requests,
    plan_clock,
    plan_document,
    plan_items,
    plan_numbers,
    plan_term,
    plan_views,
    plan_words,
    plans,
)
from actions.achievements import Won
from actions.plan_drafting import Chosen, draft
from actions.plan_store import items_of
from actions.work import Work
from program.errors import Refusal
from program.pair_life import REASONS, Wish
from program.plans import Content, Item, PlanState, Said
from program.retention import Basis
from program.roles import Category, Side
from storage import plans as rows
from storage.tables import (
    Goal,
    Pair,
    PairMember,
    Participation,
    Person,
    Plan,
    PlanAmendment,
    PlanFact,
    PlanWord,
    Project,
)
from tests import build
from tests.actions import pool
from tests.actions.test_plan_document import words_of
from tests.pairs import first_text, group, member, told

CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))
CHILDREN = ("Аня", "Юля", "Тимур")


@dataclass
class Circle:
    """A group at work with its people by their first names."""

    work: Work
    pair: Pair
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.people[name].id

    def by(self, name: str) -> Work:
        return self.work.by(self.people[name])

    async def plan(self) -> Plan:
        found = await rows.current(self.work.session, self.work.school.id, self.pair.id)
        assert found is not None
        return found

    async def sent(self) -> Plan:
        plan = await draft(self.by("Мария"), self["Мария"], self.pair.id, CHOSEN)
        assert plan is not None
        return await plans.send(self.by("Мария"), plan.id, author=self["Мария"])

    async def agreed(self) -> Plan:
        plan = await self.sent()
        for name in self.people:
            await plans.agree(self.by(name), self[name], plan.id, plan.version)
        assert plan.state == PlanState.AGREED
        return plan

    async def wish(self, name: str, words: str) -> Plan:
        plan = await plan_words.add_wish(self.by(name), self[name], (await self.plan()).id, words)
        assert plan is not None
        return plan

    async def wishes(self) -> dict[str, str]:
        names = {one.id: name for name, one in self.people.items()}
        plan = await self.plan()
        return {names[one.person_id]: one.words for one in plan.words if one.kind == Said.WISH}


async def circle(work: Work, *mentors: str, children: tuple[str, ...] = CHILDREN) -> Circle:
    leads = [
        await member(work.session, work.school, name, "Лебедева", category=Category.TEACHER)
        for name in ("Мария", *mentors)
    ]
    pupils = [await member(work.session, work.school, name) for name in children]
    pair = await group(work.session, leads, pupils, is_group=True, title="Клуб", starts_on=work.today)
    return Circle(work, pair, {one.first_name: one for one in (*leads, *pupils)})


def place_of(scene: Circle, name: str) -> PairMember:
    return next(one for one in scene.pair.members if one.person_id == scene[name])


async def refused(text: str, act: object) -> None:
    with pytest.raises(Refusal) as no:
        await act  # type: ignore[misc]
    assert no.value.text.id == text


# Wishes and results.


@pytest.mark.parametrize("children", [("Аня",), CHILDREN])
async def test_every_child_keeps_the_own_wish_and_takes_back_only_that(
    work: Work, children: tuple[str, ...]
) -> None:
    scene = await circle(work, children=children)
    await scene.sent()
    for name in children:
        await scene.wish(name, f"Хочу: {name}")
    assert await scene.wishes() == {name: f"Хочу: {name}" for name in children}
    await scene.wish("Аня", "Хочу иначе")
    assert (await scene.wishes())["Аня"] == "Хочу иначе"
    await plan_words.drop_wish(scene.by("Аня"), scene["Аня"], (await scene.plan()).id)
    assert await scene.wishes() == {name: f"Хочу: {name}" for name in children[1:]}


async def test_a_wish_asks_nobody_anew_and_is_no_part_of_what_was_agreed(work: Work) -> None:
    scene = await circle(work)
    before = await scene.sent()
    said, version = dict(before.said), before.version
    plan = await scene.wish("Юля", "Хочу в музей")
    assert (plan.said, plan.version, plan.state) == (said, version, PlanState.SENT)
    for kept in await rows.versions(work.session, plan.id):
        assert "музей" not in str(kept.content)
        assert plan_numbers.differences({}, kept.content)


async def test_only_a_mentee_wishes(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.agreed()
    mother = await pool.guardian(work, scene["Аня"])
    await refused("plan-for-mentee", plan_words.add_wish(work, scene["Мария"], plan.id, "Хочу"))
    await refused("plan-for-mentee", plan_words.drop_wish(work, scene["Мария"], plan.id))
    await refused("plan-not-yours", plan_words.add_wish(work, mother.id, plan.id, "Хочу"))
    await refused("plan-words-empty", plan_words.add_wish(work, scene["Аня"], plan.id, "  "))
    assert await scene.wishes() == {}


async def test_a_wish_reaches_the_mentors_and_no_other_child(work: Work) -> None:
    scene = await circle(work, "Ольга")
    await scene.agreed()
    await scene.wish("Юля", "Хочу в музей")
    heard = {row.person_id for row in await told(work.session) if "музей" in str(row.body)}
    assert heard == {scene["Мария"], scene["Ольга"]}


async def test_everybody_says_what_came_of_it_apart(work: Work) -> None:
    scene = await circle(work, "Ольга")
    plan = await scene.agreed()
    for name in scene.people:
        advice = {"Мария": "continue", "Ольга": "finish"}.get(name, "finish")
        assert await plan_words.say_result(scene.by(name), scene[name], plan.id, f"Итог: {name}", advice)
    plan = await scene.plan()
    assert {one.words for one in plan.words} == {f"Итог: {name}" for name in scene.people}
    assert [one.advice for one in plan.words] == ["continue", "finish", "", "", ""]
    assert plan_words.advice_of(plan, plan.pair) == ""  # the mentors differ: the school decides
    await plan_term.complete(work, plan.id, "Получилось", "change")
    assert plan_words.advice_of(plan, plan.pair) == "change"


async def test_each_reads_the_own_wish_and_a_mentor_reads_all(work: Work) -> None:
    scene = await circle(work, "Ольга")
    await scene.agreed()
    for name in CHILDREN[:2]:
        await scene.wish(name, f"Хочу: {name}")
    for reader, seen in {"Мария": 2, "Ольга": 2, "Аня": 1, "Юля": 1, "Тимур": 0}.items():
        read = str(await plan_views.reading(work, scene[reader], scene.pair.id, more=False))
        assert sum(f"Хочу: {name}" in read for name in CHILDREN) == seen
        assert (f"Хочу: {reader}" in read) == (reader in CHILDREN[:2])


# Events.


async def test_how_an_event_went_each_tells_apart_and_takes_back_apart(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.agreed()
    item = plan.items[0]
    await plan_items.mark(scene.by("Аня"), scene["Аня"], item.id)
    for name, grade in (("Аня", "done"), ("Юля", "otherwise")):
        await plan_items.tell_fact(scene.by(name), scene[name], item.id, grade, f"Вышло: {name}")
    await refused("plan-mark-of-another", plan_items.mark(work, scene["Юля"], item.id, done=False))
    assert {one.words for one in await work.session.scalars(select(PlanFact))} == {"Вышло: Аня", "Вышло: Юля"}
    await plan_items.mark(scene.by("Аня"), scene["Аня"], item.id, done=False)
    await work.session.flush()
    assert [one.words for one in await work.session.scalars(select(PlanFact))] == ["Вышло: Юля"]


# Who agrees.


async def test_all_members_and_both_mentors_have_to_agree(work: Work) -> None:
    scene = await circle(work, "Ольга")
    plan = await scene.sent()
    for name in CHILDREN:
        await plans.agree(scene.by(name), scene[name], plan.id, plan.version)
    assert [one.person_id for one in plans.waits_for(plan, plan.pair)] == [scene["Ольга"]]
    assert plan.state == PlanState.SENT
    await plans.agree(scene.by("Ольга"), scene["Ольга"], plan.id, plan.version)
    assert plan.state == PlanState.AGREED


async def test_a_mentee_sends_nothing_to_be_agreed_to(work: Work) -> None:
    scene = await circle(work)
    plan = await draft(scene.by("Мария"), scene["Мария"], scene.pair.id, CHOSEN)
    assert plan is not None
    await refused("plan-for-mentor", plans.send(work, plan.id, author=scene["Аня"]))


@pytest.mark.parametrize("how", ["left", "consent"])
async def test_who_is_not_there_any_more_does_not_hold_it_up(work: Work, how: str) -> None:
    scene = await circle(work)
    plan = await scene.sent()
    for name in CHILDREN[:2]:
        await plans.agree(scene.by(name), scene[name], plan.id, plan.version)
    assert await plan_clock.follow(work) == 0
    if how == "left":
        await group_life.remove(work, scene.pair.id, scene["Тимур"], "busy")
    else:
        place_of(scene, "Тимур").aside_since = work.now
    await work.session.flush()

    assert await plan_clock.follow(work) == 1

    plan = await scene.plan()
    assert plan.state == PlanState.AGREED
    assert plan.agreed_at == work.now
    assert plan.pair.ends_on == plan.ends_on
    assert await plan_clock.follow(work) == 0


async def test_nothing_is_agreed_when_a_whole_side_waits_outside(work: Work) -> None:
    scene = await circle(work, children=("Аня",))
    await scene.sent()
    place_of(scene, "Аня").aside_since = work.now
    await work.session.flush()
    assert await plan_clock.follow(work) == 0
    assert (await scene.plan()).state == PlanState.SENT


async def test_who_joins_while_it_is_read_is_asked_too(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.sent()
    await joins(scene, "Лев")
    assert await plan_clock.follow(work) == 0
    asked = await told(work.session, f"plan-sent:{plan.id}:", person=scene["Лев"])
    assert len(asked) == 1
    for name in CHILDREN:
        await plans.agree(scene.by(name), scene[name], plan.id, plan.version)
    assert (await scene.plan()).state == PlanState.SENT
    await plans.agree(scene.by("Лев"), scene["Лев"], plan.id, plan.version)
    assert (await scene.plan()).state == PlanState.AGREED


async def test_who_joins_an_agreed_one_is_told_once_and_may_agree_without_blocking(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.agreed()
    later = replace(work, now=work.now + timedelta(hours=1))
    scene.work = later
    await joins(scene, "Лев")
    for _ in range(2):
        assert await plan_clock.follow(later) == 0
    (row,) = await told(work.session, "plan-newcomer:", person=scene["Лев"])
    assert first_text(row) == "plan-newcomer"
    plan = await scene.plan()
    assert plan.state == PlanState.AGREED
    assert [one.person_id for one in plans.newcomers(plan, plan.pair)] == [scene["Лев"]]
    await plans.object_to(scene.by("Лев"), scene["Лев"], plan.id, plan.version, "Хочу больше практики")
    assert (plan.state, plan.version) == (PlanState.AGREED, 1)
    await plans.agree(scene.by("Лев"), scene["Лев"], plan.id, plan.version)
    assert plans.newcomers(plan, plan.pair) == []


async def test_words_of_an_objection_reach_the_mentors_alone(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.sent()
    await plans.object_to(scene.by("Юля"), scene["Юля"], plan.id, plan.version, "Мне это трудно")
    heard = {row.person_id for row in await told(work.session) if "трудно" in str(row.body)}
    assert heard == {scene["Мария"]}
    (neutral,) = await told(work.session, "plan-talked-over:", person=scene["Аня"])
    assert "Юля" not in str(neutral.body)
    assert scene["Юля"] not in neutral.body["concerns"].get("people", [])


async def test_a_change_that_one_does_not_want_leaves_who_agreed_and_who_has_to(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.agreed()
    await joins(scene, "Лев")
    content = replace(Content.read(plan.content), goal="Другая цель")
    await plans.change(scene.by("Мария"), plan.id, content, None, plan.version)
    plan = await scene.plan()
    assert {one.person_id for one in plans.waits_for(plan, plan.pair)} == {
        scene[name] for name in (*CHILDREN, "Лев")
    }
    await plans.object_to(scene.by("Юля"), scene["Юля"], plan.id, plan.version)
    assert plan.content["goal"].startswith("Уверенно освоить")
    assert [one.person_id for one in plans.newcomers(plan, plan.pair)] == [scene["Лев"]]
    (amendment,) = await work.session.scalars(select(PlanAmendment))
    assert amendment.said == {str(scene["Мария"]): "yes", str(scene["Юля"]): "no"}


@pytest.mark.parametrize("wish", [Wish.LONGER, Wish.SHORTER])
async def test_another_last_day_needs_everybody_who_can_be_asked(work: Work, wish: Wish) -> None:
    scene = await circle(work)
    scene.pair.ends_on = work.today + timedelta(days=150)
    plan = await scene.agreed()
    await scene.wish("Аня", "Хочу схемы")
    reason = REASONS[wish][0]
    day = pair_requests.ends_offered(wish, work.today, scene.pair.ends_on, work.today)[0]  # type: ignore[attr-defined]
    request = await pair_requests.ask(
        scene.by("Мария"), scene["Мария"], scene.pair.id, wish, reason, until=day
    )
    for name in CHILDREN[:2]:
        await pair_requests.say_on_end(scene.by(name), scene[name], request.id, True)
    await refused("pair-not-both", pair_requests.grant(work, request.id))
    place_of(scene, "Тимур").aside_since = work.now
    await work.session.flush()
    await pair_requests.grant(work, request.id)
    plan = await scene.plan()
    assert (plan.ends_on, plan.state) == (day, PlanState.AGREED)
    (amendment,) = await rows.amendments(work.session, plan.id)
    assert amendment.said == {str(scene[name]): "yes" for name in ("Мария", "Аня", "Юля")}
    assert await scene.wishes() == {"Аня": "Хочу схемы"}


async def joins(scene: Circle, name: str) -> None:
    """Somebody comes into the group at work; there are places enough."""
    session = scene.work.session
    person = await member(session, scene.work.school, name)
    place = build.participation(person, Side.MENTEE, "uchit_uch")
    session.add(place)
    await session.execute(update(Participation).values(capacity=9))
    await session.flush()
    scene.people[name] = person
    await group_life.add(scene.work, scene.pair.id, place.id)


# Goals, projects, achievements.


async def test_goals_of_children_are_their_own_and_the_common_one_stays(work: Work) -> None:
    scene = await circle(work)
    await scene.agreed()  # the draft has named the common goal
    for name in CHILDREN[:2]:
        goal = await goals.name(scene.by(name), scene[name], scene.pair.id, f"Цель: {name}")
        assert goal is not None
        await goals.look(scene.by(name), scene[name], goal.id, 4, f"Слова: {name}")
    found = await rows.goals(work.session, scene.pair.id)
    assert [one.state for one in found] == ["open", "open", "open"]
    common, hers, _ = found
    for name in CHILDREN:
        seen = await goal_views.looking(work, scene[name], scene.pair.id)
        assert (seen["goal"] == f"Цель: {name}") == (name != "Тимур")
        assert seen["whose"] == []
    assert (await goal_views.looking(work, scene["Тимур"], scene.pair.id))["goal"] == common.words
    leads = await goal_views.looking(work, scene["Мария"], scene.pair.id, scene["Юля"])
    assert leads["goal"] == "Цель: Юля"
    assert len(leads["said"]) == 1
    await refused("plan-goal-gone", goals.look(work, scene["Юля"], hers.id, 5))
    await refused("plan-for-mentor", goals.look(work, scene["Юля"], common.id, 9, reached=True))
    await refused("plan-not-yours", goal_views.looking(work, scene["Юля"], scene.pair.id, scene["Аня"]))


async def test_marks_of_the_common_goal_are_not_shown_to_other_children(work: Work) -> None:
    scene = await circle(work)
    await scene.agreed()
    (common,) = await rows.goals(work.session, scene.pair.id)
    for name, progress in (("Мария", 7), ("Аня", 2), ("Юля", 9)):
        await goals.look(scene.by(name), scene[name], common.id, progress)
    seen = {name: await goal_views.looking(work, scene[name], scene.pair.id) for name in ("Аня", "Тимур")}
    assert sorted(one["args"]["progress"] for one in seen["Аня"]["said"]) == [2, 7]
    assert [one["args"]["progress"] for one in seen["Тимур"]["said"]] == [7]
    leads = await goal_views.looking(work, scene["Мария"], scene.pair.id, 0)
    assert len(leads["said"]) == 3


async def test_a_mentor_names_a_goal_for_one_child(work: Work) -> None:
    scene = await circle(work)
    await scene.agreed()
    goal = await goals.name(scene.by("Мария"), scene["Мария"], scene.pair.id, "Читать", about=scene["Аня"])
    assert goal is not None
    assert goal.about_id == scene["Аня"]
    assert (await goal_views.looking(work, scene["Аня"], scene.pair.id))["goal"] == "Читать"
    assert (await goal_views.looking(work, scene["Юля"], scene.pair.id))["goal"] != "Читать"
    await refused(
        "plan-not-yours", goals.name(work, scene["Мария"], scene.pair.id, "Читать", about=scene["Мария"])
    )


async def test_a_project_of_a_child_is_led_by_the_child_and_the_mentors(work: Work) -> None:
    scene = await circle(work)
    for name in ("Аня", "Мария"):
        await achievements.note_project(
            scene.by(name), scene[name], scene.pair.id, "idea", title=f"Сад: {name}"
        )
    mine, common = await rows.projects(work.session, scene.pair.id)
    assert (mine.about_id, common.about_id) == (scene["Аня"], None)
    listed = {name: str(await goal_views.my_projects(work, scene[name], scene.pair.id)) for name in ("Мария", "Аня", "Юля")}  # fmt: skip
    assert "Сад: Аня" in listed["Мария"]
    assert "Сад: Мария" in listed["Мария"]
    assert "Сад: Аня" in listed["Аня"]
    assert listed["Юля"] == "[]"
    for other in (mine, common):
        await refused(
            "plan-project-gone",
            achievements.note_project(work, scene["Юля"], scene.pair.id, "ready", project_id=other.id),
        )


async def test_nobody_enters_an_achievement_for_another_child(work: Work) -> None:
    scene = await circle(work)
    won = Won("Олимпиада", "olympiad", "school", work.today, "winner")
    for speaker, about in (("Аня", "Юля"), ("Аня", "Мария")):
        await refused("plan-not-yours", achievements.add(work, scene[speaker], scene.pair.id, scene[about], won))  # fmt: skip
    assert await achievements.add(work, scene["Мария"], scene.pair.id, scene["Юля"], won)
    assert await achievements.add(work, scene["Аня"], scene.pair.id, scene["Аня"], won)


# The paper, one's own data, erasure.


async def furnished(work: Work, *mentors: str) -> tuple[Circle, Plan]:
    """Every child has said everything that can be said, in words with the child's own name."""
    scene = await circle(work, *mentors)
    plan = await scene.agreed()
    for name in CHILDREN:
        by, key, pair = scene.by(name), scene[name], scene.pair.id
        await scene.wish(name, f"Пожелание {name}")
        await plan_items.mark(by, key, plan.items[0].id)
        await plan_items.tell_fact(by, key, plan.items[0].id, "done", f"Вышло {name}")
        goal = await goals.name(by, key, pair, f"Цель {name}")
        assert goal is not None
        await goals.look(by, key, goal.id, 5, f"Помогло {name}")
        await achievements.add(
            by, key, pair, key, Won(f"Конкурс {name}", "contest", "school", work.today, "part")
        )
        await achievements.note_project(by, key, pair, "idea", title=f"Проект {name}")
        await plan_words.say_result(by, key, plan.id, f"Итог {name}")
    await plan_words.say_result(scene.by("Мария"), scene["Мария"], plan.id, "Итог Марии", "continue")
    return scene, await scene.plan()


OWN = ("Пожелание", "Вышло", "Цель", "Помогло", "Конкурс", "Проект", "Итог")


async def test_the_curators_paper_has_everybodys_words_with_names(work: Work) -> None:
    _, plan = await furnished(work)
    words = words_of((await plan_document.build(work, plan.id))[1])
    for part in OWN:
        assert [name for name in CHILDREN if f"{part} {name}" not in words] == []
    assert "Котова Аня: Пожелание Аня" in words
    assert "Итог Марии" in words


async def test_a_childs_copy_has_nobody_elses_words_nor_name(work: Work) -> None:
    scene, plan = await furnished(work)
    name, data = await plan_document.build(work, plan.id, alone=scene["Аня"])
    words = words_of(data)
    assert [part for part in OWN if f"{part} Аня" not in words] == []
    assert not [other for other in ("Юля", "Тимур") if other in words]
    assert "Итог Марии" not in words
    assert "Лебедева" in words
    assert "5. План мероприятий" in words
    assert name.endswith(f"_{scene.pair.id}-{scene['Аня']}_2026-09-15.docx")
    await refused("plan-not-yours", plan_document.build(work, plan.id, alone=scene["Мария"]))


async def test_the_directors_paper_has_no_wishes_and_no_results_of_children(work: Work) -> None:
    scene, plan = await furnished(work)
    for alone in (0, scene["Аня"]):
        words = words_of((await plan_document.build(work, plan.id, alone=alone, own_words=False))[1])
        assert not [part for part in ("Пожелание Аня", "Вышло Аня", "Итог Аня") if part in words]
        assert "Конкурс Аня" in words


async def test_ones_own_data_hold_ones_own_words_and_a_guardian_reads_wish_and_result(work: Work) -> None:
    scene, _ = await furnished(work)
    mother = await pool.guardian(work, scene["Аня"])
    mine = await _my(work, scene["Аня"], scene["Аня"])
    assert [part for part in OWN if f"{part} Аня" not in mine] == []
    hers = await _my(work, mother.id, scene["Аня"])
    assert [part for part in OWN if f"{part} Аня" in hers] == ["Пожелание", "Конкурс", "Итог"]
    for words in (mine, hers):
        assert not [one for one in ("Юля", "Тимур", "Итог Марии") if one in words]
    assert not [
        name for name in CHILDREN if f"Пожелание {name}" in await _my(work, scene["Мария"], scene["Мария"])
    ]


async def test_who_has_left_reads_the_programme_as_it_was_then(work: Work) -> None:
    scene, plan = await furnished(work)
    goal = plan.content["goal"]
    await group_life.remove(work, scene.pair.id, scene["Тимур"], "busy")
    scene.work = later = replace(work, now=work.now + timedelta(days=2))
    content = replace(Content.read(plan.content), goal="Цель после него")
    await plans.change(scene.by("Мария"), plan.id, content, None, plan.version)
    await plan_items.mark(scene.by("Аня"), scene["Аня"], plan.items[1].id)
    await goals.name(scene.by("Мария"), scene["Мария"], scene.pair.id, "Общая цель после него")
    mine = await _my(later, scene["Тимур"], scene["Тимур"])
    assert goal in mine
    assert "после него" not in mine
    assert "17.09.2026" not in mine
    assert "Пожелание Тимур" in mine
    assert "после него" in await _my(later, scene["Аня"], scene["Аня"])


async def test_only_the_erased_childs_words_go(work: Work) -> None:
    scene, _ = await furnished(work)
    act = await erasure.erase(work, scene["Юля"], Basis.REQUEST)
    assert act is not None
    assert (act.erased["plan-words"], act.erased["plan-facts"], act.erased["goals"]) == (2, 1, 1)
    work.session.expire_all()
    kept = [one.words for one in await work.session.scalars(select(PlanWord))]
    kept += [one.words for one in await work.session.scalars(select(PlanFact))]
    kept += [one.words for one in await work.session.scalars(select(Goal))]
    kept += [one.title for one in await work.session.scalars(select(Project))]
    assert not [one for one in kept if "Юля" in one]
    for part in ("Пожелание", "Вышло", "Цель", "Проект", "Итог"):
        assert f"{part} Аня" in kept
        assert f"{part} Тимур" in kept


async def test_a_consent_taken_back_keeps_the_words_from_the_mentor(work: Work) -> None:
    scene, _ = await furnished(work)
    await consent_life.leave_pairs(work, scene.people["Юля"])
    read = str(await plan_views.reading(work, scene["Мария"], scene.pair.id, more=False))
    assert "Пожелание Аня" in read
    assert "Пожелание Юля" not in read


async def _my(work: Work, reader: int, about: int) -> str:
    known = await my_data.known(work, reader, about)
    return str([section.rows for section in known.sections if section.code == "plans"])


async def test_a_group_is_not_called_one_on_one_on_its_paper(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.sent()
    words = words_of((await plan_document.build(work, plan.id))[1])
    assert "Групповое" in words
    assert "один на один" not in words


async def test_a_goal_that_nobody_has_looked_at_stands_on_the_groups_paper_too(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.sent()
    goal = await goals.name(scene.by("Аня"), scene["Аня"], scene.pair.id, "Цель Аня")
    assert goal is not None
    await goals.look(scene.by("Аня"), scene["Аня"], goal.id, 3)
    await goals.name(scene.by("Юля"), scene["Юля"], scene.pair.id, "Цель Юля")
    words = words_of((await plan_document.build(work, plan.id))[1])
    assert "Котова Аня: Цель Аня" in words
    assert "Котова Юля: Цель Юля" in words


async def test_what_was_done_and_said_survives_another_name_and_is_not_left_out(work: Work) -> None:
    scene = await circle(work)
    plan = await scene.agreed()
    await plan_items.mark(scene.by("Аня"), scene["Аня"], plan.items[0].id)
    await plan_items.tell_fact(scene.by("Юля"), scene["Юля"], plan.items[0].id, "done", "Вышло")
    content, items = Content.read(plan.content), items_of(plan)
    await refused("plan-event-done", plans.change(work, plan.id, content, items[1:], plan.version))
    renamed = [replace(items[0], event="Первая беседа"), *items[1:]]
    plan = await plans.change(scene.by("Мария"), plan.id, content, renamed, plan.version)
    assert (plan.items[0].event, [one.words for one in plan.items[0].facts]) == ("Первая беседа", ["Вышло"])
    await plans.object_to(scene.by("Юля"), scene["Юля"], plan.id, plan.version)
    assert (plan.items[0].event, [one.words for one in plan.items[0].facts]) == (items[0].event, ["Вышло"])
    assert plan.items[0].done_on is not None


async def test_an_event_done_while_it_was_only_proposed_stays_when_the_change_is_taken_back(
    work: Work,
) -> None:
    scene = await circle(work)
    plan = await scene.agreed()
    more = [*items_of(plan), Item("Музей"), Item("Театр")]
    plan = await plans.change(scene.by("Мария"), plan.id, Content.read(plan.content), more, plan.version)
    await plan_items.mark(scene.by("Аня"), scene["Аня"], plan.items[2].id)
    await plans.object_to(scene.by("Юля"), scene["Юля"], plan.id, plan.version)
    assert [(one.event, one.done_on is not None) for one in plan.items][2:] == [("Музей", True)]
