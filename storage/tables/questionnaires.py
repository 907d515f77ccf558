"""Instruments (questionnaires as versioned data) and what people answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


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


class Response(Base):
    """One filled questionnaire. `about` says of what: "", pair:<id>, meeting:<id>."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("person_id", "code", "about", "round"),
        Index("ix_response_school_code", "school_id", "code", "finished_at"),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))
    code: Mapped[Slug]
    version: Mapped[int]
    about: Mapped[Slug] = mapped_column(default="")
    round: Mapped[str] = mapped_column(String(20), default="")  # the school year, or the month of a pulse
    finished_at: Mapped[datetime]

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
