"""A link and a code open once, also when two press at the same moment."""

from __future__ import annotations

import asyncio
import base64
from datetime import datetime

import pytest

from actions import accounts, second_step, staff_invitations
from actions.sealing import Box
from actions.work import Work
from program import one_time_codes as codes
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage.database import Database
from storage.tables import School
from tests import build

pytestmark = pytest.mark.postgres
BOX = Box("key", "second-step")


async def set_up(database: Database, now: datetime) -> School:
    school = build.school(now=now)
    async with database.transaction() as session:
        session.add(school)
    return school


async def test_of_two_who_open_a_link_at_once_one_gets_the_account(postgres: Database, now: datetime) -> None:
    school = await set_up(postgres, now)
    async with postgres.transaction() as session:
        made = await staff_invitations.invite(Work(session, school, now), None, StaffRole.DIRECTOR)
        number = made.id
    ready = asyncio.Barrier(2)

    async def take(login: str) -> str:
        try:
            async with postgres.transaction() as session:
                invitation = await rows.invitation(session, number)
                assert invitation is not None
                await ready.wait()
                await staff_invitations.accept(
                    Work(session, school, now), invitation, login, "длинный пароль"
                )
        except Refusal as refusal:
            return refusal.text.id
        return "in"

    assert sorted(await asyncio.gather(take("one"), take("two"))) == ["in", "staff-link-dead"]


@pytest.mark.parametrize("kind", ["code", "recovery"])
async def test_of_two_with_the_same_code_one_gets_in(postgres: Database, now: datetime, kind: str) -> None:
    school = await set_up(postgres, now)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        user = await accounts.add_user(work, "anna", StaffRole.CURATOR, "длинный пароль")
        await second_step.begin(work, BOX, user, "длинный пароль")
        held = await rows.second_step(session, user.id)
        assert held is not None
        secret = base64.b64decode(BOX.open(held.sealed))
        spare = await second_step.confirm(work, BOX, user, codes.code_at(secret, codes.step_of(now) - 1))
    typed = spare[0] if kind == "recovery" else codes.code_at(secret, codes.step_of(now))
    ready = asyncio.Barrier(2)

    async def enter() -> bool:
        async with postgres.transaction() as session:
            found = await rows.by_login(session, "anna")
            assert found is not None
            await ready.wait()
            return await second_step.fits(Work(session, school, now), BOX, found, typed)

    assert sorted(await asyncio.gather(enter(), enter())) == [False, True]
