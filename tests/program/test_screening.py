"""What is found in a message, in how many ways it is written, and how rarely a harmless one is taken for it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.relay import HOSTS, LONGEST, RelayRules, Rule, Verdict, parts, screened
from program.screening import Found, find

# Everything that is written about every day; invented.
HARMLESS = """
Привет! Встретимся 15.09.2026 в 15:30 в кабинете 214?
Звонки: 08:30, 09:25, 10:20, 11:25, 12:30, 13:30
Уроки 8:30-9:15, 9:25-10:10, 10:20-11:05
Уроки 8.30-9.15, 9.25-10.10, 10.20-11.05
Расписание: 8.30 9.25 10.20 11.25 12.30 13.30
Пн 8.9.26 9.00 10.15
с 15.30 до 16.15 22.11.2026
учусь в школе № 1234, раньше была 567
сыграли 3:2, 25:17, 25:23, 15:12
счёт 21-19 21-17 19-21
мои баллы: 91 85 78 92 88
баллы 91, 92, 93, 94, 95
номера 123, 124, 125, 126
№ 912, 913, 914, 915
стр. 45-47, упр. 123, 124
2026-2027 учебный год, потом 2027-2028
2+2*3 = 8, 15/3 = 5
число пи 3,14159265358979
число пи 3.14159265358979
скорость света 299 792 458 м/с
население 146 150 789 человек
население Земли 8 000 000 000
население Земли 8 200 000 000 человек
в 1961 году, 12 апреля, Гагарин
1941-1945
1941–1945, 1812, 1914-1918
один два три четыре пять шесть семь восемь девять десять
раз два три четыре пять
в восемь тридцать у входа
в восемь или в девять, в кабинете двести четырнадцать
телефон 8-800-2000-122
звони на детский телефон доверия 8 800 2000 122
позвони 112
позвоню завтра в 15:30
сочинение на 250 слов, 3 абзаца
IP 192.168.0.1
версия 3.11.9
1) 5 2) 10 3) 15
ответы: 1) 8 2) 9 3) 1 4) 2 5) 3 6) 4 7) 5 8) 6 9) 7 10) 8 11) 9
24.11, 25.11, 26.11 могу
24.11 25.11 26.11 27.11 28.11
9.11 10.11 12.11 15.11 16.11
получил 89 из 100 и 912 рублей
0,5 + 1,25 = 1,75
дроби 1/2 3/4 5/6 7/8 9/10
9/10 11/12 13/14 15/16 17/18
у меня 5 5 4 5 3 4 5 5 4 5 5
оценки 5 4 5 5 4 5 3 5 4 5
оценки за неделю 555 44 5 54 45
7А, 8Б, 9В и 10А классы
задача 12.345
Привет.Ну как дела?
Приду.Потом напишу.Ок
т.к. и т.д. и т.п.
файл сочинение.docx, презентация.pptx
print("hello") в main.py
смотри https://resh.edu.ru/subject/8/
https://sferum.ru/?p=start и sferum.ru
читаем «Идиот» Достоевского и «Недоросль»
сказка про Ивана-дурака
тупой угол равен 120 градусов
угол тупой, треугольник тупоугольный
я такой тупой, ничего не понял
я дурак, забыл тетрадь
меня назвали дураком
меня дразнят очкариком
употребляй больше воды, подстрахуй меня
учёба, хлеба, колебаться, потреблять
барсук и суккулент, сукно
психуй не психуй, а экзамен сдавать
лохматый пёс, Лох-Несс
дуралей мой кот
баран и козёл живут в деревне
он осёл? нет, это ослик Иа
команда мандаринов
скипидар и спидометр
Раскольников: «Тварь ли я дрожащая»
на улице тепло 15 градусов
дом 3 этажа
встреча в библиотеке на 2 этаже
@ это собака в почте
я люблю собаку рыжую
в вк видел новость
телеграмму отправили в 1917
инстаграм не нужен
купи 2 тетради 48 листов и 12 ручек
моя команда заняла 1 место, 2 место у 9Б
Рим основан в 753 году до н. э.
решил: x = 12345, y = 67890
x1 = 9, x2 = 12, x3 = 345
ОГЭ 27 мая, ЕГЭ 1 июня 2027 10:00
100 200 300 400 500
9 12 15 18 21 24
912 + 345 = 1257
ISBN 978-5-699-12014-7
пароль от компа не говорю никому
я хочу стать программистом, изучаю java и c++
в minecraft построил дом
в роблокс играю
в роблокс играл вчера и steam скачал
мой ник в школе Кот
температура -15 -17 -20 -22
2 4 8 16 32 64 128 256 512 1024
3 6 9 12 15 18 21 24 27 30
88 005 553 535
номер задачи 8912
""".strip().splitlines()
PHONES = (
    "8 912 345-67-89", "+7 (912) 345 67 89", "89123456789", "79123456789", "9123456789", "912 345 67 89", "912-345-67-89",
    "8.912.345.67.89", "8(912)345-67-89", "8 9 1 2 3 4 5 6 7 8 9", "8-9-1-2-3-4-5-6-7-8-9", "8_912_345_67_89",
    "8/912/345/67/89", "+7 9123456789", "8912 345 67 89", "8 9l2 345 67 89", "8912З456789", "89 12 34 56 78 9",
    "8 912 345 10.10", "89123456789 10 класс", "1)89123456789", "８９１２３４５６７８９",
    "8️⃣9️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣9️⃣", "8\u200b912\u200b345\u200b67\u200b89", "8 (343) 222-33-44", "222-33-44", "звони 22-33-44",
    "тел 2223344", "+375 29 123-45-67", "+44 20 7946 0958",
    "восемь девятьсот двенадцать триста сорок пять шестьдесят семь восемьдесят девять",
    "восемь девять один два три четыре пять шесть семь восемь девять", "плюс семь девятьсот двенадцать 345 67 89",
    "8 девять 1 два 345 67 89", "٨ ٩١٢ ٣٤٥ ٦٧ ٨٩", "⑧⑨①②③④⑤⑥⑦⑧⑨", "Восемь, девятьсот двенадцать, триста сорок пять, шестьдесят семь, восемьдесят девять",
)  # fmt: skip
OTHERS = (
    (Found.EMAIL, ("anya@example.ru", "пиши anya собака mail точка ru", "anya(at)example.com", "a.b+c@sub.example.org")),
    (Found.NICK, (
        "@anya_88", "t.me/anya", "vk.com/id12345", "мой тг anya_88", "дискорд: anya1234", "инста - kotik.99", "id 12345678",
        "мой ник kotik99", "[id1|Аня]", "*id1 (Аня)", "@id1", "[anya|пиши]", "https://vk.me/anya", "вотсап anya99",
    )),
    (Found.LINK, (
        "https://example.com/x", "смотри на chess.com", "bit.ly/abc", "сайт пример.рф", "www.example", "ком ghj точка com",
        "http ://example.com", "sferum.ru.evil.com", "https://sferum.ru@evil.com/a",
    )),
    (Found.CARD, ("4111 1111 1111 1111", "4111111111111111", "карта 2202 2002 3456 7890", "5555-5555-5555-4444")),
    (Found.ADDRESS, ("ул. Ленина, д. 5, кв. 12", "живу на улице Мира 17", "квартира 45", "проспект Ленина, 51а")),
    (Found.INSULT, (
        "ты дурак", "дууураак", "д у р а к", "дypak", "заткнись", "ты тупая", "ты просто никто", "ну ты и ид1от", "пошёл ты",
        "тебя никто не любит",
    )),
)  # fmt: skip


@pytest.mark.parametrize("words", PHONES)
def test_a_phone_is_found_however_it_is_written(words: str) -> None:
    assert Found.PHONE in find(words)
    assert Found.PHONE in find(f"Привет! {words}, пиши")


@pytest.mark.parametrize(("kind", "words"), [(kind, one) for kind, many in OTHERS for one in many])
def test_everything_else_is_found(kind: Found, words: str) -> None:
    assert kind in find(words, HOSTS)


def test_harmless_words_are_let_through() -> None:
    assert [(words, find(words, HOSTS)) for words in HARMLESS if find(words, HOSTS)] == []


def test_a_link_to_the_schools_own_places_is_no_link() -> None:
    assert find("https://resh.edu.ru/subject/8/ и sferum.ru", HOSTS) == ()
    assert Found.LINK in find("https://resh.edu.ru/subject/8/")
    assert Found.LINK in find("resh.edu.ru и chess.com", HOSTS)


@given(
    digits=st.text("0123456789", min_size=9, max_size=9),
    between=st.sampled_from(["", " ", "-", ".", " - ", "  ", "/", "_", ") ", "\n"]),
    before=st.sampled_from(["", "Привет! ", "Мой номер ", "вот: ", "«", "("]),
    after=st.sampled_from(["", ".", " пиши", "!", "»", " до 18:00"]),
    prefix=st.sampled_from(["8", "+7", "7"]),
)
def test_nothing_with_a_phone_gets_through_when_it_is_held(
    digits: str, between: str, before: str, after: str, prefix: str
) -> None:
    number = between.join([prefix, "9" + digits[:2], digits[2:5], digits[5:7], digits[7:]])
    assert screened(before + number + after, RelayRules()).rule is Rule.HOLD


@given(
    st.lists(
        st.tuples(st.integers(1, 28), st.integers(1, 12), st.integers(8, 17), st.integers(0, 59)),
        min_size=1,
        max_size=5,
    )
)
def test_dates_and_hours_are_no_phones(moments: list[tuple[int, int, int, int]]) -> None:
    for line in (
        "{0:02}.{1:02}.2026 в {2:02}:{3:02}",
        "{0:02}.{1:02} {2}:{3:02}",
        "{0}.{1:02}.26 {2}.{3:02}",
    ):
        said = ", ".join(line.format(*one) for one in moments)
        assert find(said) == (), said


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(words: str) -> None:
    find(words)


def test_the_strictest_rule_decides_and_what_is_allowed_is_not_named() -> None:
    rules = RelayRules.read({"rules": {"phone": "allow", "insult": "warn", "link": "odd"}})
    assert screened("8 912 345-67-89", rules) == Verdict()
    assert screened("ты дурак", rules) == Verdict((Found.INSULT,), Rule.WARN)
    assert screened("ты дурак, смотри chess.com", rules).rule is Rule.HOLD
    assert RelayRules.read(rules.to_json()) == rules


@given(st.text(alphabet=st.sampled_from("абв я.!?\n😀"), max_size=900), st.integers(20, 200))
def test_a_long_message_is_divided_without_loss(words: str, limit: int) -> None:
    pieces = parts(words, limit)
    assert all(len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(words.split())


def test_reading_takes_no_time_whatever_is_sent() -> None:
    """Four thousand characters of the worst kind; a doubly nested search would take minutes."""
    for piece in ("1 ", "9", "a.", "a@", "89", "1.", ".ru", "ты ", "один ", "a-", "мой ник ", "«"):
        find((piece * LONGEST)[:LONGEST])
