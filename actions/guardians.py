"""Adults who act for a child: the texts they see, their word, the school's confirmation, taking back.

Source: domain.md 8.1 (each purpose apart), 8.2 (binding of a parent), 8.4 (withdrawal).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from actions import consent_texts, consents, enrolment, invitations, journal
from actions.places import hold_people
from actions.tell import tell
from actions.work import Work
from locales import Texts
from locales.consents import KINDS
from program.ages import OF_AGE, Consenter, full_years
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.consents import lasts_until as lasts_until
from program.errors import Refusal
from program.guardians import RefusalReason, require_elder
from program.outgoing import Message
from program.roles import Category, PersonState
from program.text import Text
from storage import consents as ledger
from storage import people
from storage.adding import add_new
from storage.tables import Guardianship, Invitation, Person


class Relation(StrEnum):
    """What an adult is to the child. The label is the text `guardian-relation-<value>`."""

    MOTHER = "mother"
    FATHER = "father"
    GUARDIAN = "guardian"
    OTHER = "other"


@dataclass(frozen=True)
class Adult:
    """How an adult calls themselves.

    Args:
        phone: E.164 or "".
        born: year of birth, compared with the child's and not kept; 0 where the school knows it anyway.
    """

    last_name: str
    first_name: str
    middle_name: str
    relation: Relation
    phone: str = ""
    born: int = 0


async def child_of(work: Work, invitation: Invitation) -> Person:
    """The child an invitation for a guardian is about. Raises Refusal where it can be used no more."""
    if invitation.purpose != "guardian" or invitation.child_id is None:
        raise Refusal("guardian-link-unfit")
    child = await people.get(work.session, invitation.child_id)
    gone = child is None or child.school_id != work.school.id or child.state == PersonState.ERASED
    if gone or not people.usable(invitation, work.now):
        raise Refusal("guardian-link-unfit")
    assert child is not None
    return child


async def decide(
    work: Work,
    child: Person,
    adult: Adult,
    decisions: Mapping[ConsentKind, bool],
    *,
    method: ConsentMethod,
    channel: Channel,
    guardian: Person | None = None,
    shown: Mapping[ConsentKind, int] | None = None,
    reason: str = "",
) -> Person:
    """Writes an adult's word for each purpose into the ledger; the school has yet to confirm the adult.

    Args:
        guardian: the person who speaks, where their chat or browser shows who it is; else a new one.
        shown: ids of the texts that were on the page; by default the newest.
        reason: why not: a `RefusalReason` or own words, for the school only; stands beside each «no».

    Returns:
        The guardian.

    Raises:
        Refusal: a purpose was left without an answer, a pupil speaks, or somebody too young.
    """
    if any(kind not in decisions for kind in KINDS):
        raise Refusal("guardian-decide-each")
    if guardian is not None:
        _require_adult(work, guardian)
    await _require_older(work, child, adult, guardian)
    guardian = await _guardian(work, child, adult, guardian)
    texts = await consent_texts.shown(work, Consenter.GUARDIAN, shown)
    of_guardian = work.by(guardian)
    for kind in KINDS:
        await consents.say(
            of_guardian,
            child,
            kind,
            ConsentEvent.GIVEN if decisions[kind] else ConsentEvent.REFUSED,
            consenter=Consenter.GUARDIAN,
            giver=guardian,
            method=method,
            channel=channel,
            text=texts[kind],
            valid_until=lasts_until(kind, work.today) if decisions[kind] else None,
            reason="" if decisions[kind] else worded(reason),
        )
    await enrolment.refresh(of_guardian, child)
    return guardian


async def facts(work: Work, person_id: int, token: str) -> dict[str, Any]:
    """What the conversation with a parent needs to know; JSON. Raises Refusal: link or person unfit."""
    invitation = await people.invitation(work.session, token)
    if invitation is None or invitation.school_id != work.school.id:
        raise Refusal("guardian-link-unfit")
    child = await child_of(work, invitation)
    person = await people.get(work.session, person_id)
    if person is None:
        raise Refusal("guardian-is-a-pupil")
    _require_adult(work, person)
    texts = await consent_texts.newest(work, Consenter.GUARDIAN)
    return {
        "school": work.school.name,
        "child": child.first_name,
        "class": child.class_name,
        "named": bool(person.last_name),
        "born": bool(person.birth_date) or await _older_already(work, person, child),
        "texts": consent_texts.refer(texts),
    }


async def answer(
    work: Work,
    person_id: int,
    token: str,
    adult: Adult,
    decisions: Mapping[ConsentKind, bool],
    *,
    channel: Channel,
    shown: Mapping[ConsentKind, int],
    reason: str = "",
) -> Person:
    """What a parent said in a chat, by the link of their child. Uses the link up once."""
    invitation = await people.invitation(work.session, token)
    if invitation is None or not await invitations.use(work, token):
        raise Refusal("guardian-link-unfit")
    assert invitation.child_id is not None
    child = await people.lock(work.session, invitation.child_id)
    assert child is not None
    return await decide(
        work,
        child,
        adult,
        decisions,
        method=ConsentMethod.BOT_BUTTON,
        channel=channel,
        guardian=await people.get(work.session, person_id),
        shown=shown,
        reason=reason,
    )


async def confirm(work: Work, guardian_id: int, child_id: int, *, again: bool = False) -> Guardianship:
    """The school vouches that this adult acts for the child; only now the adult's word counts.

    A second press changes nothing.

    Args:
        again: also an adult of whom the curator has said that they do not act for the child: there is a new paper.

    Raises:
        Refusal: the two are not linked, or no longer.
    """
    bond = await _held_bond(work, guardian_id, child_id)
    if bond.confirmed_at is not None:
        return bond
    if bond.ended_at is not None and not again:
        raise Refusal("ledger-guardian-no-more")
    bond.confirmed_at, bond.ended_at = work.now, None
    bond.confirmed_by = work.actor
    await journal.note(work, "guardian.confirmed", f"person:{child_id}", after={"guardian": guardian_id})
    child, guardian = await _both(work, bond)
    await enrolment.refresh(work, child)
    await tell(
        work,
        guardian,
        Message((Text("guardian-confirmed", {"child": child.first_name}),)).formally(ward=child.id),
        key=f"guardian-confirmed:{child_id}:{guardian_id}",
    )
    return bond


async def withdraw(
    work: Work,
    guardian_id: int,
    child_id: int,
    kind: ConsentKind,
    *,
    method: ConsentMethod,
    channel: Channel | None = None,
    reason: str = "",
) -> None:
    """The guardian takes a consent back. It holds at once, confirmed by the school or not."""
    child, guardian = await _both(work, await _held_bond(work, guardian_id, child_id))
    await consents.say(
        work,
        child,
        kind,
        ConsentEvent.WITHDRAWN,
        consenter=Consenter.GUARDIAN,
        giver=guardian,
        method=method,
        channel=channel,
        text=await ledger.newest_text(work.session, work.school.id, kind, Consenter.GUARDIAN),
        reason=reason,
    )
    await enrolment.refresh(work, child)


def _require_adult(work: Work, person: Person) -> None:
    """Raises Refusal where a pupil or somebody below 18 would speak for a child."""
    if person.category == Category.PUPIL:
        raise Refusal("guardian-is-a-pupil")
    if person.birth_date is not None and full_years(person.birth_date, work.today) < OF_AGE:
        raise Refusal("guardian-too-young")


async def _require_older(work: Work, child: Person, adult: Adult, known: Person | None) -> None:
    """Raises Refusal where the adult is too young to act for this child, or the year of birth is not said."""
    if known is not None and known.birth_date is not None:
        require_elder(known.birth_date.year, child.birth_date, work.today)
    elif adult.born:
        require_elder(adult.born, child.birth_date, work.today)
    elif known is None or not await _older_already(work, known, child):
        raise Refusal("guardian-born-needed")


async def _older_already(work: Work, guardian: Person, child: Person) -> bool:
    """Whether the adult has answered for a child no younger than this one: then nothing is asked again."""
    if child.birth_date is None:
        return False
    bonds = await people.children_of(work.session, guardian.id)
    born = [bond.child.birth_date for bond in bonds]
    return any(one is not None and one.year <= child.birth_date.year for one in born)


def worded(reason: str) -> str:
    """A reason as it stands in the ledger: in the school's language."""
    return Texts("ru")(Text(f"guardian-reason-{reason}")) if reason in tuple(RefusalReason) else reason


