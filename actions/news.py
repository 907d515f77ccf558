"""News of the programme: written, shown to the curator, published to the bot and to the wall."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from actions import journal, takedowns
from actions.audiences import Audience, people
from actions.tell import tell
from actions.work import Work
from program.channels import Channel
from program.errors import Refusal
from program.names import folded, short
from program.news import BODY_LIMIT, MOST_PHOTOS, TITLE_LIMIT
from program.outgoing import PRIORITY, Concerns, Kind, Message
from program.pictures import picture
from program.states import NewsStatus, WallState
from program.text import raw
from storage import files, lists, news, outbox
from storage import people as people_rows
from storage.tables import NewsItem, StoredFile

WALL_ADDRESS = "wall"
WALL_HOSTS = ("vk.com", "vk.ru", "m.vk.com", "m.vk.ru")


@dataclass(frozen=True)
class Draft:
    title: str
    body: str
    to_bot: bool = True
    to_wall: bool = True
    audience: Audience = Audience()  # noqa: RUF009 - frozen


async def write(work: Work, draft: Draft, item_id: int | None = None) -> NewsItem:
    """A new draft, or new words of an old one. Raises Refusal: empty, too long, no such draft."""
    if not draft.title.strip() or not draft.body.strip():
        raise Refusal("news-empty")
    if len(draft.title) > TITLE_LIMIT or len(draft.body) > BODY_LIMIT:
        raise Refusal("news-long", limit=BODY_LIMIT)
    if item_id is None:
        item = NewsItem(school_id=work.school.id, created_at=work.now, author=work.actor, photos=[])
        work.session.add(item)
    else:
        item = await _draft(work, item_id)
        await journal.note(work, "news.edited", f"news:{item.id}")
    item.title, item.body = draft.title.strip(), draft.body.strip()
    item.to_bot, item.to_wall = draft.to_bot, draft.to_wall
    item.audience = draft.audience.to_json()
    await work.session.flush()
    return item


async def add_photo(work: Work, item_id: int, data: bytes) -> StoredFile:
    """Adds a picture to a draft. Raises Refusal: not a picture, too large, too many."""
    item = await _draft(work, item_id)
    if len(item.photos) >= MOST_PHOTOS:
        raise Refusal("news-photo-many", limit=MOST_PHOTOS)
    shot = picture(data)
    file = StoredFile(
        school_id=work.school.id,
        name=f"news-{item.id}-{len(item.photos) + 1}.{shot.ending}",
        content_type=shot.content_type,
        size=len(shot.data),
        sha256=hashlib.sha256(shot.data).hexdigest(),
        data=shot.data,
        created_at=work.now,
    )
    work.session.add(file)
    await work.session.flush()
    item.photos = [*item.photos, file.id]
    return file


async def remove_photo(work: Work, item_id: int, file_id: int) -> None:
    item = await _draft(work, item_id)
    if file_id in item.photos:
        item.photos = [key for key in item.photos if key != file_id]
        for file in await files.listed(work.session, work.school.id, [file_id]):
            await work.session.delete(file)


async def set_shown(work: Work, item_id: int, person_ids: Sequence[int]) -> NewsItem:
    """Who is on the photos or named in a draft. Raises Refusal: published, or somebody of another school."""
    item = await _draft(work, item_id)
    for person_id in person_ids:
        person = await people_rows.get(work.session, person_id)
        if person is None or person.school_id != work.school.id:
            raise Refusal("news-person-unknown")
    item.shows = sorted(set(person_ids))
    return item


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


def _stands(said: str, name: str) -> bool:
    plain = folded(name)
    stem = plain[:-1] if plain[-1] in "аяйьеои" else plain  # endings change: «Аню Котову»
    return stem in said and re.search(rf"(?<!\w){re.escape(stem)}\w{{0,4}}(?!\w)", said) is not None


def message(item: NewsItem) -> Message:
    """What subscribers read and the wall gets."""
    shown = Concerns(shown=tuple(item.shows))
    return Message((raw(item.title), raw(item.body)), photos=tuple(item.photos), concerns=shown)


async def publish(work: Work, item_id: int, *, wall_ready: bool = False) -> int:
    """Sends a draft to the bot's subscribers and to the wall. Afterwards its words cannot be changed.

    Args:
        wall_ready: a token that may write on the wall is configured; else the curator posts by hand.

    Returns:
        How many people it goes to in the bot.

    Raises:
        Refusal: no such item, published already, it goes nowhere, or somebody it shows has not agreed.
    """
    item = await _draft(work, item_id)
    if not item.to_bot and not item.to_wall:
        raise Refusal("news-nowhere")
    await _require_publication(work, item)
    item.status, item.published_at = NewsStatus.PUBLISHED, work.now
    told = 0
    if item.to_bot:
        for person in await people(work, Audience.read(item.audience)):
            key = f"news:{item.id}:{person.id}"
            told += await tell(work, person, message(item), key=key, kind=Kind.NEWS)
    if item.to_wall:
        item.wall = await _to_wall(work, item) if wall_ready else WallState.MANUAL
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


async def wall_done(work: Work, outbox_key: str, external_id: str) -> None:
    """The sender posted it. `external_id`: «-<group>_<post>» or the whole address."""
    item = await _of_key(work, outbox_key)
    if item is not None:
        item.wall, item.wall_error = WallState.POSTED, ""
        item.wall_url = (
            external_id if external_id.startswith("https://") else f"https://vk.com/wall{external_id}"
        )
        await journal.note(work, "news.posted", f"news:{item.id}", after={"by": "api"})


async def wall_failed(work: Work, outbox_key: str, reason: str) -> None:
    """The wall did not take it: from now on it waits for the curator's hands."""
    item = await _of_key(work, outbox_key)
    if item is not None and item.wall == WallState.QUEUED:
        if await takedowns.lacking(work, item.shows):
            await wall_stopped(work, outbox_key)
            return
        item.wall, item.wall_error = WallState.MANUAL, reason[:300]
        await journal.note(work, "news.wall-failed", f"news:{item.id}", after={"reason": reason[:100]})


