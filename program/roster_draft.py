"""One row of a school's list as a person: what it says, and what is wrong with it. Source: ux.md 3.1."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from program import cells
from program.ages import full_years
from program.cells import Cell, Unreadable
from program.names import folded
from program.roles import Category
from program.roster_columns import Field
from program.text import Text

PUPIL_AGES, ADULT_AGES = range(5, 22), range(14, 101)  # full years
NOTHING = ("-", "–", "—", "нет")  # typed into a cell to say that there is none


_CATEGORIES = (
    (Category.PUPIL, r"учени|обуча|учащ|школьни"),
    (Category.TEACHER, r"учител|педагог|преподав|воспитат|психолог|директор|сотрудник|завуч"),
    (Category.ALUMNUS, r"выпускн"),
    (Category.STUDENT, r"студент"),
    (Category.PARENT, r"родител"),
    (Category.EMPLOYER, r"работодат|предприят|партн[её]р"),
)
_AGES = {Category.PUPIL: PUPIL_AGES, None: range(PUPIL_AGES.start, ADULT_AGES.stop)}


@dataclass(frozen=True)
class Draft:
    """One row that names a person, or tries to. `row` is the number that Excel shows.

    `problems` keep the row out; `warnings` are said and let it in. Phone and e-mail are as typed.
    """

    row: int
    sheet: str
    last_name: str = ""
    first_name: str = ""
    middle_name: str = ""
    born: date | None = None
    class_name: str = ""
    phone: str = ""
    email: str = ""
    gender: str = ""
    position: str = ""
    workplace: str = ""
    teaching_since: int | None = None
    category: Category | None = None
    problems: tuple[Text, ...] = ()
    warnings: tuple[Text, ...] = ()

    @property
    def shown(self) -> str:
        """For the preview: the name as it was read."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)[:120]


@dataclass
class _Seen:
    """What the row gave so far."""

    problems: list[Text] = field(default_factory=list)
    warnings: list[Text] = field(default_factory=list)


def from_row(
    number: int, sheet: str, values: dict[Field, Cell], group: str, usual: Category | None, today: date
) -> Draft:
    seen = _Seen()
    last, first, middle = _name(values, seen)
    grade = cells.words(values.get(Field.CLASS))
    if grade and Field.LETTER in values:
        grade += cells.words(values[Field.LETTER])
    class_name = cells.class_name(grade) if grade else group
    position = _line(values, Field.POSITION, seen)
    category = category_in(cells.words(values.get(Field.CATEGORY))) or (
        Category.TEACHER if position else Category.PUPIL if class_name else usual
    )
    if category is Category.PUPIL and class_name and not cells.is_class(class_name):
        seen.warnings.append(Text("roster-class-odd", {"class": class_name}))
    return Draft(
        row=number,
        sheet=sheet,
        last_name=last,
        first_name=first,
        middle_name=middle,
        born=_born(values, category, today, seen),
        class_name=class_name if category in (None, Category.PUPIL) else "",
        phone=cells.words(values.get(Field.PHONE))[:100],
        email=cells.words(values.get(Field.EMAIL))[:100],
        gender=_gender(cells.words(values.get(Field.GENDER))),
        position=position,
        workplace=_line(values, Field.WORKPLACE, seen),
        teaching_since=_since(values, today, seen),
        category=category,
        problems=tuple(seen.problems),
        warnings=tuple(seen.warnings),
    )


def _name(values: dict[Field, Cell], seen: _Seen) -> tuple[str, str, str]:
    parts = tuple(cells.words(values.get(what)) for what in (Field.LAST, Field.FIRST, Field.MIDDLE))
    parts = tuple("" if part.lower() in NOTHING else part for part in parts)
    if not parts[2] and " " in parts[1] and cells.is_patronymic(parts[1]):
        parts = (parts[0], *parts[1].rsplit(" ", 1))  # «Имя, отчество» in one column
    typed = cells.words(values.get(Field.FULL))
    try:
        if not parts[0] or not parts[1]:
            whole = typed or " ".join(part for part in parts if part)
            if cells.looks_like_code(whole):
                raise Unreadable("roster-name-code")
            parts, guessed = cells.full_name(whole)
            if guessed:
                seen.warnings.append(guessed)
        clean = []
        for part in parts:
            part, warning = cells.name_part(part) if part else ("", None)
            clean.append(part)
            if warning:
                seen.warnings.append(warning)
    except Unreadable as unreadable:
        seen.problems.append(unreadable.text)
        return (typed or " ".join(part for part in parts if part))[:120], "", ""
    if any(re.search("[а-яё]", part.lower()) for part in clean):
        clean = [cells.in_cyrillic(part) or part for part in clean]
    return clean[0], clean[1], clean[2]


def _born(values: dict[Field, Cell], category: Category | None, today: date, seen: _Seen) -> date | None:
    if Field.BORN not in values:
        return None
    try:
        born = cells.day(values[Field.BORN], today)
        if born is None:
            seen.warnings.append(Text("roster-born-empty"))
            return None
        if born > today:
            raise Unreadable("roster-born-future", day=f"{born:%d.%m.%Y}")
        age = full_years(born, today)
        if age not in _AGES.get(category, ADULT_AGES):
            raise Unreadable("roster-born-age", day=f"{born:%d.%m.%Y}", age=age)
    except Unreadable as unreadable:
        only_year = unreadable.text.id == "roster-born-year"
        (seen.warnings if only_year else seen.problems).append(unreadable.text)
        return None
    return born


def _line(values: dict[Field, Cell], what: Field, seen: _Seen) -> str:
    """A line of free words; a formula or a piece of code is left out and said."""
    text = cells.words(values.get(what))
    if cells.looks_like_code(text) or len(text) > 200:
        seen.warnings.append(Text("roster-line-odd"))
        return ""
    return text


def _since(values: dict[Field, Cell], today: date, seen: _Seen) -> int | None:
    """The year in which teaching began; the cell holds that year or the length of service in years."""
    number = cells.first_number(values.get(Field.SINCE))
    if number is None:
        return None
    if number <= 70:
        return today.year - number
    if 1950 <= number <= today.year:
        return number
    seen.warnings.append(Text("roster-since-odd"))
    return None


def _gender(text: str) -> str:
    letter = text[:1].lower()
    return {"м": "male", "m": "male", "ж": "female", "f": "female"}.get(letter, "")


def category_in(text: str) -> Category | None:
    plain = folded(text)
    return next((what for what, pattern in _CATEGORIES if re.search(pattern, plain)), None)
