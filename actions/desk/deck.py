"""The staff's queue in a chat: which card comes next, what a press does, what is said where somebody was quicker.

Whoever may press the admin's button may press the card's; the chat must be bound to an account that is in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from actions import accounts, decisions
from actions.desk import of_meetings, of_news, of_pairs, of_people
from actions.desk.kinds import CardKind, Verb
from actions.work import Work
from program.errors import Refusal
from program.roles import StaffRole
from program.text import Text
from storage import care
from storage import desk as rows
from storage.tables import User

log = structlog.get_logger()

_AREAS = (*of_people.KINDS, *of_pairs.KINDS, *of_meetings.KINDS, *of_news.KINDS)
# In the order of «Сегодня»: the urgent first.
KINDS: tuple[CardKind, ...] = tuple(
    kind
    for entry in sorted(decisions.KINDS, key=lambda one: one.urgency)
    for kind in _AREAS
    if kind.code == entry.code
)
REST = 6  # kinds without cards that are named at the end
LETTERS = {kind.letter: kind for kind in KINDS}


@dataclass(frozen=True)
class Told:
    """`text`: what became of a press. `acted`: it was this press that decided."""

    text: Text
    acted: bool


async def account_of(work: Work, person_id: int, verb: Verb | None = None) -> User:
    """The account that hangs on this chat, and may do this.

    Raises:
        Refusal: none does: never bound, closed, or of a role without this button; or the school asks this role for a
            code after the password, and the account has none.
    """
    for user in await care.accounts_of(work.session, work.school.id, person_id):
        if _in_use(user, work.now) and (user.role in verb.roles if verb else kinds_of(user)):
            if await accounts.owes_code(work, user):
                raise Refusal("talk-tasks-code")
            return user
    raise Refusal("talk-no-tasks")


def kinds_of(user: User) -> list[CardKind]:
    return [kind for kind in KINDS if any(user.role in verb.roles for verb in kind.verbs)]


async def next_card(work: Work, person_id: int, after: str) -> dict[str, Any]:
    """The card that comes after another one (`<letter><id>`), or the first; JSON: head, card, text, verbs.

    Without a card `text` says that there is none, and what waits in the admin.

    Raises:
        Refusal: as `account_of`.
    """
    user = await account_of(work, person_id)
    of_user = work.by(user)
    letter, key = parse(after)
    begun, head = not letter, None
    found = {kind.letter: await kind.ids(of_user, user) for kind in kinds_of(user)}
    if not letter:
        head = Text("desk-head", {"count": sum(len(ids) for ids in found.values())})
    for kind in kinds_of(user):
        begun = begun or kind.letter == letter
        if not begun:
            continue
        for one in sorted(found[kind.letter]):
            if kind.letter == letter and one <= key:
                continue
            shown = await kind.show(of_user, user, one)
            if shown is not None:
                verbs = [name for name in shown.verbs if _may(user, kind, name)]
                return {
                    "head": head.to_json() if head else None,
                    "card": f"{kind.letter}{one}",
                    "text": shown.text.to_json(),
                    "verbs": [[name, f"desk-{kind.code}-{name}"] for name in verbs],
                }
    left = bool(letter) and any(found.values())
    return {"head": None, "card": "", "text": (await _end(of_user, user, left)).to_json(), "left": left}


async def question(work: Work, person_id: int, card: str, name: str) -> dict[str, Any]:
    """What is asked before this verb acts; JSON: text, options. Nothing to ask: no options.

    Raises:
        Refusal: as `account_of`, or there is no such button.
    """
    kind, verb = _verb(card, name)
    await account_of(work, person_id, verb)
    if not verb.asks:
        return {"text": None, "options": []}
    text = Text(f"desk-{kind.code}-{name}-ask")
    return {"text": text.to_json(), "options": [[code, label.to_json()] for code, label in verb.asks]}


async def decide(work: Work, person_id: int, card: str, name: str, said: str = "") -> Told:
    """Does what the button says, by the account's name. What somebody else has decided stays as it is.

    Raises:
        Refusal: as `question`.
    """
    kind, verb = _verb(card, name)
    user = await account_of(work, person_id, verb)
    of_user, key = work.by(user), parse(card)[1]
    shown = await kind.show(of_user, user, key) if key in await kind.ids(of_user, user) else None
    if shown is None or name not in shown.verbs:
        return Told(await _settled(of_user, user, kind, key, Text("desk-gone")), acted=False)
    try:
        async with work.session.begin_nested():
            text = await verb.act(of_user, key, said)
    except Refusal as refusal:
        return Told(await _settled(of_user, user, kind, key, refusal.text), acted=False)
    log.info("desk.decided", kind=kind.code, verb=name, account=user.id)
    return Told(text, acted=True)


async def pressed_before(work: Work, person_id: int, edit_key: str) -> bool:
    """Whether this very card has been redrawn already: the second of two quick presses."""
    return await rows.times_drawn(work.session, work.school.id, person_id, edit_key) > 1


def parse(card: str) -> tuple[str, int]:
    """«p123» -> ("p", 123); what is no card: ("", 0)."""
    letter, number = card[:1], card[1:]
    known = letter in LETTERS and number.isascii() and number.isdecimal() and len(number) < 16
    return (letter, int(number)) if known else ("", 0)


def _verb(card: str, name: str) -> tuple[CardKind, Verb]:
    kind = LETTERS.get(parse(card)[0])
    verb = kind.verb(name) if kind is not None else None
    if kind is None or verb is None:
        raise Refusal("talk-no-tasks")
    return kind, verb


def _may(user: User, kind: CardKind, name: str) -> bool:
    verb = kind.verb(name)
    return verb is not None and user.role in verb.roles


def _in_use(user: User, now: datetime) -> bool:
    return user.active and (user.until is None or user.until > now)


async def _settled(work: Work, user: User, kind: CardKind, key: int, why: Text) -> Text:
    """Kindly: who was quicker, where that is known."""
    actor = await kind.settled(work, key)
    if not actor:
        return why
    if actor == work.actor:
        return Text("desk-settled-you")
    by = await rows.account(work.session, work.school.id, actor)
    return Text("desk-settled", {"who": (by.name or by.login) if by is not None else "none"})


async def _end(work: Work, user: User, left: bool) -> Text:
    """No card any more: what waits in the admin alone, by kinds, for a curator."""
    if user.role != StaffRole.CURATOR:
        return Text("desk-end" if left else "desk-calm")
    with_cards = {kind.code for kind in KINDS}
    asking = decisions.Asking(work, StaffRole.CURATOR, user.id)
    rest = [one for one in await decisions.waiting(asking, lambda route: True) if one.code not in with_cards]
    if not rest:
        return Text("desk-end" if left else "desk-calm")
    lines: Text | str = "none"
    for one in reversed(rest[:REST]):
        lines = Text("desk-rest-line", {"what": Text(f"today-{one.code}"), "count": one.count, "more": lines})
    return Text("desk-rest", {"lines": lines})
