"""Whatever is to be said, every channel can show it: limits are kept, no choice is lost, characters stay whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.work import Work
from bot import questions, talk
from bot.answers import Option
from bot.asked import Question, Said
from bot.flows import questionnaire
from bot.journal import Journal
from bot.messenger import Capabilities, Outgoing
from bot.render import CHARACTER, ELLIPSIS, cut, units
from bot.talk import SCALE, Flow, Talk
from bot.vk.messenger import VkMessenger, keyboard
from locales import Texts
from program import instruments
from program.channels import Channel
from program.instruments_reading import shipped
from program.outgoing import Choice, Message
from program.text import Text, raw
from tests.bot.fits import CHANNELS, keeps_limits, shown
from tests.worlds.vk_keyboard import read_keyboard

FAMILY = "👨‍👩‍👧‍👦"
PIECES = [FAMILY, "🇷🇺", "👍🏽", "й", "é", "ё", "а", " ", "\n", "שלום", "مرحبا", "\u202e", "𝒜", "❤️"]

written = st.lists(st.sampled_from(PIECES), min_size=1, max_size=60).map("".join).filter(str.strip)
labels = (
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=12)
    .map(lambda p: "".join(p)[:55])
    .filter(str.strip)
)
pressed = st.integers(0, 99).map(lambda n: {"data": f"t:12345:t{n}"})
linked = st.just({"url": "https://school.example.org/chat/abcdef"})
choices = st.builds(lambda label, to: Choice(raw(label), **to), labels, st.one_of(pressed, pressed, linked))
rows = st.lists(st.lists(choices, min_size=1, max_size=9).map(tuple), max_size=14).map(tuple)
messages = st.builds(
    lambda texts, rows, home, times: Message(tuple(raw(text * times) for text in texts), rows, home),
    st.lists(written, min_size=1, max_size=4),
    rows.filter(lambda rows: sum(map(len, rows)) <= 45),
    st.lists(choices, max_size=6).map(tuple),
    st.sampled_from([1, 1, 40]),
)


def loses_no_choice(message: Message, outgoing: Outgoing, can: Capabilities, words: Texts) -> None:
    buttons = {(button.label, button.data or button.url) for row in outgoing.rows for button in row}
    lines = outgoing.text.split("\n\n")
    for choice in (choice for row in message.rows for choice in row):
        label = words(choice.label)
        line = f"{label}: {choice.url}" if choice.url else label
        assert (cut(label, can.label_limit), choice.data or choice.url) in buttons or line in outgoing.text, (
            lines
        )


@pytest.mark.parametrize("channel", CHANNELS)
@given(message=messages)
@settings(max_examples=120, deadline=None)
def test_any_message_fits_and_loses_no_choice(channel: str, message: Message) -> None:
    can = CHANNELS[channel]
    outgoing = shown(message, can)
    keeps_limits(outgoing, can)
    loses_no_choice(message, outgoing, can, Texts("ru"))


@given(words=written, limit=st.integers(1, 80))
@settings(max_examples=300, deadline=None)
def test_what_is_cut_ends_with_a_whole_character(words: str, limit: int) -> None:
    short = cut(words, limit)
    assert units(short) <= limit
    if short != words:
        assert short.endswith(ELLIPSIS)
        kept = short.removesuffix(ELLIPSIS)
        assert words.startswith(kept)
        whole = CHARACTER.findall(words)
        assert kept in {"".join(whole[:count]) for count in range(len(whole) + 1)}


@pytest.mark.parametrize("one", [FAMILY, "🇷🇺", "👍🏽", "й", "é", "❤️", "👩🏽‍🚀", "🏳️‍🌈"])
def test_what_looks_like_one_character_is_kept_or_left_out_as_one(one: str) -> None:
    for limit in range(1, units(one) * 3):
        kept = cut(one * 3, limit).removesuffix(ELLIPSIS)
        assert kept == one * (len(kept) // len(one))


def test_joining_characters_back_loses_none() -> None:
    text = "".join(PIECES) * 3 + "\r\n\x00\u200d"
    assert "".join(CHARACTER.findall(text)) == text


def test_a_text_that_is_too_long_loses_its_end_and_not_the_choices() -> None:
    many = tuple((Choice(raw(f"Ответ {number}"), f"t:1:{number}"),) for number in range(60))
    outgoing = shown(Message((raw("слово " * 2000),), many), VkMessenger.capabilities)
    assert ELLIPSIS in outgoing.text
    assert outgoing.text.endswith("Ответ 59")
    assert sum(map(len, outgoing.rows)) == 40


# The questions that there are


def scale(**values: object) -> Question:
    ends = Text("talk-scale", {"low": raw("совсем нет"), "high": raw("очень")})
    return Question("q", raw("Насколько?"), SCALE, wide=True, notes=(ends,), **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("skip", [False, True])
def test_a_scale_of_ten_shows_every_mark_and_every_way_out_as_buttons(channel: str, skip: bool) -> None:
    can = CHANNELS[channel]
    message = questions.message(
        scale(skip=skip, progress=(2, 9), can_go_back=True), [], 99_999, familiar=True
    )
    outgoing = shown(message, can)
    keeps_limits(outgoing, can)
    labels = [button.label for row in outgoing.rows for button in row]
    assert labels[:10] == [str(number) for number in range(1, 11)]
    assert len(labels) == 12 + skip


@pytest.mark.parametrize("first", [0, 4, 8])
def test_ticks_that_do_not_fit_stand_under_the_message_four_at_a_time_and_in_its_text(first: int) -> None:
    options = tuple(Option(str(n), raw(f"Ответ {n}")) for n in range(10))
    question = Question(
        "q", raw("Что?"), options, chosen=("3",), skip=True, progress=(2, 9), can_go_back=True
    )
    said = [Said(raw("Позвать?"), (Choice(raw("Куратор"), "f:curator"),))]
    message = replace(questions.message(question, said, 7, familiar=False, first=first), asks=True)
    outgoing = shown(Message.from_json(message.to_json()), VkMessenger.capabilities)
    assert read_keyboard(keyboard(outgoing.rows, outgoing.lower, silent=outgoing.silent))[1] == "inline"
    labels = [button.label.removeprefix("✓ ") for row in outgoing.rows for button in row]
    assert labels[: min(4, 10 - first)] == [f"Ответ {n}" for n in range(first, min(first + 4, 10))]
    assert {"Другие ответы", "Готово (1)", "Куратор", "Назад", "Пропустить", "Выйти"} <= set(labels)
    assert all(f"Ответ {n}" in outgoing.text for n in range(10))


def test_what_does_not_fit_under_a_vk_message_is_a_keyboard_that_closes_once_used() -> None:
    message = questions.message(scale(progress=(2, 9), can_go_back=True), [], 7, familiar=False)
    outgoing = shown(message, VkMessenger.capabilities)
    assert read_keyboard(keyboard(outgoing.rows, outgoing.lower))[1] == "one_time"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("familiar", [False, True])
async def test_every_question_of_every_questionnaire_fits(channel: str, familiar: bool, work: Work) -> None:
    can = CHANNELS[channel]
    asked = [question for instrument in shipped() for question in instrument.questions]
    assert len(asked) > 30
    words = Texts("ru", familiar=familiar)
    said = [Said(Text("talk-offer-person"), (Choice(Text("menu-curator"), "f:curator"),))]
    for one in asked:
        outcome = await talk.run(_only(one), Journal(), work, 1, {}, words, Channel.VK)
        assert outcome.question is not None
        # As crowded as it gets: counted, with a way back, after the third miss.
        question = replace(outcome.question, progress=(99, 99), can_go_back=True)
        message = questions.message(question, said, 99_999, familiar=familiar)
        outgoing = shown(message, can, familiar=familiar)
        keeps_limits(outgoing, can)
        loses_no_choice(message, outgoing, can, words)
        assert ELLIPSIS not in outgoing.text


def _only(question: instruments.Question) -> Flow:
    async def flow(talk: Talk) -> None:
        await questionnaire._ask(talk, question)

    return flow
