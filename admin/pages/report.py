"""One report on a page: its tables, and behind every number its people and pairs. What the curator decides about reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import school_settings
from actions.accounts import Staff
from actions.report_paper import words as in_words
from actions.reports import REPORTS, Report, counted, kept, known
from actions.reports.asked import Asked, Built, asked
from actions.reports.heading import RULES
from actions.work import Work
from actions.workbook import Count, Page, Remark
from admin.access import may
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import address, back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, sees
from locales import dates
from program.errors import Refusal
from program.ids import id_in
from program.indicators import FEDERAL, TARGETS, target
from program.periods import CODES, WHOLE, period
from program.report_settings import LONGEST_TITLE, MOST, SIZES, TOTALS, Column, ReportSettings
from program.text import Text, raw
from storage import lists, pairs

router = APIRouter(prefix="/reports")
MOST_ROWS = 200  # of a table on the page; the file has all of them


@dataclass(frozen=True)
class Cell:
    """`href`: where its people or rows stand; "" for who may not open that."""

    words: str
    href: str = ""
    number: bool = False


@router.get("/own", name="report-setup")
async def setup(request: Request, staff: Signed, work: Reading) -> Response:
    year = await _year(work, request.query_params.get("year", ""))
    return await _setup(request, work, Typed.empty(), await _editing(work, year), year)


@router.post("/own", name="report-setup-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    year = await _year(work, typed.words("year", 9))
    editing = await _editing(work, year)
    if await editing.clashes(work, typed):
        return await _setup(request, work, typed, editing, year)
    own = ReportSettings.read(work.settings.reports)
    totals = {name: number for name in _totals(work, year) if (number := _whole(typed, f"total-{name}"))}
    targets = {code: one for code in FEDERAL if (one := _percent(typed, f"target-{code}")) is not None}
    usual = {code: target(code, year, {}) for code in FEDERAL}
    for report in REPORTS:
        own = own.with_title(report.name, typed.text(f"title-{report.name}", LONGEST_TITLE), report.title)
    if typed.problems:
        return await _setup(request, work, typed, editing, year)
    own = own.with_year(year, {code: one for code, one in targets.items() if one != usual[code]}, totals)
    await school_settings.save_reports(work, own)
    return back(request, "report-setup", "settings", query=f"year={year}")


@router.get("/own/{table}", name="report-columns")
async def columns(request: Request, staff: Signed, work: Reading, table: str) -> Response:
    of = _table(table)
    return _columns(request, work, of, Typed.empty(), _column_editing(work, table, of[2]))


@router.post("/own/{table}", name="report-columns-save")
async def save_columns(request: Request, staff: Signed, work: Changing, form: Fields, table: str) -> Response:
    """The columns of one table; «Вернуть как было» takes back everything of it."""
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    report, name, own_columns = _table(table)
    editing = _column_editing(work, table, own_columns)
    if await editing.clashes(work, typed):
        return _columns(request, work, (report, name, own_columns), typed, editing)
    own = ReportSettings.read(work.settings.reports)
    found: list[tuple[int, int, Column]] = []
    for number, column in enumerate(own_columns):
        title = typed.text(f"title-{number}", LONGEST_TITLE)
        place = typed.number(f"place-{number}", 1, len(own_columns)) if not typed.words("usual") else 1
        found.append((place, number, Column(column, title or column, str(number) in typed.many("shown"))))
    chosen = tuple(one for *_, one in sorted(found, key=lambda each: each[:2]))
    if typed.words("usual"):
        typed.problems.clear()
        chosen = tuple(Column(column, column) for column in own_columns)
    elif not any(one.shown for one in chosen):
        typed.wrong("shown", "reports-own-none-shown")
    if typed.problems:
        return _columns(request, work, (report, name, own_columns), typed, editing)
    await school_settings.save_reports(work, own.with_columns(table, chosen, own_columns))
    return back(request, "report-columns", "settings", table=table)


@router.get("/{name}", name="report-view")
async def view(request: Request, staff: Signed, work: Reading, name: str) -> Response:
    report, problems = _known(name), {}
    try:
        of = _asked(request, work)
    except Refusal as refusal:
        problems = {"day": house(request).texts(refusal.text)}
        of = asked(work)
    built = await counted(work, report, of)
    return page(
        request,
        "reports/report.html",
        work,
        section="reports",
        status=422 if problems else 200,
        problems=problems,
        report=report,
        built=built,
        of=of,
        parts=CODES,
        years=await _years(work),
        month=lambda code: dates.month(period(of.year, code).first),
        tables=[_shown(request, staff, report, of, number, one) for number, one in enumerate(built.pages)],
        checks=_checks(report, built),
        rules=RULES,
        most=MOST_ROWS,
    )


@router.get("/{name}/people", name="report-people")
async def people(request: Request, staff: Signed, work: Reading, name: str) -> Response:
    """Who stands behind one number: counted anew, so the list is never another one than the number's."""
    report = _known(name)
    if "sheet" not in request.query_params:
        return back(request, "report-view", name=name)
    try:
        of = _asked(request, work)
    except Refusal:
        raise HTTPException(404) from None
    built = await counted(work, report, of)
    cell, label = _cell(request, built)
    found = await lists.bare(work.session, work.school.id, cell.people)
    shown = [one for one in found if sees(staff, one)]
    return page(
        request,
        "reports/people.html",
        work,
        section="reports",
        report=report,
        built=built,
        of=of,
        label=label,
        number=cell.number,
        people=sorted(shown, key=lambda one: (one.plain, one.id)),
        then=await kept.people(work, of.year),
        hidden=len(cell.people) - len(shown),
        pairs=await pairs.some(work.session, work.school.id, cell.pairs),
        query=urlencode(_query(of)),
    )


