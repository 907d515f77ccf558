"""Forged requests, headers, bodies without end."""

from __future__ import annotations

import httpx2
import pytest
from starlette.datastructures import Headers

from admin.security import BODY_LIMIT, HEADERS, forged
from tests.admin.conftest import Browsers

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
    answer = await curator.post("/logout", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert (await curator.get("/")).status_code == 200


@pytest.mark.parametrize("path", ["/login", "/", "/nowhere", "/static/theme.css"])
async def test_every_answer_carries_the_strict_headers(browsers: Browsers, path: str) -> None:
    answer = await browsers.anonymous().get(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


async def test_pages_are_not_kept_by_the_browser_but_static_files_are(curator: httpx2.AsyncClient) -> None:
    assert (await curator.get("/")).headers["cache-control"] == "no-store"
    assert "max-age" in (await curator.get("/static/theme.css")).headers["cache-control"]


async def test_a_body_that_is_too_long_is_refused_before_it_is_read(curator: httpx2.AsyncClient) -> None:
    answer = await curator.post("/login", headers={"Content-Length": str(BODY_LIMIT + 1)}, content=b"x")
    assert answer.status_code == 413
