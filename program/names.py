"""How a person is called. Participants never see a surname in full (domain.md 8.3, 8.6)."""

from __future__ import annotations

import unicodedata


def short(first_name: str, last_name: str) -> str:
    """«Пётр И.»."""
    initial = f" {last_name[0]}." if last_name else ""
    return f"{first_name}{initial}".strip()


def with_class(first_name: str, last_name: str, class_name: str) -> str:
    """«Пётр И., 10Б»."""
    name = short(first_name, last_name)
    return f"{name}, {class_name}" if class_name else name


def polite(first_name: str, middle_name: str, last_name: str) -> str:
    """«Мария Ивановна»; without a patronymic «Мария И.»."""
    return f"{first_name} {middle_name}" if middle_name else short(first_name, last_name)


def initials(last_name: str, first_name: str, middle_name: str) -> str:
    """«Соколова А. С.», for staff."""
    rest = " ".join(f"{part[0]}." for part in (first_name, middle_name) if part)
    return f"{last_name} {rest}".strip()


def class_order(name: str) -> tuple[int, str]:
    """«2А» before «10Б»; what has no number comes last."""
    digits = "".join(one for one in name[:2] if one.isdecimal())
    return (int(digits) if digits else 99, name)


def folded(words: str) -> str:
    """For comparing: lower case, ё as е, single spaces, no invisible characters."""
    plain = unicodedata.normalize("NFKC", words)
    if not plain.isprintable():  # the quick test: a region has its names folded by the ten thousand
        plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cf", "Cc"))
    return " ".join(plain.casefold().replace("ё", "е").split())
