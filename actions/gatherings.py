"""Meetings of the whole programme: the curator calls them, invites, moves, calls off, and notes who came.

Every verb holds the gathering first.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from actions import assignments, audiences, consents, journal
from actions import gathering_messages as messages
from actions.audiences import Audience
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.gatherings import GATHERING, LONGEST_ABOUT, LONGEST_GUESTS, GatheringState, require_sound
from program.outgoing import Message
from program.roles import Category, PersonState, Side
from program.states import MeetingFormat, MeetingKind
from storage import gatherings, outbox
from storage.preferences import POLL
from storage.tables import Gathering, Invitee, Person

POLL_OPEN = timedelta(days=7)
MESSAGES = ("gathering-invited", "gathering-moved", "gathering-soon")


@dataclass(frozen=True)
class Draft:
    """What a gathering is to be.

    Args:
        audience: forms and classes; by default everybody who takes part. Classes narrow pupils only.
        guests: who else is invited, a line each. The curator writes to them.
    """

    kind: MeetingKind
    starts_at: datetime
    minutes: int = 60
    format: MeetingFormat = MeetingFormat.OFFLINE
    place: str = ""
    link: str = ""
    about: str = ""
    guests: str = ""
    audience: Audience = field(default_factory=Audience)


async def call(work: Work, draft: Draft) -> Gathering:
    """Plans it and invites everybody it is for.

    Raises:
        Refusal: not ahead, nowhere, too long, or there is nobody to invite.
    """
    _require(work, draft)
    gathering = Gathering(
        school_id=work.school.id,
        year=work.settings.year,
        kind=draft.kind,
        state=GatheringState.PLANNED,
        starts_at=draft.starts_at,
        minutes=draft.minutes,
        format=draft.format,
        place=draft.place,
        link=draft.link,
        about=draft.about,
        audience=draft.audience.to_json(),
        guests=draft.guests,
        uid=f"{uuid.uuid4()}@nastavnik",
        sequence=0,
        created_at=work.now,
        created_by=work.actor,
        invited=[],
    )
    work.session.add(gathering)
    await work.session.flush()
    if not await _invite(work, gathering):
        raise Refusal("gathering-nobody")
    await _note(work, gathering, "gathering.called")
    return gathering


async def invite(work: Work, gathering_id: int) -> int:
    """Invites those who have joined since; how many. Nobody is invited twice."""
    gathering = await held(work, gathering_id)
    _require_planned(work, gathering)
    told = await _invite(work, gathering)
    await _note(work, gathering, "gathering.invited")
    return told


async def change(work: Work, gathering_id: int, draft: Draft) -> Gathering:
    """Another day, hour, place or length. Who was invited is asked again if one of these has changed.

    Raises:
        Refusal: as `call`; begun or called off.
    """
    gathering = await held(work, gathering_id)
    _require_planned(work, gathering)
    _require(work, draft)
    told = ("starts_at", "minutes", "format", "place", "link")
    moved = any(getattr(gathering, name) != getattr(draft, name) for name in told)
    for name in (*told, "about", "guests"):
        setattr(gathering, name, getattr(draft, name))
    if moved:
        gathering.sequence += 1
        gathering.changed_at = work.now
        await _forget(work, gathering, "moved")
        for seat in gathering.invited:
            seat.coming = None
            message = messages.invitation(work, gathering, seat.person, "gathering-moved")
            await _tell(work, gathering, seat.person, message, "gathering-moved")
    await _note(work, gathering, "gathering.changed")
    return gathering


async def call_off(work: Work, gathering_id: int) -> bool:
    """It does not take place; who was invited is told. False if it was off before."""
    gathering = await held(work, gathering_id)
    if gathering.state == GatheringState.CANCELLED:
        return False
    GATHERING.require(gathering.state, GatheringState.CANCELLED)
    gathering.state, gathering.closed_at = GatheringState.CANCELLED, work.now
    gathering.sequence += 1
    await _forget(work, gathering, "cancelled")
    for seat in gathering.invited:
        message = messages.called_off(work, gathering, seat.person)
        await tell(work, seat.person, message, key=f"gathering-off:{gathering.id}:{seat.person_id}")
    await _note(work, gathering, "gathering.cancelled")
    return True


async def answer(work: Work, person: Person, gathering_id: int, *, coming: bool) -> bool:
    """«Приду» or «Не смогу»; may be said anew until it begins. False if nothing has changed.

    Raises:
        Refusal: not invited, called off, or it has begun.
    """
    gathering = await held(work, gathering_id)
    seat = messages.seat_of(gathering, person.id)
    if seat is None:
        raise Refusal("gathering-unknown")
    _require_planned(work, gathering)
    if seat.coming == coming:
        return False
    seat.coming = coming
    if not coming:
        key = f"gathering-soon:{gathering.id}:{person.id}:"
        await outbox.cancel(work.session, key, "not-coming", now=work.now)
    return True


async def attendance(work: Work, gathering_id: int, came: Collection[int]) -> Gathering:
    """Who of those invited was there; may be said again. After the first one those who met are asked about each other.

    Raises:
        Refusal: not begun, or called off.
    """
    gathering = await held(work, gathering_id)
    GATHERING.require(gathering.state, GatheringState.HELD)
    if gathering.starts_at > work.now:
        raise Refusal("meeting-not-yet")
    first = gathering.state == GatheringState.PLANNED
    for seat in gathering.invited:
        seat.came = seat.person_id in came
    gathering.state, gathering.closed_at = GatheringState.HELD, gathering.closed_at or work.now
    await work.session.flush()
    if first and gathering.kind == MeetingKind.M0:
        await _ask_about_each_other(work, gathering)
    await _note(work, gathering, "gathering.held")
    return gathering


async def held(work: Work, gathering_id: int) -> Gathering:
    """The gathering with those invited, locked. Raises Refusal where the school has none such."""
    gathering = await gatherings.lock(work.session, work.school.id, gathering_id)
    if gathering is None:
        raise Refusal("gathering-unknown")
    return gathering


async def meant(work: Work, audience: Audience) -> list[Person]:
    """Whom it is for, and who may be invited: everything that taking part needs holds."""
    sides = audience.sides or (str(Side.MENTOR), str(Side.MENTEE))
    everybody = await audiences.people(work, replace(audience, sides=sides, classes=()))
    found = [
        one
        for one in everybody
        if one.state == PersonState.ACTIVE
        and (one.category != Category.PUPIL or not audience.classes or one.class_name in audience.classes)
    ]
    agreed = await consents.allowed(work, found)
    return [one for one in found if one.id in agreed]


async def _invite(work: Work, gathering: Gathering) -> int:
    there = {seat.person_id for seat in gathering.invited}
    fresh = [one for one in await meant(work, Audience.read(gathering.audience)) if one.id not in there]
    for person in fresh:
        seat = Invitee(school_id=work.school.id, person_id=person.id, person=person, at=work.now)
        gathering.invited.append(seat)
    await work.session.flush()
    for person in fresh:
        await _tell(
            work, gathering, person, messages.invitation(work, gathering, person), "gathering-invited"
        )
    return len(fresh)


async def _ask_about_each_other(work: Work, gathering: Gathering) -> None:
    """The poll after the first meeting, form by form, where a list of names is short enough to be read."""
    came = [seat.person_id for seat in gathering.invited if seat.came]
    forms = Audience.read(gathering.audience).forms or work.settings.forms
    for form in forms:
        try:
            async with work.session.begin_nested():
                until = work.today + POLL_OPEN
                await assignments.send(work, POLL, Audience(forms=(form,)), until, came)
        except Refusal:
            continue  # one side only, too many for a list, or nobody: the curator sends it by groups


async def _tell(work: Work, gathering: Gathering, person: Person, message: Message, begin: str) -> None:
    key = f"{begin}:{gathering.id}:{gathering.sequence}:{person.id}"
    await tell(work, person, message, key=key, expires_at=gathering.starts_at)


async def _forget(work: Work, gathering: Gathering, reason: str) -> None:
    for prefix in MESSAGES:
        await outbox.cancel(work.session, f"{prefix}:{gathering.id}:", reason, now=work.now)


def _require(work: Work, draft: Draft) -> None:
    require_sound(draft.kind, draft.starts_at, draft.minutes, draft.format, draft.place, draft.link, work.now)
    if len(draft.about) > LONGEST_ABOUT or len(draft.guests) > LONGEST_GUESTS:
        raise Refusal("states-not-now")


def _require_planned(work: Work, gathering: Gathering) -> None:
    if gathering.state != GatheringState.PLANNED:
        raise Refusal("gathering-unknown")
    if gathering.starts_at <= work.now:
        raise Refusal("gathering-began")


async def _note(work: Work, gathering: Gathering, action: str) -> None:
    after = {
        "kind": str(gathering.kind),
        "state": str(gathering.state),
        "starts_at": gathering.starts_at.isoformat(),
        "people": len(gathering.invited),
        "came": sum(bool(seat.came) for seat in gathering.invited),
    }
    await journal.note(work, action, f"gathering:{gathering.id}", after=after)
