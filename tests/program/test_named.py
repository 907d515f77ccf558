"""Whom free words name."""

from __future__ import annotations

import pytest

from program.named import Known, likely, names_nobody, sure

PEOPLE = (
    Known(1, "Ветров", "Олег", "Иванович"),
    Known(2, "Лугова", "Ирина", "Петровна"),
    Known(3, "Лугов", "Пётр"),
    Known(4, "Лесная", "Ольга", "Петровна"),
    Known(5, "Ли", "Иван"),
)


@pytest.mark.parametrize(
    ("words", "whom"),
    [
        ("хочу с Ветровым", 1),
        ("Олега Ветрова", 1),
        ("Ольгу Петровну", 4),
        ("Лесную", 4),
        ("пётр лугов", 3),
        ("Петр Лугов из 10Б", 3),
        ("Ли", 5),
        ("Лугова", None),  # she, or him («хочу Лугова»)
        ("Иванов", None),  # not Иван
        ("Ольга", None),
        ("Ветров или Лесная", None),
        ("Олег Ветров или Лесная", None),
        ("люблю литературу", None),
        ("только не Ветров", None),
        ("Кто угодно, кроме Ветрова", None),
    ],
)
def test_only_a_name_without_doubt_is_recognised(words: str, whom: int | None) -> None:
    assert sure(words, PEOPLE) == whom


def test_what_is_not_sure_is_offered_with_the_likeliest_first() -> None:
    assert likely("Ольга или Ветров", PEOPLE) == [1, 4]
    assert likely("только не Ветров", PEOPLE) == [1]


@pytest.mark.parametrize(
    ("words", "nobody"), [("Нет.", True), ("не знаю!", True), ("Всё равно", True), ("не Ветров", False)]
)
def test_a_no_is_not_taken_for_a_name(words: str, *, nobody: bool) -> None:
    assert names_nobody(words) is nobody
