"""What was done to many people at once: kept for a while, so that it can be shown and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug


class BulkChange(Base):
    """One press of a button for many. `options` holds what was chosen: a class, a code."""

    __tablename__ = "bulk_change"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    verb: Mapped[Slug]
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    actor: Mapped[Slug]  # user:<id>, as in the journal
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[Slug] = mapped_column(default="")


class BulkChangeLine(Base):
    """One person of it. `before` and `after`: what was changed; `why`: a text, of what was left as it was."""

    __tablename__ = "bulk_change_line"
    __table_args__ = (UniqueConstraint("change_id", "person_id"),)

    id: Mapped[Key]
    change_id: Mapped[int] = mapped_column(BigKey, ForeignKey("bulk_change.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    state: Mapped[Slug]  # done, skipped, undone, kept (asked to be taken back, but could not be)
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    why: Mapped[dict[str, Any]] = mapped_column(default=dict)
