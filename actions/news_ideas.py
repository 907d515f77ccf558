"""Ideas for the news that the programme finds by itself: what happened, as a draft that names nobody.

Each is offered once. Counts below five are never told, and a table of people never becomes a story.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from actions import journal, news
from actions.work import Work
from locales import Texts, dates
from program.errors import Refusal
from program.news import IDEA_FRESH, TITLE_LIMIT
from program.states import IdeaState
from program.text import Text, raw
from storage import news_events as events
from storage import news_stories as rows
from storage.tables import NewsIdea, NewsItem

SMALL = 5  # as everywhere in what leaves the school: `program.hiding`
PAIRS = (5, 10, 25, 50, 100, 250)
MEETINGS = (10, 50, 100, 250, 500, 1000)
LATELY = timedelta(days=30)  # what happened before that is no news when the programme is switched on
# Events of the shipped road map that others would like to hear of.
TOLD = ("e08", "e09", "e10", "e14", "e22", "e26", "e27", "e28")
Found = tuple[str, str, dict[str, Any]]  # key, kind, values of its words


async def look(work: Work) -> int:
    """Adds what has happened since the last look; returns how many ideas are new."""
    added = 0
    async for key, kind, args in _found(work):
        added += await rows.add_idea(
            work.session, school_id=work.school.id, key=key, kind=kind, args=args, state=IdeaState.OPEN,
            at=work.now, decided_by="",
        )  # fmt: skip
    return added


async def fresh(work: Work) -> list[NewsIdea]:
    """Those that wait for somebody, the newest first."""
    return list(await rows.ideas(work.session, work.school.id, work.now - IDEA_FRESH))


def title(idea: NewsIdea) -> Text:
    return Text(f"news-idea-{idea.kind}", _args(idea))


def body(idea: NewsIdea) -> Text:
    return Text(f"news-idea-{idea.kind}-body", _args(idea))


async def use(work: Work, idea_id: int) -> NewsItem:
    """A draft with its words. Raises Refusal: somebody has decided already."""
    idea = await _open(work, idea_id)
    say = Texts("ru")
    item = await news.write(work, news.Draft(say(title(idea))[:TITLE_LIMIT], say(body(idea))))
    _decided(work, idea, IdeaState.USED)
    idea.item_id = item.id
    await journal.note(work, "news.idea-used", f"news:{item.id}", after={"idea": idea.id})
    return item


async def dismiss(work: Work, idea_id: int) -> None:
    """«Не нужно»: it is not offered again. Raises Refusal: somebody has decided already."""
    idea = await _open(work, idea_id)
    _decided(work, idea, IdeaState.DISMISSED)


async def _found(work: Work) -> AsyncIterator[Found]:
    session, school, year = work.session, work.school.id, work.settings.year
    pairs = await events.pairs(session, school, year)
    if reached := _highest(pairs, PAIRS):
        yield f"pairs:{year}:{reached}", "pairs", {"n": reached}
    met = await events.meetings_held(session, school, year)
    if reached := _highest(met, MEETINGS):
        yield f"meetings:{year}:{reached}", "meetings", {"n": reached}
    if await events.mentors_finished(session, school, year) >= SMALL:
        yield f"mentors:{year}", "mentors", {}
    since = work.now - LATELY
    for table in await events.comparisons(session, school, year, since):
        yield f"results:{table.id}", "results", {"n": len(table.responses)}
    for gathering_id, kind, starts in await events.gatherings(session, school, since, work.now):
        at = dates.day(starts.astimezone(work.zone).date())
        yield f"gathering:{gathering_id}", f"gathering-{kind}", {"day": at}
    for event_id, slug, name in await events.road(session, school, year, TOLD, since.date()):
        yield f"road:{event_id}", "thanks" if slug == "e27" else "road", {"event": name}


def _highest(count: int, steps: tuple[int, ...]) -> int:
    return max((one for one in steps if one <= count), default=0)


def _args(idea: NewsIdea) -> dict[str, Any]:
    return {name: raw(value) if isinstance(value, str) else value for name, value in idea.args.items()}


async def _open(work: Work, idea_id: int) -> NewsIdea:
    idea = await rows.idea(work.session, work.school.id, idea_id)
    if idea is None or idea.state != IdeaState.OPEN:
        raise Refusal("news-idea-decided")
    return idea


def _decided(work: Work, idea: NewsIdea, state: IdeaState) -> None:
    idea.state, idea.decided_at, idea.decided_by = state, work.now, work.actor
