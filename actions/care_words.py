"""What every participant types is looked through for signs of danger before anything else is done with it."""

from __future__ import annotations

from dataclasses import dataclass

from actions import care
from actions.work import Work
from program.care import CALLING, SAME_TALK, CallKind
from program.danger import Danger, find
from program.roles import PersonState
from program.text import Text
from storage import care as rows
from storage.tables import HelpRequest, Person

LONGEST = 4000  # characters of one card


@dataclass(frozen=True)
class Heard:
    """Args:
    request: the card; None of a stranger, of whom nothing is kept.
    made: it is new, and the journal does not know it yet (`care.note_made`).
    answer: what the writer reads: warm, with contacts, no judgement.
    """

    kind: Danger
    request: HelpRequest | None
    made: bool
    answer: tuple[Text, ...]


async def heed(work: Work, person: Person, words: str) -> Heard | None:
    """Puts words that sound like danger before the school's grown-ups at once; None: nothing was found.

    What is written soon after joins the card that nobody has taken yet. Writes no line of the journal, so that the
    caller may still hold rows; see `Heard.made`.
    """
    found = find(words)
    if found is None:
        return None
    answer = await warmly(work, person)
    if person.state == PersonState.VISITOR:
        return Heard(found.kind, None, False, answer)
    request = await rows.newest_new(work.session, person.id, CALLING, work.now - SAME_TALK)
    known_words = request is not None and words in request.words
    if request is not None and (known_words or len(request.words) + len(words) < LONGEST):
        if not known_words:
            request.words = "\n\n".join(part for part in (request.words, words) if part)
        if request.about not in tuple(Danger):
            request.about = found.kind.value
        return Heard(found.kind, request, False, answer)
    request = await care.put(work, person.id, words, urgent=True, kind=CallKind.WORDS, about=found.kind.value)
    return Heard(found.kind, request, True, answer)


async def warmly(work: Work, person: Person) -> tuple[Text, ...]:
    """What somebody reads after words of danger."""
    stranger = person.state == PersonState.VISITOR
    known = await care.facts(work, person.id)
    if stranger:
        return (Text("care-heard-stranger"), care.contacts(known))
    when = (care.when_read(known),) if known["opens"] else ()
    return (Text("care-heard"), *when, care.contacts(known))


async def hand_over(work: Work, person_id: int, words: str) -> bool:
    """For pages, where nobody reads an answer: worrying words become a call for help. False: nothing was found.

    Holds no row, so it may come after the first line of the journal.
    """
    found = find(words)
    if found is not None:
        await care.ask_for_help(
            work, person_id, words, urgent=True, kind=CallKind.WORDS, about=found.kind.value
        )
    return found is not None
