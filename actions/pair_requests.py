"""What a participant asks for in a pair at work; the other side's word where it is needed; the curator decides.

The reason and the words are read by the curator only. Nobody is told who asked, unless both sides must agree.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog

from actions import group_life, journal, pair_life
from actions.acceptance import hold_known
from actions.care import ask_for_help
from actions.meeting_messages import concerned, partner
from actions.pair_news import CURATOR, MINE
from actions.places import hold, line
from actions.tell import tell
from actions.work import Work
from locales import Texts, dates
from program.errors import Refusal
from program.outgoing import Choice, Message, say
from program.pair_life import MUTUAL, REASONS, URGENT, By, Wish, ends_offered
from program.roles import Side
from program.states import PairStatus, RequestState
from program.text import Text
from storage import matching, pair_requests, pairs, people
from storage import meetings as meeting_rows
from storage.consent_lists import PAUSED_FOR
from storage.tables import Pair, PairMember, PairRequest, Person

log = structlog.get_logger()

LONGEST_WORDS = 300


async def offered(work: Work, person_id: int, pair_id: int, about: int = 0) -> dict[str, Any]:
    """What the person may ask for in this pair, and the last days on offer; JSON.

    Raises:
        Refusal: not a member (or confirmed guardian of one), or the pair is not at work.
    """
    pair, one, _ = await _mine(work, person_id, pair_id, about)
    ends = {
        wish.value: ends_offered(wish, pair.starts_on, pair.ends_on, work.today) if pair.starts_on else []
        for wish in MUTUAL
    }
    me = await people.get(work.session, person_id)
    language = me.language if me else one.person.language
    return {
        "partner": partner(pair, one.person),
        "wishes": [wish.value for wish in _wishes(pair, one) if wish not in MUTUAL or ends[wish.value]],
        "ends": {
            wish: [(day.isoformat(), f"{dates.day(day, language)} {day.year}") for day in days]
            for wish, days in ends.items()
        },
        "group": pair.is_group,
    }


async def ask(
    work: Work,
    person_id: int,
    pair_id: int,
    wish: Wish,
    reason: str = "",
    words: str = "",
    until: date | None = None,
    about: int = 0,
) -> PairRequest:
    """Keeps the wish for the curator; asked again before it was answered, it stays one.

    Another last day is put to every other member first. A reason of safety is a call for help as well.

    Raises:
        Refusal: as `offered`; nothing such may be asked now, no such reason, or a day that cannot be.
    """
    pair, one, by = await _mine(work, person_id, pair_id, about)
    if wish not in _wishes(pair, one):
        raise Refusal("pair-wish-not-now")
    if REASONS[wish] and reason not in REASONS[wish]:
        raise Refusal("pair-reason-unknown")
    standing = await pair_requests.standing(work.session, pair.id, person_id, wish)
    if standing is not None:
        return standing
    days = ends_offered(wish, pair.starts_on, pair.ends_on, work.today) if pair.starts_on else []
    if wish in MUTUAL and until not in days:
        raise Refusal("pair-end-unchanged")
    request = PairRequest(
        school_id=work.school.id, pair_id=pair.id, person_id=person_id, side=by, kind=wish, reason=reason,
        words=line(words, LONGEST_WORDS), until=until if wish in MUTUAL else None,
        said={str(person_id): "yes"} if wish in MUTUAL else {}, state=RequestState.NEW, at=work.now,
    )  # fmt: skip
    work.session.add(request)
    await work.session.flush()
    note = {"kind": wish, "by": by, "reason": reason, "request": request.id}
    await journal.note(work, "pair.asked", f"pair:{pair.id}", after=note)
    if reason in URGENT:
        await ask_for_help(work, person_id, Texts("ru")(Text("pairs-safety")), urgent=True)
    if wish in MUTUAL:
        await _put_to_others(work, pair, request)
    log.info("pair.asked", pair=pair.id, request=request.id, kind=wish.value)
    return request


async def say_on_end(work: Work, person_id: int, request_id: int, yes: bool) -> bool:
    """Another member's word about a new last day; one «no» leaves everything as it is.

    Returns:
        False when the person had said something before; nothing was changed then.

    Raises:
        Refusal: not a member of that pair, or the wish is not open any more.
    """
    request = await pair_requests.get(work.session, work.school.id, request_id)
    if request is None:
        raise Refusal("pair-not-yours")
    pair, _, _ = await _mine(work, person_id, request.pair_id, 0)
    await work.session.refresh(request, ["said", "state"])
    if str(person_id) in request.said:
        return False
    if request.state not in pair_requests.OPEN:
        raise Refusal("pair-wish-over")
    request.said = {**request.said, str(person_id): "yes" if yes else "no"}
    await journal.note(work, "pair.end-said", f"pair:{pair.id}", after={"request": request.id, "yes": yes})
    if not yes:
        await _close(work, request)
        await _tell_asker(work, pair, request, "pair-end-kept")
    return True


async def grant(work: Work, request_id: int, *, until: date | None = None, status: str = "") -> Pair:
    """The curator does what was asked.

    Args:
        until: for a pause, when to look again.
        status: for an end, `completed` or `stopped`.

    Raises:
        Refusal: decided already, not everybody has agreed to a new last day, or the act itself is refused.
    """
    request, pair = await _open(work, request_id)
    wish, by = Wish(request.kind), By(request.side)
    if wish in MUTUAL and not pair_requests.agreed_by_all(request, pair):
        raise Refusal("pair-not-both")
    await _close(work, request)
    if wish is Wish.PAUSE:
        return await pair_life.pause(work, pair.id, request.reason, until)
    if wish is Wish.RESUME:
        return await pair_life.resume(work, pair.id)
    if wish is Wish.REPLACE:
        return await pair_life.replace(work, pair.id, request.reason, by)
    if wish in MUTUAL:
        assert request.until is not None
        return await pair_life.set_end(work, pair.id, wish, request.until, request.reason)
    about = await _member_of(work, pair, request)
    if pair.is_group and about.side == Side.MENTEE:
        return await group_life.remove(work, pair.id, about.person_id, request.reason)
    held, places = await hold(work, pair.id)
    ended = PairStatus.COMPLETED if status == PairStatus.COMPLETED else PairStatus.STOPPED
    return await pair_life.end(work, held, places, ended, reason=request.reason, by=by)


async def keep(work: Work, request_id: int) -> Pair:
    """The curator leaves everything as it is; whoever asked hears a kind word. Raises Refusal as `grant`."""
    request, pair = await _open(work, request_id)
    await _close(work, request)
    await _tell_asker(work, pair, request, "pair-wish-kept")
    await journal.note(work, "pair.wish-kept", f"pair:{pair.id}", after={"request": request.id})
    return pair


def _wishes(pair: Pair, one: PairMember) -> list[Wish]:
    if pair.status == PairStatus.PAUSED:
        found = [] if pair.paused_for == PAUSED_FOR else [Wish.RESUME]
        return [*found, Wish.END] if pair.is_group else [*found, Wish.REPLACE, Wish.END]
    if pair.is_group:
        return [Wish.END] if one.side == Side.MENTEE else [Wish.PAUSE, Wish.LONGER, Wish.SHORTER, Wish.END]
    return [Wish.PAUSE, Wish.REPLACE, Wish.LONGER, Wish.SHORTER, Wish.END]


async def _mine(work: Work, person_id: int, pair_id: int, about: int) -> tuple[Pair, PairMember, By]:
    """The held pair at work, the member who asks or is asked for, and in what part."""
    pair, _ = await hold_known(work, pair_id)
    one = next((m for m in pairs.present(pair) if m.person_id == (about or person_id)), None)
    if pair.status == PairStatus.OFFERED:
        raise Refusal("pair-wish-not-now")
    if pair.status not in pair_life.AT_WORK and (about or person_id) in {m.person_id for m in pair.members}:
        raise Refusal("pair-over")
    if one is None or one.stands_in_until is not None:
        raise Refusal("pair-not-yours")
    by = By(one.side)
    if about and about != person_id:
        guardians = await matching.confirmed_guardians(work.session, work.school.id, [about])
        if person_id not in {guardian.id for guardian in guardians.get(about, [])}:
            raise Refusal("pair-not-yours")
        by = By.GUARDIAN
    return pair, one, by


async def _open(work: Work, request_id: int) -> tuple[PairRequest, Pair]:
    request = await pair_requests.get(work.session, work.school.id, request_id)
    if request is None:
        raise Refusal("pair-unknown")
    pair, _ = await hold(work, request.pair_id)
    await work.session.refresh(request, ["said", "state"])
    if request.state not in pair_requests.OPEN:
        raise Refusal("pair-wish-decided")
    return request, pair


async def _member_of(work: Work, pair: Pair, request: PairRequest) -> PairMember:
    """The member for whom it was asked: the asker, or the asker's child."""
    here = pairs.present(pair)
    mine = next((one for one in here if one.person_id == request.person_id), None)
    if mine is not None:
        return mine
    bonds = await matching.confirmed_guardians(work.session, work.school.id, [one.person_id for one in here])
    for one in here:
        if request.person_id in {guardian.id for guardian in bonds.get(one.person_id, [])}:
            return one
    raise Refusal("pair-unknown")


