"""Meetings outside of pairs, lived through in the season."""

from __future__ import annotations

import re

from tests.season.office import Office, words
from tests.season.story import Cast
from tests.season.town import Person, Town

TOPIC = "Как выбрать профессию"


def heard(person: Person, words: str) -> int:
    return sum(words in note.words for note in person.all)


async def a_meeting_on_one_topic(town: Town, office: Office, cast: Cast) -> None:
    """Published, told of, signed up for, full, moved to another room, left; the queue moves up."""
    form = await office.reads("/encounters/new")
    host = re.search(r'<option value="(\d+)"[^>]*>Рябинина', form)
    assert host, words(form)
    page = await office.does(
        "/encounters/new", kind="flash", topic=TOPIC, day="2026-09-22", clock="15:30", minutes="45", seats="1",
        rounds="5", place="Кабинет 214", link="", host=host[1],
    )  # fmt: skip
    meeting = str(page.url.path)
    assert f"просит вас провести встречу: «{TOPIC}»" in cast.olga.words
    await office.does(f"{meeting}/invite")
    for pupil in (cast.varya, cast.tyoma):
        await pupil.presses("Записаться", "Да")
    assert "место за тобой" in cast.varya.words
    assert "Место в очереди за тобой" in cast.tyoma.words
    await cast.varya.presses_again()
    stands = {
        "topic": TOPIC,
        "about": "",
        "day": "2026-09-22",
        "clock": "15:30",
        "minutes": "45",
        "seats": "1",
    }
    await office.does(f"{meeting}/edit", **stands, place="Кабинет 214", link="")
    assert heard(cast.varya, "Изменения во встрече") == 0, "nothing has changed"
    await office.does(f"{meeting}/edit", **stands, place="Актовый зал", link="")
    for person in (cast.varya, cast.tyoma, cast.olga):
        assert heard(person, "Изменения во встрече") == 1, person.who
        assert "Актовый зал" in person.words
    await cast.varya.presses("Не смогу", "Да, отменить")
    assert "Готово, отменено" in cast.varya.words
    assert "Освободилось место" in cast.tyoma.words
    card = await office.reads(await office.card_of("Снегирев Тёма"))
    assert TOPIC in card
