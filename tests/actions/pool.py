"""People who wait for a pair: with consents, an address and what they answered. All names are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm.attributes import set_committed_value

from actions import acceptance, announcing, consents, questionnaires
from actions.work import Work
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentKind, ConsentMethod, needed_from
from program.roles import Category, Side
from storage import pairs
from storage.tables import Guardianship, Participation, Person
from tests import build

PUPIL, TEACHER = Category.PUPIL, Category.TEACHER
_REQUIRED = {
    "INT_ME_P": {"INT_ME_P.1": "Хочу понять дроби", "INT_ME_P.2": ["study"]},
    "INT_MO": {"INT_MO.1": "pupil", "INT_MO.2": ["study"]},
}


async def agree(
    work: Work, person: Person, *kinds: ConsentKind, event: ConsentEvent = ConsentEvent.GIVEN
) -> None:
    """On paper, from everybody whose word is needed."""
    for kind in kinds or REQUIRED:
        needed = needed_from(person.birth_date, work.today, minor=person.is_minor_category)
        for consenter in sorted(needed):
            giver = person if consenter is Consenter.SELF else None
            await consents.say(
                work, person, kind, event, consenter=consenter, giver=giver, method=ConsentMethod.PAPER
            )
    await work.session.flush()


async def join(
    work: Work,
    side: Side,
    first_name: str = "Аня",
    last_name: str = "Котова",
    *,
    form: str = "uch_uch",
    agreed: bool = True,
    reachable: bool = True,
    said: dict[str, Any] | None = None,
    place: dict[str, Any] | None = None,
    **values: Any,
) -> Participation:
    """A place in the programme. `said` goes over the answers that the intake requires."""
    if side is Side.MENTOR and values.get("category", PUPIL) == PUPIL:
        values = {"class_name": "10Б", "birth_date": date(2010, 1, 10)} | values
    person = build.person(work.school, first_name, last_name, **values)
    work.session.add(person)
    await work.session.flush()
    if agreed:
        await agree(work, person)
    if reachable:
        work.session.add(build.address(person))
    code = "INT_MO" if side is Side.MENTOR else "INT_ME_P"
    if said is not None:
        await questionnaires.publish_shipped(work)
        await answer(work, person, code, said)
    one = build.participation(person, side, form, **(place or {}))
    work.session.add(one)
    await work.session.flush()
    set_committed_value(one, "person", person)
    return one


async def answer(work: Work, person: Person, code: str, said: dict[str, Any]) -> None:
    given = _REQUIRED[code] | said
    await questionnaires.save(work, person, code, 1, given, round=work.settings.year)


async def guardian(work: Work, child_id: int, *, confirmed: bool = True, reachable: bool = True) -> Person:
    person = build.person(work.school, "Ольга", "Котова", category=Category.PARENT)
    work.session.add(person)
    await work.session.flush()
    work.session.add(
        Guardianship(
            school_id=work.school.id,
            guardian_id=person.id,
            child_id=child_id,
            created_at=work.now,
            confirmed_at=work.now if confirmed else None,
        )
    )
    if reachable:
        work.session.add(build.address(person))
    await work.session.flush()
    return person


async def begun(work: Work, *pair_ids: int) -> None:
    """Announced, and both sides have said that it suits them; all approved pairs by default."""
    for pair in (await announcing.announce(work, pair_ids or None)).pairs:
        for person_id in [one.person_id for one in pairs.present(pair)]:
            await acceptance.agree(work.by(f"person:{person_id}"), person_id, pair.id)
