"""«Школы»: a line for each school, numbers without names; what may not be told is neither shown nor sorted apart."""

from __future__ import annotations

from actions import school_numbers
from actions.school_numbers import COLUMNS, Line
from actions.work import Work
from admin.filters import Words
from admin.listing import Made, Source
from admin.tables import Cell, Column, Table
from program.hiding import LEAST
from program.roles import StaffRole
from program.text import Text


async def built(work: Work, role: StaffRole) -> tuple[Table[Line], Source[Line]]:
    """The schools whose numbers this role sees."""
    lines = await school_numbers.of(work, role)
    columns: list[Column[Line]] = [
        Column("name", "staff-schools-school", lambda line: _plain(line.name), lambda line: line.name),
        Column("year", "staff-schools-year", lambda line: line.year, lambda line: line.year),
        *(_numbers(name) for name in COLUMNS),
    ]
    table = Table(
        "school-numbers",
        "staff-schools-title",
        columns,
        [Words("q", "staff-schools-school", fits=Words.of(lambda line: line.name))],
        usual="name",
        kept_said=[Text("staff-schools-what", {"least": LEAST})],
        personal=False,
    )
    return table, Made(lines)


def _numbers(name: str) -> Column[Line]:
    def cell(line: Line) -> Cell:
        count: int | None = getattr(line, name)
        return said(name) if count is None else count

    def order(line: Line) -> int:
        count: int | None = getattr(line, name)
        return 1 if count is None else count  # all that are hidden stand together, above nobody

    return Column(name, f"staff-schools-{name}", order, cell)


def said(name: str) -> Text:
    """What stands in place of a number that is not told."""
    return Text("staff-schools-hidden") if name == "meetings" else Text("staff-schools-few", {"least": LEAST})


def _plain(name: str) -> str:
    return name.casefold().replace("ё", "е")
