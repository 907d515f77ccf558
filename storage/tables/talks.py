"""Conversations in flight, seen events, places in event streams, the web chat's history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from program.channels import Channel
from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug


class Conversation(Base):
    """What one person is in the middle of. At most one; it goes on in whatever channel they write from."""

    __tablename__ = "conversation"

    person_id: Mapped[int] = mapped_column(
        BigKey, ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    school_id: Mapped[SchoolKey]
    flow: Mapped[Slug]
    subject: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what it is about: {"meeting": 17}
    # [step, value, is_fact] in the order they came. JSON also on PostgreSQL: JSONB sorts the names within a value,
    # and a flow that goes through what it once looked up would ask its questions in another order.
    journal: Mapped[list[Any]] = mapped_column(JSON, default=list)
    step: Mapped[str] = mapped_column(String(120))  # the open question
    options: Mapped[list[Any]] = mapped_column(default=list)  # its answers, by button number
    accepts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # what else it takes: skip, many, limit
    turn: Mapped[int]  # `Person.turn` when the open question was shown; its buttons carry it
    misses: Mapped[int] = mapped_column(default=0)  # unreadable answers in a row
    channel: Mapped[Channel] = mapped_column(String(20))  # where it is held
    away: Mapped[bool] = mapped_column(default=False)  # the open question waits on the signed web page
    paused: Mapped[bool] = mapped_column(default=False)  # left with «Выйти»; goes on when asked
    parked: Mapped[list[Any]] = mapped_column(JSON, default=list)  # conversations this one interrupted
    started_at: Mapped[datetime]
    updated_at: Mapped[datetime] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]


class SeenEvent(Base):
    """An incoming event that was handled. Its key makes a repeat harmless; old rows are swept."""

    __tablename__ = "seen_event"

    channel: Mapped[Channel] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(100), primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class StreamPlace(Base):
    """How far an event stream was read, and who reads it now (one poller at a time)."""

    __tablename__ = "stream_place"

    channel: Mapped[Channel] = mapped_column(String(20), primary_key=True)
    account: Mapped[str] = mapped_column(String(64), primary_key=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    holder: Mapped[str] = mapped_column(String(64), default="")
    held_until: Mapped[datetime | None]


class WebMessage(Base):
    """One bubble of a web chat. `outbox_id` makes our side appear once whatever crashes."""

    __tablename__ = "web_message"
    __table_args__ = (Index("ix_web_message_person", "person_id", "id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))
    outbox_id: Mapped[int | None] = mapped_column(BigKey, unique=True)
    mine: Mapped[bool]  # written by the person
    words: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[Any]] = mapped_column(default=list)  # rows of {"label", "data", "url"}
    at: Mapped[datetime]
