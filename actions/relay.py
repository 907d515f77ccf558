"""Mentor and mentee write to each other through the bot, without each other's contacts.

Words of danger reach the school's grown-ups alone; what the school wants looked at first waits for the curator;
everything else goes on at once, within the reader's hours. Every verb holds the pair first, so that a message
and the pause of its pair come one after the other; a message still on its way is looked at once more before it
is sent (`actions.permission`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog

from actions import care, care_words, consents, journal
from actions import relay_messages as said
from actions.tell import tell
from actions.work import Work
from locales import Texts
from program import danger
from program.courtesy import polite_from
from program.errors import Refusal
from program.outgoing import Kind
from program.pauses import pause_of
from program.pictures import Picture
from program.relay import LONGEST, Photos, RelayRules, RelayState, Rule, Verdict, parts, quiet_until, screened
from program.screening import Found, find
from program.states import PairStatus
from program.text import Text, raw
from storage import care as care_rows
from storage import files, meetings, people
from storage import relay as rows
from storage.tables import Pair, PairMember, Person, RelayMessage, RelayReader

log = structlog.get_logger()

IN_PIECES = timedelta(minutes=30)  # how long a number may take to be sent bit by bit
HOURLY = 40  # messages of one person in one pair: a talk, not a flood
BITS = (Found.PHONE, Found.CARD)
UNTOLD = (PairStatus.SUGGESTED, PairStatus.APPROVED, PairStatus.REJECTED)
LONGEST_REPORT = 500


@dataclass(frozen=True)
class Written:
    """What has become of a message.

    Args:
        at: when the last of its readers gets it, where that is later than now.
        silent: a reader has asked for no messages; the words wait in the correspondence.
        photo_lost: what came with words of danger was not kept, as the school takes no photos.
    """

    state: RelayState
    at: datetime | None = None
    silent: bool = False
    photo_lost: bool = False


async def standing(work: Work, person_id: int, pair_id: int) -> dict[str, Any]:
    """Whether the person may write here now, to whom, and under which rules; JSON.

    Raises:
        Refusal: not one's own, paused, over, or nobody there can be reached: each says what to do.
    """
    pair, me = await _writing(work, person_id, pair_id, hold=False)
    told = (await rows.readers(work.session, work.school.id, pair.id)).get(me.person_id)
    return {
        "pair": pair.id,
        "partner": said.partner(pair, me.person).to_json(),
        "whom": said.whom(pair, me.person).to_json(),
        "told": bool(told and told.told_at),
        "rules": rules_of(work).to_json(),
        "curator": work.settings.curator_name or "-",
        "photos": rules_of(work).photos.value,
    }


async def open_pairs(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Pairs at work in which the person may write, with the other side's name; JSON."""
    return await _named(work, person_id, await meetings.active_pairs(work.session, work.school.id, person_id))


async def kept_pairs(work: Work, person_id: int) -> list[dict[str, Any]]:
    """Pairs whose letters the person may still read, the newest first; as `open_pairs`."""
    return await _named(work, person_id, await rows.pairs_kept(work.session, work.school.id, person_id))


async def _named(work: Work, person_id: int, found: Sequence[Pair]) -> list[dict[str, Any]]:
    me = await people.get(work.session, person_id)
    assert me is not None
    return [{"pair": pair.id, "partner": said.partner(pair, me).to_json()} for pair in found]


