"""The curator's «Напомнить»: everybody whose word a first consent still needs hears of it once more.

What a parent has said and the school has not confirmed yet is the school's own turn: nobody is asked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from actions import consent_decisions, consents, invitations, journal
from actions.tell import tell
from actions.work import Work
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, Entry, last_words
from program.outgoing import Choice, Kind, Message
from program.roles import PersonState
from program.text import Text
from storage import consent_lists as lists
from storage import consents as ledger
from storage import outbox, people
from storage.tables import Person

log = structlog.get_logger()

QUIET_FOR = 3  # days during which nobody is reminded of the same again
EXPIRES = timedelta(days=5)
GONE = (PersonState.FROZEN, PersonState.ERASED)


@dataclass(frozen=True)
class Ask:
    """One message. `own`: the reader's own word is missing; `page`: the reader passes a page on to a parent."""

    child: Person
    reader: Person
    own: bool = False
    page: bool = False


@dataclass
class Plan:
    """What «Напомнить» would do now.

    Args:
        lately: people who were reminded within `QUIET_FOR` days.
        unheard: people who have no chat with us, and none of their parents has: the school calls or prints.
        with_school: people whose parent has answered and waits for the school's confirmation.
    """

    asks: list[Ask] = field(default_factory=list)
    lately: list[Person] = field(default_factory=list)
    unheard: list[Person] = field(default_factory=list)
    with_school: list[Person] = field(default_factory=list)

    @property
    def people(self) -> int:
        """How many read a message."""
        return len({ask.reader.id for ask in self.asks})


async def plan(work: Work, class_name: str | None = None) -> Plan:
    """Who would be reminded now, and who not; nothing is changed."""
    session, school = work.session, work.school.id
    refused = {who.id for who, _ in await consent_decisions.refused(work, class_name)}
    pending = await lists.pending(session, school, work.settings.year, class_name)
    waiting = [who for who, _ in pending if who.id not in refused and who.state not in GONE]
    words = await consents.words(work, waiting)
    bonds = await ledger.confirmed_guardians(session, [who.id for who in waiting])
    parents = await people.of_ids(session, {guardian for guardian, _ in bonds})
    heard = await lists.reachable(session, school, {who.id for who in waiting} | set(parents))
    of_child: dict[int, list[Person]] = defaultdict(list)
    for guardian, child in sorted(bonds):
        of_child[child].append(parents[guardian])
    found = Plan()
    for who in waiting:
        _look(work, found, who, words[who.id], of_child[who.id], heard)
    await _leave_out_lately(work, found)
    return found


async def send(work: Work, class_name: str | None = None, only: Collection[int] | None = None) -> int:
    """Reminds everybody of `plan`; how many people. A second press within three days tells nobody anew.

    Args:
        only: about these people; None: about all of the plan.
    """
    found = await plan(work, class_name)
    told: set[int] = set()
    for ask in [one for one in found.asks if only is None or one.child.id in only]:
        message = await _message(work, ask)
        key, until = _key(ask, work.today.isoformat()), work.now + EXPIRES
        if await tell(work, ask.reader, message, key=key, kind=Kind.NUDGE, expires_at=until):
            told.add(ask.reader.id)
    if told:
        await journal.note(work, "consents.reminded", f"school:{work.school.id}", after={"people": len(told)})
        log.info("consents.reminded", school=work.school.id, people=len(told))
    return len(told)


def _look(
    work: Work, found: Plan, who: Person, words: list[Entry], parents: Sequence[Person], heard: set[int]
) -> None:
    needed = consents.needed(work, who)
    own = Consenter.SELF in needed and not _said(work, words, Consenter.SELF, who.id)
    adult = Consenter.GUARDIAN in needed and not _said(work, words, Consenter.GUARDIAN)
    if not own and not adult:
        found.with_school.append(who)
        return
    asked = [Ask(who, one) for one in parents if one.id in heard] if adult else []
    if who.id in heard and (own or (adult and not asked)):
        asked.append(Ask(who, who, own=own, page=adult and not asked))
    if asked:
        found.asks += asked
    else:
        found.unheard.append(who)


def _said(work: Work, words: list[Entry], consenter: Consenter, giver: int = 0) -> bool:
    """Whether somebody has agreed to everything that is required, confirmed by the school or not."""
    return all(
        any(
            word.event is ConsentEvent.GIVEN
            and who is consenter
            and (not giver or by == giver)
            and (word.valid_until is None or word.valid_until >= work.today)
            for (who, by), word in last_words(words, kind, work.now).items()
        )
        for kind in REQUIRED
    )


async def _leave_out_lately(work: Work, found: Plan) -> None:
    days = [(work.today - timedelta(days=n)).isoformat() for n in range(QUIET_FOR)]
    keys = {_key(ask, day): ask for ask in found.asks for day in days}
    late = {keys[key].child.id for key in await outbox.known(work.session, list(keys))}
    found.lately = list({ask.child.id: ask.child for ask in found.asks if ask.child.id in late}.values())
    found.asks = [ask for ask in found.asks if ask.child.id not in late]


def _key(ask: Ask, day: str) -> str:
    return f"consent-remind:{ask.child.id}:{ask.reader.id}:{day}"


async def _message(work: Work, ask: Ask) -> Message:
    if ask.reader.id != ask.child.id:
        text = Text("consent-remind-child", {"child": ask.child.first_name})
        return Message((text,), ((_answer(ask),),)).formally(ward=ask.child.id)
    texts, rows = [], []
    if ask.own:
        texts.append(Text("consent-remind-own"))
        rows.append((_answer(ask),))
    if ask.page:
        invitation = await invitations.guardian_invitation(work, ask.child)
        texts.append(Text("consent-remind-page"))
        rows.append((Choice(Text("join-parent-page"), url=f"page:consent:{invitation.token}"),))
    return Message(tuple(texts), tuple(rows)).formally()


def _answer(ask: Ask) -> Choice:
    return Choice(Text("consent-renew"), f"f:consent-renew:{ask.child.id}", style="primary")
