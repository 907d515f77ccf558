"""A news item to the bot's subscribers: begun, paused, resumed, called off. Who sends it: `bot.mailing`."""

from __future__ import annotations

from collections.abc import Iterable

from actions import journal
from actions.work import Work
from program.channels import Channel
from program.courtesy import polite_from
from program.errors import Refusal
from program.mailings import NO_ADDRESS
from program.outgoing import MAILING, Kind, Message
from program.states import MailingState
from storage import mailings
from storage.tables import Mailing, Person


async def begin(work: Work, item_id: int, message: Message, readers: Iterable[Person]) -> int:
    """Queues a message to everybody; returns to how many. Whoever has no address that takes messages is kept, too.

    The caller holds the item and writes the journal.
    """
    readers = list(readers)
    mailing = Mailing(
        school_id=work.school.id,
        item_id=item_id,
        state=MailingState.GOING,
        created_at=work.now,
        changed_at=work.now,
        changed_by=work.actor,
    )
    work.session.add(mailing)
    await work.session.flush()
    found = await mailings.best_addresses(work.session, readers)
    body = message.to_json()
    rows = []
    due = {
        category: polite_from(work.now, work.settings, work.zone, category, Kind.NEWS)
        for category in {person.category for person in readers}
    }
    for person in readers:
        address = found.get(person.id)
        channel, account, where = (
            (address.channel, address.account, address.address) if address else (Channel.WEB, "default", "")
        )
        rows.append(
            {
                "school_id": work.school.id,
                "key": f"news:{item_id}:{person.id}",
                "kind": Kind.NEWS,
                "priority": MAILING,
                "person_id": person.id,
                "channel": channel,
                "account": account,
                "address": where,
                "lane": f"{channel}:{account}:{where}",
                "body": body,
                "edit_key": "",
                "created_at": work.now,
                "due_at": due[person.category],
                "lease_owner": "",
                "attempts": 0,
                "external_id": "",
                "dropped": "" if address else NO_ADDRESS,
                "error": "",
                "mailing_id": mailing.id,
            }
        )
    await mailings.put(work.session, rows)
    return len(found)


async def pause(work: Work, item_id: int) -> None:
    """Nothing more of it leaves until it is resumed. Raises Refusal: it is not going."""
    await _turn(work, item_id, MailingState.GOING, MailingState.PAUSED)
    await journal.note(work, "news.mailing-paused", f"news:{item_id}")


async def resume(work: Work, item_id: int) -> None:
    """Raises Refusal: it is not paused."""
    await _turn(work, item_id, MailingState.PAUSED, MailingState.GOING)
    await journal.note(work, "news.mailing-resumed", f"news:{item_id}")


async def cancel(work: Work, item_id: int) -> int:
    """What has not gone yet never goes; returns how many. Raises Refusal: called off already, or all has gone.

    The few that are just being sent arrive.
    """
    mailing = await _held(work, item_id)
    if mailing.state == MailingState.CANCELLED or mailing.finished_at is not None:
        raise Refusal("mailing-over")
    _change(work, mailing, MailingState.CANCELLED)
    await work.session.flush()
    dropped = await mailings.drop_waiting(work.session, mailing.id, work.now)
    await journal.note(work, "news.mailing-cancelled", f"news:{item_id}", after={"dropped": dropped})
    return dropped


async def _turn(work: Work, item_id: int, before: MailingState, after: MailingState) -> None:
    mailing = await _held(work, item_id)
    if mailing.state == MailingState.CANCELLED or mailing.finished_at is not None:
        raise Refusal("mailing-over")
    if mailing.state != before:
        raise Refusal("mailing-changed")
    _change(work, mailing, after)


async def _held(work: Work, item_id: int) -> Mailing:
    mailing = await mailings.lock(work.session, work.school.id, item_id)
    if mailing is None:
        raise Refusal("mailing-missing")
    return mailing


def _change(work: Work, mailing: Mailing, state: MailingState) -> None:
    mailing.state = state
    mailing.changed_at, mailing.changed_by = work.now, work.actor
