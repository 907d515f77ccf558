"""The season, act by act. The same words and presses on every channel; names are invented."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from actions import invitations
from program.channels import Channel
from program.roles import Category
from tests.season.office import Office, section, words
from tests.season.phones import WebPhone, hidden
from tests.season.town import ZONE, Person, Town
from tests.worlds import TelegramWorld, VkWorld

PUPILS: list[list[object]] = [
    ["Список учеников"],
    ["Фамилия", "Имя", "Отчество", "Класс", "Дата рождения"],
    ["Ласточкина", "Варя", "Олеговна", "7А", date(2013, 5, 5)],  # 13
    ["Снегирев", "Тёма", "Ильич", "6Б", date(2014, 3, 1)],  # 12
    ["Журавлёв", "Глеб", "Андреевич", "10Б", date(2010, 3, 3)],  # 16
    ["Зимородкова", "Мира", "Павловна", "9А", date(2011, 2, 1)],  # 15
    ["Перепёлкин", "", "", "5В", "вчера"],
]
TEACHERS: list[list[object]] = [
    ["ФИО", "Должность"],
    ["Рябинина Ольга Петровна", "учитель математики"],
]
CHILDREN = ("Ласточкин", "Снегирев", "Журавл", "Зимородков")
ADULTS = ("Рябинин", "Тополев")
_TEN_MINUTES = timedelta(minutes=10)
HELP = "Мне нужна помощь"
CALL = "Пусть поможет взрослый"  # an answer of the poll after a meeting
LONG = "щ" * 10_000
HIDDEN = "Хочу\u200b дружить \u202eс математикой\u2066 <b>очень</b> & <script>alert(1)</script>"


@dataclass
class Cast:
    """Everybody of the story."""

    varya: Person  # 13, mentee
    tyoma: Person  # 12, mentee
    gleb: Person  # 16, mentor
    mira: Person  # 15, mentor of a younger one and mentee of a teacher
    olga: Person  # teacher, mentor
    lev: Person  # former pupil, mentor, by a general link
    parents: dict[str, Person]


# --- lists and invitations ---


async def lists_are_loaded(office: Office) -> None:
    await office.signs_in()
    looked = await office.loads("7-10 классы.xlsx", PUPILS, "pupil")
    assert "Перепёлкин" in words(section(looked.text, 'id="h-refused"'))
    assert "Ласточкина" not in words(await office.reads("/people")), (
        "nothing is imported before the second press"
    )
    await _applies(office, looked.text, "pupil")
    await _applies(office, (await office.loads("учителя.xlsx", TEACHERS, "teacher")).text, "teacher")
    everybody = words(await office.reads("/people"))
    assert all(name in everybody for name in ("Ласточкина", "Зимородкова", "Рябинина"))
    assert "Перепёлкин" not in everybody


async def _applies(office: Office, preview: str, category: str) -> None:
    found = re.search(r'action="(/roster/\d+)"', preview)
    assert found, words(preview)
    await office.does(found[1], category=category)


# --- joining ---


async def a_pupil_of_13_joins_as_mentee(town: Town, card: str) -> tuple[Person, str]:
    """Returns the pupil and the address for her parent."""
    varya = town.arrives("Варя, 7А")
    await varya.opens(card)
    assert "Варя" in varya.words
    assert "Это ты?" in varya.words
    await varya.presses("Да, это я")
    await varya.presses("Нужен наставник")
    await varya.presses("Старший ученик")
    assert "Отправь ему эту страницу" in varya.words
    return varya, await varya.link("Страница для родителя")


async def a_used_link_and_a_wrong_one_lead_to_the_curator(town: Town, used: str) -> None:
    stranger = town.arrives("Чужой")
    if town.channel is Channel.WEB:
        for page in (used, f"{town.url}/join/no-such-token"):
            answer = await stranger.phone.browser.get(page)  # type: ignore[attr-defined]
            assert answer.status_code == 404
            assert "куратору" in words(answer)
        town.people.remove(stranger)
        return
    for token in (urlsplit(used).path.rpartition("/")[2], "no-such-token"):
        await stranger._does(stranger.phone.starts(token))
        assert "Эта ссылка не подходит" in stranger.words
        assert "Мария Ивановна" in stranger.words


async def the_mother_answers(town: Town, page: str, child: str, name: str) -> Person:
    """In a messenger by the conversation, in the browser by the page."""
    mother = town.arrives(f"{name.split()[1]}, мама", Category.PARENT)
    if town.channel is Channel.WEB:
        await by_the_page(mother, page, name)
        return mother
    await mother._does(mother.phone.starts(urlsplit(page).path.rpartition("/")[2]))
    assert child in mother.words
    await mother.presses("Я мама, папа или опекун")
    assert child in mother.words
    await mother.presses("Полный текст", "Даю согласие", "Даю согласие")
    assert "Это по желанию" in mother.words
    await mother.presses("Не даю согласие", "Даю согласие", "Мать")  # photographs no, the messenger yes
    await mother.answers_privately("1985", name)
    assert name.split()[0] not in mother.words, "a surname does not stand in a messenger"
    await mother.presses("Отправить")
    assert "Спасибо, ответы записаны" in mother.words
    return mother


async def by_the_page(mother: Person, page: str, name: str) -> None:
    """Fills in /consent/<token>, and goes on in her own messenger where there is one."""
    browser = mother.town.new_browser()
    shown = (await browser.get(page)).text
    last, first, middle = name.split()
    form = {field: hidden(shown, field) for field in re.findall(r'name="(once|text_\w+)"', shown)}
    form |= dict.fromkeys(re.findall(r'name="(decide_\w+)"', shown), "yes")
    form |= {"last_name": last, "first_name": first, "middle_name": middle, "relation": "mother", "phone": ""}
    form["born"] = "1985"
    half = await browser.post(page, data=form | {"decide_pd": ""})
    assert half.status_code == 422, "each purpose needs an answer of its own"
    done = await browser.post(page, data=form)
    assert done.status_code == 200
    assert "Ответы записаны" in words(done)
    again = await browser.post(page, data=form)
    assert again.url == done.url, "a second press is the same answer"
    links = [html.unescape(link) for link in re.findall(r'href="([^"]+)"', done.text)]
    if isinstance(mother.phone, WebPhone):
        mother.phone.browser = browser
        mother.phone.chat = mother.town.url + next(link for link in links if link.startswith("/chat/"))
        return
    into = next(link for link in links if link.startswith(("https://t.me/", "https://vk.me/")))
    await mother._does(mother.phone.starts(into.rpartition("=")[2]))


async def teenagers_join_with_their_own_word(town: Town, office: Office) -> tuple[Person, Person, list[str]]:
    """A pupil of 16 as mentor, one of 15 on both sides. Returns them and the addresses for their parents."""
    gleb = town.arrives("Глеб, 10Б")
    await gleb.opens(await office.invites("Журавлёв Глеб"))
    await gleb.presses("Да, это я", "Могу быть наставником")
    await gleb.presses("Полный текст", "Согласие даю", "Согласие даю", "Согласие даю", "Согласие даю")
    assert "согласие родителя" in gleb.words
    mira = town.arrives("Мира, 9А")
    await mira.opens(await office.invites("Зимородкова Мира"))
    await mira.presses("Да, это я", "И то и другое", "Учитель")
    await mira.presses(*["Согласие даю"] * 4)
    assert "согласие родителя" in mira.words
    return gleb, mira, [await gleb.link("Страница для родителя"), await mira.link("Страница для родителя")]


async def adults_join(town: Town, office: Office) -> tuple[Person, Person]:
    """A teacher by her own card, a former pupil by a general link."""
    olga = town.arrives("Ольга Петровна", Category.TEACHER)
    await olga.opens(await office.invites("Рябинина Ольга"))
    assert "В списке школы есть Ольга Петровна. Это вы?" in olga.words
    await olga.presses("Да, это я", "Могу быть наставником", "Помогать ученику")
    await olga.presses(*["Согласие даю"] * 4)
    assert "Анкета кандидата в наставники" in olga.words
    assert "школа его подтвердила" not in olga.words, "nobody confirms the word of an adult"
    async with town.work() as work:
        (general,) = await invitations.invite(work, "mentor", uses=30)
    lev = town.arrives("Лев", Category.ALUMNUS)
    await lev.opens(f"{town.url}/join/{general.token}")
    await lev.presses("Выпускник школы")
    await lev.presses(*["Согласие даю"] * 4)
    await lev.answers_privately("Тополев Лев Сергеевич")
    await lev.presses("Пропустить")
    assert "Анкета" in lev.words
    await lev.presses("Выйти")
    assert "Продолжить можно в любой день" in lev.words
    return olga, lev


# --- questionnaires ---


async def the_pupil_fills_in_the_questionnaire(varya: Person) -> None:
    """By buttons, numbers and words; back, skip, leave, resume, a restart of the house, a change at the end."""
    await varya.presses("Заполнить анкету")
    assert "Чего ты хочешь добиться" in varya.words
    assert "Вопрос 1 из" in varya.words
    await bad_input_meets_kindness(varya)
    await varya.says(HIDDEN)
    assert "В каком деле" in varya.words
    await varya.presses("Назад")
    assert "Чего ты хочешь добиться" in varya.words
    await varya.says("Хочу подружиться с математикой")
    await varya.presses("Учёба по предмету")
    await varya.presses_again()  # an impatient thumb: ticked and unticked, the question stays
    await varya.says("1")
    assert "Какие предметы" in varya.words
    await varya.presses("Выйти")
    assert "Ответы сохранены" in varya.words
    await varya.town.restarts()
    await varya.says("привет")
    await varya.presses("Продолжить")
    assert "Какие предметы" in varya.words
    await varya.says("1, 2")
    await varya.presses("Пропустить")  # what one is best at
    await varya.says("Спорт, Музыка")
    while "Проверь ответы" not in varya.words:
        assert "Пропустить" in varya.labels, varya.words
        await varya.presses("Пропустить")
    assert "Хочу подружиться с математикой" in varya.words
    await varya.presses("Изменить ответ", "Цель")
    await varya.says("Хочу решать задачи без страха")
    assert "Хочу решать задачи без страха" in varya.words
    await varya.presses("Отправить")
    assert "Готово!" in varya.words
    await varya.presses_again()
    assert "Готово!" not in varya.words, "a second press does nothing twice"


async def bad_input_meets_kindness(person: Person) -> None:
    if person.town.channel is not Channel.WEB:
        await person.sends("sticker")
        assert "Стикер не читается" in person.words
        assert "ты хочешь" in person.words, "the question stands again"
        await person.sends("voice")
        assert "не слышны" in person.words
    await person.says(LONG)
    assert "ты хочешь" in person.words
    await person.says("\u200b\u200b")
    assert "ты хочешь" in person.words


async def a_questionnaire_is_filled(person: Person) -> None:
    """By somebody in a hurry: what must be answered is, the rest is skipped."""
    for _ in range(40):
        if "Отправить" in person.labels:
            await person.presses("Отправить")
            if "Готово!" in person.words or "заполнена" in person.words:
                return
        elif "одновременно?" in person.words:
            await person.says("двум", "2")
        elif "Пропустить" in person.labels:
            await person.presses("Пропустить")
        else:
            choices = set(person.labels) - {"Назад", "Выйти", "Пропустить"}
            await person.says("1" if choices else "Хочу попробовать")
    raise AssertionError(f"no end of questions for {person.who}: {person.words}")


# --- pairs ---


async def pairs_are_decided_and_nobody_hears_of_it(town: Town, office: Office) -> None:
    before = len(town.lines)
    for form in ("uch_uch", "uchit_uch"):
        await office.does("/matching/suggest", form=form)
    board = await office.reads("/matching?form=uch_uch")
    rows = {name: _row(board, name) for name in ("Ласточкина", "Снегирев")}
    assert all(re.search(r"<li><span class=\"ok\"", row) for row in rows.values()), "each pair says why"
    await office.does(_action(rows["Ласточкина"], "approve"))
    tyoma = rows["Снегирев"]
    place = re.search(r'href="(/matching/mentees/\d+)"', tyoma)
    assert place
    await office.does(_href(tyoma, "reject"), why="character", more="")
    others = await office.reads(place[1])
    mentor = re.search(r'name="mentor" value="(\d+)"', others)
    assert mentor, words(others)
    await office.does(place[1], mentor=mentor[1])
    board = await office.reads("/matching?form=uchit_uch")
    await office.does(_action(_row(board, "Зимородкова"), "approve"))
    assert len(town.lines) == before, "nothing is sent before announcing"


def _row(board: str, name: str) -> str:
    # A row holds tables itself.
    rows = re.split(r'(?=<tr[^>]* id="pair-)|</tbody>\s*</table>\s*</div>', board)
    return next(row for row in rows if name in row and row.startswith("<tr"))


def _action(row: str, verb: str) -> str:
    found = re.search(rf'action="(/matching/pairs/\d+/{verb})"', row)
    assert found, words(row)
    return str(found[1])


def _href(row: str, verb: str) -> str:
    found = re.search(rf'href="(/matching/pairs/\d+/{verb})"', row)
    assert found, words(row)
    return str(found[1])


async def pairs_are_announced_in_the_evening_and_heard_in_the_morning(
    town: Town, office: Office, cast: Cast
) -> None:
    await town.comes(15, "20:40")
    preview = await office.reads("/announce")
    assert "Для тебя подобран наставник" in words(preview)
    assert "Ласточкина" in words(preview)
    ids = re.findall(r'name="pair" value="(\d+)"', preview)
    assert len(ids) == 3
    before = len(town.lines)
    await office.does("/announce", pair=ids)
    await office.tries("/announce", pair=ids)  # pressed twice
    assert len(town.lines) == before, "in the evening nobody is woken"
    await town.comes(16, "07:59")
    assert len(town.lines) == before
    await town.comes(16, "08:00")
    for pupil in (cast.varya, cast.tyoma, cast.mira):
        assert pupil.words.count("Для тебя подобран наставник") == 1, pupil.words
        assert "Почему такая пара" in pupil.words
    assert "Вот кому можно помогать" in cast.gleb.words + cast.mira.words
    assert "Вот кому вы могли бы помогать: Мира З., 9А" in cast.olga.words
    assert "подобран наставник" in cast.parents["Варя"].words
    assert "Варя" in cast.parents["Варя"].words


async def both_sides_say_that_it_suits_them(town: Town, office: Office, cast: Cast) -> None:
    """By buttons in one press; who is in two pairs presses once, the other word the curator writes down."""
    await town.comes(16, "09:30")
    for person in (cast.varya, cast.tyoma, cast.gleb, cast.olga):
        if "Мне подходит" in [label for note in person.all for label in note.labels]:
            person.heard = []
            await person.presses("Мне подходит")
            assert "согласится и вторая сторона" in person.words or "можно начинать" in person.words
    await cast.mira.presses("Мне подходит")
    for page in re.findall(r'href="(/pairs/\d+)#answers"', await office.reads("/pairs?show=offered")):
        shown = await office.reads(page)
        silent = re.findall(r'action="(/pairs/\d+/answers/\d+)"><input type="hidden" name="answer" value="yes">'
                            r'<button class="btn btn-plain" aria-label="[^"]*Зимородкова Мира', shown)  # fmt: skip
        for action in silent:
            await office.does(action, answer="yes")
    assert "#answers" not in await office.reads("/pairs?show=offered"), "every pair has begun"
    await town.comes(16, "09:50")


# --- meetings ---


async def the_pair_agrees_by_buttons(town: Town, cast: Cast) -> Person:
    """Two starts offered, one accepted. Returns Varya's mentor."""
    await town.comes(16, "10:00")
    mentor = cast.gleb if "Варя" in "".join(note.words for note in cast.gleb.all) else cast.mira
    await mentor.presses("Назначить встречу")
    await mentor.presses("пт 18.09", "15:30", "Добавить ещё время", "сб 19.09", "13:30", "Хватит")
    await mentor.presses("Лично", "Библиотека")
    assert "Проверь перед отправкой" in mentor.words
    cast.varya.heard = []
    await mentor.presses("Отправить")
    await mentor.presses_again()
    assert cast.varya.words.count("предлагает встретиться") == 1
    mentor.heard = []
    await cast.varya.presses("Подходит: пт 18.09, 15:30")
    assert "Встреча назначена: пятница, 18 сентября, 15:30" in cast.varya.words
    assert "Библиотека" in cast.varya.words
    assert mentor.words.count("Встреча назначена") == 1
    before = len(mentor.all)
    await cast.varya.presses_again()
    assert len(mentor.all) == before, "a second press tells nobody anything"
    calendar = await cast.varya.link("В календарь")
    feed = (await town.browser.get(calendar)).text
    assert "BEGIN:VEVENT" in feed
    assert not any(name in feed for name in CHILDREN)
    return mentor


