"""Answers to an instrument: read from what was typed, checked before they are kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from program.errors import Refusal
from program.instruments import (
    LONGEST_WORDS,
    Answers,
    Instrument,
    Option,
    Question,
    QuestionKind,
    Value,
    next_question,
    shown,
)
from program.names import folded
from program.text import Text

LAST_MARK = 10
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_DAY = re.compile(r"(\d{1,2})[.\-/ ](\d{1,2})[.\-/ ](\d{4})")


class Unreadable(ValueError):
    """The answer cannot be read. `text` with `values` says what to do."""

    def __init__(self, text: str, **values: int) -> None:
        super().__init__(text)
        self.text = Text(text, values)
        self.values = values


def read_answer(question: Question, raw: str) -> Value:
    """The value of a typed answer: words, a number, an option by its code, number, label or the unique
    beginning of its label (several: separated by commas). Both languages are understood.

    Raises:
        Unreadable: `text` is the hint to show.
    """
    said = raw.strip()
    match question.kind:
        case QuestionKind.TEXT:
            return _words(said, question.limit or LONGEST_WORDS)
        case QuestionKind.SCALE10:
            return _number(said, 1, LAST_MARK)
        case QuestionKind.NUMBER if question.decimals:
            return _decimal(said, question)
        case QuestionKind.NUMBER:
            return _number(said, question.low_number, question.high_number)
        case QuestionKind.DATE:
            return _date(said)
        case QuestionKind.SMILES:
            return int(_option(question.options, said))
        case QuestionKind.RANGE:
            return _range(said, question.low_number, question.high_number)
        case QuestionKind.MULTI:
            parts = [part for part in re.split(r"[,;\n]", said) if part.strip()]
            codes = list(dict.fromkeys(_option(question.options, part) for part in parts))
            if not codes:
                raise Unreadable("answer-choose", last=len(question.options))
            if question.limit and len(codes) > question.limit:
                raise Unreadable("questionnaire-too-many", limit=question.limit)
            return codes
        case _:
            return _option(question.options, said)


def check(instrument: Instrument, answers: Answers) -> dict[str, Value]:
    """The answers as they are kept: only questions that were asked, an empty choice is a skipped one.

    Raises:
        Refusal: a question that must be answered is not.
        ValueError: a value that its question cannot have; no person can cause it through a flow.
    """
    unknown = [question_id for question_id in answers if not instrument.has(question_id)]
    if unknown:
        raise ValueError(f"{instrument.code}: no such question {unknown}")
    found = {name: None if value == [] else value for name, value in shown(instrument, answers).items()}
    for name, value in found.items():
        question = instrument.question(name)
        if value is None:
            if question.required:
                raise Refusal("questionnaire-needed", question=question.text.text)
        elif not _fits(question, value):
            raise ValueError(f"{name}: {question.kind} cannot be {type(value).__name__}")
    while missing := next_question(instrument, found):
        if missing.required:
            raise Refusal("questionnaire-needed", question=missing.text.text)
        found[missing.id] = None
    return found


def in_words(question: Question, value: Value) -> Text:
    """An answer as its writer reads it in the summary."""
    if value is None or value == []:
        return Text("questionnaire-skipped")
    if question.options:
        codes = [str(code) for code in value] if isinstance(value, list) else [str(value)]
        labels = [option.label for option in question.options if option.code in codes]
        joined = {"ru": ", ".join(label.ru for label in labels)}
        if all(label.en for label in labels):
            joined["en"] = ", ".join(label.en for label in labels)
        if any(label.ty for label in labels):
            joined["ty"] = ", ".join(label.ty or label.ru for label in labels)
        return Text("worded", joined)
    if isinstance(value, list):
        return Text("raw", {"text": f"{value[0]}–{value[1]}"})
    if question.decimals and isinstance(value, int):
        return Text("raw", {"text": with_comma(value, question.decimals)})
    return Text("raw", {"text": str(value)})


def _fits(question: Question, value: Value) -> bool:
    kind = question.kind
    if kind is QuestionKind.SMILES:
        return isinstance(value, int) and str(value) in question.codes
    if kind is QuestionKind.DATE:
        return isinstance(value, str) and _ISO.fullmatch(value) is not None
    if kind is QuestionKind.TEXT:
        return isinstance(value, str) and 0 < len(value) <= (question.limit or LONGEST_WORDS)
    if kind is QuestionKind.SCALE10:
        return isinstance(value, int) and 1 <= value <= LAST_MARK
    if kind is QuestionKind.NUMBER:
        return isinstance(value, int) and question.low_number <= value <= question.high_number
    if kind is QuestionKind.RANGE:
        bounds = value if isinstance(value, list) else []
        low, high = question.low_number, question.high_number
        return len(bounds) == 2 and all(isinstance(n, int) and low <= n <= high for n in bounds)
    if kind is QuestionKind.MULTI:
        codes = value if isinstance(value, list) else []
        known = 0 < len(codes) == len(set(codes)) and set(codes) <= set(question.codes)
        return known and (not question.limit or len(codes) <= question.limit)
    return value in question.codes


def _words(said: str, longest: int) -> str:
    if not said:
        raise Unreadable("answer-empty")
    if len(said) > longest:
        raise Unreadable("answer-too-long", limit=longest, length=len(said))
    return said


def _number(said: str, low: int, high: int) -> int:
    if not said.isdecimal() or len(said) > 6 or not low <= int(said) <= high:
        raise Unreadable("answer-number", low=low, high=high)
    return int(said)


def _decimal(said: str, question: Question) -> int:
    """«4,25» or «4.25» as 425; the bounds are of the kept number."""
    whole, _, rest = said.replace(",", ".").partition(".")
    digits = whole + rest.ljust(question.decimals, "0")
    low, high = question.low_number, question.high_number
    if len(rest) > question.decimals or not digits.isdecimal() or not low <= int(digits[:9]) <= high:
        raise Unreadable(
            "answer-number", low=low // 10**question.decimals, high=high // 10**question.decimals
        )
    return int(digits)


def with_comma(value: int, decimals: int) -> str:
    """425 with two decimals as «4,25»."""
    return f"{value // 10**decimals},{value % 10**decimals:0{decimals}d}" if decimals else str(value)


def _date(said: str) -> str:
    """«15.09.2026» or «2026-09-15»."""
    found = _DAY.fullmatch(said)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1])).isoformat()
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise Unreadable("questionnaire-date") from None


def _range(said: str, low: int, high: int) -> list[int]:
    """«11-14», «с 11 до 14» or one number."""
    numbers = [int(part) for part in re.findall(r"\d{1,6}", said)]
    if not 1 <= len(numbers) <= 2 or not all(low <= number <= high for number in numbers):
        raise Unreadable("questionnaire-range", low=low, high=high)
    return [min(numbers), max(numbers)]


def _option(options: Sequence[Option], raw: str) -> str:
    said = folded(raw)
    labels = [
        (folded(words), option.code)
        for option in options
        for words in dict.fromkeys((option.label.ru, option.label.en, option.label.ty))
        if words
    ]
    # A code that is a number gives way to the option's number: «2» is the second face, not the mark 2.
    codes = [(option.code, option.code) for option in options if not option.code.isdecimal()]
    for word, code in codes + labels:
        if said == word:
            return code
    if said.isdecimal() and len(said) <= 2 and 1 <= int(said) <= len(options):
        return options[int(said) - 1].code
    begun = {code for label, code in labels if said and label.startswith(said)}
    if len(begun) != 1:
        raise Unreadable("answer-choose", last=len(options))
    return begun.pop()
