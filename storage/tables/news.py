"""News of the programme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from program.states import IdeaState, NewsPlace, NewsStatus, StoryState, WallState
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug


class NewsItem(Base):
    __tablename__ = "news_item"
    __table_args__ = (
        Index("ix_news_item_school", "school_id", "status", "planned_at"),
        Index(
            "ix_news_item_following",
            "school_id",
            sqlite_where=text("copies_after IS NOT NULL"),
            postgresql_where=text("copies_after IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    title: Mapped[Line]
    body: Mapped[str] = mapped_column(Text)
    status: Mapped[NewsStatus] = mapped_column(String(20), default=NewsStatus.DRAFT)
    to_bot: Mapped[bool] = mapped_column(default=True)
    to_wall: Mapped[bool] = mapped_column(default=True)
    to_site: Mapped[bool] = mapped_column(default=False)  # shown on the school's public page
    audience: Mapped[dict[str, Any]] = mapped_column(default=dict)  # actions.audiences.Audience
    photos: Mapped[list[Any]] = mapped_column(default=list)  # ids of stored files, in their order
    captions: Mapped[dict[str, Any]] = mapped_column(default=dict)  # id of a photo -> what is on it, in words
    shows: Mapped[list[Any]] = mapped_column(default=list)  # ids of people on the photos or named
    namesakes: Mapped[list[Any]] = mapped_column(
        default=list
    )  # ids of people whose name stands there, and who are not meant
    wall: Mapped[WallState] = mapped_column(String(20), default=WallState.OFF)
    wall_url: Mapped[Line] = mapped_column(default="")
    wall_error: Mapped[Line] = mapped_column(default="")
    wall_todo: Mapped[Slug] = mapped_column(default="")  # what a person does there by hand: edit, delete
    planned_at: Mapped[datetime | None]  # kept when the plan is called off: the form offers it again
    planned_by: Mapped[Slug] = mapped_column(default="")
    wall_by_api: Mapped[bool] = mapped_column(default=False)  # as it was when it was planned
    stopped_at: Mapped[datetime | None]
    stop_reason: Mapped[Slug] = mapped_column(default="")  # consent, late, empty, broken
    edition: Mapped[int] = mapped_column(default=0)  # how often it was corrected after publishing
    # Its copies with readers (`OutboxRow.id`) up to this one say what it says; None: all of them do.
    copies_after: Mapped[int | None] = mapped_column(BigKey)
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[Slug] = mapped_column(default="")
    changed_in: Mapped[Slug] = mapped_column(default="")  # the open form that saved last
    withdrawn_at: Mapped[datetime | None]
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


class NewsIdea(Base):
    """Something that happened and is worth telling: a draft in words that name nobody. Offered once."""

    __tablename__ = "news_idea"
    __table_args__ = (UniqueConstraint("school_id", "key"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    key: Mapped[str] = mapped_column(String(100))  # of the event: kind, year, number
    kind: Mapped[Slug]
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)  # counts and names of events, never of people
    state: Mapped[IdeaState] = mapped_column(String(10), default=IdeaState.OPEN)
    item_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("news_item.id"), index=True)
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Slug] = mapped_column(default="")


class NewsStory(Base):
    """What somebody of the programme would like to be told in the school's news. The curator decides."""

    __tablename__ = "news_story"
    __table_args__ = (Index("ix_news_story_waiting", "school_id", "state"),)

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    named: Mapped[bool] = mapped_column(default=False)  # the author would like to be named
    photo_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("stored_file.id"), index=True)
    state: Mapped[StoryState] = mapped_column(String(10), default=StoryState.NEW)
    item_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("news_item.id"), index=True)
    at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Slug] = mapped_column(default="")