async def the_other_pair_meets_early_in_the_morning(town: Town, cast: Cast, mentor: Person) -> None:
    """Monday 08:30: reminders come on Saturday evening and on Monday at eight, not at night, not on Sunday."""
    other = cast.mira if mentor is cast.gleb else cast.gleb
    if not any("Тёма" in note.words for note in other.all):
        other = mentor
    await cast.tyoma.presses("Назначить встречу")
    await cast.tyoma.presses("пн 21.09", "08:30", "Хватит", "Онлайн")
    await cast.tyoma.says("ftp://нет")
    assert "https://" in cast.tyoma.words
    await cast.tyoma.presses("Пропустить", "Отправить")
    await other.presses("Подходит: пн 21.09, 08:30")


async def it_is_reminded_of_twice(town: Town, cast: Cast, mentor: Person) -> None:
    both = (cast.varya, mentor)
    await town.comes(17, "15:15")
    assert not any("Напоминание" in person.words for person in both)
    await the_channel_is_away_when_the_reminder_is_due(town, both)
    await town.comes(18, "13:15")
    assert all(_times(person, "пятница, 18 сентября, 15:30") == 1 for person in both)
    await town.comes(18, "13:30")
    assert all(_times(person, "пятница, 18 сентября, 15:30") == 2 for person in both)


