"""Anonymous polls: who has answered, and apart from that what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, SchoolKey, Slug


class Ballot(Base):
    """One anonymous poll of one school year, in one row.

    One row and not many: rows have an order, a moment and a transaction, by which an answer could be joined to
    whoever answered then. Nothing in it says when or in which order anybody answered.
    """

    __tablename__ = "ballot"
    __table_args__ = (UniqueConstraint("school_id", "code", "round"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    code: Mapped[Slug]
    round: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]  # of the instrument; all answer the same one
    closes_at: Mapped[datetime]  # as it was when somebody answered last, or when it was closed
    people: Mapped[int] = mapped_column(default=0)  # how many have answered
    answered: Mapped[list[Any]] = mapped_column(default=list)  # ids of people, by size
    waiting: Mapped[str] = mapped_column(
        Text, default=""
    )  # heaps of `program.ballots`, sealed by the house's key
    told: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # counts that may be shown; program.ballots.Told
