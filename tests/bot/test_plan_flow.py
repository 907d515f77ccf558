"""«Наш план» by buttons: drafted, read, agreed to, marked as done; the goal, achievements, projects, hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from program.channels import Channel
from program.plans import AmendmentState, PlanState
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage.database import Database
from storage.tables import (
    Achievement,
    Goal,
    GoalMark,
    HelpRequest,
    Meeting,
    MentorHours,
    Pair,
    Plan,
    PlanAmendment,
    PlanFact,
    PlanItem,
    PlanVersion,
    PlanWord,
    Project,
    School,
)
from tests.bot.chat import Chat
from tests.bot.test_pair_flow import CHANNELS, Two, two
from tests.conftest import rows


@dataclass
class Scene:
    two: Two

    @property
    def mentor(self) -> Chat:
        return self.two.mentor

    @property
    def mentee(self) -> Chat:
        return self.two.mentee

    async def one(self, table: Any, **where: object) -> Any:
        (found,) = await rows(self.two.database, table, **where)
        return found

    async def plan(self) -> Plan:
        found: Plan = await self.one(Plan)
        return found


async def begin(
    database: Database, school: School, now: datetime, channel: Channel = Channel.TELEGRAM
) -> Scene:
    return Scene(await two(database, school, now, PairStatus.ACTIVE, channel))


async def drafted(scene: Scene) -> None:
    """Nine questions, every one by a button."""
    mentor = scene.mentor
    assert await mentor.says("наш план") == ["plan-none-mentor"]
    await mentor.presses("plan-button-draft")
    await mentor.presses("Уверенно знать предмет", "Нужна поддержка в предмете")
    await mentor.presses("Увидеть сильные стороны", "Составить свой маршрут", "talk-done")
    await mentor.presses("plan-direction-study", "plan-direction-exam", "talk-done")
    await mentor.presses("Проба без оценки", "Задачи олимпиады", "talk-done")
    await mentor.presses("Материал освоен", "talk-done")
    await mentor.presses("plan-rhythm-biweekly", "plan-mode-offline")
    said = await mentor.presses(mentor.messages[-1].rows[0][0].data)  # the earliest last day
    assert "plan-draft-check" in said
    assert await mentor.presses("talk-send") == ["plan-drafted"]


async def agreed(scene: Scene) -> None:
    await drafted(scene)
    assert await scene.mentor.presses("plan-button-send") == ["plan-sent-off"]
    scene.mentee.messages = await scene.mentee._answers()
    assert scene.mentee.ids[-1] == "plan-sent"
    assert await scene.mentee.presses("plan-button-agree") == ["plan-yes-done"]


@CHANNELS
async def test_a_plan_is_drafted_and_agreed_to_without_a_word_typed(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await begin(database, school, now, channel)
    await agreed(scene)

    plan = await scene.plan()
    assert plan.state == PlanState.AGREED
    assert plan.content["goal"] == "Уверенно освоить выбранный предмет и закрыть оставшиеся вопросы"
    assert plan.content["directions"] == ["study", "exam"]
    items = await rows(database, PlanItem)
    assert [one.due_on for one in items] == [  # type: ignore[attr-defined]
        now.date() + timedelta(weeks=2), now.date() + timedelta(weeks=6),
    ]  # fmt: skip
    pair = await scene.one(Pair)
    assert pair.ends_on == plan.ends_on
    assert (await scene.one(Goal)).words == plan.content["goal"]
    scene.mentor.messages = await scene.mentor._answers()
    assert "plan-agreed" in scene.mentor.ids


@CHANNELS
async def test_what_is_done_is_marked_in_two_presses_and_told_in_a_line(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await begin(database, school, now, channel)
    await agreed(scene)
    await scene.mentee.presses("plan-title")
    await scene.mentee.presses("plan-button-done")
    first = scene.mentee.messages[-1].rows[0][0].data
    assert await scene.mentee.presses(first) == ["plan-done-said"]
    await scene.mentee.presses("plan-button-fact", "plan-grade-partly")
    assert await scene.mentee.says("Разобрались с дробями") == ["plan-fact-done"]

    item = (await rows(database, PlanItem))[0]
    assert item.done_on == now.date()  # type: ignore[attr-defined]
    fact = await scene.one(PlanFact)
    assert (fact.person_id, fact.grade, fact.words) == (
        scene.two.ids.mentee,
        "partly",
        "Разобрались с дробями",
    )
    assert (await scene.plan()).state == PlanState.WORK
    shown = await scene.mentor.says("план")
    shown = shown[shown.index("plan-state-work") :]  # what the other side did was told before
    assert shown[:3] == ["plan-state-work", "plan-goal-is", "plan-progress"]


async def test_a_mark_may_be_taken_back(database: Database, school: School, now: datetime) -> None:
    scene = await begin(database, school, now)
    await agreed(scene)
    await scene.mentor.says("план")
    await scene.mentor.presses("plan-button-done")
    await scene.mentor.presses(scene.mentor.messages[-1].rows[0][0].data)
    assert await scene.mentor.presses("plan-button-undo") == ["plan-undone"]
    assert [one.done_on for one in await rows(database, PlanItem)] == [None, None]  # type: ignore[attr-defined]


async def test_the_other_side_proposes_a_change_by_a_button(
    database: Database, school: School, now: datetime
) -> None:
    scene = await begin(database, school, now)
    await drafted(scene)
    await scene.mentor.presses("plan-button-send")
    scene.mentee.messages = await scene.mentee._answers()
    await scene.mentee.presses("plan-button-propose")
    assert await scene.mentee.presses("Дел многовато") == ["plan-propose-done"]
    scene.mentor.messages = await scene.mentor._answers()
    assert scene.mentor.ids == ["plan-objected", "raw"]
    assert "лучше начать с меньшего" in scene.mentor.words()
    assert (await scene.plan()).state == PlanState.DRAFT

    await scene.mentor.presses("plan-button-change", "plan-change-drop")
    await scene.mentor.presses(scene.mentor.messages[-1].rows[0][0].data)
    assert scene.mentor.ids == ["plan-change-done"]
    assert await scene.mentor.presses("plan-button-send") == ["plan-sent-off"]
    scene.mentee.messages = await scene.mentee._answers()
    await scene.mentee.presses("plan-button-agree")
    assert len(await rows(database, PlanItem)) == 1
    assert [one.what for one in await rows(database, PlanVersion)] == [["begun"], ["events"]]  # type: ignore[attr-defined]


async def test_a_change_at_work_holds_only_if_both_want_it(
    database: Database, school: School, now: datetime
) -> None:
    scene = await begin(database, school, now)
    await agreed(scene)
    await scene.mentor.press_data(f"f:plan-change:{scene.two.ids.pair}")
    await scene.mentor.presses("plan-change-goal")
    assert await scene.mentor.says("Выступить на городской олимпиаде") == ["plan-change-sent"]
    scene.mentee.messages = await scene.mentee._answers()
    assert scene.mentee.ids[-1] == "plan-amended"
    await scene.mentee.presses("plan-button-propose")
    await scene.mentee.says("Оставим как было")

    plan = await scene.plan()
    assert plan.state == PlanState.AGREED
    assert plan.content["goal"].startswith("Уверенно освоить")
    assert (await scene.one(PlanAmendment)).state == AmendmentState.DECLINED
    assert [one.what for one in await rows(database, PlanVersion)] == [["begun"], ["goal"], ["taken-back"]]  # type: ignore[attr-defined]


async def test_the_rhythm_changes_without_anybodys_leave(
    database: Database, school: School, now: datetime
) -> None:
    scene = await begin(database, school, now)
    await agreed(scene)
    await scene.mentor.press_data(f"f:plan-change:{scene.two.ids.pair}")
    await scene.mentor.presses("plan-change-rhythm")
    assert await scene.mentor.presses("plan-rhythm-weekly") == ["plan-change-done"]
    assert (await scene.plan()).state == PlanState.AGREED
    assert (await scene.one(PlanAmendment)).kind == "rhythm"
    scene.mentee.messages = await scene.mentee._answers()
    assert scene.mentee.ids == ["plan-rhythm-changed"]


async def test_an_old_button_agrees_to_nothing(database: Database, school: School, now: datetime) -> None:
    scene = await begin(database, school, now)
    await drafted(scene)
    await scene.mentor.presses("plan-button-send")
    scene.mentee.messages = await scene.mentee._answers()
    old = scene.mentee.button("plan-button-agree").data
    await scene.mentor.press_data(f"f:plan-event:{scene.two.ids.pair}")
    await scene.mentor.says("Сходить в музей")
    await scene.mentor.presses(scene.mentor.messages[-1].rows[1][0].data)
    assert await scene.mentee.press_data(old) == ["plan-nothing-asked"]
    await scene.mentor.press_data(f"f:plan-send:{scene.two.ids.pair}")
    assert (await scene.mentee.press_data(old))[-1] == "plan-changed-meanwhile"


async def test_a_wish_of_ones_own_enters_the_plan_and_asks_nothing_anew(
    database: Database, school: School, now: datetime
) -> None:
    scene = await begin(database, school, now)
    await drafted(scene)
    await scene.mentor.presses("plan-button-send")
    scene.mentee.messages = await scene.mentee._answers()
    await scene.mentee.press_data(f"f:plan-wish:{scene.two.ids.pair}")
    assert (await scene.mentee.says("Хочу рисовать схемы"))[0] == "plan-wish-done"
    assert await scene.mentee.presses("plan-button-agree") == ["plan-yes-done"]
    assert (await scene.one(PlanWord)).words == "Хочу рисовать схемы"


async def test_a_call_for_help_reaches_grown_ups_and_not_the_plan(
    database: Database, school: School, now: datetime
) -> None:
    scene = await begin(database, school, now)
    await drafted(scene)
    await scene.mentor.presses("plan-button-send")
    await scene.mentee.press_data(f"f:plan-wish:{scene.two.ids.pair}")
    assert (await scene.mentee.says("меня бьют дома"))[-1] == "plan-heard"
    assert (await scene.one(HelpRequest)).urgent
    assert await rows(database, PlanWord) == []


async def test_phones_stay_out_of_the_plan(database: Database, school: School, now: datetime) -> None:
    scene = await begin(database, school, now)
    await scene.mentee.press_data(f"f:goal:{scene.two.ids.pair}")
    said = await scene.mentee.says("Звони +7 900 000 00 01")
    assert said[0] == "plan-no-contacts"
    assert await rows(database, Goal) == []


@CHANNELS
async def test_a_goal_has_its_history(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await begin(database, school, now, channel)
    pair = scene.two.ids.pair
    await scene.mentee.says("план")
    await scene.mentee.presses("plan-button-goal", "Защитить проект")
    await scene.mentee.presses("3", "talk-skip")
    assert scene.mentee.ids == ["plan-goal-looked"]
    scene.mentee.now = now + timedelta(days=130)
    await scene.mentee.press_data(f"f:goal-look:{pair}")
    await scene.mentee.presses("6")
    await scene.mentee.says("Помогла репетиция")
    marks = await rows(database, GoalMark)
    assert [(one.stage, one.progress, one.words) for one in marks] == [  # type: ignore[attr-defined]
        ("start", 3, ""), ("mid", 6, "Помогла репетиция"),
    ]  # fmt: skip
    await scene.mentor.press_data(f"f:goal:{pair}")
    assert scene.mentor.ids[1:3] == ["plan-goal-mark", "plan-goal-mark"]
    await scene.mentor.presses("plan-goal-other")
    await scene.mentor.says("Выступить на конференции")
    assert [one.state for one in await rows(database, Goal)] == ["changed", "open"]  # type: ignore[attr-defined]


@CHANNELS
async def test_an_achievement_a_project_and_hours_are_entered(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await begin(database, school, now, channel)
    pair = scene.two.ids.pair
    await scene.mentee.press_data(f"f:achievement:{pair}")
    await scene.mentee.presses("plan-kind-olympiad")
    await scene.mentee.says("Олимпиада по биологии")
    await scene.mentee.presses("plan-level-municipal", "plan-outcome-prize")
    assert await scene.mentee.says("10.09.2026") == ["plan-won-done"]
    won = await scene.one(Achievement)
    assert (won.person_id, won.level, won.held_on) == (scene.two.ids.mentee, "municipal", date(2026, 9, 10))

    await scene.mentee.press_data(f"f:project:{pair}")
    await scene.mentee.says("Школьный сад")
    await scene.mentee.presses("plan-project-idea")
    await scene.mentor.press_data(f"f:project:{pair}")
    await scene.mentor.presses("Школьный сад", "plan-project-defended", "plan-day-today")
    assert await scene.mentor.presses("talk-skip") == ["plan-project-finished"]
    assert (await scene.one(Project)).defence_on == now.date()

    async with database.transaction() as session:
        session.add(
            Meeting(
                school_id=school.id, pair_id=pair, kind=MeetingKind.M1, status=MeetingStatus.HELD, minutes=60,
                proposed_by=scene.two.ids.mentor, format=MeetingFormat.OFFLINE, uid="m", created_at=now,
                starts_at=now - timedelta(days=1), closed_at=now,
            )
        )  # fmt: skip
    await scene.mentor.press_data(f"f:hours:{pair}")
    await scene.mentor.presses("plan-hours-prepare")
    await scene.mentor.presses(scene.mentor.messages[-1].rows[1][0].data)
    assert await scene.mentor.presses("plan-day-yesterday") == ["plan-hours-done"]
    assert (await scene.one(MentorHours)).minutes == 30
    assert "1:30" in scene.mentor.words()


@pytest.mark.parametrize(
    "data",
    ["f:plan:999", "f:plan:x", "f:plan-agree:1", "f:plan-done:9", "f:goal:9", "f:hours:9", "f:plan-fact:9"],
)
async def test_a_mangled_button_opens_nobodys_plan(
    database: Database, school: School, now: datetime, data: str
) -> None:
    scene = await begin(database, school, now)
    said = await scene.mentee.press_data(data)
    if data == "f:plan-fact:9":
        await scene.mentee.presses("plan-grade-done")
        said = await scene.mentee.presses("talk-skip")
    assert said[0] in ("plan-not-yours", "plan-event-gone", "plan-nothing-asked")


async def test_a_pupil_may_not_draft_for_the_mentor(
    database: Database, school: School, now: datetime
) -> None:
    scene = await begin(database, school, now)
    pair = scene.two.ids.pair
    assert await scene.mentee.press_data(f"f:plan-draft:{pair}") == ["plan-for-mentor"]
    assert await scene.mentee.press_data(f"f:hours:{pair}") == ["plan-for-mentor"]
