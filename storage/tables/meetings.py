"""What belongs to meetings beside their own row: who came, the diary, meetings of the whole programme."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.gatherings import GatheringState
from program.states import MeetingFormat, MeetingKind
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.pairs import Meeting
from storage.tables.people import Person


class Attendance(Base):
    """Whether one person was at one held meeting of a pair or group."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    meeting_id: Mapped[int] = mapped_column(BigKey, ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    came: Mapped[bool]
    at: Mapped[datetime]
    actor: Mapped[Slug] = mapped_column(default="")

    person: Mapped[Person] = relationship(lazy="raise")


class MeetingNote(Base):
    """A line of the diary: what one held meeting was about. Written by a mentor, read by both sides and the school."""

    __tablename__ = "meeting_note"
    __table_args__ = (UniqueConstraint("meeting_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    meeting_id: Mapped[int] = mapped_column(BigKey, ForeignKey("meeting.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)  # who wrote it
    topic: Mapped[Slug] = mapped_column(default="")  # program.meeting_diary.TOPICS
    topic_words: Mapped[Line] = mapped_column(default="")
    methods: Mapped[list[Any]] = mapped_column(default=list)  # of the directory «method»
    step: Mapped[Line] = mapped_column(default="")  # what comes next
    step_on: Mapped[date | None]
    minutes: Mapped[int]  # how long it was
    at: Mapped[datetime]
    changed_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Gathering(Base):
    """A meeting of the whole programme, called by the curator: m0 at the beginning, m6 at the end."""

    __tablename__ = "gathering"
    __table_args__ = (Index("ix_gathering_due", "school_id", "state", "starts_at"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    kind: Mapped[MeetingKind] = mapped_column(String(10))
    state: Mapped[GatheringState] = mapped_column(String(10))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    format: Mapped[MeetingFormat] = mapped_column(String(10))
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="")
    about: Mapped[str] = mapped_column(Text, default="")  # for those invited
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)  # actions.audiences.Audience
    guests: Mapped[str] = mapped_column(
        Text, default=""
    )  # of m6: who else is invited, a line each; staff only
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    created_by: Mapped[Slug] = mapped_column(default="")
    changed_at: Mapped[datetime | None]  # its day, hour or place
    closed_at: Mapped[datetime | None]  # attendance was said, or it was called off

    invited: Mapped[list[Invitee]] = relationship(
        back_populates="gathering", lazy="raise", order_by="Invitee.id"
    )


class Invitee(Base):
    """One participant invited to a gathering."""

    __tablename__ = "gathering_invitee"
    __table_args__ = (UniqueConstraint("gathering_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    gathering_id: Mapped[int] = mapped_column(BigKey, ForeignKey("gathering.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    coming: Mapped[bool | None]  # None: has not said
    came: Mapped[bool | None]  # None: nobody has said

    gathering: Mapped[Gathering] = relationship(back_populates="invited", lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