def _times(person: Person, when: str) -> int:
    return sum("Напоминание о встрече" in note.words and when in note.words for note in person.all)


async def the_channel_is_away_when_the_reminder_is_due(town: Town, both: tuple[Person, ...]) -> None:
    """Two hours of silence; then everything arrives once and in order."""
    talker = both[0]
    if town.world is None:
        await town.closes()
        town.clock.now = datetime(2026, 9, 17, 17, 40, tzinfo=ZONE).astimezone(UTC)
        await town.opens()
        await town.beats()
    else:
        town.world.fail("500")
        for person in both:
            person.heard = []
        town.clock.now = datetime(2026, 9, 17, 15, 30, tzinfo=ZONE).astimezone(UTC)
        await town.house.metronome.tick_all()
        town.house.sender.wake()
        await talker.phone.types("меню")
        for _ in range(14):
            town.clock.now += _TEN_MINUTES
            await town.house.metronome.tick_all()
            town.house.sender.wake()
            await town.is_deaf_for(1)
        await talker.phone.types("мои встречи")
        town.world.heal()
        await town.tries_nothing()
        town.clock.now += _TEN_MINUTES * 2
        await town.beats()
        answers = [note.words for note in talker.heard]
        menu = next(n for n, said in enumerate(answers) if "Выбери, что дальше" in said)
        mine = next(
            n
            for n, said in enumerate(answers)
            if "пятница, 18 сентября" in said and "Напоминание" not in said
        )
        assert menu < mine, "answers come in the order of what was said"
    for person in both:
        assert _times(person, "пятница, 18 сентября, 15:30") == 1, person.words


