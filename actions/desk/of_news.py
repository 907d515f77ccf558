"""Cards about news: what somebody has to take down, what did not go out by its plan. Titles only, nobody shown is named."""

from __future__ import annotations

from collections.abc import Sequence

from actions import news_plan, takedowns
from actions.desk.kinds import CardKind, Shown, Verb
from actions.work import Work
from locales import dates
from program.errors import Refusal
from program.roles import StaffRole
from program.states import NewsPlace, NewsStatus
from program.text import Arg, Text
from storage import desk as rows
from storage import news, news_stories
from storage import takedowns as taken
from storage.tables import NewsItem, Takedown, User

PUBLISHERS = frozenset({StaffRole.CURATOR, StaffRole.SITE_EDITOR})


async def _places(work: Work) -> dict[int, tuple[Takedown, NewsItem]]:
    """By the first row of each place of each item: several people of one photo are one thing to do."""
    found: dict[tuple[int, str], tuple[Takedown, NewsItem]] = {}
    for row, item, _ in await taken.open_ones(work.session, work.school.id):
        before = found.setdefault((item.id, row.place), (row, item))
        if row.id < before[0].id:
            found[item.id, row.place] = (row, item)
    return {row.id: (row, item) for row, item in found.values()}


async def _to_take_down(work: Work, account: User) -> Sequence[int]:
    return sorted(await _places(work))


async def _show_takedown(work: Work, account: User, key: int) -> Shown | None:
    found = (await _places(work)).get(key)
    return Shown(Text("desk-takedown", _where(*found)), ("done",)) if found else None


async def _taken_down(work: Work, key: int, said: str) -> Text:
    found = (await _places(work)).get(key)
    if found is None:
        raise Refusal("news-takedown-done")
    row, item = found
    await takedowns.tick(work, item.id, NewsPlace(row.place))
    return Text("desk-takedown-gone", _where(row, item))


async def _takedown_settled(work: Work, key: int) -> str:
    row = await work.session.get(Takedown, key)
    return row.done_by if row is not None and row.school_id == work.school.id else ""


def _where(row: Takedown, item: NewsItem) -> dict[str, Arg]:
    return {"title": item.title, "place": Text(f"admin-takedown-place-{row.place}")}


async def _stopped(work: Work, account: User) -> Sequence[int]:
    return [item.id for item in await news_stories.stopped(work.session, work.school.id)]


async def _show_stopped(work: Work, account: User, key: int) -> Shown | None:
    item = await news.get(work.session, work.school.id, key)
    if item is None or item.status != NewsStatus.STOPPED:
        return None
    when = dates.moment(item.planned_at, work.zone) if item.planned_at else "none"
    args: dict[str, Arg] = {
        "title": item.title,
        "when": when,
        "why": Text(f"admin-news-stop-{item.stop_reason}"),
    }
    return Shown(Text("desk-news-stopped", args), ("draft",))


async def _back_to_draft(work: Work, key: int, said: str) -> Text:
    item = await news_plan.call_off(work, key)
    return Text("desk-news-drafted", {"title": item.title})


async def _stopped_settled(work: Work, key: int) -> str:
    return await rows.last_actor(work.session, work.school.id, f"news:{key}")


KINDS = (
    CardKind(
        "t",
        "takedown",
        _to_take_down,
        _show_takedown,
        (Verb("done", "news-taken-down", PUBLISHERS, _taken_down),),
        _takedown_settled,
    ),
    CardKind(
        "s",
        "news-stopped",
        _stopped,
        _show_stopped,
        (Verb("draft", "news-plan-off", PUBLISHERS, _back_to_draft),),
        _stopped_settled,
    ),
)
