"""Readers: what a person typed or pressed becomes a value, or a sentence that says what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

import phonenumbers

from locales import Texts
from program.names import folded
from program.text import Text

LONGEST_NAME = 60
LONGEST_WORDS = 1000


class Unclear(Exception):
    """The answer cannot be read. `text` is the hint to show before asking again."""

    def __init__(self, text: str, **args: str | int) -> None:
        super().__init__(text)
        self.text = Text(text, args)


@dataclass(frozen=True)
class Option:
    """One possible answer: what the journal keeps, what the button says."""

    value: str
    label: Text
    style: str = ""


def one_of(options: Sequence[Option], words: Texts) -> Callable[[str], str]:
    """Reads a value, a number from 1, a label or the unique beginning of a label."""

    def read(raw: str) -> str:
        for option in options:
            if raw == option.value:
                return option.value
        found = match(raw, options, words)
        if found is None:
            raise Unclear("answer-choose", last=len(options))
        return found

    return read


def else_words(first: Callable[[str], str], then: Callable[[str], str] | None) -> Callable[[str], str]:
    """Reads an option, else what `then` reads."""

    def read(typed: str) -> str:
        try:
            return first(typed)
        except Unclear:
            if then is None:
                raise
            return then(typed)

    return read


def match(raw: str, options: Sequence[Option], words: Texts) -> str | None:
    """The value of the option that was meant, or None."""
    said = folded(raw)
    if not said:
        return None
    labels = [(folded(words(option.label)), option.value) for option in options]
    for label, value in labels:
        if said == label:
            return value
    if said.isdecimal() and 1 <= int(said) <= len(options):
        return options[int(said) - 1].value
    begun = [value for label, value in labels if label.startswith(said)]
    return begun[0] if len(begun) == 1 else None


def clean(raw: str) -> str:
    """Without invisible and direction-changing characters, with single spaces inside lines."""
    kept = "".join(
        c for c in unicodedata.normalize("NFC", raw) if c == "\n" or unicodedata.category(c)[0] != "C"
    )
    return "\n".join(" ".join(line.split()) for line in kept.splitlines()).strip()


def some_text(longest: int = LONGEST_WORDS) -> Callable[[str], str]:
    """Free words, not empty."""

    def read(raw: str) -> str:
        words = clean(raw)
        if not words:
            raise Unclear("answer-empty")
        if len(words) > longest:
            raise Unclear("answer-too-long", limit=longest, length=len(words))
        return words

    return read


def whole_number(low: int, high: int) -> Callable[[str], int]:
    def read(raw: str) -> int:
        said = raw.strip()
        if not said.isdecimal() or not low <= int(said) <= high:
            raise Unclear("answer-number", low=low, high=high)
        return int(said)

    return read


_NAME = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", re.UNICODE)


def name_part(raw: str, unclear: str = "answer-name") -> str:
    """One name: letters, a hyphen or an apostrophe inside; the first letter is made a capital."""
    said = clean(raw).replace("\n", " ")
    if not said or len(said) > LONGEST_NAME:
        raise Unclear(unclear)
    parts = said.split(" ")
    if len(parts) > 3 or not all(_NAME.fullmatch(part) for part in parts):
        raise Unclear(unclear)
    return " ".join(part if part[:1].isupper() else part.capitalize() for part in parts)


last_name = partial(name_part, unclear="answer-last-name")
middle_name = partial(name_part, unclear="answer-middle-name")


def full_name(raw: str) -> str:
    """«Фамилия Имя Отчество» or «Фамилия Имя»: two to four names."""
    said = clean(raw).replace("\n", " ")
    parts = said.split(" ")
    if not 2 <= len(parts) <= 4 or len(said) > 2 * LONGEST_NAME or not all(_NAME.fullmatch(p) for p in parts):
        raise Unclear("answer-full-name")
    return " ".join(part if part[:1].isupper() else part.capitalize() for part in parts)


def split_name(full: str) -> tuple[str, str, str]:
    """Last, first and middle name of what `full_name` read."""
    last, first, *middle = full.split(" ")
    return last, first, " ".join(middle)


_LATIN = str.maketrans("ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху")
_CLASS = re.compile(r"(1[01]|[1-9])\s*[-«\"“]?\s*([А-ЯЁ]?)[»\"”]?")


def class_name(raw: str) -> str:
    """«8А» from «8 a», «8-а», «8«А»»."""
    said = _CLASS.fullmatch(clean(raw).translate(_LATIN).upper().replace("КЛАСС", "").strip())
    if said is None:
        raise Unclear("answer-class")
    return said.group(1) + said.group(2)


def past_date(today: date, oldest: int = 100) -> Callable[[str], date]:
    """A birth date: дд.мм.гггг (or ISO), not in the future, at most `oldest` years ago."""

    def read(raw: str) -> date:
        said = clean(raw).replace("/", ".").replace(",", ".").replace(" ", "")
        for pattern in ("%d.%m.%Y", "%Y-%m-%d"):
            try:
                found = datetime.strptime(said, pattern).date()  # noqa: DTZ007 - a day, not an instant
            except ValueError:
                continue
            if found <= today and found.year >= today.year - oldest:
                return found
        raise Unclear("answer-date")

    return read


def phone(raw: str) -> str:
    """E.164; numbers without a country code are read as Russian."""
    try:
        number = phonenumbers.parse(clean(raw), "RU")
    except phonenumbers.NumberParseException:
        raise Unclear("answer-phone") from None
    if not phonenumbers.is_valid_number(number):
        raise Unclear("answer-phone")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
