"""Another role in the same form: who was to lead is led, or the other way round. Nobody is told of it.

A place turns only while nothing has come of it: no pair, no suggestion, no pair that is over, because reports count
whoever worked on a side. What was filled in for the old role stays; the new one asks for its own questionnaire, and of
a mentor for an admission. Source: ux.md 2.3, «Сменить роль».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions import enrolment, journal, questionnaires
from actions.work import Work
from program.ages import full_years
from program.eligibility import fits
from program.forms import FORMS
from program.roles import Category, Side
from program.states import HOLDING, PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PARTICIPATION
from storage import sides
from storage.tables import Participation, Person

FREE = (ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)
EARLY = (ParticipationStatus.REGISTERED, ParticipationStatus.CONSENT_PENDING)

Turnable = tuple[list[Participation], Text | None]


async def turnable(work: Work, people: Sequence[Person], to: Side) -> dict[int, Turnable]:
    """Person -> places of this year that may turn to this side; or none, and why."""
    own = await sides.places(work.session, work.school.id, work.settings.year, (who.id for who in people))
    pairs = await sides.pairs(work.session, (place.id for of in own.values() for place in of))
    found: dict[int, Turnable] = {}
    for who in people:
        here = own.get(who.id, [])
        taken = {place.form for place in here if place.side == to}
        reasons = [
            (place, _why_not(work, who, place, to, pairs.get(place.id, ()), taken))
            for place in here
            if place.side != to
        ]
        may = [place for place, why in reasons if why is None]
        why = reasons[0][1] if reasons else Text(f"bulk-{to}-already" if here else "bulk-side-no-place")
        found[who.id] = (may, None if may else why)
    return found


def _why_not(
    work: Work, who: Person, place: Participation, to: Side, pairs: Iterable[PairStatus], taken: set[str]
) -> Text | None:
    if to not in FORMS[place.form].side_of(Category(who.category or Category.OTHER)):
        return Text(f"bulk-{to}-unfit", {"form": work.settings.form_name(place.form)})
    if place.status in EARLY:
        return Text("bulk-side-no-consent")
    statuses = set(pairs)
    if place.status == ParticipationStatus.PAIRED or statuses & set(HOLDING):
        return Text("bulk-side-pair")
    if place.status == ParticipationStatus.FINISHED or statuses:
        return Text("bulk-side-worked")
    if place.status not in FREE:
        return Text("bulk-stopped")
    if place.form in taken:
        return Text("bulk-side-both")
    age = full_years(who.birth_date, work.today) if who.birth_date else None
    return None if fits(work.settings.ages, place.form, to, age) else Text("bulk-side-age")


async def turn(work: Work, who: Person, place: Participation, to: Side) -> None:
    """The place on the other side; who has not yet filled in what the new role asks for is in the base only.

    The caller holds the person and has seen that the place may turn.
    """
    code = enrolment.intake_code(who, to)
    filled = await questionnaires.finished(work, who.id, code, round=place.year)
    status = ParticipationStatus.SEARCHING if filled else ParticipationStatus.IN_BASE
    await put(work, place, to, status, admitted=False)


async def put(
    work: Work, place: Participation, side: Side, status: ParticipationStatus, *, admitted: bool
) -> None:
    PARTICIPATION.require(place.status, status)
    before = {"side": place.side, "status": place.status}
    place.side, place.status, place.admitted = side, status, admitted
    after = {"side": side, "status": status, "form": place.form, "participation": place.id}
    await journal.note(work, "person.side", f"person:{place.person_id}", before, after)