async def _close(work: Work, request: PairRequest) -> None:
    request.state, request.closed_at, request.closed_by = RequestState.CLOSED, work.now, work.actor
    await work.session.flush()


async def _put_to_others(work: Work, pair: Pair, request: PairRequest) -> None:
    assert request.until is not None
    for reader in meeting_rows.reachable(pair):
        if str(reader.id) in request.said:
            continue
        day = f"{dates.day(request.until, reader.language)} {request.until.year}"
        text = Text(f"pair-{request.kind}-asked", {"partner": partner(pair, reader), "until": day})
        message = say(
            text,
            Choice(Text("pair-button-agree"), f"f:pair-agree:{request.id}.yes", style="primary"),
            Choice(Text("pair-button-keep"), f"f:pair-agree:{request.id}.no"),
            CURATOR,
        ).about(*concerned(pair, reader))
        await tell(work, reader, message, key=f"pair-end-asked:{request.id}:{reader.id}")


async def _tell_asker(work: Work, pair: Pair, request: PairRequest, text: str) -> None:
    asker: Person = request.person
    members = [one.person_id for one in pairs.present(pair)]
    name = partner(pair, asker) if asker.id in members else ""
    choices = (MINE, CURATOR) if name else (CURATOR,)
    message: Message = say(Text(text if name else f"{text}-guardian", {"partner": name}), *choices)
    message = message.about(*(concerned(pair, asker) if name else ()))
    await tell(work, asker, message, key=f"{text}:{request.id}:{asker.id}")
