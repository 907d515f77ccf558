"""The road map's verbs on both databases: begun once, moved, copied, told to «Сегодня», emptied of an erased name."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest

from actions import partners, roadmap, roadmap_events, school_papers
from actions.erasure import erase
from actions.roadmap_events import Words
from actions.work import Work
from program.errors import Refusal
from program.partners import Deed
from program.retention import Basis
from program.roadmap import Calendar, Status
from program.roles import Category, Side
from storage import partners as register
from storage import roadmap as rows
from storage import school_papers as papers
from storage.database import Database
from storage.tables import RoadmapEvent, School
from tests import build, conftest
from tests.admin.road import PDF
from tests.both import database as database

YEAR = "2026-2027"


async def test_two_who_begin_at_once_begin_one_map(database: Database, school: School) -> None:
    async def begin(calendar: Calendar) -> bool:
        try:
            async with database.transaction() as session:
                await roadmap.take(Work(session, school, conftest.NOW), YEAR, calendar)
        except Refusal:
            return False
        return True

    done = await asyncio.gather(begin(Calendar.YEAR), begin(Calendar.HALF))
    assert sorted(done) == [False, True]
    assert len(await conftest.rows(database, RoadmapEvent)) == 28


async def test_two_who_move_at_once_leave_every_event_its_own_place(
    database: Database, school: School
) -> None:
    async with database.transaction() as session:
        work = Work(session, school, conftest.NOW)
        await roadmap.take(work, YEAR, Calendar.YEAR)
        stage = (await rows.stages(session, school.id, YEAR))[0]
        keys, stage_id = [one.id for one in stage.events], stage.id

    async def move(key: int, step: int) -> None:
        async with database.transaction() as session:
            await roadmap_events.move(Work(session, school, conftest.NOW), key, step)

    await asyncio.gather(*(move(keys[n], 1 if n % 2 else -1) for n in range(1, 9)))
    found = [one for one in await conftest.rows(database, RoadmapEvent) if one.stage_id == stage_id]
    assert sorted(one.position for one in found) == list(range(1, 11))


async def test_a_map_is_copied_and_the_old_one_stays(work: Work) -> None:
    await roadmap.begin_empty(work, YEAR)
    stage = (await rows.stages(work.session, work.school.id, YEAR))[0]
    event = await roadmap_events.add(
        work,
        Words(
            "Квест",
            stage.id,
            starts_on=date(2026, 9, 5),
            ends_on=date(2026, 9, 20),
            owner="совет",
            notes="было",
        ),
    )
    await roadmap_events.add(work, Words("Поддержка", stage.id, term="постоянно"))
    await roadmap_events.attach_link(work, event.id, "https://school.example/quest")
    await roadmap_events.mark(work, event.id, Status.DONE, date(2026, 9, 10))

    assert await roadmap.copy(work, YEAR) == "2027-2028"

    made = [
        one for stage in await rows.stages(work.session, work.school.id, "2027-2028") for one in stage.events
    ]
    assert [(one.title, one.starts_on, one.ends_on, one.term) for one in made] == [
        ("Квест", date(2027, 9, 6), date(2027, 9, 20), ""),
        ("Поддержка", None, None, "постоянно"),
    ]
    assert [(one.status, one.done_on, one.notes, list(one.proofs)) for one in made] == [
        (Status.PLANNED, None, "", [])
    ] * 2
    kept = await rows.event(work.session, work.school.id, event.id)
    assert kept is not None
    assert (kept.status, kept.done_on, len(kept.proofs)) == (Status.DONE, date(2026, 9, 10), 1)
    assert await rows.years(work.session, work.school.id) == ["2027-2028", YEAR]
    for year, refusal in ((YEAR, "roadmap-there"), ("2030-2031", "roadmap-none"), ("2026", "report-year")):
        with pytest.raises(Refusal) as refused:
            await roadmap.copy(work, year)
        assert refused.value.text.id == refusal


async def test_what_is_overdue_and_what_ends_this_week_waits(work: Work) -> None:
    await roadmap.begin_empty(work, YEAR)
    stage = (await rows.stages(work.session, work.school.id, YEAR))[0]
    for days in (-3, -1, 0, 7, 8):
        day = work.today + timedelta(days=days)
        await roadmap_events.add(work, Words(f"Дело {days}", stage.id, ends_on=day))
    found = {one.code: one for one in await rows.waiting(work.session, work.school.id, YEAR, work.today)}
    assert {code: one.count for code, one in found.items()} == {"roadmap": 2, "roadmap-soon": 2}
    oldest = found["roadmap"].oldest
    assert oldest is not None
    assert oldest.date() == work.today - timedelta(days=3)
    assert await rows.waiting(work.session, work.school.id, "2025-2026", work.today) == []


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (Words(" ", 0), "roadmap-title-missing"),
        (Words("Дело", 0, starts_on=date(2026, 9, 2), ends_on=date(2026, 9, 1)), "roadmap-days-odd"),
        (Words("Дело", 0, owner_id=999), "roadmap-owner-unknown"),
        (Words("Дело", 0, function="нет такой"), "roadmap-function-unknown"),
    ],
)
async def test_a_refused_event_changes_nothing(work: Work, words: Words, refusal: str) -> None:
    await roadmap.begin_empty(work, YEAR)
    stages = await rows.stages(work.session, work.school.id, YEAR)
    event = await roadmap_events.add(work, Words("Было", stages[0].id))
    said = Words(**{**vars(words), "stage_id": stages[1].id})
    with pytest.raises(Refusal) as refused:
        await roadmap_events.edit(work, event.id, said)
    assert refused.value.text.id == refusal
    kept = await rows.event(work.session, work.school.id, event.id)
    assert kept is not None
    assert (kept.title, kept.stage_id) == ("Было", stages[0].id)


async def test_the_day_of_doing_is_not_tomorrow(work: Work) -> None:
    await roadmap.take(work, YEAR, Calendar.YEAR)
    event = (await rows.stages(work.session, work.school.id, YEAR))[0].events[0]
    with pytest.raises(Refusal):
        await roadmap_events.mark(work, event.id, Status.DONE, work.today + timedelta(days=1))
    assert (await roadmap_events.mark(work, event.id, Status.DONE)).done_on == work.today
    assert (await roadmap_events.mark(work, event.id, Status.PLANNED)).done_on is None


async def test_an_erased_name_leaves_the_map(work: Work) -> None:
    await roadmap.begin_empty(work, YEAR)
    stage = (await rows.stages(work.session, work.school.id, YEAR))[0]
    event = await roadmap_events.add(
        work,
        Words(
            "Собрание", stage.id, owner="Туманова Лариса", notes="Позвать Ларису Туманову", result="Протокол"
        ),
    )
    guest = build.person(work.school, "Лариса", "Туманова", category=Category.PARENT)
    work.session.add(guest)
    await work.session.flush()
    await erase(work, guest.id, Basis.REQUEST)
    kept = await rows.event(work.session, work.school.id, event.id)
    assert kept is not None
    assert (kept.title, kept.owner, kept.notes, kept.result) == ("Собрание", "", "", "Протокол")


async def test_partners_and_papers_do_on_both_databases_what_they_do_on_one(work: Work) -> None:
    session, school = work.session, work.school.id
    made = await partners.add(
        work,
        partners.Words(
            "Завод", "enterprise", agreement_until=work.today + timedelta(days=5), forms=("rab_uch",)
        ),
    )
    with pytest.raises(Refusal):
        await partners.add(work, partners.Words("Завод", "enterprise"))
    worker = build.person(work.school, "Глеб", "Туров", category=Category.EMPLOYER)
    session.add(worker)
    await session.flush()
    session.add(build.participation(worker, Side.MENTOR, "rab_uch"))
    await session.flush()
    for _ in range(2):
        await partners.add_person(work, made.id, worker.id)
    await partners.note_deed(work, made.id, partners.Done(Deed.EVENT, "День инженера", work.today, people=40))
    kept = await register.get(session, school, made.id)
    assert kept is not None
    assert (len(kept.people), len(kept.deeds), kept.forms) == (1, 1, ["rab_uch"])
    assert [one.count for one in await register.waiting(session, school, work.today)] == [1]
    assert [one.id for one in await register.of_person(session, school, worker.id)] == [made.id]

    paper = await school_papers.add(
        work,
        school_papers.Words("Приказ", "order", public=True, clean=True),
        school_papers.Signed("1"),
        "a.pdf",
        PDF,
    )
    assert [one.id for one in await papers.public(session, school)] == [paper.id]
    await school_papers.replace(work, paper.id, school_papers.Signed("2"), "b.pdf", PDF)
    assert await papers.public(session, school) == []
    await school_papers.remove(work, paper.id)
    assert await papers.of_school(session, school) == []
