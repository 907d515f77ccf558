"""A person's card: the whole story on one page, and what the school may do about it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import (
    consents,
    guardians,
    leaving,
    mentor_wishes,
    pairs,
    paper,
)
from actions.accounts import Staff
from actions.invitations import invite, qr_svg
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, sees, words
from program.ages import Consenter
from program.consents import ConsentEvent, ConsentKind
from storage import lists
from storage import people as people_rows
from storage.tables import Invitation, Person

router = APIRouter(prefix="/people/{person_id}")


async def card_of(work: Work, staff: Staff, person_id: int) -> Person:
    """Raises 404 for people of other schools, and for a class teacher of other classes."""
    person = await lists.person(work.session, work.school.id, person_id)
    if person is None or not sees(staff, person):
        raise HTTPException(404)
    return person


@router.get("/left", name="person-left")
async def leave_form(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    return await _leave_form(request, work, await card_of(work, staff, person_id), {})


@router.post("/left", name="person-left-do")
async def leave(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    typed = Typed(form, house(request).texts)
    if not typed.many("sure"):
        typed.wrong("sure", "admin-left-tick-missing")
        return await _leave_form(request, work, who, typed.problems)
    await leaving.leave(work, who.id)
    return back(request, "person", "left", person_id=who.id)


@router.post("/back", name="person-back")
async def come_back(request: Request, staff: Signed, work: Changing, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    await leaving.come_back(work, who.id)
    return back(request, "person", "came-back", person_id=who.id)


async def _leave_form(request: Request, work: Work, who: Person, problems: dict[str, str]) -> Response:
    return page(
        request,
        "people/left.html",
        work,
        section="people",
        status=422 if problems else 200,
        person=who,
        effect=await leaving.effect(work, who),
        here=who.state in leaving.HERE,
        problems=problems,
    )


@router.get("/consent", name="person-consent")
async def consent_form(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    return await _consent_form(request, work, who, Typed.empty())


@router.post("/consent", name="person-consent-save")
async def consent(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    typed = Typed(form, house(request).texts)
    kinds = [kind for kind in ConsentKind if kind.value in typed.many("kinds")]
    event = typed.one_of("event", ConsentEvent)
    signed_on = typed.day("signed_on", latest=work.today)
    signer = typed.words("signer")
    if not kinds:
        typed.wrong("kinds-1", "admin-paper-no-kind")
    known = {
        str(bond.guardian_id): bond.guardian for bond in await people_rows.guardians_of(work.session, who.id)
    }
    if signer not in ("self", "adult", *known):
        typed.wrong("signer", "admin-paper-no-signer")
    if typed.problems or event is None or signed_on is None:
        return await _consent_form(request, work, who, typed)
    await paper.enter(
        work,
        who,
        kinds,
        event,
        consenter=Consenter.SELF if signer == "self" else Consenter.GUARDIAN,
        giver=who if signer == "self" else known.get(signer),
        signed_on=signed_on,
        number=typed.words("number", 60),
    )
    return back(request, "person", "paper", person_id=who.id)


async def _consent_form(request: Request, work: Work, who: Person, typed: Typed) -> Response:
    return page(
        request,
        "people/consent.html",
        work,
        section="people",
        status=422 if typed.problems else 200,
        person=who,
        guardians=await people_rows.guardians_of(work.session, who.id),
        needed=consents.needed(work, who),
        events=tuple(ConsentEvent),
        kinds=[kind for kind in ConsentKind if kind is not ConsentKind.EMPLOYMENT],
        typed=typed,
        problems=typed.problems,
        today=work.today,
    )


@router.post("/guardians/{guardian_id}", name="guardian-confirm")
async def confirm(
    request: Request, staff: Signed, work: Changing, form: Fields, person_id: int, guardian_id: int
) -> Response:
    who = await card_of(work, staff, person_id)
    await guardians.confirm(work, guardian_id, who.id)
    return _back(request, form, "guardian", who)


@router.post("/places/{participation_id}/admit", name="person-admit")
async def admit(
    request: Request, staff: Signed, work: Changing, form: Fields, person_id: int, participation_id: int
) -> Response:
    who = await card_of(work, staff, person_id)
    await paper.admit(work, who, participation_id, words(form, "reason"))
    return _back(request, form, "admitted", who)


def _back(request: Request, form: Fields, done: str, who: Person) -> Response:
    """To the list of those who wait, where the button stood there; else to the card."""
    if words(form, "list"):
        return back(request, "confirmations", done)
    return back(request, "person", done, person_id=who.id)


@router.post("/places/{participation_id}/capacity", name="person-capacity")
async def capacity(
    request: Request, staff: Signed, work: Changing, form: Fields, person_id: int, participation_id: int
) -> Response:
    who = await card_of(work, staff, person_id)
    if participation_id not in {place.id for place in who.participations}:
        raise HTTPException(404)
    asked = words(form, "capacity", 3)
    await pairs.set_capacity(work, participation_id, int(asked) if asked.isdecimal() else 0)
    return back(request, "person", "capacity", person_id=who.id)


@router.post("/wishes", name="person-wishes")
async def wishes(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    await mentor_wishes.note(work, who.id, words(form, "gender", 10), bool(words(form, "same")))
    return back(request, "person", "wishes", person_id=who.id)


@router.post("/invite", name="person-invite")
async def new_invitation(request: Request, staff: Signed, work: Changing, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    (made,) = await invite(work, "any", person_id=who.id)
    await work.session.flush()
    return back(request, "person-card", person_id=who.id, invitation_id=made.id)


@router.get("/invitations/{invitation_id}", name="person-card")
async def card(
    request: Request, staff: Signed, work: Reading, person_id: int, invitation_id: int
) -> Response:
    """The printable card with the QR code."""
    who = await card_of(work, staff, person_id)
    found = await work.session.get(Invitation, invitation_id)
    if found is None or found.school_id != work.school.id or found.person_id != who.id:
        raise HTTPException(404)
    link = house(request).links.join(found.token)
    return page(
        request,
        "people/card.html",
        work,
        section="people",
        person=who,
        link=link,
        qr=qr_svg(link),
        invitation=found,
        usable=people_rows.usable(found, work.now),
    )
