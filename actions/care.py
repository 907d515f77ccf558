"""Somebody asks for help or writes to the curator: it is kept, receipted, seen at once, taken and closed."""

from __future__ import annotations

from typing import Any

import structlog

from actions import care_alerts, care_reach, early_warning, journal
from actions.tell import tell
from actions.work import Work
from locales import dates
from program.care import CALLING, SAME_MATTER, SAME_TALK, About, CallKind, Step, staff_from
from program.danger import find
from program.errors import Refusal
from program.outgoing import Kind, say
from program.roles import PersonState
from program.settings import NATIONAL_LINE
from program.states import RequestState
from program.text import Text
from storage import care as rows
from storage import people
from storage.tables import HelpRequest

log = structlog.get_logger()

LONGEST_ACTION = 300
LONGEST_CARD = 4000  # characters that answers about one pair come to


async def ask_for_help(
    work: Work, person_id: int, words: str, *, urgent: bool, kind: CallKind = CallKind.CARD, about: str = ""
) -> HelpRequest:
    """Puts a card on the curator's screen. Its words are read by the curator and the psychologist only.

    The same words make one card, whoever asks for it: those of this turn, and worrying ones that a card of the
    same talk holds already. What one person says about one pair joins the card that nobody has taken yet.

    Args:
        about: of `program.care.About` or `program.danger.Danger`; of a card that an answer has made, `pair:<id>`.
        urgent: the first adults are told in their chats at once, and the clock runs.
    """
    joined = await _of_this_turn(work, person_id, words)
    if joined is None and urgent and words:
        joined = await _of_this_talk(work, person_id, words)
    if joined is not None:
        joined.words = max(joined.words, words, key=len)
    elif (
        joined := await _of_this_pair(work, person_id, words, about)
    ) is not None and words not in joined.words:
        joined.words = f"{joined.words}\n\n{words}"
    if joined is not None:
        if urgent and not joined.urgent:
            joined.urgent = True
            await care_alerts.call_in(work, joined)
        return joined
    request = await put(work, person_id, words, urgent=urgent, kind=kind, about=about)
    await note_made(work, request)
    return request


async def put(
    work: Work, person_id: int, words: str, *, urgent: bool, kind: CallKind, about: str
) -> HelpRequest:
    """The card and the alerts without a line of the journal: for callers who will yet hold rows (`note_made`)."""
    request = HelpRequest(
        school_id=work.school.id,
        person_id=person_id,
        kind=kind,
        about=about,
        urgent=urgent,
        words=words,
        state=RequestState.NEW,
        at=work.now,
        step=0,
    )
    work.session.add(request)
    await work.session.flush()
    log.info("care.asked", request=request.id, kind=kind.value, urgent=urgent)
    if urgent:
        await care_alerts.call_in(work, request)
    return request


async def note_made(work: Work, request: HelpRequest) -> None:
    await journal.note(work, "help.asked", f"help:{request.id}", after={"urgent": request.urgent})


async def call(work: Work, person_id: int, about: About) -> int:
    """«Мне нужна помощь», after its second press. Returns the card's number.

    Pressed again, or after worrying words, while nobody has taken it yet, it stays one call.
    """
    waiting = await rows.newest_new(work.session, person_id, CALLING, work.now - SAME_TALK)
    if waiting is not None:
        if waiting.kind == CallKind.CALL and waiting.about in tuple(About):
            waiting.about = about.value
        waiting.kind = CallKind.CALL
        return waiting.id
    request = await ask_for_help(work, person_id, "", urgent=True, kind=CallKind.CALL, about=about.value)
    return request.id


async def message(work: Work, person_id: int, words: str) -> None:
    """To the curator; with signs of danger in it, it is a call for help."""
    found = find(words)
    await ask_for_help(
        work,
        person_id,
        words,
        urgent=found is not None,
        kind=CallKind.MESSAGE,
        about=found.kind.value if found else "",
    )


async def take(work: Work, request_id: int) -> HelpRequest:
    """Somebody of the school deals with it now; who asked hears that it has been read.

    Raises:
        Refusal: no such card, another adult has taken it, or it is closed.
    """
    request = await _held(work, request_id)
    if request.state == RequestState.CLOSED:
        raise Refusal("care-closed")
    if request.taken_by == work.actor:
        return request
    if request.state == RequestState.IN_WORK:
        raise Refusal("care-taken-already")
    request.state, request.taken_by, request.taken_at = RequestState.IN_WORK, work.actor, work.now
    await journal.note(work, "help.taken", f"help:{request.id}")
    await _say_read(work, request)
    return request


