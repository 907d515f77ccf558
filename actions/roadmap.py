"""The road map of a school year: taken from the shipped one, empty, or from last year; its stages and their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from actions import journal
from actions.work import Work
from program import roadmap as rules
from program.errors import Refusal
from program.roadmap import Calendar, ReadyStage, Status
from storage import roadmap as rows
from storage.tables import RoadmapEvent, RoadmapStage

One = TypeVar("One")
OWN = "own"
KEPT_WORDS = (
    "slug",
    "position",
    "title",
    "content",
    "term",
    "owner_id",
    "owner",
    "result",
    "effect",
    "function",
)


def free_days(work: Work) -> Callable[[date], bool]:
    """Days on which the staff of this school does not work."""
    return rules.resting(work.settings.staff_rest_days, work.settings.is_holiday)


def require_year(year: str) -> None:
    """Raises Refusal where that is no school year ("2026-2027")."""
    if not re.fullmatch(r"20\d\d-20\d\d", year) or int(year[5:]) != int(year[:4]) + 1:
        raise Refusal("report-year", year=year)


def begun(work: Work, year: str) -> bool:
    """Whether some of the recommended map should be over by today."""
    return any(
        event.days is not None and event.days[1] < work.today
        for stage in rules.recommended(year, Calendar.YEAR)
        for event in stage.events
    )


async def take(work: Work, year: str, calendar: Calendar, *, past_done: bool = False) -> int:
    """Begins a year with the recommended map; returns the number of its events.

    Args:
        past_done: what should be over by today counts as done on its last day: the school begins in mid-year.

    Raises:
        Refusal: no such year, or it has a map already.
    """
    ready = rules.recommended(year, calendar) if _is(year) else ()
    stages = await _begin(work, year, ready)
    free, number = free_days(work), 0
    for stage, shipped in zip(stages, ready, strict=True):
        for position, one in enumerate(shipped.events, 1):
            days = rules.settled(one.days, free)
            over = past_done and days is not None and days[1] < work.today
            work.session.add(
                RoadmapEvent(
                    school_id=work.school.id, year=year, stage_id=stage, slug=one.slug, position=position,
                    title=one.title, content=one.content, starts_on=days[0] if days else None,
                    ends_on=days[1] if days else None, term=one.term, owner=one.owner, result=one.result,
                    function=one.function, status=Status.DONE if over else Status.PLANNED,
                    done_on=days[1] if days and over else None, changed_at=work.now, changed_by=work.actor,
                )
            )  # fmt: skip
            number += 1
    await journal.note(
        work,
        "roadmap.taken",
        f"roadmap:{year}",
        after={"calendar": calendar, "events": number, "done": past_done},
    )
    return number


async def begin_empty(work: Work, year: str) -> None:
    """Begins a year with the seven stages and no events. Raises Refusal as `take`."""
    await _begin(work, year, rules.recommended(year, Calendar.YEAR) if _is(year) else ())
    await journal.note(work, "roadmap.begun", f"roadmap:{year}")


async def copy(work: Work, year: str) -> str:
    """Lays the map of a year over the next one: days a year later and off days of rest, nothing done, no documents.

    Returns:
        The next school year.

    Raises:
        Refusal: this year has no map, or the next one has.
    """
    require_year(year)
    found = await rows.stages(work.session, work.school.id, year)
    if not found:
        raise Refusal("roadmap-none", year=year)
    target, free = rules.next_year(year), free_days(work)
    ready = [ReadyStage(one.slug, one.title, ()) for one in found]
    stages = await _begin(work, target, ready)
    for old, stage in zip(found, stages, strict=True):
        for one in old.events:
            first, last = one.starts_on or one.ends_on, one.ends_on or one.starts_on
            days = rules.later((first, last), free) if first and last else None
            made = RoadmapEvent(
                school_id=work.school.id, year=target, stage_id=stage, status=Status.PLANNED,
                starts_on=days[0] if days and one.starts_on else None,
                ends_on=days[1] if days and one.ends_on else None,
                changed_at=work.now, changed_by=work.actor,
                **{name: getattr(one, name) for name in KEPT_WORDS},
            )  # fmt: skip
            work.session.add(made)
    await work.session.flush()
    await journal.note(
        work, "roadmap.copied", f"roadmap:{target}", before={"year": year}, after={"year": target}
    )
    return target


async def add_stage(work: Work, year: str, title: str) -> RoadmapStage:
    """A stage of the school's own, after all others.

    Raises:
        Refusal: no name, too many, or the year has no map.
    """
    require_year(year)
    found = await rows.stages(work.session, work.school.id, year)
    if not found:
        raise Refusal("roadmap-none", year=year)
    if len(found) >= rules.MOST_STAGES:
        raise Refusal("roadmap-stages-many", most=rules.MOST_STAGES)
    if not title.strip():
        raise Refusal("roadmap-stage-missing")
    taken = {one.slug for one in found}
    slug = next(f"{OWN}{n}" for n in range(1, rules.MOST_STAGES + 2) if f"{OWN}{n}" not in taken)
    key = await _stage(work, year, slug, title.strip(), found[-1].position + 1)
    await journal.note(work, "roadmap.stage-added", f"roadmap:{year}", after={"stage": key})
    return await get_stage(work, key)


async def rename_stage(work: Work, stage_id: int, title: str) -> RoadmapStage:
    """Raises Refusal: no such stage, or no name."""
    stage = await get_stage(work, stage_id)
    if not title.strip():
        raise Refusal("roadmap-stage-missing")
    stage.title = title.strip()
    await journal.note(work, "roadmap.stage-renamed", f"roadmap:{stage.year}", after={"stage": stage.id})
    return stage


async def move_stage(work: Work, stage_id: int, step: int) -> RoadmapStage:
    """One place up (-1) or down (1); at the edge it stays. Raises Refusal when gone."""
    stage = await get_stage(work, stage_id)
    found = list(await rows.stages(work.session, work.school.id, stage.year))
    for position, one in enumerate(shifted(found, [one.id for one in found].index(stage_id), step), 1):
        one.position = position
    await journal.note(work, "roadmap.stage-moved", f"roadmap:{stage.year}", after={"stage": stage.id})
    return stage


async def remove_stage(work: Work, stage_id: int) -> str:
    """Takes an empty stage away; returns the year. Raises Refusal: gone, or it has events."""
    stage = await get_stage(work, stage_id)
    if stage.events:
        raise Refusal("roadmap-stage-full", count=len(stage.events))
    year = stage.year
    await work.session.delete(stage)
    await journal.note(work, "roadmap.stage-removed", f"roadmap:{year}", after={"stage": stage_id})
    return year


async def get_stage(work: Work, stage_id: int) -> RoadmapStage:
    """Raises Refusal when there is none."""
    found = await rows.stage(work.session, work.school.id, stage_id)
    if found is None:
        raise Refusal("roadmap-stage-gone")
    return found


def shifted(listed: Sequence[One], place: int, step: int) -> list[One]:
    """The list with one of its own moved by a step; at the edge as it was."""
    made = list(listed)
    if 0 <= place + step < len(made):
        made[place], made[place + step] = made[place + step], made[place]
    return made


async def _begin(work: Work, year: str, ready: Sequence[ReadyStage]) -> list[int]:
    """The year's stages by their keys. The first one decides between two curators who begin at the same moment."""
    require_year(year)
    if await rows.stages(work.session, work.school.id, year):
        raise Refusal("roadmap-there", year=year)
    return [await _stage(work, year, one.slug, one.title, n) for n, one in enumerate(ready, 1)]


async def _stage(work: Work, year: str, slug: str, title: str, position: int) -> int:
    key = await rows.begin(
        work.session, school_id=work.school.id, year=year, slug=slug, title=title, position=position
    )
    if key is None:
        raise Refusal("roadmap-there", year=year)
    return key


def _is(year: str) -> bool:
    require_year(year)
    return True
