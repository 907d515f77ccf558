"""Announcing pairs: a second, separate act. What the preview shows is what is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from actions import consents, journal, selection
from actions.matching import reasons_of
from actions.tell import tell
from actions.work import Work
from program.ages import OF_AGE, full_years
from program.announcement import Partner, to_guardian, to_mentee, to_mentor
from program.channels import Channel
from program.consents import REQUIRED, ConsentState
from program.courtesy import polite_from
from program.errors import Refusal
from program.names import short
from program.outgoing import Kind, Message
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PAIR, PARTICIPATION
from storage import matching, pairs
from storage.tables import Pair, Person

log = structlog.get_logger()


@dataclass(frozen=True)
class Planned:
    """One message that announcing will queue.

    Args:
        reader: "mentor", "mentee" or "guardian".
        due_at: when courtesy lets it go, by the school's clock.
        channel: None when no address takes messages: somebody has to call.
    """

    pair_id: int
    person: Person
    reader: str
    message: Message
    due_at: datetime
    channel: Channel | None

    @property
    def to_call(self) -> bool:
        return self.channel is None


@dataclass(frozen=True)
class Preview:
    """Args:
    pairs: approved pairs that can be announced now.
    blocked: approved pairs that cannot, each with what is missing and what to do.
    """

    pairs: tuple[Pair, ...]
    planned: tuple[Planned, ...]
    blocked: tuple[tuple[Pair, Text], ...]

    @property
    def to_call(self) -> tuple[Planned, ...]:
        return tuple(one for one in self.planned if one.to_call)


@dataclass(frozen=True)
class Announced:
    """`told`: messages queued; `to_call`: those whom no address reaches."""

    pairs: tuple[Pair, ...]
    told: int
    to_call: tuple[Planned, ...]


async def preview_announcement(work: Work, pair_ids: Iterable[int] | None = None) -> Preview:
    """What `announce` would send, to whom and when; changes nothing.

    Args:
        pair_ids: all approved pairs of the year by default.
    """
    found = await pairs.board(
        work.session, work.school.id, work.settings.year, statuses=(PairStatus.APPROVED,)
    )
    if pair_ids is not None:
        wanted = set(pair_ids)
        found = [pair for pair in found if pair.id in wanted]
    return await _preview(work, found)


async def announce(work: Work, pair_ids: Iterable[int] | None = None) -> Announced:
    """approved → active, and everybody concerned is told: mentor, mentee, guardians of minors.

    Args:
        pair_ids: all that can be announced by default; those that cannot stay approved.

    Raises:
        Refusal: one of the named pairs is not approved or lacks a consent; or there is nothing to announce.
    """
    if pair_ids is None:
        ids = [pair.id for pair in (await preview_announcement(work)).pairs]
    else:
        ids = sorted(set(pair_ids))
    held = await _hold(work, ids)
    if pair_ids is not None and (len(held) < len(ids) or any(p.status != PairStatus.APPROVED for p in held)):
        raise Refusal("pair-not-approved")
    preview = await _preview(work, [pair for pair in held if pair.status == PairStatus.APPROVED])
    if pair_ids is not None and preview.blocked:
        text = preview.blocked[0][1]
        raise Refusal(text.id, **text.args)
    if not preview.pairs:
        raise Refusal("pair-nothing-to-announce")
    for pair in preview.pairs:
        await _start(work, pair)
    told = 0
    for one in preview.planned:
        ward = f":{one.message.concerns.ward}" if one.reader == "guardian" else ""
        key = f"pair-announced:{one.pair_id}:{one.person.id}{ward}"  # a parent hears of each child
        told += await tell(work, one.person, one.message, key=key)
    log.info("pairs.announced", school=work.school.id, pairs=len(preview.pairs), told=told)
    return Announced(preview.pairs, told, preview.to_call)


async def _hold(work: Work, pair_ids: Sequence[int]) -> Sequence[Pair]:
    """The pairs as they are now; their participations are held first, as every decision does."""
    seen = [await pairs.get(work.session, work.school.id, pair_id) for pair_id in pair_ids]
    members = [one.participation_id for pair in seen if pair for one in pair.members]
    await pairs.lock_participations(work.session, work.school.id, members)
    return await pairs.lock(work.session, work.school.id, pair_ids)


async def _start(work: Work, pair: Pair) -> None:
    PAIR.require(pair.status, PairStatus.ACTIVE)
    pair.status, pair.announced_at = PairStatus.ACTIVE, work.now
    pair.starts_on = pair.starts_on or work.today
    for one in pairs.present(pair):
        PARTICIPATION.require(one.participation.status, ParticipationStatus.PAIRED)
        one.participation.status = ParticipationStatus.PAIRED
    await journal.note(
        work, "pair.announced", f"pair:{pair.id}", {"status": PairStatus.APPROVED}, {"status": pair.status}
    )


async def _preview(work: Work, found: Sequence[Pair]) -> Preview:
    members = [one for pair in found for one in pairs.present(pair)]
    people = {one.person_id: one.person for one in members}
    lacking = await _lacking(work, people.values())
    barred = await selection.barred(work, [one.participation for one in members if one.side == Side.MENTOR])
    minors = [person.id for person in people.values() if _is_minor(work, person)]
    guardians = await matching.confirmed_guardians(work.session, work.school.id, minors)
    everybody = {*people, *(one.id for many in guardians.values() for one in many)}
    addresses = await matching.addresses(work.session, everybody)
    ready, blocked, planned = [], [], []
    for pair in found:
        here = pairs.present(pair)
        missing = [lacking[one.person_id] for one in here if one.person_id in lacking]
        missing += [
            Text(
                "pair-mentor-lacks",
                {
                    "name": short(one.person.first_name, one.person.last_name),
                    "why": barred[one.participation_id][0],
                },
            )
            for one in here
            if one.participation_id in barred
        ]
        if missing:
            blocked.append((pair, missing[0]))
            continue
        ready.append(pair)
        for person, reader, message in _messages(pair, guardians):
            address = addresses.get(person.id)
            due = polite_from(work.now, work.settings, work.zone, person.category, Kind.NOTICE)
            channel = Channel(address.channel) if address else None
            planned.append(Planned(pair.id, person, reader, message, due, channel))
    return Preview(tuple(ready), tuple(planned), tuple(blocked))


def _messages(pair: Pair, guardians: dict[int, list[Person]]) -> list[tuple[Person, str, Message]]:
    """Reader by reader, each once, a guardian once for each child; a child's guardians after the child."""
    reasons = reasons_of(pair).for_
    sides = {side: [one.person for one in pairs.present(pair, side)] for side in Side}
    found: dict[tuple[int, int], tuple[Person, str, Message]] = {}
    for side in (Side.MENTOR, Side.MENTEE):
        others = [_partner(person) for person in sides[side.other]]
        for person in sides[side]:
            make = to_mentor if side is Side.MENTOR else to_mentee
            message = make(pair.id, others, reasons, pair.title if pair.is_group else "")
            told_of = [one.id for one in sides[side.other]]
            message = message.about(person.id, *told_of)
            found.setdefault((person.id, 0), (person, side.value, message))
            for guardian in guardians.get(person.id, []):
                told = to_guardian(side, short(person.first_name, ""), others)
                told = told.about(person.id, *told_of, ward=person.id)
                found.setdefault((guardian.id, person.id), (guardian, "guardian", told))
    return list(found.values())


def _partner(person: Person) -> Partner:
    return Partner(
        person.category or "", person.first_name, person.middle_name, person.last_name, person.class_name
    )


def _is_minor(work: Work, person: Person) -> bool:
    if person.birth_date is None:
        return person.is_minor_category
    return full_years(person.birth_date, work.today) < OF_AGE


async def _lacking(work: Work, people: Iterable[Person]) -> dict[int, Text]:
    """Who lacks a consent without which nobody is told, and what to do about it."""
    people = {person.id: person for person in people}.values()
    states = await consents.states(work, people, REQUIRED)
    return {
        person.id: Text(
            "pair-consent-missing",
            {
                "name": short(person.first_name, person.last_name),
                "consent": Text(f"pair-consent-{missing[0].value}"),
            },
        )
        for person in people
        if (missing := [kind for kind in REQUIRED if states[person.id][kind] is not ConsentState.GIVEN])
    }
