"""What a list of the admin is: columns and filters, said once. `admin.listing` makes the page and the file of it.

`docs/how-to/table.md` shows how a list is made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from sqlalchemy import ColumnElement

from actions.workbook import Value
from admin.filters import Filter
from program.text import Text

Row = TypeVar("Row")
PAGE = 50  # rows of one page


@dataclass(frozen=True)
class Many:
    """Several things in one cell."""

    texts: Sequence[Text]


Cell = Value | Text | Many


@dataclass(frozen=True)
class Column(Generic[Row]):
    """Args:
    key: its name in the address: `?sort=key`, `?sort=-key` for the other way round.
    head: text id.
    order: what the database sorts by; or, for a list made in the house, a function of the row. Empty: the head
        is no link.
    cell: what stands in the file; None: the column is on the screen only.
    hidden: it is in the file only.
    """

    key: str
    head: str
    order: Sequence[Any] | Callable[[Row], Any] = ()
    cell: Callable[[Row], Cell] | None = None
    hidden: bool = False


@dataclass(frozen=True)
class Table(Generic[Row]):
    """Args:
    name: the route of the page; its file is the route `<name>-file`.
    title: text id; names the sheet and its file.
    usual: the order where none is asked for, as in the address.
    kept: what else of the address belongs to the page; carried along by every link.
    kept_said: the same in words, for the head of the file.
    personal: «Содержит персональные данные» stands on the sheet.
    path: what the route's address names; such a list is about one thing and is not saved as a view.
    together: conditions of filters that only make sense with each other, of all that the address gives.
    """

    name: str
    title: str
    columns: Sequence[Column[Row]]
    filters: Sequence[Filter] = ()
    usual: str = ""
    kept: Mapping[str, str] = field(default_factory=dict)
    kept_said: Sequence[Text] = ()
    personal: bool = True
    path: Mapping[str, Any] = field(default_factory=dict)
    together: Callable[[Mapping[str, str]], Sequence[ColumnElement[bool]]] | None = None

    def ask(self, query: Mapping[str, str]) -> Asked:
        """What an address asks of this table; what cannot be read is left out."""
        given: dict[str, str] = {}
        for one in self.filters:
            given |= one.read(query)
        sort = query.get("sort", "")
        if sort.removeprefix("-") not in [column.key for column in self.columns if column.order]:
            sort = self.usual
        page = query.get("page", "1")
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 6 else 1
        return Asked(self, given, sort, max(number, 1))


@dataclass(frozen=True)
class Asked:
    """A table as one address asks for it."""

    table: Table[Any]
    given: Mapping[str, str]
    sort: str
    page: int

    @property
    def key(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def down(self) -> bool:
        return self.sort.startswith("-")

    @property
    def used(self) -> list[Filter]:
        """The filters that narrow, in the table's order."""
        return [one for one in self.table.filters if self._of(one)]

    def value(self, one: Filter) -> Any:
        return one.value(self._of(one))

    def said(self, one: Filter) -> Text:
        return one.said(self._of(one))

    def query(self, *, page: int = 1) -> str:
        """The address that asks the same, without «?»."""
        parts = {**self.table.kept, **self.given}
        if self.sort != self.table.usual:
            parts["sort"] = self.sort
        if page > 1:
            parts["page"] = str(page)
        return urlencode(parts)

    def without(self, *filters: Filter) -> Asked:
        names = {name for one in filters for name in one.names}
        return replace(self, given={name: value for name, value in self.given.items() if name not in names})

    def turned(self, column: Column[Any]) -> Asked:
        """A press on the head: by this column; a second press turns the order round."""
        down = self.key == column.key and not self.down
        return replace(self, sort=f"-{column.key}" if down else column.key)

    def _of(self, one: Filter) -> dict[str, str]:
        return {name: self.given[name] for name in one.names if name in self.given}
