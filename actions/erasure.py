"""Erasing a person: names, contacts, words and files go; numbers, choices, dates and the act of deletion stay.

Source: domain.md 8.4; order of Roskomnadzor 179 of 28.10.2022 (act and extract from the journal).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import structlog

from actions import consent_life, erased_counts, journal, roster_undo
from actions.places import hold_people
from actions.work import Work
from locales import Texts
from program.consents import ConsentEvent
from program.errors import Refusal
from program.names import folded
from program.retention import Basis, kept_until
from program.roles import PersonState
from program.states import ParticipationStatus
from program.text import Text
from storage import consent_lists as lists
from storage import consents as ledger
from storage import (
    erasing,
    exports,
    files,
    news_stories,
    own_templates,
    packs,
    partners,
    people,
    plan_erasing,
    relay,
    roadmap,
    school_year,
)
from storage import privacy as rows
from storage.tables import DeletionAct, Person

log = structlog.get_logger()

UPLOADS = "upload:"  # lists that wait between two steps of the admin: they may name the person
AT_ONCE = 20  # people a tick erases; keeps the transaction short


async def erase_due(work: Work) -> int:
    """Erases everybody whose day has come; returns how many. The rule is looked at once more before."""
    done = 0
    due = await lists.due(work.session, work.school.id, work.now, AT_ONCE)
    held = await hold_people(work, due, patient=False)
    for person_id in due:
        if person_id not in held:
            continue
        person = await people.lock(work.session, person_id)
        assert person is not None
        if person.erase_basis == Basis.RETENTION and await _stays(work, person):
            person.erase_after, person.erase_basis = None, ""
            continue
        done += await erase(work, person.id, Basis(person.erase_basis)) is not None
    return done


async def plan(work: Work) -> int:
    """Sets the day on which somebody's data go whose last school year here is over; returns for how many."""
    planned = 0
    for person in await lists.ended(work.session, work.school.id):
        last = kept_until((p.year, ParticipationStatus(p.status)) for p in person.participations)
        if last is None or last - timedelta(days=30) >= work.today:
            continue
        person.erase_after = datetime.combine(last + timedelta(days=1), time(), work.zone)
        person.erase_basis = Basis.RETENTION
        await journal.note(
            work, "person.erasure-planned", f"person:{person.id}", after={"after": last.isoformat()}
        )
        planned += 1
    return planned


async def erase(work: Work, person_id: int, basis: Basis) -> DeletionAct | None:
    """Leaves of a person only what names nobody, and writes the act of deletion. None: erased before.

    Raises:
        Refusal: no such person in this school.
    """
    # A guardian who speaks holds the own row first and then the child's: the same order here.
    bonds = await people.guardians_of(work.session, person_id)
    await hold_people(work, [bond.guardian_id for bond in bonds])
    person = await people.lock(work.session, person_id)
    if person is None or person.school_id != work.school.id:
        raise Refusal("ledger-person-unknown")
    if person.state == PersonState.ERASED:
        return None
    await packs.forget(work.session, work.school.id)  # before the journal: whoever makes one holds its row
    if person.state != PersonState.FROZEN:
        await consent_life.freeze(work, person)
    session = work.session
    await session.flush()
    await erased_counts.keep(work, person.id)
    around = await erasing.related(session, person.id)
    said, named, full = _mentions(person)
    by_hand = await erasing.news(session, work.school.id, person.id, full)
    guardians = [bond.guardian_id for bond in bonds]
    await session.flush()
    erased = await erasing.belongings(session, person.id) | await erasing.words(session, person.id)
    await files.forget(session, work.school.id, UPLOADS)
    await exports.forget(session, work.school.id)
    instead = Texts("ru")(Text("privacy-bubble-erased"))
    erased["year"] = await school_year.forget_person(session, person.id)
    erased["letters"] = await relay.blank(session, person.id, instead)
    erased["plans-named"] = await plan_erasing.named(session, person.id, said)
    erased["partners"] = await partners.forget_person(session, person, named)
    erased["awards"] = await own_templates.forget_person(session, work.school.id, person.id, named)
    erased["roadmap"] = await roadmap.forget_named(session, work.school.id, named)
    erased["stories"] = await news_stories.forget_person(session, work.school.id, person.id)
    erased["stories-named"] = await news_stories.forget_named(session, work.school.id, named)
    erased["told"] = await erasing.mentions(session, work.school.id, around, said, named, instead)
    words = (await ledger.ledger(session, [person.id])).get(person.id, [])
    taken_back = [line.at for line in words if line.event == ConsentEvent.WITHDRAWN]
    await roster_undo.forget_all(work)
    _forget(person)
    for place in await rows.places(session, work.school.id, person.id):
        if place.status not in (ParticipationStatus.FINISHED, ParticipationStatus.ARCHIVED):
            place.status = ParticipationStatus.WITHDRAWN
        place.status_before = ""
    act = DeletionAct(
        school_id=work.school.id, person_id=person.id, basis=basis, actor=work.actor, asked_at=max(taken_back, default=None),
        at=work.now, erased={name: count for name, count in erased.items() if count}, by_hand=by_hand,
    )  # fmt: skip
    session.add(act)
    await session.flush()
    await journal.note(
        work, "person.erased", f"person:{person.id}", after={"act": act.id, "basis": basis, **act.erased}
    )
    session.info["erased"] = True  # `Database.transaction` empties the write-ahead log after the commit
    log.info("person.erased", person=person.id, act=act.id)
    for guardian_id in await erasing.without_children(session, guardians):
        await erase(work, guardian_id, Basis.CHILD)
    return act


async def _stays(work: Work, person: Person) -> bool:
    places = await rows.places(work.session, work.school.id, person.id)
    last = kept_until((place.year, ParticipationStatus(place.status)) for place in places)
    return last is None or last >= work.today


def _forget(person: Person) -> None:
    person.state = PersonState.ERASED
    person.last_name = person.first_name = person.middle_name = ""
    person.phone = person.email = person.position = person.workplace = person.class_name = ""
    person.gender = ""
    person.birth_date = person.teaching_since = person.erase_after = None
    person.erase_basis = ""
    person.preferences = {}
    person.name_cases = {}


def _mentions(person: Person) -> tuple[Callable[[str], bool], Callable[[str], bool], Callable[[str], bool]]:
    """Three questions about words: do they name the person by first name or surname, by the surname, by both.

    Endings are left off («Аня», «Аню», «Ани»). The whole surname with the first name or its letter is
    asked where the readers are not known to have anything to do with the person.
    """
    first, last = _stem(person.first_name), _stem(person.last_name)
    contacts = [part for part in (person.phone, person.email) if part]

    def has(words: str, stem: str) -> bool:
        return bool(stem) and re.search(rf"(?<!\w){re.escape(stem)}", folded(words)) is not None

    def said(words: str) -> bool:
        return has(words, first) or has(words, last) or any(part in words for part in contacts)

    def named(words: str) -> bool:
        return (has(words, last) and has(words, first)) or any(part in words for part in contacts)

    return said, named, named


def _stem(name: str) -> str:
    plain = folded(name)
    return plain if len(plain) < 3 else plain[:-1]
