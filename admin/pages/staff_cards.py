"""Cards that the staff fill in: observation, SWOT, conditions, climate. One generic form for all.

The interview card stands in the list as a way to «Отбор», where it is written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import card_evidence, staff_cards
from actions.accounts import Staff
from actions.work import Work
from admin.access import may
from admin.forms import Typed
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, sees
from program.errors import Refusal
from program.instrument_answers import Unreadable, in_words, read_answer
from program.instruments import Instrument, Question, QuestionKind, Value
from program.roles import StaffRole
from program.selection import CARD as INTERVIEW
from program.staff_cards import climate, swot, verdict
from storage import accounts, lists, people, selection
from storage.tables import Person

router = APIRouter(prefix="/staff-cards")


@router.get("", name="staff-cards")
async def all_cards(request: Request, staff: Signed, work: Reading) -> Response:
    return page(
        request,
        "questionnaires/cards.html",
        work,
        section="staff-cards",
        cards=staff_cards.cards_of(staff.role),
        interview=INTERVIEW,
        classes=await lists.classes(work.session, work.school.id),
    )


@router.get("/{code}", name="staff-card")
async def card(
    request: Request,
    staff: Signed,
    work: Reading,
    code: str,
    person: str = "",
    class_name: str = "",
    again: bool = False,
) -> Response:
    if code == INTERVIEW:
        return await _to_selection(request, staff, work, person)
    try:
        instrument = await staff_cards.card(work, staff.role, code)
    except Refusal:
        return back(request, "staff-cards")
    subject = await _subject(work, staff, instrument, person)
    if instrument.about and subject is None:
        return await _choose(request, staff, work, instrument, class_name)
    return await _form(request, work, staff, instrument, subject, Typed.empty(), again=again)


@router.post("/{code}", name="staff-card-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, code: str) -> Response:
    instrument = await staff_cards.card(work, staff.role, code)
    typed = Typed(form, house(request).texts)
    subject = await _subject(work, staff, instrument, typed.words("person", 15))
    answers = _answers(typed, instrument)
    revision = int(said) if (said := typed.words("revision", 3)).isdecimal() else 1
    if typed.problems:
        return await _form(request, work, staff, instrument, subject, typed, again=revision > 1)
    user = await accounts.get(work.session, work.school.id, staff.id)
    assert user is not None
    try:
        async with work.session.begin_nested():
            await staff_cards.fill(work, user, instrument, subject, answers, revision)
    except Refusal as refusal:  # filled in meanwhile in another window: what was typed stays
        typed.refused(instrument.questions[0].id, refusal)
        return await _form(request, work, staff, instrument, subject, typed, again=revision > 1)
    query = f"person={subject.id}" if subject else ""
    return back(request, "staff-card", "card-filled", query=query, code=code)


async def _subject(work: Work, staff: Staff, instrument: Instrument, person: str) -> Person | None:
    """The person the card is about; another class or school does not exist."""
    if not instrument.about or not person:
        return None
    found = await people.get(work.session, int(person)) if person.isdecimal() and len(person) < 16 else None
    if not sees(staff, found):
        raise HTTPException(404)
    return found


async def _to_selection(request: Request, staff: Staff, work: Work, person: str) -> Response:
    """To this candidate's card, or to the list of candidates."""
    if not may(staff.role, "candidate"):
        return back(request, "staff-cards")
    for place in await selection.places(work.session, work.school.id, work.settings.year):
        if str(place.person_id) == person:
            return back(request, "candidate", at="interview", place_id=place.id)
    return back(request, "selection", query="state=new")


async def _choose(
    request: Request, staff: Staff, work: Work, instrument: Instrument, class_name: str
) -> Response:
    """Of whom: pupils of a class."""
    if staff.role is StaffRole.CLASS_TEACHER:
        class_name = staff.class_name
    by = lists.Narrowed(class_name=class_name)
    ids = await lists.people(work.session, work.school.id, work.settings.year, by) if class_name else []
    found = await lists.names(work.session, work.school.id, ids)
    return page(
        request,
        "questionnaires/choose.html",
        work,
        section="staff-cards",
        instrument=instrument,
        people=[found[key] for key in ids if key in found],
        classes=await lists.classes(work.session, work.school.id),
        class_name=class_name,
        waiting=await staff_cards.unobserved(work, class_name)
        if instrument.code == staff_cards.OBSERVATION
        else (),
        one_class=staff.role is StaffRole.CLASS_TEACHER,
    )


