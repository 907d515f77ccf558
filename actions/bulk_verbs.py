"""What can be done to many people at once. Each verb is one that exists for a single person."""

from __future__ import annotations

from collections.abc import Sequence

from actions import (
    assignments,
    bulk_sides,
    consent_reminders,
    invitations,
    journal,
    leaving,
    selection,
)
from actions.bulk import CHANGED, Done, Options, Plan, Verb
from actions.work import Work
from program import cells
from program.errors import Refusal
from program.roles import Category, PersonState, Side
from program.states import ParticipationStatus
from program.text import Text
from storage import consent_lists
from storage import invitations as invitation_rows
from storage import selection as selection_rows
from storage.tables import BulkChange, BulkChangeLine, Invitation, Participation, Person

TO_CLASS = "to_class"


# --- a word about a missing consent ---


async def _plan_consent(work: Work, people: Sequence[Person], _: Options) -> Plan:
    plan = await consent_reminders.plan(work)
    asked = {ask.child.id for ask in plan.asks}
    why = {who.id: "lately" for who in plan.lately} | {who.id: "unheard" for who in plan.unheard}
    why |= {who.id: "with-school" for who in plan.with_school}
    made = Plan(lasting=Text("bulk-lasting-messages"))
    for who in people:
        if who.id in asked:
            made.do.append(who)
        else:
            made.skip.append((who, Text(f"bulk-consent-{why.get(who.id, 'not-needed')}")))
    readers = {ask.reader.id for ask in plan.asks if ask.child.id in {who.id for who in made.do}}
    made.says.append(Text("bulk-consent-says", {"n": len(readers)}))
    return made


async def _do_consent(work: Work, people: Sequence[Person], _: Options) -> list[Done]:
    await consent_reminders.send(work, only={who.id for who in people})
    return [Done(who.id) for who in people]


# --- a word about a questionnaire that was asked for and not filled in ---


async def _plan_quiz(work: Work, people: Sequence[Person], _: Options) -> Plan:
    late = {one.person.id for one in await assignments.late(work)}
    heard = await consent_lists.reachable(work.session, work.school.id, late)
    made = Plan(lasting=Text("bulk-lasting-messages"))
    for who in people:
        if who.id in late & heard:
            made.do.append(who)
        else:
            made.skip.append((who, Text("bulk-unheard" if who.id in late else "bulk-quiz-nothing")))
    made.says.append(Text("bulk-quiz-says"))
    return made


async def _do_quiz(work: Work, people: Sequence[Person], _: Options) -> list[Done]:
    told = await assignments.remind_people(work, {who.id for who in people})
    return [Done(who.id, why=None if who.id in told else Text("bulk-unheard")) for who in people]


# --- another class ---


def _class(options: Options) -> str:
    """Raises Refusal: it is no class of a school."""
    name = cells.class_name(options.get(TO_CLASS, ""))
    if not cells.is_class(name):
        raise Refusal("bulk-class-odd")
    return name


async def _plan_class(work: Work, people: Sequence[Person], options: Options) -> Plan:
    name = _class(options) if TO_CLASS in options else ""
    made = Plan()
    for who in people:
        if who.category != Category.PUPIL:
            made.skip.append((who, Text("bulk-class-no-pupil")))
        elif who.class_name == name:
            made.skip.append((who, Text("bulk-class-same", {"name": name})))
        else:
            made.do.append(who)
    made.says.append(Text("bulk-class-says", {"name": name}) if name else Text("bulk-class-says-any"))
    return made


async def _do_class(work: Work, people: Sequence[Person], options: Options) -> list[Done]:
    name, done = _class(options), []
    for who in people:
        done.append(Done(who.id, {"class": who.class_name}, {"class": name}))
        await _into(work, who, name)
    return done


async def _undo_class(work: Work, _: BulkChange, line: BulkChangeLine, person: Person) -> Text | None:
    if person.class_name != line.after["class"]:
        return CHANGED
    await _into(work, person, line.before["class"])
    return None


async def _into(work: Work, person: Person, name: str) -> None:
    before, person.class_name = person.class_name, name
    await journal.note(work, "person.class", f"person:{person.id}", {"class": before}, {"class": name})


# --- cards with a code ---


async def _plan_cards(work: Work, people: Sequence[Person], _: Options) -> Plan:
    made = Plan(says=[Text("bulk-cards-says")])
    for who in people:
        if who.state in (PersonState.INVITED, PersonState.ACTIVE):
            made.do.append(who)
        else:
            made.skip.append((who, Text("bulk-stopped")))
    return made


async def _do_cards(work: Work, people: Sequence[Person], _: Options) -> list[Done]:
    ids = [who.id for who in people]
    before = await invitation_rows.personal(work.session, work.school.id, ids, work.now)
    cards = await invitations.cards(work, people)
    await work.session.flush()
    return [
        Done(who.id, after={} if who.id in before else {"invitation": invitation.id})
        for who, invitation in cards
    ]


