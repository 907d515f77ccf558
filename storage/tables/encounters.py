"""Meetings outside of pairs: sign-up by topic, events of rounds, trial meetings, questions to the pool."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.encounters import EncounterKind, EncounterState, QuestionKind, QuestionState, SeatState, Word
from program.states import MeetingFormat
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.people import Person


class Encounter(Base):
    """One meeting or event that belongs to no pair. Who comes stands in its seats."""

    __tablename__ = "encounter"
    __table_args__ = (Index("ix_encounter_due", "school_id", "state", "starts_at"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    kind: Mapped[EncounterKind] = mapped_column(String(20))
    state: Mapped[EncounterState] = mapped_column(String(20))
    topic: Mapped[Line]
    about: Mapped[str] = mapped_column(Text, default="")
    host_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    reverse: Mapped[bool] = mapped_column(default=False)  # the younger leads the older
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    format: Mapped[MeetingFormat] = mapped_column(String(10))
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="")
    seats: Mapped[int]  # the host's own is not counted
    rounds: Mapped[int] = mapped_column(default=0)
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"categories": [], "classes": []}
    plan: Mapped[dict[str, Any]] = mapped_column(default=dict)  # {"rounds": [[[mentor, mentee]]]}, people
    created_at: Mapped[datetime]
    created_by: Mapped[Slug] = mapped_column(default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Slug] = mapped_column(default="")
    closed_at: Mapped[datetime | None]  # attendance was said, or it was called off
    changed_at: Mapped[datetime | None]  # something of it that its people know
    sequence: Mapped[int] = mapped_column(default=0)  # of its calendar entry: grows with every change

    host: Mapped[Person | None] = relationship(lazy="raise")
    taken: Mapped[list[Seat]] = relationship(
        back_populates="encounter", lazy="raise", order_by="Seat.at, Seat.id"
    )


class Seat(Base):
    """One person at one encounter; waiting ones are seated in the order of `at`."""

    __tablename__ = "encounter_seat"
    __table_args__ = (UniqueConstraint("encounter_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    encounter_id: Mapped[int] = mapped_column(BigKey, ForeignKey("encounter.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    side: Mapped[Slug] = mapped_column(default="")  # of an event of rounds
    state: Mapped[SeatState] = mapped_column(String(10))
    at: Mapped[datetime]
    wishes: Mapped[list[Any]] = mapped_column(default=list)  # whom the person would like to meet
    came: Mapped[bool | None]  # None: nobody has said

    encounter: Mapped[Encounter] = relationship(back_populates="taken", lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Impression(Base):
    """What somebody said silently of somebody met. Read by the curator and the matching, by nobody else."""

    __tablename__ = "impression"
    __table_args__ = (UniqueConstraint("encounter_id", "person_id", "about_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    encounter_id: Mapped[int] = mapped_column(BigKey, ForeignKey("encounter.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    about_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    word: Mapped[Word] = mapped_column(String(10))
    at: Mapped[datetime]


class PoolQuestion(Base):
    """A question to the pool of a topic, or a request for one meeting. One of the pool takes it."""

    __tablename__ = "pool_question"
    __table_args__ = (Index("ix_pool_question_state", "school_id", "state", "at"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    kind: Mapped[QuestionKind] = mapped_column(String(10))
    state: Mapped[QuestionState] = mapped_column(String(10))
    topic: Mapped[Slug]
    reverse: Mapped[bool] = mapped_column(default=False)  # an adult asks, pupils answer
    asker_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    at: Mapped[datetime]
    taken_by: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    taken_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    encounter_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("encounter.id"))

    asker: Mapped[Person] = relationship(foreign_keys=[asker_id], lazy="raise")
    taker: Mapped[Person | None] = relationship(foreign_keys=[taken_by], lazy="raise")
    words: Mapped[list[PoolWord]] = relationship(
        back_populates="question", lazy="raise", order_by="PoolWord.id"
    )


class PoolWord(Base):
    """One paragraph of the talk about a question: the question itself is the first."""

    __tablename__ = "pool_word"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    question_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pool_question.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("person.id"), index=True
    )  # None: the school
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    question: Mapped[PoolQuestion] = relationship(back_populates="words", lazy="raise")
