"""Mentors and mentees propose a story for the school's news; the curator edits and publishes it, or declines kindly.

Nobody but the school's curators reads it before it is published, and nobody is named without a consent: the draft that
is made of it stands behind the same guard as every other.
"""

from __future__ import annotations

from typing import Any

from actions import journal, news, news_authors
from actions.shared_words import require_fit
from actions.work import Work
from locales import Texts, dates
from program.errors import Refusal
from program.news import (
    STORIES_OPEN,
    STORY_KEPT,
    STORY_LONGEST,
    STORY_SHORTEST,
    STORY_WAITS,
    TITLE_LIMIT,
)
from program.pictures import picture
from program.roles import PersonState
from program.states import StoryState
from program.text import Text
from storage import files, people
from storage import news_stories as rows
from storage.tables import NewsItem, NewsStory, Person

REPLY_LONGEST = 500


async def standing(work: Work, person_id: int) -> dict[str, Any]:
    """Facts for the first words to somebody who may propose something now; JSON.

    Raises:
        Refusal: no part in the programme, or enough already waits.
    """
    await _author(work, person_id)
    return {"curator": work.settings.curator_name or "-"}


async def propose(work: Work, person_id: int, words: str, *, named: bool) -> int:
    """Keeps a story for the curator; returns its id, to which a photo can be added.

    Args:
        named: the author would like to be named in it.

    Raises:
        Refusal: as `standing`; too short, too long; or words that the school would not show to others.
    """
    author = await _author(work, person_id)
    words = words.strip()
    if not STORY_SHORTEST <= len(words) <= STORY_LONGEST:
        raise Refusal("tell-length", least=STORY_SHORTEST, most=STORY_LONGEST)
    require_fit(work, words)
    story = NewsStory(
        school_id=work.school.id, person_id=author.id, words=words, named=named, state=StoryState.NEW, at=work.now
    )  # fmt: skip
    work.session.add(story)
    await work.session.flush()
    await journal.note(work, "news.story-proposed", f"person:{author.id}", after={"story": story.id})
    return story.id


async def facts(work: Work, person_id: int, story_id: int) -> dict[str, Any]:
    """What the page of the photo shows: `id`, `kept`. Raises Refusal: not one's own, or decided already."""
    story = await _mine(work, person_id, story_id)
    return {"id": story.id, "kept": story.photo_id is not None}


async def attach(work: Work, person_id: int, story_id: int, data: bytes) -> None:
    """Puts a photo beside the story, in place of an earlier one. Raises Refusal: as `facts`; not a picture."""
    story = await _mine(work, person_id, story_id, hold=True)
    if not data:
        raise Refusal("tell-photo-none")
    shot = picture(data)
    before = story.photo_id
    name = f"story-{story.id}.{shot.ending}"
    file = await files.keep(work.session, work.school.id, name, shot.content_type, shot.data, work.now)
    story.photo_id = file.id
    if before is not None:
        await rows.drop_photo(work.session, before)


async def recall(work: Work, person_id: int, story_id: int) -> None:
    """The author takes it back before anything was made of it. Raises Refusal: as `facts`."""
    story = await _mine(work, person_id, story_id, hold=True)
    await rows.forget(work.session, [story])
    await journal.note(work, "news.story-recalled", f"person:{person_id}", after={"story": story_id})


async def own(work: Work, person_id: int) -> list[dict[str, Any]]:
    """What the person proposed, as the chat shows it; JSON: `id`, `words` (the beginning), `state`."""
    found = await rows.of_person(work.session, work.school.id, person_id)
    return [{"id": one.id, "words": beginning(one.words), "state": str(one.state)} for one in found[:5]]


async def take(work: Work, story_id: int) -> NewsItem:
    """A draft of it for the editor, with the photo; its author stands among those it shows.

    Raises:
        Refusal: somebody has decided already.
    """
    story = await _open(work, story_id)
    author = await people.get(work.session, story.person_id)
    draft = news.Draft(beginning(story.words, TITLE_LIMIT), story.words)
    item = await news.write(work, draft)
    if story.photo_id is not None:
        item.photos = [story.photo_id]
    if author is not None and (story.named or story.photo_id is not None):
        item.shows = [author.id]
    story.photo_id = None
    _decided(work, story, StoryState.TAKEN)
    story.item_id = item.id
    await journal.note(work, "news.story-taken", f"news:{item.id}", after={"story": story.id})
    return item


async def decline(work: Work, story_id: int, words: str = "") -> None:
    """Not in the news; the author is thanked. Raises Refusal: somebody has decided already; too long."""
    words = words.strip()
    if len(words) > REPLY_LONGEST:
        raise Refusal("news-long", limit=REPLY_LONGEST)
    story = await _open(work, story_id)
    _decided(work, story, StoryState.DECLINED)
    await news_authors.decline(work, story, words)
    await journal.note(work, "news.story-declined", f"person:{story.person_id}", after={"story": story.id})


async def forget_old(work: Work) -> int:
    """Deletes what was decided a while ago, and what nobody has decided for half a year."""
    session, now = work.session, work.now
    found = await rows.old(session, work.school.id, now - STORY_KEPT, now - STORY_WAITS)
    await rows.forget(session, found)
    if found:
        session.info["erased"] = True  # the write-ahead log holds the words as well
    return len(found)


async def known(work: Work, person: Person, say: Texts, language: str) -> list[tuple[str, str]]:
    """The person's own stories in «Мои данные»."""
    found = await rows.of_person(work.session, work.school.id, person.id)
    return [
        (f"{dates.moment(one.at, work.zone, language)}, {say(Text(f'tell-state-{one.state}'))}", one.words)
        for one in found
    ]


def beginning(words: str, longest: int = 60) -> str:
    """The first sentence or line, cut at a word."""
    first = words.strip().splitlines()[0]
    for end in (". ", "! ", "? "):
        first = first.partition(end)[0]
    if len(first) <= longest:
        return first.rstrip(".")
    return first[: longest - 1].rpartition(" ")[0] + "…"


async def _author(work: Work, person_id: int) -> Person:
    """Raises Refusal: no part in the programme, or enough already waits."""
    person = await people.get(work.session, person_id)
    if person is None or person.school_id != work.school.id or person.state != PersonState.ACTIVE:
        raise Refusal("tell-not-here")
    if not await people.takes_part(work.session, person_id):
        raise Refusal("tell-not-here")
    mine = await rows.of_person(work.session, work.school.id, person_id)
    if sum(one.state == StoryState.NEW for one in mine) >= STORIES_OPEN:
        raise Refusal("tell-many")
    return person


async def _mine(work: Work, person_id: int, story_id: int, *, hold: bool = False) -> NewsStory:
    story = await rows.get(work.session, work.school.id, story_id, hold=hold)
    if story is None or story.person_id != person_id or story.state != StoryState.NEW:
        raise Refusal("tell-decided")
    return story


async def _open(work: Work, story_id: int) -> NewsStory:
    story = await rows.get(work.session, work.school.id, story_id, hold=True)
    if story is None or story.state != StoryState.NEW:
        raise Refusal("news-story-decided")
    return story


def _decided(work: Work, story: NewsStory, state: StoryState) -> None:
    story.state, story.decided_at, story.decided_by = state, work.now, work.actor