async def _undo_cards(work: Work, _: BulkChange, line: BulkChangeLine, person: Person) -> Text | None:
    if "invitation" not in line.after:
        return Text("bulk-cards-older")
    made = await work.session.get(Invitation, line.after["invitation"])
    if made is None or not made.uses_left:
        return Text("bulk-cards-used")
    await invitations.revoke(work, made.id)
    return None


# --- no longer at the school ---


async def _plan_left(work: Work, people: Sequence[Person], _: Options) -> Plan:
    made, in_pairs, until = Plan(), 0, work.today
    for who in people:
        if who.state not in leaving.HERE:
            made.skip.append((who, Text("bulk-stopped")))
            continue
        made.do.append(who)
        effect = await leaving.effect(work, who)
        in_pairs += bool(effect.pairs)
        until = effect.erase_on.astimezone(work.zone).date()
    made.says.append(Text("bulk-left-says", {"day": f"{until:%d.%m.%Y}"}))
    if in_pairs:
        made.lasting = Text("bulk-left-lasting", {"n": in_pairs})
    return made


async def _do_left(work: Work, people: Sequence[Person], _: Options) -> list[Done]:
    held = {
        who.id: len(await consent_lists.holding_pairs(work.session, work.school.id, who.id)) for who in people
    }
    gone = set(await leaving.leave_all(work, [who.id for who in people]))
    return [
        Done(who.id, after={"pairs": held[who.id]}, why=None if who.id in gone else Text("bulk-stopped"))
        for who in people
    ]


async def _undo_left(work: Work, _: BulkChange, line: BulkChangeLine, person: Person) -> Text | None:
    if line.after["pairs"]:
        return Text("bulk-left-pair")
    if not leaving.left(person):
        return CHANGED
    await leaving.come_back(work, person.id)
    return None


# --- admission of mentors ---


async def _plan_admit(work: Work, people: Sequence[Person], _: Options) -> Plan:
    waiting = await _waiting_places(work, people)
    known = await selection.standings(work, [place for of in waiting.values() for place in of])
    made = Plan(says=[Text("bulk-admit-says")])
    for who in people:
        standings = [known[place.id] for place in waiting.get(who.id, ())]
        gaps = [gap.text for one in standings for gap in one.gaps]
        if not standings:
            made.skip.append((who, Text("bulk-admit-nothing")))
        elif gaps:
            made.skip.append((who, Text("bulk-admit-lacks", {"what": selection.listed(gaps)})))
        else:
            made.do.append(who)
    return made


async def _do_admit(work: Work, people: Sequence[Person], _: Options) -> list[Done]:
    waiting, done = await _waiting_places(work, people), []
    for who in people:
        admitted, why = [], None
        for place in waiting[who.id]:
            try:
                admitted.append((await selection.admit(work, who, place.id)).id)
            except Refusal as refusal:
                why = refusal.text
        done.append(Done(who.id, after={"places": admitted}, why=None if admitted else why))
    return done


async def _undo_admit(work: Work, change: BulkChange, line: BulkChangeLine, person: Person) -> Text | None:
    decided = await selection_rows.candidacies(work.session, work.school.id, line.after["places"])
    busy = await selection_rows.in_pairs(work.session, work.school.id, work.settings.year)
    for place_id in line.after["places"]:
        place = await work.session.get(Participation, place_id)
        row = decided.get(place_id)
        if place is None or not place.admitted or row is None or row.admitted_at != change.at:
            return CHANGED
        if place_id in busy:
            return Text("bulk-admit-busy")
    for place_id in line.after["places"]:
        await selection.suspend(work, person, place_id)
    return None


async def _waiting_places(work: Work, people: Sequence[Person]) -> dict[int, list[Participation]]:
    """This year's places as a mentor that wait for the admission, by person."""
    found: dict[int, list[Participation]] = {}
    chosen = {who.id for who in people}
    for place in await selection_rows.places(work.session, work.school.id, work.settings.year):
        open_ = place.side == Side.MENTOR and place.status != ParticipationStatus.PAUSED
        if place.person_id in chosen and not place.admitted and open_:
            found.setdefault(place.person_id, []).append(place)
    return found


VERBS = {
    verb.slug: verb
    for verb in (
        Verb("consent", "consents-remind-do", _plan_consent, _do_consent),
        Verb("quiz", "quiz-remind", _plan_quiz, _do_quiz),
        Verb("cards", "card-sheets-make", _plan_cards, _do_cards, _undo_cards),
        Verb("class", "roster-apply", _plan_class, _do_class, _undo_class, (TO_CLASS,)),
        *bulk_sides.VERBS,
        Verb("admit", "person-admit", _plan_admit, _do_admit, _undo_admit),
        Verb("left", "person-left-do", _plan_left, _do_left, _undo_left),
    )
}
