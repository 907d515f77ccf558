"""What asks for somebody in a pair, as the early warning found it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.states import RequestState
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.pairs import Pair


class PairWorry(Base):
    """One reason to look at one pair; staff only. Closed by the curator, or by the pair itself when it has passed.

    `sign` and `args` are of `program.early_warning.Worry`; `key` tells one occurrence from the next.
    """

    __tablename__ = "pair_worry"
    __table_args__ = (
        UniqueConstraint("pair_id", "sign", "key"),
        Index("ix_pair_worry_open", "school_id", "state"),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    sign: Mapped[Slug]
    light: Mapped[int] = mapped_column(Integer)
    key: Mapped[Slug]
    since: Mapped[date]
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    found_at: Mapped[datetime]
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.NEW)
    taken_by: Mapped[Slug] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    action: Mapped[Line] = mapped_column(default="")  # what was done; "passed" if it passed by itself

    pair: Mapped[Pair] = relationship(lazy="raise")
