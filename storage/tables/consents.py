"""The ledger of consents and the texts they refer to. Rows are added, never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.ages import Consenter
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class ConsentText(Base):
    """One version of the text for one kind and one giver, as it was shown; `sha256` is of `body`."""

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("school_id", "kind", "consenter", "version"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    kind: Mapped[ConsentKind] = mapped_column(String(20))
    consenter: Mapped[Consenter] = mapped_column(String(10))
    version: Mapped[int]
    title: Mapped[Line]
    body: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class Consent(Base):
    """Who said what, for whom, for which purpose, to which version of which text, when, by which channel."""

    __tablename__ = "consent"
    __table_args__ = (Index("ix_consent_person_kind", "person_id", "kind", "at"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))  # for whom
    kind: Mapped[ConsentKind] = mapped_column(String(20))
    event: Mapped[ConsentEvent] = mapped_column(String(20))
    consenter: Mapped[Consenter] = mapped_column(String(10))
    given_by: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    text_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("consent_text.id"))
    text_sha256: Mapped[str] = mapped_column(String(64), default="")
    method: Mapped[ConsentMethod] = mapped_column(String(20))
    channel: Mapped[Channel | None] = mapped_column(String(20))
    at: Mapped[datetime]
    valid_until: Mapped[date | None]
    paper_number: Mapped[Line] = mapped_column(default="")
    entered_by: Mapped[Slug] = mapped_column(default="")  # actor, when somebody typed it in from paper
    reason: Mapped[Line] = mapped_column(default="")

    text: Mapped[ConsentText | None] = relationship(lazy="raise")
