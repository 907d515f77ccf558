"""What a child does not do alone, what a repeated wish changes, and who speaks for whom until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions import consent_talk, permission
from actions.work import Work
from program.channels import Channel
from program.consents import REQUIRED, ConsentKind
from program.errors import Refusal
from program.outgoing import say
from program.retention import Basis
from program.roles import PersonState, Side
from program.text import Text
from storage.tables import HelpRequest, Person
from tests.actions import pool
from tests.actions.test_consent_life import later, waiting_for
from tests.both import database as database

WEB = Channel.WEB
SMALL, TEEN, GROWN = date(2014, 3, 5), date(2011, 3, 5), date(2008, 3, 5)


async def pupil(work: Work, born: date) -> tuple[Person, Person]:
    child = (await pool.join(work, Side.MENTEE, birth_date=born)).person
    return child, await pool.guardian(work, child.id)


async def cards(work: Work) -> list[HelpRequest]:
    return list((await work.session.scalars(select(HelpRequest))).all())


async def test_a_child_below_14_has_nothing_destroyed_alone(work: Work) -> None:
    child, mother = await pupil(work, SMALL)
    asked = await consent_talk.ask_erasure(work, child.id, child.id, channel=WEB)
    assert (asked.day, asked.guardians) == (None, 1)
    assert (child.state, child.erase_after) == (PersonState.ACTIVE, None)
    assert await waiting_for(work, mother.id) == ["consent-child-wants-erasure"]
    assert [card.person_id for card in await cards(work)] == [child.id]


async def test_the_same_wish_again_is_one_card_and_one_question(work: Work) -> None:
    child, mother = await pupil(work, SMALL)
    for _ in range(2):
        await consent_talk.ask_erasure(work, child.id, child.id, channel=WEB)
    assert len(await cards(work)) == 1
    assert len(await waiting_for(work, mother.id)) == 1


async def test_only_the_curator_hears_where_no_guardian_is_confirmed(work: Work) -> None:
    child = (await pool.join(work, Side.MENTEE, birth_date=SMALL)).person
    stranger = await pool.guardian(work, child.id, confirmed=False)
    asked = await consent_talk.ask_erasure(work, child.id, child.id, channel=WEB)
    assert (asked.day, asked.guardians) == (None, 0)
    assert len(await cards(work)) == 1
    assert await waiting_for(work, stranger.id) == []


@pytest.mark.parametrize("speaker", ["mother", "teenager"])
async def test_a_guardian_and_a_teenager_have_it_erased_in_ten_days(work: Work, speaker: str) -> None:
    child, mother = await pupil(work, SMALL if speaker == "mother" else TEEN)
    who = mother.id if speaker == "mother" else child.id
    asked = await consent_talk.ask_erasure(work, who, child.id, channel=WEB)
    assert asked.day == work.today + timedelta(days=10)
    assert child.erase_basis == Basis.REQUEST


async def test_asking_again_does_not_move_the_day_later(work: Work) -> None:
    child, mother = await pupil(work, SMALL)
    first = await consent_talk.ask_erasure(work, mother.id, child.id, channel=WEB)
    again = await consent_talk.ask_erasure(later(work, days=4), mother.id, child.id, channel=WEB)
    assert again.day == first.day


@pytest.mark.parametrize(("waited", "left"), [(4, 10), (25, 5)])
async def test_asking_after_a_withdrawal_only_moves_the_day_nearer(
    work: Work, waited: int, left: int
) -> None:
    child, mother = await pupil(work, SMALL)
    await consent_talk.withdraw(work, mother.id, child.id, REQUIRED, channel=WEB)
    then = later(work, days=waited)
    asked = await consent_talk.ask_erasure(then, mother.id, child.id, channel=WEB)
    assert asked.day == then.today + timedelta(days=left)


async def test_a_withdrawal_does_not_keep_data_longer_than_was_planned(work: Work) -> None:
    child, mother = await pupil(work, SMALL)
    child.erase_after, child.erase_basis = work.now + timedelta(days=3), Basis.RETENTION
    await consent_talk.withdraw(work, mother.id, child.id, REQUIRED, channel=WEB)
    assert child.erase_after == work.now + timedelta(days=3)


async def test_a_child_who_stops_alone_may_come_back_and_a_guardian_knows(work: Work) -> None:
    child, mother = await pupil(work, SMALL)
    await consent_talk.withdraw(work, child.id, child.id, [ConsentKind.PARTICIPATION], channel=WEB)
    assert child.state == PersonState.FROZEN
    assert await waiting_for(work, mother.id) == ["consent-stopped-by-child"]

    asked = await consent_talk.renewal(work, child.id, child.id)

    assert list(asked["texts"]) == ["participation"]
    assert await consent_talk.renew(work, child.id, child.id, {ConsentKind.PARTICIPATION: True}, channel=WEB)
    assert child.state == PersonState.ACTIVE


async def test_nobody_speaks_for_a_grown_up_or_is_told_of_one(work: Work) -> None:
    child, mother = await pupil(work, GROWN)
    with pytest.raises(Refusal):
        await consent_talk.ask_erasure(work, mother.id, child.id, channel=WEB)
    assert [one.id for one in await consent_talk.speaks_for(work, mother.id)] == [mother.id]
    message = say(Text("menu-pair")).about(child.id, ward=child.id)
    assert not await permission.may_be_told(work, mother, WEB, message.to_json())
