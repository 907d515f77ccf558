"""The queue of mentees without a pair: support meanwhile, and something to do until somebody is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from actions import journal
from actions.tell import tell
from actions.work import Work
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.pair_life import LONG_WAIT
from program.roles import Side
from program.text import Text
from storage import pairs, queue
from storage.tables import Participation, Person

SUPPORT = ("offered", "wanted", "")  # of the psychologist: offered, asked for, not needed
MEANWHILE = ("flash", "group")


@dataclass(frozen=True)
class InQueue:
    """`days`: waited. What is in the way: `actions.queue_doors.why_waiting`."""

    place: Participation
    person: Person
    since: datetime
    days: int
    long: bool
    suggested: bool


async def everybody(work: Work, form: str = "") -> list[InQueue]:
    """Who waits for a pair, the longest first.

    Args:
        form: of one form; "" for all.
    """
    found = await queue.waits(work.session, work.school.id, work.settings.year, form)
    return [
        InQueue(
            one.place,
            one.person,
            one.since,
            (work.now - one.since).days,
            work.now - one.since > LONG_WAIT,
            one.suggested,
        )
        for one in found
    ]


async def note_support(work: Work, place_id: int, support: str) -> Participation:
    """Whether the psychologist's support was offered or asked for while waiting.

    Offered: the mentee is told once a day at most, kindly and without a word about why.

    Raises:
        Refusal: there is no such mentee or no such mark.
    """
    place, person = await _waiting(work, place_id)
    if support not in SUPPORT:
        raise Refusal("pair-reason-unknown")
    before = {"support": place.support}
    place.support = support
    await journal.note(work, "queue.support", f"person:{person.id}", before, {"support": support})
    if support == "offered":
        choices = ((Choice(Text("menu-help"), "f:help"),), (Choice(Text("menu-curator"), "f:curator"),))
        message = Message((Text("pair-waiting-support"),), choices).about(person.id)
        await tell(work, person, message, key=f"queue-support:{place.id}:{work.today}")
    return place


async def offer_meanwhile(work: Work, place_id: int, what: str) -> bool:
    """Invites to a single meeting or a group until a pair is found, once a day at most.

    Returns:
        False when there is nowhere to write, or it was offered today.

    Raises:
        Refusal: there is no such mentee or offer.
    """
    if what not in MEANWHILE:
        raise Refusal("pair-reason-unknown")
    place, person = await _waiting(work, place_id)
    message = Message(
        (Text(f"pair-waiting-{what}"),), ((Choice(Text("menu-curator"), "f:curator", style="primary"),),)
    ).about(person.id)
    told = await tell(work, person, message, key=f"queue-{what}:{place.id}:{work.today}")
    if told:
        await journal.note(work, "queue.offered", f"person:{person.id}", after={"what": what})
    return told


async def _waiting(work: Work, place_id: int) -> tuple[Participation, Person]:
    held = await pairs.lock_participations(work.session, work.school.id, [place_id])
    place = held.get(place_id)
    if place is None or place.side != Side.MENTEE:
        raise Refusal("pair-unknown")
    return place, place.person
