"""What follows when consents change: places put aside and returned, contact stopped, the clock of deletion.

Source: domain.md 8.1-8.4; house promise P7.
"""

from __future__ import annotations

from collections.abc import Mapping

import structlog

from actions import acceptance, consents, journal, meetings, pair_life, pairs, takedowns
from actions.meeting_messages import concerned, partner, when
from actions.places import drop, hold, hold_pairs, hold_people, release
from actions.tell import tell
from actions.webchat import web_address
from actions.work import Work
from program.channels import Channel
from program.consents import REQUIRED, ConsentKind, ConsentState
from program.courtesy import polite_from
from program.outgoing import PRIORITY, Choice, Concerns, Kind, say
from program.retention import AFTER_WITHDRAWAL, Basis
from program.roles import PersonState, Side
from program.states import MeetingStatus, PairStatus, ParticipationStatus
from program.text import Text
from storage import consent_lists as lists
from storage import meetings as meeting_rows
from storage import outbox, people
from storage import pairs as pair_rows
from storage import privacy as rows
from storage.tables import Pair, Person

log = structlog.get_logger()

OVER = (ParticipationStatus.WITHDRAWN, ParticipationStatus.FINISHED, ParticipationStatus.ARCHIVED)
PAUSED_FOR = lists.PAUSED_FOR


async def settle(work: Work, person: Person, known: Mapping[ConsentKind, ConsentState]) -> None:
    """Brings places, pairs and messages in line with the consents that hold now. Safe to call at any time.

    All required ones hold: what was put aside returns. One was taken back: contact stops, the clock of
    deletion starts. Anything else (run out, refused, to be given anew): put aside until it holds.
    """
    if person.state == PersonState.ERASED:
        return
    await hold_people(work, [person.id])
    if person.erase_basis == Basis.LEFT:  # only the curator's word brings somebody back to the school
        await takedowns.mind(work, person, known[ConsentKind.PUBLICATION])
        return
    if all(known[kind] is ConsentState.GIVEN for kind in REQUIRED):
        await _return(work, person)
    elif any(known[kind] is ConsentState.WITHDRAWN for kind in REQUIRED):
        await freeze(work, person)
    else:
        await _put_aside(work, person)
    await _mind_messengers(work, person, known[ConsentKind.MESSENGER])
    await takedowns.mind(work, person, known[ConsentKind.PUBLICATION])


async def freeze(work: Work, person: Person) -> None:
    """Stops every contact at once and starts the clock of deletion; until it has run out all can return."""
    if person.state not in (PersonState.ACTIVE, PersonState.INVITED):
        return
    await hold_people(work, [person.id])
    person.state = PersonState.FROZEN
    due = work.now + AFTER_WITHDRAWAL
    if not (person.erase_basis and person.erase_after is not None and person.erase_after < due):
        person.erase_after, person.erase_basis = due, Basis.WITHDRAWAL
    assert person.erase_after is not None
    await work.session.flush()
    await leave_pairs(work, person)
    for place in await people.participations_of(work.session, person.id, work.settings.year):
        if place.status not in OVER:
            place.status_before = place.status_before or place.status
            place.status = ParticipationStatus.WITHDRAWN
    await _silence(work, person)
    await takedowns.take_down(work, person, ConsentState.WITHDRAWN)
    await lists.end_conversation(work.session, person.id, speaking=work.actor == f"person:{person.id}")
    await journal.note(
        work, "person.frozen", f"person:{person.id}", after={"erase_after": person.erase_after.isoformat()}
    )
    log.info("person.frozen", person=person.id)


async def leave_pairs(work: Work, person: Person) -> None:
    """Ends every pair that takes a place; out of groups the person goes, the group stays."""
    for pair_id in await lists.holding_pairs(work.session, work.school.id, person.id):
        await _leave(work, person, pair_id)


