"""The programme of a pair with its versions; goals, achievements, projects, hours of the mentor."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from program.plans import AmendmentState, PlanState, Stage
from storage.tables.base import Base, BigKey, Key, Line, SchoolKey, Slug
from storage.tables.pairs import Pair
from storage.tables.people import Person
from storage.tables.schools import StoredFile

if TYPE_CHECKING:
    from storage.tables.plan_words import PlanFact, PlanWord


class Plan(Base):
    """The personalised programme of one pair or group; the next one of the same pair has the next number."""

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("pair_id", "number"),
        Index("ix_plan_state", "school_id", "state"),
    )

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    number: Mapped[int]
    state: Mapped[PlanState] = mapped_column(String(12))
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)  # program.plans.Content
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)  # member's id -> the version agreed to last
    result: Mapped[dict[str, Any]] = mapped_column(
        default=dict
    )  # the school's: program.plans.RESULT -> words
    created_at: Mapped[datetime]
    created_by: Mapped[Slug] = mapped_column(default="")
    sent_at: Mapped[datetime | None]  # to the other side, to be read
    agreed_at: Mapped[datetime | None]
    begun_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    pair: Mapped[Pair] = relationship(lazy="raise")
    items: Mapped[list[PlanItem]] = relationship(
        back_populates="plan", lazy="raise", order_by="PlanItem.number", cascade="all, delete-orphan"
    )
    words: Mapped[list[PlanWord]] = relationship(lazy="raise", order_by="PlanWord.id")


class PlanItem(Base):
    """One line of the table of events."""

    __tablename__ = "plan_item"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    plan_id: Mapped[int] = mapped_column(BigKey, ForeignKey("plan.id"))
    number: Mapped[int]
    direction: Mapped[Slug] = mapped_column(default="")  # D1-D9 of teachers, a request of pupils
    focus: Mapped[Slug] = mapped_column(default="")  # difficulty or strength
    about: Mapped[str] = mapped_column(Text, default="")  # which one
    event: Mapped[str] = mapped_column(Text)
    form: Mapped[Slug] = mapped_column(default="")
    due_on: Mapped[date | None]
    interim: Mapped[str] = mapped_column(Text, default="")
    final: Mapped[str] = mapped_column(Text, default="")
    responsible: Mapped[Slug] = mapped_column(default="both")
    done_on: Mapped[date | None]
    done_by: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)

    plan: Mapped[Plan] = relationship(back_populates="items", lazy="raise")
    facts: Mapped[list[PlanFact]] = relationship(
        lazy="raise", order_by="PlanFact.id", cascade="all, delete-orphan"
    )


class PlanVersion(Base):
    """The programme as it stood after one change. Never changed."""

    __tablename__ = "plan_version"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    plan_id: Mapped[int] = mapped_column(BigKey, ForeignKey("plan.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    author: Mapped[Slug]  # as in the journal: user:<id>, person:<id>
    what: Mapped[list[Any]] = mapped_column(default=list)  # sections that changed
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)  # with the items


class PlanAcknowledgement(Base):
    """How the pair got to know a version, and who of the school was there."""

    __tablename__ = "plan_acknowledgement"
    __table_args__ = (UniqueConstraint("plan_id", "version"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    plan_id: Mapped[int] = mapped_column(BigKey, ForeignKey("plan.id"))
    version: Mapped[int]
    held_on: Mapped[date]
    way: Mapped[Slug]  # jointly, acquainted
    present: Mapped[list[Any]] = mapped_column(default=list)  # program.plans.Present
    noted_by: Mapped[Slug] = mapped_column(default="")
    at: Mapped[datetime]


class PlanAmendment(Base):
    """A change of a programme at work: whose wish, what, and what everybody said."""

    __tablename__ = "plan_amendment"
    __table_args__ = (Index("ix_plan_amendment_state", "school_id", "state"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    plan_id: Mapped[int] = mapped_column(BigKey, ForeignKey("plan.id"), index=True)
    version: Mapped[int]  # that it made
    at: Mapped[datetime]
    initiator: Mapped[Slug]  # mentor, mentee, guardian, curator
    kind: Mapped[Slug]  # content, rhythm, longer, shorter
    what: Mapped[list[Any]] = mapped_column(default=list)
    ends_before: Mapped[date | None]
    ends_on: Mapped[date | None]
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)  # member's id -> yes or no
    state: Mapped[AmendmentState] = mapped_column(String(10))
    closed_at: Mapped[datetime | None]
    request_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("pair_request.id"))


class Goal(Base):
    """What a pair is after, or one mentee of a group. Another goal is another row; the earlier one stays."""

    __tablename__ = "pair_goal"
    __table_args__ = (Index("ix_pair_goal_pair", "pair_id", "state"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)  # who named it
    # The mentee of a group whose own it is; none: of the whole pair or group.
    about_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    personalisation: Mapped[Slug] = mapped_column(default="")
    state: Mapped[Slug] = mapped_column(default="open")  # open, reached, changed
    at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    marks: Mapped[list[GoalMark]] = relationship(
        back_populates="goal", lazy="raise", order_by="GoalMark.at, GoalMark.id"
    )


class GoalMark(Base):
    """How near the goal is, by one member at one stage; what is said again replaces it."""

    __tablename__ = "goal_mark"
    __table_args__ = (UniqueConstraint("goal_id", "stage", "person_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    goal_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair_goal.id"))
    stage: Mapped[Stage] = mapped_column(String(10))
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    progress: Mapped[int]  # 1-10
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]

    goal: Mapped[Goal] = relationship(back_populates="marks", lazy="raise")


class Achievement(Base):
    """A contest, an olympiad or the like; a diploma may lie beside it."""

    __tablename__ = "achievement"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"), index=True)
    kind: Mapped[Slug]
    title: Mapped[Line]
    level: Mapped[Slug]
    held_on: Mapped[date]
    outcome: Mapped[Slug]
    file_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("stored_file.id"), index=True)
    entered_by: Mapped[Slug] = mapped_column(default="")
    at: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise")
    file: Mapped[StoredFile | None] = relationship(lazy="raise")


class Project(Base):
    """A project of a pair, or of one mentee of a group, and its defence."""

    __tablename__ = "pair_project"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)  # who entered it
    about_id: Mapped[int | None] = mapped_column(BigKey, ForeignKey("person.id"), index=True)  # as of a goal
    title: Mapped[Line]
    stage: Mapped[Slug]
    defence_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    changed_at: Mapped[datetime | None]


class MentorHours(Base):
    """Time a mentor has spent beside the meetings; meetings are counted from their own rows."""

    __tablename__ = "mentor_hours"

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    pair_id: Mapped[int] = mapped_column(BigKey, ForeignKey("pair.id"), index=True)
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"), index=True)
    spent_on: Mapped[date]
    minutes: Mapped[int]
    what: Mapped[Slug]
    at: Mapped[datetime]
