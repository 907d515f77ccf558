"""From a message of the outbox to what a channel can show: words chosen, lengths fitted."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.messenger import Button, Capabilities, Outgoing
from bot.questions import TICKS_SHOWN
from locales import Texts
from program.outgoing import Choice, Message, Ticks
from program.text import Text

Rows = tuple[tuple[Choice, ...], ...]

ELLIPSIS = "…"
TICK = re.compile(r"t:\d+:t\d+~?")
HELP = Choice(Text("menu-help"), "f:help")
# The summary of a questionnaire has up to nineteen; the events of a plan up to twelve.
ROWS = (
    "talk-check-row",
    "talk-option",
    "privacy-consent-line",
    "plan-event-row",
    "plan-goal-mark",
    "basics-can-",
)
LOWER_ROW = 4  # ten such rows are the forty buttons that VK takes in place of typing

# What a reader sees as one character: a flag of two letters; a sign with its accents, its colour of skin, and
# whoever is joined to it (a family is up to seven code points).
_MARKS = "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]"
_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
CHARACTER = re.compile(f"(?:{_FLAG}|.){_MARKS}*(?:\u200d.{_MARKS}*)*", re.DOTALL)


def units(words: str) -> int:
    """Length as the platforms count it: UTF-16 code units."""
    return len(words.encode("utf-16-le")) // 2


def cut(words: str, limit: int) -> str:
    """At most `limit` UTF-16 units, whole characters, with an ellipsis where something is missing."""
    if units(words) <= limit:
        return words
    kept, used = [], 0
    for character in CHARACTER.findall(words):
        used += units(character)
        if used > limit - 1:
            break
        kept.append(character)
    return "".join(kept) + ELLIPSIS


def render(
    message: Message,
    words: Texts,
    can: Capabilities,
    *,
    address: str,
    key: int,
    resolve: Callable[[str], str],
    photos: tuple[tuple[str, str, bytes], ...] = (),
) -> Outgoing:
    """What is handed to the messenger.

    A choice that cannot be a button any more (too many of them, no link buttons) is written into the
    text: its number can be typed, its address can be opened.
    """
    if message.familiar:
        words = Texts(words.language, familiar=True)
    asked = _with_help(message, can)
    texts = message.texts
    if message.ticks and can.lower_rows and not _fits(asked, can):
        asked, texts = _some_ticks(asked, message, message.ticks)
    body = _joined([(text.id.startswith(ROWS), words(text)) for text in texts])
    rows: list[tuple[Button, ...]] = []
    left: list[Choice] = []
    count = 0
    for row in asked:
        buttons = tuple(_button(choice, words, can, resolve) for choice in row)
        fits = count + len(buttons) <= can.buttons and len(rows) < can.rows and len(buttons) <= can.row
        if fits and (can.url_buttons or not any(button.url for button in buttons)):
            rows.append(buttons)
            count += len(buttons)
        else:
            left.extend(row)
    if left and can.lower_rows:
        # They take the place of typing until one is used; a link stays a line of text.
        packed, left = _packed(asked, can)
        rows = [tuple(_button(choice, words, can, resolve) for choice in row) for row in packed]
    lower: tuple[tuple[Button, ...], ...] | None = None
    if message.home and can.lower_keyboard:
        home = [_button(choice, words, can, resolve) for choice in message.home]
        lower = tuple(tuple(home[at : at + 2]) for at in range(0, len(home), 2))
    lines = [_line(choice, words, resolve) for choice in left]
    text = _fitted(body, "\n\n".join(lines), can.text_limit)
    return Outgoing(
        address,
        text,
        key,
        tuple(rows),
        lower,
        photos,
        in_place=message.in_place,
        commands=tuple((name, words(Text(f"command-{name}"))) for name in message.listed),
        remove=message.remove,
        replaces=bool(message.replaces),
        silent=message.silent,
    )


def _fits(rows: Rows, can: Capabilities) -> bool:
    """Whether all of it stands under one message."""
    return (
        sum(map(len, rows)) <= can.buttons
        and len(rows) <= can.rows
        and all(len(row) <= can.row for row in rows)
    )


def _some_ticks(rows: Rows, message: Message, ticks: Ticks) -> tuple[Rows, tuple[Text, ...]]:
    """All answers in the text with their numbers, some of them as buttons: ticks are redrawn in the one message.

    The keyboard in place of typing could hold them all, but only a new message changes it.
    """
    everything = [one for row in rows for one in row]
    options = [one for one in everything if TICK.fullmatch(one.data)]
    ways = [one for one in everything if _controls(one) or one == HELP]
    others = [one for one in everything if one not in options and one not in ways]
    shown = [(one,) for one in options[ticks.first : ticks.first + TICKS_SHOWN]]
    numbered = tuple(
        Text("talk-option", {"number": number, "label": one.label}) for number, one in enumerate(options, 1)
    )
    read_aloud = any(text.id == "talk-option" for text in message.texts)
    texts = message.texts if read_aloud else (*message.texts, *numbered, Text("talk-numbers"))
    ways = [one for one in ways if one != HELP or len(others) < 2]  # «Готово» is among the others
    return (*shown, (ticks.more, *others), tuple(ways)), texts


def _with_help(message: Message, can: Capabilities) -> tuple[tuple[Choice, ...], ...]:
    """The rows; under an open question with the way to help beside «Назад», where no menu stays in sight."""
    if can.menu_stays or not message.asks:
        return message.rows
    control = message.rows[-1] if message.rows and any(_controls(one) for one in message.rows[-1]) else ()
    if control and len(control) < can.row:
        return (*message.rows[:-1], (*control, HELP))
    last = message.rows[-1] if message.rows else ()
    if len(message.rows) == can.rows and sum(map(len, message.rows)) < can.buttons and len(last) < can.row:
        return (*message.rows[:-1], (*last, HELP))  # a row more would not fit under the message
    return (*message.rows, (HELP,))


def _controls(choice: Choice) -> bool:
    return choice.data.rpartition(":")[2] in ("back", "skip", "stop")


def _joined(paragraphs: list[tuple[bool, str]]) -> str:
    """Paragraphs with an empty line between them; rows of a table stand line by line."""
    text, before = "", False
    for row, words in paragraphs:
        text += ("\n" if row and before else "\n\n" if text else "") + words
        before = row
    return text


def _packed(
    rows: tuple[tuple[Choice, ...], ...], can: Capabilities
) -> tuple[list[tuple[Choice, ...]], list[Choice]]:
    """Rows for the keyboard in place of typing, and what is left for the text."""
    linkless = [choice for row in rows for choice in row if not choice.url]
    as_drawn = [row for row in rows if not any(choice.url for choice in row)]
    links = [choice for row in rows for choice in row if choice.url]
    fits = len(as_drawn) <= can.lower_rows and all(len(row) <= can.row for row in as_drawn)
    most = can.lower_rows * LOWER_ROW
    if fits and sum(map(len, as_drawn)) == len(linkless) <= most:
        return as_drawn, links
    packed = [tuple(linkless[at : at + LOWER_ROW]) for at in range(0, len(linkless[:most]), LOWER_ROW)]
    return packed, [*linkless[most:], *links]


def _line(choice: Choice, words: Texts, resolve: Callable[[str], str]) -> str:
    label = words(choice.label)
    return f"{label}: {resolve(choice.url)}" if choice.url else label


def _fitted(body: str, lines: str, limit: int) -> str:
    """One text; what is too long loses the end of its body, not its choices."""
    if not lines:
        return cut(body, limit)
    room = limit - units(lines) - 2
    return f"{cut(body, room)}\n\n{lines}" if room > 1 else cut(lines, limit)


def _button(choice: Choice, words: Texts, can: Capabilities, resolve: Callable[[str], str]) -> Button:
    label = cut(words(choice.label), can.label_limit)
    return Button(label, choice.data, resolve(choice.url) if choice.url else "", choice.style)
