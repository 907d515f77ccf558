"""The start of the year to come, a step of its wizard: who goes on into it, and whose consents have to be given anew."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from actions.work import Work
from actions.year_turn import graduates, led_before, might_lead, pair_lines, waiting, who_leaves
from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE, full_years
from program.roles import Category
from program.school_years import CARRY, EXTEND, NO, Choices
from storage import school_year as rows
from storage.tables import Person


@dataclass(frozen=True)
class Ending:
    """Somebody whose consents have to be given anew: `on` the day they end, or the birthday that changes whose word counts."""

    person: Person
    on: date
    age: int  # 0: a term


async def endings(work: Work, people: Collection[Person], until: date) -> list[Ending]:
    """Of those who go on: consents that end before the start, and birthdays of 14 and 18 on the way, by the day."""
    over = await rows.running_out(work.session, work.school.id, [one.id for one in people], until)
    found = []
    for one in people:
        born, age = one.birth_date, 0
        if born is not None and one.category == Category.PUPIL:
            before, then = full_years(born, work.today), full_years(born, until)
            age = next((year for year in (OF_AGE, GUARDIAN_ALONE_BELOW) if before < year <= then), 0)
        if age and born is not None:
            day = (
                born.replace(year=born.year + age)
                if (born.month, born.day) != (2, 29)
                else date(born.year + age, 3, 1)
            )
            found.append(Ending(one, day, age))
        elif one.id in over:
            found.append(Ending(one, over[one.id], 0))
    return sorted(found, key=lambda one: (one.on, one.person.plain, one.person.id))


async def who_goes_on(work: Work, chosen: Choices) -> list[Person]:
    """Everybody who will have a place in the new year, by name."""
    found: dict[int, Person] = {}
    leaving = await who_leaves(work, chosen)
    lines = await pair_lines(work, chosen, leaving)
    for line in lines:
        if line.choice == EXTEND:
            found |= {one.person_id: one.person for one in line.stay}
    if chosen.waiting == CARRY:
        found |= {one.person_id: one.person for one in await waiting(work, chosen, leaving)}
    for group in (
        await might_lead(work, chosen, leaving),
        await led_before(work, chosen, leaving, lines),
        await graduates(work, chosen, leaving),
    ):
        found |= {one.person.id: one.person for one in group if one.answer not in ("", NO)}
    return sorted(found.values(), key=lambda one: (one.plain, one.id))
