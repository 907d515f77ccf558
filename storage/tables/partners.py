"""Partners of the programme: organisations and people around a school, their agreements, offers and events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.partners import Deed, PartnerState
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.people import Person


class Partner(Base):
    """An organisation. The contact's name, phone and mail are kept only with a ground, and go after the work ends."""

    __tablename__ = "partner"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    name: Mapped[Line]
    kind: Mapped[Slug]  # of the directory «Виды партнёров»
    state: Mapped[PartnerState] = mapped_column(String(10))
    contact: Mapped[Line] = mapped_column(default="")
    contact_position: Mapped[Line] = mapped_column(default="")
    phone: Mapped[Slug] = mapped_column(default="")
    email: Mapped[Line] = mapped_column(default="")
    contact_ground: Mapped[Slug] = mapped_column(default="")  # program.partners.Ground
    agreement_number: Mapped[Slug] = mapped_column(default="")
    agreement_on: Mapped[date | None]
    agreement_until: Mapped[date | None]
    forms: Mapped[list[Any]] = mapped_column(default=list)  # slugs of forms of mentoring
    notes: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    changed_by: Mapped[Slug] = mapped_column(default="")
    archived_at: Mapped[datetime | None]

    deeds: Mapped[list[PartnerDeed]] = relationship(
        back_populates="partner",
        lazy="raise",
        order_by="PartnerDeed.on_day.desc(), PartnerDeed.id.desc()",
        cascade="all, delete-orphan",
    )
    people: Mapped[list[PartnerPerson]] = relationship(
        back_populates="partner", lazy="raise", order_by="PartnerPerson.id", cascade="all, delete-orphan"
    )


class PartnerDeed(Base):
    """Something offered (and received on a day), or an event held together."""

    __tablename__ = "partner_deed"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    partner_id: Mapped[int] = mapped_column(BigKey, ForeignKey("partner.id"), index=True)
    kind: Mapped[Deed] = mapped_column(String(10))
    resource: Mapped[Slug] = mapped_column(default="")  # of the directory «Ресурсы партнёров»; of an offer
    title: Mapped[Line]
    on_day: Mapped[date]  # of the event; of an offer the day it was made
    received_on: Mapped[date | None]
    people: Mapped[int] = mapped_column(default=0)  # who took part in the event; 0: not said
    at: Mapped[datetime]
    by: Mapped[Slug] = mapped_column(default="")

    partner: Mapped[Partner] = relationship(back_populates="deeds", lazy="raise")


class PartnerPerson(Base):
    """Somebody of the base who came from this partner, as a mentor from outside."""

    __tablename__ = "partner_person"
    __table_args__ = (UniqueConstraint("partner_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    partner_id: Mapped[int] = mapped_column(BigKey, ForeignKey("partner.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    at: Mapped[datetime]

    partner: Mapped[Partner] = relationship(back_populates="people", lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
