"""Before a news item goes out: to how many, whom no chat reaches, how much they have been written to this week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from actions import audiences
from actions.audiences import Audience
from actions.work import Work
from program.courtesy import day_begins
from storage import news_reach as rows
from storage.tables import Person

OFTEN = 3  # unasked messages a week: more is too much (ux.md 1.2)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Reach:
    """Counts of people.

    Args:
        people: meant and agreed. silent: of them, whom no chat reaches.
        today: who had an unasked message today and gets this one on another day. week: in the last seven days.
        often: those who had `OFTEN` or more in that time.
    """

    people: int
    silent: int = 0
    today: int = 0
    week: int = 0
    often: int = 0

    @property
    def told(self) -> int:
        return self.people - self.silent


async def silent(work: Work, audience: Audience, most: int) -> list[Person]:
    """Whom no chat reaches, by name: somebody has to tell them in another way."""
    return await rows.silent(work.session, await audiences.condition(work, audience), most)


async def reach(work: Work, audience: Audience) -> Reach:
    meant = await audiences.condition(work, audience)
    people, silent = await rows.counted(work.session, meant)
    since = work.now - WEEK
    begins = day_begins(work.now, work.zone)
    today, week, often = await rows.unasked(work.session, work.school.id, meant, since, begins, OFTEN)
    return Reach(people, silent, today, week, often)
