"""What stays of a school year that is over: totals, numbers of its last day, who was in which class then.

Afterwards pupils go up, graduates are no pupils any more and people are erased; a report of that year does not change by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.reports.asked import Asked, asked
from actions.work import Work
from program.indicators import Rate
from program.periods import WHOLE
from program.report_settings import ReportSettings
from program.roadmap import next_year
from storage import erased_counts, school_year
from storage import report_rows as rows


@dataclass(frozen=True)
class Kept:
    """Args:
    totals: how many there are of whom the reports count a part; 0 or missing: nobody has said.
    numbers: of the whole year, as `actions.school_figures` wrote them down when it ended; empty of the year in work.
    erased: by indicator, how many of those it had counted have been erased within the year; nobody is named.
    """

    totals: Mapping[str, int]
    numbers: Mapping[str, Any]
    erased: Mapping[str, int]

    def rate(self, code: str, counted: Rate) -> Rate:
        """The numerator with those who have been erased since: of the year's end, else by number."""
        number = max(self.numbers.get(code, 0), counted.number + self.erased.get(code, 0))
        return Rate(counted.part, counted.whole, number) if number > counted.number else counted


async def of(work: Work, what: Asked) -> Kept:
    """Of the year that is asked for; numbers only where the whole of it is."""
    erased = await erased_counts.of(work.session, work.school.id, what.year, what.on)
    known = ReportSettings.read(work.settings.reports).totals.get(what.year, {})
    if what.year == work.settings.year:
        ours = {"pupils": work.settings.pupils, "teachers": work.settings.teachers}
        return Kept({**known, **ours}, {}, erased)
    turn = await school_year.turn_of(work.session, work.school.id, next_year(what.year))
    numbers = dict(turn.numbers) if turn is not None and turn.done_at is not None else {}
    whole = what.of.code == WHOLE and what.on == what.of.last
    return Kept({**numbers, **known}, numbers if whole else {}, erased)


async def totals(work: Work, year: str) -> Mapping[str, int]:
    """Of a whole year: what the school has said, else what was written down when it ended."""
    return (await of(work, asked(work, year))).totals


async def people(work: Work, year: str) -> Mapping[int, tuple[str, str]]:
    """Person -> category and class of that year; nobody of the year in work, where they are as they are."""
    if year == work.settings.year:
        return {}
    return await rows.as_they_were(work.session, work.school.id, year)
