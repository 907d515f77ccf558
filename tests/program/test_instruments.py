"""Questionnaires as data: the shipped ones are whole, slips are told, branching and typed answers work."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from program.errors import Refusal
from program.instrument_answers import Unreadable, check, in_words, read_answer
from program.instruments import (
    LONGEST_LABEL,
    MOST_OPTIONS,
    Audience,
    Instrument,
    Question,
    QuestionKind,
    Value,
    Wording,
    next_question,
    shown,
)
from program.instruments_reading import read, shipped

ALL = shipped()
QUESTIONS = [question for instrument in ALL for question in instrument.questions]
FORMAL = re.compile(r"\b(вы|вам|вас|вами|ваш\w*)\b|(?:ите|йте)\b", re.IGNORECASE)


def by_code(code: str) -> Instrument:
    return next(instrument for instrument in ALL if instrument.code == code)


def question(question_id: str) -> Question:
    return next(one for one in QUESTIONS if one.id == question_id)


def wordings(one: Question) -> list[Wording]:
    return [
        one.text,
        *(option.label for option in one.options),
        *(w for w in (one.short, one.low, one.high) if w),
    ]


def body(**changes: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": "X",
        "version": 1,
        "title": {"ru": "Проба", "en": "Trial"},
        "audience": "mentee",
        "minutes": 1,
        "questions": [
            {
                "id": "X.1",
                "kind": "single",
                "text": {"ru": "Что?", "en": "What?"},
                "options": [
                    {"code": "yes", "label": {"ru": "Да", "en": "Yes"}},
                    {"code": "no", "label": {"ru": "Нет", "en": "No"}},
                ],
            },
            {
                "id": "X.2",
                "kind": "text",
                "text": {"ru": "Почему?", "en": "Why?"},
                "reader": "curator",
                "shown_if": {"question": "X.1", "any_of": ["yes"]},
            },
        ],
    }
    return made | changes


def test_the_agreed_questionnaires_are_shipped() -> None:
    assert {"INT_ME_P", "INT_MO", "INT_ME_T", "FB_M", "FB_N", "FB_START"} <= {one.code for one in ALL}


def test_no_question_id_is_used_twice() -> None:
    ids = [one.id for one in QUESTIONS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_a_question_fits_buttons_and_speaks_both_languages(one: Question) -> None:
    assert len(one.options) <= MOST_OPTIONS
    for option in one.options:
        assert re.fullmatch(r"[a-z0-9_-]+", option.code)
        assert max(map(len, (option.label.ru, option.label.en, option.label.ty))) <= LONGEST_LABEL
    assert all(words.ru and words.en for words in wordings(one))
    assert not re.search("[а-яё]", " ".join(words.en for words in wordings(one)).lower())
    if one.kind is QuestionKind.TEXT:
        assert one.reader


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_a_message_asks_one_thing_shortly_and_without_gendered_brackets(one: Question) -> None:
    for words in (one.text.ru, one.text.en, one.text.ty):
        assert words.count("?") <= 1
        assert len(words) <= 130
        assert "(а)" not in words
        assert "(ась)" not in words


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_pupils_are_addressed_as_ty(one: Question) -> None:
    instrument = next(i for i in ALL if one in i.questions)
    if instrument.code == "INT_ME_T" or instrument.audience is Audience.STAFF or one.id == "INT_MO.13":
        return  # no pupil is asked
    for words in wordings(one):
        assert not FORMAL.search(words.ty or words.ru), words


def test_mentors_offer_help_in_the_words_in_which_mentees_ask_for_it() -> None:
    for mentee, mentor in (("INT_ME_P.2", "INT_MO.2"), ("INT_ME_P.3", "INT_MO.2b"), ("INT_ME_P.5", "INT_MO.4"),
                           ("INT_ME_P.7", "INT_MO.8"), ("INT_ME_P.8", "INT_MO.6b")):  # fmt: skip
        assert question(mentee).options == question(mentor).options


def test_a_longer_questionnaire_names_every_answer_shortly() -> None:
    assert all(
        one.short for instrument in ALL if len(instrument.questions) > 4 for one in instrument.questions
    )


@pytest.mark.parametrize("code", ["FB_M", "FB_N"])
def test_the_poll_after_a_meeting_takes_at_most_four_answers(code: str) -> None:
    assert len(by_code(code).questions) <= 4


@pytest.mark.parametrize(
    ("where", "value", "complaint"),
    [
        (("code",), "fb m", "code"),
        (("version",), 0, "version"),
        (("audience",), "aliens", "audience"),
        (("colour",), "red", "unknown field colour"),
        (("title",), {"ru": "Проба"}, "English"),
        (("questions",), [], "at least one"),
        (("questions", 0, "kind"), "guess", "kind"),
        (("questions", 0, "optoins"), [], "unknown field optoins"),
        (("questions", 0, "options", 1, "code"), "да", "latin slug"),
        (("questions", 0, "options", 1, "label", "ru"), "Д" * 31, "longer than 30"),
        (("questions", 0, "options", 1, "code"), "yes", "twice"),
        (("questions", 1, "id"), "X.1", "used twice"),
        (("questions", 1, "reader"), "everybody", "reader"),
        (("questions", 1, "shown_if", "question"), "X.9", "not asked earlier"),
        (("questions", 1, "shown_if", "any_of"), ["maybe"], "not options"),
        (("questions", 1, "low_number"), 3, "belong to a number"),
    ],
)
def test_a_slip_in_an_instrument_is_told_in_one_sentence(
    where: tuple[Any, ...], value: Any, complaint: str
) -> None:
    slipped = copy.deepcopy(body())
    place: Any = slipped
    for step in where[:-1]:
        place = place[step]
    place[where[-1]] = value
    with pytest.raises(ValueError, match=complaint):
        read(slipped)


def test_a_question_waits_for_the_answer_that_leads_to_it() -> None:
    instrument = read(body())
    steps = []
    answers: dict[str, Value] = {}
    while one := next_question(instrument, answers):
        steps.append(one.id)
        answers[one.id] = "yes" if one.id == "X.1" else "Потому"
    assert steps == ["X.1", "X.2"]
    assert next_question(instrument, {"X.1": "no"}) is None
    assert next_question(instrument, {"X.1": None}) is None


def test_the_count_told_at_the_start_only_shrinks_and_a_poll_counts_what_is_sure() -> None:
    instrument = by_code("INT_ME_P")
    assert len(instrument.asked({})) == 10
    assert len(instrument.asked({"INT_ME_P.2": ["study"]})) == 10
    assert len(instrument.asked({"INT_ME_P.2": ["talk"]})) == 9
    assert len(by_code("FB_M").asked({}, surely=True)) == 3


def test_an_answer_hidden_by_a_change_is_dropped() -> None:
    assert shown(read(body()), {"X.1": "no", "X.2": "Потому"}) == {"X.1": "no"}


@pytest.mark.parametrize(
    ("question_id", "typed", "value"),
    [
        ("FB_M.2", "7", 7),
        ("FB_M.2", " 10 ", 10),
        ("FB_M.3", "2", "fine"),
        ("FB_M.3", "нормально", "fine"),
        ("FB_M.3", "Отл", "great"),
        ("FB_M.3", "great", "great"),
        ("INT_ME_P.10", "да", "yes"),
        ("INT_ME_P.10", "No", "no"),
        ("INT_ME_P.3", "1, физика; англ", ["math", "physics", "english"]),
        ("INT_ME_P.3", "м", ["math"]),
        ("INT_ME_P.2", "Учеба", ["study"]),
        ("INT_MO.5", "11-14", "11-14"),
        ("INT_MO.7", "15", 15),
        ("INT_MO.9", "  Люблю объяснять ", "Люблю объяснять"),
    ],
)
def test_a_typed_answer_is_read_by_code_number_label_or_its_beginning(
    question_id: str, typed: str, value: Value
) -> None:
    assert read_answer(question(question_id), typed) == value


@pytest.mark.parametrize(
    ("question_id", "typed", "hint"),
    [
        ("FB_M.2", "11", "answer-number"),
        ("FB_M.2", "семь", "answer-number"),
        ("FB_M.2", "7.5", "answer-number"),
        ("FB_M.3", "5", "answer-choose"),
        ("FB_M.3", "", "answer-choose"),
        ("INT_ME_P.3", "ф, музыка", "answer-choose"),
        ("INT_ME_P.3", " , ", "answer-choose"),
        ("INT_MO.7", "0", "answer-number"),
        ("INT_MO.7", "9" * 5000, "answer-number"),
        ("INT_ME_P.9", "я" * 101, "answer-too-long"),
        ("INT_ME_P.1", "   ", "answer-empty"),
    ],
)
def test_an_unreadable_answer_gets_a_hint(question_id: str, typed: str, hint: str) -> None:
    with pytest.raises(Unreadable) as unreadable:
        read_answer(question(question_id), typed)
    assert unreadable.value.text.id == hint


@pytest.mark.parametrize(
    ("typed", "value"), [("11-14", [11, 14]), ("с 14 до 11", [11, 14]), ("12", [12, 12])]
)
def test_a_range_is_read_from_two_numbers_or_one(typed: str, value: list[int]) -> None:
    asked = {"id": "X.1", "kind": "range", "text": {"ru": "От и до", "en": "From and to"}, "low_number": 6, "high_number": 18}  # fmt: skip
    instrument = read(body(questions=[asked]))
    assert read_answer(instrument.questions[0], typed) == value
    assert check(instrument, {"X.1": value}) == {"X.1": value}


def test_a_limit_of_choices_holds_for_typing_too() -> None:
    raw = body()
    raw["questions"] = [raw["questions"][0] | {"kind": "multi", "limit": 1}]
    with pytest.raises(Unreadable) as unreadable:
        read_answer(read(raw).questions[0], "да, нет")
    assert unreadable.value.text.id == "questionnaire-too-many"


def test_what_is_kept_has_every_asked_question_and_no_hidden_one() -> None:
    instrument = by_code("INT_ME_P")
    kept = check(instrument, {"INT_ME_P.1": "Сдать экзамен", "INT_ME_P.2": ["talk"], "INT_ME_P.5": []})
    assert kept["INT_ME_P.5"] is None
    assert kept["INT_ME_P.8"] is None
    assert "INT_ME_P.3" not in kept


def test_a_needed_answer_cannot_be_left_out() -> None:
    for answers in ({"INT_ME_P.2": ["talk"]}, {"INT_ME_P.1": None, "INT_ME_P.2": ["talk"]}):
        with pytest.raises(Refusal) as refusal:
            check(by_code("INT_ME_P"), answers)
        assert refusal.value.text.id == "questionnaire-needed"


@pytest.mark.parametrize(
    "answers", [{"FB_M.2": 11}, {"FB_M.2": "7"}, {"FB_M.3": "nice"}, {"FB_M.9": 1}, {"FB_M.3": ["fine"]}]
)
def test_a_value_that_no_flow_gives_is_a_defect(answers: dict[str, Value]) -> None:
    with pytest.raises(ValueError, match="FB_M"):
        check(by_code("FB_M"), answers)


def test_the_summary_shows_labels_not_codes() -> None:
    words = in_words(question("INT_ME_P.3"), ["math", "physics"])
    assert words.args == {"ru": "Математика, Физика", "en": "Maths, Physics"}
    assert in_words(question("INT_ME_P.3"), None).id == "questionnaire-skipped"
