"""News by plan: out at their hour, once; stopped with the names where somebody has not agreed or the hour is long over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from actions import consent_talk, decisions, news, news_plan, news_reach, takedowns
from actions.audiences import Audience
from actions.decisions import Asking
from actions.permission import may_be_told
from actions.work import Work
from locales import Texts
from program.ages import Consenter
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.roles import Category, StaffRole
from program.states import NewsStatus, WallState
from storage.database import Database
from storage.tables import Consent, Guardianship, NewsItem, OutboxRow, Person, School
from tests.pairs import Couple, couple, member


@pytest.fixture
async def pair(work: Work) -> Couple:
    made = await couple(work.session, work.school)
    await _agree(work, made.mentee)
    return made


async def _agree(work: Work, person_id: int) -> None:
    work.session.add_all(
        Consent(
            school_id=work.school.id, person_id=person_id, kind=ConsentKind.PUBLICATION, event=ConsentEvent.GIVEN,
            consenter=who, given_by=person_id if who is Consenter.SELF else None, method=ConsentMethod.PAPER,
            at=work.now,
        )
        for who in Consenter
    )  # fmt: skip
    await work.session.flush()


def at(work: Work, **by: float) -> Work:
    return Work(work.session, work.school, work.now + timedelta(**by))


async def _planned(work: Work, *shows: int, wall: bool = True) -> NewsItem:
    item = await news.write(work, news.Draft("О клубе", "Ждём всех.", to_wall=wall))
    await news.set_shown(work, item.id, shows)
    return await news_plan.plan(work, item.id, work.now + timedelta(hours=3), wall_ready=True)


async def _queued(work: Work, item: NewsItem) -> list[str]:
    rows = await work.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    return [row.key for row in rows if row.key.startswith((f"news:{item.id}:", f"news-wall:{item.id}"))]


async def test_an_item_goes_out_at_its_hour_and_once(work: Work, pair: Couple) -> None:
    item = await _planned(work, pair.mentee)
    assert await news_plan.publish_due(at(work, hours=2)) == 0
    assert await _queued(work, item) == []
    assert await news_plan.publish_due(at(work, hours=3)) == 1
    assert await news_plan.publish_due(at(work, hours=3, minutes=1)) == 0
    told = await _queued(work, item)
    assert sorted(told) == sorted(
        [f"news-wall:{item.id}", *(f"news:{item.id}:{one}" for one in (pair.mentor, pair.mentee))]
    )
    assert (item.status, item.wall) == (NewsStatus.PUBLISHED, WallState.QUEUED)


async def test_a_defect_stops_its_own_item_once_says_so_and_leaves_the_others(
    work: Work, pair: Couple
) -> None:
    broken, whole = await _planned(work), await _planned(work)
    broken.audience = {"sides": 5}
    await work.session.flush()
    assert await news_plan.publish_due(at(work, hours=3)) == 1
    await work.session.refresh(broken)
    assert (broken.status, broken.stop_reason, broken.published_at) == (NewsStatus.STOPPED, "broken", None)
    assert whole.status == NewsStatus.PUBLISHED
    assert await news_plan.publish_due(at(work, hours=3, minutes=1)) == 0
    said = await decisions.waiting(Asking(work, StaffRole.CURATOR, 1), lambda _: True)
    assert "news-stopped" in {one.kind.code for one in said}


async def test_a_plan_survives_a_restart(database: Database, school: School, now: datetime) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(school, load=False), now)
        key = (await _planned(work)).id
    async with database.transaction() as session:  # another process, much later
        work = Work(session, await session.get_one(School, school.id), now + timedelta(hours=4))
        assert await news_plan.publish_due(work) == 1
    async with database.reading() as session:
        assert (await session.get_one(NewsItem, key)).status == NewsStatus.PUBLISHED


async def test_a_plan_can_be_called_off_and_made_anew(work: Work, pair: Couple) -> None:
    item = await _planned(work)
    with pytest.raises(Refusal, match="news-planned"):
        await news.write(work, news.Draft("Другое", "Слова."), item.id)
    await news_plan.call_off(work, item.id)
    await news.write(work, news.Draft("Другое", "Слова."), item.id)
    assert await news_plan.publish_due(at(work, hours=4)) == 0
    await news_plan.plan(work, item.id, work.now + timedelta(hours=5))
    assert await news_plan.publish_due(at(work, hours=5)) == 1
    assert item.wall == WallState.MANUAL  # nobody said that the wall takes it by itself


async def test_an_hour_that_is_over_is_refused_and_quiet_hours_are_told(work: Work) -> None:
    item = await news.write(work, news.Draft("О", "Т"))
    with pytest.raises(Refusal, match="news-plan-past"):
        await news_plan.plan(work, item.id, work.now)
    with pytest.raises(Refusal, match="news-plan-far"):
        await news_plan.plan(work, item.id, work.now + timedelta(days=400))
    night = datetime(2026, 9, 15, 23, 30, tzinfo=work.zone)
    assert news_plan.hour(work, night).quiet
    assert news_plan.hour(work, night).pupils > night
    assert not news_plan.hour(work, datetime(2026, 9, 15, 15, 0, tzinfo=work.zone)).quiet


async def test_whoever_has_not_agreed_keeps_it_from_being_planned(work: Work, pair: Couple) -> None:
    item = await news.write(work, news.Draft("О", "Т"))
    await news.set_shown(work, item.id, [pair.mentor])
    with pytest.raises(Refusal, match="news-no-publication"):
        await news_plan.plan(work, item.id, work.now + timedelta(hours=1))


async def test_a_consent_taken_back_stops_the_plan_at_once_and_today_names_the_person(
    work: Work, pair: Couple
) -> None:
    item = await _planned(work, pair.mentee)
    await consent_talk.withdraw(
        at(work, hours=1), pair.mentee, pair.mentee, [ConsentKind.PUBLICATION], channel=Channel.WEB
    )
    assert (item.status, item.stop_reason) == (NewsStatus.STOPPED, "consent")
    assert await news_plan.publish_due(at(work, hours=3)) == 0
    assert await _queued(work, item) == []
    asking = Asking(at(work, hours=3), StaffRole.CURATOR, 1)
    (one,) = [row for row in await decisions.waiting(asking, lambda _: True) if row.code == "news-stopped"]
    assert "«О клубе» (Аня К.)" in Texts("ru")(one.otherwise)


async def test_a_consent_that_has_run_out_by_then_stops_it_at_its_hour(work: Work, pair: Couple) -> None:
    for line in await work.session.scalars(select(Consent).where(Consent.kind == ConsentKind.PUBLICATION)):
        line.valid_until = work.today
    item = await news.write(work, news.Draft("О клубе", "Ждём."))
    await news.set_shown(work, item.id, [pair.mentee])
    await news_plan.plan(work, item.id, work.now + timedelta(days=2))
    assert await news_plan.publish_due(at(work, days=2)) == 0
    assert (item.status, item.stop_reason) == (NewsStatus.STOPPED, "consent")
    assert await takedowns.lacking(at(work, days=2), item.shows) != []
    await news_plan.call_off(at(work, days=2), item.id)
    assert str(item.status) == "draft"


async def test_after_a_long_standstill_it_waits_for_somebody(work: Work) -> None:
    item = await _planned(work)
    assert await news_plan.publish_due(at(work, hours=10)) == 0
    assert (item.status, item.stop_reason) == (NewsStatus.STOPPED, "late")


async def test_segments_meet_roles_stages_and_classes(work: Work, pair: Couple) -> None:
    async def count(**asked: tuple[str, ...]) -> int:
        return (await news_reach.reach(work, Audience(**asked))).people

    child = await work.session.get_one(Person, pair.mentee)
    child.class_name = "8Б"
    await work.session.flush()
    assert await count() == 2
    assert await count(sides=("mentor",)) == 1
    assert await count(stages=("paired",)) + await count(stages=("waiting",)) == 2
    assert await count(stages=("finished",)) == 0
    assert await count(classes=("8Б",)) == 1
    assert await count(sides=("parent",)) == 0  # nobody's parent is known to the school


async def test_parents_are_told_of_their_own_where_the_school_knows_them(work: Work, pair: Couple) -> None:
    mother = await member(work.session, work.school, "Вера", "Котова", category=Category.PARENT)
    bond = Guardianship(
        school_id=work.school.id, guardian_id=mother.id, child_id=pair.mentee, relation="mother", created_at=work.now
    )  # fmt: skip
    work.session.add(bond)
    await work.session.flush()
    only = Audience(sides=("parent",), classes=("8А",))
    assert (await news_reach.reach(work, only)).people == 0
    bond.confirmed_at = work.now
    child = await work.session.get_one(Person, pair.mentee)
    child.class_name = "8А"
    await work.session.flush()
    assert (await news_reach.reach(work, only)).people == 1
    item = await news.write(work, news.Draft("Собрание", "Ждём родителей.", to_wall=False, audience=only))
    assert await news.publish(work, item.id) == 1
    (row,) = (await work.session.scalars(select(OutboxRow).where(OutboxRow.person_id == mother.id))).all()
    assert "rows" not in row.body  # parents have no story of their own to tell here
    assert await may_be_told(work, mother, Channel.WEB, row.body)