async def write(
    work: Work,
    person_id: int,
    pair_id: int,
    words: str,
    rewritten: Collection[Found] = (),
    photo: Picture | None = None,
) -> Written:
    """Passes the words on, or keeps them for the curator, or hands them to the school's grown-ups.

    Args:
        rewritten: what earlier wordings held that the writer took back; their words are not kept.
        photo: with it the words may be empty.

    Raises:
        Refusal: as `standing`; the school takes no photos. Nothing is refused where the words sound like danger.
    """
    words = words.strip()
    if len(words) > LONGEST or not (words or photo):
        raise Refusal("relay-length", limit=LONGEST)
    if danger.find(words) is not None:
        return await _alarm(work, person_id, pair_id, words, photo)
    pair, me = await _member(work, person_id, pair_id, hold=True)
    meant, readers = await _readers(work, pair, me)
    since = work.now - timedelta(hours=1)
    if await rows.written_since(work.session, pair.id, me.person_id, since) >= HOURLY:
        raise Refusal("relay-many")
    verdict = await _verdict(work, pair, me, words)
    photos = rules_of(work).photos
    if photo is not None and photos is Photos.OFF:
        raise Refusal("relay-photo-off")
    held = verdict.rule is Rule.HOLD or (photo is not None and photos is not Photos.ALLOW)
    state = RelayState.HELD if held else RelayState.SENT
    message = _kept(work, pair, me, words, state, verdict, rewritten)
    message.photo_id = await _stored(work, photo) if photo else None
    await _keep(work, message, meant)
    (await rows.reader(work.session, work.school.id, pair.id, me.person_id)).told_at = work.now
    log.info("relay.written", pair=pair.id, message=message.id, state=state.value)
    if state is RelayState.HELD:
        return Written(state)
    return await _deliver(work, pair, message, me.person, readers)


async def correspondence(work: Work, person_id: int, pair_id: int) -> dict[str, Any]:
    """The newest messages that the person wrote or was written, as far as they fit into one; JSON.

    Also of a pair that waits or is over, as long as the words are kept. What was said while the person was away,
    outside or not there yet was said to others: a mentor who comes back does not read what the child told whoever
    stood in.

    Raises:
        Refusal: not one's own.
    """
    pair, me = await _any_member(work, person_id, pair_id, hold=False)
    apart = await _apart(work, pair, [me.person_id])
    found = await rows.of_pair(work.session, work.school.id, pair.id, reader=me.person_id)
    open_ = pair.status == PairStatus.ACTIVE and rules_of(work).on and me in meetings.present(pair)
    return {
        "partner": said.partner(pair, me.person).to_json(),
        "lines": said.lines(work, pair, me.person, found),
        "last": found[-1].id if found else 0,
        "open": open_ and not apart,
    }


async def read(work: Work, person_id: int, pair_id: int, last: int) -> None:
    """The person has opened the correspondence up to this message."""
    await _any_member(work, person_id, pair_id, hold=False)
    row = await rows.reader(work.session, work.school.id, pair_id, person_id)
    row.read_id = max(row.read_id, last)


async def mute(work: Work, person_id: int, pair_id: int, *, quiet: bool = True) -> datetime | None:
    """«Тихо до утра»: what is written meanwhile comes in the morning; nobody is told. None: no longer quiet."""
    _, me = await _any_member(work, person_id, pair_id, hold=True)
    row = await rows.reader(work.session, work.school.id, pair_id, person_id)
    row.muted_until = quiet_until(work.now, work.zone) if quiet else None
    await rows.put_off(work.session, pair_id, person_id, _due(work, me.person, row))
    return row.muted_until


async def complain(work: Work, person_id: int, message_id: int, words: str = "") -> None:
    """«Что-то не так»: the curator and the psychologist look at the message; its author is not told.

    Raises:
        Refusal: not a message that this person was sent.
    """
    message = await rows.get(work.session, work.school.id, message_id)
    if message is None:
        raise Refusal("relay-not-yours")
    await _any_member(work, person_id, message.pair_id, hold=True)
    message = await rows.get(work.session, work.school.id, message_id, hold=True)
    if message is None or message.state != RelayState.SENT:
        raise Refusal("relay-not-yours")
    if person_id not in await rows.addressees(work.session, message.id):
        raise Refusal("relay-not-yours")
    again = message.reported_by == person_id and message.looked_at is None
    message.reported_at, message.reported_by, message.looked_at = work.now, person_id, None
    if again and not words:
        return
    card = Texts("ru")(Text("relay-card", {"id": message.id, "words": raw(words[:LONGEST_REPORT] or "–")}))
    await care.ask_for_help(work, person_id, card, urgent=True)
    await journal.note(work, "relay.reported", f"relay:{message.pair_id}", after={"message": message.id})


