"""Whether somebody may be told something unasked, looked at right before it is sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from actions import consents
from actions.work import Work
from program.channels import Channel
from program.consents import REQUIRED, ConsentKind
from program.outgoing import Concerns
from program.pauses import pause_of
from program.roles import PersonState
from program.states import PairStatus
from storage import care, meetings, people
from storage import consents as ledger
from storage.tables import Person


async def may_be_told(
    work: Work,
    reader: Person | None,
    channel: Channel,
    body: Mapping[str, Any],
    *,
    taking_part: Collection[int] | None = None,
) -> bool:
    """Whether every consent that this message needs holds now.

    Args:
        reader: None: it goes to everybody, as a post on the wall does.
        taking_part: who has ever had a place, where many were asked for at once.
        body: `program.outgoing.Message` as JSON.

    What asks for a consent, or is the receipt of one taken back, goes to everybody not yet erased.
    """
    concerns = Concerns.from_json(body.get("concerns", {}))
    if not await _all_allowed(work, concerns.shown, (ConsentKind.PUBLICATION,)):
        return False
    if reader is None:
        return True
    if reader.state == PersonState.ERASED:
        return False
    if channel in (Channel.TELEGRAM, Channel.VK) and reader.preferences.get("web_only") and not concerns.last:
        return False
    if concerns.ward and not await _acts_for(work, reader.id, concerns.ward):
        return False
    if concerns.formal:
        return True
    if pause_of(reader.preferences) is not None:
        return False
    if concerns.pair and not await _meet_in(work, concerns.pair, concerns.people):
        return False
    if reader.state == PersonState.FROZEN or not await _all_allowed(work, concerns.people, REQUIRED):
        return False
    if reader.id in concerns.people:
        return True  # what everybody of them needs holds a fortiori for the reader
    if taking_part is None:
        takes_part = await people.takes_part(work.session, reader.id)
    else:
        takes_part = reader.id in taking_part
    return not takes_part or await _all_allowed(work, (reader.id,), (ConsentKind.PD,))


async def _acts_for(work: Work, guardian_id: int, child_id: int) -> bool:
    """Of somebody who is of age nothing is told to a parent any more."""
    child = await people.get(work.session, child_id)
    if child is None or consents.adult_since(work, child) is not None:
        return False
    return (guardian_id, child_id) in await ledger.confirmed_guardians(work.session, [child_id])


async def _meet_in(work: Work, pair_id: int, ids: Collection[int]) -> bool:
    """Whether the pair is at work now and all of these people are in it, none on a break from the group."""
    pair = await meetings.whole(work.session, work.school.id, pair_id)
    if pair is None or pair.status != PairStatus.ACTIVE:
        return False
    if not set(ids) <= {member.person_id for member in meetings.present(pair)}:
        return False
    return not (pair.is_group and await care.apart(work.session, work.school.id, ids))


async def _all_allowed(work: Work, ids: Collection[int], kinds: tuple[ConsentKind, ...]) -> bool:
    if not ids:
        return True
    found = [await people.get(work.session, person_id) for person_id in set(ids)]
    known = [person for person in found if person is not None and person.school_id == work.school.id]
    if any(person.state in (PersonState.FROZEN, PersonState.ERASED) for person in known):
        return False
    return len(await consents.allowed(work, known, *kinds)) == len(found)
