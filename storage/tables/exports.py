"""Everything of a school in one archive, made piece by piece; a municipality's numbers from schools with their own copy."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class ExportJob(Base):
    """The one archive of a school: asked for, being made, ready; gone a day later."""

    __tablename__ = "export_job"
    __table_args__ = (UniqueConstraint("school_id"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[Slug]
    done: Mapped[int] = mapped_column(default=0)  # pieces
    total: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None]


class ExportPart(Base):
    """One file of the archive. `file_id`: a stored file that is taken from its own row; then `data` is empty."""

    __tablename__ = "export_part"
    __table_args__ = (UniqueConstraint("job_id", "position"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    job_id: Mapped[int] = mapped_column(BigKey, ForeignKey("export_job.id"))
    position: Mapped[int]
    name: Mapped[Line]
    source: Mapped[Slug] = mapped_column(default="")  # a table and the number of its piece: "person:0"
    ready: Mapped[bool] = mapped_column(default=False)
    data: Mapped[bytes] = mapped_column(deferred=True)
    file_id: Mapped[int | None] = mapped_column(BigKey)


class SchoolKeys(Base):
    """With which a school signs its numbers. The private half is sealed with the installation's key."""

    __tablename__ = "school_keys"
    __table_args__ = (UniqueConstraint("school_id"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    public_key: Mapped[str] = mapped_column(String(64))  # base64, 32 bytes
    private_key: Mapped[str]
    made_at: Mapped[datetime]
    number: Mapped[int] = mapped_column(default=0)  # of the last file that was signed


class TownSchool(Base):
    """A school with its own copy of the programme, known to a coordinator by its key."""

    __tablename__ = "town_school"
    __table_args__ = (UniqueConstraint("school_id", "public_key"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]  # the coordinator's
    public_key: Mapped[str] = mapped_column(String(64))
    name: Mapped[Line]
    city: Mapped[Line] = mapped_column(default="")
    municipality: Mapped[Line] = mapped_column(default="")
    added_at: Mapped[datetime]
    trusted_at: Mapped[datetime | None]  # the coordinator has compared the fingerprint
    trusted_by: Mapped[Slug] = mapped_column(default="")


class TownNumbers(Base):
    """One file of such a school: numbers without names, as it signed them."""

    __tablename__ = "town_numbers"
    __table_args__ = (UniqueConstraint("town_school_id", "number"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    town_school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("town_school.id"))
    number: Mapped[int]
    year: Mapped[str] = mapped_column(String(9))
    made_on: Mapped[date]
    body: Mapped[dict[str, Any]]
    added_at: Mapped[datetime]
    added_by: Mapped[Slug] = mapped_column(default="")
