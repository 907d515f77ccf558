"""The first and the last meeting of the whole programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import gathering_clock, gatherings
from actions.audiences import Audience
from actions.gatherings import Draft
from actions.work import Work
from program.errors import Refusal
from program.gatherings import GatheringState
from program.roles import Category, PersonState, Side
from program.states import MeetingFormat, MeetingKind
from storage import gatherings as stored
from storage import people
from storage.tables import Asking, Gathering, Person
from tests import build
from tests.pairs import Couple, couple, member, told

WEEK = timedelta(days=7)


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school)


async def who(work: Work, person_id: int) -> Person:
    found = await people.get(work.session, person_id)
    assert found is not None
    return found


async def called(work: Work, **values: object) -> Gathering:
    draft = Draft(MeetingKind.M0, work.now + WEEK, place="Актовый зал")
    return await gatherings.call(work, replace(draft, **values))  # type: ignore[arg-type]


def invited(one: Gathering) -> set[int]:
    return {seat.person_id for seat in one.invited}


async def test_everybody_who_takes_part_is_invited_once(work: Work, pair: Couple) -> None:
    parent = await member(work.session, work.school, "Вера", "Котова", category=Category.PARENT)
    frozen = await member(work.session, work.school, "Лада", "Зимина", state=PersonState.FROZEN)
    work.session.add(build.participation(frozen, Side.MENTEE, "uchit_uch"))
    await work.session.flush()

    one = await called(work)
    assert invited(one) == {pair.mentor, pair.mentee}
    assert parent.id not in invited(one)
    assert len(await told(work.session, "gathering-invited:")) == 2

    late = await member(work.session, work.school, "Тимур", "Ясный")
    work.session.add(build.participation(late, Side.MENTEE, "uchit_uch"))
    await work.session.flush()
    assert [await gatherings.invite(work, one.id) for _ in range(2)] == [1, 0]
    assert len(await told(work.session, "gathering-invited:")) == 3


async def test_forms_and_classes_narrow_it_and_mentors_come_along(work: Work, pair: Couple) -> None:
    other = await member(work.session, work.school, "Юля", "Белова", class_name="5Б")
    work.session.add(build.participation(other, Side.MENTEE, "uchit_uch"))
    await work.session.flush()
    one = await called(work, audience=Audience(forms=("uchit_uch",), classes=("8А",)))
    assert invited(one) == {pair.mentor, pair.mentee}
    with pytest.raises(Refusal, match="gathering-nobody"):
        await called(work, audience=Audience(forms=("vyp_uch",)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"place": ""}, "gathering-no-place"),
        ({"minutes": 5}, "gathering-minutes-odd"),
        ({"format": MeetingFormat.ONLINE, "link": "http://a.ru"}, "gathering-no-link"),
        ({"link": "javascript:alert(1)"}, "gathering-no-link"),
        ({"kind": MeetingKind.M3}, "states-not-now"),
    ],
)
async def test_one_that_nobody_could_find_is_not_called(
    work: Work, pair: Couple, wrong: dict[str, object], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        await called(work, **wrong)
    with pytest.raises(Refusal, match="gathering-past"):
        await called(work, starts_at=work.now)


async def test_who_cannot_come_says_so_and_is_left_in_peace(work: Work, pair: Couple) -> None:
    one = await called(work)
    mentee = await who(work, pair.mentee)
    assert [await gatherings.answer(work, mentee, one.id, coming=False) for _ in range(2)] == [True, False]
    for hours in (25, 23, 2, 1):
        await gathering_clock.remind(replace(work, now=one.starts_at - timedelta(hours=hours)))
    rows = await told(work.session, "gathering-soon:")
    assert {row.person_id for row in rows} == {pair.mentor}
    assert len(rows) == 2  # a day and two hours ahead

    stranger = await member(work.session, work.school, "Олег", "Сомов")
    with pytest.raises(Refusal, match="gathering-unknown"):
        await gatherings.answer(work, stranger, one.id, coming=True)
    with pytest.raises(Refusal, match="gathering-began"):
        await gatherings.answer(replace(work, now=one.starts_at), mentee, one.id, coming=True)


async def test_another_day_asks_everybody_anew(work: Work, pair: Couple) -> None:
    one = await called(work)
    await gatherings.answer(work, await who(work, pair.mentee), one.id, coming=True)
    draft = Draft(MeetingKind.M0, one.starts_at + WEEK, place="Актовый зал", about="Возьмите сменную обувь")
    await gatherings.change(work, one.id, draft)
    assert (one.sequence, [seat.coming for seat in one.invited]) == (1, [None, None])
    assert await told(work.session, "gathering-invited:") == []  # had not gone out yet
    assert len(await told(work.session, "gathering-moved:")) == 2
    await gatherings.change(work, one.id, replace(draft, about="Возьмите хорошее настроение"))
    assert one.sequence == 1


async def test_calling_it_off_tells_everybody_once(work: Work, pair: Couple) -> None:
    one = await called(work)
    assert [await gatherings.call_off(work, one.id) for _ in range(2)] == [True, False]
    assert len(await told(work.session, "gathering-off:")) == 2
    assert await told(work.session, "gathering-invited:") == []
    with pytest.raises(Refusal, match="states-not-now"):
        await gatherings.attendance(replace(work, now=one.starts_at), one.id, [pair.mentee])


async def test_after_the_first_one_those_who_met_are_asked_about_each_other(work: Work, pair: Couple) -> None:
    one = await called(work)
    with pytest.raises(Refusal, match="meeting-not-yet"):
        await gatherings.attendance(work, one.id, [pair.mentee])
    after = replace(work, now=one.starts_at + timedelta(hours=2))
    assert await stored.waiting(work.session, work.school.id, after.now) == (1, one.starts_at)
    for _ in range(2):  # said anew
        await gatherings.attendance(after, one.id, [pair.mentor, pair.mentee])
    assert one.state == GatheringState.HELD
    (asking,) = (await work.session.scalars(select(Asking))).all()
    assert (asking.code, set(asking.people)) == ("PREF", {pair.mentor, pair.mentee})
    assert await stored.waiting(work.session, work.school.id, after.now) == (0, None)


async def test_after_the_last_one_nobody_is_asked_and_guests_are_forgotten(work: Work, pair: Couple) -> None:
    one = await called(work, kind=MeetingKind.M6, guests="Родители 8А\nДиректор завода")
    after = replace(work, now=one.starts_at + timedelta(hours=2))
    await gatherings.attendance(after, one.id, [pair.mentee])
    assert (await work.session.scalars(select(Asking))).all() == []
    await gathering_clock.forget_guests(replace(work, now=one.starts_at + timedelta(days=31)))
    await work.session.refresh(one)
    assert one.guests == ""
