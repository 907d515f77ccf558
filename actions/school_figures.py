"""The numbers of one school year that are kept when it is over, and told to the municipality: counts, no names.

Source: domain.md 5.3 (T2-T4), 5.6 (RP3-RP5); what is counted how: domain.md 3.4.
"""

from __future__ import annotations

from typing import Any

from actions.reports import coverage
from actions.reports.asked import asked
from actions.work import Work
from program.coverage import cover
from program.roles import Category, Side
from storage import school_year as rows
from storage.report_rows import Joined


async def of(work: Work, year: str) -> dict[str, Any]:
    """JSON: totals of the school, people in the bases and in pairs by category, each form, held meetings."""
    facts = await coverage.facts(work, asked(work, year))
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
    return found


def _sizes(of: list[Joined]) -> dict[str, int]:
    """Pairs and groups."""
    return {
        name: len({one.pair_id for one in of if one.is_group is is_group})
        for name, is_group in (("pairs", False), ("groups", True))
    }


def _of_form(mine: list[Joined]) -> dict[str, int]:
    led = {side: len({one.taker.person_id for one in mine if one.taker.side == side}) for side in Side}
    return _sizes(mine) | {"mentors": led[Side.MENTOR], "mentees": led[Side.MENTEE]}
