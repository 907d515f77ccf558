"""Claimed messages, looked at right before they are sent: in time, at a polite hour, allowed, its reader's turn?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from actions import consents, news_wall
from actions.links import Links
from actions.permission import may_be_told
from actions.work import Work
from bot import commands
from bot.budget import Known, turn
from bot.messenger import Indoors, Messenger, Outgoing
from bot.render import render
from bot.turn import Turn
from locales import Texts
from program.channels import Channel
from program.courtesy import polite_from
from program.mailings import CROWDED
from program.outgoing import Concerns, Kind, Message
from program.pauses import pause_of
from program.roles import Category
from program.secret_addresses import CHAT, number_of
from program.text import Text
from storage import files, outbox, people, schools
from storage.pauses import PAUSED
from storage.tables import Address, OutboxRow, Person

log = structlog.get_logger()

# Begins `OutboxRow.error` once an attempt got no answer. A platform that cannot tell a repeat is asked once more.
IN_DOUBT = "in-doubt: "
ANSWERS = (Kind.REPLY, Kind.ALERT)  # they go to whoever wrote, and to whoever has to know at once


@dataclass(frozen=True)
class Prepared:
    """A claimed row made ready. `reader`: whose address it goes to, as far as the house knows."""

    row: OutboxRow
    reader: Person | None
    outgoing: Outgoing
    edits: str


@dataclass(frozen=True)
class Many:
    """What a look at many readers of the same words asks for at once."""

    known: Known
    taking_part: Collection[int]

    @classmethod
    async def of(cls, session: AsyncSession, rows: Sequence[OutboxRow], now: datetime) -> Many:
        readers = {row.person_id for row in rows if row.person_id is not None}
        return cls(await Known.of(session, rows, now), await people.taking_part(session, readers))


@dataclass(frozen=True)
class Look:
    """What the messages of one transaction share; read at once, and changed by none of them.

    Args:
        words: a body, by language and form of address, and what it has become. photos: read once.
        polite: by school, category of the reader and kind.
    """

    session: AsyncSession
    messenger: Messenger
    links: Links
    works: Mapping[int, Work]
    people: Mapping[int, Person]
    addresses: Mapping[str, Address]
    many: Many | None = None
    words: list[tuple[Mapping[str, Any], str, bool, Outgoing]] = field(default_factory=list)
    polite: dict[tuple[int, str | None, Kind], datetime] = field(default_factory=dict)
    photos: dict[tuple[int, tuple[int, ...]], tuple[tuple[str, str, bytes], ...]] = field(
        default_factory=dict
    )

    @classmethod
    async def at(
        cls,
        session: AsyncSession,
        rows: Sequence[OutboxRow],
        messenger: Messenger,
        links: Links,
        now: datetime,
        *,
        many: bool = False,
    ) -> Look:
        """Args:
        many: the rows say the same to many: what is asked of each reader is asked of all at once.
        """
        readers = {row.person_id for row in rows if row.person_id is not None}
        unasked = [row for row in rows if row.kind not in ANSWERS]
        concerned = {one for row in unasked for one in _concerned(row)}
        known = await people.of_ids(session, readers | concerned)
        works = {}
        for key in {row.school_id for row in rows}:
            work = Work(session, await schools.get(session, key), now)
            spoken = [known[one] for one in concerned if one in known and known[one].school_id == key]
            works[key] = replace(work, ledger=await consents.words(work, spoken)) if spoken else work
        # Of an answer to a messenger nobody asks whose address it is; the house's own chat has to know.
        asked = {row.address for row in (rows if isinstance(messenger, Indoors) else unasked)}
        places = messenger.channel, messenger.account
        addresses = await people.addresses_of(session, *places, asked, people=not many) if asked else {}
        shared = await Many.of(session, rows, now) if many else None
        return cls(session, messenger, links, works, known, addresses, shared)

    @classmethod
    def of_answer(cls, turn: Turn, row: OutboxRow, messenger: Messenger, links: Links) -> Look | None:
        """At what a turn answers to whoever spoke, in a messenger: it has read all of that. None where the row is not
        such an answer."""
        work, person = turn.work, turn.person
        own = (row.person_id, row.school_id) == (person.id, work.school.id)
        if not own or row.kind not in ANSWERS:
            return None
        return cls(work.session, messenger, links, {work.school.id: work}, {person.id: person}, {})

    async def prepare(self, row: OutboxRow) -> Prepared | None:
        """None: not now or never; the row says which."""
        session, work = self.session, self.works[row.school_id]
        now = work.now
        person = self.people.get(row.person_id or 0)
        category = person.category if person else None
        polite = self._polite(work, row, category)
        if row.expires_at is not None and row.expires_at <= now:
            _let_go(row, dropped="expired")
            return None
        rings = not (row.body.get("remove") or row.body.get("replaces"))
        if (
            polite > now and rings
        ):  # taking back and correcting wakes nobody, and platforms let it only for a day or two
            _let_go(row, until=polite)
            return None
        if not await self._may_be_told(work, row, person):
            quiet = person is not None and pause_of(person.preferences) is not None
            _let_go(row, dropped=PAUSED if quiet else "not-allowed")
            if row.channel == Channel.VK_WALL:
                await news_wall.stopped(work, row.key)
            return None
        until = await turn(session, work, row, person, self.many.known if self.many else None)
        if until is not None:
            late = row.expires_at is not None and row.expires_at <= until
            _let_go(row, until=until, dropped=CROWDED if late else "")
            return None
        again_since = _may_have_gone(row)
        row.attempts += 1
        row.first_tried_at = row.first_tried_at or now
        can = self.messenger.capabilities
        edits = str(row.body.get("replaces") or row.body.get("over", "")) if can.edits else ""
        if row.edit_key and can.edits:
            edits = await outbox.last_drawn(session, row.lane, row.edit_key)
        try:
            outgoing = await self._worded(row, person)
        except Exception:
            # A defect of ours in one message: the next look would meet it again, before everybody else's.
            log.exception("outbox.wordless", message=row.id, channel=row.channel)
            _let_go(row, dropped="refused: defect")
            return None
        address = self.addresses.get(row.address)
        if row.channel == Channel.TELEGRAM and row.kind == Kind.NOTICE and person is not None:
            outgoing = replace(outgoing, commands=await _commands(work, person))
        if outgoing.remove and not edits:
            again_since = await outbox.first_tried(session, row.lane, row.edit_key)
        outgoing = replace(outgoing, again_since=again_since)
        reader = person if self.many is not None or address is None else address.person
        return Prepared(row, reader, outgoing, edits)

    def _polite(self, work: Work, row: OutboxRow, category: str | None) -> datetime:
        key = row.school_id, category, row.kind
        if key not in self.polite:
            self.polite[key] = polite_from(work.now, work.settings, work.zone, category, row.kind)
        return self.polite[key]

    async def _worded(self, row: OutboxRow, person: Person | None) -> Outgoing:
        language = person.language if person else "ru"
        familiar = person is not None and person.category == Category.PUPIL
        for body, spoken, close, outgoing in self.words:
            if (spoken, close) == (language, familiar) and body == row.body:
                return replace(outgoing, address=row.address, key=row.id)
        message = Message.from_json(row.body)
        chat = number_of(person.preferences, CHAT) if person else 0
        outgoing = render(
            message,
            Texts(language, familiar=familiar),
            self.messenger.capabilities,
            address=row.address,
            key=row.id,
            resolve=lambda url: self.links.resolve(url, row.person_id, chat),
            photos=await self._photos(row),
        )
        if not _personal(message):
            self.words.append((row.body, language, familiar, outgoing))
        return outgoing

    async def _photos(self, row: OutboxRow) -> tuple[tuple[str, str, bytes], ...]:
        ids = tuple(row.body.get("photos", ()))
        if (row.school_id, ids) not in self.photos:
            self.photos[row.school_id, ids] = await files.photos(self.session, row.school_id, ids)
        return self.photos[row.school_id, ids]

    async def _may_be_told(self, work: Work, row: OutboxRow, person: Person | None) -> bool:
        """Replies go to whoever wrote; anything unasked needs consents that hold now and a reachable address."""
        if row.kind in ANSWERS:
            return True
        taking_part = self.many.taking_part if self.many is not None else None
        if not await may_be_told(work, person, row.channel, row.body, taking_part=taking_part):
            return False
        if person is None:
            return True
        address = self.addresses.get(row.address)
        return address is not None and address.unreachable_since is None and address.person_id == person.id


async def _commands(work: Work, person: Person) -> tuple[tuple[str, str], ...]:
    """What stands behind the «/» of this chat from now on: what somebody did may have changed who the reader is."""
    words = Texts(person.language, familiar=person.category == Category.PUPIL)
    return tuple((name, words(Text(f"command-{name}"))) for name in await commands.listed(work, person))


def _may_have_gone(row: OutboxRow) -> datetime | None:
    """When an attempt was made whose end nobody knows: it got no answer, or whoever made it was killed."""
    again = row.attempts > 0 and (not row.error or row.error.startswith(IN_DOUBT))
    if not row.error.startswith(IN_DOUBT):
        row.error = ""  # what is left behind by a kill now says nothing of the attempt before it
    return row.first_tried_at if again else None


def _personal(message: Message) -> bool:
    """A link may open the reader's own page."""
    return any(choice.url for row in message.rows for choice in row) or bool(message.home)


def _concerned(row: OutboxRow) -> set[int]:
    """Whose consents this message may need."""
    concerns = Concerns.from_json(row.body.get("concerns", {}))
    return {*concerns.people, *concerns.shown, *([row.person_id] if row.person_id is not None else ())}


def _let_go(row: OutboxRow, *, until: datetime | None = None, dropped: str = "") -> None:
    """Gives a claimed row back, in the transaction that claimed it."""
    row.lease_until, row.lease_owner = None, ""
    row.due_at, row.dropped = until or row.due_at, dropped
