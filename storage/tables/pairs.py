"""Matching runs, pairs and groups, meetings."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.roles import Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus, RequestState
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.people import Participation, Person


class MatchRun(Base):
    """One run of the matching with everything it saw, so that it can be repeated."""

    __tablename__ = "match_run"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    form: Mapped[Slug]
    year: Mapped[str] = mapped_column(String(9))
    at: Mapped[datetime]
    actor: Mapped[Slug]
    inputs: Mapped[dict[str, Any]]
    result: Mapped[dict[str, Any]]  # pairs, score, prices that prove it optimal, unmatched with reasons


class Pair(Base):
    """A mentoring pair or group. Who is in it stands in `members`."""

    __tablename__ = "pair"
    __table_args__ = (Index("ix_pair_school_status", "school_id", "year", "status"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    form: Mapped[Slug]
    role_model: Mapped[Slug] = mapped_column(default="")  # staff only
    is_group: Mapped[bool] = mapped_column(default=False)
    title: Mapped[Line] = mapped_column(default="")  # of a group
    status: Mapped[PairStatus] = mapped_column(String(20))
    pinned: Mapped[bool] = mapped_column(default=False)  # a suggestion that the next run has to keep
    run_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("match_run.id"))
    continues_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("pair.id"))  # of the year before
    score: Mapped[int | None]  # 0-100
    # {"for": [Text as JSON], "against": [Text as JSON], "parts": [[criterion, points, out of]]}
    reasons: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[Slug] = mapped_column(default="")
    decision_reason: Mapped[Line] = mapped_column(default="")
    announced_at: Mapped[datetime | None]
    answer_by: Mapped[datetime | None]  # until when both sides and guardians may simply say no
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]  # agreed last day; once it is over, the day it ended
    extended: Mapped[bool] = mapped_column(default=False)
    closed_at: Mapped[datetime | None]
    paused_for: Mapped[Slug] = mapped_column(default="")  # consents (by the house), or a reason of the list
    paused_until: Mapped[date | None]
    end_reason: Mapped[Slug] = mapped_column(default="")  # of a list in program.pair_life; staff only
    end_by: Mapped[Slug] = mapped_column(default="")  # whose wish: mentee, mentor, guardian, curator
    result: Mapped[str] = mapped_column(default="")
    case_url: Mapped[Line] = mapped_column(default="")

    members: Mapped[list[PairMember]] = relationship(back_populates="pair", lazy="raise")


class Ban(Base):
    """Two people whom the curator does not want to see proposed as a pair. Staff only."""

    __tablename__ = "pair_ban"
    __table_args__ = (UniqueConstraint("mentee_id", "mentor_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    mentee_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))
    mentor_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    reason: Mapped[Line] = mapped_column(default="")
    actor: Mapped[Slug] = mapped_column(default="")
    at: Mapped[datetime]


class PairMember(Base):
    __tablename__ = "pair_member"
    __table_args__ = (UniqueConstraint("pair_id", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    participation_id: Mapped[int] = mapped_column(BigKey, ForeignKey("participation.id"), index=True)
    side: Mapped[Side] = mapped_column(String(10))
    joined_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    left_for: Mapped[Slug] = mapped_column(default="")  # reason of the list; staff only
    away_until: Mapped[date | None]  # somebody stands in until and including this day
    stands_in_until: Mapped[date | None]
    aside_since: Mapped[datetime | None]  # out of the group until the person's consents hold again
    days_before: Mapped[int] = mapped_column(default=0)  # of earlier stays in the same group
    reads_from: Mapped[datetime | None]  # joined_at was written down later; earlier words stay closed

    pair: Mapped[Pair] = relationship(back_populates="members", lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")
    participation: Mapped[Participation] = relationship(lazy="raise")


class PairAnswer(Base):
    """Who is asked whether an announced pair suits: a member, or a guardian for a child of theirs.

    Rows are made by the announcement. `words` and `reason` are read by the curator only.
    """

    __tablename__ = "pair_answer"
    __table_args__ = (UniqueConstraint("pair_id", "person_id", "about_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    about_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)  # the member
    side: Mapped[Side] = mapped_column(String(10))
    answer: Mapped[Slug] = mapped_column(default="")  # "", yes, no
    reason: Mapped[Slug] = mapped_column(default="")
    words: Mapped[Line] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
    noted_by: Mapped[Slug] = mapped_column(default="")  # who wrote a spoken answer down

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="raise")
    about: Mapped[Person] = relationship(foreign_keys=[about_id], lazy="raise")


class PairRequest(Base):
    """What somebody asked for in a pair at work: a pause, another mentor, more time, an early end.

    `words` and `reason` are read by the curator only.
    """

    __tablename__ = "pair_request"
    __table_args__ = (Index("ix_pair_request_open", "school_id", "state"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    side: Mapped[Slug]  # mentee, mentor, guardian
    kind: Mapped[Slug]  # program.pair_life.Asked
    reason: Mapped[Slug] = mapped_column(default="")
    words: Mapped[Line] = mapped_column(default="")
    until: Mapped[date | None]  # the day asked for
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)  # member's id -> yes or no
    state: Mapped[RequestState] = mapped_column(String(10))
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[Slug] = mapped_column(default="")

    pair: Mapped[Pair] = relationship(lazy="raise")
    person: Mapped[Person] = relationship(lazy="raise")


class Meeting(Base):
    """One meeting of a pair. A moved meeting keeps its row and uid, so that calendars move it; `sequence` grows."""

    __tablename__ = "meeting"
    __table_args__ = (
        # Not of the school alone: SQLite would take that index for everything it is asked with a school in it.
        Index("ix_meeting_school", "school_id", "status", "starts_at"),
        Index("ix_meeting_closed", "school_id", "closed_at"),
        Index("ix_meeting_pair", "pair_id", "starts_at"),
    )

    id: Mapped[Key]
    school_id: Mapped[int] = mapped_column(BigKey, ForeignKey("school.id"))
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    kind: Mapped[MeetingKind] = mapped_column(String(10))
    status: Mapped[MeetingStatus] = mapped_column(String(20))
    proposed_by: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    slots: Mapped[list[Any]] = mapped_column(default=list)  # offered starts, ISO with zone, up to three
    starts_at: Mapped[datetime | None]
    moved_from: Mapped[
        datetime | None
    ]  # the start agreed before: until another is, calendars show it called off
    by_day: Mapped[bool] = mapped_column(
        default=False
    )  # noted afterwards: of `starts_at` only the day is known
    minutes: Mapped[int] = mapped_column(default=45)
    format: Mapped[MeetingFormat] = mapped_column(String(10))
    place: Mapped[Line] = mapped_column(default="")
    link: Mapped[Line] = mapped_column(default="")
    uid: Mapped[str] = mapped_column(String(64), unique=True)
    sequence: Mapped[int] = mapped_column(default=0)
    repeat: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # offered: {"weeks": 1 or 2, "until": ISO day}
    series: Mapped[Slug] = mapped_column(default="")  # agreed together with others of the same value
    moves: Mapped[list[Any]] = mapped_column(default=list)  # when its agreed start was put off, ISO, UTC
    created_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]  # since when this offer waits; None: since the row was made
    confirmed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime | None]  # with `sequence`
    closed_at: Mapped[datetime | None]  # held, missed or cancelled was said
    closed_by: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)

    pair: Mapped[Pair] = relationship(lazy="raise")
