"""News of the programme: written, shown to the curator, published to the bot and to the wall.

Planned for an hour: `actions.news_plan`; corrected and taken back afterwards: `actions.news_again`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from actions import journal, mailings, news_authors, takedowns
from actions.audiences import Audience, condition
from actions.work import Work
from program.channels import Channel
from program.errors import Refusal
from program.names import folded, short
from program.news import BODY_LIMIT, CAPTION_LIMIT, MOST_PHOTOS, PARENT, TITLE_LIMIT
from program.outgoing import PRIORITY, Choice, Concerns, Kind, Message
from program.pictures import picture
from program.states import NewsPlace, NewsStatus, WallState
from program.text import Text, raw
from program.ways import NEWS
from storage import files, lists, news, outbox
from storage import people as people_rows
from storage import takedowns as takedown_rows
from storage.tables import NewsItem, StoredFile

WALL_ADDRESS = "wall"
WALL_HOSTS = ("vk.com", "vk.ru", "m.vk.com", "m.vk.ru")
EDITABLE = (NewsStatus.DRAFT, NewsStatus.STOPPED)
UNPUBLISHED = (*EDITABLE, NewsStatus.PLANNED)
STORY = Choice(Text("tell-tell"), "f:story")


@dataclass(frozen=True)
class Draft:
    """What the editor's form says. `captions`: what is on each photo, by its id; None leaves them as they are."""

    title: str
    body: str
    to_bot: bool = True
    to_wall: bool = True
    audience: Audience = Audience()  # noqa: RUF009 - frozen
    captions: Mapping[int, str] | None = field(default=None)


async def write(work: Work, draft: Draft, item_id: int | None = None, *, form: str = "") -> NewsItem:
    """A new draft, or new words of an old one. Raises Refusal: empty, too long, no such draft.

    Args:
        form: which open form saves: `admin.pages.news_edit`.
    """
    require_words(draft.title, draft.body)
    known = item_id is not None
    item = await keep(work, draft, item_id, form=form)
    if known:
        await journal.note(work, "news.edited", f"news:{item.id}")
    return item


async def keep(work: Work, draft: Draft, item_id: int | None = None, *, form: str = "") -> NewsItem:
    """As `write`, of whatever has been typed so far; the journal hears of it when it is saved by hand."""
    if len(draft.title) > TITLE_LIMIT or len(draft.body) > BODY_LIMIT:
        raise Refusal("news-long", limit=BODY_LIMIT)
    if item_id is None:
        item = NewsItem(
            school_id=work.school.id, created_at=work.now, author=work.actor, photos=[], captions={}
        )
        work.session.add(item)
    else:
        item = await unpublished(work, item_id)
    item.title, item.body = draft.title.strip(), draft.body.strip()
    item.to_bot, item.to_wall = draft.to_bot, draft.to_wall
    item.audience = draft.audience.to_json()
    if draft.captions is not None:
        caption(item, draft.captions)
    item.changed_at, item.changed_by, item.changed_in = work.now, work.actor, form
    await work.session.flush()
    return item


def require_words(title: str, body: str) -> None:
    if not title.strip() or not body.strip():
        raise Refusal("news-empty")
    if len(title) > TITLE_LIMIT or len(body) > BODY_LIMIT:
        raise Refusal("news-long", limit=BODY_LIMIT)


def caption(item: NewsItem, words: Mapping[int, str]) -> None:
    """What is on the photos, in words; of photos that the item has."""
    said = {key: words.get(key, item.captions.get(str(key), "")) for key in item.photos}
    item.captions = {str(key): one.strip()[:CAPTION_LIMIT] for key, one in said.items() if one.strip()}


async def add_photo(work: Work, item_id: int, data: bytes) -> StoredFile:
    """Adds a picture to a draft. Raises Refusal: not a picture, too large, too many."""
    item = await unpublished(work, item_id)
    if len(item.photos) >= MOST_PHOTOS:
        raise Refusal("news-photo-many", limit=MOST_PHOTOS)
    shot = picture(data)
    name = f"news-{item.id}-{len(item.photos) + 1}.{shot.ending}"
    file = await files.keep(work.session, work.school.id, name, shot.content_type, shot.data, work.now)
    item.photos = [*item.photos, file.id]
    return file


