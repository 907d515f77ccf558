"""A way into the admin for somebody else: asked with the own password, never made in silence."""

from __future__ import annotations

import html
from datetime import timedelta

from fastapi import FastAPI
from sqlalchemy import select

from admin.patience import Patience
from program.roles import Category, StaffRole
from storage.database import Database
from storage.tables import OutboxRow, Person, StaffChat, StaffInvitation, User
from tests.admin.conftest import PASSWORD, Browsers, Clock
from tests.admin.test_account_pages import invited, let_in
from tests.build import address, person
from tests.conftest import rows


async def test_whoever_finds_an_open_browser_makes_no_way_in(
    browsers: Browsers, database: Database, application: FastAPI
) -> None:
    await browsers.of(StaffRole.DIRECTOR)
    [user] = [one.id for one in await rows(database, User, role=StaffRole.DIRECTOR)]  # type: ignore[attr-defined]
    curator = await browsers.of()
    asked = await curator.post(f"/settings/users/{user}/link")
    assert asked.status_code == 200
    assert 'autocomplete="current-password"' in asked.text
    invitation = {"role": StaffRole.CURATOR}
    for wrong in ({"password": ""}, {"password": "не тот пароль"}):
        assert (await curator.post("/settings/users", data=invitation | wrong)).status_code == 422
        assert (await let_in(curator, user, wrong["password"])).status_code == 422
    answer = await curator.post("/settings/users", data=invitation)
    assert answer.status_code == 422
    assert "Это не ваш нынешний пароль" in answer.text
    # Five guesses, and the right one waits too.
    assert "Пароль не подошёл несколько раз подряд" in (await let_in(curator, user)).text
    assert await rows(database, StaffInvitation) == []
    application.state.patience = Patience()
    assert (await let_in(curator, user)).status_code == 303


async def test_a_link_made_before_stands_on_no_screen_that_was_left(browsers: Browsers, clock: Clock) -> None:
    curator, sysadmin = await browsers.of(), await browsers.of(StaffRole.SYSADMIN)
    path = await invited(curator, StaffRole.DIRECTOR)
    page = "/settings/users/links/1"
    assert path in html.unescape((await curator.get(page)).text)
    assert path not in html.unescape((await sysadmin.get(page)).text)
    clock.forward(timedelta(minutes=11))
    left = html.unescape((await curator.get(page)).text)
    assert path not in left
    assert 'autocomplete="current-password"' in left
    wrong = await curator.post(page, data={"password": "не тот пароль"})
    assert wrong.status_code == 422
    assert path not in html.unescape(wrong.text)
    assert path in html.unescape((await curator.post(page, data={"password": PASSWORD})).text)


async def test_colleagues_and_whoever_it_is_about_hear_of_a_new_way_in(
    browsers: Browsers, database: Database
) -> None:
    await browsers.of(StaffRole.DIRECTOR)
    await browsers.of(StaffRole.CLASS_TEACHER)
    await browsers.of(StaffRole.SYSADMIN)
    curator = await browsers.of()
    async with database.transaction() as session:
        for user in (await session.scalars(select(User))).all():
            chat = person(browsers.school, user.role, "В чате", category=Category.TEACHER)
            session.add(chat)
            await session.flush()
            session.add(address(chat))
            session.add(
                StaffChat(
                    school_id=browsers.school.id, user_id=user.id, person_id=chat.id, since=browsers.now
                )
            )
    await invited(curator, StaffRole.CURATOR)
    [director] = await rows(database, User, role=StaffRole.DIRECTOR)
    await let_in(curator, director.id)  # type: ignore[attr-defined]
    people = {one.id: one.first_name for one in await rows(database, Person)}  # type: ignore[attr-defined]
    told = sorted(
        (people[one.person_id], one.body["texts"][0]["id"])  # type: ignore[attr-defined]
        for one in await rows(database, OutboxRow)
    )
    assert told == [
        ("director", "staff-told-let-you-in"),
        ("sysadmin", "staff-told-invited"),
        ("sysadmin", "staff-told-let-in"),
    ]
