"""From a message of the outbox to what a channel can show: words chosen, lengths fitted."""

from __future__ import annotations

from collections.abc import Callable

from bot.messenger import Button, Capabilities, Outgoing
from locales import Texts
from program.outgoing import Choice, Message

ELLIPSIS = "…"


def units(words: str) -> int:
    """Length as the platforms count it: UTF-16 code units."""
    return len(words.encode("utf-16-le")) // 2


def cut(words: str, limit: int) -> str:
    """At most `limit` UTF-16 units, whole characters, with an ellipsis where something is missing."""
    if units(words) <= limit:
        return words
    kept, used = [], 0
    for character in words:
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
    paragraphs = [words(text) for text in message.texts]
    rows: list[tuple[Button, ...]] = []
    left: list[Choice] = []
    count = 0
    for row in message.rows:
        buttons = tuple(_button(choice, words, can, resolve) for choice in row)
        fits = count + len(buttons) <= can.buttons and len(rows) < can.rows and len(buttons) <= can.row
        if fits and (can.url_buttons or not any(button.url for button in buttons)):
            rows.append(buttons)
            count += len(buttons)
        else:
            left.extend(row)
    lower: tuple[tuple[Button, ...], ...] | None = None
    if left and can.lower_rows:
        # Everything moves to the keyboard in place of typing; a link stays a line of text.
        linkless = [row for row in message.rows if not any(choice.url for choice in row)]
        lower = tuple(tuple(_button(choice, words, can, resolve) for choice in row) for row in linkless)
        rows, left = [], [choice for row in message.rows for choice in row if choice.url]
    elif message.home and can.lower_keyboard:
        home = [_button(choice, words, can, resolve) for choice in message.home]
        lower = tuple(tuple(home[at : at + 2]) for at in range(0, len(home), 2))
    for choice in left:
        label = words(choice.label)
        paragraphs.append(f"{label}: {resolve(choice.url)}" if choice.url else label)
    text = cut("\n\n".join(paragraphs), can.text_limit)
    return Outgoing(address, text, key, tuple(rows), lower, photos)


def _button(choice: Choice, words: Texts, can: Capabilities, resolve: Callable[[str], str]) -> Button:
    label = cut(words(choice.label), can.label_limit)
    return Button(label, choice.data, resolve(choice.url) if choice.url else "", choice.style)
