"""How the bot speaks: one question at a time, lengths and sentences by age, for ears as well. Source: ux.md 1.6, 1.7."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from locales import Texts
from program.instruments import Instrument
from program.instruments_reading import shipped
from program.text import Text
from tests.reading import catalogue
from tests.test_house import STAFF, STAFF_BEGIN

PUPIL, ADULT = 350, 600  # characters of one text
PUPIL_SENTENCE, ADULT_SENTENCE = 15, 18  # words
# Read on a page of the school, or said of a law in full.
ON_A_PAGE = ("export-", "year-", "town-", "poll-", "web-")
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u26ff\u2728-\u27bf]")
MARKS = "✓✔"  # what is done; read aloud as «отмечено»


def participants() -> Iterator[tuple[str, str, str]]:
    """Id, words for adults, words for pupils."""
    for name, message in catalogue("ru").items():
        if message.file not in STAFF and not name.startswith((*STAFF_BEGIN, *ON_A_PAGE)):
            yield name, message.words, message.ty or message.words


def _longest_sentence(words: str) -> int:
    sentences = re.split(r"(?<=[.!?…:;])\s+|\n", words)
    return max(len(re.findall(r"[\w№-]+", one)) for one in sentences)


def test_no_text_is_longer_than_its_readers_age_allows() -> None:
    long = [
        (name, len(adult), len(pupil))
        for name, adult, pupil in participants()
        if len(adult) > ADULT or len(pupil) > PUPIL
    ]
    assert long == []


def test_no_sentence_is_longer_than_its_readers_age_allows() -> None:
    long = [
        (name, _longest_sentence(adult), _longest_sentence(pupil))
        for name, adult, pupil in participants()
        if _longest_sentence(adult) > ADULT_SENTENCE
        or (pupil != adult and _longest_sentence(pupil) > PUPIL_SENTENCE)
    ]
    assert long == []


def test_a_text_asks_one_thing() -> None:
    assert [
        name for name, adult, pupil in participants() if max(adult.count("?"), pupil.count("?")) > 1
    ] == []


def test_english_calls_the_schools_person_by_one_word() -> None:
    assert [name for name, message in catalogue("en").items() if "coordinator" in message.words.lower()] == []


def test_a_child_is_spoken_to_as_a_child_where_an_answer_cannot_be_read() -> None:
    only_grown_ups = {"answer-full-name", "answer-middle-name"}
    formal = {
        name
        for name, message in catalogue("ru").items()
        if message.file == "answer" and re.search(r"ите\b", message.ty or message.words)
    }
    assert formal == only_grown_ups


def test_no_text_shouts_or_speaks_of_children_to_pupils() -> None:
    wrong = [
        name
        for name, adult, pupil in participants()
        if adult.count("!") > 1 or (pupil != adult and re.search(r"\b[Дд]ет(и|ей|ям|ки)\b", pupil))
    ]
    assert wrong == []


def test_an_emoji_never_stands_alone_or_before_the_words() -> None:
    wrong = [
        name
        for name, adult, pupil in participants()
        for words in (adult, pupil)
        if len(found := [one for one in EMOJI.findall(words) if one not in MARKS]) > 1
        or (found and not words.rstrip().endswith(found[0]))
    ]
    assert wrong == []


@pytest.mark.parametrize("instrument", shipped(), ids=lambda one: one.code)
def test_a_question_of_a_questionnaire_asks_one_thing(instrument: Instrument) -> None:
    for question in instrument.questions:
        assert str(question.text.text.args.get("ru", "")).count("?") <= 1, question.id


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (Text("report-process-silent", {"days": 21}), "Пары без встречи больше 21 дня"),
        (Text("report-process-silent", {"days": 22}), "Пары без встречи больше 22 дней"),
        (
            Text("reports-share-about", {"count": 0, "some": 0, "days": 21}),
            "Пар, которые работают дольше 21 дня, пока нет.",
        ),
        (
            Text("reports-share-about", {"count": 31, "some": 5, "days": 21}),
            "Виделись за последний 21 день: 5 из 31 пары, что работает дольше этого срока.",
        ),
        (
            Text("reports-share-about", {"count": 4, "some": 3, "days": 30}),
            "Виделись за последние 30 дней: 3 из 4 пар, что работают дольше этого срока.",
        ),
        (Text("polls-days", {"days": 21}), "раз в 21 день"),
        (Text("meeting-diary-length-kept", {"minutes": 31}), "Записано: 31 минута."),
        (Text("join-age-between", {"low": 12, "high": 21}), "с 12 до 21 года"),
        (
            Text("quiz-evidence-meetings", {"part": 3, "whole": 21}),
            "по данным: состоялось 3 из 21 встречи",
        ),
        (Text("quiz-evidence-queue", {"part": 3, "whole": 5}), "по данным: с парой 3 из 5 наставляемых"),
    ],
)
def test_a_noun_agrees_with_its_number(text: Text, said: str) -> None:
    assert Texts()(text) == said
