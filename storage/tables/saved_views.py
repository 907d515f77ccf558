"""Lists of the admin as somebody wants to find them again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug
from storage.tables.schools import User


class SavedView(Base):
    """A name for what stands in the address of a list. Words that were looked for are not kept: they are names.

    `query` narrows and sorts; what may be seen is decided anew for whoever opens it.
    """

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("user_id", "page", "name"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    user_id: Mapped[int] = mapped_column(BigKey, ForeignKey("user_account.id"))
    page: Mapped[Slug]  # the route
    name: Mapped[str] = mapped_column(String(60))
    query: Mapped[str] = mapped_column(String(1000))
    shared: Mapped[bool] = mapped_column(default=False)  # colleagues of the school see it too
    created_at: Mapped[datetime]

    user: Mapped[User] = relationship(lazy="raise")
