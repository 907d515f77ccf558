"""Instruments (questionnaires as versioned data), who was asked by hand, and what people answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Bytewise, Key, Line, SchoolKey, Slug


class Instrument(Base):
    """One published version. `body` is what `program.instruments.Instrument` reads. Never changed."""

    __tablename__ = "instrument"
    __table_args__ = (UniqueConstraint("school_id", "code", "version"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    code: Mapped[Slug]
    version: Mapped[int]
    title: Mapped[Line]
    body: Mapped[dict[str, Any]]
    sha256: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime]


class InstrumentDraft(Base):
    """A next version, or a questionnaire of the school's own, that the curator is still writing."""

    __tablename__ = "instrument_draft"
    __table_args__ = (UniqueConstraint("school_id", "code"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    code: Mapped[Slug]
    body: Mapped[dict[str, Any]]
    author: Mapped[Slug] = mapped_column(default="")
    changed_at: Mapped[datetime]


class Asking(Base):
    """A questionnaire that a curator sent to an audience by hand, or closed. The newest of a code counts."""

    __tablename__ = "asking"
    __table_args__ = (Index("ix_asking_school_code", "school_id", "code", "round"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    code: Mapped[Slug]
    round: Mapped[str] = mapped_column(String(20))
    # {"sides": [], "forms": [], "classes": []}; None: nobody is asked by hand, the row only closes the code
    audience: Mapped[dict[str, Any] | None]
    people: Mapped[list[Any]] = mapped_column(default=list)  # ids: who was at the group meeting, for PREF
    actor: Mapped[Slug] = mapped_column(default="")
    created_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Response(Base):
    """One filled questionnaire, of a person or of somebody of the staff.

    `about` says of what: "", person:<id> (a child, a candidate), pair:<id>, meeting:<id>.
    `method`: a `program.instruments.Method`, how it was filled in.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("person_id", "code", "about", "round"),
        UniqueConstraint("user_id", "code", "about", "round"),
        CheckConstraint("(person_id IS NULL) <> (user_id IS NULL)", name="answered_by_one"),
        Index("ix_response_school_code", "school_id", "code", "finished_at"),
        Index("ix_response_school_round", "school_id", "round"),
        Index("ix_response_school_finished", "school_id", "finished_at"),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    person_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"))
    user_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("user_account.id"))
    code: Mapped[Slug]
    version: Mapped[int]
    about: Mapped[Slug] = mapped_column(default="")
    round: Mapped[str] = mapped_column(Bytewise(20), default="")  # the school year, or the month of a pulse
    finished_at: Mapped[datetime]
    method: Mapped[str] = mapped_column(String(10), default="chat")

    answers: Mapped[list[Answer]] = relationship(lazy="raise")


class Answer(Base):
    """One answer: a number, words, or chosen option codes. A skipped question has a row with `skipped`."""

    __tablename__ = "answer"
    __table_args__ = (UniqueConstraint("response_id", "question"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    response_id: Mapped[int] = mapped_column(BigKey, ForeignKey("response.id"))
    question: Mapped[Slug]  # INT_ME_P.3
    number: Mapped[int | None]
    words: Mapped[str | None]
    choices: Mapped[list[Any] | None]
    skipped: Mapped[bool] = mapped_column(default=False)
    # Whom free words mean, [[person's id, "prefer" or "avoid"]]; NULL: nobody has looked (`program.named`)
    named: Mapped[list[Any] | None]