def _checks(report: Report, built: Built) -> list[Remark]:
    """What is to be looked at before a paper is signed: it does not stand there."""
    found = (
        [one for table in built.pages for one in table.remarks if one.inside and not one.settled]
        if report.paper
        else []
    )
    return sorted(dict.fromkeys(found), key=lambda one: not one.alarm)


async def _years(work: Work) -> list[str]:
    from storage.year_numbers import years

    return sorted({work.settings.year, *await years(work.session, work.school.id)}, reverse=True)


def _known(name: str) -> Report:
    try:
        return known(name)
    except Refusal:
        raise HTTPException(404) from None


def _asked(request: Request, work: Work) -> Asked:
    """Raises Refusal: no such time."""
    given = request.query_params
    day = given.get("day", "")[:10]
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        raise Refusal("admin-field-date") from None
    return asked(work, given.get("year", "")[:9], given.get("part", "")[:5] or WHOLE, on)


def _query(of: Asked) -> dict[str, str]:
    return {"year": of.year, "part": of.of.code, "day": of.on.isoformat()}


def _shown(
    request: Request, staff: Staff, report: Report, of: Asked, sheet: int, table: Page
) -> tuple[Page, list[list[Cell]]]:
    found = []
    for number, row in enumerate(table.rows[:MOST_ROWS]):
        cells = []
        for column, value in enumerate(row):
            href = ""
            if isinstance(value, Count) and value.number:
                href = _href(request, staff, report, of, value, sheet, number, column)
            cells.append(Cell(in_words(value), href, not isinstance(value, str)))
        found.append(cells)
    return table, found


def _href(
    request: Request, staff: Staff, report: Report, of: Asked, value: Count, sheet: int, row: int, column: int
) -> str:
    if value.route:
        return address(request, value.route) if may(staff.role, value.route) else ""
    if not (value.people or value.pairs) or not may(staff.role, "report-people"):
        return ""
    asked_for = _query(of) | {"sheet": str(sheet), "row": str(row), "column": str(column)}
    return f"{address(request, 'report-people', name=report.name)}?{urlencode(asked_for)}"


def _cell(request: Request, built: Built) -> tuple[Count, str]:
    """The number that was asked for and what it is called: words of its row, title of its column."""
    given = [id_in("1" + request.query_params.get(name, "")[:6]) for name in ("sheet", "row", "column")]
    try:
        sheet, row, column = (int(str(one)[1:]) for one in given)
        table = built.pages[sheet]
        value = table.rows[row][column]
    except (ValueError, IndexError):
        raise HTTPException(404) from None
    if not isinstance(value, Count) or not (value.people or value.pairs):
        raise HTTPException(404)
    named = [str(one) for one in table.rows[row] if isinstance(one, str) and one]
    return value, ". ".join(dict.fromkeys([*named, table.columns[column]]))


