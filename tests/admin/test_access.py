"""Every route, every role, nobody at all, and the other school: who gets in and who does not."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from admin.access import OPEN, RULES, may
from admin.application import PAGES
from admin.menu import MENU, home_of, menu, place_of
from admin.own_ids import ELSEWHERE, TABLES, table_of
from admin.visit import Denied, staff_of
from program.roles import StaffRole
from storage.database import Database
from storage.tables import School
from tests.admin.conftest import Browsers
from tests.admin.things import filled, names_in, rows_of, things
from tests.admin.world import furnish


def routes() -> list[tuple[str, str, str]]:
    """(name, method, path) of every route."""
    return [
        (route.name, method, route.path)
        for module in PAGES
        for route in module.router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods or ())
    ]


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    named = {name for name, _, _ in routes()}
    assert named == set(RULES) | OPEN
    assert {tab.route for word in MENU for tab in word.tabs} <= set(RULES)


def test_a_route_without_a_rule_is_closed_for_everybody() -> None:
    assert not any(may(role, "a-page-somebody-forgot") for role in StaffRole)


def test_everybody_with_any_right_has_a_first_page() -> None:
    homeless = {role for role in StaffRole if home_of(role) is None}
    assert homeless == set()


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


def test_the_director_and_the_auditor_change_nothing_of_the_programme() -> None:
    """Deciding is the curator's; what these may post is named here, one by one."""
    own = {name for name in RULES if name.startswith(("account-", "second-step-"))}
    posted = {name for name, method, _ in routes() if method == "POST"} - own
    # What is taken out as a file changes nothing: it is a press, because it is a line of the journal.
    files = {name for name in posted if name.endswith("-file")}
    assert {name for name in posted - files if may(StaffRole.DIRECTOR, name)} == NAMED_FOR_THE_DIRECTOR
    views = {"view-change", "view-remove", "view-save"}
    assert {name for name in posted if may(StaffRole.AUDITOR, name)} <= files | views
    assert {name for name in posted if may(StaffRole.EVALUATOR, name)} == {
        "comparison-file",
        "school-numbers-file",
    }
    assert {name for name in posted - files if may(StaffRole.MUNICIPAL_COORDINATOR, name)} == {
        "town-add", "town-remove", "town-trust",
    }  # fmt: skip


# Calls for help that nobody has answered, the own cards and views, and two files that are called otherwise.
NAMED_FOR_THE_DIRECTOR = {
    "call-close", "call-take", "help-chat", "help-chat-off", "help-rules-save", "matching-replay", "plan-report", "award-take", "paper-take",
    "staff-card-save", "view-change", "view-remove", "view-save",
}  # fmt: skip


def test_every_number_in_an_address_is_known_to_the_guard_of_schools() -> None:
    named = {(name, part) for name, _, path in routes() for part in names_in(path)}
    assert {one for one in named if table_of(*one) is None} == set()
    known = {part for _, part in named}
    assert set(TABLES) <= known
    assert set(ELSEWHERE) <= named


@pytest.mark.parametrize("role", [StaffRole.MUNICIPAL_COORDINATOR, StaffRole.EVALUATOR, StaffRole.SYSADMIN])
def test_who_is_to_see_no_people_opens_no_page_about_one(role: StaffRole) -> None:
    opened = {path for name, _, path in routes() if name in RULES and may(role, name)}
    assert not [path for path in opened if {"person_id", "pair_id", "place_id"} & set(names_in(path))]
    assert not {path for path in opened if path.startswith(PEOPLE)}


PEOPLE = ("/people", "/pairs", "/meetings", "/help", "/care", "/relay", "/journal", "/consents", "/messages")


async def test_nobody_who_is_not_signed_in_sees_or_changes_anything(
    browsers: Browsers, database: Database
) -> None:
    ids = await things(database, browsers.school, browsers.now)
    before = await rows_of(database, browsers.school.id)
    browser = browsers.anonymous()
    for name, method, path in routes():
        if name in RULES:
            answer = await browser.request(method, filled(path, ids))
            assert answer.status_code == 303, name
            assert answer.headers["location"].startswith("/login"), name
    assert await rows_of(database, browsers.school.id) == before


