"""What is to be sent. A row is written in the transaction of the change that it tells of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from program.channels import Channel
from program.outgoing import Kind
from storage.tables.base import Base, BigKey, Bytewise, Key, Slug


class OutboxRow(Base):
    """One message to one address. Waiting while `sent_at` and `dropped` are empty.

    `lane` is what keeps its order (an address, the wall). A row of a mailing that found no address at all
    has none and is dropped from the beginning: it stands for somebody who has to be called.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_due",
            "channel",
            "priority",
            "due_at",
            "id",
            sqlite_where=text("sent_at IS NULL AND dropped = ''"),
            postgresql_where=text("sent_at IS NULL AND dropped = ''"),
        ),
        Index(
            "ix_outbox_lane",
            "lane",
            "id",
            sqlite_where=text("sent_at IS NULL AND dropped = ''"),
            postgresql_where=text("sent_at IS NULL AND dropped = ''"),
        ),
        Index(
            "ix_outbox_edit",
            "lane",
            "edit_key",
            # Partial, so that no planner takes it for the look at what waits in a lane.
            sqlite_where=text("edit_key <> ''"),
            postgresql_where=text("edit_key <> ''"),
        ),
        # Not of the school alone: SQLite would take that index for everything it is asked with a school in it.
        Index("ix_outbox_school_created", "school_id", "created_at"),
        # What the house asked for by itself: of a school only a little beside all that goes out.
        Index(
            "ix_outbox_nudges",
            "school_id",
            "created_at",
            sqlite_where=text("kind = 'nudge'"),
            postgresql_where=text("kind = 'nudge'"),
        ),
        # Answers, which are forgotten after a time: `storage.sweeping.answers`.
        Index(
            "ix_outbox_replies",
            "school_id",
            "created_at",
            sqlite_where=text("kind = 'reply'"),
            postgresql_where=text("kind = 'reply'"),
        ),
        Index(
            "ix_outbox_dropped",
            "created_at",
            "dropped",
            sqlite_where=text("dropped <> ''"),
            postgresql_where=text("dropped <> ''"),
        ),
        # What «Сегодня» names: `storage.overview.failed`.
        Index(
            "ix_outbox_failed",
            "school_id",
            "created_at",
            sqlite_where=text("sent_at IS NULL AND (dropped <> '' OR error <> '')"),
            postgresql_where=text("sent_at IS NULL AND (dropped <> '' OR error <> '')"),
        ),
        # When somebody was last written to unasked: `storage.outbox.last_unasked`.
        Index("ix_outbox_person_sent", "person_id", "kind", "sent_at"),
        Index(
            "ix_outbox_mailing",
            "mailing_id",
            "id",
            sqlite_where=text("mailing_id IS NOT NULL"),
            postgresql_where=text("mailing_id IS NOT NULL"),
        ),
        Index(
            "ix_outbox_mailing_due",
            "mailing_id",
            "channel",
            "due_at",
            "id",
            sqlite_where=text("mailing_id IS NOT NULL AND sent_at IS NULL AND dropped = ''"),
            postgresql_where=text("mailing_id IS NOT NULL AND sent_at IS NULL AND dropped = ''"),
        ),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    key: Mapped[str] = mapped_column(Bytewise(200), unique=True)
    kind: Mapped[Kind] = mapped_column(String(10))
    priority: Mapped[int]  # smaller goes first
    person_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"))
    channel: Mapped[Channel] = mapped_column(String(20))
    account: Mapped[Slug] = mapped_column(default="default")
    address: Mapped[Slug]
    lane: Mapped[str] = mapped_column(String(160))  # <channel>:<account>:<address>
    body: Mapped[dict[str, Any]]  # program.outgoing.Message as JSON
    edit_key: Mapped[Slug] = mapped_column(default="")  # redraws the newest sent row with the same key
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[Slug] = mapped_column(default="")
    attempts: Mapped[int] = mapped_column(default=0)
    first_tried_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    external_id: Mapped[Slug] = mapped_column(default="")
    dropped: Mapped[Slug] = mapped_column(default="")  # why it will not be sent: expired, unreachable…
    error: Mapped[str] = mapped_column(String(300), default="")  # class of the last failure; no personal data
    mailing_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("mailing.id"))
    # Of a mailing: the rows of one call, named by the first of them. A repeat carries the same number, so that
    # the platform can tell it.
    batch: Mapped[int | None] = mapped_column(BigKey)
