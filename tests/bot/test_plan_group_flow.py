"""A group in the chat: what is agreed is common, what each child says is between that child and the grown-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import update

from actions import group_life, plan_clock, plans
from actions.plan_drafting import Chosen, draft
from actions.work import Work
from program.channels import Channel
from program.roles import Category, Side
from storage import plans as rows
from storage.database import Database
from storage.tables import Address, Participation, Plan, School
from tests.bot.chat import Chat
from tests.bot.test_pair_flow import CHANNELS
from tests.build import participation
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


async def test_a_child_writes_the_wish_anew_or_takes_it_back(
    database: Database, school: School, now: datetime
) -> None:
    scene = await circle(database, school, now)
    for name in ("Аня", "Юля"):
        await scene[name].press_data(f"f:plan-wish:{scene.pair}")
        await scene[name].presses("Больше практики")
    assert (await scene["Аня"].press_data(f"f:plan-wish:{scene.pair}"))[0] == "plan-wish-is"
    await scene["Аня"].presses("plan-wish-other")
    assert (await scene["Аня"].says("Хочу в музей"))[0] == "plan-wish-done"
    assert "Хочу в музей" in await scene.reads("Аня")
    await scene["Аня"].press_data(f"f:plan-wish:{scene.pair}")
    assert await scene["Аня"].presses("plan-wish-drop") == ["plan-wish-dropped"]
    assert [one.person_id for one in (await scene.plan()).words] == [scene.people["Юля"]]


async def test_a_mentors_old_button_adds_no_wish(database: Database, school: School, now: datetime) -> None:
    scene = await circle(database, school, now)
    assert await scene["Мария"].press_data(f"f:plan-wish:{scene.pair}") == ["plan-for-mentee"]


async def test_a_call_for_help_in_a_wish_reaches_neither_mentor_nor_plan(
    database: Database, school: School, now: datetime
) -> None:
    scene = await circle(database, school, now)
    await scene["Аня"].press_data(f"f:plan-wish:{scene.pair}")
    assert (await scene["Аня"].says("меня бьют дома"))[-1] == "plan-heard"
    assert "бьют" not in await scene.hears("Мария")
    assert (await scene.plan()).words == []


@CHANNELS
async def test_a_mentor_chooses_whose_goal_and_a_child_never_does(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await circle(database, school, now, channel)
    assert (await scene["Аня"].press_data(f"f:goal:{scene.pair}"))[0] == "plan-goal-common-is"
    await scene["Аня"].presses("plan-goal-own")
    assert "plan-goal-readers" in scene["Аня"].ids
    await scene["Аня"].says("Вырастить сад")
    await scene["Аня"].presses("4", "talk-skip")
    assert "Вырастить" not in (await scene.hears("Юля"))
    await scene["Юля"].press_data(f"f:goal:{scene.pair}")
    assert "Вырастить" not in scene["Юля"].words()

    assert await scene["Мария"].press_data(f"f:goal:{scene.pair}") == ["plan-goal-whose"]
    await scene["Мария"].presses("Аня К.")
    assert "Вырастить сад" in scene["Мария"].words()
    assert "Аня К.: 4 из 10" in scene["Мария"].words()
    await scene["Мария"].press_data(f"f:goal:{scene.pair}")
    await scene["Мария"].presses("plan-goal-common")
    assert "Вырастить" not in scene["Мария"].words()
    assert (await scene["Юля"].press_data(f"f:goal:{scene.pair}.{scene.people['Аня']}")) == ["plan-not-yours"]


async def test_one_of_two_mentors_agrees_too_and_hears_objections(
    database: Database, school: School, now: datetime
) -> None:
    scene = await circle(database, school, now, mentors=("Мария", "Ольга"), children=("Аня", "Юля"))
    await scene["Мария"].press_data(f"f:plan-change:{scene.pair}")
    await scene["Мария"].presses("plan-change-goal")
    await scene["Мария"].says("Выступить на олимпиаде")
    for name in ("Ольга", "Аня", "Юля"):
        await scene.hears(name)
        assert scene[name].ids == ["plan-amended"]
    assert await scene["Ольга"].presses("plan-button-agree") == ["plan-yes-waits-group"]
    await scene["Аня"].presses("plan-button-propose")
    await scene["Аня"].says("Мне это трудно")
    for name in ("Мария", "Ольга"):
        assert "Мне это трудно" in await scene.hears(name)
    heard = await scene.hears("Юля")
    assert scene["Юля"].ids == ["plan-talked-over"]
    assert "Аня" not in heard
    assert (await scene.plan()).content["goal"].startswith("Уверенно освоить")
    assert await scene["Юля"].press_data(f"f:plan-agree:{(await scene.plan()).id}.2") == [
        "plan-nothing-asked"
    ]


async def test_who_joins_later_reads_and_agrees_by_buttons(
    database: Database, school: School, now: datetime
) -> None:
    scene = await circle(database, school, now)
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now + timedelta(minutes=1))
        new = await member(session, work.school, "Лев")
        place = participation(new, Side.MENTEE, "uchit_uch")
        session.add(place)
        await session.execute(update(Participation).values(capacity=9))
        await session.flush()
        await session.execute(
            update(Address).where(Address.person_id == new.id).values(channel=Channel.TELEGRAM, address="lev")
        )
        await group_life.add(work, scene.pair, place.id)
        await plan_clock.follow(work)
    scene.chats["Лев"] = Chat(database, now + timedelta(minutes=1), address="lev")
    await scene.hears("Лев")
    assert scene["Лев"].ids[-1] == "plan-newcomer"
    await scene["Лев"].presses("plan-button-read")
    assert await scene["Лев"].presses("plan-button-agree") == ["plan-yes-done"]
    plan = await scene.plan()
    assert plans.newcomers(plan, plan.pair) == []
    assert await scene["Лев"].press_data(f"f:plan-agree:{plan.id}.{plan.version}") == ["plan-yes-done"]
