"""Every route, every role, nobody at all, and the other school: who gets in and who does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.routing import APIRoute

from admin.access import OPEN, RULES, may
from admin.application import PAGES
from admin.menu import MENU, home_of, menu, place_of
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import Browsers, account
from tests.admin.world import World, furnish


def routes() -> list[tuple[str, str, str]]:
    """(name, method, path) of every route."""
    return [
        (route.name, method, route.path)
        for module in PAGES
        for route in module.router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]


def fill(path: str, world: World) -> str:
    """The path with ids of that world's things."""
    own = {
        "person_id": world.waiting, "guardian_id": world.guardian, "participation_id": world.mentee_place,
        "pair_id": world.suggested, "request_id": world.help, "item_id": world.draft, "file_id": world.photo,
        "invitation_id": 1, "run_id": 1, "upload_id": 1, "import_id": 1, "other_id": world.mentee, "user_id": 1, "directory": "model", "slug": "flash",
        "place_id": world.mentor_place, "name": "coverage",
        "change_id": 1, "code": "INT_E", "side": "mentee", "number": 1, "encounter_id": world.encounter, "meeting_id": world.meeting, "gathering_id": world.gathering, "question_id": world.question, "worry_id": world.worry, "message_id": 1, "answer_id": 1, "wish_id": 1, "won_id": world.won, "idea": "our_rules",
        "event_id": world.road.event, "stage_id": world.road.stage, "proof_id": world.road.proof, "partner_id": world.road.partner, "paper_id": world.road.paper,
    }  # fmt: skip
    if path.startswith("/queue"):
        own["place_id"] = world.free_mentee_place  # only who looks for somebody stands there
    return re.sub(r"{(\w+)}", lambda found: str(own[found[1]]), path)


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    named = {name for name, _, _ in routes()}
    assert named == set(RULES) | OPEN
    assert {tab.route for word in MENU for tab in word.tabs} <= set(RULES)


def test_a_route_without_a_rule_is_closed_for_everybody() -> None:
    assert not any(may(role, "a-page-somebody-forgot") for role in StaffRole)


def test_everybody_with_any_right_has_a_first_page() -> None:
    homeless = {role for role in StaffRole if home_of(role) is None}
    assert homeless == {StaffRole.MUNICIPAL_COORDINATOR}


def test_the_menu_of_the_curator_has_eleven_words() -> None:
    assert len(MENU) == len(menu(StaffRole.CURATOR)) == 11


def test_who_may_not_open_a_words_own_page_finds_its_tabs_as_words() -> None:
    words = menu(StaffRole.PSYCHOLOGIST)
    assert all(len(word.tabs) == 1 for word in words)
    assert {"worries", "queue", "help"} <= {word.tabs[0].route for word in words}
    assert home_of(StaffRole.PSYCHOLOGIST) == "help"


def test_every_page_says_a_tab_of_the_menu() -> None:
    said = {
        found
        for module in PAGES
        for found in re.findall(r'section="([^"]*)"', Path(module.__file__ or "").read_text(encoding="utf-8"))
    }
    assert said - {tab.route for word in MENU for tab in word.tabs} == set()


def test_what_stands_back_for_another_page_is_marked_as_that_page() -> None:
    words = menu(StaffRole.CURATOR)
    tab = place_of(words, "calls").tab
    assert tab is not None
    assert tab.route == "help"


async def test_nobody_who_is_not_signed_in_sees_or_changes_anything(
    browsers: Browsers, database: Database
) -> None:
    world = await furnish(database, browsers.school, browsers.now)
    browser = browsers.anonymous()
    for name, method, path in routes():
        if name in RULES:
            answer = await browser.request(method, fill(path, world))
            assert answer.status_code == 303, name
            assert answer.headers["location"].startswith("/login"), name


@pytest.mark.parametrize("role", list(StaffRole))
async def test_each_role_gets_its_pages_and_no_others(
    browsers: Browsers, database: Database, role: StaffRole
) -> None:
    world = await furnish(database, browsers.school, browsers.now)
    browser = await browsers.of(role)
    for name, method, path in routes():
        if name not in RULES:
            continue
        answer = await browser.request(method, fill(path, world))
        if may(role, name):
            assert answer.status_code in (200, 303, 404, 409, 422), (name, answer.text)
            # The letter of this world carries no photo.
            if (
                method == "GET"
                and name != "relay-photo"
                and "invitation_id" not in path
                and not re.search("upload_id|run_id", path)
            ):
                assert answer.status_code in (200, 303), name
        elif path == "/" and home_of(role) is not None:
            assert answer.status_code == 303, "the bare address leads to the own first page"
            assert (await browser.get(answer.headers["location"])).status_code == 200
        else:
            assert answer.status_code == 403, name
            assert "не для вашей роли" in answer.text


async def test_things_of_another_school_do_not_exist(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    await furnish(database, browsers.school, browsers.now)
    theirs = await furnish(database, other_school, browsers.now)
    await account(database, other_school, StaffRole.CURATOR, browsers.now)
    curator, psychologist = await browsers.of(StaffRole.CURATOR), await browsers.of(StaffRole.PSYCHOLOGIST)
    for name, method, path in routes():
        parts = set(re.findall(r"{(\w+)}", path))
        # Words that mean the same in every school are no id of anything.
        if name in RULES and parts - {"side"} and not parts & {"name", "directory", "code", "idea"}:
            filled = fill(path, theirs).replace("/users/1/", "/users/1000/")
            browser = curator if may(StaffRole.CURATOR, name) else psychologist
            answer = await browser.request(method, filled)
            assert answer.status_code == 404, (name, answer.text)


async def test_lists_show_only_the_own_school(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    await furnish(database, other_school, browsers.now)
    browser = await browsers.of(StaffRole.CURATOR)
    for path in (
        "/",
        "/people",
        "/matching",
        "/announce",
        "/pairs",
        "/meetings",
        "/news",
        "/messages",
        "/help",
    ):
        text = (await browser.get(path)).text
        for word in ("Котова", "Рыжов", "Ветров", "Начинаем", "Ждёт"):
            assert word not in text, (path, word)
    assert "Сегодня всё спокойно" in (await browser.get("/")).text


async def test_a_class_teacher_sees_the_own_class_only(browsers: Browsers, database: Database) -> None:
    world = await furnish(database, browsers.school, browsers.now)
    teacher = await browsers.of(StaffRole.CLASS_TEACHER, class_name="8А")
    listed = (await teacher.get("/people?class_name=10Б")).text
    assert "Рыжов" in listed
    assert "Ветров" not in listed
    assert (await teacher.get(f"/people/{world.waiting}")).status_code == 200
    for path in ("", "/consent"):
        assert (await teacher.get(f"/people/{world.mentor}{path}")).status_code == 404
    assert (await teacher.post(f"/people/{world.mentor}/invite")).status_code == 404
