"""Before what cannot be taken back: what, how many, whether it can be undone; staying is the default."""

from __future__ import annotations

import inspect
import re
from datetime import datetime
from html import unescape

import httpx2
import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select

from actions import invitations, staff_invitations
from actions.work import Work
from admin.application import PAGES
from program.roles import StaffRole
from storage import schools
from storage.database import Database
from storage.tables import (
    Achievement,
    Guardianship,
    InstrumentDraft,
    NewsItem,
    Partner,
    PartnerDeed,
    SavedView,
    School,
    User,
)
from tests.admin.world import World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(database: Database, school: School, now) -> World:
    return await furnish(database, school, now)


async def asks(browser: httpx2.AsyncClient, path: str, stay: str, *words: str) -> str:
    """The page that asks; nothing has happened."""
    answer = await browser.post(path)
    assert answer.status_code == 200, answer.text
    page = unescape(answer.text)
    assert f'<a class="btn btn-primary" href="{stay}">Оставить как есть</a>' in page
    assert '<button class="btn btn-bad" name="sure" value="yes">' in page
    for word in words:
        assert word in page
    return page


async def test_what_cannot_be_taken_back_is_asked_about_in_words(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    path = f"/people/{world.waiting}/guardians/{world.guardian}/end"
    await asks(
        curator,
        path,
        f"/people/{world.waiting}#guardians",
        "Рыжова Вера",
        "Рыжов Костя",
        "Отменить это нельзя.",
    )
    (bond,) = await rows(database, Guardianship)
    assert bond.ended_at is None
    assert (await curator.post(path, data={"sure": "yes"})).status_code == 303

    await curator.post("/questionnaires/MID/edit")
    (draft,) = await rows(database, InstrumentDraft)
    count = len(draft.body["questions"])
    stay = "/questionnaires/MID/edit"
    await asks(curator, "/questionnaires/MID/discard", stay, f"{count} вопрос", draft.body["title"]["ru"])
    await asks(
        curator,
        "/questionnaires/MID/edit/1/remove",
        f"{stay}#question-1",
        draft.body["questions"][0]["text"]["ru"],
    )
    (draft,) = await rows(database, InstrumentDraft)
    assert len(draft.body["questions"]) == count
    assert (await curator.post("/questionnaires/MID/discard", data={"sure": "yes"})).status_code == 303
    assert await rows(database, InstrumentDraft) == []

    path = f"/news/{world.draft}/photos/{world.photo}/remove"
    await asks(curator, path, f"/news/{world.draft}/edit", "Первая встреча клуба")
    (item,) = await rows(database, NewsItem, id=world.draft)
    assert item.photos == [world.photo]

    path = f"/plans/achievements/{world.won}/remove"
    await asks(
        curator, path, f"/plans/{world.active}#achievements", "Олимпиада по биологии", "Котова Аня Сергеевна"
    )
    assert len(await rows(database, Achievement)) == 1


async def test_what_shuts_a_door_is_asked_about_and_said_to_be_doable_again(
    curator: httpx2.AsyncClient, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, school.id), now, "user:1")
        user = User(
            school_id=school.id,
            login="teacher",
            role=StaffRole.CLASS_TEACHER,
            class_name="8А",
            password_hash="-",
            created_at=now,
        )
        session.add(user)
        link = await staff_invitations.invite(work, StaffRole.CURATOR, StaffRole.SITE_EDITOR, "Ольга")
        (card,) = await invitations.invite(work, "any", uses=5)
        own = (await session.scalars(select(User).where(User.role == StaffRole.CURATOR))).first()
        assert own is not None
        view = SavedView(
            school_id=school.id,
            user_id=own.id,
            page="people",
            name="Мои восьмые",
            query="",
            shared=True,
            created_at=now,
        )
        session.add(view)
        await session.flush()
    for path, words in (
        (f"/settings/users/{user.id}/close", ("Закрыть вход: teacher", "классный руководитель")),
        (f"/settings/users/links/{link.id}/revoke", ("Отозвать ссылку", "редактор")),
        (f"/invitations/{card.id}/revoke", ("ещё 5 человек",)),
        ("/help-rules/chat/off", ("не будут приходить",)),
    ):
        page = unescape((await curator.post(path)).text)
        for word in (*words, "Оставить как есть", "Вернуть можно"):
            assert word in page, (path, word)
    page = unescape((await curator.post(f"/views/{view.id}/remove")).text)
    assert "пропадёт и у коллег" in page
    assert "Отменить это нельзя." in page
    (user,) = await rows(database, User, login="teacher")
    assert user.active  # type: ignore[attr-defined]
    assert await rows(database, SavedView)


