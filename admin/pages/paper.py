"""Paper applications and paper questionnaires, typed in by the curator or the class teacher."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import paper_application
from actions.accounts import Staff
from actions.guardians import Adult, Relation
from actions.paper_application import Paper
from actions.roster import e164
from actions.work import Work
from admin.forms import Typed
from admin.pages.person import card_of
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program import cells
from program.consents import ConsentKind
from program.errors import Refusal
from program.forms import open_to
from program.instruments import QuestionKind
from program.roles import Category, Side, StaffRole
from program.text import Text

router = APIRouter()

KINDS = tuple(kind for kind in ConsentKind if kind is not ConsentKind.EMPLOYMENT)


@router.get("/paper", name="paper")
async def blank(request: Request, staff: Signed, work: Reading) -> Response:
    return _form(request, staff, work, Typed.empty())


@router.post("/paper", name="paper-enter")
async def enter(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    typed = Typed(form, house(request).texts)
    given = _read(staff, work, typed)
    if given is None:
        return _form(request, staff, work, typed)
    try:
        child = await paper_application.enter(work, given)
    except Refusal as refusal:
        typed.refused(_about(refusal), refusal)
        return _form(request, staff, work, typed)
    return back(request, "person", "paper-entered", person_id=child.id)


@router.get("/people/{person_id}/answers", name="paper-answers")
async def sheet(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    return await _sheet(request, staff, work, person_id, Typed.empty(), {})


@router.post("/people/{person_id}/answers", name="paper-answers-save")
async def answers(request: Request, staff: Signed, work: Changing, form: Fields, person_id: int) -> Response:
    """The answers once; a second time is refused."""
    who = await card_of(work, staff, person_id)
    typed = Typed(form, house(request).texts)
    instrument = await paper_application.questionnaire(work, who)
    if instrument is None or typed.words("code") != instrument.code:
        raise Refusal("paper-answers-once")
    given = {
        question.id: ", ".join(typed.many(question.id))
        if question.kind is QuestionKind.MULTI
        else typed.words(question.id, 2000)
        for question in instrument.questions
    }
    found, wrong = paper_application.read_sheet(instrument, given)
    if wrong:
        return await _sheet(request, staff, work, person_id, typed, wrong)
    await paper_application.answer(work, who, instrument.code, instrument.version, found)
    return back(request, "person", "paper-answered", person_id=who.id)


def _read(staff: Staff, work: Work, typed: Typed) -> Paper | None:
    """What was typed, or None where something is wrong: each field gets its sentence."""
    own = staff.role is StaffRole.CLASS_TEACHER
    last, first = _name(typed, "last_name", True), _name(typed, "first_name", True)
    middle = _name(typed, "middle_name", False)
    class_name = staff.class_name if own else cells.class_name(typed.words("class_name", 20))
    if not cells.is_class(class_name):
        typed.wrong("class_name", "paper-class")
    born, signed_on = typed.day("born", latest=work.today), typed.day("signed_on", latest=work.today)
    side, _, form = typed.words("place", 60).partition(":")
    if (side, form) not in _places(work):
        typed.wrong("place", "admin-field-choose")
    kinds = [kind for kind in KINDS if kind.value in typed.many("kinds")]
    if not kinds:
        typed.wrong("kinds-1", "admin-paper-no-kind")
    adult = None
    if typed.words("guardian_last") or typed.words("guardian_first"):
        names = [_name(typed, f"guardian_{part}", part != "middle") for part in ("last", "first", "middle")]
        relation = typed.one_of("relation", Relation) or Relation.OTHER
        phone = typed.words("guardian_phone", 40)
        if phone and not e164(phone):
            typed.wrong("guardian_phone", "paper-phone")
        born_in = typed.words("guardian_born", 4)
        if not born_in.isdecimal() or len(born_in) < 4:
            typed.wrong("guardian_born", "guardian-born-unclear")
        year = int(born_in) if born_in.isdecimal() else 0
        adult = Adult(names[0], names[1], names[2], relation, e164(phone) if phone else "", year)
    if typed.problems or born is None or signed_on is None:
        return None
    return Paper(
        last, first, middle, class_name, born, Side(side), form, kinds, signed_on,
        typed.words("number", 60), "1" in typed.many("signed_self"), adult, typed.words("exception", 200),
        staff.class_name if own else "",
    )  # fmt: skip


def _name(typed: Typed, field: str, needed: bool) -> str:
    """One part of a name; look-alike Latin letters come back as Russian ones."""
    words = cells.words(typed.words(field, 200))
    if not words:
        if needed:
            typed.wrong(field, "paper-name")
        return ""
    try:
        part, _ = cells.name_part(words)
    except cells.Unreadable as unreadable:
        typed.problems.setdefault(field, typed.say(unreadable.text))
        return ""
    return cells.in_cyrillic(part) or part


def _about(refusal: Refusal) -> str:
    """The field beside which a sentence about the whole paper stands."""
    begins = {
        "roster-born": "born",
        "paper-signed": "signed_on",
        "paper-guardian": "guardian_last",
        "guardian-": "guardian_born",
        "ledger-guardian": "guardian_last",
        "paper-own": "signed_self-1",
    }
    return next((field for text, field in begins.items() if refusal.text.id.startswith(text)), "last_name")


def _places(work: Work) -> list[tuple[str, str]]:
    """Sides and forms that pupils of this school may take."""
    return [
        (side.value, form.slug)
        for side in (Side.MENTEE, Side.MENTOR)
        for form in open_to(Category.PUPIL, side, work.settings.forms)
    ]


def _form(request: Request, staff: Staff, work: Work, typed: Typed) -> Response:
    t = house(request).texts
    return page(
        request,
        "paper/application.html",
        work,
        section="people",
        status=422 if typed.problems else 200,
        typed=typed,
        problems=typed.problems,
        places=[
            (
                f"{side}:{form}",
                t("paper-place", side=Text(f"admin-side-{side}"), form=work.settings.form_name(form)),
            )
            for side, form in _places(work)
        ],
        kinds=[(kind.value, t(f"admin-consent-kind-{kind}")) for kind in KINDS],
        relations=[(one.value, t(f"guardian-relation-{one}")) for one in Relation],
        own_class=staff.class_name if staff.role is StaffRole.CLASS_TEACHER else "",
        today=work.today,
    )


async def _sheet(
    request: Request, staff: Staff, work: Work, person_id: int, typed: Typed, wrong: dict[str, Text]
) -> Response:
    who = await card_of(work, staff, person_id)
    instrument, trouble = None, None
    try:
        instrument = await paper_application.questionnaire(work, who)
    except Refusal as refusal:
        trouble = refusal.text
    if instrument is None and wrong:
        raise HTTPException(404)
    for field, text in wrong.items():
        typed.problems[field] = typed.say(text)
    return page(
        request,
        "paper/answers.html",
        work,
        section="people",
        status=422 if wrong else 200,
        person=who,
        instrument=instrument,
        trouble=trouble,
        typed=typed,
        problems=typed.problems,
    )
