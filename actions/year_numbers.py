"""A school year or a part of it in numbers: six figures and what stands behind the charts. Reads only.

Marks after meetings are shown by whole months that are over, and only of months in which five people or more gave one:
whoever looks before and after one more answer sees the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from actions import comparisons
from actions.work import Work
from program.comparison import INDICES
from program.feedback import MARK, code_for
from program.hiding import ALL, LEAST, Place, shown
from program.periods import Period, before, period, year_before
from program.roles import Side
from storage import year_numbers as rows

GOOD = 7  # a mark from which a meeting was useful
SCALE = range(1, 11)
MEETINGS = code_for(Side.MENTEE)  # what mentees are asked after a meeting


@dataclass(frozen=True)
class Marks:
    """How useful mentees found their meetings.

    Args:
        counts: by mark, 1 to 10; of the months that are shown.
        open: marks of the month that is not over.
        hidden: marks of months in which fewer than five people gave one.
    """

    counts: tuple[int, ...]
    open: int = 0
    hidden: int = 0

    @property
    def shown(self) -> int:
        return sum(self.counts)

    @property
    def mean(self) -> float | None:
        total = sum(mark * count for mark, count in zip(SCALE, self.counts, strict=True))
        return round(total / self.shown, 1) if self.shown else None

    @property
    def good(self) -> int:
        return sum(self.counts[GOOD - 1 :])


@dataclass(frozen=True)
class Figures:
    """Args:
    lately, old: pairs that met in the last `warn_after` days, and those at work for as long.
    """

    mentors: int
    mentees: int
    pairs: int
    meetings: int
    lately: int
    old: int
    marks: Marks

    @property
    def any(self) -> bool:
        """Whether anything was counted at all; a time before the programme was kept here has nothing."""
        return bool(self.mentors or self.mentees or self.pairs or self.meetings)

    @property
    def share(self) -> int | None:
        """Per cent of pairs that meet as often as the school wants."""
        return round(100 * self.lately / self.old) if self.old else None


@dataclass(frozen=True)
class Change:
    """An index before and after the work, of everybody together. Source: `program.comparison`."""

    code: str
    before: float
    after: float


@dataclass(frozen=True)
class Compared:
    side: Side
    people: int
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Board:
    """Everything of a period.

    Args:
        forms: form -> pairs at work, on pause, ended.
        months: first days of the months that have begun; `held`: meetings in each; `held_before`: a year earlier.
        stages: people put down, in the base, in a pair, to its end.
    """

    of: Period
    until: datetime
    now: Figures
    past: Figures
    forms: Mapping[str, tuple[int, int, int]]
    months: tuple[date, ...]
    held: tuple[int, ...]
    held_before: tuple[int, ...]
    stages: tuple[int, int, int, int]
    compared: tuple[Compared, ...]

    @property
    def told_forms(self) -> dict[str, tuple[int | None, ...]]:
        """Form -> at work, on pause, ended, all of them; None where a file that leaves the school must not tell."""
        parts = ("work", "paused", "ended")
        told = shown(
            [
                Place(form, part)
                for form, counts in self.forms.items()
                for part, count in zip(parts, counts, strict=True)
                for _ in range(count)
            ]
        )
        found: dict[str, tuple[int | None, ...]] = {}
        for form, counts in self.forms.items():
            cells = zip(parts, counts, strict=True)
            known = [n if not n or ("model", form, part) in told else None for part, n in cells]
            whole = ("form", form, "") in told
            found[form] = (*known, sum(counts)) if whole else (None, None, None, None)
        return found


async def years(work: Work) -> list[str]:
    """Years that can be asked for, the newest first; the year in work is always there."""
    return sorted({work.settings.year, *await rows.years(work.session, work.school.id)}, reverse=True)


async def board(work: Work, of: Period) -> Board:
    first, until = _span(work, of)
    last_day = min(of.last, work.today)
    forms: dict[str, list[int]] = {}
    for form, state, count in await rows.pairs(work.session, work.school.id, of.year, first, until, last_day):
        forms.setdefault(form, [0, 0, 0])[("work", "paused", "ended").index(state)] += count
    months = [day for day in period(of.year).months if day <= work.today]
    earlier = period(year_before(of.year)).months[: len(months)]
    held = await rows.held(work.session, work.school.id, [month_span(work, day) for day in months])
    held_before = await rows.held(work.session, work.school.id, [month_span(work, day) for day in earlier])
    order = work.settings.known_forms
    return Board(
        of,
        until,
        await figures(work, of),
        await figures(work, before(of)),
        {
            form: (one[0], one[1], one[2])
            for form, one in sorted(forms.items(), key=lambda found: _place(order, found[0]))
        },
        tuple(months),
        tuple(held),
        tuple(held_before),
        await rows.stages(work.session, work.school.id, of.year, until),
        await compared(work, of.year),
    )


async def figures(work: Work, of: Period) -> Figures:
    first, until = _span(work, of)
    last_day = min(of.last, work.today)
    session, school_id = work.session, work.school.id
    base = await rows.in_base(session, school_id, of.year, until)
    pairs = await rows.pairs(session, school_id, of.year, first, until, last_day)
    met = await rows.held(session, school_id, [(first, until)]) if first < until else [0]
    days = work.settings.warn_after
    lately, old = await rows.meeting_lately(
        session, school_id, of.year, until - timedelta(days=days), until, last_day - timedelta(days=days)
    )
    return Figures(
        base[Side.MENTOR],
        base[Side.MENTEE],
        sum(count for _, state, count in pairs if state != "ended"),
        met[0],
        lately,
        old,
        await marks(work, of),
    )


async def marks(work: Work, of: Period, code: str = MEETINGS, question: str = MARK) -> Marks:
    """Of mentees after meetings, or of a scale of another questionnaire, by the months of the period."""
    months = [day for day in of.months if day <= work.today]
    spans = [month_span(work, day) for day in months]
    found = await rows.marks(work.session, work.school.id, code, question, spans)
    shown: Counter[int] = Counter()
    open_ = hidden = 0
    for (_, ends), (people, given) in zip(spans, found, strict=True):
        if ends > work.now:
            open_ += sum(given.values())
        elif people < LEAST:
            hidden += sum(given.values())
        else:
            shown.update(given)
    return Marks(tuple(shown[mark] for mark in SCALE), open_, hidden)


async def weeks(work: Work, count: int) -> list[tuple[date, int]]:
    """Held meetings of the last whole weeks, by their Mondays, the oldest first."""
    monday = work.today - timedelta(days=work.today.weekday())
    mondays = [monday - timedelta(days=7 * back) for back in range(count, 0, -1)]
    begins = [datetime.combine(day, time(), work.zone) for day in (*mondays, monday)]
    held = await rows.held(work.session, work.school.id, list(pairwise(begins)))
    return list(zip(mondays, held, strict=True))


async def compared(work: Work, year: str) -> tuple[Compared, ...]:
    """The newest summing up of each side, as it was summed up."""
    found = []
    for side in Side:
        made = await comparisons.made(work, side, year)
        if not made:
            continue
        table = made[0].table
        items = [one.item for one in await comparisons.questions(work, side, year)]
        cells = [(code, table.moved(code, items, ALL)) for code in INDICES]
        changes = tuple(
            Change(code, cell.before, cell.after)
            for code, cell in cells
            if cell is not None and cell.before is not None
        )
        if changes:
            found.append(Compared(side, min(_people(table.cells), table.both), changes))
    return tuple(found)


def month_span(work: Work, day: date) -> tuple[datetime, datetime]:
    """From the first moment of a month to that of the next, by the school's clock."""
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return datetime.combine(day, time(), work.zone), datetime.combine(after, time(), work.zone)


# --- inside ---


def _people(cells: Mapping[str, Mapping[tuple[str, str, str], object]]) -> int:
    counts = [getattr(row[ALL], "people", 0) for row in cells.values() if ALL in row]
    return max(counts, default=0)


def _place(order: Sequence[str], form: str) -> tuple[int, str]:
    return (order.index(form) if form in order else len(order), form)


def _span(work: Work, of: Period) -> tuple[datetime, datetime]:
    """From the first moment of the period to its end, or to now where it is not over."""
    first = datetime.combine(of.first, time(), work.zone)
    return first, max(first, min(datetime.combine(of.last + timedelta(days=1), time(), work.zone), work.now))