# --- after the meeting ---


async def the_meeting_is_asked_about(town: Town, cast: Cast, mentor: Person) -> None:
    await town.comes(18, "17:20")
    assert cast.varya.words.count("Состоялась?") == 1
    assert mentor.words.count("Состоялась?") == 1
    await mentor.presses("Состоялась")
    assert "Отмечено: встреча состоялась" in mentor.words
    await cast.varya.presses("Состоялась")
    assert "Уже отмечено: встреча состоялась" in cast.varya.words
    await town.waits(1)


async def both_sides_answer_in_four_taps(town: Town, office: Office, cast: Cast, mentor: Person) -> None:
    for person, marks in ((mentor, ("8",)), (cast.varya, ("Так себе 😐",))):
        before, read = person.taps, ""
        assert "Вопрос 1 из" in person.words, (
            "the poll begins when the meeting is noted, or is known to have been"
        )
        while "Вопрос" in person.words:
            await person.presses(_choice(person, marks))
            assert person.taps - before <= 4, f"more than four taps: {person.words}"
            read += person.words
        assert "Спасибо" in person.words, person.words
        assert ("112" in read) is (person is cast.varya), "whom to call stands below a call for help, at once"
        await person.presses_again()
        assert "Вопрос" not in person.words
    await town.waits(2)
    cards = words(await office.reads("/help"))
    assert "Ласточкина" in cards
    assert "Просит о помощи" in cards or "помощ" in cards