async def remove_photo(work: Work, item_id: int, file_id: int) -> None:
    item = await unpublished(work, item_id)
    if file_id in item.photos:
        item.photos = [key for key in item.photos if key != file_id]
        caption(item, {})
        for file in await files.listed(work.session, work.school.id, [file_id]):
            await work.session.delete(file)


async def move_photo(work: Work, item_id: int, file_id: int, *, earlier: bool) -> None:
    """One place nearer to the beginning, or to the end; at the end of the row nothing happens."""
    item = await unpublished(work, item_id)
    order = list(item.photos)
    if file_id not in order:
        return
    at = order.index(file_id)
    to = min(max(at + (-1 if earlier else 1), 0), len(order) - 1)
    order[at], order[to] = order[to], order[at]
    item.photos = order


async def set_shown(work: Work, item_id: int, person_ids: Sequence[int]) -> NewsItem:
    """Who is on the photos or named in a draft. Raises Refusal: published, or somebody of another school."""
    item = await unpublished(work, item_id)
    item.shows = await known_people(work, person_ids)
    return item


async def known_people(work: Work, person_ids: Sequence[int]) -> list[int]:
    """The same ids, in order and once. Raises Refusal: somebody of another school."""
    for person_id in person_ids:
        person = await people_rows.get(work.session, person_id)
        if person is None or person.school_id != work.school.id:
            raise Refusal("news-person-unknown")
    return sorted(set(person_ids))


async def named(work: Work, words: str) -> list[int]:
    """Ids of people of the school whose first name and surname both stand in the words, in any case."""
    said = folded(words)
    if not said.strip():
        return []
    return [
        key
        for key, first, last in await news.names(work.session, work.school.id)
        if len(last) > 2 and len(first) > 1 and _stands(said, last) and _stands(said, first)
    ]


async def unticked(work: Work, item: NewsItem, *words: str) -> list[int]:
    """People whose names stand in the item and who are not ticked; nobody who is known to be somebody else.

    Args:
        words: what it would say instead of its title and body.
    """
    said = " ".join((*(words or (item.title, item.body)), *map(str, item.captions.values())))
    return [key for key in await named(work, said) if key not in item.shows and key not in item.namesakes]


async def not_meant(work: Work, item_id: int, person_id: int) -> None:
    """Somebody of the same name: this one is not shown. Raises Refusal: published, or nobody of the school."""
    item = await unpublished(work, item_id)
    (known,) = await known_people(work, [person_id])
    item.namesakes = sorted({*item.namesakes, known})
    item.shows = [key for key in item.shows if key != known]
    await journal.note(work, "news.not-meant", f"news:{item.id}", after={"person": known})