async def _form(
    request: Request,
    work: Work,
    staff: Staff,
    instrument: Instrument,
    subject: Person | None,
    typed: Typed,
    *,
    again: bool = False,
) -> Response:
    """The card: what was filled in, and the form. `again`: once more over one's own earlier answers."""
    done = await staff_cards.filled(work, instrument, subject)
    users = {user.id: user for user in await accounts.of_school(work.session, work.school.id)}
    mine = [values for response, values in done if response.user_id == staff.id]
    again = again and bool(mine) and staff_cards.may_revise(instrument)
    known = await card_evidence.of(work, instrument)
    offered = {name: str(one.mark) for name, one in known.items() if one.mark is not None}
    return page(
        request,
        "questionnaires/card.html",
        work,
        section="staff-cards",
        status=422 if typed.problems else 200,
        instrument=instrument,
        subject=subject,
        filled=[
            {
                "who": users[response.user_id].name or users[response.user_id].login,
                "mentor": False,
                "at": response.finished_at,
                "verdict": verdict(instrument, values),
                "swot": swot(instrument, values) if instrument.code.startswith("SWOT_") else None,
                "lines": [(q.text.ru, in_words(q, values.get(q.id))) for q in instrument.questions],
            }
            for response, values in done
            if response.user_id in users
        ]
        + await _of_mentors(work, staff, instrument, subject),
        mine=bool(mine) and not again and not typed.problems,
        together=climate([values for _, values in done]) if instrument.code == "CLIMATE" else None,
        may_revise=staff_cards.may_revise(instrument),
        revision=len(mine) + 1,
        evidence=known,
        given=({} if typed.problems else _typed(mine[-1]) if again else offered),
        kinds=QuestionKind,
        marks=range(1, 11),
        typed=typed,
        problems=typed.problems,
    )


async def _of_mentors(
    work: Work, staff: Staff, instrument: Instrument, subject: Person | None
) -> list[dict[str, Any]]:
    """The same shape for cards that mentors filled in in the chat."""
    found = await staff_cards.of_mentors(work, staff.role, instrument, subject)
    who = await lists.names(work.session, work.school.id, (row.person_id or 0 for row, _, _ in found))
    return [
        {
            "who": f"{person.full_name or person.first_name}",
            "mentor": True,
            "at": row.finished_at,
            "verdict": None,
            "swot": None,
            "lines": [(q.text.ru, in_words(q, values[q.id])) for q in filled.questions if q.id in values],
        }
        for row, filled, values in found
        if (person := who.get(row.person_id or 0)) is not None
    ]


def _typed(values: Mapping[str, Value]) -> dict[str, str]:
    """Answers as the form takes them; a SWOT has marks and words only."""
    return {name: str(value) for name, value in values.items() if isinstance(value, (int, str))}


def _answers(typed: Typed, instrument: Instrument) -> dict[str, Value]:
    """What was typed and ticked; an unreadable one is a problem beside its field."""
    found: dict[str, Value] = {}
    for question in instrument.questions:
        try:
            found[question.id] = _answer(typed, question)
        except Unreadable as unreadable:
            typed.wrong(question.id, unreadable.text.id, **unreadable.values)
        if question.required and found.get(question.id) in (None, []):
            typed.wrong(question.id, "quiz-needed")
    return found


def _answer(typed: Typed, question: Question) -> Value:
    if question.kind is QuestionKind.MULTI:
        return list(typed.chosen(question.id, question.codes)) or None
    said = typed.words(question.id, 2500)
    if not said:
        return None
    if question.kind in (QuestionKind.SINGLE, QuestionKind.YES_NO):
        return said if said in question.codes else None
    return read_answer(question, said)
