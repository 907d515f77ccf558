"""The checklist, the interview's points, the days on which a paper ends."""

from __future__ import annotations

from datetime import date

import pytest

from program.directories import Directory, shipped
from program.errors import Refusal
from program.forms import FORMS
from program.roles import Category
from program.selection import (
    CRITERIA,
    Decision,
    Held,
    Kind,
    Requirement,
    Setting,
    barring,
    ends_on,
    from_card,
    gaps,
    missing,
    passes,
    require_interview,
    required,
    requirement,
    trained,
)
from program.text import raw

TODAY = date(2026, 9, 15)
CHECK = Requirement("check", raw("Проверка"), Kind.TICK, months=12)
TALK = Requirement("talk", raw("Беседа"), Kind.INTERVIEW)


def test_missing_names_what_is_not_there_and_what_has_run_out() -> None:
    held = {"check": Held(date(2025, 9, 1), date(2026, 9, 14))}
    assert [text.id for text in missing([CHECK, TALK], held, TODAY)] == [
        "selection-expired",
        "selection-missing",
    ]
    held = {"check": Held(date(2025, 9, 16), TODAY), "talk": Held()}
    assert missing([CHECK, TALK], held, TODAY) == []  # the last day counts


def test_a_waived_gap_bars_nobody_but_what_has_run_out_does() -> None:
    found = gaps([CHECK, TALK], {"check": Held(date(2025, 1, 1), date(2026, 1, 1))}, TODAY)
    assert [gap.requirement for gap in barring(found, ["check", "talk"])] == ["check"]
    assert [gap.requirement for gap in barring(found, [])] == ["check", "talk"]
    assert [gap.requirement for gap in barring(found, None)] == ["check"]


@pytest.mark.parametrize(
    ("on", "months", "last"),
    [
        (date(2026, 9, 15), 12, date(2027, 9, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 9, 15), 0, None),
    ],
)
def test_a_paper_ends_on_a_day_that_exists(on: date, months: int, last: date | None) -> None:
    assert ends_on(on, months) == last


def test_an_interview_passes_with_fourteen_points_and_no_zero_where_it_matters() -> None:
    good = dict.fromkeys(CRITERIA, 2)
    assert passes(good)
    assert passes({**good, "motivation": 0})
    assert not passes({**good, "respect": 0})
    assert not passes({**good, "boundaries": 0})
    assert not passes({**good, "motivation": 0, "experience": 1})  # 13


def test_a_decision_against_the_marks_or_against_somebody_needs_a_reason() -> None:
    good, low = dict.fromkeys(CRITERIA, 2), dict.fromkeys(CRITERIA, 1)
    require_interview(good, Decision.ADMIT, "")
    for marks, decision in ((low, Decision.ADMIT), (good, Decision.RESERVE), (good, Decision.REFUSE)):
        with pytest.raises(Refusal):
            require_interview(marks, decision, " ")
        require_interview(marks, decision, "причина")
    for odd in ({}, {**good, "respect": 4}, {**good, "more": 1}):
        with pytest.raises(Refusal, match="selection-marks-odd"):
            require_interview(odd, Decision.ADMIT, "причина")


def test_training_is_done_when_every_topic_was_attended() -> None:
    assert trained(["a", "b"], {"a": TODAY}) is None
    assert trained(["a", "b"], {"a": date(2026, 9, 1), "b": TODAY}) == Held(TODAY)
    assert trained([], {}) == Held()


@pytest.mark.parametrize("form", FORMS)
def test_every_mentor_of_every_form_has_a_checklist_and_every_outsider_a_check(form: str) -> None:
    entries = shipped(Directory.REQUIREMENT)
    for category in FORMS[form].mentors:
        slugs = {one.slug for one in required(entries, form, category)}
        assert {"own_consent", "interview", "training"} <= slugs
        outside = category not in (Category.PUPIL, Category.TEACHER)
        assert ("outside_check" in slugs) == outside


def test_every_shipped_requirement_can_be_read() -> None:
    assert {requirement(entry).kind for entry in shipped(Directory.REQUIREMENT)} == set(Kind)


def test_a_card_of_the_staff_is_read_as_a_talk() -> None:
    said: dict[str, object] = {f"IVW.{n}": ["2"] for n in range(1, 9)}
    said |= {
        "IVW.date": "2026-09-10",
        "IVW.decision": ["admitted"],
        "IVW.form": ["online"],
        "IVW.who": "Куратор",
    }
    talk = from_card(said)
    assert talk is not None
    assert (talk.held_on, talk.setting, talk.decision) == (date(2026, 9, 10), Setting.ONLINE, Decision.ADMIT)
    assert passes(talk.marks)
    against = from_card(said | {"IVW.7": ["0"]})
    assert against is not None
    assert against.decision is Decision.RESERVE  # no reason was given
    reasoned = from_card(said | {"IVW.7": ["0"], "IVW.reason": "Поговорили о границах ещё раз"})
    assert reasoned is not None
    assert reasoned.decision is Decision.ADMIT
    for odd in ({}, said | {"IVW.decision": []}, said | {"IVW.date": "вчера"}, said | {"IVW.3": None}):
        assert from_card(odd) is None
