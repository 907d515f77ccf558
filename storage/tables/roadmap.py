"""The road map of a school's year: stages, events, and what shows that an event took place."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.roadmap import Status
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.school_papers import SchoolPaper
from storage.tables.schools import StoredFile, User


class RoadmapStage(Base):
    """A stage of one year; a year has a road map if it has stages."""

    __tablename__ = "roadmap_stage"
    __table_args__ = (UniqueConstraint("school_id", "year", "slug"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    year: Mapped[str] = mapped_column(String(9))
    slug: Mapped[Slug]  # st1-st7 of the shipped map, own1… of the school's
    position: Mapped[int]
    title: Mapped[Line]

    events: Mapped[list[RoadmapEvent]] = relationship(
        back_populates="stage", lazy="raise", order_by="RoadmapEvent.position, RoadmapEvent.id"
    )


class RoadmapEvent(Base):
    """One line of the map. Without days `term` says when, in words («постоянно»)."""

    __tablename__ = "roadmap_event"
    __table_args__ = (Index("ix_roadmap_event_due", "school_id", "year", "status", "ends_on"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    year: Mapped[str] = mapped_column(String(9))
    stage_id: Mapped[int] = mapped_column(BigKey, ForeignKey("roadmap_stage.id"), index=True)
    slug: Mapped[Slug] = mapped_column(default="")  # of the shipped event it began as
    position: Mapped[int]
    title: Mapped[Line]
    content: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    term: Mapped[Line] = mapped_column(default="")
    owner_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("user_account.id"), index=True)
    owner: Mapped[Line] = mapped_column(default="")  # in words, beside the account or instead of it
    result: Mapped[Line] = mapped_column(default="")  # «Результат. Вид документа»
    effect: Mapped[Line] = mapped_column(default="")
    function: Mapped[Slug] = mapped_column(default="")  # program.roadmap.FUNCTIONS
    status: Mapped[Status] = mapped_column(String(10))
    done_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by: Mapped[Slug] = mapped_column(default="")

    stage: Mapped[RoadmapStage] = relationship(back_populates="events", lazy="raise")
    user: Mapped[User | None] = relationship(lazy="raise")
    proofs: Mapped[list[RoadmapProof]] = relationship(
        back_populates="event", lazy="raise", order_by="RoadmapProof.id", cascade="all, delete-orphan"
    )


class RoadmapProof(Base):
    """A document of an event: a file of its own, a paper of the school, or an address. Exactly one of the three."""

    __tablename__ = "roadmap_proof"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    event_id: Mapped[int] = mapped_column(BigKey, ForeignKey("roadmap_event.id"), index=True)
    title: Mapped[Line]
    file_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("stored_file.id"))
    paper_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("school_paper.id"), index=True)
    url: Mapped[Line] = mapped_column(default="")
    at: Mapped[datetime]
    by: Mapped[Slug] = mapped_column(default="")

    event: Mapped[RoadmapEvent] = relationship(back_populates="proofs", lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")
    paper: Mapped[SchoolPaper | None] = relationship(lazy="raise")
