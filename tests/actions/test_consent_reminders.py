"""«Напомнить»: whose word is missing hears of it once in three days; what waits for the school is not asked again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from actions import consent_reminders, consents
from actions.work import Work
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.roles import Category, PersonState, Side
from program.states import ParticipationStatus
from storage.tables import Guardianship, OutboxRow, Person
from tests import build


async def waits(work: Work, name: str, *, born: int = 2015, chat: bool = True, **values: Any) -> Person:
    child = build.person(work.school, name, birth_date=date(born, 3, 5), **values)
    work.session.add(child)
    await work.session.flush()
    work.session.add(build.participation(child, Side.MENTEE, status=ParticipationStatus.CONSENT_PENDING))
    if chat:
        work.session.add(build.address(child))
    await work.session.flush()
    return child


async def parent_of(work: Work, child: Person, *, confirmed: bool) -> Person:
    parent = build.person(work.school, "Вера", "Котова", category=Category.PARENT)
    work.session.add(parent)
    await work.session.flush()
    bond = Guardianship(
        school_id=work.school.id, guardian_id=parent.id, child_id=child.id, relation="mother",
        created_at=work.now, confirmed_at=work.now if confirmed else None,
    )  # fmt: skip
    work.session.add_all([bond, build.address(parent)])
    await work.session.flush()
    return parent


async def agrees(work: Work, child: Person, parent: Person) -> None:
    for kind in REQUIRED:
        await consents.say(
            work, child, kind, ConsentEvent.GIVEN,
            consenter=Consenter.GUARDIAN, giver=parent, method=ConsentMethod.BOT_BUTTON,
        )  # fmt: skip


async def sent(work: Work) -> list[tuple[int | None, list[str]]]:
    found = await work.session.scalars(
        select(OutboxRow).where(OutboxRow.key.startswith("consent-remind:")).order_by(OutboxRow.id)
    )
    return [(row.person_id, [text["id"] for text in row.body["texts"]]) for row in found]


async def test_a_known_parent_is_asked_and_else_the_child_passes_the_page_on(work: Work) -> None:
    known, unknown = await waits(work, "Аня"), await waits(work, "Юля")
    older = await waits(work, "Тимур", born=2011)
    parent = await parent_of(work, known, confirmed=True)
    assert await consent_reminders.send(work) == 3
    assert await sent(work) == [
        (parent.id, ["consent-remind-child"]),
        (unknown.id, ["consent-remind-page"]),
        (older.id, ["consent-remind-own", "consent-remind-page"]),
    ]


async def test_nobody_is_reminded_twice_within_three_days(work: Work) -> None:
    await waits(work, "Аня")
    assert await consent_reminders.send(work) == 1
    later = replace(work, now=work.now + timedelta(days=2))
    assert await consent_reminders.send(later) == 0
    assert [one.first_name for one in (await consent_reminders.plan(later)).lately] == ["Аня"]
    assert await consent_reminders.send(replace(work, now=work.now + timedelta(days=3))) == 1


async def test_an_answer_that_waits_for_the_school_is_not_asked_for_again(work: Work) -> None:
    child = await waits(work, "Аня")
    parent = await parent_of(work, child, confirmed=False)
    await agrees(work, child, parent)
    plan = await consent_reminders.plan(work)
    assert (plan.asks, [one.id for one in plan.with_school]) == ([], [child.id])


async def test_who_has_no_chat_is_named_for_a_call_and_who_said_no_is_left_alone(work: Work) -> None:
    lonely = await waits(work, "Костя", chat=False, state=PersonState.INVITED)
    said_no = await waits(work, "Саша", born=2011)
    await consents.say(
        work, said_no, REQUIRED[0],
        ConsentEvent.REFUSED, consenter=Consenter.SELF, giver=said_no, method=ConsentMethod.BOT_BUTTON,
    )  # fmt: skip
    plan = await consent_reminders.plan(work)
    assert (plan.asks, [one.id for one in plan.unheard]) == ([], [lonely.id])


async def test_a_class_teacher_reminds_the_own_class_only(work: Work) -> None:
    await waits(work, "Аня", class_name="8А")
    await waits(work, "Юля", class_name="8Б")
    plan = await consent_reminders.plan(work, "8Б")
    assert [one.reader.first_name for one in plan.asks] == ["Юля"]
