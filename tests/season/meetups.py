"""Meetings outside of pairs, lived through in the season: one topic, rounds, a question, a request, a trial."""

from __future__ import annotations

import re

from tests.season.office import Office, words
from tests.season.story import Cast
from tests.season.town import Person, Town

TOPIC = "Как выбрать профессию"
CIRCLE = "Знакомства по кругу"
AVOID = "лучше с кем-то другим"


def heard(person: Person, words: str) -> int:
    return sum(words in note.words for note in person.all)


# --- a trial meeting: before pairs are decided, on Tuesday, 15 September ---


async def a_trial_meeting(town: Town, office: Office, cast: Cast) -> None:
    """Two get to know each other; what each says silently stands on the curator's page and nowhere else."""
    tyoma = (await office.card_of("Снегирев Тёма")).rpartition("/")[2]
    olga = (await office.card_of("Рябинина Ольга")).rpartition("/")[2]
    form = {"person": tyoma, "day-1": "2026-09-15", "clock-1": "13:30", "place-1": "Библиотека"}
    await office.does("/encounters/trials", **form, **{"with": [olga]})
    for person in (cast.tyoma, cast.olga):
        assert heard(person, "Куратор предлагает познакомиться: вторник, 15 сентября, 13:30") == 1, (
            person.words
        )
    before = len(cast.olga.all)
    await town.comes(15, "15:30")
    await cast.tyoma.presses("Ответить", "Да", "Лучше с кем-то другим")
    assert "Спасибо, записано" in cast.tyoma.words
    await cast.olga.presses("Ответить", "Да", "Да, хотелось бы")
    assert "Спасибо, записано" in cast.olga.words
    told = " ".join(note.words for note in cast.olga.all[before:] if not note.mine)
    assert AVOID not in told.lower(), "a button says it, no word of ours does"
    found = re.findall(r'href="(/encounters/\d+)"', await office.reads("/encounters"))
    said = [words(await office.reads(one)) for one in dict.fromkeys(found)]
    assert any(AVOID in one and "хотелось бы работать вместе" in one for one in said)
    assert AVOID not in words(await office.reads(await office.card_of("Снегирев Тёма")))


# --- one topic: Tuesday to Friday, 22 to 25 September ---


