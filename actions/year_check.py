"""The last step of the wizard of the new year: everything that its last press would do, counted.

Source: ux.md A53.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from actions import year_turn
from actions.comparisons import AFTER, BEFORE
from actions.work import Work
from program.school_years import CARRY, CLOSE, EXTEND, NO, YES, Move
from program.text import Text
from storage import askings, pairs
from storage.tables import Participation, Person, YearTurn


@dataclass(frozen=True)
class Check:
    """Everything that the last press would do, counted, with what stands in its way."""

    up: list[year_turn.ClassLine]
    pupils: int
    leaving: list[Person]
    alumni: list[Person]
    closed: list[year_turn.PairLine]
    extended: list[year_turn.PairLine]
    carried: list[Participation]
    leading: list[Person]  # mentees who become mentors
    led: list[Person]  # mentees who want a mentor once more
    again: list[Person]  # mentors once more
    dropped: int  # proposals that nobody was told of
    unanswered: (
        int  # of those in pairs: before the work they answered, after it not yet, and will not be asked again
    )
    roadmap: bool
    start: date
    blocks: list[Text]


async def check(work: Work, turn: YearTurn) -> Check:
    chosen = year_turn.choices(turn)
    lines = await year_turn.class_lines(work, chosen)
    leaving = await year_turn.who_leaves(work, chosen)
    found = await year_turn.pair_lines(work, chosen, leaving)
    graduated = await year_turn.graduates(work, chosen, leaving)
    mentees = await year_turn.might_lead(work, chosen, leaving)
    mentors = await year_turn.led_before(work, chosen, leaving, found)
    offered, proposed = await year_turn.unfinished(work)
    has, there = await year_turn.maps(work)
    extended = [one for one in found if one.choice == EXTEND]
    closed = [one for one in found if one.choice == CLOSE]
    blocks = []
    if offered:
        blocks.append(Text("year-block-offered", {"n": offered}))
    if any(one.ahead for one in closed):
        blocks.append(Text("year-block-ahead", {"n": sum(one.ahead for one in closed)}))
    if any(not one.agreed for one in extended):
        blocks.append(Text("year-block-agreed", {"n": sum(not one.agreed for one in extended)}))
    return Check(
        up=[one for one in lines if one.move is Move.UP],
        pupils=sum(one.count for one in lines if one.move is Move.UP)
        - sum(one.id in set(chosen.leaving) for one in leaving),
        leaving=leaving,
        alumni=[one.person for one in graduated if one.answer == YES],
        closed=closed,
        extended=extended,
        carried=await year_turn.waiting(work, chosen, leaving) if chosen.waiting == CARRY else [],
        leading=[one.person for one in mentees if one.answer == YES],
        led=[one.person for one in mentees if one.answer not in ("", YES, NO)],
        again=[one.person for one in mentors if one.answer == YES],
        dropped=proposed,
        unanswered=await _unanswered(work, found),
        roadmap=chosen.roadmap and has and not there,
        start=chosen.start(turn.year),
        blocks=blocks,
    )


async def _unanswered(work: Work, lines: Sequence[year_turn.PairLine]) -> int:
    """How many of these pairs would be missing in «До и после»: a year that is over asks nobody any more."""
    said = await askings.answered(work.session, work.school.id, work.settings.year)
    before = {person for person, code, *_ in said if code.startswith(BEFORE)}
    after = {person for person, code, *_ in said if code.startswith(AFTER)}
    here = {one.person_id for line in lines for one in pairs.present(line.pair)}
    return len(here & before - after)
