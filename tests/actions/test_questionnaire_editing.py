"""A curator's questionnaires: copied, edited, published as the next version; people inside finish the old one."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from actions import questionnaire_editing, questionnaires
from actions.work import Work
from program import instruments_editing as editing
from program.errors import Refusal
from program.instruments_reading import read, shipped
from program.text import Text
from storage.tables import Instrument, InstrumentDraft
from tests import build


async def test_a_shipped_questionnaire_is_edited_into_its_next_version(work: Work) -> None:
    draft = await questionnaire_editing.start(work, "INT_E")
    assert (await questionnaire_editing.start(work, "INT_E")).id == draft.id
    with pytest.raises(Refusal) as refusal:
        await questionnaire_editing.publish(work, "INT_E")
    assert refusal.value.text.id == "quiz-nothing-new"
    await questionnaire_editing.change(work, "INT_E", lambda body: editing.removed(body, 2))
    assert await questionnaire_editing.publish(work, "INT_E") == 2
    assert len((await questionnaires.current(work, "INT_E")).questions) == 1
    assert len((await questionnaires.version(work, "INT_E", 1)).questions) == 2
    assert await work.session.scalar(select(func.count(InstrumentDraft.id))) == 0
    with pytest.raises(Refusal):
        await questionnaire_editing.publish(work, "INT_E")


async def test_a_copy_is_the_school_s_own_and_keeps_its_branches(work: Work) -> None:
    draft = await questionnaire_editing.start_own(work, "Как дела", "INT_ME_P")
    assert draft.code == "OWN_1"
    assert await questionnaire_editing.publish(work, "OWN_1") == 1
    own = await questionnaires.current(work, "OWN_1")
    assert own.title.ru == "Как дела"
    assert own.questions[2].shown_if
    assert own.questions[2].shown_if.question == own.questions[1].id == "OWN_1.2"
    assert (await questionnaire_editing.start_own(work, "Ещё одна")).code == "OWN_2"


async def test_a_card_of_the_staff_is_not_copied_for_participants(work: Work) -> None:
    with pytest.raises(Refusal) as refusal:
        await questionnaire_editing.start_own(work, "Наблюдение", "OBS")
    assert refusal.value.text.id == "quiz-staff-only"


async def test_a_draft_that_is_wrong_is_not_published(work: Work) -> None:
    await questionnaire_editing.start_own(work, "Пустая")
    with pytest.raises(Refusal) as refusal:
        await questionnaire_editing.publish(work, "OWN_1")
    assert refusal.value.text.id == "quiz-not-ready"
    assert await work.session.scalar(select(func.count(Instrument.id))) == 0


async def test_another_school_knows_nothing_of_it(work: Work) -> None:
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    await questionnaire_editing.start(work, "INT_E")
    with pytest.raises(Refusal):
        await questionnaire_editing.publish(Work(work.session, other, work.now), "INT_E")


def body() -> editing.Body:
    return dict(next(one for one in shipped() if one.code == "INT_E").body)


def test_questions_move_up_and_down_and_stay_at_the_edges() -> None:
    def ids(made: editing.Body) -> list[str]:
        return [one["id"] for one in made["questions"]]

    assert ids(editing.moved(body(), 2, -1)) == ["INT_E.2", "INT_E.1"]
    assert ids(editing.moved(body(), 1, -1)) == ids(editing.moved(body(), 2, 1)) == ids(body())


def test_an_option_keeps_its_code_while_its_label_stays() -> None:
    old = [{"code": "yes", "label": {"ru": "Да"}}, {"code": "no", "label": {"ru": "Нет"}}]
    made = editing.options_from("Нет | No\n\nИногда\nДа", old)
    assert [one["code"] for one in made] == ["no", "o1", "yes"]
    assert made[0]["label"] == {"ru": "Нет", "en": "No"}


LONG = "Я отвечу на это очень подробно и долго"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"kind": "single", "text": {"ru": ""}, "options": []}, ["quiz-wrong-text", "quiz-wrong-few"]),
        ({"kind": "scale10", "text": {"ru": "Как?"}, "low": {"ru": ""}}, ["quiz-wrong-ends"]),
        ({"kind": "text", "text": {"ru": "Как?"}}, ["quiz-wrong-reader"]),
        ({"kind": "number", "text": {"ru": "Как?"}, "low_number": 5, "high_number": 5}, ["quiz-wrong-bounds"]),
        ({"kind": "yes_no", "text": {"ru": "К" * 301}}, ["quiz-wrong-long"]),
        (
            {"kind": "single", "text": {"ru": "Как?"}, "options": editing.options_from(f"{LONG}\nДа\nДа", [])},
            ["quiz-wrong-label", "quiz-wrong-twice"],
        ),
        (
            {"kind": "multi", "text": {"ru": "Как?"},
             "options": editing.options_from("\n".join(f"вариант {n}" for n in range(11)), [])},
            ["quiz-wrong-options"],
        ),
    ],
)  # fmt: skip
def test_every_slip_is_told_in_a_sentence_beside_its_question(
    changes: dict[str, object], why: list[str]
) -> None:
    found = editing.problems(editing.replaced(body(), 2, changes))
    assert [(one.number, one.text.id) for one in found] == [(2, name) for name in why]


def test_a_condition_that_lost_its_question_is_told() -> None:
    found = editing.problems(editing.moved(body(), 2, -1))
    assert [(one.number, one.text.id) for one in found] == [(1, "quiz-wrong-shown")]


def branched(kind: str, condition: dict[str, object], **first: object) -> editing.Body:
    """Two questions; the second is asked under the condition on the first."""
    made = editing.added(editing.blank("OWN_1", "Проба"))
    ends = {"low": {"ru": "нет"}, "high": {"ru": "да"}} if kind == "scale10" else {}
    made = editing.replaced(made, 1, {"kind": kind, "text": {"ru": "Как?"}, **ends, **first})
    shown_if = {"question": "OWN_1.1", **condition}
    return editing.replaced(made, 2, {"kind": "yes_no", "text": {"ru": "Да?"}, "shown_if": shown_if})


@pytest.mark.parametrize(
    ("kind", "condition", "why"),
    [
        ("scale10", {"at_most": 4}, None),
        ("scale10", {"at_least": 3, "at_most": 3}, None),
        ("scale10", {"at_least": 8, "at_most": 4}, "quiz-wrong-shown-mark"),
        ("scale10", {"at_most": 11}, "quiz-wrong-shown-mark"),
        ("scale10", {}, "quiz-wrong-shown-always"),
        ("scale10", {"at_least": 1}, "quiz-wrong-shown-always"),
        ("scale10", {"any_of": ["yes"]}, "quiz-wrong-shown-kind"),
        ("yes_no", {"any_of": ["yes"]}, None),
        ("yes_no", {"any_of": ["maybe"]}, "quiz-wrong-shown-option"),
        ("yes_no", {"any_of": []}, "quiz-wrong-shown-option"),
        ("yes_no", {"at_most": 4}, "quiz-wrong-shown-kind"),
        ("date", {"any_of": ["yes"]}, "quiz-wrong-shown-kind"),
    ],
)
def test_a_branch_that_could_not_work_is_told_in_a_sentence(
    kind: str, condition: dict[str, object], why: str | None
) -> None:
    made = branched(kind, condition)
    assert [(one.number, one.text.id) for one in editing.problems(made)] == ([(2, why)] if why else [])
    assert (editing.branch(made, 2) is None) is bool(why)


def test_a_branch_is_read_in_words() -> None:
    marks = editing.branch(branched("scale10", {"at_most": 4}), 2)
    assert marks == Text("quiz-if-marks", {"number": 1, "low": 1, "high": 4})
    said = editing.branch(branched("yes_no", {"any_of": ["no"]}), 2)
    assert said == Text("quiz-if-options", {"number": 1, "labels": "«Нет»"})


def test_a_branch_on_a_mark_and_on_a_face_is_followed() -> None:
    made = read(branched("scale10", {"at_most": 4}), english=False)
    assert [len(made.asked({"OWN_1.1": mark}, surely=True)) for mark in (1, 4, 5)] == [2, 2, 1]
    faces = read(branched("smiles", {"any_of": ["2", "4"]}), english=False)
    assert [len(faces.asked({"OWN_1.1": mark}, surely=True)) for mark in (2, 4, 6)] == [2, 2, 1]


def test_an_option_keeps_its_three_wordings() -> None:
    made = editing.options_from("Знаете | You do | Знаешь\nНет || Не", [])
    assert [one["label"] for one in made] == [
        {"ru": "Знаете", "en": "You do", "ty": "Знаешь"},
        {"ru": "Нет", "ty": "Не"},
    ]


def test_what_passes_the_look_can_be_read() -> None:
    for one in shipped():
        if one.questions[0].kind not in ("range",):
            assert editing.problems(one.body) == [], one.code
    made = editing.added(editing.blank("OWN_1", "Проба"))
    for number in (1, 2):
        made = editing.replaced(made, number, {"kind": "yes_no", "text": {"ru": "Да?"}})
    assert editing.problems(made) == []
    assert read(made, english=False).questions[1].id == "OWN_1.n1"