async def a_meeting_on_one_topic(town: Town, office: Office, cast: Cast) -> None:
    """Published, told of, signed up for, full, moved to another room, left; the queue moves up."""
    form = await office.reads("/encounters/new")
    host = re.search(r'<option value="(\d+)"[^>]*>Рябинина', form)
    assert host, words(form)
    page = await office.does(
        "/encounters/new", kind="flash", topic=TOPIC, day="2026-09-24", clock="15:30", minutes="45", seats="1",
        rounds="5", place="Кабинет 214", link="", host=host[1],
    )  # fmt: skip
    meeting = str(page.url.path)
    assert f"просит вас провести встречу: «{TOPIC}»" in cast.olga.words
    await office.does(f"{meeting}/invite")
    await town.comes(23, "10:00")  # who had news today is invited the next morning
    for pupil in (cast.varya, cast.tyoma):
        await pupil.presses("Записаться", "Да")
    assert "место за тобой" in cast.varya.words
    assert "Место в очереди за тобой" in cast.tyoma.words
    await cast.varya.presses_again()
    stands = {
        "topic": TOPIC,
        "about": "",
        "day": "2026-09-24",
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


async def who_came_says_how_it_was(town: Town, cast: Cast) -> None:
    """Two reminders for who has the seat, one question to who leads, a poll of four taps for who came."""
    await town.comes(24, "13:30")
    assert heard(cast.tyoma, f"Напоминание: «{TOPIC}»") == 2
    assert heard(cast.olga, f"Напоминание: «{TOPIC}»") == 2
    assert heard(cast.varya, f"Напоминание: «{TOPIC}»") == 0
    await town.comes(24, "17:40")
    assert heard(cast.olga, "Кто был?") == 1
    assert heard(cast.tyoma, "Кто был?") == 0
    await cast.olga.presses("Отметить", "Тёма С.", "Готово (1)")
    assert "Записано, спасибо" in cast.olga.words
    await cast.olga.presses("Выйти")
    await town.comes(25, "10:00")  # asked at once, or the next morning where the day had its message
    asked = f"Встреча «{TOPIC}», четверг, 24 сентября, 15:30. Как всё прошло?"
    assert heard(cast.tyoma, asked) == 1
    assert heard(cast.varya, asked) == 0, "who left is not asked"
    before = cast.tyoma.taps
    await cast.tyoma.presses("Ответить", "9", "Отлично 😀", "Нет, всё в порядке")
    assert "Спасибо, ответ сохранён" in cast.tyoma.words
    assert cast.tyoma.taps - before <= 4


# --- a question, a request: Friday, 25 September ---


async def a_question_and_a_request(office: Office, cast: Cast) -> None:
    """A question that a mentor answers in words; a wish for one meeting for which the curator finds somebody."""
    await cast.olga.says("разовые встречи")
    await cast.olga.presses("Отвечать на вопросы", "Учёба по предмету", "Готово (1)")
    for asker in (cast.tyoma, cast.varya):
        await asker.says("разовые встречи")
        await asker.presses("Задать вопрос", "Учёба по предмету")
        await asker.says("Позвоните мне на 89120001122")
        assert "Телефоны, почту и ссылки" in asker.words
        await asker.says("Как готовиться к контрольной по дробям?")
        cast.olga.heard = []
        await asker.presses("Отправить")
        heard_of_it = "Новый вопрос" in cast.olga.words
        assert heard_of_it is (asker is cast.varya), "a silent «avoid» keeps two apart here, too"
    await cast.olga.presses("Помогу")
    await cast.olga.says("Начните с трёх простых задач в день.")
    assert "Тебе отвечает Ольга" in cast.varya.words
    await cast.varya.presses("Спасибо, всё понятно")
    await cast.varya.says("разовые встречи")
    await cast.varya.presses("Нужна одна встреча", "Учёба по предмету")
    await cast.varya.says("Помогите выбрать тему проекта на этой неделе")
    await cast.varya.presses("Отправить")
    page = await office.reads("/encounters/questions")
    action = re.search(r'action="(/encounters/questions/\d+/meet)"', page)
    assert action, words(page)
    olga = (await office.card_of("Рябинина Ольга")).rpartition("/")[2]
    await office.does(action[1], mentor=olga, day="2026-09-30", clock="16:30", place="Библиотека")
    assert "Нашёлся человек и время" in cast.varya.words
    assert "Варя" in cast.olga.words


# --- rounds: invited on Friday, held on Tuesday, 29 September ---


async def an_afternoon_of_rounds(town: Town, office: Office, cast: Cast) -> None:
    """Everybody signs up, the table is made, each gets a card, and says silently whom they would like."""
    page = await office.does(
        "/encounters/new", kind="speed", topic=CIRCLE, day="2026-09-29", clock="15:30", minutes="30",
        seats="10", rounds="2", place="Актовый зал", link="", host="",
    )  # fmt: skip
    meeting = str(page.url.path)
    await office.does(f"{meeting}/invite")
    await town.comes(28, "10:00")
    guests = (cast.olga, cast.gleb, cast.varya, cast.tyoma)
    for person in guests:
        await person.presses("Записаться", "Да")
        if "С кем хотелось бы поговорить?" in person.words:
            await person.presses("Пропустить")
    await office.does(f"{meeting}/table")
    await office.does(f"{meeting}/cards")
    for person in guests:
        assert heard(person, "1-й круг: стол") + heard(person, "1-й круг: отдых") == 1, person.who
    assert "Круг 2" in words(await office.reads(f"{meeting}/sheet"))
    await town.comes(29, "17:20")
    shown = await office.reads(meeting)
    here = re.findall(r'name="came" value="(\d+)"', shown)
    assert len(here) == 4
    await office.does(f"{meeting}/came", came=here)
    await town.comes(30, "10:00")
    assert heard(cast.varya, "Ответы увидит только куратор") == 1
    await cast.varya.presses("Ответить")
    met = 0
    while "хотелось бы работать вместе?" in cast.varya.words:
        met += 1
        await cast.varya.presses("Да, хотелось бы")
    assert met == 2, "one of each round"
    assert "Спасибо, записано" in cast.varya.words