async def test_what_a_role_may_not_open_is_refused_and_nothing_changes(
    browsers: Browsers, database: Database
) -> None:
    ids = await things(database, browsers.school, browsers.now)
    opened = {role: await browsers.of(role) for role in StaffRole}
    before = await rows_of(database, browsers.school.id)
    headers = {role: headers_of(browser) for role, browser in opened.items()}
    asked = 0
    for turn, (name, method, path) in enumerate(one for one in routes() if one[0] in RULES):
        refused = [role for role in StaffRole if not may(role, name)]
        for role in refused:
            with pytest.raises(Denied):
                await staff_of(standing(browsers.application, name, method, filled(path, ids), headers[role]))
        # What a role is told does not hang on the route, and what is done before the guard not on the role: so each
        # route is asked by one of them, by another one each time, and the bare address by all.
        for role in refused if path == "/" else refused[turn % len(refused) :][:1] if refused else ():
            asked += 1
            status, said = await knocked(browsers.application, method, filled(path, ids), headers[role])
            if path == "/" and home_of(role) is not None:
                assert status == 303, "the bare address leads to the own first page"
            else:
                assert status == 403, (role, name)
                assert NOT_YOURS in said
    assert asked > 250
    assert await rows_of(database, browsers.school.id) == before


def test_the_guard_of_roles_is_the_first_that_every_route_asks() -> None:
    """So what the guard refuses is refused before anything is read or done for the page."""
    for module in PAGES:
        for route in module.router.routes:
            if isinstance(route, APIRoute) and route.name in RULES:
                first = next(iter(asked_in_order(route.dependant)), None)
                assert first is staff_of, route.name


def asked_in_order(dependant: Dependant) -> Iterator[object]:
    """What a route depends on, in the order in which it is worked out."""
    for one in dependant.dependencies:
        yield from asked_in_order(one)
        yield one.call


NOT_YOURS = "не для вашей роли".encode()


def headers_of(browser: httpx2.AsyncClient) -> list[tuple[bytes, bytes]]:
    """What this browser would send along with a request."""
    request = browser.build_request("GET", "/")
    return [(name.lower(), value) for name, value in request.headers.raw]


def standing(
    application: FastAPI, name: str, method: str, address: str, headers: list[tuple[bytes, bytes]]
) -> Request:
    """A request at the moment when its route is found."""
    route = by_name()[name]
    found = route.path_regex.match(address)
    assert found is not None
    scope = {"type": "http", "method": method, "path": address, "query_string": b"", "headers": headers}
    return Request(scope | {"app": application, "route": route, "path_params": found.groupdict()})


@cache
def by_name() -> dict[str, APIRoute]:
    return {
        route.name: route for module in PAGES for route in module.router.routes if isinstance(route, APIRoute)
    }


async def knocked(
    application: FastAPI, method: str, address: str, headers: list[tuple[bytes, bytes]]
) -> tuple[int, bytes]:
    """Status and body of the whole application's answer, as its server would ask it: three thousand times a
    client's own work would take as long as the answers."""
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "https",
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("school.test", 443),
    }  # fmt: skip
    status, body = 0, []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        status = message.get("status", status)
        body.append(message.get("body", b""))

    await application(scope, receive, send)
    return status, b"".join(body)


# Pages of these things are shown only in a state of theirs that this world does not have.
NOT_ALWAYS = {"relay-photo", "invitation", "matching-run", "matching-replay", "copy-take", "bulk-result"}


@pytest.mark.parametrize("role", list(StaffRole))
async def test_each_role_gets_its_pages(browsers: Browsers, database: Database, role: StaffRole) -> None:
    browser = await browsers.of(role)
    ids = await things(database, browsers.school, browsers.now, owner=f"{role}-{browsers.school.slug}")
    for method in ("GET", "POST"):  # reading first: a press on everything leaves little to read
        for name, known, path in routes():
            if known != method or name not in RULES or not may(role, name):
                continue
            answer = await browser.request(method, filled(path, ids))
            shown = (200, 303) if method == "GET" and name not in NOT_ALWAYS else (200, 303, 404, 409, 422)
            if not path.startswith("/views"):  # a view belongs to one account and one list
                assert answer.status_code in shown, (name, answer.text[:2000])


async def test_things_of_another_school_do_not_exist_and_stay_as_they_are(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    own = await things(database, browsers.school, browsers.now)
    theirs = await things(database, other_school, browsers.now)
    opened = {role: await browsers.of(role) for role in StaffRole}
    before = await rows_of(database, other_school.id)
    tried, let_in = set(), set()
    for name, method, path in routes():
        for at in names_in(path) if name in RULES else ():
            for role, browser in opened.items():
                if may(role, name):
                    tried.add((name, at))
                    answer = await browser.request(method, filled(path, own, theirs, at))
                    if answer.status_code != 404:
                        let_in.add((str(role), name, at, answer.status_code))
    assert let_in == set()
    assert await rows_of(database, other_school.id) == before
    assert tried == {(name, at) for name, _, path in routes() if name in RULES for at in names_in(path)}


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
