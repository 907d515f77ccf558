"""Phone numbers and bank cards in a text, in whatever way they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

# Between the digits of one number. A colon belongs to clocks and scores, a comma to lists.
_BETWEEN = r"[\s.\-–—−()\[\]/\\_*·•~|'\"°]{0,4}"
_RUN = re.compile(rf"\+?\d(?:{_BETWEEN}\d)+")
_LISTED = re.compile(r"(?<!\d)[78][,;]\s*(9\d\d[,;]\s*\d{3}[,;]\s*\d\d[,;]?\s*\d\d|9(?:[,;]\s*\d){9})(?!\d)")
_DIGITS = re.compile(r"\d+")
_LOOKS = re.compile(r"(?<=\d)[oо](?=[\doо])|(?<=[\d][\s-])[oо](?=[\doо])|(?<=\d)[lі|збч](?=\d)")
_TWINS = {"l": "1", "і": "1", "|": "1", "з": "3", "б": "6", "ч": "4"}
_ASKS = re.compile(
    r"(?<!\w)(?:тел(?!\w|ег|ев|еж|ес|еп)|телефон|номер\s+(?:тел|моб)|мой\s+номер|моб(?:ильн\w+)?(?!\w)|сотов\w+|"
    r"звони|позвони|набери|набирай|смс|sms|ватсап|вотсап|вацап|whatsapp|вайбер|viber|симк)"
)
_PAYS = re.compile(r"(?<!\w)(?:карт[аеуы]|картой|сбер\w*|тиньк\w*|т-банк|переведи|перевод|скинь|скидывай)")
_DATE_OR_TIME = re.compile(r"(?:\d{1,2}\.\d{1,2}\.(?:\d{4}|\d{2})|\d{1,2}\.\d{1,2}|\d{4})г?\.?")
_UNITS = {
    "ноль": 0, "нуль": 0, "один": 1, "одна": 1, "два": 2, "две": 2, "три": 3, "четыре": 4, "пять": 5, "шесть": 6,
    "семь": 7, "восемь": 8, "девять": 9,
}  # fmt: skip
_TEENS = {
    "десять": 10, "одиннадцать": 11, "двенадцать": 12, "тринадцать": 13, "четырнадцать": 14, "пятнадцать": 15,
    "шестнадцать": 16, "семнадцать": 17, "восемнадцать": 18, "девятнадцать": 19,
}  # fmt: skip
_TENS = {
    "двадцать": 20, "тридцать": 30, "сорок": 40, "пятьдесят": 50, "шестьдесят": 60, "семьдесят": 70, "восемьдесят": 80,
    "девяносто": 90,
}  # fmt: skip
_HUNDREDS = {
    "сто": 100, "двести": 200, "триста": 300, "четыреста": 400, "пятьсот": 500, "шестьсот": 600, "семьсот": 700,
    "восемьсот": 800, "девятьсот": 900,
}  # fmt: skip
_SPOKEN = re.compile(
    r"(?<![а-яё])(?:"
    + "|".join(sorted((*_UNITS, *_TEENS, *_TENS, *_HUNDREDS), key=len, reverse=True))
    + r")(?![а-яё])"
)
_FREE = "8800"  # numbers that everybody may call: help lines among them


def has_phone(plain: str) -> bool:
    """Args:
    plain: lower case, one form of each sign.
    """
    words = _in_digits(plain)
    asks = _ASKS.search(plain) is not None
    return _LISTED.search(words) is not None or any(_holds_phone(run, asks=asks) for run in _runs(words))


def has_card(plain: str) -> bool:
    """Thirteen to nineteen digits of a bank card: they carry their own check (ISO/IEC 7812, Luhn)."""
    words = _in_digits(plain)
    pays = _PAYS.search(plain) is not None
    for run in _runs(words):
        for first in range(len(run.groups)):
            digits = ""
            for last, group in enumerate(run.groups[first:], first):
                digits += group
                shape = [len(one) for one in run.groups[first : last + 1]]
                if len(digits) > 19:
                    break
                if not len(digits) >= 13 or digits[0] not in "23456":
                    continue
                if set(shape) == {1} and not _evenly(run, first, last):
                    continue
                if _written_so(shape) and (_checks(digits) or (pays and len(digits) == 16)):
                    return True
    return False


def _written_so(shape: list[int]) -> bool:
    """In one piece, by fours, by eights, or digit by digit."""
    return len(shape) == 1 or set(shape[:-1]) in ({4}, {8}) or set(shape) == {1}


@dataclass(frozen=True)
class _Run:
    """Digits with nothing but separators between them."""

    text: str
    groups: tuple[str, ...]
    plus: bool


def _runs(words: str) -> list[_Run]:
    return [
        _Run(found[0], tuple(_DIGITS.findall(found[0])), found[0].startswith("+"))
        for found in _RUN.finditer(words)
    ]


def _holds_phone(run: _Run, *, asks: bool) -> bool:
    if _only_dates(run.text):
        return False
    if run.plus and 10 <= len("".join(run.groups)) <= 15 and not _starts_free(run.groups):
        return True
    for first in range(len(run.groups)):
        digits = ""
        for last, group in enumerate(run.groups[first:], first):
            digits += group
            if len(digits) > 11:
                break
            shape = [len(one) for one in run.groups[first : last + 1]]
            if _is_phone(digits, shape, run, first, last, asks=asks):
                return True
    # Digits run together with others: «1)89123456789», «89123456789 10».
    return any(_mobile_inside(group) for group in run.groups)


def _is_phone(digits: str, shape: list[int], run: _Run, first: int, last: int, *, asks: bool) -> bool:
    whole = first == 0 and last == len(run.groups) - 1
    if len(digits) == 11 and digits[0] in "78":
        if digits.startswith(_FREE):
            return False
        if digits[1] == "9":
            return not _dated(run, first, last)
        return digits[1] in "3456" and (len(shape) == 1 or shape[:2] in ([1, 3], [1, 4], [1, 5]) or asks)
    if len(digits) == 10 and digits[0] == "9":
        if shape == [1] * 10:
            return asks or _evenly(run, first, last)
        return asks or shape == [10] or (shape[0] == 3 and min(shape) >= 2)
    if not whole:
        return False
    if shape == [3, 2, 2]:
        return asks or bool(re.fullmatch(r"\d{3}[-–]\d{2}[-–]\d{2}", run.text))
    return asks and (shape == [2, 2, 2] or (len(digits) in (6, 7) and len(shape) == 1))


def _evenly(run: _Run, first: int, last: int) -> bool:
    """Whether the same sign parts all of these groups: digits of one number, not a numbered list."""
    groups = list(_DIGITS.finditer(run.text))[first : last + 1]
    return len({run.text[a.end() : b.start()] for a, b in pairwise(groups)}) == 1


def _mobile_inside(group: str) -> bool:
    return len(group) > 11 and len(group) < 14 and re.search(r"(?:7|8)9\d{9}", group) is not None


def _starts_free(groups: tuple[str, ...]) -> bool:
    return "".join(groups).startswith(("8800", "7800"))


def _dated(run: _Run, first: int, last: int) -> bool:
    """Whether these groups are dates and hours with full stops: «8.9.26 9.00 10.15»."""
    groups = list(_DIGITS.finditer(run.text))
    return _only_dates(run.text[groups[first].start() : groups[last].end()])


def _only_dates(text: str) -> bool:
    parts = [part for part in re.split(r"[\s\-–—−()]+", text) if part.strip(".+")]
    dotted = [part for part in parts if "." in part.strip(".")]
    if not dotted or len(dotted) < len(parts) - 1:
        return False
    return all(_DATE_OR_TIME.fullmatch(part) and _plausible(part) for part in parts)


def _plausible(part: str) -> bool:
    """Days up to 31 with months up to 12, or hours up to 23 with minutes up to 59."""
    numbers = [int(one) for one in _DIGITS.findall(part)]
    if len(numbers) == 1:
        return 1900 <= numbers[0] <= 2100
    if len(numbers) == 3:
        return 1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12
    return (1 <= numbers[0] <= 31 and 1 <= numbers[1] <= 12) or (numbers[0] <= 23 and numbers[1] <= 59)


def _checks(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(digits)) > 1


def _in_digits(plain: str) -> str:
    """Numbers said in words become digits: «восемь девятьсот двенадцать» is «8 912»."""
    found = list(_SPOKEN.finditer(plain))
    if not found:
        return _LOOKS.sub(_twin, plain)
    made, at, number = "", 0, 0
    while number < len(found):
        value, used = _value(plain, found, number)
        made += plain[at : found[number].start()] + str(value)
        at = found[number + used - 1].end()
        number += used
    return _LOOKS.sub(_twin, made + plain[at:])


def _value(plain: str, found: list[re.Match[str]], number: int) -> tuple[int, int]:
    """One number said in up to three words, and how many words it took."""
    total, used, room = 0, 0, 1000
    for match in found[number : number + 3]:
        if used and plain[found[number + used - 1].end() : match.start()].strip():
            break
        value, size, left = _size(match[0])
        if size >= room or (used and value == 0):
            break
        total, used, room = total + value, used + 1, left
    return total, max(used, 1)


def _size(word: str) -> tuple[int, int, int]:
    """The word's value, how much room it needs, how much it leaves for the next one."""
    if word in _HUNDREDS:
        return _HUNDREDS[word], 999, 100
    if word in _TENS:
        return _TENS[word], 99, 10
    if word in _TEENS:
        return _TEENS[word], 99, 0
    return _UNITS[word], 9, 0


def _twin(found: re.Match[str]) -> str:
    return _TWINS.get(found[0], "0")