async def _leave(work: Work, person: Person, pair_id: int) -> None:
    """Ends a pair, or takes the person out of a group. The others hear neutral words without a name."""
    pair, places = await hold(work, pair_id)
    here = pair_rows.present(pair)
    mine = next((one for one in here if one.person_id == person.id), None)
    if mine is None:
        return
    if mine.stands_in_until is not None:
        await pair_life.end_substitution(work, pair.id)
        return
    left = [one for one in here if one is not mine and one.stands_in_until is None]
    goes_on = pair.is_group and {one.side for one in left} == set(Side)
    if goes_on:
        mine.left_at, mine.aside_since = work.now, None
        await work.session.flush()
        await release(work, places[mine.participation_id], PairStatus.STOPPED)
        note = {"pair": pair.id, "person": person.id}
        await journal.note(work, "pair.left", f"pair:{pair.id}", after=note)
        if pair.status == PairStatus.ACTIVE and not pair_rows.can_meet(pair):
            await _pause(work, pair)
        return
    told = [one.person for one in left if one.person.state == PersonState.ACTIVE]
    ahead = [
        one.starts_at
        for one in await meeting_rows.of_pair(work.session, pair.id)
        if one.starts_at is not None and one.starts_at > work.now and one.status == MeetingStatus.CONFIRMED
    ]
    if pair.status in (PairStatus.SUGGESTED, PairStatus.APPROVED):
        await drop(work, pair)
        return
    if pair.status == PairStatus.OFFERED:
        await acceptance.fall_through(work, pair, person.id)
        return
    await pairs.close(work, pair.id, PairStatus.STOPPED)
    for reader in told:
        # No name: nothing is told of somebody who has taken the consent back. The hour says which pair it was.
        text = Text("consent-pair-ended")
        if ahead:
            text = Text("consent-pair-ended-meeting", {"when": when(work, ahead[-1], reader)})
        message = say(text, Choice(Text("menu-pair"), "f:my-pair"), Choice(Text("menu-curator"), "f:curator"))
        await tell(work, reader, message, key=f"pair-ended:{pair.id}:{reader.id}")


async def _silence(work: Work, person: Person) -> None:
    """Drops what waits to be sent to the person or tells of the person; answers to what was asked still go."""
    for row in await outbox.waiting(work.session, work.school.id, now=work.now, person_id=person.id):
        concerns = Concerns.from_json(row.body.get("concerns", {}))
        mine = row.person_id == person.id and row.kind != Kind.REPLY and not concerns.formal
        of_me = person.id in (*concerns.people, *concerns.shown) or (
            concerns.ward == person.id and not concerns.formal
        )
        if mine or of_me:
            row.dropped = "consent"
    await work.session.flush()


async def _put_aside(work: Work, person: Person) -> None:
    """Out of the pool until the consent holds again; pairs of two are paused, both sides hear so.

    A group goes on without a mentee, and is paused without one of its mentors or its last mentee.
    """
    places = await people.participations_of(work.session, person.id, work.settings.year)
    moved = [place for place in places if place.status in lists.IN_WORK]
    if not moved:
        return
    for place in moved:
        place.status_before, place.status = place.status, ParticipationStatus.PAUSED
    await work.session.flush()
    for pair_id in await lists.holding_pairs(work.session, work.school.id, person.id):
        pair, _ = await hold(work, pair_id)
        if pair.status == PairStatus.SUGGESTED:
            await drop(work, pair)
        elif pair.is_group and pair.status in (PairStatus.ACTIVE, PairStatus.PAUSED):
            await _out_of_group(work, pair, person)
        elif pair.status == PairStatus.ACTIVE:
            await _pause(work, pair)
    await journal.note(work, "person.put-aside", f"person:{person.id}", after={"places": len(moved)})
    log.info("person.put_aside", person=person.id)


async def _out_of_group(work: Work, pair: Pair, person: Person) -> None:
    """The place in the group is kept, nothing more is sent to the person; the others hear no name."""
    mine = next(one for one in pair_rows.present(pair) if one.person_id == person.id)
    mine.aside_since = work.now
    await work.session.flush()
    await journal.note(work, "pair.member-aside", f"pair:{pair.id}", after={"person": person.id})
    message = say(Text("consent-group-aside"), Choice(Text("menu-curator"), "f:curator")).formally()
    await tell(work, person, message, key=f"group-aside:{pair.id}:{person.id}:{work.today.isoformat()}")
    if pair.status == PairStatus.ACTIVE and not pair_rows.can_meet(pair):
        await _pause(work, pair)


async def _into_group(work: Work, pair: Pair, person: Person) -> None:
    mine = next(one for one in pair_rows.present(pair) if one.person_id == person.id)
    if mine.aside_since is None:
        return
    mine.aside_since = None
    await work.session.flush()
    await journal.note(work, "pair.member-back", f"pair:{pair.id}", after={"person": person.id})
    if pair.status == PairStatus.ACTIVE:
        message = say(Text("consent-group-back"), Choice(Text("menu-pair"), "f:my-pair")).about(person.id)
        await tell(work, person, message, key=f"group-back:{pair.id}:{person.id}:{work.now.isoformat()}")


async def go_on_where_possible(work: Work) -> None:
    """Groups that waited for somebody who has come back, or whom the curator has taken out meanwhile."""
    waiting = await lists.waiting_groups(work.session, work.school.id)
    await hold_pairs(work, waiting)
    for pair_id in waiting:
        pair, _ = await hold(work, pair_id)
        await _go_on(work, pair)


