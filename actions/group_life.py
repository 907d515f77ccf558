"""Members of a group come and go, with dates; its statistics count by days (domain.md 7.4)."""

from __future__ import annotations

from actions import journal, meetings
from actions import meeting_messages as messages
from actions.pair_life import AT_WORK, enter
from actions.pair_news import CURATOR, MINE, begun
from actions.places import hold, make_room, release, require_open
from actions.selection import require_admitted
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Message
from program.pair_life import REASONS, STAFF_LEAVES, Wish
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from program.text import Text
from program.ways import PARTICIPATION
from storage import meetings as meeting_rows
from storage import outbox, pairs
from storage.tables import Pair

LEAVING = (*STAFF_LEAVES, *REASONS[Wish.END])


async def add(work: Work, pair_id: int, place_id: int) -> Pair:
    """A mentor or mentee joins a group at work today; they hear who it is, the group's mentors too.

    Raises:
        Refusal: not a group at work, not of its form, in it already, not open to pairs, or places are short.
    """
    pair, held = await hold(work, pair_id, [place_id])
    if not pair.is_group or pair.status not in AT_WORK:
        raise Refusal("pair-not-a-group")
    place = held.get(place_id)
    if place is None or (place.form, place.year) != (pair.form, pair.year):
        raise Refusal("pair-group-mixed")
    if place.person_id in {one.person_id for one in pairs.present(pair)}:
        raise Refusal("pair-group-mixed")
    require_open(place)
    if place.side == Side.MENTOR:
        await require_admitted(work, place)
    await _require_places(work, pair, new_mentee=place.side == Side.MENTEE, new_mentor=place_id)
    await enter(work, pair, place)
    PARTICIPATION.require(place.status, ParticipationStatus.PAIRED)
    place.status = ParticipationStatus.PAIRED
    after = {"pair": pair.id, "person": place.person_id, "side": place.side}
    await journal.note(work, "pair.joined", f"pair:{pair.id}", after=after)
    pair = (await pairs.lock(work.session, work.school.id, [pair.id]))[0]
    await _welcome(work, pair, place.person_id)
    return pair


async def remove(work: Work, pair_id: int, person_id: int, reason: str) -> Pair:
    """A member leaves a group at work today; it goes on with the others.

    Raises:
        Refusal: not a group at work, no such member or reason, or nobody would be left on that side.
    """
    if reason not in LEAVING:
        raise Refusal("pair-reason-unknown")
    pair, places = await hold(work, pair_id)
    if not pair.is_group or pair.status not in AT_WORK:
        raise Refusal("pair-not-a-group")
    mine = next((one for one in pairs.present(pair) if one.person_id == person_id), None)
    if mine is None:
        raise Refusal("pair-unknown")
    left = [one for one in pairs.present(pair) if one is not mine]
    if {one.side for one in left} != set(Side):
        raise Refusal("pair-group-last")
    if mine.side == Side.MENTOR:
        await _require_places(work, pair, without=person_id)
    reader = mine.person
    message = Message((Text("pair-left-group", {"title": pair.title}),), ((CURATOR,),)).about(reader.id)
    mine.left_at, mine.left_for = work.now, reason
    await work.session.flush()
    await release(work, places[mine.participation_id], PairStatus.STOPPED)
    for meeting in await meeting_rows.of_pair(work.session, pair.id):
        for prefix in meetings.AHEAD:
            await outbox.cancel(work.session, f"{prefix}:{meeting.id}:{person_id}:", "left", now=work.now)
    await tell(work, reader, message, key=f"pair-left:{pair.id}:{reader.id}:{work.now.isoformat()}")
    after = {"pair": pair.id, "person": person_id, "reason": reason}
    await journal.note(work, "pair.left", f"pair:{pair.id}", after=after)
    return pair


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
