"""Questionnaires as data: the shipped ones are whole, slips are told, branching and typed answers work."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import Any

import pytest

from locales import Texts
from program.errors import Refusal
from program.forms import FORMS
from program.instrument_answers import Unreadable, check, in_words, read_answer
from program.instruments import (
    LONGEST_LABEL,
    MOST_OPTIONS,
    Audience,
    Instrument,
    Option,
    Question,
    QuestionKind,
    Value,
    Wording,
    fitted,
    next_question,
    shown,
)
from program.instruments_reading import read, shipped
from program.roles import Category, Side

ALL = shipped()
# Composed questionnaires share questions: each wording is looked at once.
WORDED = {(q.id, q.text, q.kind): (q, i) for i in reversed(ALL) for q in i.questions}
QUESTIONS = [question for question, _ in WORDED.values()]
FORMAL = re.compile(r"\b(вы|вам|вас|вами|ваш\w*)\b|(?:ите|йте)\b", re.IGNORECASE)


def audience(one: Question) -> Audience:
    return WORDED[one.id, one.text, one.kind][1].audience


def asks_pupils(one: Question) -> bool:
    """Whether some pupil may be asked this question."""
    if one.id in ("INT_MO.13", "PAR.1") or one.id.startswith("INT_ME_T"):
        return False
    for instrument in ALL:
        if one not in instrument.questions or instrument.code == "INT_ME_T":
            continue
        if instrument.audience in (Audience.STAFF, Audience.PARENT, Audience.PARTNER):
            continue
        side = instrument.audience.value
        if not instrument.forms or any(
            Category.PUPIL in (FORMS[f].mentors if side == "mentor" else FORMS[f].mentees)
            for f in instrument.forms
        ):
            return True
    return False


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
    """Source: domain.md 4.2."""
    assert {
        "INT_E", "INT_ME_P", "INT_ME_T", "INT_MO", "INT_PAR", "INT_PAR_POST", "IVW", "TRN", "PREF", "FB_M", "FB_N",
        "FB_START", "MID", "OBS", "COND", "CLIMATE", "PARTNER", "PRE_YOUNG_MENTEE", "POST_YOUNG_MENTEE",
    } <= {one.code for one in ALL}  # fmt: skip


def test_who_leads_and_is_led_at_once_is_not_asked_twice_under_one_title() -> None:
    """A school form has one questionnaire for each side; the two are told apart by the title."""
    for language in ("ru", "en"):
        for familiar in (False, True):
            say = Texts(language, familiar=familiar)
            titles: dict[str, set[Audience]] = {}
            for one in ALL:
                if one.audience in (Audience.MENTOR, Audience.MENTEE) and not one.about:
                    titles.setdefault(say(one.named.text), set()).add(one.audience)
            assert {title for title, sides in titles.items() if len(sides) > 1} == set()
    before = next(one for one in ALL if one.code == "PRE_UCH_UCH_MENTEE")
    assert Texts("ru", familiar=True)(before.named.text) == "Анкета в начале работы: твой наставник"


def test_no_question_id_means_two_things() -> None:
    """A question may stand in many questionnaires, in one wording before and one after, for each side."""
    assert {q.id for q in QUESTIONS if q.kind is QuestionKind.SCALE10} >= {"S01", "C01", "T01", "D1", "TU5"}
    for instrument in ALL:
        ids = [one.id for one in instrument.questions]
        assert len(ids) == len(set(ids))
    owners: dict[str, set[str]] = {}
    for instrument in ALL:
        if not instrument.code.startswith(("PRE_", "POST_", "SWOT_")):
            for one in instrument.questions:
                owners.setdefault(one.id, set()).add(instrument.code)
    shared = {name: codes for name, codes in owners.items() if len(codes) > 1}
    pairs = ({"INT_PAR", "INT_PAR_POST"}, {"OBS", "OBS_MENTOR"})
    assert all(codes in pairs for codes in shared.values()), shared


@pytest.mark.parametrize("one", QUESTIONS, ids=lambda one: one.id)
def test_a_question_fits_buttons_and_speaks_both_languages(one: Question) -> None:
    assert len(one.options) <= MOST_OPTIONS
    for option in one.options:
        assert re.fullmatch(r"[a-z0-9_-]+", option.code)
        assert max(map(len, (option.label.ru, option.label.en, option.label.ty))) <= LONGEST_LABEL
    if audience(one) is not Audience.STAFF:
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
    if not asks_pupils(one):
        return
    for words in wordings(one):
        assert not FORMAL.search(words.ty or words.ru), words


def test_mentors_offer_help_in_the_words_in_which_mentees_ask_for_it() -> None:
    for mentee, mentor in (("INT_ME_P.2", "INT_MO.2"), ("INT_ME_P.3", "INT_MO.2b"), ("INT_ME_P.5", "INT_MO.4"),
                           ("INT_ME_P.7", "INT_MO.8"), ("INT_ME_P.8", "INT_MO.6b")):  # fmt: skip
        assert question(mentee).options == question(mentor).options


def test_a_longer_questionnaire_names_every_answer_shortly() -> None:
    assert all(
        one.short
        for instrument in ALL
        if instrument.code in ("INT_ME_P", "INT_ME_T", "INT_MO")
        for one in instrument.questions
    )


@pytest.mark.parametrize("form", FORMS)
def test_every_form_has_a_questionnaire_before_and_after_for_both_sides(form: str) -> None:
    """Source: domain.md 4.8."""
    for moment in ("PRE_", "POST_"):
        for side in (Audience.MENTEE, Audience.MENTOR):
            [found] = [i for i in ALL if i.code.startswith(moment) and form in i.forms and i.audience is side]
            assert found.has("C01")
            assert found.has("C15") is (moment == "POST_")


def ids(code: str) -> set[str]:
    return {one.id for one in by_code(code).questions}


def test_questionnaires_are_composed_as_the_table_says() -> None:
    """Source: domain.md 4.5-4.8."""
    assert ids("PRE_UCH_UCH_MENTEE") >= {"C00", "C18", "S01", "S19", "UU1", "UU2"}
    assert not ids("PRE_UCH_UCH_MENTEE") & {"C08", "C14", "C15", "UU3", "UU4", "C10"}
    assert ids("POST_UCH_UCH_MENTEE") >= {"C08", "C14", "C15", "C16", "UU3", "UU4"}
    assert not ids("POST_UCH_UCH_MENTEE") & {"C00", "C00b"}
    assert not ids("PRE_STUD_UCH_MENTOR") & {"S15", "S16", "S17", "S18", "S19"}
    assert "S14" in ids("PRE_STUD_UCH_MENTOR")
    assert not any(name.startswith("D") for name in ids("PRE_UCHIT_UCHIT_MENTEE"))
    assert ids("POST_UCHIT_UCHIT_MENTEE") >= {f"D{n}" for n in range(1, 10)} | {"T07", "TT5"}
    assert not ids("POST_PARTNER_UCHIT_MENTOR") & {"T01"}
    assert by_code("PRE_UCH_UCH_MENTEE").question("C09").kind is QuestionKind.TEXT
    assert by_code("POST_UCH_UCH_MENTEE").question("C09").kind is QuestionKind.SCALE10


def test_a_question_of_the_state_is_the_same_before_and_after() -> None:
    before, after = by_code("PRE_UCH_UCH_MENTEE"), by_code("POST_UCH_UCH_MENTEE")
    for name in (f"S{n:02}" for n in range(1, 20)):
        first, second = before.question(name), after.question(name)
        assert replace(first, part=None) == replace(second, part=None)


def test_a_pupil_s_questionnaire_before_the_work_has_three_parts() -> None:
    found = [one.part.ru for one in by_code("PRE_UCH_UCH_MENTEE").questions if one.part]
    assert found == ["Ожидания и впечатления", "Школа и я", "Навыки и дела"]


def test_the_youngest_get_nine_questions_with_faces() -> None:
    before, after = by_code("PRE_YOUNG_MENTEE"), by_code("POST_YOUNG_MENTEE")
    young = {"C01", "C02", "C07", "C08", "S01", "S02", "S04", "S05", "S09"}
    assert {one.id for one in after.questions} == young
    assert {one.id for one in before.questions} == young - {"C08"}  # asked only afterwards
    for one in after.questions:
        assert one.kind is QuestionKind.SMILES
        assert [read_answer(one, str(n)) for n in range(1, 6)] == [2, 4, 6, 8, 10]
    assert after.question("S04").reversed
    assert check(after, {"C08": 8})["C08"] == 8


def test_what_is_bad_at_ten_is_turned_round_in_the_analysis() -> None:
    turned = {one.id for one in QUESTIONS if one.reversed}
    assert turned == {"S04", "T03", "PAR.2"} | {f"D{n}" for n in range(1, 10)}


def test_a_grade_has_two_decimals_and_a_date_is_read_as_people_write_it() -> None:
    grade, day = by_code("OBS").question("OBS.9"), by_code("IVW").question("IVW.date")
    assert [read_answer(grade, said) for said in ("4,25", "4.2", "4")] == [425, 420, 400]
    assert in_words(grade, 425).args == {"text": "4,25"}
    for said in ("6", "0,5", "четыре", "4,257"):
        with pytest.raises(Unreadable):
            read_answer(grade, said)
    assert read_answer(day, "15.09.2026") == read_answer(day, "2026-09-15") == "2026-09-15"
    with pytest.raises(Unreadable):
        read_answer(day, "31.02.2026")


def test_people_are_put_in_for_the_side_that_is_asked() -> None:
    people = (Option("p7", Wording("Олег В., 10Б")), Option("p8", Wording("Ира Л., 11А")))
    for_mentee = fitted(by_code("PREF"), Side.MENTEE, people)
    assert [one.id for one in for_mentee.questions] == ["PREF.1", "PREF.2", "PREF.3", "PREF.4"]
    assert read_answer(for_mentee.questions[0], "Ира, Олег") == ["p8", "p7"]
    assert [one.id for one in fitted(by_code("PREF"), Side.MENTOR, ()).questions] == ["PREF.3", "PREF.4"]


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
    assert len(instrument.asked({})) == 11
    assert len(instrument.asked({"INT_ME_P.2": ["study"]})) == 11
    assert len(instrument.asked({"INT_ME_P.2": ["talk"]})) == 10
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
