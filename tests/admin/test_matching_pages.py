"""Deciding about pairs and announcing them, as two separate acts."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from admin.show import BOOTSTRAP, HTMX
from program.roles import Side
from program.states import PairStatus
from program.text import Text
from storage.database import Database
from storage.tables import OutboxRow, Pair, Participation, Person
from tests import build
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import World, furnish
from tests.build import NOW
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _status(database: Database, pair_id: int) -> str:
    (pair,) = await rows(database, Pair, id=pair_id)
    assert isinstance(pair, Pair)
    return pair.status


async def _announced(database: Database) -> int:
    async with database.reading() as session:
        keys = await session.scalars(select(OutboxRow.key).where(OutboxRow.key.startswith("pair-announced:")))
        return len(keys.all())


async def test_the_board_shows_reasons_places_and_both_people(
    curator: httpx2.AsyncClient, world: World
) -> None:
    text = (await curator.get("/matching?form=uch_uch")).text
    for words in (
        "Снегирёва Юля",
        "Ветров Олег",
        "занято 2 из 3, предложено 1",
        "свободно 2 места",
        "разница 2 класса",
        "86",
    ):
        assert words in text, words
    assert "Объявить пары (1)" in text
    assert "Одобрить: Ветров" in re.sub(r"Одобрить: \w+ (\w+)", r"Одобрить: \1", text)


async def test_approving_tells_nobody_and_announcing_tells_everybody_once(
    curator: httpx2.AsyncClient, world: World, database: Database, clock: Clock
) -> None:
    approved = await curator.post(f"/matching/pairs/{world.suggested}/approve")
    assert approved.headers["location"] == "/matching?form=uch_uch&focus=0&done=approved"
    assert await _announced(database) == 0

    preview = (await curator.get("/announce")).text
    assert "Для тебя подобран наставник: Олег В., 10Б." in preview
    assert "Ветров" not in preview.split("<blockquote")[1].split("</blockquote>")[0]
    shown = re.findall(r'name="pair" value="(\d+)"', preview)
    assert sorted(map(int, shown)) == sorted([world.suggested, world.approved])

    clock.woken.clear()
    answers = [await curator.post("/announce", data={"pair": shown}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert await _announced(database) == 4
    assert len(clock.woken) == 1
    assert await _status(database, world.suggested) == PairStatus.OFFERED


async def test_a_pair_approved_after_the_preview_is_not_announced_unseen(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(f"/matching/pairs/{world.suggested}/approve")
    await curator.post("/announce", data={"pair": str(world.approved)})
    assert await _status(database, world.approved) == PairStatus.OFFERED
    assert await _status(database, world.suggested) == PairStatus.APPROVED


async def test_a_second_curator_is_told_who_has_decided(browsers: Browsers, world: World) -> None:
    first, second = await browsers.of(), await browsers.of()
    approved = await first.post(f"/matching/pairs/{world.suggested}/approve")
    late = await second.post(f"/matching/pairs/{world.suggested}/approve")
    assert [approved.status_code, late.status_code] == [303, 409]
    assert (
        "Эту пару уже разобрали: Юля С. и Олег В. – одобрена, не объявлена. Решение: curator-first"
        in late.text
    )
    assert 'id="board"' in late.text, "the second curator stays on the board"


async def test_several_are_approved_after_their_number_was_shown_and_one_that_cannot_stops_none(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    nothing = await curator.post("/matching/approve", data={"at": "form=uch_uch"})
    assert nothing.status_code == 422
    assert "Отметьте хотя бы одну пару" in nothing.text
    asked = {"at": "form=uch_uch", "pair": str(world.suggested)}
    shown = await curator.post("/matching/approve", data=asked)
    assert "Одобрить 1 пару" in shown.text
    assert await _status(database, world.suggested) == PairStatus.SUGGESTED
    done = await curator.post("/matching/approve", data=asked | {"sure": "yes"})
    assert done.headers["location"] == "/matching?form=uch_uch&done=approved-many"
    assert await _status(database, world.suggested) == PairStatus.APPROVED


async def test_of_several_the_one_that_cannot_be_approved_is_named_with_its_reason(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    async with database.transaction() as session:
        await session.execute(update(Participation).where(Participation.capacity == 3).values(capacity=2))
    done = await curator.post("/matching/approve", data={"at": "form=uch_uch", "all": "yes", "sure": "yes"})
    assert done.status_code == 200
    assert "Ни одна пара не одобрена" in done.text
    assert "все места заняты" in done.text
    assert await _status(database, world.suggested) == PairStatus.SUGGESTED


async def test_an_approval_is_taken_back_before_it_is_announced(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    back = await curator.post(
        f"/matching/pairs/{world.approved}/unapprove", data={"at": "form=uch_uch&class_name=7А"}
    )
    assert back.headers["location"] == "/matching?form=uch_uch&class_name=7%D0%90&focus=0&done=unapproved"
    assert await _status(database, world.approved) == PairStatus.SUGGESTED
    assert (await curator.post(f"/matching/pairs/{world.active}/unapprove")).status_code == 409


@pytest.mark.parametrize(
    ("asked", "seen", "hidden"),
    [
        ("class_name=8Б", "Снегирёва", "Алиев"),
        ("class_name=7А", "Алиев", "Снегирёва"),
        ("score=high", "Снегирёва", "нечего"),
        ("score=low", "С таким отбором предложений нет", "Одобрить: "),
        ("show=approved", "Алиев", "Снегирёва"),
        ("model=uch_uch.lider_klass", "С таким отбором предложений нет", "Одобрить: "),
        ("page=999&score=nonsense&show=x", "Снегирёва", "нечего"),
    ],
)
async def test_the_board_is_narrowed_by_its_address(
    curator: httpx2.AsyncClient, world: World, asked: str, seen: str, hidden: str
) -> None:
    text = (await curator.get(f"/matching?form=uch_uch&{asked}")).text
    assert seen in text
    assert hidden not in text


async def test_a_first_load_of_a_long_board_is_light(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    async with database.transaction() as session:
        for number in range(200):
            await long_row(session, world.school, number)
    found = await curator.get("/matching?form=uch_uch", headers={"Accept-Encoding": "gzip"})
    assert "Показать все (201)" in found.text
    static = Path(__file__).parents[2] / "admin" / "static"
    files = (BOOTSTRAP, HTMX, "theme.css", "board.css", "admin.js")
    size = len(gzip.compress(found.content)) + sum(
        len(gzip.compress((static / name).read_bytes())) for name in files
    )
    assert size <= 60 * 1024
    last = (await curator.get("/matching?form=uch_uch&show=suggested&page=9")).text
    assert last.count('form="many"') == 1


async def test_a_rejection_keeps_its_reason_for_staff(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    await curator.post(
        f"/matching/pairs/{world.suggested}/reject", data={"why": "time", "more": "по средам секция"}
    )
    (pair,) = await rows(database, Pair, id=world.suggested)
    assert isinstance(pair, Pair)
    assert (pair.status, pair.decision_reason) == (PairStatus.REJECTED, "time: по средам секция")


async def test_another_mentor_is_chosen_from_the_best(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    page = (await curator.get(f"/matching/mentees/{world.free_mentee_place}")).text
    (mentor,) = re.findall(r'name="mentor" value="(\d+)"', page)
    assert "Тогда снимется предложение для" in page
    sent = await curator.post(f"/matching/mentees/{world.free_mentee_place}", data={"mentor": mentor})
    assert sent.status_code == 303
    assert await _status(database, world.suggested) == PairStatus.DROPPED


async def long_row(session: AsyncSession, school: int, number: int) -> None:
    """A suggestion of two more people, with as many reasons as there may be."""
    people = [
        Person(school_id=school, first_name="Мария", last_name=f"Верхнеозёрская-{side}-{number}", category="pupil",
               state="active", class_name="8Б", created_at=NOW)
        for side in Side
    ]  # fmt: skip
    session.add_all(people)
    await session.flush()
    places = [build.participation(one, side) for one, side in zip(people, Side, strict=True)]
    session.add_all(places)
    await session.flush()
    texts = [Text("match-for-load", {"left": 2}).to_json(), Text("match-against-gap", {"years": 2}).to_json()]
    reasons = {
        "for": texts * 2,
        "against": texts,
        "parts": [["request", 30, 35], ["schedule", 15, 15], ["load", 5, 5]],
    }
    session.add(build.pair(*places, status=PairStatus.SUGGESTED, score=50, reasons=reasons))


async def test_a_new_run_suggests_and_explains(curator: httpx2.AsyncClient, world: World) -> None:
    assert (await curator.post("/matching/suggest", data={"form": "uch_uch"})).status_code == 303
    text = (await curator.get("/matching?form=uch_uch")).text
    assert "Последний подбор: 15 сентября, 12:00" in text
    assert "Пока без пары" in text
    unknown = await curator.post("/matching/suggest", data={"form": "nonsense"})
    assert unknown.status_code == 409


async def test_a_pair_is_closed_with_its_result(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    said = {"status": "completed", "reason": "goals", "result": "Сдали проект"}
    await curator.post(f"/pairs/{world.active}/close", data=said)
    assert await _status(database, world.active) == PairStatus.COMPLETED
    assert "Сдали проект" in (await curator.get(f"/pairs/{world.active}")).text
    assert "Котова" in (await curator.get("/pairs?show=ended")).text
