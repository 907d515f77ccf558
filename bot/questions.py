"""How an open question looks: its paragraphs and its buttons."""

from __future__ import annotations

from dataclasses import replace

from bot.answers import Option
from bot.asked import Question, Said
from program.outgoing import Choice, Message, Ticks
from program.text import Text

WIDE = 5  # marks of a scale in one row
WAYS_OUT = ("no", "keep")  # answers that leave everything as it is
PAIRED_FROM = 7  # more options than this stand two in a row, so that ten fit VK's six rows
TICKS_SHOWN = 4  # at once where not all fit: with «Ещё», «Готово» and the ways out they are VK's ten buttons


def message(
    question: Question,
    said: list[Said],
    turn: int,
    *,
    familiar: bool,
    aloud: bool = False,
    first: int = 0,
    silent: bool = True,
) -> Message:
    """The question with what is to be said before it, in one message.

    Args:
        aloud: the answers on offer stand in the text as well, with the numbers that may be typed.
        first: the answer that may be ticked from which on they are shown where not all fit.
        silent: the reader's client can press a button without a word.
    """
    texts = [item.text for item in said]
    if question.progress:
        number, total = question.progress
        name = "talk-progress-most" if question.at_most else "talk-progress"
        texts.append(Text(name, {"number": number, "total": total}))
    texts.append(question.text)
    texts.extend(question.notes)
    if question.chosen is not None:
        texts.append(
            Text("talk-many-limit", {"limit": question.limit}) if question.limit else Text("talk-many")
        )
    if aloud:
        texts.extend(_in_words(question))
    rows = [*_option_rows(question, turn), *_control_rows(question, turn)]
    said_choices = [(choice,) for item in said for choice in item.choices]
    whole = Message(tuple(texts), tuple(said_choices + rows), familiar=familiar)
    if question.chosen is None:
        return whole
    more = Choice(Text("talk-more"), f"t:{turn}:more")
    return replace(whole, ticks=Ticks(first, more), silent=silent)


def next_ticks(first: int, count: int) -> int:
    """Which of so many answers are shown after those from `first` on; after the last the first again."""
    return first + TICKS_SHOWN if first + TICKS_SHOWN < count else 0


def _in_words(question: Question) -> list[Text]:
    """For whoever listens to messages: a reader of screens may not tell that there are buttons."""
    if not question.options or question.wide:
        return []  # a scale says it anyway
    chosen = question.chosen or ()
    rows = [
        Text("talk-option", {"number": number, "label": _tick(option, chosen)})
        for number, option in enumerate(question.options, 1)
    ]
    ways = {"back": question.can_go_back, "skip": question.skip}
    return [*rows, Text("talk-option-ways", {name: "yes" if open else "no" for name, open in ways.items()})]


def _option_rows(question: Question, turn: int) -> list[tuple[Choice, ...]]:
    chosen = question.chosen
    choices = []
    for number, option in enumerate(question.options):
        if chosen is None:
            choices.append(Choice(option.label, f"t:{turn}:{number}", style=option.style))
        else:
            choices.append(Choice(_tick(option, chosen), f"t:{turn}:t{number}"))
    if question.wide:
        width = WIDE
    else:
        width = 2 if len(choices) >= PAIRED_FROM else 1
    return [tuple(choices[at : at + width]) for at in range(0, len(choices), width)]


def _tick(option: Option, chosen: tuple[str, ...]) -> Text:
    return Text("talk-ticked", {"label": option.label}) if option.value in chosen else option.label


def _control_rows(question: Question, turn: int) -> list[tuple[Choice, ...]]:
    rows: list[tuple[Choice, ...]] = []
    if question.chosen is not None:
        done = Text("talk-done", {"count": len(question.chosen)})
        rows.append((Choice(done, f"t:{turn}:done", style="primary"),))
    row = []
    if question.can_go_back:
        row.append(Choice(Text("talk-back"), f"t:{turn}:back"))
    if question.skip:
        row.append(Choice(Text("talk-skip"), f"t:{turn}:skip"))
    if question.keeps or question.can_go_back or not _leads_out(question):
        row.append(Choice(Text("talk-stop"), f"t:{turn}:stop"))
    if row:
        rows.append(tuple(row))
    return rows


def _leads_out(question: Question) -> bool:
    """Whether one of the answers does what «Выйти» would do."""
    return any(option.value in WAYS_OUT for option in question.options)