async def wall_stopped(work: Work, outbox_key: str) -> None:
    """The post was let go of: somebody it shows agrees no longer."""
    item = await _of_key(work, outbox_key)
    if item is not None and item.wall == WallState.QUEUED:
        item.wall = WallState.STOPPED
        await takedowns.never_posted(work, item.id)
        await journal.note(work, "news.wall-stopped", f"news:{item.id}")


def wall_key(item_id: int) -> str:
    return f"news-wall:{item_id}"


async def _require_publication(work: Work, item: NewsItem) -> None:
    if len(await lists.bare(work.session, work.school.id, item.shows)) < len(item.shows):
        raise Refusal("news-person-unknown")
    missing = await takedowns.lacking(work, item.shows)
    if missing:
        names = ", ".join(short(person.first_name, person.last_name) for person in missing)
        raise Refusal("news-no-publication", names=names, count=len(missing))


async def _to_wall(work: Work, item: NewsItem) -> WallState:
    await outbox.put(
        work.session,
        school_id=work.school.id,
        key=wall_key(item.id),
        kind=Kind.NEWS,
        priority=PRIORITY[Kind.NEWS],
        channel=Channel.VK_WALL,
        address=WALL_ADDRESS,
        body=message(item).to_json(),
        created_at=work.now,
        due_at=work.now,
    )
    return WallState.QUEUED


async def _draft(work: Work, item_id: int) -> NewsItem:
    item = await news.lock(work.session, work.school.id, item_id)
    if item is None:
        raise Refusal("news-missing")
    if item.status == NewsStatus.PUBLISHED:
        raise Refusal("news-published")
    return item


async def _of_key(work: Work, outbox_key: str) -> NewsItem | None:
    kind, _, key = outbox_key.partition(":")
    if kind != "news-wall" or not key.isdecimal():
        return None
    return await news.lock(work.session, work.school.id, int(key))
