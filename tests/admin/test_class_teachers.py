"""A class teacher is invited to a class that the school has, however it was typed."""

from __future__ import annotations

import pytest

from program.roles import StaffRole
from storage.database import Database
from storage.tables import StaffInvitation
from tests import build
from tests.admin.conftest import PASSWORD, Browsers
from tests.conftest import rows


@pytest.mark.parametrize(("typed", "kept"), [("6 б", "6Б"), ("6«Б» класс", "6Б"), ("99Я", "")])
async def test_a_class_teacher_is_invited_to_a_class_that_there_is(
    browsers: Browsers, database: Database, typed: str, kept: str
) -> None:
    async with database.transaction() as session:
        session.add(build.person(browsers.school, "Лев", "Авдеев", class_name="6Б"))
    curator = await browsers.of()
    answer = await curator.post(
        "/settings/users",
        data={"role": StaffRole.CLASS_TEACHER, "name": "Анна", "class_name": typed, "password": PASSWORD},
    )
    made = await rows(database, StaffInvitation)
    assert [one.class_name for one in made] == ([kept] if kept else [])  # type: ignore[attr-defined]
    if not kept:
        assert answer.status_code == 422
        assert "Класса «99Я» в списке школы нет. Есть: 6Б." in answer.text
        assert 'value="99Я"' in answer.text


async def test_before_the_list_of_pupils_is_in_any_class_will_do(
    browsers: Browsers, database: Database
) -> None:
    curator = await browsers.of()
    form = {"role": StaffRole.CLASS_TEACHER, "class_name": "9в", "password": PASSWORD}
    await curator.post("/settings/users", data=form)
    (made,) = await rows(database, StaffInvitation)
    assert made.class_name == "9В"  # type: ignore[attr-defined]