def _choice(person: Person, marks: tuple[str, ...]) -> str:
    """What this person taps: the mark, a call for help where the poll offers one, else the first answer."""
    asks_for_help = "сказать куратору" in person.words
    for label in person.labels:
        if label in marks or (asks_for_help and label == CALL):
            return label
    return person.labels[0]


async def help_is_two_presses_away(town: Town, office: Office, person: Person) -> None:
    await person.says("меню")
    before = person.taps
    await person.presses(HELP)
    assert "8-800" in person.words, "contacts are there at once"
    await person.presses("Хочу поговорить")
    assert person.taps - before == 2
    assert "8-800" in person.words
    while "Пропустить" in person.labels:  # what may be added; an adult has been called already
        await person.presses("Пропустить")
    page = await office.reads("/help")
    assert "Снегирев" in page
    take = re.search(r'action="(/help/\d+/take)"', page)
    assert take
    await office.does(take[1])


# --- news, reports, the end ---


async def news_go_out_once(town: Town, office: Office, cast: Cast) -> None:
    await town.comes(21, "10:00")
    await somebody_closes_the_chat(town, cast.lev)
    page = await office.does(
        "/news/new", title="Неделя наставника", body="Ждём всех в пятницу в библиотеке.", to=["bot", "wall"]
    )
    assert "Неделя наставника" in words(page)
    item = str(page.url.path)
    before = len(town.lines)
    await office.does(f"{item}/publish")
    await office.tries(f"{item}/publish")
    assert len(town.lines) > before
    await town.comes(22, "09:30")  # who was asked something this morning reads it tomorrow
    for person in (cast.varya, cast.tyoma, cast.gleb, cast.mira, cast.olga):
        assert sum("Неделя наставника" in note.words for note in person.all) == 1, person.who
    if isinstance(town.world, VkWorld):
        assert [post["message"].count("Неделя наставника") for post in town.world.posts] == [1]
        assert "https://vk.com/wall-777_" in await office.reads(item)
        return
    kit = await office.reads(item)
    assert "Ждём всех в пятницу в библиотеке." in words(section(kit, "h-kit"))
    refused = await office.tries(f"{item}/link", url="https://example.org/wall-1_2")
    assert refused.status_code in (409, 422)
    await office.does(f"{item}/link", url="https://vk.com/wall-1_2")
    assert "https://vk.com/wall-1_2" in await office.reads(item)


async def somebody_closes_the_chat(town: Town, lev: Person) -> None:
    """Without our hearing of it: only the next message shows."""
    number = 5000 + town.people.index(lev)
    if isinstance(town.world, TelegramWorld):
        town.world.blocked.add(number)
    elif isinstance(town.world, VkWorld):
        town.world.allowed.discard(number)


async def who_closed_the_chat_is_shown(town: Town, office: Office) -> None:
    if town.world is None:
        return
    assert "Тополев" in words(await office.reads("/people?state=unreachable"))
    assert "Тополев" in words(section(await office.reads("/messages"), "h-lost"))


async def reports_hold_the_people_expected(office: Office) -> None:
    mentees = await office.workbook("mentees")
    mentors = await office.workbook("mentors")
    coverage = await office.workbook("coverage")
    for rows, expected in (
        (mentees, ("Ласточкина", "Снегирев", "Зимородкова")),
        (mentors, ("Журавлёв", "Зимородкова", "Рябинина", "Тополев")),
    ):
        cells = " | ".join(str(cell) for row in rows for cell in row if cell is not None)
        for name in expected:
            assert name in cells, name
    assert any(583 in row for row in coverage)
