"""Who may come and lead, what may be written to the pool, and that no status is a dead end."""

from __future__ import annotations

import pytest

from program.encounters import (
    ENCOUNTER,
    QUESTION,
    Audience,
    Guest,
    is_reverse,
    require_guest,
    require_host,
    require_words,
    side_at,
)
from program.errors import Refusal
from program.roles import Category, PersonState, Side


def guest(category: Category = Category.PUPIL, **values: object) -> Guest:
    known = {"state": PersonState.ACTIVE, "consented": True, "admitted": False, "class_name": "8А"} | values
    return Guest(category, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (guest(), ""),
        (guest(Category.TEACHER), ""),
        (guest(Category.EMPLOYER, admitted=True), ""),
        (guest(Category.EMPLOYER), "encounters-not-admitted"),
        (guest(Category.PARENT), "encounters-not-admitted"),
        (guest(consented=False), "encounters-no-consent"),
        (guest(state=PersonState.FROZEN), "encounters-not-in-programme"),
        (guest(state=PersonState.VISITOR), "encounters-not-in-programme"),
    ],
)
def test_who_may_come(who: Guest, why: str) -> None:
    if not why:
        require_guest(who)
        return
    with pytest.raises(Refusal) as refusal:
        require_guest(who)
    assert refusal.value.text.id == why


def test_who_leads_is_admitted_or_a_pupil_who_leads_adults() -> None:
    require_host(guest(Category.TEACHER, admitted=True))
    require_host(guest())
    assert is_reverse(guest())
    assert not is_reverse(guest(admitted=True))
    assert (side_at(guest()), side_at(guest(admitted=True))) == (Side.MENTEE, Side.MENTOR)
    with pytest.raises(Refusal):
        require_host(guest(Category.TEACHER))


def test_classes_narrow_pupils_only() -> None:
    meant = Audience(("pupil", "teacher"), ("8А",))
    assert meant.takes("pupil", "8А")
    assert not meant.takes("pupil", "9А")
    assert meant.takes("teacher", "")
    assert not meant.takes("employer", "")
    assert Audience().takes("employer", "")
    assert Audience.read(meant.to_json()) == meant


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Спросить можно на a.b@mail.ru", "encounters-no-contacts"),
        ("Мой номер 8 (900) 123-45-67", "encounters-no-contacts"),
        ("Вот ответ: vk точка ком и там всё", "encounters-no-contacts"),
        ("Найди меня в тг: anya_kot", "encounters-no-contacts"),
        ("Приходи на улицу Лесная, дом 5", "encounters-no-address"),
        ("Ну ты и дебил, вопрос глупый", "encounters-no-insult"),
        ("Мало", "encounters-words-length"),
    ],
)
def test_what_a_stranger_should_not_be_sent_is_refused_with_its_reason(words: str, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        require_words(words)


@pytest.mark.parametrize(
    "words", ["Дроби 1/2 и 3/4: как сложить?", "Экзамен 25.05.2027 в 10:00", "Как считать 10 000 раз?"]
)
def test_ordinary_words_go_to_the_pool(words: str) -> None:
    require_words(words)


@pytest.mark.parametrize("machine", [ENCOUNTER, QUESTION])
def test_every_status_is_reached_and_only_final_ones_end(machine: object) -> None:
    assert machine.reachable() == frozenset(machine.statuses)  # type: ignore[attr-defined]
    ends = {one for one in machine.statuses if not machine.ways.get(one)}  # type: ignore[attr-defined]
    assert ends == machine.final  # type: ignore[attr-defined]
