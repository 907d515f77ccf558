"""The ledger is what counts: rows are held before a word is written, statuses and ended bonds say nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event, update

from actions import guardians, paper, questionnaires
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import REQUIRED, ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.roles import Side
from program.states import ParticipationStatus
from storage import askings, people
from storage.database import Database
from storage.tables import Person
from tests import build
from tests.actions import pool


async def test_a_person_who_is_held_is_read_anew(work: Work) -> None:
    child = (await pool.join(work, Side.MENTEE)).person
    behind = update(Person).where(Person.id == child.id).values(class_name="9Б")
    await work.session.execute(behind, execution_options={"synchronize_session": False})
    assert child.class_name == "8А"

    held = await people.lock(work.session, child.id)

    assert held is child
    assert child.class_name == "9Б"


@pytest.mark.postgres
@pytest.mark.parametrize("verb", ["paper", "confirm", "withdraw"])
async def test_the_child_is_held_before_a_word_is_written(
    postgres: Database, now: datetime, verb: str
) -> None:
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
    async with postgres.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        child = (await pool.join(work, Side.MENTEE)).person
        mother = await pool.guardian(work, child.id, confirmed=verb != "confirm")
    said: list[str] = []

    def hear(_: Any, __: Any, statement: str, *___: Any) -> None:
        said.append(" ".join(statement.split()))

    event.listen(postgres.engine.sync_engine, "before_cursor_execute", hear)
    async with postgres.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        if verb == "paper":
            await paper.enter(
                work, child, REQUIRED, ConsentEvent.REFUSED, consenter=Consenter.GUARDIAN, giver=None,
                signed_on=work.today,
            )  # fmt: skip
        elif verb == "confirm":
            await guardians.confirm(work, mother.id, child.id)
        else:
            kind, method = ConsentKind.PD, ConsentMethod.BOT_BUTTON
            await guardians.withdraw(work, mother.id, child.id, kind, method=method, channel=Channel.VK)

    held = first(said, "FROM person WHERE person.id = $1::BIGINT FOR NO KEY UPDATE")
    assert held < first(said, "UPDATE guardianship" if verb == "confirm" else "INSERT INTO consent ")


def first(said: Sequence[str], words: str) -> int:
    return next(number for number, statement in enumerate(said) if words in statement)


async def test_what_is_answered_is_kept_by_what_the_ledger_says(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, birth_date=date(2013, 3, 5))
    place.status = ParticipationStatus.PAUSED  # nobody has brought the place in line yet
    await questionnaires.require_consent(work, place.person)

    place.status = ParticipationStatus.PAIRED
    await pool.agree(work, place.person, ConsentKind.PD, event=ConsentEvent.WITHDRAWN)

    with pytest.raises(Refusal):
        await questionnaires.require_consent(work, place.person)


async def test_a_place_of_another_year_still_needs_the_consent_for_data(work: Work) -> None:
    place = await pool.join(work, Side.MENTEE, agreed=False, place={"year": "2025-2026"})
    with pytest.raises(Refusal):
        await questionnaires.require_consent(work, place.person)
    await pool.agree(work, place.person, ConsentKind.PD)
    await questionnaires.require_consent(work, place.person)


async def test_who_turned_out_not_to_be_a_guardian_has_no_children_here(work: Work) -> None:
    child = (await pool.join(work, Side.MENTEE)).person
    mother, stranger = await pool.guardian(work, child.id), await pool.guardian(work, child.id)
    for bond in await people.guardians_of(work.session, child.id):
        if bond.guardian_id == stranger.id:
            bond.ended_at = work.now
    await work.session.flush()

    assert await people.children_of(work.session, stranger.id) == []
    assert len(await people.children_of(work.session, mother.id)) == 1
    asked = await askings.guardians(work.session, work.school.id, [child.id])
    assert [bond.guardian_id for bond in asked] == [mother.id]
