"""What a cell of a school's list means: names, classes, dates. Source: ux.md 3.1.

A reader returns a value and, where it had to guess, a warning; it raises `Unreadable` with what to do.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from program.text import Text

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None

NAME_LIMIT = 100  # characters of one part of a name
OLDEST = date(1930, 1, 1)
_EXCEL_ZERO = date(1899, 12, 30)
_FOLD = str.maketrans("ABCEHKMOPTXYaceopxyk", "АВСЕНКМОРТХУасеорхук")
_CLASS_FOLD = str.maketrans("ABCEHKMOPTXYDG", "АВСЕНКМОРТХУДГ")
_PATRONYMIC = re.compile(r"(вич|вна|чна|ична|ьич|мич|тич|зич|евна|овна)$", re.IGNORECASE)
_PARTICLES = ("оглы", "кызы", "углы", "гызы", "оглу", "улы", "уулу")
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


class Unreadable(Exception):
    """The cell cannot be used; `text` says why and what to do."""

    def __init__(self, text: str, **args: str | int) -> None:
        super().__init__(text)
        self.text = Text(text, args)


def words(cell: Cell) -> str:
    """The cell as one line: no invisible characters, single spaces, whole numbers without «.0»."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        cell = cell.date()
    plain = unicodedata.normalize("NFC", str(cell))
    # Zero-width and right-to-left marks, controls, surrogates, private and unassigned characters.
    plain = "".join(c if unicodedata.category(c)[0] != "C" else " " * (c in "\t\n\r") for c in plain)
    return " ".join(plain.split())


def looks_like_code(text: str) -> bool:
    """A formula or a piece of a web page instead of words."""
    return (
        text[:1] in ("=", "+", "@") or (text[:1] == "-" and text[1:] != "") or bool(re.search("[<>]", text))
    )


def full_name(text: str) -> tuple[tuple[str, str, str], Text | None]:
    """(last, first, middle) of «Фамилия Имя Отчество», also typed as «Имя Отчество Фамилия».

    The warning says when the order is a guess.
    """
    parts = text.replace(",", " ").split()
    if not parts:
        raise Unreadable("roster-name-missing")
    if len(parts) == 1:
        raise Unreadable("roster-name-one-word")
    guessed = None
    if len(parts) >= 3 and is_patronymic(parts[1]):
        if not is_patronymic(parts[-1]):
            parts = [*parts[2:], parts[0], parts[1]]
        guessed = Text("roster-name-order")
    elif len(parts) == 2 and is_patronymic(parts[1]) and not is_patronymic(parts[0]):
        raise Unreadable("roster-name-no-surname")
    elif len(parts) > 3 and parts[-1].lower() not in _PARTICLES:
        guessed = Text("roster-name-order")
    last, first, middle = parts[0], parts[1], " ".join(parts[2:])
    return (last, first, middle), guessed


def is_patronymic(word: str) -> bool:
    return bool(_PATRONYMIC.search(word))


def name_part(text: str) -> tuple[str, Text | None]:
    """One part of a name, look-alike Latin letters in a Cyrillic word put right (with a warning)."""
    if looks_like_code(text):
        raise Unreadable("roster-name-code")
    if len(text) > NAME_LIMIT:
        raise Unreadable("roster-name-long", limit=NAME_LIMIT)
    if any(c.isdigit() for c in text):
        raise Unreadable("roster-name-digits")
    if re.fullmatch(r"(\w\.?\s*){1,2}", text) and ("." in text or len(text) == 1):
        raise Unreadable("roster-name-initials")
    scripts = {unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()}
    others = [c for c in text if not (c.isalpha() or unicodedata.combining(c) or c in " -–'’`.ʼʻ")]
    if others or not scripts or not scripts <= {"CYRILLIC", "LATIN", "MODIFIER"}:
        raise Unreadable("roster-name-letters")
    if scripts >= {"CYRILLIC", "LATIN"}:
        folded = text.translate(_FOLD)
        if any(unicodedata.name(c).startswith("LATIN") for c in folded if c.isalpha()):
            raise Unreadable("roster-name-letters")
        return folded, Text("roster-name-lookalike", {"name": folded})
    return text.replace("–", "-"), None


