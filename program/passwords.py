"""Which passwords are guessed first. Source: OWASP ASVS 5.0, 6.2.4 and 6.2.11.

No list of leaked passwords: those long enough for us are words and names that everybody takes, rows of keys, years and
repetitions, put together. So all of that is taken out, and what is left has to be something.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEFT = 5  # signs that nobody guesses
# Beginnings are enough: what follows them in longer words counts as left.
WORDS = (
    "наставни", "настав", "ментор", "школ", "лицей", "гимнази", "учител", "директор", "куратор", "психолог", "админ",
    "пароль", "привет", "любовь", "люблю", "солнышк", "россия", "москва", "спартак", "зенит", "кошка", "собака", "котик",
    "мамочка", "доченьк", "наташа", "марина", "светлан", "татьян", "екатерин", "александр", "дмитри", "сергей", "андрей",
    "алексей", "максим", "николай", "владимир", "михаил", "евгени", "виктор", "анастаси", "кристин", "елена",
    "ольга", "ирина", "мария", "юлия", "иван", "артем", "артём", "никита", "данил", "денис", "роман", "королев", "ангел",
    "nastavnik", "mentor", "shkola", "school", "licey", "gimnaz", "uchitel", "direktor", "director", "kurator", "curator",
    "psiholog", "admin", "administrator", "root", "user", "guest", "test", "demo", "login", "parol", "password", "passw0rd",
    "p@ssw0rd", "p@ssword", "pass", "secret", "welcome", "letmein", "default", "changeme", "master", "dragon", "monkey",
    "sunshine", "princess", "football", "baseball", "superman", "batman", "shadow", "michael", "jordan", "liverpool",
    "chelsea", "barcelona", "arsenal", "pokemon", "iloveyou", "loveyou", "forever", "freedom", "computer", "internet",
    "samsung", "google", "yandex", "mail", "vkontakte", "telegram", "starwars", "whatever", "trustno1", "hello", "flower",
    "summer", "winter", "spring", "autumn", "lubov", "lyubov", "privet", "solnce", "rossiya", "moskva", "spartak", "zenit",
    "natasha", "marina", "svetlana", "tatiana", "tatyana", "ekaterina", "alexandr", "aleksandr", "dmitri", "dmitry", "sergey",
    "sergei", "andrey", "andrei", "alexey", "aleksey", "maxim", "maksim", "nikolay", "vladimir", "mihail", "evgeni",
    "viktor", "victor", "anastasi", "kristina", "elena", "olga", "irina", "maria", "yulia", "ivan", "artem", "nikita",
    "danil", "denis", "roman", "ashley", "jessica", "jennifer", "charlie", "thomas", "daniel", "robert",
)  # fmt: skip
_ROWS = (
    "qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "abcdefghijklmnopqrstuvwxyz",
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujm", "йфяцычувскамепинртгоь", "zaq12wsxcde34rfv", "zaq1xsw2cde3vfr4bgt5",
)  # fmt: skip
_KEYS = 4  # neighbours that make a row
_REPEATED = re.compile(r"(.{1,4}?)\1{2,}")
# A dozen digits in a row are chance; fewer are a year, a birthday, a telephone.
_NOT_CHANCE = re.compile(r"[\W_]+|(?<!\d)\d{1,11}(?!\d)")


def guessable(password: str, own: Iterable[str] = ()) -> bool:
    """Whether little is left of it without what is guessed first.

    Args:
        own: words around its owner: login, name, the school's name.
    """
    left = password.casefold()
    around = {part for word in own for part in re.split(r"[\W_]+", word.casefold()) if len(part) >= 3}
    for word in sorted({*WORDS, *around}, key=len, reverse=True):
        left = left.replace(word, " ")
    left = _without_rows(left)
    left = _REPEATED.sub(r"\1", left)
    return len(set(_NOT_CHANCE.sub("", left))) < LEFT


def _without_rows(words: str) -> str:
    """Without neighbours on a keyboard or in the alphabet, in either direction."""
    at, kept = 0, []
    while at < len(words):
        end = at
        for row in (*_ROWS, *(row[::-1] for row in _ROWS)):
            long = _KEYS
            while at + long <= len(words) and words[at : at + long] in row:
                end = max(end, at + long)
                long += 1
        kept.append(" " if end > at else words[at])
        at = max(end, at + 1)
    return "".join(kept)
