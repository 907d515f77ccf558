"""The pictures of the page «Отчёты»: numbers of a period made into charts with their words and tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actions import charts
from actions.charts import Chart, Row, Series, number
from actions.work import Work
from actions.year_numbers import SCALE, Board, Compared, Marks
from locales import Texts, dates
from program import conclusions
from program.comparison import FEW
from program.hiding import LEAST, nested
from program.periods import year_before
from program.text import Text

Address = Callable[..., str]  # of a page that the reader may open; "" for another: (route, query, **parts)


def of_board(t: Texts, work: Work, board: Board, address: Address) -> list[Chart]:
    """Every picture of which anything is known; those of which nothing is stay, with a sentence that says so."""
    found = [
        months(t, board, address),
        forms(t, work, board, address),
        stages(t, board, address),
        marks(t, board.now.marks, address),
    ]
    return found + [changes(t, one, address) for one in board.compared]


def outward(t: Texts, work: Work, board: Board) -> list[Chart]:
    """The same pictures for what leaves the school: groups of one to four are not told, nor what would tell them."""
    return [
        months(t, board, _nowhere),
        _told_forms(t, work, board),
        _told_stages(t, board),
        marks(t, board.now.marks, _nowhere),
        *(changes(t, one, _nowhere) for one in board.compared),
    ]


def forms(t: Texts, work: Work, board: Board, address: Address) -> Chart:
    names = {form: t(work.settings.form_name(form)) for form in board.forms}
    parts = ("work", "paused", "ended")
    series = [
        Series(t(f"reports-forms-{part}"), [counts[n] for counts in board.forms.values()])
        for n, part in enumerate(parts)
    ]
    worded = {form: work.settings.form_name(form) for form in board.forms}
    said = conclusions.of_forms({form: sum(counts) for form, counts in board.forms.items()}, worded)
    return Chart(
        "forms",
        t("reports-forms"),
        t(said),
        charts.stacked("forms", list(names.values()), series),
        (t("reports-form"), *(one.name for one in series)),
        tuple(
            Row(names[form], tuple(number(one) for one in counts), address("pairs", f"show=work&form={form}"))
            for form, counts in board.forms.items()
        ),
    )


def months(t: Texts, board: Board, address: Address) -> Chart:
    year, earlier = board.of.year, year_before(board.of.year)
    series = [Series(year, board.held)]
    if any(board.held_before):
        series.append(Series(earlier, board.held_before))
    said = conclusions.of_months(board.held, board.held_before, [dates.in_month(one) for one in board.months])
    cells = list(zip(*(one.values for one in series), strict=True))
    return Chart(
        "months",
        t("reports-months"),
        t(said),
        charts.lines("months", [dates.short_month(one) for one in board.months], series),
        (t("reports-month"), *(one.name for one in series)),
        tuple(
            Row(
                dates.month(day),
                tuple(number(one) for one in row),
                address("meetings", f"week={(day - timedelta(days=day.weekday())).isoformat()}"),
            )
            for day, row in zip(board.months, cells, strict=True)
        ),
    )


def stages(t: Texts, board: Board, address: Address) -> Chart:
    names = [t(f"reports-stage-{one}") for one in ("known", "base", "paired", "done")]
    lists = (address("people"), address("people"), address("pairs"), address("pairs", "show=ended"))
    return Chart(
        "stages",
        t("reports-stages"),
        t(conclusions.of_stages(board.stages)),
        charts.bars("stages", names, [Series("", board.stages)]),
        (t("reports-stage"), t("reports-people")),
        tuple(
            Row(name, (number(count),), href)
            for name, count, href in zip(names, board.stages, lists, strict=True)
        ),
    )


def _told_forms(t: Texts, work: Work, board: Board) -> Chart:
    told = board.told_forms
    wholes = {form: sum(counts) for form, counts in board.forms.items()}
    worded = {form: work.settings.form_name(form) for form in board.forms}
    names = [t(name) for name in worded.values()]
    most = [form for form, count in wholes.items() if count == max(wholes.values())]
    known = all(told[form][-1] is not None for form in most)
    hidden = t("reports-hidden")
    return Chart(
        "forms",
        t("reports-forms"),
        t(conclusions.of_forms(wholes, worded)) if known else t("reports-said-hidden", least=LEAST),
        charts.bars("forms", names, [Series("", [counts[-1] for counts in told.values()])], hidden),
        (t("reports-form"), *(t(f"reports-forms-{part}") for part in ("work", "paused", "ended", "whole"))),
        tuple(
            Row(name, tuple(number(one, hidden) for one in counts))
            for name, counts in zip(names, told.values(), strict=True)
        ),
        concludes=known,
    )


def _told_stages(t: Texts, board: Board) -> Chart:
    names = [t(f"reports-stage-{one}") for one in ("known", "base", "paired", "done")]
    told, hidden = nested(board.stages), t("reports-hidden")
    said = t("reports-said-hidden", least=LEAST) if None in told else t(conclusions.of_stages(board.stages))
    return Chart(
        "stages",
        t("reports-stages"),
        said,
        charts.bars("stages", names, [Series("", told)], hidden),
        (t("reports-stage"), t("reports-people")),
        tuple(Row(name, (number(count, hidden),)) for name, count in zip(names, told, strict=True)),
        concludes=None not in told,
    )


def _nowhere(route: str, query: str = "", **parts: str) -> str:
    """A picture that leaves the house has no lists behind it."""
    return ""


def marks(t: Texts, given: Marks, address: Address) -> Chart:
    said = [t(conclusions.of_marks(given.shown, given.good, number(given.mean)))]
    if given.hidden:
        said.append(t("reports-marks-hidden", count=given.hidden, least=LEAST))
    if given.open:
        said.append(t("reports-marks-open"))
    labels = [str(mark) for mark in SCALE]
    href = address("quiz", code="FB_M")
    return Chart(
        "marks",
        t("reports-marks"),
        " ".join(said),
        charts.columns("marks", labels, given.counts),
        (t("reports-mark"), t("reports-given")),
        tuple(Row(label, (number(count),), href) for label, count in zip(labels, given.counts, strict=True)),
        known=given.shown > 0,
        concludes=given.shown > 0,
    )


def changes(t: Texts, one: Compared, address: Address) -> Chart:
    names = [t(f"compare-index-{each.code}") for each in one.changes]
    moved = sorted(
        ((each.after - each.before, name) for each, name in zip(one.changes, names, strict=True)),
        key=lambda found: -abs(found[0]),
    )
    ups = [_by(name, by) for by, name in moved if by >= conclusions.CLEAR]
    downs = [_by(name, by) for by, name in moved if by <= -conclusions.CLEAR]
    series = [
        Series(t("reports-before"), [each.before for each in one.changes]),
        Series(t("reports-after"), [each.after for each in one.changes]),
    ]
    href = address("comparison", f"side={one.side.value}")
    return Chart(
        f"change-{one.side.value}",
        t(f"reports-change-{one.side.value}"),
        f"{t(conclusions.of_change(one.people, ups, downs, FEW))} {t('reports-both-times')}",
        charts.bars(f"change-{one.side.value}", names, series),
        (t("reports-index"), series[0].name, series[1].name, t("reports-difference")),
        tuple(
            Row(
                name,
                (number(each.before), number(each.after), _signed(each.after - each.before)),
                href,
            )
            for each, name in zip(one.changes, names, strict=True)
        ),
    )


def weeks(t: Texts, held: Sequence[tuple[date, int]], address: Address) -> Chart:
    """Of the page «Неделя»: meetings of the last weeks."""
    labels = [f"{day:%d.%m}" for day, _ in held]
    counts = [count for _, count in held]
    return Chart(
        "weeks",
        t("week-meetings"),
        t("week-said-meetings", count=counts[-1], before=counts[-2]),
        charts.columns("weeks", labels, counts),
        (t("week-from"), t("week-count")),
        tuple(
            Row(dates.day(day), (number(count),), address("meetings", f"week={day.isoformat()}"))
            for day, count in held
        ),
    )


@dataclass(frozen=True)
class Figure:
    """One of the six numbers. `past`: the same for the span before."""

    code: str
    value: str
    past: str
    about: str
    href: str


def figures(t: Texts, work: Work, board: Board, address: Address) -> list[Figure]:
    now, past = board.now, board.past
    days = work.settings.warn_after
    when = t(f"reports-when-{board.of.code if board.of.code in ('year', 'h1', 'h2') else 'month'}")
    lines: list[tuple[str, str, str | None, str, str]] = [
        ("mentors", number(now.mentors), number(past.mentors), t("reports-base-about"), address("people", "side=mentor")),
        ("mentees", number(now.mentees), number(past.mentees), t("reports-base-about"), address("people", "side=mentee")),
        ("pairs", number(now.pairs), number(past.pairs), t("reports-pairs-about"), address("pairs")),
        ("meetings", number(now.meetings), number(past.meetings), t("reports-meetings-about"), address("meetings")),
        (
            "share", _percent(t, now.share), _percent(t, past.share) if past.old else None,
            t("reports-share-about", days=days, some=now.lately, count=now.old), address("worries"),
        ),
        (
            "mean", _of_ten(t, now.marks), _of_ten(t, past.marks) if past.marks.shown else None,
            t("reports-mean-about", count=now.marks.shown, least=LEAST), address("quiz", code="FB_M"),
        ),
    ]  # fmt: skip
    return [
        Figure(
            code,
            value,
            t("reports-past", when=when, value=before)
            if past.any and before is not None
            else t("reports-past-none", when=when),
            about,
            href,
        )
        for code, value, before, about, href in lines
    ]


def _percent(t: Texts, share: int | None) -> str:
    return t("reports-unknown") if share is None else t("reports-percent", value=share)


def _of_ten(t: Texts, given: Marks) -> str:
    return t("reports-unknown") if given.mean is None else t("reports-of-ten", value=number(given.mean))


def _by(name: str, by: float) -> Text:
    return Text("reports-change-one", {"name": name, "by": _signed(by)})


def _signed(by: float) -> str:
    return f"+{number(round(by, 1))}" if by > 0.05 else number(round(by, 1))
