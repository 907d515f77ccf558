"""Forged requests, headers, bodies without end, foreign hosts, copying in a row."""

from __future__ import annotations

from io import BytesIO

import httpx2
import pytest
from starlette.datastructures import FormData, Headers, UploadFile
from structlog.testing import capture_logs

from actions.links import Links
from admin.application import build
from admin.patience import FILES, SEARCHES
from admin.security import BODY_LIMIT, BODY_LIMIT_OF_ANYBODY, HEADERS, ONLY_HTTPS, forged
from admin.visit import plain, words
from program.roles import StaffRole
from storage.database import Database
from tests.admin.conftest import Browsers, Clock
from tests.admin.world import furnish

HOST = {"host": "school.test"}


@pytest.mark.parametrize(
    ("method", "headers", "is_forged"),
    [
        ("GET", {"sec-fetch-site": "cross-site"}, False),
        ("HEAD", {"origin": "https://evil.test"}, False),
        ("POST", {"sec-fetch-site": "same-origin"}, False),
        ("POST", {"sec-fetch-site": "none"}, False),
        ("POST", {"sec-fetch-site": "same-site"}, True),
        ("POST", {"sec-fetch-site": "cross-site"}, True),
        ("POST", {"sec-fetch-site": "cross-site", "origin": "https://school.test"}, True),
        ("POST", {"sec-fetch-site": "cross-site", "origin": "https://public.test"}, False),
        ("POST", {"origin": "https://school.test"}, False),
        ("POST", {"origin": "https://School.test"}, False),
        ("POST", {"origin": "https://evil.test"}, True),
        ("POST", {"origin": "https://school.test.evil.test"}, True),
        ("POST", {"origin": "https://school.test:8443"}, True),
        ("POST", {"origin": "null"}, True),
        ("POST", {}, False),  # no browser: a webhook
        ("DELETE", {"origin": "https://evil.test"}, True),
        ("PUT", {"sec-fetch-site": "cross-site"}, True),
    ],
)
def test_what_counts_as_forged(method: str, headers: dict[str, str], is_forged: bool) -> None:
    assert forged(method, Headers(HOST | headers), ("https://public.test",)) is is_forged