async def bind(work: Work, child: Person, adult: Adult) -> Person:
    """An adult named on paper, as a new record linked to the child; the school has yet to confirm the two."""
    return await _guardian(work, child, adult, None)


async def _guardian(work: Work, child: Person, adult: Adult, known: Person | None) -> Person:
    """The adult's row, linked to the child.

    Never found by name: the child holds the link and knows the parent's name, and would then speak with
    the word of a parent whom the school has confirmed already.
    """
    if known is None:
        known = Person(school_id=work.school.id, created_at=work.now)
        work.session.add(known)
    if known.state == PersonState.VISITOR or not known.last_name:
        known.last_name, known.first_name = adult.last_name, adult.first_name
        known.middle_name = adult.middle_name
        known.category = known.category or Category.PARENT
        known.state = PersonState.ACTIVE
        known.joined_at = known.joined_at or work.now
        known.erase_after = None
    known.phone = adult.phone or known.phone
    await work.session.flush()
    values = {
        "school_id": work.school.id,
        "guardian_id": known.id,
        "child_id": child.id,
        "relation": adult.relation.value,
        "created_at": work.now,
        "confirmed_by": "",
    }
    if await add_new(work.session, Guardianship, values, ["guardian_id", "child_id"]) is not None:
        await journal.note(
            work.by(known),
            "guardian.named",
            f"person:{child.id}",
            after={"guardian": known.id, "relation": adult.relation.value},
        )
    return known


async def _held_bond(work: Work, guardian_id: int, child_id: int) -> Guardianship:
    """As it is now, the child held first: two words about one child come one after the other."""
    await people.lock(work.session, child_id)
    await hold_people(work, [child_id])
    bond = await _bond(work, guardian_id, child_id)
    await work.session.refresh(bond, ["confirmed_at", "confirmed_by", "ended_at"])
    return bond


async def _bond(work: Work, guardian_id: int, child_id: int) -> Guardianship:
    for bond in await people.guardians_of(work.session, child_id):
        if bond.guardian_id == guardian_id and bond.school_id == work.school.id:
            return bond
    raise Refusal("guardian-not-linked")


async def _both(work: Work, bond: Guardianship) -> tuple[Person, Person]:
    child = await people.get(work.session, bond.child_id)
    guardian = await people.get(work.session, bond.guardian_id)
    assert child is not None
    assert guardian is not None
    return child, guardian
