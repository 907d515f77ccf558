"""How accounts of the admin come to be and are kept: one-time links, the second step of signing in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.schools import User


class StaffInvitation(Base):
    """A one-time link for a colleague: to a new account, or to a new password of an old one.

    The link is signed by the installation's key over `id` and `nonce`: a copy of the database opens nothing.
    """

    __tablename__ = "staff_invitation"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    nonce: Mapped[str] = mapped_column(String(32))
    role: Mapped[Slug]
    name: Mapped[Line] = mapped_column(default="")
    class_name: Mapped[Slug] = mapped_column(default="")
    access_until: Mapped[datetime | None]
    # whose password is to be set; of a new account: who it became
    user_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("user_account.id"), index=True)
    again: Mapped[bool] = mapped_column(default=False)  # for an account that is there already
    created_by: Mapped[Slug]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship(lazy="raise")


class SecondStep(Base):
    """The one-time codes of one account (RFC 6238). The secret is sealed with the installation's key."""

    __tablename__ = "second_step"

    user_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_account.id"), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    confirmed_at: Mapped[datetime | None]  # asked for at sign-in only from then on
    last_step: Mapped[int] = mapped_column(BigKey, default=0)  # of the newest code that was used


class RecoveryCode(Base):
    """One of ten codes for whoever has lost the phone; the row goes when it is used."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "code_hash"),)

    id: Mapped[Key]
    user_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_account.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
