"""Consents: a ledger of words given and taken back; what holds now is a pure function of it.

Source: domain.md 8.1-8.3 (152-ФЗ: specific, separate, provable), house promise P7.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from program.ages import OF_AGE, Consenter, consenters, full_years
from program.settings import school_year


class ConsentKind(StrEnum):
    """One purpose each; they are never merged into one question."""

    PD = "pd"  # processing of personal data
    PARTICIPATION = "participation"
    PUBLICATION = "publication"
    MESSENGER = "messenger"
    EMPLOYMENT = "employment"


class ConsentEvent(StrEnum):
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentState(StrEnum):
    NOT_REQUESTED = "not_requested"
    WAITING = "waiting"  # somebody whose word is needed has not spoken
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ConsentMethod(StrEnum):
    BOT_BUTTON = "bot_button"
    WEB_FORM = "web_form"
    PAPER = "paper"


# Without these nobody is matched and nobody is told about a pair.
REQUIRED = (ConsentKind.PD, ConsentKind.PARTICIPATION)


def lasts_until(kind: ConsentKind, on: date) -> date | None:
    """The last day of a consent given on `on`, as its text says; None: until it is taken back.

    Taking part is asked anew each school year, publication after a year.
    """
    if kind is ConsentKind.PARTICIPATION:
        return date(int(school_year(on)[-4:]), 7, 31)
    if kind is ConsentKind.PUBLICATION:
        return date(on.year + 1, on.month, min(on.day, 28) if on.month == 2 else on.day)
    return None


class Entry(NamedTuple):
    """One line of the ledger. `giver` is a person's id; `confirmed`: the school knows who gave it.

    A tuple: the ledger of a region has two hundred thousand lines.
    """

    kind: ConsentKind
    event: ConsentEvent
    consenter: Consenter
    giver: int | None
    at: datetime
    valid_until: date | None = None
    confirmed: bool = True


_at = attrgetter("at")


def needed_from(born: date | None, on: date, *, minor: bool) -> frozenset[Consenter]:
    """Whose word is needed on that day. Without a birth date, a minor counts as younger than 14."""
    if born is not None:
        return consenters(full_years(born, on))
    return frozenset({Consenter.GUARDIAN}) if minor else frozenset({Consenter.SELF})


def of_age_on(born: date | None) -> date | None:
    """The 18th birthday; 1 March for somebody born on 29 February."""
    if born is None:
        return None
    if (born.month, born.day) == (2, 29):
        return date(born.year + OF_AGE, 3, 1)
    return date(born.year + OF_AGE, born.month, born.day)


def last_words(
    ledger: Iterable[Entry], kind: ConsentKind, now: datetime
) -> dict[tuple[Consenter, int | None], Entry]:
    """The last word of each giver about one purpose."""
    last: dict[tuple[Consenter, int | None], Entry] = {}
    said = [e for e in ledger if e.kind is kind and e.at <= now]
    for entry in sorted(said, key=_at) if len(said) > 1 else said:
        last[(entry.consenter, entry.giver)] = entry
    return last


def disagree(ledger: Iterable[Entry], kind: ConsentKind, now: datetime) -> bool:
    """Whether one guardian has agreed and another has not: a person has to decide, no rule can."""
    words = [
        entry.event for (who, _), entry in last_words(ledger, kind, now).items() if who is Consenter.GUARDIAN
    ]
    return ConsentEvent.GIVEN in words and len(set(words)) > 1


def runs_out(
    ledger: Iterable[Entry], kind: ConsentKind, now: datetime, today: date, within: int
) -> dict[tuple[Consenter, int | None], date]:
    """Givers whose agreement ends in at most `within` days (0: today is its last day), with that day."""
    return {
        giver: entry.valid_until
        for giver, entry in last_words(ledger, kind, now).items()
        if entry.event is ConsentEvent.GIVEN
        and entry.valid_until is not None
        and 0 <= (entry.valid_until - today).days <= within
    }


def state(
    ledger: Iterable[Entry],
    kind: ConsentKind,
    needed: frozenset[Consenter],
    now: datetime,
    today: date,
    adult_since: datetime | None = None,
) -> ConsentState:
    """What holds now for one person and one kind.

    The last word of each giver counts. A guardian's refusal or withdrawal outweighs another guardian's
    consent; a consent that the school has not confirmed yet counts as waiting.

    Args:
        ledger: entries of that person in any order; later than `now` are not looked at.
        needed: from `needed_from`.
        today: the school's calendar day, against which `valid_until` (its last day) is held.
        adult_since: the beginning of the 18th birthday, once it has come: what the person agreed to as
            a minor is asked anew, what the person refused or took back stays so (domain.md 8.3).
    """
    last = last_words(ledger, kind, now).values()
    if not last:
        return ConsentState.NOT_REQUESTED
    states = [_of_consenter([e for e in last if e.consenter is c], today, adult_since) for c in needed]
    if Consenter.SELF not in needed:
        # A child's own «no» holds at any age, although the child's «yes» is not asked for yet.
        own = [e.event for e in last if e.consenter is Consenter.SELF]
        states += [ConsentState.WITHDRAWN] * (ConsentEvent.WITHDRAWN in own)
        states += [ConsentState.REFUSED] * (ConsentEvent.REFUSED in own)
    for worst in (ConsentState.WITHDRAWN, ConsentState.REFUSED, ConsentState.EXPIRED, ConsentState.WAITING):
        if worst in states:
            return worst
    return ConsentState.GIVEN


def _of_consenter(words: list[Entry], today: date, adult_since: datetime | None) -> ConsentState:
    events = [entry.event for entry in words]
    if ConsentEvent.WITHDRAWN in events:
        return ConsentState.WITHDRAWN
    if ConsentEvent.REFUSED in events:
        return ConsentState.REFUSED
    found = ConsentState.WAITING
    for entry in words:
        if entry.confirmed and (adult_since is None or entry.at >= adult_since):
            if entry.valid_until is None or entry.valid_until >= today:
                return ConsentState.GIVEN
            found = ConsentState.EXPIRED
    return found
