"""A person's name in a case, as texts and documents of ours use it."""

from __future__ import annotations

from locales.inflection import OBLIQUE, Case, Name, inflected, short_inflected
from program.names import short
from program.text import Text
from storage.tables import Person

__all__ = ["OBLIQUE", "Case", "in_case", "named", "proposed"]


def name_of(person: Person) -> Name:
    return Name(person.last_name, person.first_name, person.middle_name, person.gender)


def in_case(person: Person, case: Case) -> str:
    """The whole name, for staff and documents: «Соколовой Анне Сергеевне». A correction of the school wins."""
    return inflected(name_of(person), case, person.name_cases)


def proposed(person: Person, case: Case) -> str:
    """What stands there where nobody has corrected it."""
    return inflected(name_of(person), case)


def named(person: Person, case: Case) -> Text:
    """«Анне С.» for a participant's text: in the case in Russian, plain in other languages."""
    shown = short_inflected(name_of(person), case, person.name_cases)
    return Text("worded", {"ru": shown, "en": short(person.first_name, person.last_name)})