async def _pause(work: Work, pair: Pair) -> None:
    pair.status, pair.paused_for = PairStatus.PAUSED, PAUSED_FOR
    await meetings.call_off(work, pair)
    await journal.note(
        work, "pair.paused", f"pair:{pair.id}", {"status": PairStatus.ACTIVE}, {"status": pair.status}
    )
    for reader in meeting_rows.reachable(pair):
        text = Text("consent-group-paused" if pair.is_group else "consent-pair-paused")
        message = say(text, Choice(Text("menu-curator"), "f:curator")).formally()
        await tell(work, reader, message, key=f"pair-paused:{pair.id}:{reader.id}:{work.today.isoformat()}")


async def _return(work: Work, person: Person) -> None:
    """Places return to where they were, a stopped clock of deletion is forgotten, paused pairs go on."""
    places = await people.participations_of(work.session, person.id, work.settings.year)
    back = [place for place in places if place.status_before]
    thawed = person.state == PersonState.FROZEN
    if thawed:
        person.state = PersonState.ACTIVE
        person.erase_after, person.erase_basis = None, ""
        await journal.note(work, "person.returned", f"person:{person.id}")
    for place in back:
        place.status, place.status_before = ParticipationStatus(place.status_before), ""
    await work.session.flush()
    for pair_id in await lists.holding_pairs(work.session, work.school.id, person.id) if back else ():
        pair, _ = await hold(work, pair_id)
        if pair.is_group:
            await _into_group(work, pair, person)
        if pair.status == PairStatus.PAUSED and pair.paused_for == PAUSED_FOR:
            await _go_on(work, pair)
    if back and not thawed:
        await journal.note(work, "person.taken-back", f"person:{person.id}", after={"places": len(back)})


async def _go_on(work: Work, pair: Pair) -> None:
    members = [one.person for one in pair_rows.present(pair) if one.aside_since is None]
    if not pair_rows.can_meet(pair) or len(await consents.allowed(work, members)) < len(members):
        return
    pair.status, pair.paused_for = PairStatus.ACTIVE, ""
    await journal.note(
        work, "pair.resumed", f"pair:{pair.id}", {"status": PairStatus.PAUSED}, {"status": pair.status}
    )
    if pair.is_group:
        for reader in meeting_rows.reachable(pair):
            message = say(Text("consent-group-resumed"), Choice(Text("menu-pair"), "f:my-pair"))
            key = f"pair-resumed:{pair.id}:{reader.id}:{work.now.isoformat()}"
            await tell(work, reader, message.about(reader.id), key=key)
        return
    for reader in members:
        arrange = Choice(Text("meeting-pick-time"), f"f:meeting:{pair.id}", style="primary")
        message = say(Text("consent-pair-resumed", {"partner": partner(pair, reader)}), arrange)
        message = message.about(*concerned(pair, reader))
        await tell(work, reader, message, key=f"pair-resumed:{pair.id}:{reader.id}:{work.today.isoformat()}")


async def _mind_messengers(work: Work, person: Person, state: ConsentState) -> None:
    """Who refused the messenger is written to on the web page only; what waits goes there as well."""
    refused = state in (ConsentState.REFUSED, ConsentState.WITHDRAWN)
    if bool(person.preferences.get("web_only")) == refused:
        return
    person.preferences = {**person.preferences, "web_only": refused}
    if not refused:
        await outbox.cancel(work.session, f"messenger-last:{person.id}:", "consent", now=work.now)
        return
    name = await web_address(work, person)
    for row in await outbox.waiting(work.session, work.school.id, now=work.now, person_id=person.id):
        if (
            row.person_id == person.id
            and row.kind != Kind.REPLY
            and row.channel in (Channel.TELEGRAM, Channel.VK)
        ):
            row.channel, row.account, row.address = Channel.WEB, "default", name
            row.lane = f"{Channel.WEB}:default:{name}"
    await work.session.flush()
    if person.state != PersonState.FROZEN:
        await _say_where(work, person)


async def _say_where(work: Work, person: Person) -> None:
    """The last word in each messenger: a link to the chat that goes on, nothing about anybody, no reason."""
    choices = (Choice(Text("consent-messenger-open"), url="page:chat"),)
    message = say(Text("consent-messenger-last"), *choices).as_last_word()
    due = polite_from(work.now, work.settings, work.zone, person.category, Kind.NOTICE)
    for one in await rows.addresses(work.session, work.school.id, person.id):
        if one.channel == Channel.WEB or one.unreachable_since is not None:
            continue
        await outbox.put(
            work.session,
            school_id=work.school.id,
            key=f"messenger-last:{person.id}:{one.id}:{work.now.isoformat()}",
            kind=Kind.NOTICE,
            priority=PRIORITY[Kind.NOTICE],
            person_id=person.id,
            channel=one.channel,
            account=one.account,
            address=one.address,
            body=message.to_json(),
            edit_key="",
            created_at=work.now,
            due_at=due,
        )
