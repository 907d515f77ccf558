"""The pack: all documents and reports of a school in one archive, made in the background, kept for a day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class PackJob(Base):
    """The one pack of a school: asked for, being made, ready or given up."""

    __tablename__ = "pack_job"
    __table_args__ = (UniqueConstraint("school_id"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    asked_at: Mapped[datetime]
    asked_by: Mapped[Slug]
    wanted: Mapped[dict[str, Any]]  # program.packs.Wanted
    total: Mapped[int] = mapped_column(default=0)  # files
    done: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)  # how often somebody has begun to make it
    # Who makes it now, another name each time: keys of rows that are gone may be given again.
    holder: Mapped[Slug] = mapped_column(default="")
    held_until: Mapped[datetime | None]
    ready_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]


class PackFile(Base):
    """One file of the pack, or one line of what is not in it and why (`why`, in words)."""

    __tablename__ = "pack_file"
    __table_args__ = (UniqueConstraint("job_id", "position"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    job_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pack_job.id"))
    position: Mapped[int]
    thing: Mapped[int]  # of what is made at once: the same paper as .docx and PDF
    task: Mapped[dict[str, Any]]  # actions.pack_making
    name: Mapped[Line]  # in the archive, with its folder
    ending: Mapped[Slug]
    title: Mapped[Line]
    about: Mapped[Line] = mapped_column(default="")  # whom: names
    personal: Mapped[bool] = mapped_column(default=True)
    ready: Mapped[bool] = mapped_column(default=False)
    why: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    checksum: Mapped[int] = mapped_column(BigKey, default=0)  # CRC-32, as the archive names it
    data: Mapped[bytes] = mapped_column(deferred=True)