def rules_of(work: Work) -> RelayRules:
    return RelayRules.read(work.settings.relay)


async def pass_on(work: Work, pair: Pair, message: RelayMessage) -> Written:
    """What the curator has let through goes to those of the held pair for whom it was written.

    Raises:
        Refusal: as `standing`, for the author; none of them is there now.
    """
    author = next((one for one in meetings.present(pair) if one.person_id == message.author_id), None)
    if pair.status != PairStatus.ACTIVE or author is None:
        raise Refusal("relay-not-now")
    meant = await rows.addressees(work.session, message.id)
    _, found = await _readers(work, pair, author)
    readers = [one for one in found if one.id in meant]
    if not readers:
        raise Refusal("relay-not-now")
    return await _deliver(work, pair, message, author.person, readers)


async def _writing(work: Work, person_id: int, pair_id: int, *, hold: bool) -> tuple[Pair, PairMember]:
    pair, me = await _member(work, person_id, pair_id, hold=hold)
    await _readers(work, pair, me)
    return pair, me


async def _any_member(work: Work, person_id: int, pair_id: int, *, hold: bool) -> tuple[Pair, PairMember]:
    """The pair and the person's part in it, whatever has become of both."""
    load = meetings.lock_pair if hold else meetings.whole
    pair = await load(work.session, work.school.id, pair_id)
    me = next((one for one in pair.members if one.person_id == person_id), None) if pair else None
    if pair is None or me is None or pair.status in UNTOLD:
        raise Refusal("relay-not-yours")
    return pair, me


async def _member(work: Work, person_id: int, pair_id: int, *, hold: bool) -> tuple[Pair, PairMember]:
    """As `_any_member`, of somebody who is still in it: they may at least call for help here."""
    pair, me = await _any_member(work, person_id, pair_id, hold=hold)
    if me.left_at is not None:
        raise Refusal("relay-over")
    return pair, me


async def _readers(work: Work, pair: Pair, me: PairMember) -> tuple[list[Person], list[Person]]:
    """For whom this member writes now, and who of them gets it at once: the rest find it in the correspondence.

    Raises:
        Refusal: the school keeps this off, the pair or the member waits, or nobody can be reached.
    """
    if not rules_of(work).on:
        raise Refusal("relay-off")
    if pair.status == PairStatus.OFFERED:
        raise Refusal("relay-not-begun")
    if pair.status == PairStatus.PAUSED or me.aside_since is not None or me.away_until is not None:
        raise Refusal("relay-paused")
    if pair.status != PairStatus.ACTIVE:
        raise Refusal("relay-over")
    apart = await _apart(work, pair, [one.person_id for one in pair.members])
    if me.person_id in apart:
        raise Refusal("relay-paused")
    others = _others(pair, me, apart)
    agreed = await consents.allowed(work, [me.person, *others])
    meant = [one for one in others if one.id in agreed]
    if me.person_id not in agreed or not meant:
        raise Refusal("relay-paused")
    found = [one for one in meant if await _address(work, one)]
    if not found:
        raise Refusal("relay-unreachable")
    return meant, found


def _others(pair: Pair, me: PairMember, apart: Collection[int]) -> list[Person]:
    return [one for one in meetings.reachable(pair) if one.id != me.person_id and one.id not in apart]


async def _apart(work: Work, pair: Pair, people: Sequence[int]) -> Collection[int]:
    """Who of a group has asked for a break: their letters stop, and the others go on unaware."""
    return await care_rows.apart(work.session, work.school.id, people) if pair.is_group else ()


async def _address(work: Work, person: Person) -> bool:
    return await people.best_address(work.session, person.id) is not None


