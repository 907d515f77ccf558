"""Whom the visitor of the demo may play."""

from __future__ import annotations

from sqlalchemy import select

from actions import invitations, webchat
from actions.work import Work
from app import demo_school
from app.wiring import House
from bot.web.demo import Player
from program.names import with_class
from program.roles import PersonState
from storage import schools as stored
from storage.tables import Attendance, Guardianship, Invitation, Participation, Person, School


async def everybody(house: House, school: School) -> list[Player]:
    """Everybody who has a place or is a parent, and the newcomers who begin by opening their invitation.

    Those who have met already come first: there is something to see in their chats.
    """
    async with house.database.transaction() as session:
        work = Work(session, await stored.get(session, school.id), house.clock(), "system")
        places = await session.scalars(select(Participation).where(Participation.school_id == school.id))
        sides: dict[int, set[str]] = {}
        for place in places:
            sides.setdefault(place.person_id, set()).add(place.side)
        parents = set(await session.scalars(select(Guardianship.guardian_id)))
        met = set(await session.scalars(select(Attendance.person_id).where(Attendance.came)))
        plan = demo_school.plan(house.clock().date())
        new = {line.names for line in plan.newcomers}
        found = await session.scalars(
            select(Person)
            .where(Person.school_id == school.id, Person.state != PersonState.VISITOR)
            .order_by(Person.id)
        )
        shown = []
        for person in found:
            role = _role(sides.get(person.id, set()), guardian=person.id in parents)
            newcomer = (person.last_name, person.first_name, person.middle_name) in new
            if not role and not newcomer:
                continue
            name = with_class(person.first_name, person.last_name, person.class_name)
            if role:
                note = "web-demo-lively" if person.id in met else ""
                shown.append(
                    Player(
                        person.id, name, role, house.links.chat(person.id, webchat.number_of(person)), note
                    )
                )
            else:
                link = house.links.join(await _newcomers_token(work, person))
                shown.append(Player(person.id, name, "visitor", link, "web-demo-invited"))
    return sorted(shown, key=lambda one: one.note != "web-demo-lively")


async def _newcomers_token(work: Work, person: Person) -> str:
    known = await work.session.scalar(
        select(Invitation).where(Invitation.person_id == person.id, Invitation.expires_at > work.now)
    )
    if known is None:
        (known,) = await invitations.invite(work, "any", person_id=person.id)
    return known.token


def _role(sides: set[str], *, guardian: bool) -> str:
    if len(sides) == 2:
        return "both"
    if sides:
        return next(iter(sides))
    return "guardian" if guardian else ""
