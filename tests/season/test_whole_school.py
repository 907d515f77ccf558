"""583 pupils come from lists, join by conversation with a parent each, and stand in the school's bases.

The walk of the demo's people is used: every answer goes through the front, the engine and the outbox.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import func, select

from actions import consents
from actions.work import Work
from app import demo_school
from app.clock import Clock
from app.demo import Story
from app.opening import to_head
from app.settings import load
from app.wiring import build
from program.consents import REQUIRED
from program.roles import Category, PersonState, Side
from program.states import ParticipationStatus
from storage import schools
from storage.database import Database, sqlite_url
from storage.tables import Conversation, OutboxRow, Participation, Person, Response

EVERYBODY = 583


@pytest.mark.long
async def test_a_school_of_583_pupils_joins_by_conversation(tmp_path: Path) -> None:
    settings = load({"NASTAVNIK_DATA_DIR": str(tmp_path)}, dotenv=Path(os.devnull))
    clock = Clock()
    await to_head(settings, clock())
    database = Database(sqlite_url(tmp_path / "nastavnik.db"), durable=False)
    story = Story(await build(settings, database, clock, demo=True), clock)
    school = await story.begin("a-password-of-the-test")
    pupils = story.plan.pupils
    elder = [one for one in pupils if one.class_name.startswith(("10", "11"))]
    younger = [one for one in pupils if one not in elder]
    story.plan.places = [("uch_uch", Side.MENTOR, elder), ("uch_uch", Side.MENTEE, younger)]
    assert len(elder) + len(younger) == EVERYBODY == demo_school.PUPILS

    await story.join()

    async with database.reading() as session:
        work = Work(session, await schools.get(session, school.id), clock(), "system")
        people = list(await session.scalars(select(Person).where(Person.category == Category.PUPIL)))
        places = list(await session.scalars(select(Participation.status)))
        allowed = await consents.allowed(work, people, *REQUIRED)
        answered = await session.scalar(select(func.count()).select_from(Response))
        open_ = await session.scalar(select(func.count()).select_from(Conversation))
        unsent = select(func.count()).where(OutboxRow.sent_at.is_(None), OutboxRow.dropped == "")
        left = await session.scalar(unsent.where(OutboxRow.due_at <= clock()))
    await database.close()
    assert {one.state for one in people} == {PersonState.ACTIVE}
    assert len(people) == len(allowed) == len(places) == EVERYBODY, "one place each, on consents that hold"
    assert set(places) <= {ParticipationStatus.IN_BASE, ParticipationStatus.SEARCHING}
    assert answered == EVERYBODY, "everybody filled in the first questionnaire"
    assert (open_, left) == (0, 0), "no conversation hangs, nothing due is unsent"
