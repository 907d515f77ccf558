"""Somebody whom news show no longer agrees: what is on its way is stopped at once, what is out is taken down.

A person does what no programme can: a post on a wall, a message in somebody's messenger. It stands on
«Сегодня» until it is ticked. Source: domain.md 8.1 (publication), 152-ФЗ art. 10.1.
"""

from __future__ import annotations

from collections.abc import Collection

from actions import consents, journal
from actions.news_stops import CONSENT, stop
from actions.work import Work
from locales import Texts
from program.consents import ConsentKind, ConsentState
from program.errors import Refusal
from program.roles import PersonState
from program.states import NewsPlace, NewsStatus, WallState
from program.text import Text
from storage import lists, news
from storage import takedowns as rows
from storage.tables import NewsItem, Person

LANGUAGES = ("ru", "en")
# A word that somebody has not given yet stops a draft, but takes nothing down that was lawful when it went out.
# What has been seen by others: a post that was taken back may still stand somewhere.
OUT = (NewsStatus.PUBLISHED, NewsStatus.WITHDRAWN)
NO_LONGER = (ConsentState.WITHDRAWN, ConsentState.REFUSED, ConsentState.EXPIRED)


def gone() -> dict[str, str]:
    """What stands in a web chat where an item was, by language."""
    return {language: Texts(language)(Text("web-news-gone")) for language in LANGUAGES}


async def lacking(work: Work, person_ids: Collection[int]) -> list[Person]:
    """Those among them who may not be shown now, by name: no consent, or contact with them has stopped."""
    found = await lists.bare(work.session, work.school.id, person_ids)
    given = await consents.allowed(work, found, ConsentKind.PUBLICATION)
    return sorted(
        (
            one
            for one in found
            if one.id not in given or one.state in (PersonState.FROZEN, PersonState.ERASED)
        ),
        key=lambda one: (one.plain, one.id),
    )


async def mind(work: Work, person: Person, state: ConsentState) -> None:
    """Follows the person's consent to publication. Safe to call at any time.

    Args:
        state: what holds now.
    """
    if state is ConsentState.GIVEN and person.state != PersonState.FROZEN:
        if await rows.lift(work.session, work.school.id, person_id=person.id):
            await journal.note(work, "news.takedown-lifted", f"person:{person.id}")
    elif state in NO_LONGER:
        await take_down(work, person, state)


async def take_down(work: Work, person: Person, why: ConsentState) -> None:
    """Stops everything that shows the person, and lists what has to be taken down by hand."""
    shown_in = await rows.showing(work.session, work.school.id, person.id)
    for item in shown_in:
        if item.status == NewsStatus.PLANNED:
            planned = await news.lock(work.session, work.school.id, item.id)
            if planned is not None and planned.status == NewsStatus.PLANNED:
                await stop(work, planned, CONSENT)
    out = [item for item in shown_in if item.status in OUT]
    if not out:
        return
    await rows.let_go(work.session, work.school.id, person.id, out, work.now)
    for item in out:
        held = await news.lock(work.session, work.school.id, item.id)
        assert held is not None
        await _of_item(work, held, person, why)


async def _of_item(work: Work, item: NewsItem, person: Person, why: ConsentState) -> None:
    item.to_site = False  # who agrees again has not asked for it to come back
    await rows.blank_bubbles(work.session, work.school.id, item, gone())
    places = [NewsPlace.WALL] if await _on_the_wall(work, item) else []
    if await rows.in_messengers(work.session, work.school.id, item.id):
        places.append(NewsPlace.CHATS)
    asked = [
        place
        for place in places
        if await rows.ask(
            work.session,
            school_id=work.school.id,
            item_id=item.id,
            person_id=person.id,
            place=place,
            reason=str(why),
            asked_at=work.now,
            done_by="",
        )
    ]
    if asked:
        after = {"item": item.id, "places": [str(place) for place in asked], "reason": str(why)}
        await journal.note(work, "news.takedown-asked", f"person:{person.id}", after=after)


async def _on_the_wall(work: Work, item: NewsItem) -> bool:
    """Whether the item may stand there; a post that has not begun is stopped."""
    if item.wall == WallState.QUEUED:
        if await news.being_posted(work.session, item.id):
            return True
        item.wall = WallState.STOPPED
        return False
    if item.wall == WallState.MANUAL:
        item.wall = WallState.STOPPED
        return True  # somebody may have put it up already, its address not yet told
    return item.wall == WallState.POSTED


async def tick(work: Work, item_id: int, place: NewsPlace) -> None:
    """«Снято»: somebody has taken the item down there. Raises Refusal: nothing waits there."""
    item = await news.lock(work.session, work.school.id, item_id)
    people = await rows.done(work.session, work.school.id, item_id, place, work.actor, work.now)
    if item is None or not people:
        raise Refusal("news-takedown-done")
    if place is NewsPlace.WALL:
        item.wall = WallState.REMOVED
    await journal.note(
        work, "news.taken-down", f"news:{item.id}", after={"place": str(place), "people": sorted(people)}
    )


async def shown_in(work: Work, person: Person) -> list[tuple[NewsItem, str]]:
    """Published news in which the person is on a photo or named, the newest first, and where they stand.

    «out»: seen by others; «leaving»: to be taken down; «gone»: it was.
    """
    shown = await rows.showing(work.session, work.school.id, person.id)
    asked = await rows.of_person(work.session, work.school.id, person.id)
    found = []
    for item in shown:
        if item.status in OUT:
            done = asked.get(item.id)
            taken = item.status == NewsStatus.WITHDRAWN or item.wall in (WallState.STOPPED, WallState.REMOVED)
            gone = taken if done is None else done
            found.append((item, "gone" if gone else "out" if done is None else "leaving"))
    return found


async def never_posted(work: Work, item_id: int) -> None:
    """The post did not reach the wall after all, so there is nothing to take down."""
    await rows.lift(work.session, work.school.id, item_id=item_id)


async def follow(work: Work) -> int:
    """Looks at everybody whom something published shows: a consent may have run out. How many were looked at."""
    ids = await rows.everybody_shown(work.session, work.school.id)
    people = await lists.bare(work.session, work.school.id, ids)
    states = await consents.states(work, people, (ConsentKind.PUBLICATION,))
    for person in people:
        if person.state != PersonState.ERASED:
            await mind(work, person, states[person.id][ConsentKind.PUBLICATION])
    return len(people)
