"""What somebody may say about consents of their own or of a child: take them back, give them anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from actions import care, consent_texts, consents, enrolment, journal
from actions.guardians import worded
from actions.tell import tell
from actions.work import Work
from locales import Texts
from locales.consents import KINDS
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
from storage import care as calls
from storage import people
from storage.tables import Person

CURATOR = Choice(Text("menu-curator"), "f:curator")
ONE_DAY = timedelta(days=1)
SOON = 30  # days before its last day an agreement may be renewed
AHEAD = 14  # days before the 14th birthday the pupil's own word may be given


@dataclass(frozen=True)
class Erasure:
    """What became of a request to erase.

    Args:
        day: on which the data go; None: the request was passed on, a grown-up decides.
        guardians: how many of them know.
    """

    day: date | None
    guardians: int = 0


async def speaks_for(work: Work, speaker_id: int, *, confirmed: bool = False) -> list[Person]:
    """The person, then the children for whom they speak.

    Args:
        confirmed: only children whose guardian the school has confirmed them to be.
    """
    speaker = await people.get(work.session, speaker_id)
    assert speaker is not None
    return [speaker, *await consents.wards(work, speaker_id, confirmed=confirmed)]


async def about(
    work: Work, speaker_id: int, about_id: int, *, confirmed: bool = False
) -> tuple[Person, Consenter]:
    """Of whom is spoken, and as whom.

    Raises:
        Refusal: the two have nothing to do with each other, or somebody has opened a card and not yet said «Да, это я»:
            it may be in anybody's hands.
    """
    for person in await speaks_for(work, speaker_id, confirmed=confirmed):
        if person.id == about_id == speaker_id and person.state == PersonState.INVITED:
            raise Refusal("privacy-say-who")
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
    texts = await consent_texts.newest(work, consenter)
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
    if needs_grown_up(work, person, consenter) and set(kinds) & set(REQUIRED):
        await _tell_guardians(work, person, "consent-stopped-by-child", CURATOR)


def needs_grown_up(work: Work, person: Person, consenter: Consenter) -> bool:
    """Whether a child speaks whose own word is not asked for yet: what cannot be undone a grown-up decides."""
    return consenter is Consenter.SELF and Consenter.SELF not in consents.needed(work, person)


async def ask_erasure(work: Work, speaker_id: int, about_id: int, *, channel: Channel) -> Erasure:
    """Takes both required consents back and asks for the data to be erased: sooner than after a withdrawal.

    A child below 14 does not have data destroyed alone: guardians and the curator hear of the wish, and
    nothing else changes. Asked for again, it happens on the day that was said first.

    Raises:
        Refusal: neither the person nor a guardian whom the school has confirmed: whoever holds the child's
            link may stop everything at once, but not have it destroyed.
    """
    found, consenter = await about(work, speaker_id, about_id, confirmed=True)
    person = await people.lock(work.session, found.id)
    assert person is not None
    if needs_grown_up(work, person, consenter):
        return Erasure(None, await _pass_on(work, person))
    asked_before = person.state == PersonState.FROZEN and person.erase_basis == Basis.REQUEST
    if not asked_before:
        sooner = person.erase_after if person.erase_basis else None
        await withdraw(work, speaker_id, about_id, REQUIRED, channel=channel)
        person.state = PersonState.FROZEN  # also somebody without a place, such as a parent
        person.erase_after = min(filter(None, (sooner, work.now + AFTER_REQUEST)))
        person.erase_basis = Basis.REQUEST
        await journal.note(
            work, "person.erasure-asked", f"person:{person.id}", after={"at": person.erase_after.isoformat()}
        )
    assert person.erase_after is not None
    return Erasure(person.erase_after.astimezone(work.zone).date())


async def _pass_on(work: Work, child: Person) -> int:
    """The wish of a child becomes a card of the curator and a question to the guardians; each once a day."""
    card = Texts("ru")(Text("privacy-erase-card"))
    if not await calls.is_open(work.session, work.school.id, child.id, card):
        await care.ask_for_help(work, child.id, card, urgent=False)
        await journal.note(work, "person.erasure-wished", f"person:{child.id}")
    decide = Choice(Text("consent-decide"), f"f:privacy-erase:{child.id}")
    return await _tell_guardians(work, child, "consent-child-wants-erasure", decide, CURATOR)


async def _tell_guardians(work: Work, child: Person, text: str, *choices: Choice) -> int:
    """Those whom the school has confirmed hear it, once a day; returns how many there are."""
    bonds = [bond for bond in await people.guardians_of(work.session, child.id) if bond.confirmed_at]
    for bond in bonds:
        message = say(Text(text, {"child": child.first_name}), *choices)
        key = f"{text}:{child.id}:{bond.guardian_id}:{work.today.isoformat()}"
        await tell(work, bond.guardian, message.formally(ward=child.id), key=key)
    return len(bonds)


async def renewal(work: Work, speaker_id: int, about_id: int) -> dict[str, Any]:
    """What the renewing conversation asks; JSON: own, child, texts by kind. No texts: nothing to ask."""
    person, consenter = await about(work, speaker_id, about_id)
    texts = await consent_texts.newest(work, consenter)
    asked = await _asked(work, person, consenter, speaker_id)
    return {
        "own": consenter is Consenter.SELF,
        "pupil": person.category == Category.PUPIL,
        "child": person.first_name or "-",
        "texts": consent_texts.refer(texts, asked),
    }


async def renew(
    work: Work,
    speaker_id: int,
    about_id: int,
    decisions: Mapping[ConsentKind, bool],
    *,
    channel: Channel,
    reason: str = "",
    shown: Mapping[ConsentKind, int] | None = None,
) -> bool:
    """Writes the new words down; whether both required consents hold now.

    A consent given before the old one ends lasts from the day after that one.

    Args:
        reason: why not: a `RefusalReason` or own words, for the school only.
        shown: ids of the texts that were shown; by default the newest.
    """
    found, consenter = await about(work, speaker_id, about_id)
    person = await people.lock(work.session, found.id)
    speaker = await people.get(work.session, speaker_id)
    assert person is not None
    assert speaker is not None
    texts = await consent_texts.shown(work, consenter, shown)
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
            reason="" if agreed else worded(reason),
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
        # A child's own «no» holds before the own «yes» is asked for; the same child may take it back.
        own = await _mine(work, person, consenter, speaker_id) if consenter is Consenter.SELF else {}
        return [kind for kind, word in own.items() if word and word.event is not ConsentEvent.GIVEN]
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
