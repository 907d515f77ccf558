"""«Участники»: the list, narrowed and searched, and the same list as a workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import consents, journal
from actions.accounts import Staff
from actions.work import Work
from actions.workbook import Page, workbook
from admin.show import day, file, page
from admin.visit import Changing, Reading, Signed, house
from program.consents import REQUIRED, ConsentState
from program.forms import FORMS
from program.roles import PersonState, Side, StaffRole
from program.settings import SchoolSettings
from program.states import ParticipationStatus
from program.text import Text
from storage import lists
from storage.tables import Person

router = APIRouter()

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATES = (PersonState.INVITED, PersonState.ACTIVE, PersonState.FROZEN, "guardian", "admission", "unreachable")


@router.get("/people", name="people")
async def people(request: Request, staff: Signed, work: Reading) -> Response:
    by, consent = narrowed(request, staff)
    ids = await found(work, by, consent)
    number = _page_number(request)
    shown = await lists.with_places(
        work.session, work.school.id, ids[(number - 1) * lists.PAGE : number * lists.PAGE]
    )
    query = {name: value for name, value in asdict(by).items() if value and name != "words"}
    query |= {"q": by.words} if by.words else {}
    query |= {"consent": consent} if consent else {}
    return page(
        request,
        "people/people.html",
        work,
        section="people",
        people=shown,
        consents=await agreed(work, shown),
        count=len(ids),
        number=number,
        pages=-(-len(ids) // lists.PAGE),
        by=by,
        consent=consent,
        query=urlencode(query),
        year=work.settings.year,
        classes=await lists.classes(work.session, work.school.id),
        states=STATES,
        enabled=[slug for slug in work.settings.forms if slug in FORMS],
        statuses=tuple(ParticipationStatus),
    )


# A POST: taking a list of names out of the house is written into the journal.
@router.post("/people/file", name="people-file")
async def people_file(request: Request, staff: Signed, work: Changing) -> Response:
    by, consent = narrowed(request, staff)
    shown = await lists.with_places(work.session, work.school.id, await found(work, by, consent))
    known = await agreed(work, shown)
    t = house(request).texts
    rows = [
        (
            person.full_name,
            person.class_name or person.position,
            "; ".join(t(text) for text in places(person, work.settings)),
            t(f"admin-consent-state-{known[person.id]}"),
            person.phone,
            ", ".join(sorted(t(f"admin-channel-{address.channel}") for address in person.addresses)),
        )
        for person in shown
    ]
    heads = ("name", "class", "places", "consent", "phone", "channel")
    sheet = Page(
        name=t("admin-nav-people"),
        columns=[t(f"admin-people-{head}") for head in heads],
        rows=rows,
        title=f"{t('admin-nav-people')} ({len(rows)})",
        lines=[f"{work.school.name}, {day(work.today, work.zone, work.today)}"],
        personal=True,
    )
    await journal.note(work, "people.downloaded", f"school:{work.school.id}", after={"rows": len(rows)})
    data = workbook([sheet], work.now.astimezone(work.zone))
    return file(data, f"{t('admin-nav-people')} {work.today}.xlsx", XLSX)


def narrowed(request: Request, staff: Staff) -> tuple[lists.Narrowed, str]:
    """What the address narrows the list to; a class teacher never sees past the own class."""
    asked = request.query_params
    own = staff.class_name if staff.role is StaffRole.CLASS_TEACHER else asked.get("class_name", "")
    by = lists.Narrowed(
        words=asked.get("q", "").strip()[:100],
        side=_one_of(asked.get("side", ""), Side),
        form=_one_of(asked.get("form", ""), FORMS),
        class_name=own,
        status=_one_of(asked.get("status", ""), ParticipationStatus),
        state=_one_of(asked.get("state", ""), STATES),
    )
    return by, _one_of(asked.get("consent", ""), ("given", "missing"))


async def found(work: Work, by: lists.Narrowed, consent: str) -> list[int]:
    ids = await lists.people(work.session, work.school.id, work.settings.year, by)
    if not consent:
        return ids
    everybody = await lists.bare(work.session, work.school.id, ids)
    given = await consents.allowed(work, everybody)
    return [key for key in ids if (key in given) == (consent == "given")]


async def agreed(work: Work, people: list[Person]) -> dict[int, ConsentState]:
    """Of the consents that taking part needs, the one that is furthest from given."""
    states = await consents.states(work, people, REQUIRED)
    worst = list(ConsentState)
    worst.remove(ConsentState.GIVEN)
    return {
        key: next((state for state in worst if state in of.values()), ConsentState.GIVEN)
        for key, of in states.items()
    }


def places(person: Person, settings: SchoolSettings) -> list[Text]:
    """«наставник, ученик – ученик: в паре» for every place of this year."""
    return [
        Text(
            "admin-place",
            {
                "side": Text(f"admin-side-{place.side}"),
                "form": settings.form_name(place.form),
                "status": Text(f"admin-place-{place.status}"),
            },
        )
        for place in person.participations
        if place.year == settings.year
    ]


def _page_number(request: Request) -> int:
    asked = request.query_params.get("page", "1")
    return max(int(asked), 1) if asked.isdecimal() and len(asked) < 6 else 1


def _one_of(asked: str, known: Iterable[str]) -> str:
    return asked if asked in [str(one) for one in known] else ""
