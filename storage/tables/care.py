"""People who asked for help or for the curator, and what only the psychologist reads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from program.care import CallKind
from program.states import RequestState
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class HelpRequest(Base):
    """«Мне нужна помощь», worrying words or a message to the curator.

    `words` is read by the curator and psychologist only. `urgent`: the clock runs until somebody takes it.
    """

    __tablename__ = "help_request"
    __table_args__ = (Index("ix_help_request_open", "school_id", "state"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    kind: Mapped[CallKind] = mapped_column(String(10), default=CallKind.CARD)
    about: Mapped[Slug] = mapped_column(
        default=""
    )  # program.care.About, program.danger.Danger of the words, or pair:<id> of answers about it
    urgent: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(Text, default="")
    apart: Mapped[Slug] = mapped_column(
        default=""
    )  # contact of the pair: "done" is paused, "asked" is to decide
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.NEW)
    at: Mapped[datetime]
    step: Mapped[int] = mapped_column(
        Integer, default=0
    )  # which adults have been called in: program.care.Step
    taken_by: Mapped[Slug] = mapped_column(default="")
    taken_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[Slug] = mapped_column(default="")
    action: Mapped[Line] = mapped_column(default="")


class CareNote(Base):
    """A psychologist's note about a person: sealed, in no export, read by psychologists of the school only."""

    __tablename__ = "care_note"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    user_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_account.id"))
    sealed: Mapped[str] = mapped_column(Text)  # actions.sealing
    at: Mapped[datetime]


class StaffChat(Base):
    """In whose chat an account of the admin gets alerts: the same human as a participant or a visitor."""

    __tablename__ = "staff_chat"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    user_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_account.id"), unique=True)
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    since: Mapped[datetime]
