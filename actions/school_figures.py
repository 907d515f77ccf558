"""The numbers of one school year that are kept when it is over, and told to the municipality: counts, no names.

Source: domain.md 5.3 (T2-T4), 5.6 (RP3-RP5); what is counted how: domain.md 3.4.
"""

from __future__ import annotations

from typing import Any

from actions.work import Work
from program.coverage import Place, cover
from program.roles import Category, Side
from storage import reports
from storage import school_year as rows
from storage.tables import Pair


async def of(work: Work, year: str) -> dict[str, Any]:
    """JSON: totals of the school, people in the bases and in pairs by category, each form, held meetings."""
    enrolled = await reports.enrolled(work.session, work.school.id, year)
    base = [Place(one.person_id, one.person.category, Side(one.side), one.form) for one in enrolled]
    worked = await reports.entered(work.session, work.school.id, year)
    joined = [
        Place(member.person_id, member.person.category, Side(member.side), pair.form)
        for pair in worked
        for member in pair.members
    ]
    totals = {Category.PUPIL: work.settings.pupils, Category.TEACHER: work.settings.teachers}
    found: dict[str, Any] = {}
    for category, name in ((Category.PUPIL, "pupils"), (Category.TEACHER, "teachers")):
        one = cover(category, totals[category], base, joined)
        found |= {
            name: one.total,
            f"{name}_base": one.in_bases,
            f"{name}_mentees": one.mentees,
            f"{name}_mentors": one.mentors,
        }
    met = await rows.met(work.session, work.school.id, year)
    found["mentees"] = len({one.person_id for one in joined if one.side == Side.MENTEE})
    found["mentors"] = len({one.person_id for one in joined if one.side == Side.MENTOR})
    found["pairs"] = sum(not pair.is_group for pair in worked)
    found["groups"] = sum(pair.is_group for pair in worked)
    found["meetings"] = sum(met.values())
    found["forms"] = {form: _of_form(form, worked) for form in sorted({pair.form for pair in worked})}
    return found


def _of_form(form: str, worked: Any) -> dict[str, int]:
    mine: list[Pair] = [pair for pair in worked if pair.form == form]
    led = {side: {m.person_id for pair in mine for m in pair.members if m.side == side} for side in Side}
    return {
        "pairs": sum(not pair.is_group for pair in mine),
        "groups": sum(pair.is_group for pair in mine),
        "mentors": len(led[Side.MENTOR]),
        "mentees": len(led[Side.MENTEE]),
    }
