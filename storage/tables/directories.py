"""What a school changed in its directories, and how its mentors are selected."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.directories import Directory
from program.selection import Decision, Setting
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.people import Participation, Person


class DirectoryEntry(Base):
    """A school's own entry, or its words over a shipped one. Read by `program.directories.merged`."""

    __tablename__ = "directory_entry"
    __table_args__ = (UniqueConstraint("school_id", "directory", "slug"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    directory: Mapped[Directory] = mapped_column(String(20))
    slug: Mapped[Slug]
    label: Mapped[Line] = mapped_column(default="")
    shown: Mapped[Line] = mapped_column(default="")
    about: Mapped[str] = mapped_column(Text, default="")
    plus: Mapped[str] = mapped_column(Text, default="")
    parent: Mapped[Slug] = mapped_column(default="")
    extra: Mapped[dict[str, Any] | None]
    position: Mapped[int | None]
    active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=0)  # of the shipped wording that was edited
    changed_at: Mapped[datetime]
    changed_by: Mapped[Slug] = mapped_column(default="")


class SelectionMark(Base):
    """A requirement that a mentor meets, or a topic of training attended: the fact and its dates, no papers."""

    __tablename__ = "selection_mark"
    __table_args__ = (UniqueConstraint("person_id", "item"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))
    item: Mapped[Slug]  # outside_check, training:role
    done_on: Mapped[date]
    valid_until: Mapped[date | None]
    entered_at: Mapped[datetime]
    entered_by: Mapped[Slug] = mapped_column(default="")


class Interview(Base):
    """A talk with somebody who wants to be a mentor (IVW). Everything in it is for the staff only."""

    __tablename__ = "interview"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    held_on: Mapped[date]
    setting: Mapped[Setting] = mapped_column(String(10))
    interviewers: Mapped[Line] = mapped_column(default="")
    marks: Mapped[dict[str, Any]]  # criterion -> 0-3
    notes: Mapped[str] = mapped_column(Text, default="")
    risk: Mapped[str] = mapped_column(Text, default="")
    decision: Mapped[Decision] = mapped_column(String(10))
    reason: Mapped[Line] = mapped_column(default="")
    entered_at: Mapped[datetime]
    entered_by: Mapped[Slug] = mapped_column(default="")


class Candidacy(Base):
    """What the curator decided about one mentor's place: on the shortlist, admitted, what was waived and why."""

    __tablename__ = "candidacy"
    __table_args__ = (UniqueConstraint("participation_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    participation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("participation.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    shortlisted: Mapped[bool] = mapped_column(default=False)
    admitted_at: Mapped[datetime | None]
    admitted_by: Mapped[Slug] = mapped_column(default="")
    waived: Mapped[list[Any]] = mapped_column(default=list)  # requirements that were missing then
    reason: Mapped[Line] = mapped_column(default="")  # the curator's, why they may be missing

    participation: Mapped[Participation] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
