"""Schools, the accounts of their admin, sign-in sessions, the journal of changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class School(Base):
    """A tenant. `settings` holds what `program.settings.SchoolSettings` reads."""

    __tablename__ = "school"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[Line]
    city: Mapped[Line] = mapped_column(default="")
    timezone: Mapped[Slug]
    is_default: Mapped[bool] = mapped_column(default=False)
    municipality: Mapped[Line] = mapped_column(
        default=""
    )  # a coordinator sees the numbers of all its schools
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]


class User(Base):
    """An account of the admin. `class_name` bounds a class teacher to one class."""

    __tablename__ = "user_account"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    login: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[Line] = mapped_column(default="")
    role: Mapped[Slug]
    class_name: Mapped[Slug] = mapped_column(default="")
    password_hash: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    until: Mapped[datetime | None]  # afterwards nobody gets in
    created_at: Mapped[datetime]

    school: Mapped[School] = relationship(lazy="raise")


class SignIn(Base):
    """A session of the admin. The cookie holds the token, the row only its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    device: Mapped[Slug] = mapped_column(default="")  # `program.devices`: windows.chrome

    user: Mapped[User] = relationship(lazy="raise")


class JournalEntry(Base):
    """One line of the journal of changes; each carries the hash of the one before it (per school).

    Triggers of the database refuse to change or delete a line. `before` and `after` hold ids, dates and statuses: never what a participant wrote.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        Index("ix_journal_subject", "school_id", "subject"),
        Index("ix_journal_action", "school_id", "action", "subject"),
        Index("ix_journal_actor", "school_id", "actor", "number"),
        Index("ix_journal_at", "school_id", "at"),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    number: Mapped[int]  # 1, 2, 3… within the school
    at: Mapped[datetime]
    actor: Mapped[Slug]  # user:<id>, person:<id>, system, cli
    action: Mapped[Slug]  # pair.approved
    subject: Mapped[Slug]  # pair:17
    origin: Mapped[Slug]  # by which door: admin:windows, chat:telegram, page, cli, program
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class StoredFile(Base):
    """A picture or document, kept in the database so that one backup holds everything."""

    __tablename__ = "stored_file"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    name: Mapped[Line]
    content_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    data: Mapped[bytes] = mapped_column(deferred=True)
    created_at: Mapped[datetime]


class SystemValue(Base):
    """Small facts of the installation: when something last ran, what a check of a channel said."""

    __tablename__ = "system_value"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
