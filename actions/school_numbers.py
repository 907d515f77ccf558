"""Numbers of schools for those who see nobody's name: the municipal coordinator, an evaluator from outside.

Source: domain.md RP19; groups of fewer than five people are not told (`program.hiding`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.work import Work
from program.hiding import LEAST
from program.roles import Side, StaffRole
from program.settings import SchoolSettings
from storage import school_numbers as rows
from storage.tables import School

COLUMNS = ("mentees", "mentors", "pairs", "meetings")


@dataclass(frozen=True)
class Line:
    """One school. None: so few that people could be recognised."""

    name: str
    year: str
    mentees: int | None
    mentors: int | None
    pairs: int | None
    meetings: int | None


async def of(work: Work, role: StaffRole) -> list[Line]:
    """The schools whose numbers this role sees: a coordinator all of the municipality, everybody else the own one."""
    schools: Sequence[School] = [work.school]
    if role is StaffRole.MUNICIPAL_COORDINATOR:
        schools = await rows.of_municipality(work.session, work.school)
    years = {one.id: SchoolSettings.read(one.settings).year for one in schools}
    people = await rows.people(work.session, years)
    pairs, meetings = await rows.pairs(work.session, years), await rows.meetings(work.session, years)
    return [
        Line(
            one.name,
            years[one.id],
            told(people.get((one.id, Side.MENTEE), 0)),
            told(people.get((one.id, Side.MENTOR), 0)),
            told(pairs.get(one.id, 0)),
            # Of four pairs the meetings would tell who meets how often.
            meetings.get(one.id, 0) if told(pairs.get(one.id, 0)) is not None else None,
        )
        for one in schools
    ]


def told(count: int) -> int | None:
    """The number, if it may be told: nobody, or five and more."""
    return count if count == 0 or count >= LEAST else None


def total(lines: Sequence[Line], column: str) -> int:
    """Of what is told: a sum of everything would tell what is not."""
    return sum(getattr(one, column) or 0 for one in lines)