async def close(work: Work, request_id: int, action: str) -> None:
    """What was done stands beside it; a closed card stays in the person's history.

    Raises:
        Refusal: no such card, or nothing is said about what was done.
    """
    request = await _held(work, request_id)
    action = " ".join(action.split())[:LONGEST_ACTION]
    if request.state == RequestState.CLOSED:
        return
    if not action:
        raise Refusal("care-action-needed")
    if request.state == RequestState.NEW:
        request.taken_by, request.taken_at = work.actor, work.now
    request.state, request.closed_at, request.action = RequestState.CLOSED, work.now, action
    request.closed_by = work.actor
    # As a reason to look at the pair it is over.
    await early_warning.look_at_those_of(work, request.person_id)
    await journal.note(work, "help.closed", f"help:{request.id}")


async def facts(work: Work, person_id: int) -> dict[str, Any]:
    """What a conversation about help needs to know; JSON."""
    person = await people.get(work.session, person_id)
    assert person is not None
    settings = work.settings
    opens = staff_from(work.now, settings, work.zone)
    if settings.help_line_always:
        hours = "always"
    elif settings.help_line_hours:
        hours = "some" if settings.help_line == NATIONAL_LINE else "local"
    else:
        hours = "unsaid"
    return {
        "stranger": person.state == PersonState.VISITOR,
        "curator": settings.curator_name,
        "contact": settings.curator_contact,
        "line": settings.help_line,
        "hours": hours,
        "from": settings.help_line_hours,
        "minutes": settings.help_minutes,
        "opens": dates.moment(opens, work.zone, person.language) if opens else "",
        # At night a card on a screen is read by nobody: only a chat that rings is.
        "rings": opens is None or await care_reach.rings(work, Step.FIRST),
        "more": opens is None or await care_reach.rings(work, Step.DIRECTOR),
        "pairs": bool(await rows.pairs_at_work(work.session, work.school.id, person_id)),
    }


def contacts(known: dict[str, Any]) -> Text:
    """The school's and the helpline's, from `facts`, with the hours at which they answer."""
    who = "reach" if known["contact"] else "name"
    args = {name: known[name] for name in ("curator", "contact", "line", "hours", "from")}
    closed = "yes" if known["opens"] else "no"
    return Text("care-contacts", args | {"who": who if known["curator"] else "none", "closed": closed})


def receipt(known: dict[str, Any]) -> tuple[Text, ...]:
    """What a caller reads: who has the call by now, when it will be read, and whom to ring at once."""
    return (Text("care-sent", {"when": when_read(known)}), contacts(known))


def when_read(known: dict[str, Any]) -> Text:
    """When a human of the school reads what was just written, as far as it is known."""
    if not known["opens"]:
        return Text("care-read-now", {"minutes": known["minutes"]})
    args = {"opens": known["opens"], "minutes": known["minutes"], "more": "yes" if known["more"] else "no"}
    return Text("care-read-rings" if known["rings"] else "care-read-morning", args)


async def _of_this_turn(work: Work, person_id: int, words: str) -> HelpRequest | None:
    if not words:
        return None
    made = await rows.made_at(work.session, person_id, work.now)
    return next((one for one in made if one.words and (one.words in words or words in one.words)), None)


async def _of_this_talk(work: Work, person_id: int, words: str) -> HelpRequest | None:
    """The card that nobody has taken and that holds these words. Not locked: the journal may be written to by now."""
    since = work.now - SAME_TALK
    card = await rows.newest_new(work.session, person_id, CALLING, since, hold=False)
    return card if card is not None and words in card.words else None


async def _of_this_pair(work: Work, person_id: int, words: str, about: str) -> HelpRequest | None:
    """The person's card about this pair that nobody has taken. Not locked: only its words are written."""
    if not about.startswith("pair:"):
        return None
    since = work.now - SAME_MATTER
    card = await rows.newest_new(work.session, person_id, [CallKind.CARD], since, about=about, hold=False)
    return card if card is not None and len(card.words) + len(words) < LONGEST_CARD else None


async def _held(work: Work, request_id: int) -> HelpRequest:
    request = await rows.request(work.session, work.school.id, request_id, hold=True)
    if request is None:
        raise Refusal("care-unknown")
    return request


async def _say_read(work: Work, request: HelpRequest) -> None:
    """A neutral word: somebody at home may read it as well."""
    person = await people.get(work.session, request.person_id)
    if person is None or request.kind == CallKind.CARD or person.state == PersonState.ERASED:
        return
    text = say(Text("care-read")).formally()
    await tell(work, person, text, key=f"care-read:{request.id}", kind=Kind.ALERT)
