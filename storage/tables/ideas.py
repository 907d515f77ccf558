"""Ideas for meetings: what a school changed or added, and what a pair was shown and took. No words of participants."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class SchoolIdea(Base):
    """A school's own idea, or its words over a shipped one. Read by `program.ideas.merged`."""

    __tablename__ = "school_idea"
    __table_args__ = (UniqueConstraint("school_id", "slug"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    slug: Mapped[Slug]
    title: Mapped[Line] = mapped_column(default="")
    words: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[int] = mapped_column(default=0)
    forms: Mapped[list[Any]] = mapped_column(default=list)
    grade_from: Mapped[int] = mapped_column(default=1)
    grade_to: Mapped[int] = mapped_column(default=11)
    active: Mapped[bool] = mapped_column(default=True)
    changed_at: Mapped[datetime]
    changed_by: Mapped[Slug] = mapped_column(default="")


class PairIdea(Base):
    """An idea that a pair was shown on a day; taken, if somebody of the pair wanted it."""

    __tablename__ = "pair_idea"
    __table_args__ = (UniqueConstraint("pair_id", "slug"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    slug: Mapped[Slug]
    shown_on: Mapped[date]  # the last day
    shown_before: Mapped[date | None]  # the last day before that: the order of a day stays as it is
    taken_at: Mapped[datetime | None]
