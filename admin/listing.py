"""A table as a page and as a file: narrowed, sorted, counted and cut into pages by the database where it keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import ColumnElement, Select, func, select

from actions import journal
from actions.accounts import Staff
from actions.work import Work
from actions.workbook import Page, Value, workbook
from admin.show import day, file
from admin.tables import PAGE, Asked, Cell, Column, Many, Row, Table
from admin.visit import changing, house, reading
from locales import Texts
from program.text import Text
from storage import saved_views
from storage.tables import SavedView

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Source(Protocol[Row]):
    """Where the rows of a table come from."""

    async def some(self, asked: Asked, first: int, most: int | None) -> tuple[list[Row], int]:
        """`most` rows from the `first` on (None: all of them), and how many there are in all."""
        ...


@dataclass(frozen=True)
class Stored(Generic[Row]):
    """Rows of the database.

    Args:
        base: selects the key alone, of everything that may be seen.
        load: the rows of these keys, in this order.
    """

    work: Work
    base: Select[Any]
    load: Callable[[list[int]], Awaitable[list[Row]]]

    async def some(self, asked: Asked, first: int, most: int | None) -> tuple[list[Row], int]:
        keys, count = await self.keys(asked, first, most)
        return await self.load(keys), count

    async def keys(self, asked: Asked, first: int = 0, most: int | None = None) -> tuple[list[int], int]:
        """The keys and how many there are in all: one statement, so what narrows is worked out once."""
        key = self.base.selected_columns[0]
        order: list[Any] = [key]
        for column in asked.table.columns:
            if column.key == asked.key and not callable(column.order):
                order = [part.desc() if asked.down else part for part in (*column.order, key)]
        fitting = self.base.where(*narrowed(asked))
        statement = fitting.add_columns(func.count().over()).order_by(*order).offset(first).limit(most)
        found = (await self.work.session.execute(statement)).all()
        if found:
            return [row[0] for row in found], found[0][1]
        # Past the end nothing comes back, so nothing tells the number.
        count = select(func.count()).select_from(fitting.subquery())
        return [], await self.work.session.scalar(count) or 0 if first else 0


@dataclass(frozen=True)
class Made(Generic[Row]):
    """Rows that rules have made of what is stored: hundreds, not thousands."""

    rows: Sequence[Row]

    async def some(self, asked: Asked, first: int, most: int | None) -> tuple[list[Row], int]:
        found = [
            row
            for row in self.rows
            if all(one.fits and one.fits(row, asked.value(one)) for one in asked.used)
        ]
        for column in asked.table.columns:
            if column.key == asked.key and callable(column.order):
                found.sort(key=column.order, reverse=asked.down)
        return found[first : None if most is None else first + most], len(found)


def narrowed(asked: Asked) -> list[ColumnElement[bool]]:
    """Everything that the address asks for, as conditions."""
    found = [one.where(asked.value(one)) for one in asked.used if one.where]
    return [*found, *asked.table.together(asked.given)] if asked.table.together else found


@dataclass(frozen=True)
class View(Generic[Row]):
    """One page of a table, for `_table.html`.

    Args:
        count: of all rows that fit; `pages`: how many pages they fill.
        views: what this user and colleagues have saved for this page.
    """

    asked: Asked
    rows: Sequence[Row]
    count: int
    views: Sequence[SavedView]
    own: int

    @property
    def table(self) -> Table[Row]:
        return self.asked.table

    @property
    def pages(self) -> int:
        return -(-self.count // PAGE)

    @property
    def columns(self) -> list[Column[Row]]:
        return [column for column in self.table.columns if not column.hidden]

    @property
    def narrow(self) -> bool:
        return bool(self.asked.used)

    def sorted(self, column: Column[Row]) -> str:
        """What `aria-sort` says; "" where the table is not sorted by this column."""
        if column.key != self.asked.key:
            return ""
        return "descending" if self.asked.down else "ascending"


async def view(
    request: Request, staff: Staff, work: Work, table: Table[Row], source: Source[Row]
) -> View[Row]:
    """The page that the address asks for; a page past the end is the last one."""
    asked = table.ask(request.query_params)
    rows, count = await source.some(asked, (asked.page - 1) * PAGE, PAGE)
    last = max(-(-count // PAGE), 1)
    if asked.page > last:
        asked = table.ask({**request.query_params, "page": str(last)})
        rows, count = await source.some(asked, (last - 1) * PAGE, PAGE)
    views = await saved_views.of(work.session, work.school.id, staff.id, table.name)
    return View(asked, rows, count, views, staff.id)


Built = Callable[[Work], Awaitable[tuple[Table[Row], Source[Row]]]]


async def download(request: Request, staff: Staff, built: Built[Row]) -> Response:
    """«Скачать в Excel»: every row that fits, in the order of the screen. Leaves a line in the journal.

    The workbook is made outside the transaction: ten thousand rows take a second or two.
    """
    place = house(request)
    async with reading(place, staff) as work:
        table, source = await built(work)
        asked = table.ask(request.query_params)
        rows, _ = await source.some(asked, 0, None)
        sheet = sheet_of(work, asked, rows, place.texts)
    data = await asyncio.to_thread(workbook, [sheet], work.now.astimezone(work.zone))
    async with changing(place, staff) as noting:
        after = {"table": table.name, "rows": len(rows), "by": sorted(asked.given)}
        await journal.note(noting, "table.downloaded", f"school:{noting.school.id}", after=after)
    return file(data, f"{sheet.name} {work.today}.xlsx", XLSX)


def sheet_of(work: Work, asked: Asked, rows: Sequence[Any], t: Texts) -> Page:
    """The sheet with the filter and the order named above it."""
    table = asked.table
    columns = [column for column in table.columns if column.cell]
    name = t(table.title)
    lines = [f"{work.school.name}, {day(work.today, work.zone, work.today)} {work.today.year}"]
    said = [t(text) for text in table.kept_said]
    said += [t("table-filter-said", label=t(one.label), value=t(asked.said(one))) for one in asked.used]
    lines.append(t("table-by", what="; ".join(said)) if said else t("table-by-nothing"))
    for column in table.columns:
        if column.key == asked.key:
            how = "down" if asked.down else "up"
            lines.append(t(f"table-order-{how}", head=t(column.head)))
    return Page(
        name=name[:31],
        columns=[t(column.head) for column in columns],
        rows=[[_worded(column.cell(row), t, work.zone) for column in columns if column.cell] for row in rows],
        title=f"{name} ({len(rows)})",
        lines=lines,
        personal=table.personal,
    )


def _worded(cell: Cell, t: Texts, zone: ZoneInfo) -> Value:
    if isinstance(cell, Text):
        return t(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(zone).replace(tzinfo=None)
    if isinstance(cell, Many):
        return "; ".join(t(text) for text in cell.texts)
    return cell
