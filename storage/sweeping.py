"""Deleting what has served: queries of the daily cleaning. Safe to run twice and by two processes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from program.channels import Channel
from program.roles import PersonState
from storage.outbox import EMPTY, REPLY
from storage.tables import (
    Achievement,
    Address,
    Attendance,
    Ban,
    BulkChangeLine,
    Candidacy,
    CareNote,
    Consent,
    Conversation,
    DeletionAct,
    Encounter,
    Goal,
    GoalMark,
    Guardianship,
    HelpRequest,
    Impression,
    Interview,
    Invitation,
    Invitee,
    IssuedPaper,
    Meeting,
    MeetingNote,
    MentorHours,
    NewsStory,
    OutboxRow,
    PairAnswer,
    PairMember,
    PairRequest,
    Participation,
    PartnerPerson,
    Person,
    PlanFact,
    PlanItem,
    PlanWord,
    PoolQuestion,
    PoolWord,
    Project,
    RelayAddressee,
    RelayMessage,
    RelayReader,
    Response,
    Seat,
    SeenEvent,
    SelectionMark,
    SignIn,
    StaffChat,
    Takedown,
    WebMessage,
    YearWord,
)
from storage.tables.base import UtcTime

QUESTION = "turn:"  # begins the key of a question whose answers are ticked

# What makes a person more than somebody who only looked.
TIES = (
    Consent.person_id,
    Consent.given_by,
    HelpRequest.person_id,
    BulkChangeLine.person_id,
    CareNote.person_id,
    StaffChat.person_id,
    Participation.person_id,
    PartnerPerson.person_id,
    PairAnswer.person_id,
    PairAnswer.about_id,
    Ban.mentee_id,
    Ban.mentor_id,
    PairMember.person_id,
    PairRequest.person_id,
    Guardianship.guardian_id,
    Guardianship.child_id,
    Invitation.person_id,
    Invitation.child_id,
    Response.person_id,
    Meeting.proposed_by,
    Meeting.closed_by,
    Attendance.person_id,
    MeetingNote.person_id,
    Invitee.person_id,
    DeletionAct.person_id,
    SelectionMark.person_id,
    Interview.person_id,
    Candidacy.person_id,
    Encounter.host_id,
    Seat.person_id,
    Impression.person_id,
    Impression.about_id,
    PoolQuestion.asker_id,
    PoolQuestion.taken_by,
    PoolWord.person_id,
    Takedown.person_id,
    RelayMessage.author_id,
    RelayMessage.reported_by,
    RelayAddressee.person_id,
    RelayReader.person_id,
    PlanItem.done_by,
    PlanWord.person_id,
    PlanFact.person_id,
    Goal.person_id,
    Goal.about_id,
    GoalMark.person_id,
    Achievement.person_id,
    Project.person_id,
    Project.about_id,
    MentorHours.person_id,
    YearWord.person_id,
    NewsStory.person_id,
    IssuedPaper.person_id,
)
# What goes together with the person.
BELONGINGS = (Conversation, WebMessage, OutboxRow, Address)


async def events(session: AsyncSession, before: datetime) -> None:
    await session.execute(_events(), {"before": before})


@cache
def _events() -> Any:
    """Built once, as are the others, and past the mapper: every hour asks in every school."""
    rows: Any = SeenEvent.__table__
    return delete(rows).where(rows.c.at < bindparam("before"))


async def sign_ins(session: AsyncSession, now: datetime) -> None:
    await session.execute(_sign_ins(), {"now": now})


@cache
def _sign_ins() -> Any:
    rows: Any = SignIn.__table__
    return delete(rows).where(rows.c.expires_at < bindparam("now"))


async def conversations(session: AsyncSession, school_id: int, before: datetime) -> None:
    """Unfinished ones that nobody touched since."""
    await session.execute(_conversations(), {"school": school_id, "before": before})


@cache
def _conversations() -> Any:
    rows: Any = Conversation.__table__
    return delete(rows).where(
        rows.c.school_id == bindparam("school"), rows.c.updated_at < bindparam("before")
    )


async def answers(session: AsyncSession, school_id: int, before: datetime, most: int) -> None:
    """What the bot answered in messengers before then, the oldest first.

    Those of the house's own chat are its pages; what is drawn anew by a key of its own is still counted by that key.
    """
    await session.execute(_answers(), {"school": school_id, "before": before, "most": most})


@cache
def _answers() -> Any:
    rows: Any = OutboxRow.__table__
    row, most = rows.c, bindparam("most", type_=Integer())
    redrawn = or_(row.edit_key == EMPTY, row.edit_key.startswith(QUESTION))
    done = or_(row.sent_at.is_not(None), row.dropped != EMPTY)
    of_school = row.school_id == bindparam("school"), row.kind == REPLY, row.created_at < bindparam("before")
    some = select(row.id).where(*of_school, row.channel != Channel.WEB, redrawn, done)
    return delete(rows).where(row.id.in_(some.order_by(row.created_at).limit(most)))


async def idle_visitors(session: AsyncSession, school_id: int, before: datetime, limit: int) -> Sequence[int]:
    """Ids of visitors not heard since and with nothing to keep; locked, those in another's hands left out."""
    asked = {"school": school_id, "before": before, "most": limit}
    return (await session.scalars(_idle_visitors(), asked)).all()


@cache
def _idle_visitors() -> Select[int]:
    """Built once: it looks into half a hundred tables."""
    before = bindparam("before", type_=UtcTime())
    heard = select(Address.id).where(Address.person_id == Person.id, Address.used_at >= before)
    talking = select(Conversation.person_id).where(
        Conversation.person_id == Person.id, Conversation.updated_at >= before
    )
    ties = (select(column).where(column == Person.id).exists() for column in TIES)
    return (
        select(Person.id)
        .where(
            Person.school_id == bindparam("school"),
            Person.state == PersonState.VISITOR,
            Person.created_at < before,
            ~or_(heard.exists(), talking.exists(), *ties),
        )
        .order_by(Person.id)
        .limit(bindparam("most", type_=Integer()))
        .with_for_update(skip_locked=True)
    )


async def forget(session: AsyncSession, person_ids: Sequence[int]) -> None:
    """Deletes these people with their addresses, chat and messages."""
    if not person_ids:
        return
    for table in BELONGINGS:
        await session.execute(delete(table).where(table.person_id.in_(person_ids)))
    await session.execute(delete(Person).where(Person.id.in_(person_ids)))
