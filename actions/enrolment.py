"""Joining the programme: arriving by a link, registering, entering the base once consents hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions import (
    consent_life,
    consent_texts,
    consents,
    invitations,
    journal,
    linking,
    questionnaires,
    visitors,
)
from actions.places import CLOSED_TO_PAIRS
from actions.tell import tell
from actions.work import Work
from program.ages import Consenter, full_years
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentKind, ConsentMethod, ConsentState, lasts_until
from program.eligibility import require_age
from program.errors import Refusal
from program.forms import FORMS
from program.outgoing import Choice, Message
from program.retention import Basis
from program.roles import Category, PersonState, Side
from program.states import ParticipationStatus
from program.text import Text
from program.ways import PARTICIPATION
from storage import consents as ledger
from storage import people
from storage.tables import Address, Invitation, Participation, Person

# What a person answers before being matched. Source: domain.md 4.3.
INTAKE = {Side.MENTOR: "INT_MO", Side.MENTEE: "INT_ME_P"}
INTAKE_TEACHER_MENTEE = "INT_ME_T"


@dataclass(frozen=True)
class Application:
    """What somebody says in order to join.

    Args:
        places: side and form, one or two of each.
        decisions: own consents by kind; a pupil below 14 gives none.
        shown: ids of the texts that were shown; by default the newest.
    """

    category: Category
    places: Sequence[tuple[Side, str]]
    channel: Channel
    first_name: str = ""
    last_name: str = ""
    middle_name: str = ""
    class_name: str = ""
    birth_date: date | None = None
    position: str = ""
    workplace: str = ""
    decisions: Mapping[ConsentKind, bool] = field(default_factory=dict)
    shown: Mapping[ConsentKind, int] = field(default_factory=dict)
    token: str = ""


@dataclass(frozen=True)
class Registered:
    """How it went on: `guardian_token` where a parent's word is needed, `complete` where nothing is missing."""

    guardian_token: str
    complete: bool


async def arrive(work: Work, person: Person, address: Address, token: str) -> tuple[Person, bool]:
    """Somebody opened an invitation in a chat: who they are from now on, and whether the token is good.

    A visitor with a personal invitation becomes the invited person; one with any other invitation goes
    over to its school. An address that is somebody's already stays theirs. The card of somebody who has
    joined is used up by whoever opens it first.
    """
    invitation = await people.invitation(work.session, token)
    if invitation is not None and invitation.purpose == linking.PURPOSE:
        return await linking.arrive(work, person, address, invitation)
    if invitation is None or not people.usable(invitation, work.now):
        return person, False
    if await _opens_a_member(work, invitation) and (
        person.state == PersonState.VISITOR or address.channel == Channel.WEB
    ):
        return await linking.arrive(work, person, address, invitation)
    if person.state != PersonState.VISITOR:
        return person, invitation.person_id in (None, person.id) and invitation.school_id == person.school_id
    if invitation.person_id is not None:
        invited = await people.lock(work.session, invitation.person_id)
        if invited is None or invited.state == PersonState.ERASED:
            return person, False
        begun = await people.address_on(work.session, invited.id, Channel(address.channel))
        if invited.state == PersonState.INVITED and begun is not None and begun.unreachable_since is None:
            return person, False  # a second account of one messenger: somebody else holds the card
        address.person_id, address.school_id = invited.id, invited.school_id
        await work.session.flush()
        await visitors.forget(work, person)
        return invited, True
    person.school_id = address.school_id = invitation.school_id
    return person, True


async def flow_of(work: Work, token: str) -> str:
    """Which conversation an invitation opens."""
    invitation = await people.invitation(work.session, token)
    if invitation is not None and invitation.purpose == "guardian":
        return "guardian"
    if invitation is not None and (invitation.purpose == "link" or await _opens_a_member(work, invitation)):
        return "linked"  # one more channel of somebody who is here already
    return "join"


async def _opens_a_member(work: Work, invitation: Invitation) -> bool:
    """Whether it is a printed card of somebody who has joined: one more way to them, not a way to join.

    It opens what they have said and been told, so it works once, and their other chats hear of it.
    """
    if invitation.person_id is None or invitation.purpose != "any":
        return False
    owner = await people.get(work.session, invitation.person_id)
    return owner is not None and owner.state != PersonState.INVITED


