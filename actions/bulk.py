"""Doing one thing to many people: said beforehand for each, done in one transaction, kept, taken back.

A verb of `actions.bulk_verbs` plans (nothing is changed), does, and takes back one person. What was done is kept as
before → after for each person; within 24 hours «Отменить» puts back whatever nobody has changed since. Source: A9, A14.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog

from actions import journal
from actions.places import hold_people
from actions.work import Work
from program.errors import Refusal
from program.text import Text
from storage import bulk as rows
from storage import lists
from storage.overview import KEPT
from storage.tables import BulkChange, BulkChangeLine, Person

log = structlog.get_logger()

UNDO = timedelta(hours=24)
MOST = 1_000  # people at once: each gets a line of the journal or a message
DONE, SKIPPED, UNDONE, STAYED = "done", "skipped", "undone", "kept"
CHANGED = Text("bulk-undo-changed")

Options = Mapping[str, str]


@dataclass
class Plan:
    """What a press would do.

    Args:
        do: with whom. `skip`: with whom not, and why.
        says: the effect in sentences; `lasting`: what cannot be taken back, in a sentence.
    """

    do: list[Person] = field(default_factory=list)
    skip: list[tuple[Person, Text]] = field(default_factory=list)
    says: list[Text] = field(default_factory=list)
    lasting: Text | None = None


@dataclass(frozen=True)
class Done:
    """With one person. `before` and `after` hold ids, dates and statuses; `why`: it could not be done after all."""

    person_id: int
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    why: Text | None = None


@dataclass(frozen=True)
class Verb:
    """Args:
    slug: also of its texts: `bulk-<slug>`, `bulk-<slug>-done`.
    right: the route of the admin that does the same to one person; who may press that may do this.
    undo: puts one person back; returns why not. None: nothing can be taken back, messages go out.
    asks: the names of options that are asked for on the page that confirms.
    """

    slug: str
    right: str
    plan: Callable[[Work, Sequence[Person], Options], Awaitable[Plan]]
    do: Callable[[Work, Sequence[Person], Options], Awaitable[list[Done]]]
    undo: Callable[[Work, BulkChange, BulkChangeLine, Person], Awaitable[Text | None]] | None = None
    asks: tuple[str, ...] = ()


async def planned(work: Work, verb: Verb, ids: Sequence[int], options: Options) -> Plan:
    """Raises Refusal: nobody is chosen, or too many."""
    return await verb.plan(work, await _chosen(work, ids), options)


async def perform(work: Work, verb: Verb, ids: Sequence[int], options: Options) -> BulkChange:
    """Does it to those who still fit at this moment; the others are kept with the reason.

    Raises:
        Refusal: nobody is chosen, too many, or nobody of them fits.
    """
    await hold_people(work, ids)
    plan = await verb.plan(work, await _chosen(work, ids), options)
    if not plan.do:
        raise Refusal("bulk-nobody")
    change = BulkChange(
        school_id=work.school.id, verb=verb.slug, options=dict(options), actor=work.actor, at=work.now
    )
    work.session.add(change)
    await work.session.flush()
    done = await verb.do(work, plan.do, options)
    work.session.add_all(
        BulkChangeLine(
            change_id=change.id, person_id=one.person_id, state=SKIPPED if one.why else DONE,
            before=dict(one.before), after=dict(one.after), why=one.why.to_json() if one.why else {},
        )
        for one in (*done, *(Done(person.id, why=why) for person, why in plan.skip))
    )  # fmt: skip
    count = sum(one.why is None for one in done)
    after = {"people": count, "skipped": len(plan.skip) + len(done) - count, **options}
    await journal.note(work, f"bulk.{verb.slug}", f"bulk:{change.id}", after=after)
    log.info("bulk.done", school=work.school.id, change=change.id, verb=verb.slug, people=count)
    return change


def why_not(work: Work, verb: Verb, change: BulkChange) -> Text | None:
    """Why the whole of it cannot be taken back now; None: it can be tried."""
    if change.undone_at is not None:
        return Text("bulk-undone-before")
    if verb.undo is None:
        return Text("bulk-undo-never")
    return Text("bulk-undo-late") if work.now >= change.at + UNDO else None


async def undo(work: Work, verb: Verb, change_id: int) -> BulkChange:
    """Puts back everybody whom nobody has changed since; the others stay, with the reason.

    Raises:
        Refusal: no such change, too late, taken back before, or messages went out.
    """
    change = await rows.lock(work.session, work.school.id, change_id)
    if change is None or change.verb != verb.slug:
        raise Refusal("bulk-unknown")
    reason = why_not(work, verb, change)
    if reason is not None or verb.undo is None:
        raise Refusal((reason or Text("bulk-undo-never")).id)
    lines = [line for line, _ in await rows.lines(work.session, change.id) if line.state == DONE]
    await hold_people(work, [line.person_id for line in lines])
    people = {
        one.id: one
        for one in await lists.bare(work.session, work.school.id, [line.person_id for line in lines])
    }
    for line in lines:
        person = people[line.person_id]
        why = await verb.undo(work, change, line, person) if person.state in KEPT else Text("bulk-undo-gone")
        line.state = STAYED if why else UNDONE
        line.why = why.to_json() if why else {}
    change.undone_at, change.undone_by = work.now, work.actor
    back = sum(line.state == UNDONE for line in lines)
    after = {"verb": verb.slug, "people": back, "kept": len(lines) - back}
    await journal.note(work, "bulk.undone", f"bulk:{change.id}", after=after)
    log.info("bulk.undone", school=work.school.id, change=change.id, people=back)
    return change


async def _chosen(work: Work, ids: Sequence[int]) -> list[Person]:
    """Those of this school who are there, by name."""
    if len(set(ids)) > MOST:
        raise Refusal("bulk-many", most=MOST)
    found = await lists.bare(work.session, work.school.id, set(ids))
    people = sorted((one for one in found if one.state in KEPT), key=lambda one: (one.plain, one.id))
    if not people:
        raise Refusal("bulk-none")
    return people
