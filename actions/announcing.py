"""Announcing pairs: a second, separate act. What the preview shows is what is sent.

The messages wait for a while (a setting), so that the announcement can be called off: `actions.recalling`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from actions import consents, journal, selection
from actions.matching import reasons_of
from actions.places import begin
from actions.tell import tell
from actions.work import Work
from locales import dates
from program.acceptance import answer_by
from program.ages import OF_AGE, full_years
from program.announcement import Partner, to_guardian, to_mentee, to_mentor
from program.channels import Channel
from program.consents import REQUIRED, ConsentState
from program.courtesy import polite_from
from program.errors import Refusal
from program.names import short
from program.outgoing import Kind, Message
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from program.ways import PAIR
from storage import matching, pairs
from storage.tables import Pair, PairAnswer, Person

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
    about: int  # the member it is about: the reader, or the reader's child

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
    until: Mapping[int, datetime]  # pair -> when answers end; empty where the school asks for none

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
    """approved → offered (or active, where the school asks nobody), and everybody concerned will be told.

    Mentor, mentee and guardians of minors; the first message goes after the school's delay.

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
        asked = [one for one in preview.planned if one.pair_id == pair.id]
        await _open(work, pair, asked, preview.until.get(pair.id))
    told = 0
    for one in preview.planned:
        key = f"{letter(one.pair_id, work.now)}:{one.person.id}:{one.about}"  # a parent hears of each child
        told += await tell(work, one.person, one.message, key=key, due_at=_first_due(work))
    log.info("pairs.announced", school=work.school.id, pairs=len(preview.pairs), told=told)
    return Announced(preview.pairs, told, preview.to_call)


async def _hold(work: Work, pair_ids: Sequence[int]) -> Sequence[Pair]:
    """The pairs as they are now; their participations are held first, as every decision does."""
    seen = [await pairs.get(work.session, work.school.id, pair_id) for pair_id in pair_ids]
    members = [one.participation_id for pair in seen if pair for one in pair.members]
    await pairs.lock_participations(work.session, work.school.id, members)
    return await pairs.lock(work.session, work.school.id, pair_ids)


def letter(pair_id: int, announced_at: datetime) -> str:
    """How the keys of one announcement's messages begin: announced anew, a pair is told anew."""
    return f"pair-announced:{pair_id}:{announced_at.astimezone(UTC):%Y%m%dT%H%M%S}"


def _first_due(work: Work) -> datetime:
    return work.now + timedelta(minutes=work.settings.announce_delay)


async def _open(work: Work, pair: Pair, asked: Sequence[Planned], until: datetime | None) -> None:
    """Lets the pair wait for its answers, or begin to work at once."""
    pair.announced_at = work.now
    before = {"status": pair.status}
    if until is None:
        await begin(work, pair)
    else:
        PAIR.require(pair.status, PairStatus.OFFERED)
        pair.status, pair.answer_by = PairStatus.OFFERED, until
        sides = {one.person_id: one.side for one in pairs.present(pair)}
        work.session.add_all(
            PairAnswer(
                school_id=work.school.id,
                pair_id=pair.id,
                person_id=one.person.id,
                about_id=one.about,
                side=sides[one.about],
            )
            for one in asked
        )
    await journal.note(work, "pair.announced", f"pair:{pair.id}", before, {"status": pair.status})


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
    until: dict[int, datetime] = {}
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
        readers = _readers(pair, guardians)
        due = {
            person.id: polite_from(_first_due(work), work.settings, work.zone, person.category, Kind.NOTICE)
            for person, _, _ in readers
        }
        if work.settings.acceptance:
            heard = [due[person.id] for person, _, _ in readers if person.id in addresses]
            until[pair.id] = answer_by(heard, _first_due(work), work.settings.answer_hours)
        for person, reader, about in readers:
            message = _message(work, pair, person, reader, about, until.get(pair.id))
            address = addresses.get(person.id)
            channel = Channel(address.channel) if address else None
            planned.append(Planned(pair.id, person, reader, message, due[person.id], channel, about))
    return Preview(tuple(ready), tuple(planned), tuple(blocked), until)


def _readers(pair: Pair, guardians: Mapping[int, list[Person]]) -> list[tuple[Person, str, int]]:
    """Who is told, in what part, about which member. Each once, a guardian once for each child, after the child."""
    found: dict[tuple[int, int], tuple[Person, str, int]] = {}
    for one in pairs.present(pair):
        found.setdefault((one.person_id, one.person_id), (one.person, one.side, one.person_id))
        for guardian in guardians.get(one.person_id, []):
            found.setdefault((guardian.id, one.person_id), (guardian, "guardian", one.person_id))
    return list(found.values())


def _message(
    work: Work, pair: Pair, person: Person, reader: str, about: int, until: datetime | None
) -> Message:
    member = next(one for one in pairs.present(pair) if one.person_id == about)
    side = Side(member.side)
    others = [one.person for one in pairs.present(pair, side.other)]
    partners, told_of = [_partner(one) for one in others], [one.id for one in others]
    end = dates.moment(until, work.zone, person.language) if until else ""
    if reader == "guardian":
        child = short(member.person.first_name, "")
        message = to_guardian(side, child, partners, pair.id, about, end)
        return message.about(about, *told_of, ward=about)
    make = to_mentor if side is Side.MENTOR else to_mentee
    message = make(pair.id, partners, reasons_of(pair).for_, pair.title if pair.is_group else "", end)
    return message.about(person.id, *told_of)


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
