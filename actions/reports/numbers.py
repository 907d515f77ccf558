"""«Программа в числах»: what the page «Отчёты» shows of a school year or a part of it, with charts to restyle. No names."""

from __future__ import annotations

from actions import year_numbers
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page, Remark, Share, Value
from actions.workbook_charts import Picture
from actions.year_numbers import SCALE, Board, Compared, Figures
from locales import dates
from program.hiding import LEAST, nested
from program.periods import year_before
from program.text import Text

TITLE = "Программа в числах"


async def build(work: Work, asked: Asked) -> Built:
    """a sheet for each picture of the page, its numbers above its chart."""
    board = await year_numbers.board(work, asked.of)
    lines = await heading.lines(work, asked, "report-rule-people")
    plain = lines[:3]
    pages = [
        _figures(work, board, lines),
        _months(board, plain),
        _forms(work, board, plain),
        _stages(board, lines),
        _marks(board, plain),
        *(_compared(one, plain) for one in board.compared),
    ]
    return heading.built(TITLE, pages)


def _figures(work: Work, board: Board, lines: list[str]) -> Page:
    def row(code: str, of: tuple[Value, Value], about: str) -> list[Value]:
        return [say(Text(f"reports-{code}")), *of, about]

    def both(name: str) -> tuple[Value, Value]:
        past = told(getattr(board.past, name)) if board.past.any else None
        return told(getattr(board.now, name)), past

    def share(of: Figures) -> Share:
        return Share(of.lately, of.old)

    now = board.now
    days = work.settings.warn_after
    base = say(Text("reports-base-about"))
    rows: list[list[Value]] = [
        row("mentors", both("mentors"), base),
        row("mentees", both("mentees"), base),
        row("pairs", both("pairs"), say(Text("reports-pairs-about"))),
        row("meetings", both("meetings"), say(Text("reports-meetings-about"))),
        row(
            "share", (share(now), share(board.past)),
            say(Text("reports-share-about", {"count": now.old, "some": now.lately, "days": days})),
        ),
        row(
            "mean", (now.marks.mean, board.past.marks.mean),
            say(Text("reports-mean-about", {"count": now.marks.shown, "least": LEAST})),
        ),
    ]  # fmt: skip
    columns = (
        say(Text("charts-what")), board.of.year, year_before(board.of.year), say(Text("report-what-counts")),
    )  # fmt: skip
    notes = [Remark(say(Text("report-hidden", {"least": LEAST})))]
    return Page("Главное", columns, rows, TITLE, lines, notes, widths=(28, 14, 14, 70))


def told(count: int) -> int | None:
    """None of a group of one to four: the file leaves the school."""
    return count if count == 0 or count >= LEAST else None


def _months(board: Board, lines: list[str]) -> Page:
    rows: list[list[Value]] = [
        [dates.month(day), now, past if any(board.held_before) else None]
        for day, now, past in zip(board.months, board.held, board.held_before, strict=True)
    ]
    columns = (say(Text("reports-month")), board.of.year, year_before(board.of.year))
    drawn = (1, 2) if any(board.held_before) else (1,)
    return _page("Встречи", "reports-months", columns, rows, lines, ("line", drawn))


def _forms(work: Work, board: Board, lines: list[str]) -> Page:
    rows: list[list[Value]] = [
        [say(work.settings.form_name(form)), *counts] for form, counts in board.told_forms.items()
    ]
    names = (say(Text(f"reports-forms-{one}")) for one in ("work", "paused", "ended", "whole"))
    columns = (say(Text("reports-form")), *names)
    notes = [Remark(say(Text("report-hidden", {"least": LEAST})))]
    return _page("Формы", "reports-forms", columns, rows, lines, ("bar", (4,)), notes)


def _stages(board: Board, lines: list[str]) -> Page:
    names = [say(Text(f"reports-stage-{one}")) for one in ("known", "base", "paired", "done")]
    rows: list[list[Value]] = [[name, count] for name, count in zip(names, nested(board.stages), strict=True)]
    columns = (say(Text("reports-stage")), say(Text("reports-people")))
    notes = [Remark(say(Text("report-hidden", {"least": LEAST})))]
    return _page("Этапы", "reports-stages", columns, rows, lines, ("bar", (1,)), notes)


def _marks(board: Board, lines: list[str]) -> Page:
    given = board.now.marks
    rows: list[list[Value]] = [[str(mark), n] for mark, n in zip(SCALE, given.counts, strict=True)]
    notes = []
    if given.hidden:
        notes.append(Remark(say(Text("reports-marks-hidden", {"count": given.hidden, "least": LEAST}))))
    if given.open:
        notes.append(Remark(say(Text("reports-marks-open"))))
    if not given.shown:
        rows, notes = [], [Remark(say(Text("reports-said-marks-none"))), *notes]
    columns = (say(Text("reports-mark")), say(Text("reports-given")))
    return _page("Оценки", "reports-marks", columns, rows, lines, ("column", (1,)), notes)


def _compared(one: Compared, lines: list[str]) -> Page:
    rows: list[list[Value]] = [
        [say(Text(f"compare-index-{each.code}")), each.before, each.after, round(each.after - each.before, 2)]
        for each in one.changes
    ]
    columns = tuple(say(Text(f"reports-{name}")) for name in ("index", "before", "after", "difference"))
    title = f"reports-change-{one.side.value}"
    name = say(Text(title)).replace(":", ",")
    notes = [
        Remark(say(Text("report-people-answered", {"people": one.people}))),
        Remark(say(Text("reports-both-times"))),
    ]
    return _page(name, title, columns, rows, lines, ("bar", (1, 2)), notes)


def _page(
    name: str,
    title: str,
    columns: tuple[str, ...],
    rows: list[list[Value]],
    lines: list[str],
    drawn: tuple[str, tuple[int, ...]],
    notes: list[Remark] | None = None,
) -> Page:
    kind, values = drawn
    words = say(Text(title))
    stacked = kind == "bar" and len(values) > 2
    picture = Picture(words, kind, values, len(rows), stacked=stacked)
    return Page(
        name,
        columns,
        rows,
        words,
        lines,
        notes or (),
        widths=(40, *(16 for _ in columns[1:])),
        picture=picture,
    )
