"""«Предложить группы»: put together by the programme, decided about on the board."""

from __future__ import annotations

import httpx2
import pytest

from actions.work import Work
from program.roles import Side
from program.states import PairStatus
from storage.database import Database
from storage.tables import Pair
from tests.actions.pool import join
from tests.admin.conftest import Browsers
from tests.conftest import rows

ASKED = {"form": "uch_uch", "kind": "group", "least": "3", "most": "6", "mentors": "1"}


@pytest.fixture
async def circle(browsers: Browsers, database: Database) -> None:
    """Four pupils with one need, one mentor with four places."""
    async with database.transaction() as session:
        work = Work(session, await session.merge(browsers.school, load=False), browsers.now)
        for name in ("Белова", "Серова", "Ткач", "Громова"):
            await join(work, Side.MENTEE, "Саша", name, said={})
        await join(work, Side.MENTOR, "Женя", "Жуков", said={}, place={"capacity": 4})


async def test_a_suggested_group_is_approved_on_the_board(
    curator: httpx2.AsyncClient, circle: None, database: Database
) -> None:
    board = await curator.post("/groups/suggest", data=ASKED)
    assert board.status_code == 200
    assert "В группах 4" in board.text
    assert "Группа: Женя Ж." in board.text
    assert "общая тема" in board.text
    assert "Лучше не бывает" in board.text
    assert "Лучше не бывает" in (await curator.get("/groups/suggest?form=uch_uch")).text
    (pair,) = await rows(database, Pair)
    assert isinstance(pair, Pair)
    assert (pair.is_group, pair.status) == (True, PairStatus.SUGGESTED)
    done = await curator.post(f"/matching/pairs/{pair.id}/approve", data={"at": "form=uch_uch"})
    assert done.status_code == 303
    back = await curator.post(f"/matching/pairs/{pair.id}/unapprove", data={"at": "form=uch_uch"})
    assert back.status_code == 303
    (pair,) = await rows(database, Pair)
    assert isinstance(pair, Pair)
    assert pair.status == PairStatus.SUGGESTED


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"least": "6", "most": "3"}, "В группе может быть"),
        ({"kind": "x"}, "Выберите"),
        ({"most": "900"}, "от 2 до 15"),
    ],
)
async def test_sizes_that_make_no_sense_are_told_beside_the_field(
    curator: httpx2.AsyncClient, circle: None, wrong: dict[str, str], sentence: str
) -> None:
    answer = await curator.post("/groups/suggest", data=ASKED | wrong)
    assert answer.status_code == 422
    assert sentence in answer.text
