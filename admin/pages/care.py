"""The psychologist's pages: whom to look after, their calls, and closed notes that nobody else reads."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import care_notes
from actions.accounts import Staff
from actions.work import Work
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.care import About
from program.danger import Danger
from program.roles import PersonState
from storage import accounts, people
from storage import care as rows
from storage.tables import Person, User

router = APIRouter(prefix="/care")


@router.get("", name="care")
async def flagged(request: Request, staff: Signed, work: Reading) -> Response:
    found = await rows.flagged(work.session, work.school.id, work.settings.year)
    return page(request, "care/people.html", work, section="care", people=found)


@router.get("/{person_id}", name="care-person")
async def person(request: Request, staff: Signed, work: Changing, person_id: int) -> Response:
    """Not a `Reading`: that the notes were opened is written into the journal."""
    about = await _about(work, person_id)
    return page(
        request,
        "care/person.html",
        work,
        section="care",
        person=about,
        requests=await rows.requests_of(work.session, work.school.id, about.id),
        notes=await care_notes.read(work, house(request).links.notes, await _user(work, staff), about.id),
        users={
            one.id: one.name or one.login for one in await accounts.of_school(work.session, work.school.id)
        },
        dangers=tuple(Danger),
        abouts=tuple(About),
        longest=care_notes.LONGEST,
    )


@router.post("/{person_id}/notes", name="care-note")
async def note(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    about = await _about(work, person_id)
    said = words(form, "words", care_notes.LONGEST)
    await care_notes.write(work, house(request).links.notes, await _user(work, staff), about.id, said)
    return back(request, "care-person", "care-note", person_id=person_id)


async def _about(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    if found is None or found.school_id != work.school.id or found.state == PersonState.ERASED:
        raise HTTPException(404)
    return found


async def _user(work: Work, staff: Staff) -> User:
    user = await accounts.get(work.session, work.school.id, staff.id)
    if user is None:
        raise HTTPException(404)
    return user
