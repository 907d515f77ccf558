"""What stands in the fields of the school's papers: the school itself, people, pairs. Days and names in Russian.

A field that nothing is known of leaves a line to write on where a paper cannot do without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from actions.naming import Case, in_case
from actions.plan_paper import full_day, signed
from actions.template_render import Value, Values
from actions.work import Work
from locales import Texts
from locales.inflection import Name, inflected
from program.ages import OF_AGE, full_years
from program.forms import ROLE_MODELS
from program.letterhead import Letterhead
from program.pair_life import planned_end
from program.roles import Category, Side
from program.states import MeetingFormat
from program.text import Text
from storage import pairs as pair_rows
from storage.tables import Guardianship, Pair, Person

say = Texts()  # papers are in Russian
LINE, SHORT = "_" * 44, "_" * 12
CASES = {"кого": Case.GENITIVE, "кому": Case.DATIVE, "кем": Case.INSTRUMENTAL}
ROLES = {Side.MENTOR: ("наставник", "наставника"), Side.MENTEE: ("наставляемый", "наставляемого")}


def day(on: date) -> str:
    """«22 ноября 2026 г.»."""
    return f"{full_day(on)} г."


def of_school(work: Work, number: str = "", on: date | None = None) -> dict[str, Value]:
    """The group «school» of `program.templates`.

    Args:
        number, on: of the paper; without them a place to write them.
    """
    head = Letterhead.read(work.settings.letterhead)
    last, first, middle = [*head.head_name.split(), "", "", ""][:3]
    whom = inflected(Name(last, first, middle), Case.DATIVE) if first else head.head_name
    return {
        "школа": work.school.name,
        "школа_полностью": head.full_name or work.school.name,
        "учредитель": head.founder,
        "адрес": head.address,
        "контакты": head.contacts,
        "город": work.school.city,
        "директор": head.head_short or SHORT,
        "директор_полностью": head.head_name or LINE,
        "директор_кому": whom or LINE,
        "директор_должность": head.head_position or "Директор",
        "куратор": work.settings.curator_name or SHORT,
        "учебный_год": work.settings.year.replace("-", "/"),
        "номер": number or "______",
        "дата": day(on) if on else f"«___» __________ {work.today.year} г.",
        "сегодня": day(work.today),
    }


def place_of(person: Person) -> str:
    """«8А», «учитель математики», «инженер, завод «Прогресс»»."""
    return ", ".join(part for part in (person.position, person.class_name, person.workplace) if part)


def is_minor(person: Person, today: date) -> bool:
    """A pupil whose day of birth nobody knows is taken for one."""
    if person.birth_date is not None:
        return full_years(person.birth_date, today) < OF_AGE
    return person.category == Category.PUPIL


def of_person(
    work: Work, person: Person | None, side: Side | None, form: str, parents: Sequence[Guardianship] = ()
) -> dict[str, Value]:
    """The group «person»; None: lines to be filled in by hand, for a pupil with a parent."""
    nominative, genitive = ROLES[side] if side else ("наставник / наставляемый", "наставника / наставляемого")
    made: dict[str, Value] = {"роль": nominative, "роль_кого": genitive, "форма": form}
    if person is None:
        empty = dict.fromkeys(("фио", *(f"фио_{one}" for one in CASES), "родитель", "родитель_кого"), LINE)
        return {**made, **empty, "фио_кратко": "", "родитель_кратко": "", "место": SHORT, "ребёнок": True}
    parent = parents[0].guardian if len(parents) == 1 else None
    return {
        **made,
        "фио": person.full_name,
        **{f"фио_{name}": in_case(person, case) for name, case in CASES.items()},
        "фио_кратко": signed(person),
        "место": place_of(person),
        "ребёнок": is_minor(person, work.today),
        "родитель": parent.full_name if parent else LINE,
        "родитель_кратко": signed(parent) if parent else "",
        "родитель_кого": in_case(parent, Case.GENITIVE) if parent else LINE,
    }


def of_pair(work: Work, pair: Pair) -> dict[str, Value]:
    """The group «pair»: who is in it now, of a pair that is over who was."""
    sides = {side: _members(pair, side) for side in Side}
    made: dict[str, Value] = {
        "форма": say(work.settings.form_name(pair.form)),
        "ролевая_модель": role_model(pair),
        "начало": day(pair.starts_on) if pair.starts_on else "",
        "окончание": day(ends) if (ends := _ends(pair)) else "",
        "группа": pair.is_group,
        "наставляемый_ребёнок": any(is_minor(one, work.today) for one in sides[Side.MENTEE]),
        "пара": pair.title if pair.is_group and pair.title else " – ".join(names(one) for one in sides.values()),
    }  # fmt: skip
    for side, name in ((Side.MENTOR, "наставник"), (Side.MENTEE, "наставляемый")):
        made[name] = names(sides[side])
        made[f"{name}_место"] = "; ".join(filter(None, map(place_of, sides[side])))
        for ending, case in CASES.items():
            made[f"{name}_{ending}"] = ", ".join(in_case(one, case) for one in sides[side])
    return made


def of_pairs(work: Work, found: Iterable[Pair], modes: Mapping[int, str]) -> list[Values]:
    """Rows of an order, in the order given.

    Args:
        modes: pair -> code of how it meets, as its programme says.
    """
    made: list[Values] = []
    for number, pair in enumerate(found, 1):
        mentors, mentees = (_members(pair, side) for side in Side)
        mode = modes.get(pair.id, "")
        made.append({
            "номер": str(number),
            "наставник": names(mentors),
            "наставник_место": "; ".join(dict.fromkeys(filter(None, map(place_of, mentors)))),
            "наставляемые": names(mentees),
            "наставляемые_место": "; ".join(dict.fromkeys(filter(None, map(place_of, mentees)))),
            "форма": say(work.settings.form_name(pair.form)),
            "ролевая_модель": role_model(pair),
            "вид": "группа" if pair.is_group else "пара",
            "режим": say(Text(f"plan-mode-{mode}")).lower() if mode else "",
            "начало": f"{pair.starts_on:%d.%m.%Y}" if pair.starts_on else "",
            "окончание": f"{ends:%d.%m.%Y}" if (ends := _ends(pair)) else "",
        })  # fmt: skip
    return made


def _ends(pair: Pair) -> date | None:
    """As the pair's card says it: the agreed last day, or the one that follows from the start."""
    return planned_end(pair.starts_on, pair.ends_on) if pair.starts_on else pair.ends_on


def names(people: Iterable[Person]) -> str:
    return ", ".join(one.full_name for one in people)


def role_model(pair: Pair) -> str:
    """Only the neutral name: papers are read at home."""
    found = ROLE_MODELS.get(pair.role_model)
    return (found.shown or found.staff) if found else ""


def format_of(slug: MeetingFormat) -> str:
    return say(Text(f"meeting-format-{slug}")).lower()


def _members(pair: Pair, side: Side) -> list[Person]:
    every = [one for one in pair.members if one.side == side]
    to_the_end = [one for one in every if one.left_at and one.left_at == pair.closed_at]
    there = pair_rows.present(pair, side) or to_the_end or every
    return [one.person for one in there]
