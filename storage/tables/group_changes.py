"""Changes of a group's members that the curator has planned for a day to come."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug
from storage.tables.pairs import Pair
from storage.tables.people import Participation


class GroupChange(Base):
    """Somebody comes into a group or leaves it on a day. The clock does it; `outcome` says how it went."""

    __tablename__ = "group_change"
    __table_args__ = (Index("ix_group_change_due", "school_id", "outcome", "on_day"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"), index=True)
    participation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("participation.id"), index=True)
    comes: Mapped[bool]  # False: leaves
    on_day: Mapped[date]  # the first day of who comes, the last day of who leaves
    reason: Mapped[Slug] = mapped_column(default="")  # of who leaves; staff only
    at: Mapped[datetime]
    by: Mapped[Slug] = mapped_column(default="")
    outcome: Mapped[Slug] = mapped_column(
        default=""
    )  # "" waits, done, off, or the text of what stood in the way
    closed_at: Mapped[datetime | None]

    pair: Mapped[Pair] = relationship(lazy="raise")
    participation: Mapped[Participation] = relationship(lazy="raise")
