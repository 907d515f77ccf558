"""«Сменить роль» for many people at once: planned, done, taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from actions import sides
from actions.bulk import CHANGED, Done, Options, Plan, Verb
from actions.work import Work
from program.roles import Side
from program.states import ParticipationStatus
from program.text import Text
from storage import sides as rows
from storage.tables import BulkChange, BulkChangeLine, Person


async def _plan_side(to: Side, work: Work, people: Sequence[Person], asked: Options) -> Plan:
    known = await sides.turnable(work, people, to)
    made = Plan(says=[Text(f"bulk-{to}-says")])
    for who in people:
        _, why = known[who.id]
        if why is None:
            made.do.append(who)
        else:
            made.skip.append((who, why))
    return made


async def _do_side(to: Side, work: Work, people: Sequence[Person], _: Options) -> list[Done]:
    known, done = await sides.turnable(work, people, to), []
    for who in people:
        before, after = [], []
        for place in known[who.id][0]:
            before.append([place.id, place.status, place.admitted])
            await sides.turn(work, who, place, to)
            after.append([place.id, place.status])
        done.append(Done(who.id, {"places": before}, {"places": after}))
    return done


async def _undo_side(
    to: Side, work: Work, _: BulkChange, line: BulkChangeLine, person: Person
) -> Text | None:
    turned = dict(line.after["places"])
    found = await rows.places(work.session, work.school.id, work.settings.year, [person.id])
    own = found.get(person.id, [])
    places = {place.id: place for place in own}
    for key, status in turned.items():
        place = places.get(key)
        if place is None or (place.side, place.status, place.admitted) != (to, status, False):
            return CHANGED
        if any(other.form == place.form and other.side == to.other for other in own):
            return CHANGED
    if await rows.pairs(work.session, turned):
        return Text("bulk-side-pair")
    for key, status, admitted in line.before["places"]:
        await sides.put(work, places[key], to.other, ParticipationStatus(status), admitted=admitted)
    return None


def _side(to: Side) -> Verb:
    return Verb(
        to.value,
        "person-edit-save",
        partial(_plan_side, to),
        partial(_do_side, to),
        partial(_undo_side, to),
    )


VERBS = tuple(_side(to) for to in (Side.MENTOR, Side.MENTEE))
