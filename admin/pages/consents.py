"""«Согласия»: who is missing one, whose runs out, who disagrees; deletion and its acts."""

from __future__ import annotations

from datetime import timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import consent_decisions, consents, erasure
from actions.accounts import Staff
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.listing import Source, download, view
from admin.lists import consents as listed
from admin.lists.consents import Line as ListLine
from admin.pages.bulk import OF_CONSENTS, verbs_of
from admin.pages.person import card_of
from admin.show import back, page, version
from admin.tables import Table
from admin.visit import Changing, Fields, Reading, Signed, house
from program.consents import REQUIRED, runs_out
from program.retention import Basis
from program.roles import StaffRole
from program.states import PairStatus
from program.text import Text, raw
from storage import accounts, lists, privacy, waiting
from storage import consent_lists as rows
from storage.tables import Pair, Person

router = APIRouter()

SHOWS = ("missing", "refused", "expiring", "paused", "groups", "differ", "withdrawn")
SOON = 30  # days

Line = tuple[Person, Text]


@router.get("/consents", name="consents")
async def consents_page(request: Request, staff: Signed, work: Reading) -> Response:
    table, source = await _built(request, staff, work)
    return page(
        request,
        "consents/consents.html",
        work,
        section="consents",
        show=table.kept["show"],
        shows=SHOWS,
        view=await view(request, staff, work, table, source),
        verbs=verbs_of(staff, OF_CONSENTS),
        script=version("tables.js"),
    )


@router.post("/consents/file", name="consents-file")
async def consents_file(request: Request, staff: Signed) -> Response:
    return await download(request, staff, lambda work: _built(request, staff, work))


async def _built(request: Request, staff: Staff, work: Work) -> tuple[Table[ListLine], Source[ListLine]]:
    asked = request.query_params.get("show", SHOWS[0])
    show = asked if asked in SHOWS else SHOWS[0]
    own = staff.class_name if staff.role is StaffRole.CLASS_TEACHER else None
    return listed.built(work, show, await _lines(work, show, own))


async def _lines(work: Work, show: str, own: str | None) -> list[Line]:
    school, year = work.school.id, work.settings.year
    if show == "missing":
        said_no = {who.id for who, _ in await consent_decisions.refused(work, own)}
        found = await rows.pending(work.session, school, year, own)
        heard = {bond.child_id for bond in await waiting.guardians(work.session, school, own)}
        return [
            (
                who,
                Text(
                    "ledger-with-school" if who.id in heard else "ledger-waits-days",
                    {"n": (work.now - since).days},
                ),
            )
            for who, since in found
            if who.id not in said_no
        ]
    if show == "refused":
        return [
            (who, Text("ledger-refused-why", {"why": raw(why)}) if why else Text("ledger-refused"))
            for who, why in await consent_decisions.refused(work, own)
        ]
    if show == "expiring":
        return await _expiring(work, own)
    if show == "differ":
        return [(who, Text("ledger-differ-how")) for who in await consent_decisions.unlike(work, own)]
    if show == "withdrawn":
        return [(who, _erased_on(work, who)) for who in await rows.frozen(work.session, school, own)]
    if show == "groups":
        out = await rows.out_of_groups(work.session, school, own)
        return [(who, _in_group(pair, kept=kept)) for who, pair, kept in out]
    aside = await rows.put_aside(work.session, school, year, own)
    states = await consents.states(work, aside, REQUIRED)
    worst = {key: next((s for s in of.values() if s != "given"), "given") for key, of in states.items()}
    return [(who, Text(f"admin-consent-state-{worst[who.id]}")) for who in aside]


def _in_group(pair: Pair, *, kept: bool) -> Text:
    how = ("paused" if pair.status == PairStatus.PAUSED else "goes-on") if kept else "left"
    return Text(f"ledger-group-{how}", {"title": pair.title or f"№ {pair.id}"})


def _from(request: Request) -> str:
    """The list in which the button stood."""
    show = request.query_params.get("show", "")
    return show if show in SHOWS else "differ"


async def _expiring(work: Work, own: str | None) -> list[Line]:
    last = work.today + timedelta(days=SOON)
    found = await rows.running_out(work.session, work.school.id, work.today, last)
    people = await lists.names(work.session, work.school.id, {person for person, _ in found})
    kept = [who for who in people.values() if own is None or who.class_name == own]
    words = await consents.words(work, kept)
    lines = []
    for who in kept:
        ends = [
            day
            for kind in REQUIRED
            for day in runs_out(words[who.id], kind, work.now, work.today, SOON).values()
        ]
        if ends:
            lines.append((who, Text("ledger-until", {"day": f"{min(ends):%d.%m.%Y}"})))
    return lines


def _erased_on(work: Work, who: Person) -> Text:
    assert who.erase_after is not None
    return Text("ledger-erase-on", {"day": f"{who.erase_after.astimezone(work.zone):%d.%m.%Y}"})


@router.post("/consents/{person_id}/out", name="consents-out")
async def out(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-out", {"name": raw(who.full_name or who.first_name)}),
        effect=Text("sure-out-effect"),
        do="sure-out-do",
        stay=f"{request.app.url_path_for('consents')}?show={_from(request)}",
        section="consents",
    )
    if asking is not None:
        return asking
    await consent_decisions.leave_out(work, who)
    return back(request, "consents", "left-out", query=f"show={_from(request)}")


@router.post("/people/{person_id}/guardians/{guardian_id}/end", name="guardian-end")
async def end(
    request: Request, staff: Signed, work: Changing, form: Fields, person_id: int, guardian_id: int
) -> Response:
    who = await card_of(work, staff, person_id)
    adult = (await lists.names(work.session, work.school.id, [guardian_id])).get(guardian_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-bond", {"guardian": raw(adult.full_name if adult else "–")}),
        effect=Text("sure-bond-effect", {"child": raw(who.full_name)}),
        do="sure-bond-do",
        stay=f"{request.app.url_path_for('person', person_id=who.id)}#guardians",
        section="people",
    )
    if asking is not None:
        return asking
    await consent_decisions.end_bond(work, guardian_id, who)
    return back(request, "person", "bond-ended", person_id=who.id)


@router.get("/people/{person_id}/erase", name="person-erase")
async def erase_form(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    return await _erase_form(request, staff, work, person_id, Typed.empty())


@router.post("/people/{person_id}/erase", name="person-erase-do")
async def erase(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    typed = Typed(form, house(request).texts)
    if not typed.many("sure"):
        typed.wrong("sure", "ledger-erase-tick-missing")
        return await _erase_form(request, staff, work, person_id, typed)
    await erasure.erase(work, who.id, Basis(who.erase_basis) if who.erase_basis else Basis.CURATOR)
    return back(request, "deletion-acts", "erased")


async def _erase_form(request: Request, staff: Staff, work: Work, person_id: int, typed: Typed) -> Response:
    return page(
        request,
        "consents/erase.html",
        work,
        section="people",
        status=422 if typed.problems else 200,
        person=await card_of(work, staff, person_id),
        problems=typed.problems,
    )


@router.get("/deletion-acts", name="deletion-acts")
async def acts(request: Request, staff: Signed, work: Reading) -> Response:
    users = await accounts.of_school(work.session, work.school.id)
    return page(
        request,
        "consents/acts.html",
        work,
        section="deletion-acts",
        acts=await privacy.acts(work.session, work.school.id),
        users={f"user:{user.id}": user.name or user.login for user in users},
    )
