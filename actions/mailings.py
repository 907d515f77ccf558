"""A news item to the bot's subscribers: begun, paused, resumed, called off. Who sends it: `bot.mailing`."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from actions import journal
from actions.work import Work
from program.courtesy import polite_from
from program.errors import Refusal
from program.outgoing import Kind, Message
from program.states import MailingState
from storage import mailings
from storage.tables import Mailing


async def begin(work: Work, item_id: int, message: Message, whom: ColumnElement[bool]) -> int:
    """Queues a message to everybody meant; returns to how many. Whoever can be reached nowhere is kept, too.

    The caller holds the item and writes the journal.

    Args:
        whom: a condition on `Person`, as `actions.audiences.condition` makes one.
    """
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
    due = {
        category: polite_from(work.now, work.settings, work.zone, category, Kind.NEWS)
        for category in await mailings.categories(work.session, whom)
    }
    return await mailings.put(work.session, mailing, whom, message.to_json(), due)


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
    dropped = await mailings.waiting(work.session, mailing.id, work.now)
    await mailings.drop_waiting(work.session, mailing.id, work.now)
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
