"""«Приглашения»: cards with QR codes for a class, one link for many, and taking a link back."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import invitations, poster
from actions.accounts import Staff
from actions.pages import PDF
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.listing import download, view
from admin.lists import invitations as listed
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.roles import Side
from program.text import Text
from storage import invitations as rows
from storage import lists
from storage.people import usable

router = APIRouter(prefix="/invitations")

WHOM = (Side.MENTOR.value, Side.MENTEE.value, "any")
MOST = 500  # joinings by one link
USUAL = 30


@router.get("", name="invitations")
async def start(request: Request, staff: Signed, work: Reading) -> Response:
    return await _start(request, staff, work, Typed.empty())


@router.post("", name="invitation-make")
async def make(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    purpose, uses = typed.words("purpose"), typed.number("uses", 1, MOST)
    if purpose not in WHOM:
        typed.wrong("purpose", "admin-field-choose")
    if typed.problems:
        return await _start(request, staff, work, typed)
    (made,) = await invitations.invite(work, purpose, uses=uses)
    await work.session.flush()
    return back(request, "invitation", invitation_id=made.id)


@router.post("/file", name="invitations-file")
async def invitations_file(request: Request, staff: Signed) -> Response:
    return await download(request, staff, listed.built)


@router.post("/class", name="class-cards-make")
async def make_cards(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    """One card for each who has none that works."""
    name = words(form, "class_name", 20)
    have = {person.id for person, _ in await rows.cards(work.session, work.school.id, name, work.now)}
    for person in await rows.silent(work.session, work.school.id, name):
        if person.id not in have:
            await invitations.invite(work, "any", person_id=person.id)
    where = request.url_for("class-cards").include_query_params(class_name=name).query
    return back(request, "class-cards", query=where)


@router.get("/class", name="class-cards")
async def cards(request: Request, staff: Signed, work: Reading) -> Response:
    name = request.query_params.get("class_name", "")[:20]
    found = await rows.cards(work.session, work.school.id, name, work.now)
    links = house(request).links
    return page(
        request,
        "invitations/cards.html",
        work,
        section="invitations",
        class_name=name,
        cards=[
            (
                person,
                invitation,
                links.join(invitation.token),
                invitations.qr_svg(links.join(invitation.token)),
            )
            for person, invitation in found
        ],
    )


@router.get("/{invitation_id}", name="invitation")
async def card(request: Request, staff: Signed, work: Reading, invitation_id: int) -> Response:
    found = await rows.get(work.session, work.school.id, invitation_id)
    if found is None or found.purpose not in invitations.PURPOSES:
        raise HTTPException(404)
    link = house(request).links.join(found.token)
    return page(
        request,
        "invitations/card.html",
        work,
        section="invitations",
        invitation=found,
        link=link,
        qr=invitations.qr_svg(link),
        usable=usable(found, work.now),
    )


@router.get("/{invitation_id}/poster", name="invitation-poster")
async def poster_pdf(request: Request, staff: Signed, work: Reading, invitation_id: int) -> Response:
    """One code of ten centimetres on an A4 page; of a person's own card there is none."""
    found = await rows.get(work.session, work.school.id, invitation_id)
    if found is None or found.purpose not in invitations.PURPOSES or found.person_id is not None:
        raise HTTPException(404)
    data = await poster.pdf(work, found, house(request).links.join(found.token))
    name = f"{house(request).texts('invite-poster-file')}_{found.class_name or found.id}.pdf"
    return file(data, name, PDF)


@router.post("/{invitation_id}/revoke", name="invitation-revoke")
async def revoke(
    request: Request, staff: Signed, work: Changing, form: Fields, invitation_id: int
) -> Response:
    made = await rows.get(work.session, work.school.id, invitation_id)
    if made is None:
        raise HTTPException(404)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-invitation"),
        effect=Text("sure-invitation-effect", {"count": made.uses_left}),
        do="sure-invitation-do",
        stay=str(request.app.url_path_for("invitations")),
        section="invitations",
        forever=False,
    )
    if asking is not None:
        return asking
    await invitations.revoke(work, invitation_id)
    return back(request, "invitations", "invitation-revoked")


async def _start(request: Request, staff: Staff, work: Work, typed: Typed) -> Response:
    return page(
        request,
        "invitations/invitations.html",
        work,
        section="invitations",
        status=422 if typed.problems else 200,
        classes=await lists.classes(work.session, work.school.id),
        view=await view(request, staff, work, *await listed.built(work)),
        whom=WHOM,
        usual=USUAL,
        typed=typed,
        problems=typed.problems,
    )
