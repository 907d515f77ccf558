"""«Мои данные»: what is known, in plain words; correcting it. For a guardian the same about a confirmed child."""

from __future__ import annotations

from typing import Any

from actions import care, consents, journal, takedowns
from actions.consent_talk import about, held, speaks_for
from actions.work import Work
from locales import Texts, dates
from locales.consents import KINDS
from program.ages import Consenter
from program.consents import ConsentKind, ConsentState, last_words
from program.errors import Refusal
from program.names import short
from program.roles import PersonState
from program.text import Arg, Text, raw
from storage import people
from storage import privacy as rows
from storage.tables import Person

# What somebody who has left still has: the data and the chat in which one may come back. Nothing else goes on.
KEEPING = (ConsentKind.PD, ConsentKind.MESSENGER)


async def whom(work: Work, speaker_id: int) -> list[dict[str, Any]]:
    """The person and the children whose guardian the school has confirmed them to be: id and first name; JSON."""
    known = await speaks_for(work, speaker_id, confirmed=True)
    return [{"id": person.id, "name": person.first_name or "-"} for person in known]


async def summary(work: Work, speaker_id: int, about_id: int) -> dict[str, Any]:
    """What is known, without values that do not belong into a messenger; JSON.

    Raises:
        Refusal: neither the person nor a confirmed guardian asks.
    """
    person, own = await _shown(work, speaker_id, about_id)
    answered, met, asked = await rows.counts(work.session, work.school.id, person.id)
    speaker = await people.get(work.session, speaker_id)
    assert speaker is not None
    until = (
        person.erase_after.astimezone(work.zone).date() if person.erase_basis and person.erase_after else None
    )
    return {
        "visitor": person.state == PersonState.VISITOR,
        "frozen": person.state == PersonState.FROZEN,
        "child": "none" if own else person.first_name,
        "name": short(person.first_name, person.last_name) or "-",
        "class": person.class_name or "-",
        "born": _yes(person.birth_date is not None),
        "phone": _yes(bool(person.phone)),
        "email": _yes(bool(person.email)),
        "counts": {"answered": answered, "meetings": met, "asked": asked},
        "consents": await _consents(work, person, speaker.language),
        "until": dates.dated(until, work.today, speaker.language) if until else "none",
        "curator": work.settings.curator_name or "-",
        "news": [item.title for item, where in await takedowns.shown_in(work, person) if where == "out"],
        "to_withdraw": await held(work, speaker_id, about_id),
    }


async def _consents(work: Work, person: Person, language: str) -> list[dict[str, str]]:
    """Kind, state and last day of every purpose that somebody was asked about.

    Of somebody who has left until the data are erased: `kept` or `stopped` in place of `given`.
    """
    states = (await consents.states(work, [person], KINDS))[person.id]
    words = (await consents.words(work, [person]))[person.id]
    found = []
    for kind in KINDS:
        if states[kind] is ConsentState.NOT_REQUESTED:
            continue
        ends = [word.valid_until for word in last_words(words, kind, work.now).values() if word.valid_until]
        said, holds = states[kind].value, states[kind] is ConsentState.GIVEN
        if holds and person.state == PersonState.FROZEN:
            # The word stands and would hold again on a return; until then the clock of deletion runs.
            said, ends = "kept" if kind in KEEPING else "stopped", []
        day = dates.dated(max(ends), work.today, language) if ends and holds else ""
        found.append({"kind": kind.value, "state": said, "day": day})
    return found


async def change_contact(work: Work, person_id: int, field: str, value: str) -> None:
    """The own phone or e-mail, at once. The value itself stands in no journal."""
    if field not in ("phone", "email"):
        raise Refusal("privacy-not-yours")
    person = await people.lock(work.session, person_id)
    assert person is not None
    setattr(person, field, value)
    await journal.note(work, "person.corrected", f"person:{person.id}", after={"field": field})


async def ask_correction(work: Work, speaker_id: int, about_id: int, words: str) -> None:
    """Whatever else is wrong becomes a card on the curator's screen."""
    person, own = await _shown(work, speaker_id, about_id)
    args: dict[str, Arg] = {
        "words": raw(words),
        "child": "none" if own else short(person.first_name, person.last_name),
    }
    card = Texts("ru")(Text("privacy-fix-card", args))
    await care.ask_for_help(work, speaker_id, card, urgent=False)


async def _shown(work: Work, speaker_id: int, about_id: int) -> tuple[Person, bool]:
    """Of whom is told, and whether it is the speaker."""
    try:
        person, consenter = await about(work, speaker_id, about_id, confirmed=True)
    except Refusal as refusal:
        if refusal.text.id != "consent-not-yours":
            raise
        raise Refusal("privacy-not-yours") from None
    return person, consenter is Consenter.SELF


def _yes(there: bool) -> str:
    return "yes" if there else "no"
