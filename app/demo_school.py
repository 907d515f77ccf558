"""The demo's school on paper: invented people in the published numbers of a real programme.

583 pupils, 51 teachers; mentors 11 pupils, 11 and 4 teachers; mentees 57 pupils, 37 of whom in a second
form too, and 4 teachers; 39 pairs and 5 groups. Source: domain.md 5.3 (seed 000). All names are invented.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from io import BytesIO

from xlsxwriter import Workbook

from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE
from program.roles import Side

PUPILS, TEACHERS = 583, 51
NEAR = timedelta(days=31)  # around today: nobody in the demo turns 14 or 18
NAME, CITY, ZONE = "Школа № 7", "Речной", "Asia/Yekaterinburg"
LESSONS = (
    "08:00-08:40", "08:50-09:30", "09:50-10:30", "10:50-11:30", "11:40-12:20", "12:30-13:10",
)  # fmt: skip

_GIRLS = [
    "Алиса",
    "Анна",
    "Арина",
    "Валерия",
    "Варвара",
    "Вера",
    "Вероника",
    "Дарья",
    "Ева",
    "Екатерина",
    "Елизавета",
    "Жанна",
    "Злата",
    "Инга",
    "Карина",
    "Кира",
    "Ксения",
    "Лада",
    "Лидия",
    "Майя",
    "Маргарита",
    "Марина",
    "Мила",
    "Милана",
    "Надежда",
    "Нина",
    "Оксана",
    "Полина",
    "Рада",
    "София",
    "Таисия",
    "Ульяна",
    "Яна",
]
_BOYS = [
    "Александр",
    "Артём",
    "Богдан",
    "Борис",
    "Вадим",
    "Виктор",
    "Глеб",
    "Григорий",
    "Давид",
    "Денис",
    "Егор",
    "Захар",
    "Игнат",
    "Кирилл",
    "Лев",
    "Макар",
    "Марк",
    "Матвей",
    "Мирон",
    "Никита",
    "Олег",
    "Павел",
    "Платон",
    "Родион",
    "Роман",
    "Савва",
    "Семён",
    "Степан",
    "Тимофей",
    "Фёдор",
    "Юрий",
    "Яков",
]
_FATHERS = [
    "Алексей",
    "Андрей",
    "Борис",
    "Вадим",
    "Виктор",
    "Глеб",
    "Денис",
    "Егор",
    "Иван",
    "Кирилл",
    "Максим",
    "Никита",
    "Олег",
    "Павел",
    "Роман",
    "Семён",
    "Степан",
    "Тимур",
    "Фёдор",
    "Юрий",
]
_SURNAMES = [
    "Абрикосов",
    "Беляев",
    "Вишняков",
    "Голубкин",
    "Дроздов",
    "Ежов",
    "Журавлёв",
    "Зимин",
    "Изумрудов",
    "Калинкин",
    "Лисицын",
    "Медведкин",
    "Незабудкин",
    "Облаков",
    "Подорожников",
    "Рябинин",
    "Синицын",
    "Тополев",
    "Утёсов",
    "Филинов",
    "Хвойный",
    "Цветков",
    "Чайкин",
    "Шиповников",
    "Щеглов",
    "Юрьев",
    "Ясенев",
    "Берёзкин",
    "Васильков",
    "Гранатов",
    "Дубравин",
    "Ёлочкин",
    "Земляникин",
    "Кедров",
    "Ландышев",
    "Малинкин",
    "Ольхов",
    "Песчаный",
    "Ручьёв",
    "Снегирёв",
]
_PATRONYMICS = {
    "Никита": ("Никитич", "Никитична"),
    "Павел": ("Павлович", "Павловна"),
    "Юрий": ("Юрьевич", "Юрьевна"),
}


@dataclass(frozen=True)
class Line:
    """One line of a list: a person as the school knows them."""

    last: str
    first: str
    middle: str
    female: bool
    born: date | None = None
    class_name: str = ""
    position: str = ""

    @property
    def full(self) -> str:
        return " ".join(self.names)

    @property
    def names(self) -> tuple[str, str, str]:
        return self.last, self.first, self.middle


@dataclass
class Plan:
    """Who joins as what, by their place in the lists; who is put together with whom."""

    pupils: list[Line]
    teachers: list[Line]
    places: list[tuple[str, Side, list[Line]]] = field(default_factory=list)  # form, side, people
    pairs: list[tuple[str, str, Line, Line]] = field(default_factory=list)  # form, role model, mentor, mentee
    groups: list[tuple[str, str, str, list[Line], list[Line]]] = field(default_factory=list)
    newcomers: list[Line] = field(default_factory=list)  # invited, to be played from the beginning
    wishes: dict[Line, tuple[Side, str]] = field(default_factory=dict)  # theirs, where nobody plays them


def plan(today: date, seed: int = 7) -> Plan:
    """The same school for the same day and seed."""
    chance = random.Random(seed)  # noqa: S311 - invented people, not secrets
    names = _names(chance)
    year = today.year if today.month >= 9 else today.year - 1
    school = Plan(_pupils(chance, names, year, today), _teachers(chance, names))
    younger = [p for p in school.pupils if p.class_name.startswith(("5", "6", "7", "8"))]
    older = [p for p in school.pupils if p.class_name.startswith(("10", "11"))]
    mentees, mentors = chance.sample(younger, 63), chance.sample(older, 14)
    mentees, new_pupils = mentees[:57], mentees[57:]
    mentors, new_mentors = mentors[:11], mentors[11:]
    masters, guides, young = school.teachers[:11], school.teachers[11:15], school.teachers[15:19]
    school.newcomers = [*new_pupils, *new_mentors, school.teachers[19]]
    school.wishes = dict.fromkeys(new_pupils, (Side.MENTEE, "uch_uch"))
    school.wishes |= dict.fromkeys(new_mentors, (Side.MENTOR, "uch_uch"))
    school.wishes[new_pupils[-1]] = (Side.MENTEE, "uchit_uch")
    school.wishes[school.teachers[19]] = (Side.MENTOR, "uchit_uch")
    talents = mentees[:37]
    school.places = [
        ("uch_uch", Side.MENTOR, mentors),
        ("uchit_uch", Side.MENTOR, masters),
        ("uchit_uchit", Side.MENTOR, guides),
        ("uchit_uchit", Side.MENTEE, young),
        ("uch_uch", Side.MENTEE, mentees),
        ("uchit_uch", Side.MENTEE, talents),
    ]
    _put_together(school, mentors, masters, guides, young, mentees, talents)
    return school


def _put_together(
    school: Plan,
    mentors: list[Line],
    masters: list[Line],
    guides: list[Line],
    young: list[Line],
    mentees: list[Line],
    talents: list[Line],
) -> None:
    """39 pairs and 5 groups by role model, as published."""
    models = ["uch_uch.lider_tihonya"] + ["uch_uch.nastavnik_podopechny"] * 4
    school.pairs += [("uch_uch", m, a, b) for m, a, b in zip(models, mentors[:5], mentees[:5], strict=True)]
    school.pairs += [
        ("uchit_uchit", "uchit_uchit.opyt_molod", a, b) for a, b in zip(guides, young, strict=True)
    ]
    models = ["uchit_uch.neuspev"] * 5 + ["uchit_uch.odaren"] * 23 + ["uchit_uch.osoben"] * 2
    school.pairs += [
        ("uchit_uch", model, masters[number % 9], talents[number]) for number, model in enumerate(models)
    ]
    rest = mentees[5:]
    school.groups = [
        ("uch_uch", "uch_uch.master_klass", "Мастер-класс", mentors[5:7], rest[:17]),
        ("uch_uch", "uch_uch.ravny_ravnomu", "Равный – равному", mentors[7:9], rest[17:34]),
        ("uch_uch", "uch_uch.volonter_otryad", "Отряд наставников", mentors[9:11], rest[34:]),
        ("uchit_uch", "uchit_uch.odaren", "Олимпийская сборная", masters[9:10], talents[30:34]),
        ("uchit_uch", "uchit_uch.odaren", "Исследователи", masters[10:11], talents[34:]),
    ]


def roster(lines: list[Line]) -> bytes:
    """A list as schools keep it, .xlsx: a title above, dates as text, one column for the name."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Список")
    sheet.write_string(0, 0, f"{NAME}, {CITY}. Список на начало учебного года")
    pupils = bool(lines[0].class_name)
    head = ["№", "Ф.И.О.", "Класс", "Дата рождения", "Пол"] if pupils else ["№", "Ф.И.О.", "Должность", "Пол"]
    sheet.write_row(2, 0, head)
    for number, line in enumerate(lines, 1):
        sex = "ж" if line.female else "м"
        born = f"{line.born:%d.%m.%Y}" if line.born else ""
        row = (
            [number, line.full, line.class_name, born, sex]
            if pupils
            else [number, line.full, line.position, sex]
        )
        sheet.write_row(number + 2, 0, row)
    book.close()
    return file.getvalue()


