"""The end of a school year: the curator's choices, what everybody was asked, what was changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, BigKey, Key, SchoolKey, Slug


class YearTurn(Base):
    """One turn of the year in one school: begun once, left and gone on with, done, perhaps taken back and done again.

    `numbers` are those of the year that ended, as they stood then: they stay when people are erased. Of a turn that was
    taken back: keys of what could not be.
    """

    __tablename__ = "year_turn"
    __table_args__ = (UniqueConstraint("school_id", "year"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))  # the one that begins
    step: Mapped[Slug]  # where the curator has left it
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)  # program.school_years.Choices
    version: Mapped[int] = mapped_column(default=1)  # grows with every save
    changed_at: Mapped[datetime]
    changed_by: Mapped[Slug] = mapped_column(default="")
    done_at: Mapped[datetime | None]
    done_by: Mapped[Slug] = mapped_column(default="")
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[Slug] = mapped_column(default="")
    begun_at: Mapped[datetime | None]  # questionnaires of the start were offered anew
    numbers: Mapped[dict[str, Any]] = mapped_column(default=dict)


class YearLine(Base):
    """One row that the turn has changed or made: what stood there before and after. Kept while it can be taken back."""

    __tablename__ = "year_line"
    __table_args__ = (UniqueConstraint("turn_id", "kind", "subject_id"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    turn_id: Mapped[int] = mapped_column(BigKey, ForeignKey("year_turn.id"))
    kind: Mapped[Slug]  # actions.year_lines.Kept: a table, new-<table>, leaves
    subject_id: Mapped[int]
    before: Mapped[dict[str, Any]] = mapped_column(default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ErasedCount(Base):
    """How many of those erased within a school year an indicator had counted. Nobody stands behind a row.

    `since`: the first day of the month in which they entered the programme.
    """

    __tablename__ = "erased_count"
    __table_args__ = (UniqueConstraint("school_id", "year", "code", "since"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    year: Mapped[str] = mapped_column(String(9))
    code: Mapped[Slug]  # as in actions.school_figures: f1, f2, f3, pupils_f1, pupils_f2
    since: Mapped[date]
    people: Mapped[int]


class YearWord(Base):
    """What a person was asked at the end of a year, and what they said. `about`: the pair, 0 where it is about oneself."""

    __tablename__ = "year_word"
    __table_args__ = (UniqueConstraint("person_id", "year", "question", "about"),)

    id: Mapped[Key]
    school_id: Mapped[SchoolKey]
    person_id: Mapped[int] = mapped_column(BigKey, ForeignKey("person.id"))
    year: Mapped[str] = mapped_column(String(9))  # the one that begins
    question: Mapped[Slug]  # program.school_years.Question
    about: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    answer: Mapped[Slug] = mapped_column(default="")  # "", or one of the question's answers
    answered_at: Mapped[datetime | None]
    noted_by: Mapped[Slug] = mapped_column(default="")  # who wrote a spoken answer down
