"""What is left of somebody whose data were erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug


class DeletionAct(Base):
    """Who (by id only), what, when, on which basis. Never changed. Source: domain.md 8.4."""

    __tablename__ = "deletion_act"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    basis: Mapped[Slug]
    actor: Mapped[Slug]
    asked_at: Mapped[datetime | None]  # when the clock of deletion started
    at: Mapped[datetime]
    erased: Mapped[dict[str, Any]]  # what -> how much of it
    by_hand: Mapped[list[Any]] = mapped_column(default=list)  # news:<id> that name or show the person
