"""A person's name in a case, as texts and documents of ours use it."""

from __future__ import annotations

from locales.inflection import OBLIQUE, Case, Name, inflected, short_inflected
from program.roles import Category
from program.text import Text
from storage.tables import Person

__all__ = ["OBLIQUE", "Case", "called", "in_case", "named", "proposed"]


def name_of(person: Person) -> Name:
    return Name(person.last_name, person.first_name, person.middle_name, person.gender)


def in_case(person: Person, case: Case) -> str:
    """The whole name, for staff and documents: «Соколовой Анне Сергеевне». A correction of the school wins."""
    return inflected(name_of(person), case, person.name_cases)


def proposed(person: Person, case: Case) -> str:
    """What stands there where nobody has corrected it."""
    return inflected(name_of(person), case)


def called(person: Person, case: Case) -> str:
    """As participants call each other: pupils and students «Анне С.», adults «Марии Ивановне»."""
    name = name_of(person)
    if person.category in (Category.PUPIL, Category.STUDENT) or not person.middle_name:
        return short_inflected(name, case, person.name_cases)
    whole = inflected(name, case, person.name_cases).split()
    return " ".join(whole[1:]) if person.last_name and len(whole) > 2 else " ".join(whole)


def named(person: Person, case: Case, plain: str) -> Text:
    """«Ане», «Марии Ивановне», never a surname; in other languages `plain`."""
    words = called(person, case)
    if person.category == Category.PUPIL or not person.middle_name:
        initial = f" {person.last_name[:1]}."
        words = words.removesuffix(initial) if person.last_name else words
    return Text("worded", {"ru": words, "en": plain})
