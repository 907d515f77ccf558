"""What became of a meeting, on its way to the others: when they read it, and who would read it too late.

Whoever does something about a meeting is told honestly of whom the bot will not reach in time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions import meeting_messages as messages
from actions import meeting_rows as rows
from actions.tell import tell
from actions.work import Work
from program.meetings import News, news
from program.outgoing import Message
from program.pauses import pause_of
from program.roles import PersonState
from program.text import Text
from storage import meetings, people
from storage.tables import Meeting, Pair, Person

NAMED = 5  # of a group, by name


@dataclass(frozen=True)
class Offered:
    """How an offer reaches the other side of a pair.

    Args:
        at: when, if not now. missed: it does not, before the last of its starts. silent: a pause was asked for.
        closed: there is nowhere to write to.
    """

    at: datetime | None = None
    missed: bool = False
    silent: bool = False
    closed: bool = False


async def pass_on(
    work: Work,
    reader: Person,
    message: Message,
    *,
    key: str,
    near: datetime | None,
    expires_at: datetime | None = None,
) -> None:
    """Tells one reader.

    Args:
        near: when the reader would come, or come for nothing, without this; None: nobody would.
    """
    how = _news(work, reader, near)
    await tell(work, reader, message, key=key, kind=how.kind, expires_at=expires_at)


async def missing(work: Work, pair: Pair, me: Person, near: datetime | None) -> list[Person]:
    """Of those whom `me` has just told something, who will not read it in time."""
    return [one for one in listeners(pair, me) if not await _hears(work, one, near)]


def listeners(pair: Pair, me: Person) -> list[Person]:
    """Whom it concerns what `me` does about a meeting; of a group's mentee its mentors alone."""
    if pair.is_group and not messages.is_mentor(pair, me):
        return list(messages.mentors(pair))
    return [member.person for member in meetings.present(pair) if member.person_id != me.id]


def too_late(missed: list[Person]) -> Text:
    """Whom the bot will not reach in time, and what to do about it."""
    names = ", ".join(messages.called(one) for one in missed[:NAMED])
    return Text("meeting-news-late", {"names": names, "more": max(len(missed) - NAMED, 0)})


async def offered(work: Work, pair: Pair, me: Person, meeting: Meeting, was: datetime | None) -> Offered:
    """How the offer that `me` has just made reaches the other one of a pair."""
    last = max(messages.slots_of(meeting))
    readers = rows.others(pair, me)
    if not any([await people.best_place(work.session, one) for one in readers]):
        return Offered(closed=True)
    if any(pause_of(one.preferences) is not None for one in readers):
        return Offered(silent=True)
    at = max(_news(work, one, was).at for one in readers)
    return Offered(at if at > work.now else None, missed=at >= last)


async def _hears(work: Work, reader: Person, near: datetime | None) -> bool:
    if reader.state != PersonState.ACTIVE or pause_of(reader.preferences) is not None:
        return False
    return _news(work, reader, near).in_time and await people.best_place(work.session, reader) is not None


def _news(work: Work, reader: Person, near: datetime | None) -> News:
    return news(work.now, near, work.settings, work.zone, reader.category)
