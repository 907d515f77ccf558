"""Another channel where one has closed: what waits for a person goes to the address that is left."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import outbox, people
from storage.tables import OutboxRow


async def elsewhere(session: AsyncSession, row: OutboxRow) -> bool:
    """Turns the row in hand, and whatever else waits in its lane for the same person, to another address of theirs.

    Called once the lane's address is marked as unreachable. False where there is no other: then it stays as it is.
    A mailing counts its readers by channel, so its rows stay; so does what changes or deletes a message of the closed
    chat, whose number means nothing elsewhere.
    """
    if row.person_id is None or row.mailing_id is not None or row.body.get("replaces"):
        return False
    address = await people.best_address(session, row.person_id)
    if address is None:
        return False
    lane = f"{address.channel}:{address.account}:{address.address}"
    if lane == row.lane:
        return False
    ours: ColumnElement[bool] = or_(OutboxRow.id == row.id, OutboxRow.lease_until.is_(None))
    values = {
        "channel": address.channel, "account": address.account, "address": address.address, "lane": lane,
        "edit_key": "", "attempts": 0, "first_tried_at": None, "error": "", "lease_until": None, "lease_owner": "",
    }  # fmt: skip
    outbox.note(session, [values])
    await session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.lane == row.lane,
            OutboxRow.person_id == row.person_id,
            OutboxRow.mailing_id.is_(None),
            ~OutboxRow.key.startswith("news-gone:"),
            ~OutboxRow.key.startswith("news-again:"),
            outbox.waits(),
            ours,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return True


async def after_blocking(session: AsyncSession, channel: str, account: str, address: str) -> None:
    """The same where the person closed the address to us before anything was tried."""
    lane = f"{channel}:{account}:{address}"
    first = await session.scalar(
        select(OutboxRow)
        .where(OutboxRow.lane == lane, outbox.waits(), OutboxRow.lease_until.is_(None))
        .limit(1)
    )
    if first is not None:
        await elsewhere(session, first)
