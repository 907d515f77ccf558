"""The doors of the queue: a one-off meeting with others who wait, and the groups that suit."""

from __future__ import annotations

from datetime import timedelta

import httpx2
import pytest

from actions.work import Work
from program.roles import Side, StaffRole
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import Encounter, OutboxRow, Participation
from tests import build
from tests.actions.pool import join
from tests.admin.conftest import Browsers
from tests.conftest import rows

STUDY = {"INT_ME_P.2": ["study"]}


@pytest.fixture
async def waiting(browsers: Browsers, database: Database) -> list[int]:
    """Two who ask for the same and wait; a group at work with one of three places left."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        alone = [await join(work, Side.MENTEE, "Юля", name, said=STUDY) for name in ("Снегирёва", "Алиева")]
        members = [await join(work, Side.MENTEE, "Рая", name, said=STUDY) for name in ("Белова", "Ткач")]
        lead = await join(
            work, Side.MENTOR, "Пётр", "Лебедев", said={"INT_MO.2": ["study"]}, place={"capacity": 3}
        )
        for one in (lead, *members):
            one.status = ParticipationStatus.PAIRED
        started = work.today - timedelta(days=3)
        session.add(
            build.pair(lead, *members, is_group=True, title="Дроби", announced_at=work.now, starts_on=started)
        )
        return [one.id for one in alone]


async def test_a_meeting_is_made_from_the_row_with_the_people_already_invited(
    curator: httpx2.AsyncClient, waiting: list[int], browsers: Browsers, database: Database
) -> None:
    queue = await curator.get("/queue")
    assert f"/encounters/new?for={waiting[0]}" in queue.text
    assert "Что изменить:" in queue.text or "пара найдётся" in queue.text
    form = await curator.get(f"/encounters/new?for={waiting[0]}")
    assert "Кого пригласить сразу" in form.text
    assert "Алиева Юля" in form.text
    assert 'value="Учёба по предмету"' in form.text
    assert "тоже просит: Учёба по предмету" in " ".join(form.text.split())
    everybody = [one for one in await rows(database, Participation) if isinstance(one, Participation)]
    people = [one.person_id for one in everybody if one.id in waiting]
    day = (browsers.now + timedelta(days=3)).date().isoformat()
    sent = {
        "for": str(waiting[0]), "guests": [str(one) for one in people], "kind": "flash",
        "topic": "Дроби", "day": day, "clock": "15:00", "seats": "5", "minutes": "45", "rounds": "5",
    }  # fmt: skip

    wrong = await curator.post("/encounters/new", data=sent | {"topic": ""})
    assert wrong.status_code == 422
    assert wrong.text.count('name="guests"') == 2
    made = await curator.post("/encounters/new", data=sent)

    assert made.status_code == 303
    assert len(await rows(database, Encounter)) == 1
    told = [row for row in await rows(database, OutboxRow) if isinstance(row, OutboxRow)]
    invited = [row.person_id for row in told if row.key.startswith("encounter-invite:")]
    assert sorted(filter(None, invited)) == sorted(people)


async def test_a_group_that_suits_is_joined_from_the_queue(
    curator: httpx2.AsyncClient, waiting: list[int], database: Database
) -> None:
    path = f"/queue/{waiting[0]}/groups"
    shown = await curator.get(path)
    assert "Дроби" in shown.text
    assert "свободных мест 1" in shown.text
    group = shown.text.split('name="group" value="')[1].split('"')[0]
    joined = await curator.post(path, data={"group": group})
    assert joined.status_code == 303
    assert "Участник теперь в группе" in (await curator.get(joined.headers["location"])).text
    assert f"place-{waiting[0]}" not in (await curator.get("/queue")).text
    full = await curator.get(f"/queue/{waiting[1]}/groups")
    assert "Не подходит:" in full.text
    assert 'name="group"' not in full.text
    assert (await curator.post(path, data={"group": "999"})).status_code == 409


async def test_doors_of_the_queue_are_the_curators_alone(browsers: Browsers, waiting: list[int]) -> None:
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    assert (await psychologist.get("/queue")).status_code == 200
    assert (await psychologist.get(f"/queue/{waiting[0]}/groups")).status_code == 403
    assert (await psychologist.post(f"/queue/{waiting[0]}/groups", data={"group": "1"})).status_code == 403
