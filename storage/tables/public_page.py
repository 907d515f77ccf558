"""The numbers that stand on a school's public page."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Key, SchoolKey


class PublicEdition(Base):
    """As they are shown now, of one school year: numbers only. Next ones are made of these: `program.public_page`."""

    __tablename__ = "public_edition"
    __table_args__ = (UniqueConstraint("school_id", "year"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    at: Mapped[datetime]  # when it was last looked whether they change
    changed_at: Mapped[datetime]
    body: Mapped[dict[str, Any]]  # {"people": {"mentors:<form>": n}, "months": {"2026-09": n}}
