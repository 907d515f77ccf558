"""How a table is narrowed: by words, by one of several, by days, by a number. Several hold at once.

Each filter reads its own names of the address, so that a narrowed list can be bookmarked; what it cannot read
does not narrow. A list that the database keeps gives `where`, a list made in the house gives `fits`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_

from program.names import folded
from program.text import Text, raw

LONGEST = 100  # characters of words that are looked for
DIGITS = 6

Where = Callable[[Any], ColumnElement[bool]]
Fits = Callable[[Any, Any], bool]
Given = Mapping[str, str]  # name of the address -> value as it stands there


@dataclass(frozen=True)
class Filter(ABC):
    """Args:
    key: its name in the address.
    label: text id.
    where: the value as read -> a condition of the database; `fits`: (row, value) -> whether it stays.
    more: stands behind «Ещё условия» until it is used.
    """

    key: str
    label: str
    where: Where | None = None
    fits: Fits | None = None
    more: bool = field(default=False, kw_only=True)

    kind = ""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.key,)

    @abstractmethod
    def read(self, query: Mapping[str, str]) -> Given:
        """What of the address narrows; empty: nothing."""

    def value(self, given: Given) -> Any:
        """For `where` and `fits`."""
        return given[self.key]

    def said(self, given: Given) -> Text:
        """The value in words, for the head of the file and above the table."""
        return raw(given[self.key])


@dataclass(frozen=True)
class Words(Filter):
    """Every word has to be found, in any case, е for ё."""

    kind = "words"

    def read(self, query: Mapping[str, str]) -> Given:
        words = query.get(self.key, "").strip()[:LONGEST]
        return {self.key: words} if folded(words) else {}

    @staticmethod
    def of(words: Callable[[Any], str]) -> Fits:
        """For a list made in the house: `words` of a row."""

        def fits(row: Any, asked: str) -> bool:
            plain = folded(words(row))
            return all(part in plain for part in folded(asked).split())

        return fits


@dataclass(frozen=True)
class OneOf(Filter):
    """Args:
    options: code and its words.
    """

    options: Sequence[tuple[str, Text]] = field(default=(), kw_only=True)

    kind = "one"

    def read(self, query: Mapping[str, str]) -> Given:
        asked = query.get(self.key, "")
        return {self.key: asked} if asked in [code for code, _ in self.options] else {}

    def said(self, given: Given) -> Text:
        return dict(self.options)[given[self.key]]


@dataclass(frozen=True)
class Days(Filter):
    """From a day to a day, both included. `value`: (first instant or None, instant after the last or None)."""

    zone: ZoneInfo = field(kw_only=True)

    kind = "days"

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_from", f"{self.key}_to")

    def read(self, query: Mapping[str, str]) -> Given:
        return {name: query[name] for name in self.names if _day(query.get(name, ""))}

    def value(self, given: Given) -> tuple[datetime | None, datetime | None]:
        first, last = (_day(given.get(name, "")) for name in self.names)
        return (
            datetime.combine(first, time(), self.zone) if first else None,
            datetime.combine(last + timedelta(days=1), time(), self.zone) if last else None,
        )

    def said(self, given: Given) -> Text:
        first, last = (_day(given.get(name, "")) for name in self.names)
        return _range(f"{first:%d.%m.%Y}" if first else "", f"{last:%d.%m.%Y}" if last else "")

    @staticmethod
    def of_column(column: Any) -> Where:
        def where(value: tuple[datetime | None, datetime | None]) -> ColumnElement[bool]:
            first, after = value
            low = [column >= first] if first else []
            return and_(column.is_not(None), *low, *([column < after] if after else []))

        return where

    @staticmethod
    def of(moment: Callable[[Any], date | datetime | None]) -> Fits:
        """For a list made in the house; a row without the day does not fit."""

        def fits(row: Any, value: tuple[datetime | None, datetime | None]) -> bool:
            at, (first, after) = moment(row), value
            if at is None:
                return False
            if isinstance(at, datetime):
                return (first is None or at >= first) and (after is None or at < after)
            return (first is None or at >= first.date()) and (after is None or at < after.date())

        return fits


@dataclass(frozen=True)
class Number(Filter):
    """From a whole number to a whole number, both included. `value`: (least or None, most or None)."""

    kind = "number"

    @property
    def names(self) -> tuple[str, ...]:
        return (f"{self.key}_min", f"{self.key}_max")

    def read(self, query: Mapping[str, str]) -> Given:
        return {name: query[name] for name in self.names if _number(query.get(name, "")) is not None}

    def value(self, given: Given) -> tuple[int | None, int | None]:
        least, most = (_number(given.get(name, "")) for name in self.names)
        return least, most

    def said(self, given: Given) -> Text:
        least, most = self.names
        return _range(given.get(least, ""), given.get(most, ""))

    @staticmethod
    def of_column(column: Any) -> Where:
        def where(value: tuple[int | None, int | None]) -> ColumnElement[bool]:
            least, most = value
            low = [column >= least] if least is not None else []
            return and_(column.is_not(None), *low, *([column <= most] if most is not None else []))

        return where

    @staticmethod
    def of(number: Callable[[Any], int | None]) -> Fits:
        """For a list made in the house; a row without the number does not fit."""

        def fits(row: Any, value: tuple[int | None, int | None]) -> bool:
            found, (least, most) = number(row), value
            return found is not None and (least is None or found >= least) and (most is None or found <= most)

        return fits


def _range(first: str, last: str) -> Text:
    if first and last:
        return Text("table-from-to", {"first": first, "last": last})
    return Text("table-from", {"first": first}) if first else Text("table-to", {"last": last})


def _day(typed: str) -> date | None:
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if 1930 <= found.year <= 2200 else None


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= DIGITS else None
