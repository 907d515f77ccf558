"""What stays of somebody who is erased within a school year: one more in the numbers that counted them, and no name.

An age or the years of teaching go with the person, so who was counted in F1-F3 would be missing from then on.
Source: domain.md 3.4, rules 2-4; 8.4.
"""

from __future__ import annotations

from actions.reports import entered
from actions.reports.asked import asked
from actions.work import Work
from program.indicators import f1, f2, f3
from program.roles import Category
from storage import erased_counts as rows
from storage import pairs


async def keep(work: Work, person_id: int) -> None:
    """Called while the person is still known: counted as on this day, in the year in work."""
    of = asked(work)
    joined = await entered.joined(work, of, person_id)
    takers = [one.taker for one in joined]
    pupils = [one for one in takers if one.category == Category.PUPIL]
    rates = {
        "f1": f1(takers, of.on, 0), "f2": f2(takers, of.on, 0), "f3": f3(takers, of.on, 0),
        "pupils_f1": f1(pupils, of.on, 0), "pupils_f2": f2(pupils, of.on, 0),
    }  # fmt: skip
    codes = [code for code, rate in rates.items() if rate.number]
    if not codes:
        return
    worked = await pairs.some(work.session, work.school.id, {one.pair_id for one in joined})
    first = min((one.starts_on for one in worked if one.starts_on is not None), default=of.first.date())
    await rows.add(work.session, work.school.id, of.year, codes, first.replace(day=1))
