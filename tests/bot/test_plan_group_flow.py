"""A group in the chat: what is agreed is common, what each child says is between that child and the grown-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import update

from actions import plans
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.channels import Channel
from program.roles import Category
from storage import plans as rows
from storage.database import Database
from storage.tables import Address, Plan, School
from tests.bot.chat import Chat
from tests.bot.test_pair_flow import CHANNELS
from tests.pairs import group, member

CHOSEN = Chosen("subject", "subject", ("know",), ("study",), ("meet", "topic"), ("free",))


@dataclass
class Circle:
    """A mentor with children; a chat by the first name of each."""

    database: Database
    school: School
    pair: int
    chats: dict[str, Chat] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Chat:
        return self.chats[name]

    async def plan(self) -> Plan:
        async with self.database.reading() as session:
            found = await rows.current(session, self.school.id, self.pair)
            assert found is not None
            return found

    async def hears(self, name: str) -> str:
        """What came unasked since the last look, in words."""
        chat = self.chats[name]
        chat.messages = await chat._answers()
        return chat.words(familiar=True)

    async def reads(self, name: str) -> str:
        await self.chats[name].press_data(f"f:plan-read:{self.pair}")
        return self.chats[name].words(familiar=True)


async def circle(
    database: Database,
    school: School,
    now: datetime,
    channel: Channel = Channel.TELEGRAM,
    *,
    mentors: tuple[str, ...] = ("Мария",),
    children: tuple[str, ...] = ("Аня", "Юля", "Тимур"),
) -> Circle:
    """At work, with a programme that everybody has agreed to."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        leads = [
            await member(session, work.school, name, "Лебедева", category=Category.TEACHER)
            for name in mentors
        ]
        pupils = [await member(session, work.school, name) for name in children]
        pair = await group(session, leads, pupils, is_group=True, title="Клуб", starts_on=work.today)
        found = Circle(database, school, pair.id)
        for one in (*leads, *pupils):
            address = f"{one.id}00"
            await session.execute(
                update(Address).where(Address.person_id == one.id).values(channel=channel, address=address)
            )
            found.chats[one.first_name] = Chat(database, now, channel, address=address)
            found.people[one.first_name] = one.id
        plan = await draft(work.by(leads[0]), leads[0].id, pair.id, CHOSEN)
        assert plan is not None
        await plans.send(work.by(leads[0]), plan.id, author=leads[0].id)
        for one in (*leads[1:], *pupils):
            await plans.agree(work.by(one), one.id, plan.id, plan.version)
    for name in found.chats:
        await found.hears(name)
    return found


@CHANNELS
async def test_each_child_wishes_apart_and_the_mentor_reads_both(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await circle(database, school, now, channel)
    for name, words in (("Аня", "Хочу рисовать схемы"), ("Юля", "Хочу ходить в музей")):
        await scene[name].press_data(f"f:plan-wish:{scene.pair}")
        assert (await scene[name].says(words))[0] == "plan-wish-done"

    told = await scene.hears("Мария")
    assert "Хочу рисовать схемы" in told
    assert "Хочу ходить в музей" in told
    assert "Хочу" not in await scene.hears("Тимур")
    assert "Хочу" not in await scene.hears("Аня")
    leads = await scene.reads("Мария")
    assert "Хочу рисовать схемы" in leads
    assert "Хочу ходить в музей" in leads
    assert "Аня" in leads
    hers = await scene.reads("Аня")
    assert "Хочу рисовать схемы" in hers
    assert "музей" not in hers
    assert "Хочу" not in await scene.reads("Тимур")
