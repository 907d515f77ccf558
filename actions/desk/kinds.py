"""What a card of the staff's queue is: one thing to decide, shown in a chat with a button for each decision.

A card names people by first name and class; of a call for help it tells nothing but its number.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from actions.work import Work
from program.roles import StaffRole
from program.text import Text
from storage.tables import Person, User

Decide = Callable[[Work, int, str], Awaitable[Text]]
Labels = Sequence[tuple[str, Text]]


@dataclass(frozen=True)
class Verb:
    """One button. Its label is the text `desk-<kind>-<name>`.

    Args:
        route: of the admin's button that does the same; `roles` are those that may press it there.
        act: gets the row's id and what was chosen of `asks`; returns what is said.
        asks: what is chosen after the press, with the question `desk-<kind>-<name>-ask`.
    """

    name: str
    route: str
    roles: frozenset[StaffRole]
    act: Decide
    asks: Labels = ()


@dataclass(frozen=True)
class Shown:
    """A card as it stands now: its words, and the verbs that fit."""

    text: Text
    verbs: tuple[str, ...]


@dataclass(frozen=True)
class CardKind:
    """A kind of cards.

    Args:
        letter: names it in buttons.
        code: of `actions.decisions`, in whose order the cards come.
        ids: of the rows that wait, for this account, the oldest first.
        show: None: the row waits no more.
        settled: who has decided it ("user:<id>"…); "" if nobody has.
    """

    letter: str
    code: str
    ids: Callable[[Work, User], Awaitable[Sequence[int]]]
    show: Callable[[Work, User, int], Awaitable[Shown | None]]
    verbs: tuple[Verb, ...]
    settled: Callable[[Work, int], Awaitable[str]]

    def verb(self, name: str) -> Verb | None:
        return next((one for one in self.verbs if one.name == name), None)


def named(person: Person) -> str:
    """«Аня, 8А»; of an adult the first and middle name."""
    if person.class_name:
        return f"{person.first_name}, {person.class_name}"
    return f"{person.first_name} {person.middle_name}".strip()


def own_class(account: User) -> str | None:
    """The class that a class teacher decides for; None: the whole school."""
    return account.class_name if account.role == StaffRole.CLASS_TEACHER else None


async def nobody(work: Work, key: int) -> str:
    return ""
