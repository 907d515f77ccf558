"""News of the programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from program.states import NewsPlace, NewsStatus, WallState
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class NewsItem(Base):
    __tablename__ = "news_item"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    title: Mapped[Line]
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[NewsStatus] = mapped_column(String(20), default=NewsStatus.DRAFT)
    to_bot: Mapped[bool] = mapped_column(default=True)
    to_wall: Mapped[bool] = mapped_column(default=True)
    to_site: Mapped[bool] = mapped_column(default=False)  # shown on the school's public page
    audience: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # {"sides": [], "forms": [], "classes": []}
    photos: Mapped[list[Any]] = mapped_column(default=list)  # ids of stored files
    shows: Mapped[list[Any]] = mapped_column(default=list)  # ids of people on the photos or named
    wall: Mapped[WallState] = mapped_column(String(20), default=WallState.OFF)
    wall_url: Mapped[Line] = mapped_column(default="")
    wall_error: Mapped[Line] = mapped_column(default="")
    author: Mapped[Slug] = mapped_column(default="")
    created_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class Takedown(Base):
    """A published item shows somebody who no longer agrees to it: one place from which it has to be taken down."""

    __tablename__ = "takedown"
    __table_args__ = (UniqueConstraint("item_id", "person_id", "place"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    item_id: Mapped[int] = mapped_column(BigKey, ForeignKey("news_item.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    place: Mapped[NewsPlace] = mapped_column(String(10))
    reason: Mapped[Slug]  # the state of the consent that brought it here: withdrawn, refused, expired
    asked_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    done_by: Mapped[Slug] = mapped_column(default="")  # actor, as in the journal
