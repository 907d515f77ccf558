"""What came of «before and after»: tables as they were summed up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.roles import Side
from storage.tables.base import Base, Key, SchoolKey, Slug


class Comparison(Base):
    """One summing up of one side: people who had not been summed up before, at least five.

    Never counted anew, and nobody is in two of them: what is shown later cannot be subtracted from it.
    """

    __tablename__ = "comparison"
    __table_args__ = (UniqueConstraint("school_id", "year", "side", "number"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    side: Mapped[Side] = mapped_column(String(10))
    number: Mapped[int]  # 1, 2, … in the year
    at: Mapped[datetime]
    actor: Mapped[Slug]
    responses: Mapped[list[Any]]  # ids of the responses after the work that are counted here
    body: Mapped[dict[str, Any]]  # program.comparison.Table as JSON
