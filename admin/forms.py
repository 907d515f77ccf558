"""Reading a posted form: values as typed are kept, what is wrong gets a sentence beside its field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import TypeVar

from starlette.datastructures import FormData

from admin.visit import ticked, words
from locales import Texts
from program.errors import Refusal
from program.text import Text

Chosen = TypeVar("Chosen", bound=StrEnum)


class Typed:
    """A form in the making. `problems`: field's id -> sentence, in the order they were found."""

    def __init__(self, form: FormData, texts: Texts) -> None:
        self._form = form
        self._texts = texts
        self.problems: dict[str, str] = {}

    @staticmethod
    def empty() -> Typed:
        return Typed(FormData(), Texts())

    def wrong(self, field: str, text: str, **args: str | int) -> None:
        self.problems.setdefault(field, self._texts(text, **args))

    def say(self, text: Text) -> str:
        return self._texts(text)

    def put(self, field: str, value: str | Sequence[str]) -> None:
        """Shows another value in a field than the one that came."""
        others = [(name, kept) for name, kept in self._form.multi_items() if name != field]
        values = [value] if isinstance(value, str) else value
        self._form = FormData([*others, *((field, one) for one in values)])

    def refused(self, field: str, refusal: Refusal) -> None:
        self.problems.setdefault(field, self._texts(refusal.text))

    def words(self, field: str, longest: int = 300) -> str:
        return words(self._form, field, longest)

    def many(self, field: str) -> list[str]:
        return ticked(self._form, field)

    def names(self, begins: str) -> list[str]:
        """Fields that came and whose names begin so."""
        return [name for name in dict.fromkeys(self._form) if name.startswith(begins)]

    def text(self, field: str, longest: int, missing: str = "") -> str:
        """What was typed; too long, or empty where `missing` names a sentence, is a problem."""
        value = words(self._form, field, longest + 1)
        if missing and not value:
            self.wrong(field, missing)
        if len(value) > longest:
            self.wrong(field, "admin-field-long", longest=longest)
        return value

    def number(self, field: str, least: int, most: int) -> int:
        value = self.words(field, 12)
        if not value.isdecimal() or not least <= int(value) <= most:
            self.wrong(field, "admin-field-number", least=least, most=most)
            return least
        return int(value)

    def one_of(self, field: str, known: type[Chosen]) -> Chosen | None:
        value = self.words(field)
        if value not in tuple(known):
            self.wrong(field, "admin-field-choose")
            return None
        return known(value)

    def day(self, field: str, latest: date | None = None) -> date | None:
        try:
            value = date.fromisoformat(self.words(field, 10))
        except ValueError:
            self.wrong(field, "admin-field-date")
            return None
        if (latest is not None and value > latest) or value.year < 1930:
            self.wrong(field, "admin-field-date-odd")
            return None
        return value

    def chosen(self, field: str, known: Iterable[str]) -> tuple[str, ...]:
        """The ticked ones, in the order of `known`."""
        ticks = set(self.many(field))
        return tuple(str(one) for one in known if str(one) in ticks)