def in_cyrillic(text: str) -> str | None:
    """The same word in Cyrillic if every letter of it has a Cyrillic look-alike («PAXOB»); else None."""
    folded = text.translate(_FOLD)
    letters = [c for c in folded if c.isalpha()]
    return folded if letters and all(unicodedata.name(c).startswith("CYRILLIC") for c in letters) else None


def class_name(cell: Cell) -> str:
    """«8А» of «8 A» (Latin), «8-а», «8«А»», «8 "а" класс»; what is no class number comes back as typed."""
    text = words(cell)
    bare = re.sub(r"\b(класса|класс|кл)\b\.?", "", text, flags=re.IGNORECASE)
    bare = re.sub(r"[\s\"'«»„“”‘’()`_.-]+", "", bare)
    if re.fullmatch(r"\d{1,2}[^\W\d]{0,3}", bare):
        return bare.upper().translate(_CLASS_FOLD)
    return text[:20].upper()


def is_class(name: str) -> bool:
    """A class of a school: 1-12 and up to three letters."""
    found = re.fullmatch(r"(\d{1,2})[А-ЯЁA-Z]{0,3}", name)
    return bool(found) and 1 <= int(found[1]) <= 12 if found else False


def day(cell: Cell, today: date) -> date | None:
    """The day in a cell: a date, dd.mm.yyyy, dd.mm.yy, dd/mm/yyyy, ISO, «5 марта 2012 г.», Excel's number.

    Day and month are never swapped to make sense. None for an empty cell.

    Raises:
        Unreadable: not a date, or only a year.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = words(cell)
    if not text:
        return None
    if re.fullmatch(r"\d{4}", text):
        raise Unreadable("roster-born-year")
    if re.fullmatch(r"\d{5}", text):  # a date that lost its format: days since 30 December 1899
        found = _EXCEL_ZERO + timedelta(days=int(text))
        if OLDEST <= found <= today:
            return found
        raise Unreadable("roster-born-unclear")
    parts = _numbers(text.lower(), today)
    try:
        return date(*parts) if parts else _refuse()
    except ValueError:
        raise Unreadable("roster-born-unclear") from None


def _numbers(text: str, today: date) -> tuple[int, int, int] | None:
    """(year, month, day) as typed; the century of a two-digit year is the one that is not in the future."""
    text = re.sub(r"\s*(года|год|г)\.?$", "", text)
    if iso := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[t ][\d:.]+)?", text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if plain := re.fullmatch(r"(\d{1,2})\s?[./-]\s?(\d{1,2})\s?[./-]\s?(\d{4}|\d{2})(?: [\d:]+)?", text):
        year = int(plain[3])
        if len(plain[3]) == 2:
            year += 2000 if year <= today.year % 100 else 1900
        return year, int(plain[2]), int(plain[1])
    if spoken := re.fullmatch(r"(\d{1,2}) ([а-я]{3,8}) (\d{4})", text):
        for number, month in enumerate(_MONTHS, 1):
            if spoken[2].startswith(month):
                return int(spoken[3]), number, int(spoken[1])
    return None


def _refuse() -> date:
    raise Unreadable("roster-born-unclear")


def first_number(cell: Cell) -> int | None:
    """A year if the cell names one, else its first whole number: of «5 лет 2 мес.» five."""
    if isinstance(cell, (date, datetime)):
        return cell.year
    text = words(cell)
    found = re.search(r"\b(?:19|20)\d\d\b", text) or re.search(r"\d+", text)
    return int(found[0]) if found and len(found[0]) <= 4 else None


def class_in(text: str) -> str:
    """The class that a title names: «Список 8 «А» класса» is «8А»; "" if there is none or more than one."""
    found = {
        class_name(match[0])
        for match in re.finditer(
            r"(?<![\w–-])\d{1,2}\s*-?[\"«„“]?\s*[А-Яа-яЁёA-Za-z]?[\"»“”]?(?=\s*класса?\b)|^\d{1,2}\s*-?[\"«]?[А-ЯA-Zа-я][\"»]?$",
            text.strip(),
        )
    }
    return found.pop() if len(found) == 1 else ""
