"""Who may come and lead, what may be written to the pool, and that no status is a dead end."""

from __future__ import annotations

import pytest

from program.encounters import (
    ENCOUNTER,
    QUESTION,
    Audience,
    Guest,
    has_contacts,
    is_reverse,
    require_guest,
    require_host,
    side_at,
    sounds_unsafe,
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
    "words",
    [
        "пиши на a.b@mail.ru",
        "мой номер 8 (900) 123-45-67",
        "https://vk.com/x",
        "t.me/abc",
        "найди @anya_k",
        "vk.me/id1",
    ],
)
def test_contacts_are_seen(words: str) -> None:
    assert has_contacts(words)


@pytest.mark.parametrize("words", ["Дроби 1/2 и 3/4", "Экзамен 25.05.2027 в 10:00", "10 000 раз", "Кто я?"])
def test_ordinary_words_are_no_contacts(words: str) -> None:
    assert not has_contacts(words)


@pytest.mark.parametrize(
    "words",
    ["Меня бьют дома", "Отчим бьёт меня", "Не хочу жить", "хочется умереть", "надо мной насилие", "Меня травят в классе",
     "думаю про самоубийство", "Мне угрожают", "режу себя", "хочу сбежать из дома", "Лучше бы меня не было"],
)  # fmt: skip
def test_words_of_danger_are_heard(words: str) -> None:
    assert sounds_unsafe(words)


@pytest.mark.parametrize(
    "words",
    [
        "Как решать дроби?",
        "Бьюсь над задачей",
        "Боюсь экзамена",
        "Как сделать проект о жизни китов?",
        "Устал от школы",
    ],
)
def test_everyday_worries_go_to_the_pool(words: str) -> None:
    assert not sounds_unsafe(words)


@pytest.mark.parametrize("machine", [ENCOUNTER, QUESTION])
def test_every_status_is_reached_and_only_final_ones_end(machine: object) -> None:
    assert machine.reachable() == frozenset(machine.statuses)  # type: ignore[attr-defined]
    ends = {one for one in machine.statuses if not machine.ways.get(one)}  # type: ignore[attr-defined]
    assert ends == machine.final  # type: ignore[attr-defined]
