"""Members of a group come and go, with dates; its statistics count by days (domain.md 7.4)."""

from __future__ import annotations

from datetime import date, datetime, time

from actions import journal, meetings
from actions import meeting_messages as messages
from actions.pair_life import AT_WORK, enter
from actions.pair_news import CURATOR, MINE, begun
from actions.places import hold, hold_pairs, make_room, release, require_open
from actions.selection import require_admitted
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Message
from program.pair_life import REASONS, STAFF_LEAVES, Wish, planned_end, require_day
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PARTICIPATION
from storage import group_changes, outbox, pairs
from storage import meetings as meeting_rows
from storage.tables import GroupChange, Pair, Participation

# Refusals that a planned change may meet and that say it all without a name or a number.
NO_ARGS = ("match-mentor-full", "pair-group-last", "pair-group-mixed", "pair-not-a-group")
LEAVING = (*STAFF_LEAVES, *REASONS[Wish.END])


async def add(work: Work, pair_id: int, place_id: int, since: date | None = None) -> Pair:
    """A mentor or mentee joins a group at work; they hear who it is, the group's mentors too.

    Args:
        since: the first day, today or, where it was not written down at once, earlier.

    Raises:
        Refusal: not a group at work, not of its form, in it already, not open to pairs, places are short, or
            the day is out of reason.
    """
    pair, held = await hold(work, pair_id, [place_id])
    if not pair.is_group or pair.status not in AT_WORK:
        raise Refusal("pair-not-a-group")
    since = since or work.today
    _require_past(work, pair, since)
    place = held.get(place_id)
    if place is None or (place.form, place.year) != (pair.form, pair.year):
        raise Refusal("pair-group-mixed")
    if place.person_id in {one.person_id for one in pairs.present(pair)}:
        raise Refusal("pair-group-mixed")
    require_open(place)
    if place.side == Side.MENTOR:
        await require_admitted(work, place)
    await _require_places(work, pair, new_mentee=place.side == Side.MENTEE, new_mentor=place_id)
    before = next((one for one in pair.members if one.person_id == place.person_id), None)
    if before is not None and before.left_at and since <= _day(work, before.left_at) < work.today:
        raise Refusal("pair-change-too-early")
    new = await enter(work, pair, place)
    if since < work.today:
        # The day counts from then; what the others wrote before they knew of the newcomer stays theirs.
        new.joined_at, new.reads_from = datetime.combine(since, time(), work.zone), work.now
    PARTICIPATION.require(place.status, ParticipationStatus.PAIRED)
    place.status = ParticipationStatus.PAIRED
    after = {"pair": pair.id, "person": place.person_id, "side": place.side, "since": since.isoformat()}
    await journal.note(work, "pair.joined", f"pair:{pair.id}", after=after)
    pair = (await pairs.lock(work.session, work.school.id, [pair.id]))[0]
    await _welcome(work, pair, place.person_id)
    return pair


async def remove(work: Work, pair_id: int, person_id: int, reason: str, last: date | None = None) -> Pair:
    """A member leaves a group at work; it goes on with the others.

    Args:
        last: the last day, today or, where it was not written down at once, earlier.

    Raises:
        Refusal: not a group at work, no such member or reason, nobody would be left on that side, or the day
            is out of reason.
    """
    if reason not in LEAVING:
        raise Refusal("pair-reason-unknown")
    pair, places = await hold(work, pair_id)
    if not pair.is_group or pair.status not in AT_WORK:
        raise Refusal("pair-not-a-group")
    mine = next((one for one in pairs.present(pair) if one.person_id == person_id), None)
    if mine is None:
        raise Refusal("pair-unknown")
    last = last or work.today
    _require_past(work, pair, last)
    if last < _day(work, mine.joined_at):
        raise Refusal("pair-change-too-early")
    left = [one for one in pairs.present(pair) if one is not mine]
    if {one.side for one in left} != set(Side):
        raise Refusal("pair-group-last")
    if mine.side == Side.MENTOR:
        await _require_places(work, pair, without=person_id)
    reader = mine.person
    message = Message((Text("pair-left-group", {"title": pair.title}),), ((CURATOR,),)).about(reader.id)
    mine.left_at, mine.left_for = min(work.now, datetime.combine(last, time.max, work.zone)), reason
    await work.session.flush()
    await release(work, places[mine.participation_id], PairStatus.STOPPED)
    for meeting in await meeting_rows.of_pair(work.session, pair.id):
        for prefix in meetings.AHEAD:
            await outbox.cancel(work.session, f"{prefix}:{meeting.id}:{person_id}:", "left", now=work.now)
    await tell(work, reader, message, key=f"pair-left:{pair.id}:{reader.id}:{work.now.isoformat()}")
    after = {"pair": pair.id, "person": person_id, "reason": reason, "last": last.isoformat()}
    await journal.note(work, "pair.left", f"pair:{pair.id}", after=after)
    return pair