async def test_what_is_kept_about_a_partner_does_not_go_at_one_press(
    curator: httpx2.AsyncClient, database: Database, school: School, now: datetime
) -> None:
    async with database.transaction() as session:
        partner = Partner(
            school_id=school.id, name="Завод «Луч»", kind="enterprise", state="active", contact="Пётр", phone="+79000000001",
            created_at=now, changed_at=now,
        )  # fmt: skip
        session.add(partner)
        await session.flush()
        deed = PartnerDeed(
            school_id=school.id,
            partner_id=partner.id,
            kind="event",
            title="Экскурсия",
            on_day=now.date(),
            at=now,
        )
        session.add(deed)
        await session.flush()
    stay = f"/partners/{partner.id}"
    page = unescape((await curator.post(f"{stay}/deeds/remove", data={"deed": str(deed.id)})).text)
    for word in (
        "«Экскурсия», Завод «Луч»",
        "Отменить это нельзя.",
        f'href="{stay}"',
        f'name="deed" value="{deed.id}"',
    ):
        assert word in page
    await asks(curator, f"{stay}/contact/remove", stay, "сотрутся")
    assert await rows(database, PartnerDeed)
    (kept,) = await rows(database, Partner)
    assert kept.contact == "Пётр"  # type: ignore[attr-defined]


# Posts that end or delete something, and why no page asks before them.
ASKS_OTHERWISE = {
    "a fold with the effect in words stands before it": {
        "encounter-cancel", "gathering-off", "pair-close", "pair-dissolve", "pair-member-remove", "pair-replace",
        "roadmap-remove", "roadmap-stage-remove", "roster-undo", "school-paper-remove", "pair-change-off",
    },
    "it asks for a reason, a tick or a password in its own form": {
        "call-close", "help-close", "person-erase-do", "plan-finish", "second-step-off", "worry-close", "news-story-decline",
    },
    "it is taken back by a press beside it": {
        "candidate-untick", "launch-away", "matching-reject", "matching-unapprove", "matching-unpin", "matching-unreject",
        "news-plan-off", "candidate-suspend", "export-drop", "pair-substitute-end", "person-left-do", "quiz-close", "announce-recall", "bulk-undo",
        "news-idea-dismiss",
    },
    "it adds a version, the earlier ones stay": {"school-paper-replace"},
    "it begins something": {"queue-join"},
    "it ends what is one's own": {"account-session-end", "account-sessions-end", "sign-out"},
}  # fmt: skip
ENDS = re.compile(
    r"-(close|remove|revoke|off|end|forget|out|discard|drop|dissolve|undo|cancel|reject|recall|withdraw|detach|join|suspend|"
    r"unpin|unapprove|unreject|untick|away|dismiss|decline|erase-do|left-do|replace|finish)$"
)


def test_whatever_ends_or_deletes_something_asks_or_is_judged_here() -> None:
    judged = set[str]().union(*ASKS_OTHERWISE.values())
    found, asking = set(), set()
    for module in PAGES:
        for route in module.router.routes:
            if isinstance(route, APIRoute) and "POST" in (route.methods or ()) and ENDS.search(route.name):
                found.add(route.name)
                if "sure.asked(" in inspect.getsource(route.endpoint):
                    asking.add(route.name)
    assert found - asking - judged == set()
    assert judged - found == set(), "no longer there"
    assert judged & asking == set(), "it asks now"
