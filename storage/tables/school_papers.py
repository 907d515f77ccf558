"""The school's own documents about mentoring: regulations, orders, programmes, with their earlier versions."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.schools import StoredFile


class SchoolPaper(Base):
    """One document. Its number, day and file are those of the newest version."""

    __tablename__ = "school_paper"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    kind: Mapped[Slug]  # of the directory «Виды документов»
    title: Mapped[Line]
    public: Mapped[bool] = mapped_column(default=False)
    site_url: Mapped[Line] = mapped_column(default="")  # where it stands on the school's own site
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[Slug] = mapped_column(default="")

    versions: Mapped[list[SchoolPaperVersion]] = relationship(
        back_populates="paper",
        lazy="raise",
        order_by="SchoolPaperVersion.number.desc()",
        cascade="all, delete-orphan",
    )


class SchoolPaperVersion(Base):
    """The document as it was signed once. Never changed; a new one takes its place."""

    __tablename__ = "school_paper_version"
    __table_args__ = (UniqueConstraint("paper_id", "number"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    paper_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school_paper.id"))
    number: Mapped[int]  # 1, 2, 3… within the document
    signed_number: Mapped[Slug] = mapped_column(default="")  # «12-О», as it stands on the paper
    signed_on: Mapped[date | None]
    file_id: Mapped[int] = mapped_column(BigKey, ForeignKey("stored_file.id"))
    at: Mapped[datetime]
    by: Mapped[Slug] = mapped_column(default="")

    paper: Mapped[SchoolPaper] = relationship(back_populates="versions", lazy="raise")
    file: Mapped[StoredFile] = relationship(lazy="raise")
