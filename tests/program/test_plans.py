"""The rules of a programme: terms, what is missing, what may follow what; the ready words of every form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from program import plans as rules
from program.directories import Directory, shipped
from program.errors import Refusal
from program.forms import FORMS
from program.plan_templates import CHOSEN, begun, common, dated, template_of
from program.plans import PLAN, Content, Item, PlanState, Stage

START = date(2026, 9, 15)
LABEL = 38  # characters of a button in VK with the tick before it


@pytest.mark.parametrize(
    ("ends", "short", "refused"),
    [
        (date(2026, 11, 1), True, ""),
        (date(2026, 12, 15), False, ""),
        (date(2027, 9, 15), False, ""),
        (date(2027, 9, 16), False, "plan-term-long"),
        (date(2026, 9, 15), True, "plan-term-turned"),
    ],
)
def test_a_programme_lasts_three_months_to_a_year(ends: date, short: bool, refused: str) -> None:
    assert rules.is_short(START, ends) == short
    if not refused:
        rules.require_term(START, ends)
        return
    with pytest.raises(Refusal) as no:
        rules.require_term(START, ends)
    assert no.value.text.id == refused


@pytest.mark.parametrize(("day", "months", "after"), [
    (date(2026, 8, 31), 6, date(2027, 2, 28)),
    (date(2027, 11, 30), 3, date(2028, 2, 29)),
    (date(2026, 12, 31), 1, date(2027, 1, 31)),
    (date(2026, 9, 15), 9, date(2027, 6, 15)),
])  # fmt: skip
def test_months_end_where_the_month_ends(day: date, months: int, after: date) -> None:
    assert rules.months_after(day, months) == after


def test_every_state_is_reached_and_left() -> None:
    assert PLAN.reachable() == frozenset(PlanState)
    assert {one for one in PlanState if not PLAN.ways.get(one)} == PLAN.final


def test_what_is_missing_is_named_in_the_order_of_the_document() -> None:
    assert rules.missing(Content(goal="Цель", tasks=("Задача",)), ()) == (
        "problem", "mentor_activity", "mentee_activity", "interim", "planned", "rhythm", "mode", "conditions", "directions", "events",
    )  # fmt: skip


def test_only_the_rhythm_the_schedule_and_the_mode_need_no_agreement() -> None:
    before = Content(goal="Цель", rhythm="weekly", mode="offline")
    assert rules.is_light(
        rules.changed(before, replace(before, rhythm="monthly", mode="online", schedule="Ср"))
    )
    assert not rules.is_light(rules.changed(before, replace(before, goal="Другая")))


@pytest.mark.parametrize(
    ("day", "stage"),
    [(date(2026, 10, 1), Stage.START), (date(2027, 1, 15), Stage.MID), (date(2027, 5, 20), Stage.END)],
)
def test_a_look_at_the_goal_belongs_to_a_stage(day: date, stage: Stage) -> None:
    assert rules.stage_now(START, date(2027, 5, 31), day) is stage


def test_contacts_and_unknown_choices_are_refused() -> None:
    for content in (
        Content(goal="Пиши на +79000000001"),
        Content(mode="somewhere"),
        Content(directions=("d1",)),
    ):
        with pytest.raises(Refusal):
            rules.checked(content, "uch_uch")
    assert rules.checked(Content(directions=("d5", "d1")), "uchit_uchit").directions == ("d1", "d5")


def test_an_event_that_is_late_is_not_one_that_is_done() -> None:
    assert rules.is_overdue(START, None, date(2026, 9, 16))
    assert not rules.is_overdue(START, START, date(2026, 9, 16))
    assert not rules.is_overdue(START, None, START)
    assert not rules.is_overdue(None, None, START)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_ready_words_for_everything(form: str) -> None:
    template = template_of(form)
    for section in CHOSEN:
        listed = template.ready[section]
        assert len(listed) >= 2
        assert len({one.code for one in listed}) == len(listed)
        assert all(len(one.short) <= LABEL for one in listed)
    assert all(len(one.short) <= LABEL for one in template.items)
    assert set(template.directions) <= set(rules.directions_of(form))
    assert len(template.directions) <= 10
    items = dated(template.items, START, date(2027, 5, 31))
    assert list(rules.checked_items(items, form)) == list(items)
    assert all(START < one.due_on <= date(2027, 5, 31) for one in items if one.due_on)
    assert {"difficulty", "strength"} == {one.focus for one in items}
    content = replace(
        begun(template),
        goal="Цель",
        problem="П",
        tasks=("Т",),
        planned=("Р",),
        directions=template.directions[:1],
    )
    assert rules.missing(rules.checked(content, form), items) == ()


def test_a_schools_own_form_has_the_words_of_its_nearest() -> None:
    assert template_of("uchit_uch.own1") == template_of("uchit_uch")


def test_teachers_have_nine_directions_with_one_for_parents() -> None:
    known = {one.slug for one in shipped(Directory.DIRECTION)}
    assert {one.partition("_")[0] for one in rules.DIRECTIONS} == known
    assert {one for one in rules.DIRECTIONS if one.startswith("d4")} == {"d4_pupils", "d4_parents"}
    assert {one.item.direction for one in template_of("uchit_uchit").items} == set(rules.DIRECTIONS)


@pytest.mark.parametrize("what", ["wish", "propose", "result"])
def test_nobody_meets_an_empty_field(what: str) -> None:
    assert all(len(one.short) <= LABEL and one.text for one in common(what))


def test_content_survives_its_row() -> None:
    content = Content(goal="Цель", tasks=("Раз", "Два"), directions=("study",))
    assert Content.read(content.to_json() | {"newer": 1}) == content
    assert Item("Дело").responsible == "both"