async def _verdict(work: Work, pair: Pair, me: PairMember, words: str) -> Verdict:
    """What the school wants done, with numbers sent bit by bit seen as one."""
    rules = rules_of(work)
    before = await rows.lately(work.session, pair.id, me.person_id, work.now - IN_PIECES)
    bits: Sequence[Found] = ()
    if before and any(character.isdigit() for character in words):
        earlier = set(find(" ".join(before), rules.hosts))
        bits = [kind for kind in find(" ".join([*before, words])) if kind in BITS and kind not in earlier]
    return screened(words, rules, bits)


async def _alarm(work: Work, person_id: int, pair_id: int, words: str, photo: Picture | None) -> Written:
    """Nobody of the pair reads it; the curator and the psychologist do, at once.

    The pair is not held: whoever types in a chat holds the card of help before any pair.
    """
    pair, me = await _member(work, person_id, pair_id, hold=False)
    heard = await care_words.heed(work, me.person, words)
    message = _kept(work, pair, me, words, RelayState.CARE, Verdict())
    lost = photo is not None and rules_of(work).photos is Photos.OFF
    message.photo_id = await _stored(work, photo) if photo and not lost else None
    apart = await _apart(work, pair, [one.person_id for one in pair.members])
    await _keep(work, message, _others(pair, me, apart))
    if heard is not None and heard.made and heard.request is not None:
        await care.note_made(work, heard.request)
    log.info("relay.care", pair=pair.id, message=message.id)
    return Written(RelayState.CARE, photo_lost=lost)


def _kept(
    work: Work,
    pair: Pair,
    me: PairMember,
    words: str,
    state: RelayState,
    verdict: Verdict,
    rewritten: Collection[Found] = (),
) -> RelayMessage:
    return RelayMessage(
        school_id=work.school.id, pair_id=pair.id, author_id=me.person_id, side=me.side, words=words, state=state,
        found=[kind.value for kind in verdict.found], rewritten=sorted({kind.value for kind in rewritten}), at=work.now,
    )  # fmt: skip


async def _keep(work: Work, message: RelayMessage, meant: Sequence[Person]) -> None:
    work.session.add(message)
    await work.session.flush()
    rows.add_addressees(work.session, message, [one.id for one in meant])
    await work.session.flush()


async def _stored(work: Work, photo: Picture) -> int:
    """Without the place and time of the shot: `program.pictures` has taken them out."""
    name = f"photo.{photo.ending}"
    kept = await files.keep(work.session, work.school.id, name, photo.content_type, photo.data, work.now)
    return kept.id


async def _deliver(
    work: Work, pair: Pair, message: RelayMessage, author: Person, readers: Sequence[Person]
) -> Written:
    known = await rows.readers(work.session, work.school.id, pair.id)
    latest: datetime | None = None
    silent = False
    for reader in readers:
        due = _due(work, reader, known.get(reader.id))
        pieces = parts(message.words) if message.words else []
        row = known.get(reader.id)
        if message.photo_id:
            shown = said.photo(pair, message, author, reader, alone=not pieces)
            key = f"relay:{pair.id}:{message.id}:{reader.id}:0"
            await tell(work, reader, shown, key=key, kind=Kind.LETTER, due_at=due)
        for number, piece in enumerate(pieces, 1):
            shown = said.incoming(
                pair, message, author, reader, piece, number, len(pieces), told=bool(row and row.told_at)
            )
            key = f"relay:{pair.id}:{message.id}:{reader.id}:{number}"
            await tell(work, reader, shown, key=key, kind=Kind.LETTER, due_at=due)
        if due > work.now:
            latest = max(latest or due, due)
        silent = silent or pause_of(reader.preferences) is not None
    return Written(RelayState.SENT, latest, silent)


def _due(work: Work, reader: Person, row: RelayReader | None) -> datetime:
    """When this reader gets what is written now."""
    asked = max(work.now, row.muted_until) if row and row.muted_until else work.now
    return polite_from(asked, work.settings, work.zone, reader.category, Kind.LETTER)


async def language_of(work: Work, person_id: int) -> str:
    person = await people.get(work.session, person_id)
    return person.language if person else "ru"
