"""«Мне подходит», «Не подходит», and what may be asked for in «Моя пара»: by buttons, each event after a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlalchemy import select, update

from actions import announcing, pair_requests
from actions.work import Work
from program.acceptance import REASONS
from program.channels import Channel
from program.states import PairStatus, RequestState
from storage.database import Database
from storage.tables import Address, OutboxRow, Pair, PairAnswer, PairRequest, School
from tests import build
from tests.actions import pool
from tests.bot.chat import Chat
from tests.conftest import rows
from tests.pairs import Couple, couple

CHANNELS = pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.VK, Channel.WEB])


@dataclass
class Two:
    database: Database
    school: School
    ids: Couple
    mentor: Chat
    mentee: Chat

    async def status(self) -> PairStatus:
        (pair,) = await rows(self.database, Pair)
        assert isinstance(pair, Pair)
        return PairStatus(pair.status)

    async def request(self) -> PairRequest:
        (found,) = await rows(self.database, PairRequest)
        assert isinstance(found, PairRequest)
        return found

    async def work(self, act: object) -> None:
        async with self.database.transaction() as session:
            school = await session.merge(self.school, load=False)
            await act(Work(session, school, self.mentor.now, "user:1"))  # type: ignore[operator]


async def two(
    database: Database,
    school: School,
    now: datetime,
    status: PairStatus,
    channel: Channel = Channel.TELEGRAM,
) -> Two:
    async with database.transaction() as session:
        ids = await couple(session, school, status=status, starts_on=now.date())
        for person in (ids.mentor, ids.mentee):
            await session.execute(
                update(Address)
                .where(Address.person_id == person)
                .values(channel=channel, address=f"{person}00")
            )
    chats = [Chat(database, now, channel, address=f"{person}00") for person in (ids.mentor, ids.mentee)]
    scene = Two(database, school, ids, *chats)
    if status is PairStatus.APPROVED:

        async def announce(work: Work) -> None:
            await announcing.announce(work, [ids.pair])

        await scene.work(announce)
        for chat in chats:
            chat.messages = await chat._answers()
    return scene


@CHANNELS
async def test_one_press_each_and_the_pair_begins(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, PairStatus.APPROVED, channel)

    assert await scene.mentee.presses("pair-button-yes") == ["pair-yes-waits"]
    mine = await scene.mentee.says("моя пара")
    assert mine == ["basics-pair-offered-mentee"]
    assert await scene.mentor.presses("pair-button-yes") == ["pair-started", "pair-first-step"]

    assert await scene.status() is PairStatus.ACTIVE
    assert scene.mentor.button("pair-button-meeting").data == f"f:meeting:{scene.ids.pair}"
    assert await scene.mentor.press_data(f"f:pair-yes:{scene.ids.pair}") == ["pair-yes-begun"]


@CHANNELS
async def test_a_no_takes_two_presses_and_blames_nobody(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, PairStatus.APPROVED, channel)

    assert await scene.mentee.presses("pair-button-no") == ["pair-no-why"]
    assert await scene.mentee.presses("pair-why-not-busy") == ["pair-no-done"]

    assert await scene.status() is PairStatus.DECLINED
    assert await scene.mentor.press_data(f"f:pair-yes:{scene.ids.pair}") == ["pair-over"]
    assert (await scene.mentee.says("моя пара"))[0] == "basics-place-searching"


@CHANNELS
async def test_the_words_of_a_button_may_be_typed_while_no_question_is_open(
    database: Database, school: School, now: datetime, channel: Channel
) -> None:
    scene = await two(database, school, now, PairStatus.APPROVED, channel)
    assert await scene.mentee.says("мне подходит!") == ["talk-unknown"], "nothing was sent yet"
    async with database.transaction() as session:
        await session.execute(update(OutboxRow).values(sent_at=now))

    assert await scene.mentee.says("мне подходит!") == ["pair-yes-waits"]
    assert await scene.mentor.says("Мне подходит") == ["pair-started", "pair-first-step"]
    assert await scene.status() is PairStatus.ACTIVE


async def test_typed_words_that_stand_on_buttons_of_two_matters_decide_neither(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.APPROVED)
    async with database.transaction() as session:
        (row,) = (
            await session.scalars(select(OutboxRow).where(OutboxRow.person_id == scene.ids.mentee))
        ).all()
        body = json.loads(json.dumps(row.body).replace(f':{scene.ids.pair}"', ':999"'))
        values = {
            name: getattr(row, name) for name in ("school_id", "kind", "priority", "person_id", "channel")
        }
        again = OutboxRow(
            **values, key="again", address=row.address, lane=row.lane, body=body, created_at=now, due_at=now
        )
        session.add(again)
        await session.flush()
        await session.execute(update(OutboxRow).values(sent_at=now))
    assert (await scene.mentee.says("Мне подходит"))[-1] == "talk-unknown"
    assert await rows(database, PairAnswer, answer="yes") == []


async def test_a_parent_is_offered_a_parents_reasons(
    database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, school, status=PairStatus.APPROVED, starts_on=now.date())
        work = Work(session, await session.merge(school, load=False), now, "user:1")
        mother = await pool.guardian(work, ids.mentee, reachable=False)
        session.add(build.address(mother, Channel.TELEGRAM, "mother"))
        await announcing.announce(work, [ids.pair])
    chat = Chat(database, now, address="mother")
    chat.messages = await chat._answers()
    assert await chat.press_data(f"f:pair-no:{ids.pair}.{ids.mentee}") == ["pair-no-why-guardian"]
    labels = [choice.label.id for row in chat.messages[-1].rows for choice in row]
    assert [one for one in labels if one.startswith("pair-why")] == [
        f"pair-why-not-guardian-{reason}" for reason in REASONS
    ]
    await chat.presses("pair-why-not-guardian-busy")
    (answer,) = await rows(database, PairAnswer, answer="no")
    assert answer.reason == "busy"  # type: ignore[attr-defined]


async def test_own_words_are_asked_for_only_with_another_reason(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.APPROVED, Channel.WEB)
    await scene.mentee.presses("pair-button-no", "pair-why-not-other")
    assert await scene.mentee.says("Хочу подумать") == ["pair-no-done"]
    found = await rows(database, PairAnswer, answer="no")
    assert [one.words for one in found] == ["Хочу подумать"]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "data", ["f:pair-yes:999", "f:pair-no:999", "f:pair-no:x", "f:pair-yes:1.2.3", "f:pair-end:9"]
)
async def test_a_mangled_button_is_nobodys_pair(
    database: Database, school: School, now: datetime, data: str
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE)
    assert await scene.mentee.press_data(data) == ["pair-not-yours"]


@CHANNELS
@pytest.mark.parametrize(("wish", "reason"), [("pause", "busy"), ("replace", "character"), ("end", "goals")])
async def test_a_wish_is_two_presses_away(
    database: Database, school: School, now: datetime, channel: Channel, wish: str, reason: str
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE, channel)
    await scene.mentee.says("моя пара")
    assert await scene.mentee.presses("basics-pair-more") == ["pair-more"]
    assert await scene.mentee.presses(f"pair-ask-{wish}") == [f"pair-{wish}-why"]
    assert await scene.mentee.presses(f"pair-because-{reason}") == ["pair-wish-kept-safe"]
    request = await scene.request()
    assert (request.kind, request.reason, request.state) == (wish, reason, RequestState.NEW)
    assert await scene.status() is PairStatus.ACTIVE


async def test_the_other_side_agrees_to_another_last_day_in_one_press(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE)
    await scene.mentee.press_data(f"f:pair-longer:{scene.ids.pair}")
    assert "30 июня 2027" in str([c.label.args for m in scene.mentee.messages for r in m.rows for c in r])
    await scene.mentee.presses("30 июня 2027")
    assert await scene.mentee.presses("pair-because-good") == ["pair-wish-both"]
    scene.mentor.messages = await scene.mentor._answers()
    assert scene.mentor.ids == ["pair-longer-asked"]
    assert await scene.mentor.presses("pair-button-agree") == ["pair-end-said-yes"]
    request = await scene.request()

    async def grant(work: Work) -> None:
        await pair_requests.grant(work, request.id)

    await scene.work(grant)
    async with database.reading() as session:
        pair = (await session.scalars(select(Pair))).one()
        assert (pair.extended, str(pair.ends_on)) == (True, "2027-06-30")


async def test_going_on_after_a_pause_is_asked_for_by_either_side(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.PAUSED)
    assert await scene.mentor.says("моя пара") == ["basics-pair-paused-mentor"]
    await scene.mentor.presses("basics-pair-more", "pair-ask-resume")
    assert await scene.mentor.presses("pair-resume-yes") == ["pair-wish-kept-safe"]
    assert (await scene.request()).kind == "resume"


async def test_who_does_not_feel_safe_is_shown_the_way_to_help(
    database: Database, school: School, now: datetime
) -> None:
    scene = await two(database, school, now, PairStatus.ACTIVE, Channel.WEB)
    await scene.mentee.press_data(f"f:pair-replace:{scene.ids.pair}")
    await scene.mentee.presses("pair-because-safety")
    assert await scene.mentee.presses("talk-skip") == ["pair-safety"]
