"""Somebody without a messenger: the paper application and the paper questionnaire, typed in by the school.

The same verbs and the same ledger as in the chat; only the method says «paper». Source: issue «Joining».
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from actions import enrolment, guardians, journal, paper, questionnaires
from actions.enrolment import Application
from actions.guardians import Adult
from actions.work import Work
from program.ages import OF_AGE, Consenter, full_years
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind
from program.errors import Refusal
from program.guardians import require_elder
from program.instrument_answers import Unreadable, read_answer
from program.instruments import Instrument, Value, next_question
from program.names import folded
from program.roles import Category, PersonState, Side
from program.roster_draft import PUPIL_AGES
from program.text import Text
from storage import people
from storage import roster as stored
from storage.tables import Person


@dataclass(frozen=True)
class Paper:
    """What stands on the application of a pupil.

    Args:
        kinds: purposes to which the signers agree.
        signed_self: the pupil's own signature is on it (needed from 14).
        guardian: who signed for the child; None only for somebody of 18 or older.
        of_class: entered by the teacher of this class, who decides nothing about others and takes nobody's decision
            back; "": by the curator.
        exception: why this adult may sign though too near to the child in age; goes into the journal.
    """

    last_name: str
    first_name: str
    middle_name: str
    class_name: str
    born: date
    side: Side
    form: str
    kinds: Sequence[ConsentKind]
    signed_on: date
    number: str = ""
    signed_self: bool = False
    guardian: Adult | None = None
    exception: str = ""
    of_class: str = ""


async def enter(work: Work, given: Paper) -> Person:
    """The pupil with a place in the programme, the guardian and both signatures; nothing of it if one fails.

    A pupil of the school's list is recognised; one who takes part already only gets the new papers.

    Raises:
        Refusal: the paper contradicts itself, or the record is closed.
    """
    _check(work, given)
    async with work.session.begin_nested():
        child = await _child(work, given)
        application = Application(
            category=Category.PUPIL,
            places=[(given.side, given.form)],
            channel=Channel.WEB,
            first_name=given.first_name,
            last_name=given.last_name,
            middle_name=given.middle_name,
            class_name=given.class_name,
            birth_date=given.born,
        )
        await enrolment.register(work, child.id, application)
        for consenter, giver in await _signers(work, child, given):
            await paper.enter(
                work,
                child,
                given.kinds,
                ConsentEvent.GIVEN,
                consenter=consenter,
                giver=giver,
                signed_on=given.signed_on,
                number=given.number,
            )
    return child


async def questionnaire(work: Work, person: Person) -> Instrument | None:
    """The next questionnaire of joining that this person has not filled in; None: nothing is missing.

    Raises:
        Refusal: the consents do not hold yet.
    """
    facts = await enrolment.intake_facts(work, person.id)
    if not facts["in_base"]:
        raise Refusal("paper-answers-early")
    for code, version in facts["questionnaires"].items():
        return await questionnaires.version(work, code, version)
    return None


def read_sheet(instrument: Instrument, typed: Mapping[str, str]) -> tuple[dict[str, Value], dict[str, Text]]:
    """(answers, what is wrong by question). Questions that a branch leaves out are not read."""
    answers: dict[str, Value] = {}
    wrong: dict[str, Text] = {}
    while question := next_question(instrument, answers):
        said = typed.get(question.id, "").strip()
        answers[question.id] = None
        if not said:
            if question.required:
                wrong[question.id] = Text("paper-answers-needed")
            continue
        try:
            answers[question.id] = read_answer(question, said)
        except Unreadable as unreadable:
            wrong[question.id] = unreadable.text
    return answers, wrong


async def answer(work: Work, person: Person, code: str, version: int, answers: Mapping[str, Value]) -> None:
    """Keeps a questionnaire filled in on paper as the person's own; afterwards nobody edits it.

    Raises:
        Refusal: it is filled in already, or a question that must be answered is not.
    """
    if await people.lock(work.session, person.id) is None:
        raise Refusal("paper-answers-once")
    facts = await enrolment.intake_facts(work, person.id)
    if facts["questionnaires"].get(code) != version:
        raise Refusal("paper-answers-once")
    async with work.session.begin_nested():
        await enrolment.complete(work, person.id, answers={code: (version, answers)})
        after = {"code": code, "version": version, "method": "paper"}
        await journal.note(work, "person.answered-on-paper", f"person:{person.id}", after=after)


def _check(work: Work, given: Paper) -> None:
    age = full_years(given.born, work.today)
    if given.born > work.today:
        raise Refusal("roster-born-future", day=f"{given.born:%d.%m.%Y}")
    if age not in PUPIL_AGES:
        raise Refusal("roster-born-age", day=f"{given.born:%d.%m.%Y}", age=age)
    if given.signed_on <= given.born:
        raise Refusal("paper-signed-before")
    if age < OF_AGE and given.guardian is None:
        raise Refusal("paper-guardian-needed")
    if age >= OF_AGE and not given.signed_self:
        raise Refusal("paper-own-needed")
    adult = given.guardian
    if adult is not None and _name(adult) == _name(given):
        raise Refusal("paper-guardian-is-child")
    if adult is not None:
        if not adult.born:
            raise Refusal("guardian-born-needed")
        require_elder(adult.born, given.born, work.today, exception=bool(given.exception))


async def _child(work: Work, given: Paper) -> Person:
    """The pupil of the school's list, else a new one."""
    await stored.lock(work.session, work.school.id)
    alike = [
        one
        for one in await stored.listed(work.session, work.school.id)
        if one.category == Category.PUPIL
        and _name(one)[:2] == _name(given)[:2]
        and (not one.middle_name or not given.middle_name or _name(one) == _name(given))
        and (one.birth_date == given.born if one.birth_date else one.class_name == given.class_name)
    ]
    if len(alike) > 1:
        raise Refusal("roster-ambiguous")
    if alike:
        if alike[0].state == PersonState.FROZEN:
            raise Refusal("roster-frozen")
        if given.of_class and alike[0].class_name != given.of_class:
            raise Refusal("paper-other-class")
        return alike[0]
    child = Person(school_id=work.school.id, category=Category.PUPIL, created_at=work.now)
    child.class_name = given.class_name
    work.session.add(child)
    await work.session.flush()
    return child


async def _signers(work: Work, child: Person, given: Paper) -> list[tuple[Consenter, Person]]:
    signers: list[tuple[Consenter, Person]] = []
    if given.guardian is not None:
        signers.append((Consenter.GUARDIAN, await _guardian(work, child, given.guardian, given)))
    if given.signed_self:
        signers.append((Consenter.SELF, child))
    return signers


async def _guardian(work: Work, child: Person, adult: Adult, given: Paper) -> Person:
    """The adult whose signature the school has seen: known to this child already, else named and confirmed."""
    guardian = await _named(work, child, adult, again=not given.of_class)
    if given.exception:
        after = {"guardian": guardian.id, "reason": given.exception}
        await journal.note(work, "guardian.exception", f"person:{child.id}", after=after)
    return guardian


async def _named(work: Work, child: Person, adult: Adult, *, again: bool) -> Person:
    for bond in await people.guardians_of(work.session, child.id):
        if _name(bond.guardian) == _name(adult):
            await guardians.confirm(work, bond.guardian_id, child.id, again=again)
            return bond.guardian
    guardian = await guardians.bind(work, child, adult)
    await guardians.confirm(work, guardian.id, child.id)
    return guardian


def _name(one: Person | Adult | Paper) -> tuple[str, str, str]:
    return folded(one.last_name), folded(one.first_name), folded(one.middle_name)