async def test_a_forged_post_changes_nothing(curator: httpx2.AsyncClient) -> None:
    with capture_logs() as told:
        answer = await curator.post("/logout", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert [line["event"] for line in told] == ["request.forged"]
    assert (await curator.get("/")).status_code == 200


@pytest.mark.parametrize("path", ["/login", "/", "/nowhere", "/static/theme.css"])
async def test_every_answer_carries_the_strict_headers(browsers: Browsers, path: str) -> None:
    answer = await browsers.anonymous().get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert answer.headers["strict-transport-security"] == ONLY_HTTPS


async def test_a_school_without_https_is_not_told_to_keep_to_it(database: Database, clock: Clock) -> None:
    links = Links("http://127.0.0.1:8000", "secret")
    plain = build(database, clock, links, secure_cookies=False, wake=clock.wake)
    transport = httpx2.ASGITransport(app=plain)
    async with httpx2.AsyncClient(transport=transport, base_url=links.public_url) as browser:
        assert "strict-transport-security" not in (await browser.get("/login")).headers


async def test_pages_are_not_kept_by_the_browser_but_static_files_are(curator: httpx2.AsyncClient) -> None:
    assert (await curator.get("/")).headers["cache-control"] == "no-store"
    assert "max-age" in (await curator.get("/static/theme.css")).headers["cache-control"]


async def test_a_body_that_is_too_long_is_refused_before_it_is_read(curator: httpx2.AsyncClient) -> None:
    answer = await curator.post("/login", headers={"Content-Length": str(BODY_LIMIT + 1)}, content=b"x")
    assert answer.status_code == 413
    endless = {"Content-Length": str(BODY_LIMIT_OF_ANYBODY + 1)}
    for path in ("/login", "/join/x/web", "/consent/x", "/setup/x"):
        assert (await curator.post(path, headers=endless, content=b"x")).status_code == 413


async def test_a_nul_reaches_no_database(curator: httpx2.AsyncClient) -> None:
    """SQLite keeps it, PostgreSQL fails at it: nobody types one, so it is dropped, or the address is none."""
    saved = await curator.post("/documents/letterhead", data={"founder": "Отдел\x00 города"})
    assert saved.status_code == 303
    assert 'value="Отдел города"' in (await curator.get("/documents/letterhead")).text
    for odd, status in (
        ("/people?name=%00", 400),
        ("/check?code=%00", 400),
        ("/documents/make/%00", 404),
    ):
        assert (await curator.get(odd)).status_code == status, odd
    assert words(FormData({"login": "a\x00b"}), "login") == "ab"  # of pages before the sign-in, too
    kept = plain(
        FormData([("na\x00me", "Аня\x00 \ud800"), ("file", UploadFile(BytesIO(), filename="a\x00.pdf"))])
    )
    assert [(name, getattr(one, "filename", one)) for name, one in kept.multi_items()] == [
        ("name", "Аня ?"),
        ("file", "a.pdf"),
    ]


async def test_no_answer_takes_the_word_of_the_request_for_where_we_are(
    browsers: Browsers, database: Database
) -> None:
    """A forged Host stands in no link, in no redirect and makes no foreign page ours."""
    evil = {"Host": "evil.test", "X-Forwarded-Host": "evil.test", "Forwarded": "host=evil.test"}
    await furnish(database, browsers.school, browsers.now)
    curator = await browsers.of()
    for path in (
        "/",
        "/people",
        "/pairs",
        "/settings/users",
        "/login",
        "/logout",
        "/nowhere",
        "/school/first",
    ):
        answer = await curator.get(path, headers=evil)
        assert "evil.test" not in answer.text + str(answer.headers), path
    referred = await curator.post(
        "/people/999/invite",
        headers={**evil, "Referer": "https://evil.test/x", "Origin": "https://evil.test"},
    )
    assert "evil.test" not in referred.text + str(referred.headers)
    led = await curator.post(
        "/settings/users/1/close", headers={"Referer": "https://school.test//evil.test/x"}
    )
    assert led.status_code == 409
    assert "evil.test" not in led.text


async def test_a_hundred_files_in_a_row_are_too_many(browsers: Browsers) -> None:
    curator, director = await browsers.of(), await browsers.of(StaffRole.DIRECTOR)
    takings = browsers.application.state.takings
    assert all(takings.allowed(1) for _ in range(FILES.amount - 1))
    assert (await curator.post("/people/file")).status_code == 200
    with capture_logs() as told:
        late = await curator.post("/people/file")
    assert (late.status_code, late.headers["retry-after"]) == (429, "600")
    assert [(line["event"], line["account"]) for line in told] == [("files.too_many", 1)]
    assert (await director.post("/people/file")).status_code == 200


async def test_a_file_by_any_name_is_one_of_the_hundred(browsers: Browsers) -> None:
    curator = await browsers.of()
    takings = browsers.application.state.takings
    assert all(takings.allowed(1) for _ in range(FILES.amount))
    for path in ("/export/take", "/pack/take", "/documents/make/order-launch"):
        assert (await curator.post(path)).status_code == 429, path


async def test_hundreds_of_searches_in_a_row_are_too_many(browsers: Browsers) -> None:
    curator, director = await browsers.of(), await browsers.of(StaffRole.DIRECTOR)
    takings = browsers.application.state.takings
    assert all(takings.may_search(1) for _ in range(SEARCHES.amount - 1))
    assert (await curator.get("/find?q=Ань")).status_code == 200
    with capture_logs() as told:
        late = await curator.get("/find?q=Аня")
    assert (late.status_code, late.headers["retry-after"]) == (429, "600")
    assert [(line["event"], line["account"]) for line in told] == [("searches.too_many", 1)]
    assert "Аня" not in str(told)
    assert (await director.get("/find?q=Аня")).status_code == 200
    assert (await curator.get("/people")).status_code == 200


async def test_a_closed_page_that_somebody_tries_is_a_line_of_the_log(browsers: Browsers) -> None:
    teacher = await browsers.of(StaffRole.CLASS_TEACHER)
    with capture_logs() as told:
        assert (await teacher.get("/settings/users")).status_code == 403
    [line] = told
    assert (line["event"], line["route"], line["role"]) == ("access.refused", "users", "class_teacher")
