"""Publishing while a consent is being taken back, on PostgreSQL: one after the other, and never both."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import (
    consent_talk,
    enrolment,
    news,
    news_again,
    news_ideas,
    news_plan,
    news_reach,
    news_stories,
)
from actions.audiences import Audience
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.states import NewsStatus
from storage import news as news_rows
from storage import news_copies
from storage.database import Database
from storage.tables import Consent, NewsItem, OutboxRow, School, Takedown
from tests import build
from tests.build import NOW
from tests.pairs import couple, member

pytestmark = pytest.mark.postgres
TIMES = 6


async def test_nobody_is_published_who_takes_the_consent_back_at_that_moment(postgres: Database) -> None:
    async with postgres.transaction() as session:
        school = build.school()
        session.add(school)
        await session.flush()
        work, made = Work(session, school, NOW), []
        for number in range(TIMES):
            person = await member(session, school, f"Имя{number}", f"Котов{number}")
            session.add_all(
                Consent(
                    school_id=school.id, person_id=person.id, kind=ConsentKind.PUBLICATION,
                    event=ConsentEvent.GIVEN, consenter=who, method=ConsentMethod.PAPER, at=NOW,
                    given_by=person.id if who is Consenter.SELF else None,
                )
                for who in Consenter
            )  # fmt: skip
            await enrolment.refresh(work, person)
            item = await news.write(work, news.Draft("О празднике", f"Было {number}."))
            await news.set_shown(work, item.id, [person.id])
            made.append((person.id, item.id))
        school_id = school.id

    async def withdraw(person_id: int) -> None:
        async with postgres.transaction() as session:
            school = await session.get_one(School, school_id)
            await consent_talk.withdraw(
                Work(session, school, NOW),
                person_id,
                person_id,
                [ConsentKind.PUBLICATION],
                channel=Channel.WEB,
            )

    async def publish(item_id: int) -> bool:
        try:
            async with postgres.transaction() as session:
                work = Work(session, await session.get_one(School, school_id), NOW)
                await news.publish(work, item_id, wall_ready=True)
        except Refusal:
            return False
        return True

    for person_id, item_id in made:
        _, published = await asyncio.gather(withdraw(person_id), publish(item_id))
        async with postgres.reading() as session:
            item = await session.get_one(NewsItem, item_id)
            waits = await session.scalars(
                select(OutboxRow).where(
                    OutboxRow.sent_at.is_(None), OutboxRow.dropped == "", OutboxRow.kind == "news"
                )
            )
            shown = [row for row in waits if person_id in row.body.get("concerns", {}).get("shown", ())]
            assert (item.status == NewsStatus.PUBLISHED) == published
            assert shown == []
            assert (await session.scalars(select(Takedown).where(Takedown.place == "wall"))).all() == []


async def test_an_item_goes_its_whole_way_on_postgresql(postgres: Database) -> None:
    async with postgres.transaction() as session:
        school = build.school()
        session.add(school)
        await session.flush()
        work = Work(session, school, NOW)
        made = await couple(session, school)
        narrow = Audience(sides=("parent", "mentor"), stages=("paired", "waiting"), classes=("8А",))
        assert (await news_reach.reach(work, narrow)).people == 0
        assert await news_reach.silent(work, Audience(), 5) == []
        item = await news.write(work, news.Draft("О празднике", "Было."))
        await news_plan.plan(work, item.id, NOW + timedelta(hours=1), wall_ready=True)
        later = Work(session, school, NOW + timedelta(hours=1))
        assert await news_plan.publish_due(later) == 1
        assert await news_rows.delivered(session, school.id, item.id, later.now) == (0, 2, 0, 0)
        await news_again.correct(later, item.id, "О", "Т", [])
        assert await news_copies.again(session, school.id, item) == (0, 0, 0)
        await news_again.withdraw(later, item.id)
        assert await news_rows.delivered(session, school.id, item.id, later.now) == (0, 0, 0, 2)
        story = await news_stories.propose(work, made.mentee, "Мы собрали робота, он ездит.", named=True)
        await news_stories.take(work, story)
        await news_ideas.look(work)
        await news_stories.forget_old(work)
