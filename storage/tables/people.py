"""People, their addresses, guardians, participations and invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.channels import Channel
from program.names import folded
from program.roles import Category, PersonState, Side
from program.states import ParticipationStatus
from storage.tables.base import Base, BigKey, Bytewise, Key, Line, SchoolKey, Slug

PLAIN = 400  # characters; an index of PostgreSQL takes no row of more than 2,700 bytes
_PLAIN_OF = ("last_name", "first_name", "middle_name", "class_name", "phone")


def plain(*parts: str) -> str:
    """What lists are sorted and searched by: no capitals, ё as е; surname first, then class and phone."""
    return folded(" ".join(parts))[:PLAIN]


def _plain_of_new(context: Any) -> str:
    given = context.get_current_parameters()
    return plain(*(given.get(name) or "" for name in _PLAIN_OF))


class Person(Base):
    """Anybody the programme deals with: pupil, teacher, parent, outside mentor, or a visitor without a name."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_school_name", "school_id", "last_name", "first_name"),
        Index("ix_person_school_plain", "school_id", "plain"),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    state: Mapped[Slug] = mapped_column(default=PersonState.VISITOR)
    category: Mapped[Slug | None]
    last_name: Mapped[Line] = mapped_column(default="")
    first_name: Mapped[Line] = mapped_column(default="")
    middle_name: Mapped[Line] = mapped_column(default="")
    birth_date: Mapped[date | None]
    gender: Mapped[Slug] = mapped_column(default="")  # "female", "male" or ""
    class_name: Mapped[Slug] = mapped_column(default="")
    position: Mapped[Line] = mapped_column(default="")
    workplace: Mapped[Line] = mapped_column(default="")
    teaching_since: Mapped[int | None]  # year; a teacher in the first three years is a young specialist
    phone: Mapped[Slug] = mapped_column(default="")  # E.164
    email: Mapped[Line] = mapped_column(default="")
    language: Mapped[str] = mapped_column(String(5), default="ru")
    preferences: Mapped[dict[str, Any]] = mapped_column(default=dict)
    name_cases: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # as the staff corrected it: case -> name
    turn: Mapped[int] = mapped_column(default=0)  # questions shown so far; buttons carry their number
    created_at: Mapped[datetime]
    joined_at: Mapped[datetime | None]
    erase_after: Mapped[datetime | None]
    erase_basis: Mapped[Slug] = mapped_column(default="")  # why it is due: a `program.retention.Basis`
    # Kept by the two functions around this class. Neither database sorts or compares Russian alike by itself.
    plain: Mapped[str] = mapped_column(Bytewise(PLAIN), default=_plain_of_new)

    addresses: Mapped[list[Address]] = relationship(back_populates="person", lazy="raise")
    participations: Mapped[list[Participation]] = relationship(back_populates="person", lazy="raise")

    @property
    def is_minor_category(self) -> bool:
        return self.category == Category.PUPIL

    @property
    def full_name(self) -> str:
        """«Соколова Анна Сергеевна»; for staff and documents only."""
        return " ".join(part for part in (self.last_name, self.first_name, self.middle_name) if part)


@event.listens_for(Person, "before_insert")
@event.listens_for(Person, "before_update")
def _keep_plain(_: Any, __: Any, person: Person) -> None:
    person.plain = plain(*(getattr(person, name) or "" for name in _PLAIN_OF))


# «2А» before «10Б»: for lists of people by class and name.
BY_CLASS = (func.length(Person.class_name), Person.class_name, Person.plain, Person.id)


class Address(Base):
    """One way to reach a person. One messenger account belongs to one person of one school."""

    __tablename__ = "address"
    __table_args__ = (
        UniqueConstraint("channel", "account", "address"),
        Index(
            "ix_address_unreachable",
            "person_id",
            sqlite_where=text("unreachable_since IS NOT NULL"),
            postgresql_where=text("unreachable_since IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    channel: Mapped[Channel] = mapped_column(String(20))
    account: Mapped[Slug] = mapped_column(default="default")  # which bot or community of ours
    address: Mapped[Slug]  # chat id, peer id; for the web chat the person's id
    unreachable_since: Mapped[datetime | None]
    unreachable_reason: Mapped[Slug] = mapped_column(default="")
    used_at: Mapped[datetime]  # the last thing heard from there; the newest is where we write

    person: Mapped[Person] = relationship(back_populates="addresses", lazy="raise")


class Guardianship(Base):
    """An adult who acts for a child. Counts only once a curator or class teacher confirmed it."""

    __tablename__ = "guardianship"
    __table_args__ = (UniqueConstraint("guardian_id", "child_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    guardian_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    child_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    relation: Mapped[Slug] = mapped_column(default="")  # mother, father, guardian…
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[Slug] = mapped_column(default="")  # actor, as in the journal
    ended_at: Mapped[datetime | None]  # the school found that this adult does not act for the child

    guardian: Mapped[Person] = relationship(foreign_keys=[guardian_id], lazy="raise")
    child: Mapped[Person] = relationship(foreign_keys=[child_id], lazy="raise")


class Participation(Base):
    """One person on one side of one form in one school year."""

    __tablename__ = "participation"
    __table_args__ = (
        UniqueConstraint("person_id", "side", "form", "year"),
        Index("ix_participation_pool", "school_id", "year", "form", "side", "status"),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    side: Mapped[Side] = mapped_column(String(10))
    form: Mapped[Slug]
    role_model: Mapped[Slug] = mapped_column(default="")  # staff only
    year: Mapped[str] = mapped_column(String(9))  # 2026-2027
    status: Mapped[ParticipationStatus] = mapped_column(String(20))
    status_before: Mapped[Slug] = mapped_column(default="")  # what it returns to once consents hold again
    capacity: Mapped[int] = mapped_column(default=1)  # mentees a mentor can lead at once
    admitted: Mapped[bool] = mapped_column(default=False)  # a mentor let in by the curator
    source: Mapped[Slug] = mapped_column(default="")
    created_at: Mapped[datetime]
    enrolled_at: Mapped[datetime | None]  # in the base, with all consents
    finished_at: Mapped[datetime | None]
    support: Mapped[Slug] = mapped_column(default="")  # psychologist's, while waiting: offered, wanted
    result: Mapped[str] = mapped_column(default="")
    case_url: Mapped[Line] = mapped_column(default="")
    # What the person was when the school year ended: next year's class is not this one's. Empty while it lasts.
    category: Mapped[Slug | None]
    class_name: Mapped[Slug] = mapped_column(default="")

    person: Mapped[Person] = relationship(back_populates="participations", lazy="raise")


class Invitation(Base):
    """A join token: printed as a QR code, opened at /join/<token>. Random, revocable, counted, expiring.

    Kept as it is, not hashed: the sheet of QR cards can be printed again.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index("ix_invitation_person", "person_id", postgresql_where=text("person_id IS NOT NULL")),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    token: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[Slug]  # mentor, mentee, any, guardian, link (another channel of the same person)
    person_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"))  # personal
    child_id: Mapped[int | None] = mapped_column(
        BigKey, ForeignKey("person.id"), index=True
    )  # purpose guardian: for whom
    class_name: Mapped[Slug] = mapped_column(default="")
    form: Mapped[Slug] = mapped_column(default="")
    uses_left: Mapped[int]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
