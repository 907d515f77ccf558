"""What the people of a pair write to each other through the bot."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.relay import RelayState
from program.roles import Side
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.pairs import Pair
from storage.tables.people import Person


class RelayMessage(Base):
    """One message of one person to the others of a pair or group.

    Whether it has arrived stands in the outbox, under the key `relay:<pair>:<message>:<reader>:<part>`.
    """

    __tablename__ = "relay_message"
    __table_args__ = (
        Index("ix_relay_message_pair", "pair_id", "id"),
        Index("ix_relay_message_state", "school_id", "state"),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    author_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    side: Mapped[Side] = mapped_column(String(10))  # of the author, when it was written
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[RelayState] = mapped_column(String(10))
    found: Mapped[list[Any]] = mapped_column(default=list)  # program.screening.Found
    rewritten: Mapped[list[Any]] = mapped_column(default=list)  # what earlier wordings held; not their words
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Slug] = mapped_column(default="")
    note: Mapped[Line] = mapped_column(default="")  # the curator's word to the author
    reported_at: Mapped[datetime | None]
    reported_by: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    looked_at: Mapped[datetime | None]  # when the curator had dealt with the complaint
    photo_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("stored_file.id"), index=True)

    pair: Mapped[Pair] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(foreign_keys=[author_id], lazy="raise")


class RelayAddressee(Base):
    """For whom a message was meant when it was written: nobody else reads it later, whoever comes or comes back."""

    __tablename__ = "relay_addressee"
    __table_args__ = (UniqueConstraint("message_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    message_id: Mapped[int] = mapped_column(BigKey, ForeignKey("relay_message.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)


class RelayReader(Base):
    """One person in one pair's correspondence: has been told who reads it, how far they have read, silence."""

    __tablename__ = "relay_reader"
    __table_args__ = (UniqueConstraint("pair_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    told_at: Mapped[datetime | None]  # «Понятно» under who can read it
    read_id: Mapped[int] = mapped_column(BigKey, default=0)  # the newest message opened in the correspondence
    muted_until: Mapped[datetime | None]