def parent(child: Line) -> str:
    """Full name of the parent who answers for a child."""
    first = "Ольга" if len(child.full) % 2 else "Ирина"
    last = child.last if child.female else _woman(child.last)
    return f"{last} {first} Павловна"


def _names(chance: random.Random) -> list[tuple[str, str, str, bool]]:
    """More names than needed, none twice."""
    found: dict[tuple[str, str], tuple[str, str, str, bool]] = {}
    while len(found) < PUPILS + TEACHERS + 50:
        female = chance.random() < 0.5
        first = chance.choice(_GIRLS if female else _BOYS)
        last, father = chance.choice(_SURNAMES), chance.choice(_FATHERS)
        name = (_woman(last) if female else last, first, _patronymic(father, female=female), female)
        found[name[0], name[1]] = name
    return list(found.values())


def _woman(surname: str) -> str:
    return surname[:-2] + "ая" if surname.endswith(("ый", "ий")) else surname + "а"


def _patronymic(father: str, *, female: bool) -> str:
    if father in _PATRONYMICS:
        return _PATRONYMICS[father][female]
    stem = father[:-1] + "е" if father.endswith(("й", "ь")) else father + "о"
    return stem + ("вна" if female else "вич")


def _pupils(
    chance: random.Random, names: list[tuple[str, str, str, bool]], year: int, today: date
) -> list[Line]:
    lines = []
    for number in range(PUPILS):
        grade = 1 + number * 11 // PUPILS
        last, first, middle, female = names[number]
        born = _settled(date(year - 6 - grade, chance.randint(1, 12), chance.randint(1, 28)), today)
        letter = "АБ"[number % 2]
        lines.append(Line(last, first, middle, female, born, f"{grade}{letter}"))
    return lines


def _settled(born: date, today: date) -> date:
    """The same, or two months earlier: at 14 and 18 a new word is needed, and nobody in the demo gives it.

    People join three weeks before today; a birthday in between would open the demo with somebody paused.
    """
    for age in (GUARDIAN_ALONE_BELOW, OF_AGE):
        birthday = born.replace(year=born.year + age)
        if abs(birthday - today) <= NEAR:
            return born - 2 * NEAR
    return born


def _teachers(chance: random.Random, names: list[tuple[str, str, str, bool]]) -> list[Line]:
    subjects = ("математики", "русского языка", "английского языка", "физики", "химии", "истории", "биологии")
    lines = []
    for number in range(TEACHERS):
        last, first, middle, female = names[PUPILS + number]
        lines.append(
            Line(last, first, middle, female, position=f"учитель {subjects[number % len(subjects)]}")
        )
    return lines