# --- what the curator decides ---


async def _year(work: Work, asked_for: str) -> str:
    """Of a year that is over, too; the year in work where none is asked for or nothing is known of it."""
    return asked_for if asked_for in await _years(work) else work.settings.year


def _totals(work: Work, year: str) -> tuple[str, ...]:
    return TOTALS if year == work.settings.year else (*SIZES, *TOTALS)


async def _editing(work: Work, year: str) -> Editing:
    own, known = ReportSettings.read(work.settings.reports), await kept.totals(work, year)
    fields = {
        f"total-{name}": Field(Text(f"reports-own-{name}"), str(known.get(name) or ""))
        for name in _totals(work, year)
    }
    for code in FEDERAL:
        fields[f"target-{code}"] = Field(raw(code), _told(target(code, year, own.targets)))
    for report in REPORTS:
        fields[f"title-{report.name}"] = Field(raw(report.title), own.title(report.name, report.title))
    return Editing(subject(work), fields)


async def _setup(request: Request, work: Work, typed: Typed, editing: Editing, year: str) -> Response:
    values = {name: one.value for name, one in editing.fields.items()}
    if typed.problems:
        values |= {name: typed.words(name) for name in values}
    return page(
        request,
        "reports/own.html",
        work,
        section="reports",
        status=422 if typed.problems else 200,
        problems=typed.problems,
        values=values,
        year=year,
        years=await _years(work),
        totals=_totals(work, year),
        codes=FEDERAL,
        federal={code: _told(target(code, year, {})) for code in TARGETS},
        reports=REPORTS,
        changed=ReportSettings.read(work.settings.reports).columns,
        **context(editing, work.now),
    )


def _table(key: str) -> tuple[Report, str, list[str]]:
    for report in REPORTS:
        if key in report.tables:
            name, own = report.tables[key]
            return report, name, list(own)
    raise HTTPException(404)


def _column_editing(work: Work, table: str, own: list[str]) -> Editing:
    """The columns of one table as the form shows them."""
    fields: dict[str, Field] = {}
    shown: list[str] = []
    for place, one in enumerate(ReportSettings.read(work.settings.reports).of_table(table, own), 1):
        number, called = own.index(one.name), {"name": raw(one.name)}
        fields[f"title-{number}"] = Field(Text("reports-own-title-what", called), one.title)
        fields[f"place-{number}"] = Field(Text("reports-own-place-what", called), str(place))
        if one.shown:
            shown.append(str(number))
    words = {str(number): raw(column) for number, column in enumerate(own)}
    return Editing(subject(work), fields | {"shown": Field(Text("reports-own-shown"), shown, words)})


def _columns(
    request: Request, work: Work, of: tuple[Report, str, list[str]], typed: Typed, editing: Editing
) -> Response:
    report, name, own_columns = of
    table = next(key for key, (sheet, _) in report.tables.items() if sheet == name)
    kept = ReportSettings.read(work.settings.reports).of_table(table, own_columns)
    lines: list[dict[str, Any]] = []
    for place, one in enumerate(kept, 1):
        number = own_columns.index(one.name)
        lines.append(
            {
                "number": number,
                "name": one.name,
                "title": typed.words(f"title-{number}") if typed.problems else one.title,
                "place": typed.words(f"place-{number}") if typed.problems else place,
                "shown": str(number) in typed.many("shown") if typed.problems else one.shown,
            }
        )
    return page(
        request,
        "reports/columns.html",
        work,
        section="reports",
        status=422 if typed.problems else 200,
        problems=typed.problems,
        report=report,
        name=name,
        table=table,
        lines=lines,
        **context(editing, work.now),
    )


def _whole(typed: Typed, field: str) -> int:
    """An empty field means that it is not known."""
    return typed.number(field, 0, MOST) if typed.words(field, 12) else 0


def _percent(typed: Typed, field: str) -> float | None:
    value = typed.words(field, 8).replace(",", ".").removesuffix("%").strip()
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100:
        typed.wrong(field, "reports-own-percent")
        return None
    return round(number, 1)


def _told(number: float | None) -> str:
    return "" if number is None else f"{number:g}".replace(".", ",")
