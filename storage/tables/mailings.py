"""How a news item goes out to the bot's subscribers; each reader's message is a row of the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from program.states import MailingState
from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug


class Mailing(Base):
    """One news item to many. `OutboxRow.mailing_id` names its messages, those that could not be queued among them."""

    __tablename__ = "mailing"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    item_id: Mapped[int] = mapped_column(BigKey, ForeignKey("news_item.id"), unique=True)
    state: Mapped[MailingState] = mapped_column(String(20))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]  # when the state was last changed by somebody
    changed_by: Mapped[Slug] = mapped_column(default="")  # actor, as in the journal
    finished_at: Mapped[datetime | None]  # nothing of it waits any more
    # What the platforms call the pictures that they have got already: {"vk:default": ["photo-1_2"]}
    uploads: Mapped[dict[str, Any]] = mapped_column(default=dict)
