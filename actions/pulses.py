"""The pulse of every pair, for the curator and the psychologist: marks of both sides, time by time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actions import questionnaires
from actions.work import Work
from program.assignments import PULSE
from program.roles import Side
from storage import askings, feedback
from storage.askings import FIRST
from storage.tables import Pair, Response

COMFORT, HELP, TALK = "PULSE.1", "PULSE.2", "PULSE.3"


@dataclass(frozen=True)
class Mark:
    """One person's answers at one time; None: skipped. `talk`: wants to speak with the curator."""

    side: Side
    person_id: int
    comfort: int | None
    help: int | None
    talk: bool


@dataclass(frozen=True)
class Beat:
    """One time of a pair: the day it stands for, how many were asked, what they said."""

    day: date
    asked: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Line:
    """One pair, the newest beat first."""

    pair: Pair
    beats: tuple[Beat, ...]


async def lines(work: Work) -> list[Line]:
    """Every pair of the school year that was asked; those that were asked last come first."""
    session, school_id, year = work.session, work.school.id, work.settings.year
    asked = await _asked(work)
    said = await feedback.pulses(session, school_id, year, PULSE)
    pairs = {one.id: one for one in await feedback.pairs(session, school_id, {pair for pair, _ in asked})}
    found = []
    for pair in pairs.values():
        sides = {member.person_id: Side(member.side) for member in pair.members}
        beats = [
            Beat(
                day,
                count,
                tuple(
                    [
                        await _mark(work, one, sides)
                        for one in said.get((pair.id, day), ())
                        if one.person_id in sides
                    ]
                ),
            )
            for (pair_id, day), count in asked.items()
            if pair_id == pair.id
        ]
        found.append(Line(pair, tuple(sorted(beats, key=lambda one: one.day, reverse=True))))
    return sorted(found, key=lambda one: (one.beats[0].day, one.pair.id), reverse=True)


def answered(found: list[Line]) -> tuple[int, int]:
    """How many answered of how many who were asked, of all pairs and times."""
    beats = [beat for line in found for beat in line.beats]
    return sum(len(one.marks) for one in beats), sum(one.asked for one in beats)


async def _asked(work: Work) -> dict[tuple[int, date], int]:
    """How many people of each pair were asked each time."""
    found: dict[tuple[int, date], int] = {}
    invited = await askings.invited(work.session, work.school.id, work.settings.year, PULSE)
    for key in invited:
        begin, _, round, _, about = [*key.split(":", 4), ""][:5]
        pair, day = about.removeprefix("pair:"), round[-8:]
        if f"{begin}:" == FIRST and pair.isdecimal() and day.isdecimal():
            place = int(pair), date.fromisoformat(day)
            found[place] = found.get(place, 0) + 1
    return found


async def _mark(work: Work, response: Response, sides: dict[int, Side]) -> Mark:
    values = await questionnaires.values_of(work, response)
    comfort, help = values.get(COMFORT), values.get(HELP)
    assert response.person_id is not None
    return Mark(
        sides[response.person_id],
        response.person_id,
        comfort if isinstance(comfort, int) else None,
        help if isinstance(help, int) else None,
        values.get(TALK) == "talk",
    )
