"""A person's card: the whole story on one page, in the order in which it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import (
    comparisons,
    consents,
    directories,
    early_warning,
    leaving,
    mentor_wishes,
    questionnaire_results,
)
from actions.accounts import Staff
from actions.asked_by_rule import closed_codes
from actions.naming import OBLIQUE, Case, in_case
from actions.questionnaires import current
from actions.work import Work
from admin.access import may
from admin.journal_words import action_text, actors
from admin.pages.person import card_of
from admin.show import page
from admin.visit import Reading, Signed, looked
from program.consents import REQUIRED, ConsentKind, ConsentState
from program.directories import Directory
from program.errors import Refusal
from program.instruments import Instrument
from program.next_steps import Due, Facts, Step, steps
from program.pauses import pause_of
from program.roles import PersonState, Side
from program.selection import TOPIC
from program.states import MeetingStatus, PairStatus, ParticipationStatus
from program.templates import TEMPLATES, Pick
from storage import encounters, journal_lines, lists, own_templates, selection, stories
from storage import pairs as pair_rows
from storage import people as people_rows
from storage.journal_lines import Wanted
from storage.tables import Address, Meeting, Pair, Participation, Person

router = APIRouter(prefix="/people/{person_id}")

PLANNED = (MeetingStatus.PROPOSED, MeetingStatus.CONFIRMED)
HISTORY = 30  # lines of the journal; the whole of it stands in the journal itself

# Papers that are made for one person.
PAPERS = tuple(one.code for one in TEMPLATES if one.pick is Pick.PERSON)


@dataclass(frozen=True)
class Begun:
    """A questionnaire somebody has begun: its words, the question at which they stand, of how many."""

    title: Any
    number: int
    of: int


@router.get("", name="person")
async def person(request: Request, staff: Signed, work: Reading, person_id: int) -> Response:
    who = await card_of(work, staff, person_id)
    await looked(request, staff, work, "person.opened", f"person:{who.id}")
    session, school = work.session, work.school.id
    in_pairs = await pair_rows.of_person(session, school, who.id)
    guardians = await people_rows.guardians_of(session, who.id)
    states = (await consents.states(work, [who]))[who.id]
    met = await stories.meetings(session, school, [pair.id for pair in in_pairs], work.now)
    quiz = await _questionnaires(work, who)
    worries = await _worries(work, staff, in_pairs)
    facts = await _facts(work, staff, who, in_pairs, met[2])
    due = _due(who, facts, states, guardians, worries, quiz["begun"]) if who.state in leaving.HERE else []
    return page(
        request,
        "people/person.html",
        work,
        section="people",
        person=who,
        due=due,
        here=who.state in leaving.HERE,
        left=leaving.left(who),
        pause=pause_of(who.preferences),
        can_invite=who.state in (PersonState.INVITED, PersonState.ACTIVE),
        heard=_heard(who.addresses),
        cases=[(case, in_case(who, case), case.value in who.name_cases) for case in OBLIQUE],
        whom=in_case(who, Case.DATIVE),
        needed=sorted(consents.needed(work, who)),
        states={kind: state for kind, state in states.items() if kind is not ConsentKind.EMPLOYMENT},
        ledger=(ledger := await lists.consents_of(session, school, who.id)),
        givers=await lists.names(session, school, (line.given_by or 0 for line in ledger)),
        guardians=guardians,
        children=await people_rows.children_of(session, who.id),
        pairs=in_pairs,
        partners={pair.id: [m for m in pair.members if m.person_id != who.id] for pair in in_pairs},
        worries=worries,
        met=_counts(met[0]),
        ahead=met[1],
        behind=met[2],
        one_offs=reversed(await encounters.everything_of(session, school, who.id)),
        compared=may(staff.role, "comparison-person") and bool(await comparisons.change_of(work, who.id)),
        sent=await stories.messages(session, school, who.id),
        won=await stories.achievements(session, school, who.id) if may(staff.role, "plan-won-file") else (),
        papers=PAPERS if may(staff.role, "paper-make") and who.participations else (),
        thanked=await own_templates.of_person(session, school, who.id) if may(staff.role, "award") else (),
        genders=mentor_wishes.GENDERS,
        wishes_same=mentor_wishes.wishes_same(who.preferences),
        **quiz,
        **await _selection(work, staff, who),
        **await _history(work, staff, who),
    )


def _heard(addresses: Sequence[Address]) -> Address | None:
    """The chat in which the person was last heard of."""
    return max(addresses, key=lambda one: one.used_at, default=None)


def _counts(by_status: dict[str, int]) -> dict[str, int]:
    return {
        "held": by_status.get(MeetingStatus.HELD, 0),
        "planned": sum(by_status.get(one, 0) for one in PLANNED),
        "missed": by_status.get(MeetingStatus.MISSED, 0),
    }


async def _worries(work: Work, staff: Staff, in_pairs: Sequence[Pair]) -> dict[int, list[Any]]:
    """Open reasons of each pair that this reader may read; a class teacher reads none."""
    if not may(staff.role, "worries"):
        return {}
    rows = await stories.worries(work.session, work.school.id, [pair.id for pair in in_pairs])
    found: dict[int, list[Any]] = {}
    for one in early_warning.readable(rows, staff.role):
        found.setdefault(one.pair_id, []).append(one)
    return found


async def _facts(
    work: Work, staff: Staff, who: Person, in_pairs: Sequence[Pair], behind: Sequence[Meeting]
) -> dict[str, Any]:
    """What has to be asked for, only where the reader may act on it."""
    offered = [pair.id for pair in in_pairs if pair.status == PairStatus.OFFERED]
    may_help, may_pair = may(staff.role, "help"), may(staff.role, "pair")
    return {
        "help": may_help and await stories.asks_for_help(work.session, work.school.id, who.id),
        "silent": await stories.silent_in(work.session, work.school.id, who.id, offered)
        if offered and may_pair
        else [],
        "unsettled": [one.id for one in behind if one.status == MeetingStatus.CONFIRMED] if may_pair else [],
    }


def _due(
    who: Person,
    facts: dict[str, Any],
    states: dict[ConsentKind, ConsentState],
    guardians: Sequence[Any],
    worries: dict[int, list[Any]],
    begun: Sequence[Begun],
) -> list[Step]:
    """What somebody should do now, in words of `story-due-…`."""
    places = [place for place in who.participations if place.status != ParticipationStatus.ARCHIVED]
    lost = [one for one in who.addresses if one.unreachable_since]
    found = steps(
        Facts(
            **facts,
            guardians_waiting=sum(not bond.confirmed_at and not bond.ended_at for bond in guardians),
            consents=not places or all(states[kind] is ConsentState.GIVEN for kind in REQUIRED),
            reached=None if not who.addresses else len(lost) < len(who.addresses),
            unadmitted=[one.id for one in places if _candidate(one)],
            worrying=sorted(worries),
            stopped=[one.number for one in begun],
            searching=[one.id for one in places if one.status == ParticipationStatus.SEARCHING],
        )
    )
    # Whoever stands for a child only takes part in nothing and need not be invited.
    return found if places else [one for one in found if one.due not in (Due.INVITE, Due.CONSENT)]


def _candidate(place: Participation) -> bool:
    waiting = (ParticipationStatus.REGISTERED, ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING)
    return place.side == Side.MENTOR and not place.admitted and place.status in waiting


async def _questionnaires(work: Work, who: Person) -> dict[str, Any]:
    """Filled in, begun and still open. Of an anonymous poll nobody is told whether this person has answered."""
    answered = await questionnaire_results.of_person(work, who.id)
    codes = await stories.answered_codes(work.session, work.school.id, who.id, work.settings.year)
    shut = await closed_codes(work)
    begun, waiting, inside = [], [], set()
    for code, step in await stories.inside(work.session, work.school.id, who.id):
        one = await _known(work, code)
        if one is not None and not one.anonymous:
            inside.add(code)
            begun.append(Begun(one.title.text, _number(one, step), len(one.questions)))
    asked = await stories.invited_to(work.session, work.school.id, who.id, work.settings.year)
    for code, at in asked.items():
        if code in inside or code in codes or code in shut:
            continue
        one = await _known(work, code)
        if one is not None and not one.anonymous:
            waiting.append((one.title.text, at))
    return {"answered": answered, "begun": begun, "waiting": waiting}


async def _known(work: Work, code: str) -> Instrument | None:
    try:
        return await current(work, code)
    except Refusal:
        return None


def _number(instrument: Instrument, step: str) -> int:
    """Which question is open; the first where the step is none of its questions (a choice of whom it is about)."""
    ids = [question.id for question in instrument.questions]
    return ids.index(step) + 1 if step in ids else 1


async def _selection(work: Work, staff: Staff, who: Person) -> dict[str, Any]:
    """Interviews and training of a mentor: the curator, the head and the psychologist (domain.md 7.5)."""
    if not may(staff.role, "candidate"):
        return {"talks": (), "trained": ()}
    talks = (await selection.talks(work.session, work.school.id, [who.id])).get(who.id, [])
    marks = (await selection.marks(work.session, work.school.id, [who.id])).get(who.id, {})
    attended = {item: mark.done_on for item, mark in marks.items() if item.startswith(TOPIC)}
    topics = await directories.entries(work, Directory.TRAINING, everything=True) if attended else []
    trained = [(one.name, attended[TOPIC + one.slug]) for one in topics if TOPIC + one.slug in attended]
    return {"talks": talks, "trained": trained}


async def _history(work: Work, staff: Staff, who: Person) -> dict[str, Any]:
    """The last lines of the journal about this person, in words, as far as the reader may read them."""
    if not may(staff.role, "journal"):
        return {"history": (), "words_of": {}, "actors": {}, "lines": 0}
    reach = early_warning.reach(staff.role)
    lines, count = await journal_lines.some(
        work.session, work.school.id, reach, Wanted(person=who.id, looks=False)
    )
    shown = lines[:HISTORY]
    return {
        "history": shown,
        "lines": count,
        "words_of": {line.action: action_text(line.action) for line in shown},
        "actors": await actors(work, shown, reach),
    }
