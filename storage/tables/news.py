"""News of the programme, and people who asked for help or for the curator."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from program.states import NewsStatus, RequestState, WallState
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


class HelpRequest(Base):
    """«Мне нужна помощь» or a message to the curator. `words` is read by the curator and psychologist only."""

    __tablename__ = "help_request"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    urgent: Mapped[bool] = mapped_column(default=False)
    words: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[RequestState] = mapped_column(String(10), default=RequestState.NEW)
    at: Mapped[datetime]
    taken_by: Mapped[Slug] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    action: Mapped[Line] = mapped_column(default="")
