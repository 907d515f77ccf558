"""What a person is asked when a questionnaire is opened, and keeping it: once a school year for each subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import consents, questionnaires
from actions.asked_by_rule import counted_from
from actions.meeting_messages import partner
from actions.questionnaires import Fit
from actions.work import Work
from program.assignments import Due, Who, half, pulse_now
from program.errors import Refusal
from program.feedback import ABOUT_MEETINGS
from program.forms import base_of
from program.instruments import Answers, Audience, Instrument, Option, Wording
from program.names import with_class
from program.polls import PollRules
from program.roles import Category, PersonState, Side
from program.states import PairStatus
from storage import askings, outbox, pairs, people, working_pairs
from storage.meetings import present
from storage.tables import Asking, Person, Response

BEFORE = "PRE_"
MOST_PEOPLE = 16  # as many as VK's keyboard and the web chat show in pairs, with the row of controls below


async def offer(work: Work, person_id: int, wanted: str) -> dict[str, Any]:
    """What the person may fill in now; JSON: code, version, about, round, side, people, child, observes, anonymous.

    Args:
        wanted: the code; with `:<id>` behind it, about that person (a parent about the child, an adult mentor about the
            pupil they lead) or that pair.

    Raises:
        Refusal: there is no such questionnaire, it is not for this person, closed, or filled in already.
    """
    code, _, subject = wanted.partition(":")
    instrument = await questionnaires.current(work, code)
    person = await people.get(work.session, person_id)
    if code in ABOUT_MEETINGS or person is None or not await is_for(work, person, instrument):
        raise Refusal("questionnaire-not-yours")
    await questionnaires.require_consent(work, person)
    facts: dict[str, Any] = {"code": code, "version": instrument.version, "round": work.settings.year}
    facts |= {"about": "", "side": "", "people": [], "child": "", "anonymous": instrument.anonymous}
    if instrument.anonymous:
        return facts  # answered on its page, which asks the rest
    if instrument.about == "pair":
        return facts | await _pulse(work, person, instrument, subject)
    if instrument.about:
        observes = instrument.audience is Audience.MENTOR
        child = await (_pupil if observes else _child)(work, person, subject)
        facts |= {"about": f"person:{child.id}", "child": child.first_name, "observes": observes}
        if instrument.twice:
            facts["round"] = f"{work.settings.year}/{half(work.today)}"
    asking = await askings.newest(work.session, work.school.id, code, work.settings.year, person.id)
    if any(question.source for question in instrument.questions):
        facts |= await _among(work, person, asking)
    if code.startswith(BEFORE) and asking is None and await _begun(work, person):
        raise Refusal(
            "questionnaire-closed", title=instrument.named.text
        )  # it would not be «before» any more
    if asking is not None and (asking.closed_at or asking.closes_at <= work.now):
        raise Refusal("questionnaire-closed", title=instrument.named.text)
    if await questionnaires.finished(work, person_id, code, facts["about"], facts["round"]):
        raise Refusal("questionnaire-done-already", title=instrument.named.text)
    return facts


def fit_of(facts: Mapping[str, Any]) -> Fit:
    """For whom the questions are put together, from what `offer` said."""
    options = tuple(Option(code, Wording(label)) for code, label in facts.get("people", ()))
    return Fit(Side(facts["side"]) if facts.get("side") else None, options)


async def fill(work: Work, person_id: int, facts: Mapping[str, Any], answers: Answers) -> Response:
    """Keeps what was asked by `offer`; otherwise as `questionnaires.save`."""
    person = await people.get(work.session, person_id)
    if person is None:
        raise Refusal("questionnaire-not-yours")
    code, about, round = facts["code"], facts.get("about", ""), facts.get("round", work.settings.year)
    for begin in (askings.FIRST, askings.AGAIN):  # a reminder that waits for the morning is not needed
        await outbox.cancel_one(
            work.session, f"{begin}{code}:{round}:{person_id}:{about}", "answered", now=work.now
        )
    return await questionnaires.save(
        work, person, code, facts["version"], answers, about, round, fit_of(facts)
    )


async def is_for(work: Work, person: Person, instrument: Instrument) -> bool:
    """Whether the person is among those whom this questionnaire asks."""
    if person.state != PersonState.ACTIVE or person.school_id != work.school.id:
        return False
    match instrument.audience:
        case Audience.ANYONE:
            return True
        case Audience.STAFF:
            return False
        case Audience.PARTNER:
            return person.category in (Category.EMPLOYER, Category.OTHER)
        case Audience.PARENT:
            return person.category == Category.PARENT or bool(
                await people.children_of(work.session, person.id)
            )
    taken = await people.participations_of(work.session, person.id, work.settings.year)
    forms = instrument.forms
    sides = {str(place.side) for place in taken if not forms or base_of(place.form) in forms}
    return bool(sides) if instrument.audience is Audience.BOTH else str(instrument.audience) in sides


async def _begun(work: Work, person: Person) -> bool:
    """Whether every pair of the person has held a working meeting already."""
    mine = await pairs.of_person(work.session, work.school.id, person.id, [PairStatus.ACTIVE])
    working = await askings.at_work(work.session, work.school.id, [pair.id for pair in mine])
    return bool(mine) and all(pair.id in working for pair in mine)


async def _pulse(work: Work, person: Person, instrument: Instrument, subject: str) -> dict[str, Any]:
    """The pair's pulse whose turn it is; an old button leads to the newest one."""
    mine = await pairs.of_person(work.session, work.school.id, person.id, [PairStatus.ACTIVE])
    pair = next((one for one in mine if str(one.id) == subject), None)
    if pair is None or not any(member.person_id == person.id for member in present(pair)):
        raise Refusal("questionnaire-not-yours")
    went_on = await working_pairs.resumed(work.session, work.school.id, [pair.id])
    since = counted_from(work, pair, went_on.get(pair.id))
    rules = PollRules.read(work.settings.polls)
    turn = pulse_now(since, work.today, rules.pulse_days) if since else None
    asking = await askings.newest(work.session, work.school.id, instrument.code, work.settings.year)
    if turn is None or not rules.pulse or (asking is not None and asking.closed_at):
        raise Refusal("questionnaire-closed", title=instrument.named.text)
    round = Due(instrument.code, Who.MENTEE, turn.window[1], turn.day).round(work.settings.year)
    if await questionnaires.finished(work, person.id, instrument.code, f"pair:{pair.id}", round):
        raise Refusal("questionnaire-done-already", title=instrument.named.text)
    return {"about": f"pair:{pair.id}", "round": round, "partner": partner(pair, person)}


