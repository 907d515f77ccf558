"""What somebody may say about consents of their own or of a child: take them back, give them anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from actions import consents, enrolment, guardians, journal
from actions.tell import tell
from actions.work import Work
from locales.consents import KINDS, split
from program.ages import Consenter
from program.channels import Channel
from program.consents import (
    REQUIRED,
    ConsentEvent,
    ConsentKind,
    ConsentMethod,
    ConsentState,
    Entry,
    last_words,
    lasts_until,
    needed_from,
)
from program.errors import Refusal
from program.outgoing import Choice, say
from program.retention import AFTER_REQUEST, Basis
from program.roles import Category, PersonState
from program.text import Text
from storage import people
from storage.tables import Person

ONE_DAY = timedelta(days=1)
SOON = 30  # days before its last day an agreement may be renewed
AHEAD = 14  # days before the 14th birthday the pupil's own word may be given


async def speaks_for(work: Work, speaker_id: int, *, confirmed: bool = False) -> list[Person]:
    """The person, then the children for whom they speak.

    Args:
        confirmed: only children whose guardian the school has confirmed them to be.
    """
    speaker = await people.get(work.session, speaker_id)
    assert speaker is not None
    bonds = await people.children_of(work.session, speaker_id)
    return [
        speaker,
        *(
            bond.child
            for bond in bonds
            if bond.child.state != PersonState.ERASED and (bond.confirmed_at is not None or not confirmed)
        ),
    ]


async def about(
    work: Work, speaker_id: int, about_id: int, *, confirmed: bool = False
) -> tuple[Person, Consenter]:
    """Of whom is spoken, and as whom. Raises Refusal where the two have nothing to do with each other."""
    for person in await speaks_for(work, speaker_id, confirmed=confirmed):
        if person.id == about_id:
            return person, Consenter.SELF if about_id == speaker_id else Consenter.GUARDIAN
    raise Refusal("consent-not-yours")


async def held(work: Work, speaker_id: int, about_id: int) -> list[str]:
    """Kinds that can be taken back now by this speaker: what has been given and holds or waits; JSON.

    A child whose own word is not asked for yet may still stop taking part.
    """
    person, consenter = await about(work, speaker_id, about_id)
    states = (await consents.states(work, [person], KINDS))[person.id]
    open_ = [kind for kind in KINDS if states[kind] in (ConsentState.GIVEN, ConsentState.WAITING)]
    if consenter is Consenter.SELF and Consenter.SELF not in consents.needed(work, person):
        open_ = [kind for kind in open_ if kind is ConsentKind.PARTICIPATION]
    return [kind.value for kind in open_]


async def withdraw(
    work: Work,
    speaker_id: int,
    about_id: int,
    kinds: Sequence[ConsentKind],
    *,
    channel: Channel,
    reason: str = "",
) -> None:
    """Takes consents back; they stop to hold with this line. Raises Refusal: not theirs to speak."""
    found, consenter = await about(work, speaker_id, about_id)
    person = await people.lock(work.session, found.id)
    speaker = await people.get(work.session, speaker_id)
    assert person is not None
    assert speaker is not None
    texts = await guardians.consent_texts(work, consenter)
    for kind in kinds:
        await consents.say(
            work.by(speaker),
            person,
            kind,
            ConsentEvent.WITHDRAWN,
            consenter=consenter,
            giver=speaker,
            method=_method(channel),
            channel=channel,
            text=texts[kind],
            reason=reason,
        )
    await enrolment.refresh(work.by(speaker), person)
    if consenter is Consenter.GUARDIAN and set(kinds) & set(REQUIRED):
        message = say(Text("consent-stopped-by-parent"), Choice(Text("menu-curator"), "f:curator")).formally()
        key = f"consent-stopped:{person.id}:{speaker.id}:{work.now.isoformat()}"
        await tell(work, person, message, key=key)


async def ask_erasure(work: Work, speaker_id: int, about_id: int, *, channel: Channel) -> None:
    """Takes both required consents back and asks for the data to be erased: sooner than after a withdrawal.

    Raises:
        Refusal: neither the person nor a guardian whom the school has confirmed: whoever holds the child's
            link may stop everything at once, but not have it destroyed.
    """
    await about(work, speaker_id, about_id, confirmed=True)
    await withdraw(work, speaker_id, about_id, REQUIRED, channel=channel)
    person = await people.lock(work.session, about_id)
    assert person is not None
    if person.state != PersonState.FROZEN:  # somebody without a place, such as a parent
        person.state = PersonState.FROZEN
    person.erase_after, person.erase_basis = work.now + AFTER_REQUEST, Basis.REQUEST
    await journal.note(
        work, "person.erasure-asked", f"person:{person.id}", after={"at": person.erase_after.isoformat()}
    )


async def renewal(work: Work, speaker_id: int, about_id: int) -> dict[str, Any]:
    """What the renewing conversation asks; JSON: own, child, texts by kind. No texts: nothing to ask."""
    person, consenter = await about(work, speaker_id, about_id)
    texts = await guardians.consent_texts(work, consenter)
    asked = await _asked(work, person, consenter, speaker_id)
    shown = {}
    for kind in asked:
        summary, full = split(texts[kind].body)
        text = texts[kind]
        shown[kind.value] = {"id": text.id, "title": text.title, "summary": summary, "full": full}
    return {
        "own": consenter is Consenter.SELF,
        "pupil": person.category == Category.PUPIL,
        "child": person.first_name or "-",
        "texts": shown,
    }


async def renew(
    work: Work,
    speaker_id: int,
    about_id: int,
    decisions: Mapping[ConsentKind, bool],
    *,
    channel: Channel,
    reason: str = "",
) -> bool:
    """Writes the new words down; whether both required consents hold now.

    A consent given before the old one ends lasts from the day after that one.
    """
    found, consenter = await about(work, speaker_id, about_id)
    person = await people.lock(work.session, found.id)
    speaker = await people.get(work.session, speaker_id)
    assert person is not None
    assert speaker is not None
    texts = await guardians.consent_texts(work, consenter)
    mine = await _mine(work, person, consenter, speaker_id)
    for kind, agreed in decisions.items():
        await consents.say(
            work.by(speaker),
            person,
            kind,
            ConsentEvent.GIVEN if agreed else ConsentEvent.REFUSED,
            consenter=consenter,
            giver=speaker,
            method=_method(channel),
            channel=channel,
            text=texts[kind],
            valid_until=_until(work, kind, mine.get(kind)) if agreed else None,
            reason="" if agreed else reason,
        )
    await enrolment.refresh(work.by(speaker), person)
    return person.id in await consents.allowed(work, [person])


def _until(work: Work, kind: ConsentKind, before: Entry | None) -> date | None:
    first = work.today
    if before is not None and before.event is ConsentEvent.GIVEN and before.valid_until is not None:
        first = max(first, before.valid_until + ONE_DAY)
    return lasts_until(kind, first)


async def _mine(
    work: Work, person: Person, consenter: Consenter, speaker_id: int
) -> dict[ConsentKind, Entry | None]:
    """The speaker's last word about each purpose; one given as a minor counts no more from the 18th birthday."""
    lines = (await consents.words(work, [person]))[person.id]
    since = consents.adult_since(work, person)
    found: dict[ConsentKind, Entry | None] = {}
    for kind in KINDS:
        word = last_words(lines, kind, work.now).get((consenter, speaker_id))
        outgrown = word is not None and since is not None and word.at < since
        found[kind] = None if word is None or (outgrown and word.event is ConsentEvent.GIVEN) else word
    return found


async def _asked(work: Work, person: Person, consenter: Consenter, speaker_id: int) -> list[ConsentKind]:
    """Required purposes without a word that goes on to hold; optional ones that were given and run out."""
    soon = work.today + ONE_DAY * AHEAD
    needed = consents.needed(work, person) | needed_from(
        person.birth_date, soon, minor=person.is_minor_category
    )
    if consenter not in needed:
        return []
    mine = await _mine(work, person, consenter, speaker_id)
    limit = work.today + ONE_DAY * SOON
    asked = []
    for kind, word in mine.items():
        goes_on = word is not None and word.event is ConsentEvent.GIVEN
        runs_out = word is not None and word.valid_until is not None and word.valid_until <= limit
        if kind in REQUIRED:
            if not goes_on or runs_out:
                asked.append(kind)
        elif word is None or (goes_on and runs_out):
            asked.append(kind)
    return asked if any(kind in REQUIRED or mine[kind] is not None for kind in asked) else []


def _method(channel: Channel) -> ConsentMethod:
    return ConsentMethod.WEB_FORM if channel is Channel.WEB else ConsentMethod.BOT_BUTTON
