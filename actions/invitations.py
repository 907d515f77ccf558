"""Join tokens: what a QR card or a link opens. Random, counted, expiring, revocable."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

import segno
from sqlalchemy import select, update

from actions import journal, linking
from actions.work import Work
from program.errors import Refusal
from program.forms import FORMS
from program.roles import PersonState, Side
from storage import invitations as stored
from storage import people
from storage.tables import Invitation, Person

PURPOSES = (*Side, "any")
DAYS = 30
CLASS_USES = 40  # a full class and some second tries
GUARDIAN_USES = 10  # both parents, and a mind that was changed
MOST_AT_ONCE = 1_000


async def invite(
    work: Work,
    purpose: str,
    count: int = 1,
    person_id: int | None = None,
    class_name: str = "",
    form: str = "",
    days: int = DAYS,
    uses: int | None = None,
) -> list[Invitation]:
    """New join tokens.

    Opening one uses nothing up; joining does (`use`).

    Args:
        purpose: mentor, mentee or any (the person chooses).
        person_id: makes it personal: whoever opens it is that person.
        class_name: for a whole class.
        days: how long it works.
        uses: how many may join by it; by default 40 for a class, else one.

    Raises:
        Refusal: no such purpose, form or person, or a senseless number.
    """
    if purpose not in PURPOSES:
        raise Refusal("invite-purpose", purpose=purpose)
    if form and form not in FORMS:
        raise Refusal("invite-form", form=form)
    if not 1 <= count <= MOST_AT_ONCE or not 1 <= days <= 366 or not (uses is None or 1 <= uses <= 1_000):
        raise Refusal("invite-number", limit=MOST_AT_ONCE)
    if person_id is not None:
        person = await people.get(work.session, person_id)
        gone = person is None or person.school_id != work.school.id
        if gone or (person is not None and person.state in (PersonState.ERASED, PersonState.FROZEN)):
            raise Refusal("invite-person")
    made = [
        _new(work, purpose, days, uses or (CLASS_USES if class_name and person_id is None else 1))
        for _ in range(count)
    ]
    for invitation in made:
        invitation.person_id, invitation.class_name, invitation.form = person_id, class_name, form
    work.session.add_all(made)
    await journal.note(
        work,
        "invitation.made",
        f"person:{person_id}" if person_id else f"school:{work.school.id}",
        after={"purpose": str(purpose), "count": count, "form": form, "days": days},
    )
    return made


async def guardian_invitation(work: Work, child: Person) -> Invitation:
    """The link a parent opens for this child: the one that still works, else a new one."""
    statement = (
        select(Invitation)
        .where(
            Invitation.school_id == work.school.id,
            Invitation.purpose == "guardian",
            Invitation.child_id == child.id,
            Invitation.revoked_at.is_(None),
            Invitation.uses_left > 0,
            Invitation.expires_at > work.now,
        )
        .order_by(Invitation.id)
        .limit(1)
    )
    found = await work.session.scalar(statement)
    if found is not None:
        return found
    invitation = _new(work, "guardian", DAYS, GUARDIAN_USES)
    invitation.child_id = child.id
    work.session.add(invitation)
    await journal.note(
        work, "invitation.made", f"person:{child.id}", after={"purpose": "guardian", "count": 1, "days": DAYS}
    )
    return invitation


async def use(work: Work, token: str) -> bool:
    """Counts one joining by this token; False where it works no more (or there is none)."""
    statement = (
        update(Invitation)
        .where(
            Invitation.token == token,
            Invitation.school_id == work.school.id,
            Invitation.revoked_at.is_(None),
            Invitation.uses_left > 0,
            Invitation.expires_at > work.now,
        )
        .values(uses_left=Invitation.uses_left - 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session="fetch")
    )
    return bool(token) and await work.session.scalar(statement) is not None


async def cards(work: Work, members: Sequence[Person]) -> list[tuple[Person, Invitation]]:
    """A personal card for each, made once and given again while it works; whose record is closed gets none."""
    able = [one for one in members if one.state in (PersonState.INVITED, PersonState.ACTIVE)]
    known = await stored.personal(work.session, work.school.id, [one.id for one in able], work.now)
    fresh = {}
    for one in able:
        if one.id not in known:
            invitation = _new(work, "any", DAYS, 1, token=typeable())
            invitation.person_id = one.id
            work.session.add(invitation)
            fresh[one.id] = invitation
    if fresh:
        after = {"purpose": "any", "count": len(fresh), "days": DAYS}
        await journal.note(work, "invitation.made", f"school:{work.school.id}", after=after)
    found = known | fresh
    return [(one, found[one.id]) for one in able]


async def poster(work: Work, class_name: str) -> Invitation:
    """One link for a whole class, to hang up: the one that still works, else a new one.

    Raises:
        Refusal: no class is named.
    """
    if not class_name:
        raise Refusal("invite-class")
    found = await stored.of_class(work.session, work.school.id, class_name, work.now)
    common = [one for one in found if one.person_id is None]
    if common:
        return common[-1]
    (made,) = await invite(work, "any", class_name=class_name)
    await work.session.flush()
    return made


async def revoke_class(work: Work, class_name: str) -> int:
    """Takes back every card and poster of a class; returns how many worked until now."""
    found = await stored.of_class(work.session, work.school.id, class_name, work.now)
    for invitation in found:
        invitation.revoked_at = work.now
    if found:
        after = {"class": class_name, "count": len(found)}
        await journal.note(work, "invitation.revoked", f"school:{work.school.id}", after=after)
    return len(found)


def typeable() -> str:
    """A token that can be typed from paper: «abcd-efgh-jkmn», without signs that are taken for each other."""
    signs = "".join(secrets.choice(linking.SIGNS) for _ in range(12)).lower()
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


async def revoke(work: Work, invitation_id: int) -> None:
    """The token works no more. A second call changes nothing.

    Raises:
        Refusal: the school has no such invitation.
    """
    invitation = await work.session.get(Invitation, invitation_id)
    if invitation is None or invitation.school_id != work.school.id:
        raise Refusal("invite-unknown")
    if invitation.revoked_at is None:
        invitation.revoked_at = work.now
        await journal.note(work, "invitation.revoked", f"invitation:{invitation.id}")


def qr_svg(url: str) -> str:
    """The QR code as SVG for the page: no scripts, no styles, white ground, scales with its box."""
    # Level M: a printed card survives a crease (ux.md 3.3).
    code = segno.make(url, error="m", micro=False, boost_error=False)
    return str(code.svg_inline(scale=4, omitsize=True, svgclass=None, lineclass=None, light="#fff"))


def _new(work: Work, purpose: str, days: int, uses: int, token: str = "") -> Invitation:
    return Invitation(
        school_id=work.school.id,
        token=token or secrets.token_urlsafe(16),
        purpose=str(purpose),
        uses_left=uses,
        created_at=work.now,
        expires_at=work.now + timedelta(days=days),
    )