async def facts(work: Work, person_id: int, token: str) -> dict[str, Any]:
    """What the join conversation needs to know; JSON."""
    person = await people.get(work.session, person_id)
    assert person is not None
    invitation = await people.invitation(work.session, token) if token else None
    if invitation is not None and not people.usable(invitation, work.now):
        invitation = None
    taken = await people.participations_of(work.session, person.id, work.settings.year)
    return {
        "known": person.state == PersonState.INVITED,
        "member": person.state == PersonState.ACTIVE,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "called": _called(person),
        "class_name": person.class_name or (invitation.class_name if invitation else ""),
        "category": person.category or _category_of(invitation),
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "side": invitation.purpose if invitation and invitation.purpose in tuple(Side) else "",
        "form": invitation.form if invitation else "",
        "forms": list(work.settings.forms),
        "form_names": dict(work.settings.form_names),
        "ages": dict(work.settings.ages),
        "taken": [[place.side, place.form] for place in taken],
        "school": work.school.name,
        "curator": work.settings.curator_name,
        "consented": await _own_words(work, person),
        "texts": consent_texts.refer(await consent_texts.newest(work, Consenter.SELF)),
    }


async def _own_words(work: Work, person: Person) -> list[str]:
    """Kinds to which the person has agreed and not taken it back; only those in force today."""
    lines = (await ledger.ledger(work.session, [person.id])).get(person.id, [])
    last = {line.kind: line for line in lines if line.consenter == Consenter.SELF}
    return [
        kind
        for kind, line in last.items()
        if line.event == ConsentEvent.GIVEN and (line.valid_until is None or line.valid_until >= work.today)
    ]


async def register(work: Work, person_id: int, application: Application) -> Registered:
    """Writes down who joins, as what, and their own consents.

    Raises:
        Refusal: a required consent was refused, no place was chosen that fits the person, or the school
            says that the person is there no longer.
    """
    person = await people.lock(work.session, person_id)
    assert person is not None
    if person.erase_basis == Basis.LEFT:
        raise Refusal("join-left")
    _check(application)
    born = person.birth_date or application.birth_date
    for side, form in application.places:
        require_age(work.settings.ages, form, side, full_years(born, work.today) if born else None)
    _describe(work, person, application)
    for side, form in application.places:
        await _take_place(work, person, side, form)
    await _own_consents(work, person, application)
    await _use_up(work, person, application.token)
    await journal.note(
        work,
        "person.joined",
        f"person:{person.id}",
        after={"places": [[side.value, form] for side, form in application.places]},
    )
    await refresh(work, person, in_talk=True)
    token = ""
    if await _waits_for_guardian(work, person):
        token = (await invitations.guardian_invitation(work, person)).token
    return Registered(token, complete=not token)


async def refresh(work: Work, person: Person, *, in_talk: bool = False) -> None:
    """Brings places and channels in line with the consents that hold now.

    All required ones hold: the person enters the base and is asked for the questionnaire. What follows
    otherwise is told in `actions.consent_life`. Safe to call at any time.

    Args:
        in_talk: the person is just joining, and the questionnaire follows in the same conversation.
    """
    await work.session.flush()
    known = (await consents.states(work, [person]))[person.id]
    await consent_life.settle(work, person, known)
    holding = all(known[kind] is ConsentState.GIVEN for kind in REQUIRED)
    places = await people.participations_of(work.session, person.id, work.settings.year)
    waiting = [place for place in places if place.status == ParticipationStatus.CONSENT_PENDING]
    if holding:
        for place in waiting:
            PARTICIPATION.require(place.status, ParticipationStatus.IN_BASE)
            place.status = ParticipationStatus.IN_BASE
            place.enrolled_at = place.enrolled_at or work.now
        if waiting and not in_talk:
            await _invite_to_intake(work, person)


async def intake_facts(work: Work, person_id: int) -> dict[str, Any]:
    """What is still unknown about somebody in the base: missing fields and unanswered questionnaires; JSON."""
    person = await people.get(work.session, person_id)
    assert person is not None
    places = await people.participations_of(work.session, person.id, work.settings.year)
    in_base = [
        place for place in places if place.enrolled_at is not None and place.status not in CLOSED_TO_PAIRS
    ]
    codes = list(dict.fromkeys(intake_code(person, place.side) for place in in_base))
    versions = {
        code: (await questionnaires.current(work, code)).version
        for code in codes
        if not await questionnaires.finished(work, person.id, code, round=work.settings.year)
    }
    return {
        "in_base": bool(in_base),
        "to_admit": any(place.side == Side.MENTOR and not place.admitted for place in in_base),
        "pupil": person.category == Category.PUPIL,
        "category": person.category or "",
        "last_name": bool(person.last_name),
        "birth_date": person.birth_date is not None or person.category != Category.PUPIL,
        "questionnaires": versions,
    }


