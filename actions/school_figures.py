"""The numbers of one school year that are kept when it is over, and told to the municipality: counts, no names.

Source: domain.md 5.2, 5.3 (T2-T4), 5.6 (RP3-RP7); what is counted how: domain.md 3.4.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions import comparisons
from actions.reports import coverage, federal
from actions.reports.asked import Asked, asked
from actions.work import Work
from program.comparison import SAT, Table
from program.coverage import cover
from program.hiding import ALL
from program.indicators import f1, f2
from program.report_settings import TOTALS
from program.roles import Category, Side
from storage import school_year as rows
from storage.report_rows import Joined


async def of(work: Work, year: str) -> dict[str, Any]:
    """JSON: totals of the school, people in the bases and in pairs by category, each form, held meetings, F1-F6, answers.

    Of a year that is over what was written down when it ended.
    """
    when = asked(work, year)
    facts = await coverage.facts(work, when)
    if facts.kept.numbers:
        return dict(facts.kept.numbers)
    base, joined, totals = facts.base, facts.takers, facts.kept.totals
    found: dict[str, Any] = {}
    for category, name in ((Category.PUPIL, "pupils"), (Category.TEACHER, "teachers")):
        one = cover(category, totals.get(name, 0), base, joined)
        found |= {
            name: one.total,
            f"{name}_base": one.in_bases,
            f"{name}_mentees": one.mentees,
            f"{name}_mentors": one.mentors,
        }
    met = await rows.met(work.session, work.school.id, year)
    found["mentees"] = len({one.person_id for one in joined if one.side == Side.MENTEE})
    found["mentors"] = len({one.person_id for one in joined if one.side == Side.MENTOR})
    found |= _sizes(facts.entered)
    found["meetings"] = sum(met.values())
    forms = sorted({one.form for one in joined})
    found["forms"] = {
        form: _of_form([one for one in facts.entered if one.taker.form == form]) for form in forms
    }
    found |= {name: totals.get(name, 0) for name in TOTALS}
    for code, rate in (await federal.rates(work, when, facts)).items():
        found[code.lower()] = rate.number
        if code in federal.ASKED:
            found[f"{code.lower()}_of"] = rate.whole
    pupils = [one for one in joined if one.category == Category.PUPIL]
    for code, rate in (("pupils_f1", f1(pupils, when.on, 0)), ("pupils_f2", f2(pupils, when.on, 0))):
        found[code] = facts.kept.rate(code, rate).number
    found["survey"] = {str(side): await _survey(work, when, side) for side in Side}
    return found


def _sizes(of: Sequence[Joined]) -> dict[str, int]:
    """Pairs and groups."""
    return {
        name: len({one.pair_id for one in of if one.is_group is is_group})
        for name, is_group in (("pairs", False), ("groups", True))
    }


def _of_form(mine: Sequence[Joined]) -> dict[str, int]:
    led = {side: len({one.taker.person_id for one in mine if one.taker.side == side}) for side in Side}
    return _sizes(mine) | {"mentors": led[Side.MENTOR], "mentees": led[Side.MENTEE]}


async def _survey(work: Work, when: Asked, side: Side) -> Mapping[str, float | None]:
    """RP7 of one side in one line: of all summings up of the year, each by how many people stand behind it."""
    items = [one.item for one in await comparisons.questions(work, side, when.year)]
    tables = await federal.tables(work, when, side)
    marks = [one.index(SAT, items, ALL) for one in tables]
    moves = [one.moved(SAT, items, ALL) for one in tables]
    return {
        "asked": _asked(tables),
        "answered": sum(one.after for one in tables),
        "sat": _mean([(one.people, one.after) for one in marks if one is not None]),
        "change": _mean(
            [(one.people, one.change) for one in moves if one is not None and one.change is not None]
        ),
    }


def _asked(tables: Sequence[Table]) -> int:
    """Nobody is in two of them: whoever was counted before is not among those whom the newest asked."""
    return tables[0].asked + sum(one.after for one in tables[1:]) if tables else 0


def _mean(of: Sequence[tuple[int, float]]) -> float | None:
    people = sum(count for count, _ in of)
    return round(sum(count * value for count, value in of) / people, 2) if people else None
