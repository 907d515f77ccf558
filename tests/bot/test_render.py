"""Whatever is to be said, every channel can show it: limits are kept, no choice is lost, characters stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import questions
from bot.answers import Option
from bot.messenger import Capabilities, Outgoing
from bot.render import CHARACTER, ELLIPSIS, cut, render, units
from bot.talk import SCALE, Question, Said
from bot.telegram.messenger import TelegramMessenger
from bot.vk.messenger import VkMessenger, keyboard
from bot.web.messenger import WebMessenger
from locales import Texts
from program.instruments_reading import shipped
from program.outgoing import Choice, Message
from program.text import Text, raw
from tests.worlds.vk_keyboard import read_keyboard

CHANNELS: dict[str, Capabilities] = {
    "telegram": TelegramMessenger.capabilities,
    "vk": VkMessenger.capabilities,
    "web": WebMessenger.capabilities,
}
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


def shown(message: Message, can: Capabilities, *, familiar: bool = False) -> Outgoing:
    words = Texts("ru", familiar=familiar)
    return render(message, words, can, address="1", key=1, resolve=lambda url: url)


def keeps_limits(outgoing: Outgoing, can: Capabilities) -> None:
    assert 0 < units(outgoing.text) <= can.text_limit
    buttons = [button for row in outgoing.rows for button in row]
    inline = len(buttons) <= can.buttons and len(outgoing.rows) <= can.rows
    lower = len(buttons) <= 40 and len(outgoing.rows) <= can.lower_rows
    assert inline or lower
    for row in (*outgoing.rows, *(outgoing.lower or ())):
        assert 1 <= len(row) <= can.row
        for button in row:
            assert 0 < units(button.label) <= can.label_limit
            assert button.data.isascii()
            assert len(button.data) <= 60
    if can is VkMessenger.capabilities and (drawn := keyboard(outgoing.rows, outgoing.lower)):
        read_keyboard(drawn)  # VK's own rules


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


def test_what_does_not_fit_under_a_vk_message_is_a_keyboard_that_closes_once_used() -> None:
    message = questions.message(scale(progress=(2, 9), can_go_back=True), [], 7, familiar=False)
    outgoing = shown(message, VkMessenger.capabilities)
    assert read_keyboard(keyboard(outgoing.rows, outgoing.lower))[1] == "one_time"


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("familiar", [False, True])
def test_every_question_of_every_questionnaire_fits(channel: str, familiar: bool) -> None:
    can = CHANNELS[channel]
    asked = [question for instrument in shipped() for question in instrument.questions]
    assert len(asked) > 30
    for question in asked:
        options = [Option(option.code, option.label.text) for option in question.options]
        many = question.kind == "multi"
        if question.kind == "scale10":
            open_question = scale(skip=True, progress=(1, 9), can_go_back=True)
        else:
            open_question = Question(
                question.id, question.text.text, tuple(options), (options[0].value,) if many else None,
                question.limit, True, False, False, (99, 99), True,
            )  # fmt: skip
        said = [Said(Text("talk-offer-person"), (Choice(Text("menu-curator"), "f:curator"),))]
        message = questions.message(open_question, said, 99_999, familiar=familiar)
        outgoing = shown(message, can, familiar=familiar)
        keeps_limits(outgoing, can)
        loses_no_choice(message, outgoing, can, Texts("ru", familiar=familiar))
        assert ELLIPSIS not in outgoing.text
