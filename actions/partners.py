"""Partners of the programme: written down, what they offer, events with them, their people, the archive."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from actions import directories, journal
from actions.work import Work
from program import partners as rules
from program.directories import Directory
from program.errors import Refusal
from program.partners import Deed, PartnerState
from storage import partners as rows
from storage.tables import Partner, PartnerDeed

LONGEST_NOTES = 2000


@dataclass(frozen=True)
class Words:
    """What a curator typed about a partner. The contact's fields need a `ground` (program.partners.Ground)."""

    name: str
    kind: str
    state: PartnerState = PartnerState.ACTIVE
    contact: str = ""
    contact_position: str = ""
    phone: str = ""
    email: str = ""
    ground: str = ""
    agreement_number: str = ""
    agreement_on: date | None = None
    agreement_until: date | None = None
    forms: tuple[str, ...] = ()
    notes: str = ""


async def add(work: Work, said: Words) -> Partner:
    """A new partner.

    Raises:
        Refusal: no name or a taken one, no such kind, a contact without a ground, an agreement that ends before it
            begins, or too many partners.
    """
    await _require(work, said)
    if sum((await rows.counts(work.session, work.school.id)).values()) >= rules.MOST_PARTNERS:
        raise Refusal("partner-many", most=rules.MOST_PARTNERS)
    key = await rows.add(
        work.session, school_id=work.school.id, created_at=work.now, archived_at=_archived(work, said.state, None),
        **_values(work, said),
    )  # fmt: skip
    if key is None:
        raise Refusal("partner-there")
    await journal.note(work, "partner.added", f"partner:{key}", after={"state": said.state})
    return await get(work, key)


async def edit(work: Work, partner_id: int, said: Words) -> Partner:
    """New words for a partner. Raises Refusal as `add`, or when gone."""
    partner = await get(work, partner_id)
    await _require(work, said)
    taken = await rows.named(work.session, work.school.id, said.name.strip())
    if taken not in (None, partner_id):
        raise Refusal("partner-there")
    before = _facts(partner)
    partner.archived_at = _archived(work, said.state, partner)
    for name, value in _values(work, said).items():
        setattr(partner, name, value)
    await work.session.flush()
    await journal.note(work, "partner.edited", f"partner:{partner.id}", before, _facts(partner))
    return partner


async def turn(work: Work, partner_id: int, state: PartnerState) -> Partner:
    """Into the archive and back. Raises Refusal when gone."""
    partner = await get(work, partner_id)
    before = _facts(partner)
    partner.archived_at = _archived(work, state, partner)
    partner.state, partner.changed_at, partner.changed_by = state, work.now, work.actor
    await work.session.flush()
    await journal.note(work, "partner.turned", f"partner:{partner.id}", before, _facts(partner))
    return partner


async def forget_contact(work: Work, partner_id: int) -> Partner:
    """Deletes name, phone and mail of the contact. Raises Refusal when gone."""
    partner = await get(work, partner_id)
    for name, value in rows.CONTACT.items():
        setattr(partner, name, value)
    partner.changed_at, partner.changed_by = work.now, work.actor
    await work.session.flush()
    await journal.note(work, "partner.contact-forgotten", f"partner:{partner.id}")
    return partner


async def forget_old_contacts(work: Work) -> int:
    """By the clock: contacts of partners with whom the work has been over for a month; how many."""
    found = await rows.forget_contacts(work.session, work.school.id, work.now - rules.CONTACT_KEPT)
    for key in found:
        await journal.note(work, "partner.contact-forgotten", f"partner:{key}")
    return len(found)


@dataclass(frozen=True)
class Done:
    """An offer or an event. `on`: the day of the event, or on which something was offered."""

    kind: Deed
    title: str
    on: date
    resource: str = ""
    people: int = 0


async def note_deed(work: Work, partner_id: int, said: Done) -> PartnerDeed:
    """Raises Refusal: gone, without a name, an unknown resource, too many, or offered tomorrow."""
    partner = await get(work, partner_id)
    if not said.title.strip():
        raise Refusal("partner-deed-missing")
    if said.kind is Deed.OFFER:
        if await directories.entry(work, Directory.RESOURCE, said.resource) is None:
            raise Refusal("partner-resource-unknown")
        if said.on > work.today:
            raise Refusal("partner-deed-ahead")
    if len(partner.deeds) >= rules.MOST_DEEDS:
        raise Refusal("partner-deeds-many", most=rules.MOST_DEEDS)
    made = PartnerDeed(
        school_id=work.school.id, partner_id=partner.id, kind=said.kind, title=said.title.strip()[:300],
        resource=said.resource if said.kind is Deed.OFFER else "", on_day=said.on,
        people=said.people if said.kind is Deed.EVENT else 0, at=work.now, by=work.actor,
    )  # fmt: skip
    work.session.add(made)
    await work.session.flush()
    await journal.note(work, f"partner.{said.kind}", f"partner:{partner.id}", after={"deed": made.id})
    return made


