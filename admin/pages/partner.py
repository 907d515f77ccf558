"""One partner: its card, what it offers, events with it, its people; writing it down and the archive."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import directories
from actions import partners as verbs
from actions.partners import LONGEST_NOTES, Done, Words
from actions.roster import e164
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.directories import Directory
from program.errors import Refusal
from program.ids import id_in
from program.partners import CONTACT_KEPT, Deed, Ground, PartnerState, ending
from program.text import Text, raw
from storage import lists
from storage import partners as rows
from storage.tables import Partner

router = APIRouter(prefix="/partners")

LINES = ("name", "contact", "contact_position", "email", "agreement_number")
MOST_GUESTS = 5000


@router.get("/new", name="partner-new")
async def new(request: Request, staff: Signed, work: Reading) -> Response:
    return await _form(request, work, None, Typed.empty())


@router.post("/new", name="partner-add")
async def add(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    said = _words(typed, work)
    if not typed.problems:
        try:
            made = await verbs.add(work, said)
        except Refusal as refusal:
            typed.refused(_field_of(refusal), refusal)
        else:
            return back(request, "partner", "partner-saved", partner_id=made.id)
    return await _form(request, work, None, typed)


@router.get("/{partner_id}", name="partner")
async def card(request: Request, staff: Signed, work: Reading, partner_id: int) -> Response:
    return await _card(request, work, await _get(work, partner_id), Typed.empty())


@router.get("/{partner_id}/edit", name="partner-edit")
async def edit(request: Request, staff: Signed, work: Reading, partner_id: int) -> Response:
    partner = await _get(work, partner_id)
    return await _form(request, work, partner, Typed.empty(), await _editing(work, partner))


@router.post("/{partner_id}/edit", name="partner-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int) -> Response:
    await turn(work, f"partner:{partner_id}")
    partner = await _get(work, partner_id)
    typed = Typed(form, house(request).texts)
    editing = await _editing(work, partner)
    if not await editing.clashes(work, typed):
        said = _words(typed, work)
        if not typed.problems:
            try:
                await verbs.edit(work, partner_id, said)
            except Refusal as refusal:
                typed.refused(_field_of(refusal), refusal)
            else:
                return back(request, "partner", "partner-saved", partner_id=partner_id)
    return await _form(request, work, partner, typed, editing)


@router.post("/{partner_id}/state", name="partner-turn")
async def turn_to(request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int) -> Response:
    await _get(work, partner_id)
    archive = words(form, "state", 20) == PartnerState.ARCHIVED
    await verbs.turn(work, partner_id, PartnerState.ARCHIVED if archive else PartnerState.ACTIVE)
    return back(
        request, "partner", "partner-archived" if archive else "partner-returned", partner_id=partner_id
    )


@router.post("/{partner_id}/contact/remove", name="partner-contact-forget")
async def forget(request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int) -> Response:
    partner = await _get(work, partner_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-contact"),
        effect=Text("sure-contact-effect", {"partner": raw(partner.name)}),
        do="sure-contact-do",
        stay=str(request.app.url_path_for("partner", partner_id=partner.id)),
        section="partners",
    )
    if asking is not None:
        return asking
    await verbs.forget_contact(work, partner_id)
    return back(request, "partner", "partner-forgotten", partner_id=partner_id)


@router.post("/{partner_id}/deeds", name="partner-deed")
async def deed(request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int) -> Response:
    partner = await _get(work, partner_id)
    typed = Typed(form, house(request).texts)
    kind = typed.one_of("deed", Deed)
    if kind is None:
        return await _card(request, work, partner, typed)
    prefix = f"{kind}-"
    on = typed.day(f"{prefix}on")
    people = typed.number(f"{prefix}people", 0, MOST_GUESTS) if typed.words(f"{prefix}people") else 0
    title = typed.text(f"{prefix}title", 300, "partner-deed-missing")
    if on is not None and not typed.problems:
        try:
            await verbs.note_deed(work, partner_id, Done(kind, title, on, typed.words("resource"), people))
        except Refusal as refusal:
            typed.refused(f"{prefix}title", refusal)
        else:
            return back(request, "partner", f"partner-{kind}", partner_id=partner_id, at=f"{kind}s")
    return await _card(request, work, partner, typed)


@router.post("/{partner_id}/deeds/received", name="partner-deed-received")
async def received(
    request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int
) -> Response:
    await _get(work, partner_id)
    came = words(form, "received", 9) == "yes"
    await verbs.receive(work, partner_id, id_in(words(form, "deed", 20)) or 0, received=came)
    return back(request, "partner", "partner-offer", partner_id=partner_id, at="offers")


@router.post("/{partner_id}/deeds/remove", name="partner-deed-remove")
async def remove_deed(
    request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int
) -> Response:
    partner = await _get(work, partner_id)
    number = id_in(words(form, "deed", 20)) or 0
    title = next((one.title for one in partner.deeds if one.id == number), "")
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-deed"),
        effect=Text("sure-deed-effect", {"title": raw(title or "–"), "partner": raw(partner.name)}),
        do="sure-deed-do",
        stay=str(request.app.url_path_for("partner", partner_id=partner.id)),
        section="partners",
    )
    if asking is not None:
        return asking
    await verbs.remove_deed(work, partner_id, number)
    return back(request, "partner", "partner-removed", partner_id=partner_id)


@router.post("/{partner_id}/people", name="partner-person-add")
async def add_person(
    request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int
) -> Response:
    await _get(work, partner_id)
    await verbs.add_person(work, partner_id, id_in(words(form, "person", 20)) or 0)
    return back(request, "partner", "partner-person", partner_id=partner_id, at="people")


@router.post("/{partner_id}/people/remove", name="partner-person-remove")
async def remove_person(
    request: Request, staff: Signed, work: Changing, form: Fields, partner_id: int
) -> Response:
    partner = await _get(work, partner_id)
    number = id_in(words(form, "person", 20)) or 0
    names = await lists.names(work.session, work.school.id, [number])
    name = names[number].full_name if number in names else "–"
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-partner-person", {"name": raw(name)}),
        effect=Text("sure-partner-person-effect", {"partner": raw(partner.name)}),
        do="sure-partner-person-do",
        stay=str(request.app.url_path_for("partner", partner_id=partner.id)) + "#people",
        section="partners",
        forever=False,
    )
    if asking is not None:
        return asking
    await verbs.remove_person(work, partner_id, number)
    return back(request, "partner", "partner-person", partner_id=partner_id, at="people")


async def _get(work: Work, partner_id: int) -> Partner:
    found = await rows.get(work.session, work.school.id, partner_id)
    if found is None:
        raise HTTPException(404)
    return found


def _words(typed: Typed, work: Work) -> Words:
    phone, email = typed.words("phone", 40), typed.text("email", 200)
    if phone and not e164(phone):
        typed.wrong("phone", "paper-phone")
    if email and ("@" not in email.strip("@") or " " in email):
        typed.wrong("email", "partner-email-odd")
    ground = typed.words("ground")
    contact, position = typed.text("contact", 300), typed.text("contact_position", 300)
    if (contact or position or phone or email) and ground not in tuple(Ground):
        typed.wrong("ground", "partner-ground-missing")
    on, until = (
        typed.day(name) if typed.words(name) else None for name in ("agreement_on", "agreement_until")
    )
    if on and until and until < on:
        typed.wrong("agreement_until", "partner-agreement-odd")
    state = typed.words("state")
    return Words(
        name=typed.text("name", 300, "partner-name-missing"),
        kind=typed.words("kind"),
        state=PartnerState(state) if state in tuple(PartnerState) else PartnerState.ACTIVE,
        contact=contact,
        contact_position=position,
        phone=e164(phone) if phone else "",
        email=email,
        ground=ground,
        agreement_number=typed.text("agreement_number", 64),
        agreement_on=on,
        agreement_until=until,
        forms=typed.chosen("forms", work.settings.known_forms),
        notes=typed.text("notes", LONGEST_NOTES),
    )


def _field_of(refusal: Refusal) -> str:
    return {"partner-kind-unknown": "kind", "partner-ground-missing": "ground"}.get(refusal.text.id, "name")


def kept(partner: Partner | None) -> dict[str, str]:
    """What the fields of the form hold, ticks apart."""
    if partner is None:
        names = (*LINES, "phone", "ground", "agreement_on", "agreement_until", "notes", "kind")
        return dict.fromkeys(names, "") | {"state": PartnerState.ACTIVE.value}
    on, until = partner.agreement_on, partner.agreement_until
    return {name: getattr(partner, name) for name in LINES} | {
        "phone": partner.phone, "ground": partner.contact_ground, "kind": partner.kind, "notes": partner.notes,
        "state": str(partner.state), "agreement_on": on.isoformat() if on else "",
        "agreement_until": until.isoformat() if until else "",
    }  # fmt: skip


async def _chosen(work: Work, partner: Partner | None) -> dict[str, dict[str, Text]]:
    kinds = await directories.entries(work, Directory.PARTNER_KIND, everything=True)
    return {
        "kind": {one.slug: one.name for one in kinds if one.active or (partner and partner.kind == one.slug)},
        "state": {one.value: Text(f"partner-state-{one}") for one in PartnerState},
        "ground": {one.value: Text(f"partner-ground-{one}") for one in Ground},
        "forms": {slug: work.settings.form_name(slug) for slug in work.settings.known_forms},
    }


async def _editing(work: Work, partner: Partner) -> Editing:
    chosen = await _chosen(work, partner)
    fields = {
        name: Field(Text(f"partner-field-{name}"), value, chosen.get(name))
        for name, value in kept(partner).items()
    }
    fields["forms"] = Field(Text("partner-forms"), tuple(partner.forms), chosen["forms"])
    return Editing(f"partner:{partner.id}", fields, (partner.changed_by, partner.changed_at))


async def _form(
    request: Request, work: Work, partner: Partner | None, typed: Typed, editing: Editing | None = None
) -> Response:
    values: dict[str, Any] = kept(partner)
    forms = tuple(partner.forms) if partner else ()
    if typed.problems:
        values = {name: typed.words(name, LONGEST_NOTES) for name in values}
        forms = tuple(typed.many("forms"))
    return page(
        request, "partners/edit.html", work, section="partners", status=422 if typed.problems else 200,
        partner=partner, values=values, chosen=await _chosen(work, partner), forms_chosen=forms,
        problems=typed.problems, longest=LONGEST_NOTES, keeps=CONTACT_KEPT.days,
        **(context(editing, work.now) if editing else {"stamp": "", "clash": None}),
    )  # fmt: skip


async def _card(request: Request, work: Work, partner: Partner, typed: Typed) -> Response:
    kind = await directories.entry(work, Directory.PARTNER_KIND, partner.kind)
    resources = await directories.entries(work, Directory.RESOURCE, everything=True)
    people = {one.person_id for one in partner.people}
    return page(
        request,
        "partners/partner.html",
        work,
        section="partners",
        status=422 if typed.problems else 200,
        partner=partner,
        kind=kind.name if kind else None,
        ending=partner.state != PartnerState.ARCHIVED and ending(partner.agreement_until, work.today),
        over=partner.agreement_until is not None and partner.agreement_until < work.today,
        archived=partner.state == PartnerState.ARCHIVED,
        offers=[one for one in partner.deeds if one.kind == Deed.OFFER],
        events=[one for one in partner.deeds if one.kind == Deed.EVENT],
        resources={one.slug: one.name for one in resources},
        offered=[one for one in resources if one.active],
        outsiders=[one for one in await rows.outsiders(work.session, work.school.id) if one.id not in people],
        known=work.settings.known_forms,
        keeps=CONTACT_KEPT.days,
        today=work.today,
        typed=typed,
        problems=typed.problems,
    )