async def _child(work: Work, parent: Person, subject: str) -> Person:
    """The child with this id, whose parent the school has confirmed."""
    for tie in await people.children_of(work.session, parent.id):
        if subject == str(tie.child_id) and tie.confirmed_at is not None:
            return tie.child
    raise Refusal("questionnaire-not-yours")


async def observed_by(work: Work, mentor: Person) -> list[Person]:
    """Pupils whom this adult leads one to one now, and whose data may be kept."""
    if mentor.category == Category.PUPIL:
        return []
    found = []
    for pair in await pairs.of_person(work.session, work.school.id, mentor.id, [PairStatus.ACTIVE]):
        sides = {member.person_id: member.side for member in present(pair)}
        if not pair.is_group and sides.get(mentor.id) == Side.MENTOR and pair.announced_at is not None:
            found += [m.person for m in present(pair) if m.side == Side.MENTEE]
    pupils = [one for one in found if one.category == Category.PUPIL]
    may = await consents.allowed(work, pupils)
    return [one for one in pupils if one.id in may]


async def _pupil(work: Work, mentor: Person, subject: str) -> Person:
    for pupil in await observed_by(work, mentor):
        if subject == str(pupil.id):
            return pupil
    raise Refusal("questionnaire-not-yours")


async def _among(work: Work, person: Person, asking: Asking | None) -> dict[str, Any]:
    """Whom the person met at the group meeting: those of the other side."""
    if asking is None or person.id not in asking.people:
        raise Refusal("questionnaire-not-yours")
    form = (asking.audience or {}).get("forms", [""])[0]
    places = await askings.places(work.session, work.school.id, work.settings.year, form, asking.people)
    mine = [place.side for place in places if place.person_id == person.id]
    if not mine:
        raise Refusal("questionnaire-not-yours")
    others = [place.person for place in places if place.side != mine[0] and place.person_id != person.id]
    return {
        "side": str(mine[0]),
        "round": f"{work.settings.year}/{asking.id}",
        "people": [[f"p{other.id}", _label(other)] for other in others],
    }


def _label(person: Person) -> str:
    return with_class(person.first_name, person.last_name, person.class_name)[:30]
