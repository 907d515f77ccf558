"""Consents: asking the ledger, and writing into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from actions import journal
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import (
    REQUIRED,
    ConsentEvent,
    ConsentKind,
    ConsentMethod,
    ConsentState,
    Entry,
    needed_from,
    of_age_on,
    state,
)
from program.roles import PersonState
from storage import consents, holding
from storage.consent_lists import Bare
from storage.people import children_of
from storage.tables import Consent, ConsentText, Person

# By value: calling an enumeration two hundred thousand times would take half a second.
_KINDS = {one.value: one for one in ConsentKind}
_EVENTS = {one.value: one for one in ConsentEvent}
_CONSENTERS = {one.value: one for one in Consenter}
_GIVER = 4  # which column of a line; by their names they are read three times slower


def needed(work: Work, person: Person | Bare) -> frozenset[Consenter]:
    """Whose word this person's consents need today."""
    return needed_from(person.birth_date, work.today, minor=person.is_minor_category)


async def states(
    work: Work, people: Iterable[Person | Bare], kinds: Iterable[ConsentKind] = tuple(ConsentKind)
) -> dict[int, dict[ConsentKind, ConsentState]]:
    """What holds now for each person (by id) and kind."""
    people, kinds, today = list(people), list(kinds), work.today
    entries = await words(work, people, kinds)
    found = {}
    for person in people:
        whose = needed_from(person.birth_date, today, minor=person.is_minor_category)
        adult = adult_since(work, person)
        said: dict[ConsentKind, list[Entry]] = {kind: [] for kind in kinds}
        for entry in entries[person.id]:
            if entry.kind in said:
                said[entry.kind].append(entry)
        found[person.id] = {
            kind: state(of_kind, kind, whose, work.now, today, adult) for kind, of_kind in said.items()
        }
    return found


async def words(
    work: Work, people: Iterable[Person | Bare], kinds: Iterable[ConsentKind] = tuple(ConsentKind)
) -> dict[int, list[Entry]]:
    """Everybody's ledger as the rules read it. What an adult said who turned out not to be a guardian is left out.

    Args:
        kinds: lines of other kinds may be left out.
    """
    ids = [person.id for person in people]
    new = [key for key in ids if key not in work.ledger]
    if not new:
        return {key: work.ledger[key] for key in ids}
    lines = await consents.words(work.session, new, kinds)
    # Who has spoken for nobody else, and on papers without a signer's row, is asked of no guardian.
    led = [key for key in new if any(line[_GIVER] not in (None, key) for line in lines.get(key, ()))]
    confirmed, ended = await consents.guardians_of(work.session, led)
    found = {
        key: [_entry(line, confirmed) for line in lines.get(key, ()) if (line[_GIVER], key) not in ended]
        for key in new
    }
    return {key: work.ledger[key] if key in work.ledger else found[key] for key in ids}


def adult_since(work: Work, person: Person | Bare) -> datetime | None:
    """The beginning of the 18th birthday by the school's clock; None while it has not come."""
    day = of_age_on(person.birth_date)
    if day is None or day > work.today:
        return None
    return datetime.combine(day, time(), work.zone)


async def wards(work: Work, guardian_id: int, *, confirmed: bool = False) -> list[Person]:
    """The children for whom somebody speaks.

    Args:
        confirmed: only those whose guardian the school has confirmed them to be.
    """
    bonds = await children_of(work.session, guardian_id)
    return [
        bond.child
        for bond in bonds
        if is_ward(work, bond.child) and (bond.confirmed_at is not None or not confirmed)
    ]


def is_ward(work: Work, child: Person) -> bool:
    """From the 18th birthday on nobody else speaks for a person, nor reads what is known."""
    return child.state != PersonState.ERASED and adult_since(work, child) is None


async def allowed(work: Work, people: Iterable[Person | Bare], *kinds: ConsentKind) -> set[int]:
    """Ids of those for whom every named consent holds now (by default the two that taking part needs)."""
    kinds = kinds or REQUIRED
    return given(await states(work, people, kinds), kinds)


def given(
    known: Mapping[int, Mapping[ConsentKind, ConsentState]], kinds: Iterable[ConsentKind] = REQUIRED
) -> set[int]:
    """For whom every named consent holds, of `states`."""
    kinds = list(kinds)
    return {key for key, of in known.items() if all(of[kind] is ConsentState.GIVEN for kind in kinds)}


async def say(
    work: Work,
    person: Person,
    kind: ConsentKind,
    event: ConsentEvent,
    *,
    consenter: Consenter,
    giver: Person | None,
    method: ConsentMethod,
    channel: Channel | None = None,
    text: ConsentText | None = None,
    valid_until: date | None = None,
    paper_number: str = "",
    reason: str = "",
) -> Consent:
    """Adds one line to the ledger.

    Args:
        person: for whom.
        giver: who said it: the person, the guardian, or None for a paper whose signer has no row.
        text: the version that was shown.
    """
    # Before the journal: what follows from these words changes places, pairs and meetings of the person.
    await holding.of_people(work.session, work.school.id, [person.id])
    line = Consent(
        school_id=work.school.id,
        person_id=person.id,
        kind=kind,
        event=event,
        consenter=consenter,
        given_by=giver.id if giver else None,
        text_id=text.id if text else None,
        text_sha256=text.sha256 if text else "",
        method=method,
        channel=channel,
        at=work.now,
        valid_until=valid_until,
        paper_number=paper_number,
        entered_by=work.actor if method is ConsentMethod.PAPER else "",
        reason=reason,
    )
    work.session.add(line)
    await journal.note(
        work,
        f"consent.{event}",
        f"person:{person.id}",
        after={
            "kind": kind,
            "consenter": consenter,
            "method": method,
            "version": text.version if text else None,
        },
    )
    return line


def _entry(line: Any, confirmed: set[tuple[int, int]]) -> Entry:
    """A guardian's word counts once the school confirmed the guardian; a paper was checked when typed in."""
    # Not by the names of its fields: a region's ledger is read at every beat.
    person_id, kind, event, consenter, given_by, method, at, valid_until = line
    by_guardian = consenter == Consenter.GUARDIAN and method != ConsentMethod.PAPER
    known_giver = not by_guardian or (given_by or 0, person_id) in confirmed
    said = (_KINDS[kind], _EVENTS[event], _CONSENTERS[consenter], given_by, at, valid_until, known_giver)
    return Entry._make(said)