async def receive(work: Work, partner_id: int, deed_id: int, *, received: bool) -> None:
    """What was offered has come, or has not. Raises Refusal when gone."""
    deed = await _deed(work, partner_id, deed_id)
    deed.received_on = work.today if received else None
    await journal.note(
        work, "partner.received", f"partner:{partner_id}", after={"deed": deed_id, "received": received}
    )


async def remove_deed(work: Work, partner_id: int, deed_id: int) -> None:
    """Raises Refusal when gone."""
    await work.session.delete(await _deed(work, partner_id, deed_id))
    await journal.note(work, "partner.deed-removed", f"partner:{partner_id}", before={"deed": deed_id})


async def add_person(work: Work, partner_id: int, person_id: int) -> None:
    """A mentor from outside came from this partner. Raises Refusal: gone, or no such mentor."""
    partner = await get(work, partner_id)
    if person_id not in {one.id for one in await rows.outsiders(work.session, work.school.id)}:
        raise Refusal("partner-person-unknown")
    if len(partner.people) >= rules.MOST_PEOPLE:
        raise Refusal("partner-people-many", most=rules.MOST_PEOPLE)
    if await rows.add_person(
        work.session, school_id=work.school.id, partner_id=partner.id, person_id=person_id, at=work.now
    ):
        await journal.note(work, "partner.person-added", f"partner:{partner.id}", after={"person": person_id})


async def remove_person(work: Work, partner_id: int, person_id: int) -> None:
    """Raises Refusal when gone."""
    partner = await get(work, partner_id)
    for one in partner.people:
        if one.person_id == person_id:
            await work.session.delete(one)
            await journal.note(
                work, "partner.person-removed", f"partner:{partner.id}", before={"person": person_id}
            )


async def get(work: Work, partner_id: int) -> Partner:
    """Raises Refusal when there is none."""
    found = await rows.get(work.session, work.school.id, partner_id)
    if found is None:
        raise Refusal("partner-gone")
    return found


async def _deed(work: Work, partner_id: int, deed_id: int) -> PartnerDeed:
    partner = await get(work, partner_id)
    found = next((one for one in partner.deeds if one.id == deed_id), None)
    if found is None:
        raise Refusal("partner-deed-gone")
    return found


async def _require(work: Work, said: Words) -> None:
    if not said.name.strip():
        raise Refusal("partner-name-missing")
    if await directories.entry(work, Directory.PARTNER_KIND, said.kind) is None:
        raise Refusal("partner-kind-unknown")
    rules.require_contact(
        said.contact.strip() or said.contact_position.strip(), said.phone, said.email, said.ground
    )
    if said.agreement_on and said.agreement_until and said.agreement_until < said.agreement_on:
        raise Refusal("partner-agreement-odd")


def _values(work: Work, said: Words) -> dict[str, object]:
    named = bool(said.contact or said.contact_position or said.phone or said.email)
    return {
        "name": said.name.strip(), "kind": said.kind, "state": said.state,
        "contact": said.contact.strip(), "contact_position": said.contact_position.strip(),
        "phone": said.phone, "email": said.email, "contact_ground": said.ground if named else "",
        "agreement_number": said.agreement_number.strip(), "agreement_on": said.agreement_on,
        "agreement_until": said.agreement_until, "notes": said.notes.strip()[:LONGEST_NOTES],
        "forms": [slug for slug in work.settings.known_forms if slug in said.forms],
        "changed_at": work.now, "changed_by": work.actor,
    }  # fmt: skip


def _archived(work: Work, state: PartnerState, before: Partner | None) -> datetime | None:
    if state is not PartnerState.ARCHIVED:
        return None
    return (before.archived_at if before is not None else None) or work.now


def _facts(partner: Partner) -> dict[str, object]:
    until = partner.agreement_until
    return {"state": partner.state, "until": until.isoformat() if until else "", "kind": partner.kind}