def _stands(said: str, name: str) -> bool:
    plain = folded(name)
    stem = plain[:-1] if plain[-1] in "аяйьеои" else plain  # endings change: «Аню Котову»
    return stem in said and re.search(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", said) is not None


def message(item: NewsItem) -> Message:
    """What subscribers read and the wall gets."""
    shown = Concerns(shown=tuple(item.shows))
    said = tuple(item.captions.get(str(key), "") for key in item.photos)
    captions = said if any(said) else ()
    return Message(
        (raw(item.title), raw(item.body)), photos=tuple(item.photos), captions=captions, concerns=shown
    )


def for_bot(said: Message, audience: Audience) -> Message:
    """As subscribers get it: participants find the way to a story of their own below it, parents have none."""
    return said if PARENT in audience.sides else replace(said, rows=((STORY,),))


async def publish(work: Work, item_id: int, *, wall_ready: bool = False) -> int:
    """Sends an item to the bot's subscribers and to the wall.

    Args:
        wall_ready: a token that may write on the wall is configured; else the curator posts by hand.

    Returns:
        How many people it goes to in the bot.

    Raises:
        Refusal: no such item, published already, it goes nowhere, or somebody it shows has not agreed.
    """
    item = await held(work, item_id, UNPUBLISHED)
    await require_publishable(work, item)
    NEWS.require(item.status, NewsStatus.PUBLISHED)
    item.status, item.published_at = NewsStatus.PUBLISHED, work.now
    item.stopped_at, item.stop_reason = None, ""
    told = 0
    if item.to_bot:
        told = await _to_bot(work, item)
    if item.to_wall:
        item.wall = await _to_wall(work, item) if wall_ready else WallState.MANUAL
    await news_authors.thank(work, item)
    await journal.note(work, "news.published", f"news:{item.id}", after={"told": told, "wall": item.wall})
    return told


async def posted_by_hand(work: Work, item_id: int, url: str) -> None:
    """The curator posted it and gives the address. Raises Refusal: not an address of VK."""
    item = await news.lock(work.session, work.school.id, item_id)
    if item is None or item.wall != WallState.MANUAL:
        raise Refusal("news-not-manual")
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or parts.hostname not in WALL_HOSTS or len(url) > 300:
        raise Refusal("news-link-odd")
    item.wall, item.wall_url, item.wall_error = WallState.POSTED, url.strip(), ""
    await journal.note(work, "news.posted", f"news:{item.id}", after={"by": "hand"})


async def done_by_hand(work: Work, item_id: int) -> None:
    """The curator has corrected or removed the post on the wall, as `wall_todo` asked."""
    item = await news.lock(work.session, work.school.id, item_id)
    if item is None or not item.wall_todo:
        raise Refusal("news-not-manual")
    if item.wall_todo == "delete":
        await gone_from_wall(work, item)
    what, item.wall_todo, item.wall_error = item.wall_todo, "", ""
    await journal.note(work, "news.wall-by-hand", f"news:{item.id}", after={"what": what})


async def gone_from_wall(work: Work, item: NewsItem) -> None:
    """The post is not there any more, whoever asked for it."""
    item.wall, item.wall_todo, item.wall_error = WallState.REMOVED, "", ""
    await takedown_rows.done(work.session, work.school.id, item.id, NewsPlace.WALL, work.actor, work.now)


def wall_key(item_id: int) -> str:
    return f"news-wall:{item_id}"


async def require_publishable(work: Work, item: NewsItem) -> None:
    """Whoever is named counts as shown. Raises Refusal: it goes nowhere, says nothing, or somebody has not agreed."""
    if not item.to_bot and not item.to_wall:
        raise Refusal("news-nowhere")
    require_words(item.title, item.body)
    item.shows = sorted({*item.shows, *await unticked(work, item)})
    await require_agreed(work, item.shows)


async def require_agreed(work: Work, shows: Sequence[int]) -> None:
    """Raises Refusal with the names of those who have not agreed to be shown."""
    if len(await lists.bare(work.session, work.school.id, shows)) < len(shows):
        raise Refusal("news-person-unknown")
    missing = await takedowns.lacking(work, shows)
    if missing:
        names = ", ".join(short(person.first_name, person.last_name) for person in missing)
        raise Refusal("news-no-publication", names=names, count=len(missing))


async def _to_bot(work: Work, item: NewsItem) -> int:
    """To how many."""
    audience = Audience.read(item.audience)
    said = for_bot(message(item), audience)
    return await mailings.begin(work, item.id, said, await condition(work, audience))


async def _to_wall(work: Work, item: NewsItem) -> WallState:
    await put_on_wall(work, item, wall_key(item.id), message(item))
    return WallState.QUEUED


async def put_on_wall(work: Work, item: NewsItem, key: str, what: Message) -> None:
    """A row for the wall. All rows of an item share what is redrawn, so that the sender finds the post."""
    await outbox.put(
        work.session,
        school_id=work.school.id,
        key=key,
        edit_key=wall_key(item.id),
        kind=Kind.NEWS,
        priority=PRIORITY[Kind.NEWS],
        channel=Channel.VK_WALL,
        address=WALL_ADDRESS,
        body=what.to_json(),
        created_at=work.now,
        due_at=work.now,
    )


async def unpublished(work: Work, item_id: int) -> NewsItem:
    """An item whose words may be changed. Raises Refusal: no such item, planned, or published."""
    return await held(work, item_id, EDITABLE)


async def held(work: Work, item_id: int, statuses: Sequence[NewsStatus]) -> NewsItem:
    """The item, held, if it stands in one of these. Raises Refusal: it does not, or there is no such item."""
    item = await news.lock(work.session, work.school.id, item_id)
    if item is None:
        raise Refusal("news-missing")
    if item.status not in statuses:
        raise Refusal(f"news-{item.status}")
    return item
