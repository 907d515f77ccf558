"""Correcting a card: the name, its cases, class and contacts."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import mentor_wishes, people_cards
from actions.naming import OBLIQUE, in_case, proposed
from actions.people_cards import Card
from actions.work import Work
from admin.forms import Typed
from admin.pages.person import card_of
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.text import Text
from storage.tables import Person

router = APIRouter(prefix="/people/{person_id}/edit")

# The form's fields in order: name, label, how many characters.
WORDS = (
    ("last_name", "story-last-name", 100), ("first_name", "story-first-name", 100),
    ("middle_name", "story-middle-name", 100), ("class_name", "story-class", 20),
    ("position", "story-position", 200), ("workplace", "story-workplace", 200),
    ("phone", "story-phone", 40), ("email", "story-email", 200),
)  # fmt: skip


@router.get("", name="person-edit")
async def edit(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    return _form(request, work, who, Typed.empty(), _editing(who))


@router.post("", name="person-edit-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    await turn(work, f"person:{person_id}")
    who = await card_of(work, staff, person_id)
    typed = Typed(form, house(request).texts)
    editing = _editing(who)
    if await editing.clashes(work, typed):
        return _form(request, work, who, typed, editing)
    words = {name: typed.text(name, longest) for name, _, longest in WORDS}
    born = typed.day("birth_date", latest=work.today) if typed.words("birth_date") else None
    gender = typed.words("gender", 10)
    card = Card(birth_date=born, gender=gender if gender in mentor_wishes.GENDERS else "", **words)
    cases = {case.value: typed.text(f"case-{case}", 300) for case in OBLIQUE}
    for field, refusal in people_cards.wrong(card).items():
        typed.refused(field, refusal)
    if typed.problems:
        return _form(request, work, who, typed, editing)
    await people_cards.correct(work, who.id, card, cases)
    return back(request, "person", "corrected", person_id=who.id)


def _editing(who: Person) -> Editing:
    """The card as the form shows it."""
    genders = {one: Text(f"board-gender-one-{one}") for one in mentor_wishes.GENDERS}
    fields = {name: Field(Text(label), getattr(who, name)) for name, label, _ in WORDS}
    fields["birth_date"] = Field(Text("story-born"), who.birth_date.isoformat() if who.birth_date else "")
    fields["gender"] = Field(Text("story-gender"), who.gender, genders)
    fields |= {f"case-{case}": Field(Text(f"story-case-{case}"), in_case(who, case)) for case in OBLIQUE}
    return Editing(f"person:{who.id}", fields)


def _form(request: Request, work: Work, who: Person, typed: Typed, editing: Editing) -> Response:
    return page(
        request,
        "people/edit.html",
        work,
        section="people",
        status=422 if typed.problems else 200,
        person=who,
        lines=WORDS,
        hints={"phone": "story-phone-hint", "class_name": "story-class-hint"},
        values={
            name: typed.words(name) if typed.problems else field.value
            for name, field in editing.fields.items()
        },
        genders=mentor_wishes.GENDERS,
        cases=OBLIQUE,
        proposed={case: proposed(who, case) for case in OBLIQUE},
        problems=typed.problems,
        **context(editing, work.now),
    )
