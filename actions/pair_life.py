"""What a curator does with a pair at work: a pause, another mentor, somebody who stands in, a new end, the end.

Reasons are for staff; what the two of them hear is neutral. Diary and plan of a pair that is over remain.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from actions import consents, journal, meetings, plan_term
from actions import meeting_messages as messages
from actions.matching import member
from actions.pair_news import CURATOR, MINE, tell_members
from actions.places import hold, hold_pairs, make_room, release, require_open, taken_of
from actions.selection import require_admitted
from actions.tell import tell
from actions.work import Work
from locales import dates
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.pair_life import REASONS, STAFF_ENDS, STAFF_PAUSES, STOOD_IN, By, Wish, days_in, require_new_end
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PAIR, PARTICIPATION
from storage import group_changes, pair_requests, pairs
from storage import meetings as meeting_rows
from storage.consent_lists import PAUSED_FOR
from storage.tables import Pair, PairMember, Participation

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)
REPLACING = REASONS[Wish.REPLACE]


async def pause(work: Work, pair_id: int, reason: str, until: date | None = None) -> Pair:
    """active → paused. What lies ahead is called off; both sides hear that there is a break.

    Args:
        reason: one of `STAFF_PAUSES`, for staff. until: when the curator is to look again.

    Raises:
        Refusal: the pair does not work now, no such reason, or the day is past.
    """
    _require_reason(reason, STAFF_PAUSES)
    pair, _ = await hold(work, pair_id)
    if pair.status != PairStatus.ACTIVE:
        raise Refusal("pair-not-at-work")
    if until is not None and until <= work.today:
        raise Refusal("pair-end-past")
    pair.status, pair.paused_for, pair.paused_until = PairStatus.PAUSED, reason, until
    off = await meetings.call_off(work, pair)
    note = {"status": pair.status, "reason": reason, "until": until.isoformat() if until else None}
    await journal.note(work, "pair.paused", f"pair:{pair.id}", {"status": PairStatus.ACTIVE}, note)
    await tell_members(
        work, pair, "pair-paused-off" if off else "pair-paused", event=f"pair-paused:{work.now.isoformat()}"
    )
    return pair


async def resume(work: Work, pair_id: int) -> Pair:
    """paused → active, by the curator.

    Raises:
        Refusal: it is not paused, waits for a consent, or a consent does not hold.
    """
    pair, _ = await hold(work, pair_id)
    if pair.status != PairStatus.PAUSED:
        raise Refusal("pair-not-paused")
    people = [one.person for one in pairs.present(pair) if one.aside_since is None]
    if (
        pair.paused_for == PAUSED_FOR
        or not pairs.can_meet(pair)
        or len(await consents.allowed(work, people)) < len(people)
    ):
        raise Refusal("pair-consent-lost")
    pair.status, pair.paused_for, pair.paused_until = PairStatus.ACTIVE, "", None
    await journal.note(
        work, "pair.resumed", f"pair:{pair.id}", {"status": PairStatus.PAUSED}, {"status": pair.status}
    )
    arrange = Choice(Text("meeting-pick-time"), f"f:meeting:{pair.id}", style="primary")
    choices = (MINE, CURATOR) if pair.is_group else (arrange, CURATOR)
    event = f"pair-resumed:{work.now.isoformat()}"
    await tell_members(work, pair, "pair-resumed", event=event, choices=choices)
    return pair


async def replace(work: Work, pair_id: int, reason: str, by: By = By.CURATOR) -> Pair:
    """active or paused → replaced: the mentee is looked for another mentor; diary and plan remain.

    Source: domain.md 7.4. The two are not proposed to each other again.

    Raises:
        Refusal: the pair is not at work, no such reason, or it is a group (its members are changed one by one).
    """
    _require_reason(reason, REPLACING)
    pair, places = await hold(work, pair_id)
    if pair.is_group:
        raise Refusal("pair-group-members")
    return await end(work, pair, places, PairStatus.REPLACED, reason=reason, by=by)


async def end(
    work: Work,
    pair: Pair,
    places: dict[int, Participation],
    status: PairStatus,
    *,
    result: str = "",
    reason: str = "",
    by: str = "",
) -> Pair:
    """A held pair at work → completed, stopped or replaced; everybody leaves it and their places are free.

    Args:
        result: what came of it, for reports; "" keeps what stands.
        by: whose wish it was; "" tells the members only if a meeting was ahead (a consent was taken back).

    Raises:
        Refusal: the pair is not at work.
    """
    if pair.status not in AT_WORK:
        raise Refusal("pair-not-active")
    PAIR.require(pair.status, status)
    before = {"status": pair.status}
    pair.status, pair.closed_at, pair.ends_on = status, work.now, work.today
    pair.result = result.strip() or pair.result
    pair.end_reason, pair.end_by = reason, by
    if by:
        await _say_over(work, pair, off=await meetings.call_off(work, pair))
    else:
        await meetings.end_with(work, pair)
    here = pairs.present(pair)
    for one in here:
        one.left_at = work.now
        one.left_for = STOOD_IN if one.stands_in_until is not None else one.left_for
        one.away_until = one.stands_in_until = None
    await work.session.flush()
    for one in here:
        await release(work, places[one.participation_id], status)
    await pair_requests.close_open(work.session, pair.id, work.now, work.actor)
    await group_changes.call_off(work.session, pair.id, work.now)
    after: dict[str, Any] = {"status": status} | {k: v for k, v in (("by", by), ("reason", reason)) if v}
    await journal.note(work, f"pair.{status.value}", f"pair:{pair.id}", before, after)
    return pair


async def _say_over(work: Work, pair: Pair, *, off: bool) -> None:
    """The same neutral words to both sides; to a mentee who loses a mentor also that the search goes on."""
    for reader in meeting_rows.reachable(pair):
        partner = messages.partner(pair, reader)
        texts = [Text("pair-closed" if off else "pair-ended", {"partner": partner})]
        mentee = any(one.person_id == reader.id and one.side == Side.MENTEE for one in pairs.present(pair))
        if pair.status == PairStatus.REPLACED and mentee:
            texts.append(Text("pair-search-goes-on"))
        message = Message(tuple(texts), ((CURATOR,),))
        message = message.about(*messages.concerned(pair, reader))
        await tell(work, reader, message, key=f"pair-closed:{pair.id}:{reader.id}")


async def set_end(work: Work, pair_id: int, wish: Wish, until: date, reason: str) -> Pair:
    """Another last day, after both sides wished it: the caller has seen to that.

    Raises:
        Refusal: the pair is not at work, or it may not end on that day.
    """
    pair, _ = await hold(work, pair_id)
    if pair.status not in AT_WORK or pair.starts_on is None:
        raise Refusal("pair-not-active")
    require_new_end(wish, pair.starts_on, pair.ends_on, until, work.today)
    before = {"ends_on": pair.ends_on.isoformat() if pair.ends_on else None}
    pair.ends_on, pair.extended = until, wish is Wish.LONGER
    after = {"ends_on": until.isoformat(), "reason": reason}
    was = date.fromisoformat(before["ends_on"]) if before["ends_on"] else None
    await plan_term.follow_end(work, pair, wish, was, until)
    action = "pair.extended" if wish is Wish.LONGER else "pair.shortened"
    await journal.note(work, action, f"pair:{pair.id}", before, after)
    for reader in meeting_rows.reachable(pair):
        day = dates.day(until, reader.language)
        text = Text(
            "pair-end-set", {"partner": messages.partner(pair, reader), "until": f"{day} {until.year}"}
        )
        message = Message((text,), ((MINE,),)).about(*messages.concerned(pair, reader))
        await tell(work, reader, message, key=f"pair-end-set:{pair.id}:{reader.id}:{until}:{work.today}")
    return pair


async def substitute(work: Work, pair_id: int, mentor_place: int, until: date) -> Pair:
    """Somebody stands in for the mentor until and including that day; then the mentor is back by itself.

    The mentor's own place stays taken, and one of the other mentor's.

    Raises:
        Refusal: a group, not at work, somebody stands in already, the other is not admitted or has no place,
            or the day is past.
    """
    pair, held = await hold(work, pair_id, [mentor_place])
    if pair.status not in AT_WORK or pair.is_group:
        raise Refusal("pair-group-members" if pair.is_group else "pair-not-active")
    if until <= work.today:
        raise Refusal("pair-end-past")
    own = next(one for one in pairs.present(pair, Side.MENTOR) if one.stands_in_until is None)
    if own.away_until is not None or own.participation_id == mentor_place:
        raise Refusal("pair-substitute-there")
    other = held.get(mentor_place)
    if other is None or other.side != Side.MENTOR or (other.form, other.year) != (pair.form, pair.year):
        raise Refusal("pair-unknown")
    if other.person_id in {one.person_id for one in pairs.present(pair)}:
        raise Refusal("pair-substitute-there")
    require_open(other)
    await require_admitted(work, other)
    await make_room(work, other, 1, but=pair.id)
    await meetings.call_off(work, pair)
    own.away_until = until
    new = await enter(work, pair, other)
    new.stands_in_until = until
    await work.session.flush()
    after = {"mentor": own.person_id, "stands_in": other.person_id, "until": until.isoformat()}
    await journal.note(work, "pair.substitute", f"pair:{pair.id}", after=after)
    pair = (await pairs.lock(work.session, work.school.id, [pair.id]))[0]
    await _say_who_leads(work, pair, "pair-substitute", until)
    return pair


async def end_substitution(work: Work, pair_id: int) -> Pair:
    """The mentor is back; who stood in is free again. Raises Refusal when nobody stands in."""
    pair, places = await hold(work, pair_id)
    guests = [one for one in pairs.present(pair, Side.MENTOR) if one.stands_in_until is not None]
    if not guests or pair.status not in AT_WORK:
        raise Refusal("pair-substitute-none")
    await meetings.call_off(work, pair)
    for one in guests:
        one.left_at, one.stands_in_until, one.left_for = work.now, None, STOOD_IN
    for one in pairs.present(pair, Side.MENTOR):
        one.away_until = None
    await work.session.flush()
    for one in guests:
        await release(work, places[one.participation_id], PairStatus.STOPPED)
    await journal.note(work, "pair.mentor-back", f"pair:{pair.id}")
    await _say_who_leads(work, pair, "pair-mentor-back", work.today)
    return pair


async def follow(work: Work) -> None:
    """By the clock: whose time of standing in is over goes, the mentor is back."""
    ended = await pair_requests.members_with_an_end(work.session, work.school.id, work.today)
    await hold_pairs(work, ended)
    for pair_id in ended:
        pair = await pairs.get(work.session, work.school.id, pair_id)
        over = [one for one in pairs.present(pair) if one.stands_in_until] if pair is not None else []
        if pair is not None and pair.status in AT_WORK and over:
            await end_substitution(work, pair_id)


async def search_again(work: Work, pair_id: int, person_id: int) -> Participation:
    """finished → searching, for a member of a pair that is over: somebody leads or wants a pair once more.

    Raises:
        Refusal: no such member, or the person has not finished.
    """
    pair, places = await hold(work, pair_id)
    mine = next((one for one in pair.members if one.person_id == person_id), None)
    if mine is None or places[mine.participation_id].status != ParticipationStatus.FINISHED:
        raise Refusal("pair-not-finished")
    place = places[mine.participation_id]
    PARTICIPATION.require(place.status, ParticipationStatus.SEARCHING)
    place.status, place.finished_at = ParticipationStatus.SEARCHING, None
    await journal.note(work, "pair.searches-again", f"pair:{pair.id}", after={"person": person_id})
    return place


async def _say_who_leads(work: Work, pair: Pair, text: str, until: date) -> None:
    """To everybody who meets now: whom with, and until when."""
    for reader in meeting_rows.reachable(pair):
        mentee = any(one.person_id == reader.id and one.side == Side.MENTEE for one in pairs.present(pair))
        args = {
            "partner": messages.partner(pair, reader),
            "until": dates.day(until, reader.language),
        }
        said = Text(f"{text}-{'mentee' if mentee else 'mentor'}", args)
        arrange = Choice(Text("meeting-pick-time"), f"f:meeting:{pair.id}", style="primary")
        message = Message((said,), ((arrange,), (CURATOR,)))
        message = message.about(*messages.concerned(pair, reader))
        await tell(work, reader, message, key=f"{text}:{pair.id}:{reader.id}:{work.today}")


async def enter(work: Work, pair: Pair, place: Participation) -> PairMember:
    """A new member of a pair at work; who has been in it before comes back in the same row."""
    from_before = next((one for one in pair.members if one.person_id == place.person_id), None)
    if from_before is not None:
        from_before.days_before = days_of(work, pair, from_before)
        if from_before.left_at and from_before.left_at.astimezone(work.zone).date() == work.today:
            from_before.days_before -= 1  # a day of both stays is counted once
        from_before.joined_at, from_before.left_at, from_before.left_for = work.now, None, ""
        from_before.reads_from = None
        return from_before
    new = member(work, Side(place.side), place.id, place.person_id)
    new.pair_id = pair.id
    work.session.add(new)
    await work.session.flush()
    return new


def days_of(work: Work, pair: Pair, one: PairMember) -> int:
    """How many days somebody has been in a pair or group since it began to work, earlier stays with it."""
    if pair.starts_on is None:
        return 0
    first = max(one.joined_at.astimezone(work.zone).date(), pair.starts_on)
    left = one.left_at.astimezone(work.zone).date() if one.left_at else None
    return one.days_before + days_in(first, left, work.today)


async def places_left(work: Work, place: Participation) -> int:
    """How many more mentees a mentor may lead, decided pairs counted."""
    return place.capacity - await taken_of(work, place, pairs.FIRM)


def require_end_reason(reason: str) -> None:
    _require_reason(reason, STAFF_ENDS)


def _require_reason(reason: str, known: tuple[str, ...]) -> None:
    if reason not in known:
        raise Refusal("pair-reason-unknown")
