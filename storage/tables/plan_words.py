"""What one member says beside the agreed programme. In a group nobody of the other mentees reads it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.plans import Said
from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug


class PlanWord(Base):
    """A mentee's wish, or what came of it in one member's words. Said again, it replaces the member's own."""

    __tablename__ = "plan_word"
    __table_args__ = (UniqueConstraint("plan_id", "person_id", "kind"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    plan_id: Mapped[int] = mapped_column(BigKey, ForeignKey("plan.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    kind: Mapped[Said] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text)
    advice: Mapped[Slug] = mapped_column(default="")  # of a mentor: program.plans.RECOMMENDED
    at: Mapped[datetime]


class PlanFact(Base):
    """How one event went, by one member."""

    __tablename__ = "plan_fact"
    __table_args__ = (UniqueConstraint("item_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    item_id: Mapped[int] = mapped_column(BigKey, ForeignKey("plan_item.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    grade: Mapped[Slug] = mapped_column(default="")  # program.plans.GRADES
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
