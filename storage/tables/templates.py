"""The school's own templates of documents, and the journal of what was made from them with a number."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, Line, Slug
from storage.tables.schools import StoredFile


class OwnTemplate(Base):
    """One version of a template. Never changed; without one in use, the shipped template serves."""

    __tablename__ = "own_template"
    __table_args__ = (UniqueConstraint("school_id", "code", "number"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    code: Mapped[Slug]  # program.templates.TEMPLATES
    number: Mapped[int]  # 1, 2, 3… of this document
    used: Mapped[bool] = mapped_column(default=False)  # documents are made from it now
    file_id: Mapped[int] = mapped_column(BigKey, ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    by: Mapped[Slug] = mapped_column(default="")

    file: Mapped[StoredFile] = relationship(lazy="raise")


class IssuedPaper(Base):
    """A document that was given out under a number. Of letters and certificates one row for each recipient.

    Nobody's name stands here: a person's is read from the person's row, a partner's from the partner's.
    """

    __tablename__ = "issued_paper"
    __table_args__ = (
        UniqueConstraint("school_id", "year", "code", "serial"),
        UniqueConstraint("check_code"),
        Index("ix_issued_paper_batch", "school_id", "batch"),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    year: Mapped[str] = mapped_column(String(9))  # school year of its day
    code: Mapped[Slug]  # program.templates.TEMPLATES
    serial: Mapped[int]  # 1, 2, 3… within the year and the code; the school may print another number
    number: Mapped[Slug]  # as printed
    on_day: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    partner_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("partner.id"))
    family: Mapped[bool] = mapped_column(default=False)  # to the family of the person
    about: Mapped[Slug] = mapped_column(default="")  # pair:17; what else it is about
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # program.awards.Facts
    template: Mapped[int] = mapped_column(default=0)  # version of the school's template; 0: the shipped one
    check_code: Mapped[str | None] = mapped_column(String(16))
    batch: Mapped[Slug] = mapped_column(default="")  # made by one press
    at: Mapped[datetime]
    by: Mapped[Slug] = mapped_column(default="")
    told_at: Mapped[datetime | None]  # it was sent to the person's chat
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[Line] = mapped_column(default="")  # staff only