async def complete(
    work: Work,
    person_id: int,
    *,
    last_name: str = "",
    birth_date: date | None = None,
    answers: Mapping[str, tuple[int, Mapping[str, Any]]],
) -> None:
    """Ends the intake: missing fields, answers, and the person is looked for a pair.

    Args:
        answers: by instrument code: version and answers by question.
    """
    person = await people.lock(work.session, person_id)
    assert person is not None
    # Answers first: they were asked for under what was known then; the birth date may ask for another word.
    for code, (version, given) in answers.items():
        await questionnaires.save(work, person, code, version, dict(given), round=work.settings.year)
    person.last_name = last_name or person.last_name
    person.birth_date = birth_date or person.birth_date
    for place in await people.participations_of(work.session, person.id, work.settings.year):
        if place.status == ParticipationStatus.IN_BASE:
            PARTICIPATION.require(place.status, ParticipationStatus.SEARCHING)
            place.status = ParticipationStatus.SEARCHING
        code = intake_code(person, place.side)
        if place.side == Side.MENTOR and code in answers:
            place.capacity = _capacity(answers[code][1], place.capacity)
    await journal.note(work, "person.answered", f"person:{person.id}", after={"codes": sorted(answers)})
    # A birth date may show that another word is needed (14 to 17: the teenager's own as well).
    await refresh(work, person)


async def _use_up(work: Work, person: Person, token: str) -> None:
    """Counts the joining. A link for one, opened by two, is the first one's."""
    if token and not await invitations.use(work, token):
        invitation = await people.invitation(work.session, token)
        if invitation is None or invitation.person_id != person.id:
            raise Refusal("join-link-used")


def _check(application: Application) -> None:
    if not application.places:
        raise Refusal("join-no-place")
    for side, form in application.places:
        if form not in FORMS or side not in FORMS[form].side_of(application.category):
            raise Refusal("join-no-place")
    for kind in REQUIRED:
        if application.decisions.get(kind) is False:
            raise Refusal("join-refused")


def _describe(work: Work, person: Person, application: Application) -> None:
    """Fills what is not known yet; what the school's list says is not overwritten."""
    person.category = person.category or application.category
    for name in ("first_name", "last_name", "middle_name", "class_name", "position", "workplace"):
        if not getattr(person, name):
            setattr(person, name, getattr(application, name))
    person.birth_date = person.birth_date or application.birth_date
    person.joined_at = person.joined_at or work.now
    if (
        person.state != PersonState.FROZEN
    ):  # a consent taken back stays so: only consents that hold let return
        person.state = PersonState.ACTIVE
        person.erase_after, person.erase_basis = None, ""


async def _take_place(work: Work, person: Person, side: Side, form: str) -> None:
    for place in await people.participations_of(work.session, person.id, work.settings.year):
        if (place.side, place.form) == (side, form):
            return
    work.session.add(
        Participation(
            school_id=work.school.id,
            person_id=person.id,
            side=side,
            form=form,
            year=work.settings.year,
            status=ParticipationStatus.CONSENT_PENDING,
            created_at=work.now,
        )
    )
    await work.session.flush()


async def _own_consents(work: Work, person: Person, application: Application) -> None:
    if not application.decisions:
        return
    texts = await consent_texts.shown(work, Consenter.SELF, application.shown)
    method = ConsentMethod.WEB_FORM if application.channel is Channel.WEB else ConsentMethod.BOT_BUTTON
    for kind, agreed in application.decisions.items():
        await consents.say(
            work,
            person,
            kind,
            ConsentEvent.GIVEN if agreed else ConsentEvent.REFUSED,
            consenter=Consenter.SELF,
            giver=person,
            method=method,
            channel=application.channel,
            text=texts[kind],
            valid_until=lasts_until(kind, work.today) if agreed else None,
        )


async def _waits_for_guardian(work: Work, person: Person) -> bool:
    needed = consents.needed(work, person)
    known = (await consents.states(work, [person], REQUIRED))[person.id]
    return Consenter.GUARDIAN in needed and any(state is not ConsentState.GIVEN for state in known.values())


async def _invite_to_intake(work: Work, person: Person) -> None:
    """Told outside the conversation: the last consent often comes from somebody else."""
    await tell(
        work,
        person,
        Message(
            (Text("join-in-base"),), ((Choice(Text("join-intake-start"), "f:intake", style="primary"),),)
        ),
        key=f"in-base:{person.id}:{work.settings.year}",
    )


def _called(person: Person) -> str:
    """How the person is asked «Это вы?»: a pupil by first name, an adult by first and middle name."""
    if person.category == Category.PUPIL:
        return person.first_name
    return f"{person.first_name} {person.middle_name}".strip()


def _category_of(invitation: Invitation | None) -> str:
    return Category.PUPIL.value if invitation is not None and invitation.class_name else ""


def intake_code(person: Person, side: Side) -> str:
    if side == Side.MENTEE and person.category == Category.TEACHER:
        return INTAKE_TEACHER_MENTEE
    return INTAKE[Side(side)]


def _capacity(answers: Mapping[str, Any], otherwise: int) -> int:
    value = answers.get("INT_MO.7")
    return value if isinstance(value, int) and value > 0 else otherwise