async def plan(work: Work, pair_id: int, place_id: int, day: date, *, comes: bool, reason: str = "") -> None:
    """Somebody is to come on a day ahead, or has that day as the last one. Nobody is told before.

    Whether it can be done is looked at when the day has come. Planned anew, the newer day counts.

    Raises:
        Refusal: not a group at work, in it already or not in it, no such reason, or a day out of reason.
    """
    if not comes and reason not in LEAVING:
        raise Refusal("pair-reason-unknown")
    pair, held = await hold(work, pair_id, [place_id])
    if not pair.is_group or pair.status not in AT_WORK:
        raise Refusal("pair-not-a-group")
    place = held.get(place_id)
    if place is None or (place.form, place.year) != (pair.form, pair.year):
        raise Refusal("pair-group-mixed")
    here = place_id in {one.participation_id for one in pairs.present(pair)}
    if here is comes:
        raise Refusal("pair-group-mixed" if comes else "pair-unknown")
    first = pair.starts_on or work.today
    require_day(day, work.today, first, planned_end(first, pair.ends_on))
    for earlier in await group_changes.of_pair(work.session, work.school.id, pair.id):
        if (earlier.participation_id, earlier.comes) == (place_id, comes):
            earlier.outcome, earlier.closed_at = group_changes.OFF, work.now
    work.session.add(
        GroupChange(
            school_id=work.school.id, pair_id=pair.id, participation_id=place_id, comes=comes, on_day=day,
            reason=reason, at=work.now, by=work.actor,
        )
    )  # fmt: skip
    await work.session.flush()
    after = {"person": place.person_id, "comes": comes, "on": day.isoformat(), "reason": reason}
    await journal.note(work, "pair.change-planned", f"pair:{pair.id}", after=after)


async def unplan(work: Work, pair_id: int, change_id: int) -> None:
    """A planned change is off, or one that could not be done is settled. A second press is harmless."""
    await hold(work, pair_id)
    change = await group_changes.held(work.session, work.school.id, change_id)
    if change is None or change.pair_id != pair_id:
        raise Refusal("pair-unknown")
    if change.outcome in (group_changes.DONE, group_changes.OFF):
        return
    change.outcome, change.closed_at = group_changes.OFF, work.now
    await journal.note(work, "pair.change-off", f"pair:{pair_id}", after={"change": change.id})


async def follow(work: Work) -> int:
    """By the clock: changes whose day has come. One that cannot be done waits for the curator; how many were."""
    due = await group_changes.due(work.session, work.school.id, work.today)
    joining = [one.participation_id for one in due if one.comes]
    await hold_pairs(work, [one.pair_id for one in due], joining)
    done = 0
    for one in due:
        change = await group_changes.held(work.session, work.school.id, one.id)
        if change is None or change.outcome != group_changes.WAITS:
            continue
        try:
            async with work.session.begin_nested():
                await _do(work, change)
            change.outcome = group_changes.DONE
            done += 1
        except Refusal as refusal:
            change.outcome = refusal.text.id
        change.closed_at = work.now
        await work.session.flush()
    return done


async def _do(work: Work, change: GroupChange) -> None:
    if change.comes:
        await add(work, change.pair_id, change.participation_id, change.on_day)
        return
    place = await work.session.get_one(Participation, change.participation_id)
    await remove(work, change.pair_id, place.person_id, change.reason, change.on_day)


def _require_past(work: Work, pair: Pair, day: date) -> None:
    """Raises Refusal unless it is a day of the group's life until today, a month back at most."""
    if day > work.today:
        raise Refusal("pair-change-too-late")
    require_day(day, work.today, pair.starts_on or work.today, work.today)


def _day(work: Work, at: datetime) -> date:
    return at.astimezone(work.zone).date()


async def _welcome(work: Work, pair: Pair, person_id: int) -> None:
    new = next(one for one in pairs.present(pair) if one.person_id == person_id)
    stamp = work.now.isoformat()
    await tell(work, new.person, begun(pair, new.person), key=f"pair-begun:{pair.id}:{person_id}:{stamp}")
    for one in pairs.present(pair, Side.MENTOR):
        if one.person_id != person_id:
            args = {"title": pair.title, "name": messages.called(new.person)}
            message = Message((Text("pair-group-grew", args),), ((MINE,),))
            message = message.about(one.person_id, person_id)
            await tell(work, one.person, message, key=f"pair-grew:{pair.id}:{one.person_id}:{stamp}")


async def _require_places(
    work: Work, pair: Pair, *, new_mentee: bool = False, new_mentor: int = 0, without: int = 0
) -> None:
    """Raises Refusal when the group as it will be takes more places of a mentor than there are."""
    here = [one for one in pairs.present(pair) if one.person_id != without]
    mentors = [one.participation_id for one in here if one.side == Side.MENTOR]
    mentees = sum(one.side == Side.MENTEE for one in here) + new_mentee
    if new_mentor and not new_mentee:
        mentors.append(new_mentor)
    need = -(-mentees // max(1, len(mentors)))
    held = await pairs.lock_participations(work.session, work.school.id, mentors)
    for place in held.values():
        await make_room(work, place, need, but=pair.id)
