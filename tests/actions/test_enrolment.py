"""Joining once more does not undo what was taken back; only a confirmed parent has a child's data erased."""

from __future__ import annotations

import pytest

from actions import consent_talk, enrolment
from actions.enrolment import Application
from actions.work import Work
from program.channels import Channel
from program.consents import REQUIRED
from program.errors import Refusal
from program.retention import Basis
from program.roles import Category, PersonState, Side
from tests.actions import pool


async def test_a_child_who_joins_once_more_does_not_undo_what_the_parent_took_back(work: Work) -> None:
    child = (await pool.join(work, Side.MENTEE)).person
    mother = await pool.guardian(work, child.id)
    await consent_talk.ask_erasure(work, mother.id, child.id, channel=Channel.WEB)
    due = child.erase_after

    told = Application(Category.PUPIL, [(Side.MENTOR, "uch_uch")], Channel.WEB)
    await enrolment.register(work, child.id, told)

    assert (child.state, child.erase_after, child.erase_basis) == (PersonState.FROZEN, due, Basis.REQUEST)


async def test_whose_own_word_is_enough_returns_by_joining_once_more(work: Work) -> None:
    adult = (await pool.join(work, Side.MENTOR, "Вера", category=Category.ALUMNUS, form="vyp_uch")).person
    await consent_talk.withdraw(work, adult.id, adult.id, REQUIRED, channel=Channel.WEB)
    assert adult.state == PersonState.FROZEN
    told = Application(
        Category.ALUMNUS, [(Side.MENTOR, "vyp_uch")], Channel.WEB, decisions=dict.fromkeys(REQUIRED, True)
    )

    await enrolment.register(work, adult.id, told)

    assert (adult.state, adult.erase_after, adult.erase_basis) == (PersonState.ACTIVE, None, "")


async def test_whoever_holds_the_childs_link_may_stop_everything_but_not_have_it_erased(work: Work) -> None:
    child = (await pool.join(work, Side.MENTEE)).person
    stranger = await pool.guardian(work, child.id, confirmed=False)

    with pytest.raises(Refusal, match="consent-not-yours"):
        await consent_talk.ask_erasure(work, stranger.id, child.id, channel=Channel.WEB)
    assert child.state == PersonState.ACTIVE

    await consent_talk.withdraw(work, stranger.id, child.id, REQUIRED, channel=Channel.WEB)
    assert (child.state, child.erase_basis) == (PersonState.FROZEN, Basis.WITHDRAWAL)


async def test_nothing_is_written_down_of_somebody_who_has_taken_the_consent_back(work: Work) -> None:
    child = (await pool.join(work, Side.MENTEE, said={})).person
    mother = await pool.guardian(work, child.id)
    await consent_talk.withdraw(work, mother.id, child.id, REQUIRED, channel=Channel.WEB)

    with pytest.raises(Refusal, match="questionnaire-no-consent"):
        await pool.answer(work, child, "INT_ME_P", {})
