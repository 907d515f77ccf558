"""«Согласия»: who said no and why reaches the school, and the school may let it stand."""

from __future__ import annotations

from datetime import datetime

import httpx2
import pytest

from actions import consents, enrolment
from actions.work import Work
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.roles import Side
from program.states import ParticipationStatus
from storage.database import Database
from storage.tables import Participation
from tests.actions import pool
from tests.admin.conftest import Browsers
from tests.conftest import rows

WAITS = {"status": ParticipationStatus.CONSENT_PENDING}


@pytest.fixture
async def child(browsers: Browsers, database: Database, now: datetime) -> int:
    """A pupil who waits at the door: the mother said no, and why. Another one only waits."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), now)
        await pool.join(work, Side.MENTEE, "Юля", "Снегирёва", agreed=False, place=WAITS)
        one = (await pool.join(work, Side.MENTEE, "Лиза", "Ромашкина", agreed=False, place=WAITS)).person
        mother = await pool.guardian(work, one.id)
        for kind in REQUIRED:
            await consents.say(
                work, one, kind, ConsentEvent.REFUSED, consenter=Consenter.GUARDIAN, giver=mother,
                method=ConsentMethod.BOT_BUTTON, reason="Переезжаем <в декабре>",
            )  # fmt: skip
        await enrolment.refresh(work, one)
        return one.id


async def test_the_curator_reads_who_said_no_and_why(curator: httpx2.AsyncClient, child: int) -> None:
    said_no = (await curator.get("/consents?show=refused")).text
    assert "Ромашкина" in said_no
    assert "Переезжаем &lt;в декабре&gt;" in said_no
    assert "Снегирёва" not in said_no
    missing = (await curator.get("/consents?show=missing")).text
    assert "Ромашкина" not in missing
    assert "Снегирёва" in missing
    assert "/consents?show=refused" in (await curator.get("/")).text
    assert "Переезжаем &lt;в декабре&gt;" in (await curator.get(f"/people/{child}")).text


async def test_who_waits_for_the_schools_own_word_is_told_apart(
    curator: httpx2.AsyncClient, database: Database, browsers: Browsers, now: datetime
) -> None:
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), now)
        await pool.join(work, Side.MENTEE, "Юля", "Снегирёва", agreed=False, place=WAITS)
        one = (await pool.join(work, Side.MENTEE, "Лиза", "Ромашкина", agreed=False, place=WAITS)).person
        await pool.guardian(work, one.id, confirmed=False)

    lines = (await curator.get("/consents?show=missing")).text.split("<tr")
    (answered,) = [line for line in lines if "Ромашкина" in line]
    (silent,) = [line for line in lines if "Снегирёва" in line]
    assert "ждёт подтверждения школы" in answered
    assert "ждёт 0 дней" in silent


async def test_a_refusal_is_let_stand_and_leaves_the_list(
    curator: httpx2.AsyncClient, database: Database, child: int
) -> None:
    done = await curator.post(f"/consents/{child}/out?show=refused", data={"sure": "yes"})
    assert done.headers["location"].endswith("/consents?show=refused&done=left-out")
    (place,) = await rows(database, Participation, person_id=child)
    assert place.status == ParticipationStatus.DECLINED  # type: ignore[attr-defined]
    assert "Ромашкина" not in (await curator.get("/consents?show=refused")).text
