"""Consents: a ledger of words given and taken back; what holds now is a pure function of it.

Source: domain.md 8.1-8.3 (152-ФЗ: specific, separate, provable), house promise P7.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from program.ages import Consenter, consenters, full_years
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


@dataclass(frozen=True)
class Entry:
    """One line of the ledger. `giver` is a person's id; `confirmed`: the school knows who gave it."""

    kind: ConsentKind
    event: ConsentEvent
    consenter: Consenter
    giver: int | None
    at: datetime
    valid_until: date | None = None
    confirmed: bool = True


def needed_from(born: date | None, on: date, *, minor: bool) -> frozenset[Consenter]:
    """Whose word is needed on that day. Without a birth date, a minor counts as younger than 14."""
    if born is not None:
        return consenters(full_years(born, on))
    return frozenset({Consenter.GUARDIAN}) if minor else frozenset({Consenter.SELF})


def state(
    ledger: Iterable[Entry], kind: ConsentKind, needed: frozenset[Consenter], now: datetime, today: date
) -> ConsentState:
    """What holds now for one person and one kind.

    The last word of each giver counts. A guardian's refusal or withdrawal outweighs another guardian's
    consent; a consent that the school has not confirmed yet counts as waiting.

    Args:
        ledger: entries of that person in any order; later than `now` are not looked at.
        needed: from `needed_from`.
        today: the school's calendar day, against which `valid_until` (its last day) is held.
    """
    last: dict[tuple[Consenter, int | None], Entry] = {}
    for entry in sorted((e for e in ledger if e.kind is kind and e.at <= now), key=lambda e: e.at):
        last[(entry.consenter, entry.giver)] = entry
    if not last:
        return ConsentState.NOT_REQUESTED
    states = [_of_consenter([e for (who, _), e in last.items() if who is c], today) for c in sorted(needed)]
    for worst in (ConsentState.WITHDRAWN, ConsentState.REFUSED, ConsentState.EXPIRED, ConsentState.WAITING):
        if worst in states:
            return worst
    return ConsentState.GIVEN


def _of_consenter(words: list[Entry], today: date) -> ConsentState:
    events = {entry.event for entry in words}
    if ConsentEvent.WITHDRAWN in events:
        return ConsentState.WITHDRAWN
    if ConsentEvent.REFUSED in events:
        return ConsentState.REFUSED
    given = [entry for entry in words if entry.confirmed]
    if not given:
        return ConsentState.WAITING
    if all(entry.valid_until is not None and entry.valid_until < today for entry in given):
        return ConsentState.EXPIRED
    return ConsentState.GIVEN
