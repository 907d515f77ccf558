"""The web part as somebody outside meets it: over a real connection, byte by byte."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from admin import security
from admin.security import BODY_LIMIT_OF_ANYBODY
from app.start import running
from storage.database import Database
from storage.tables import School
from tests.app.test_start import a_house
from tests.bot.wires import until


async def asked(port: int, *pieces: bytes, coming_from: str = "127.0.0.1") -> bytes:
    """Whatever comes back until the other side closes, or says nothing for a while."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(coming_from, 0))
    told = b""
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        while more := await asyncio.wait_for(reader.read(65536), 5):
            told += more
            if told.endswith(b"</html>\n") or b"Content-Length: 0" in told:
                break
    except (TimeoutError, ConnectionError):
        pass
    finally:
        writer.close()
    return told


def request(line: str, *headers: str, body: bytes = b"") -> bytes:
    head = [line + " HTTP/1.1", "Host: school.test", "Connection: close", *headers]
    return "\r\n".join([*head, "", ""]).encode() + body


async def test_the_server_tells_nothing_of_itself_and_takes_nothing_odd(
    database: Database, school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await a_house(database, tmp_path, PUBLIC_URL="https://school.test")
    port = house.settings.admin.port
    with capture_logs() as told:
        async with running(house, {"admin"}):
            await until(lambda: _listens(port))
            page = await asked(port, request("GET /login"))
            traced = await asked(port, request("TRACE /login", "Cookie: __Host-nastavnik=secret-of-somebody"))
            both = "Content-Length: 4", "Transfer-Encoding: chunked", "Sec-Fetch-Site: none"
            smuggled = await asked(
                port, request("POST /login", *both, body=b"0\r\n\r\nGET /livez HTTP/1.1\r\n\r\n")
            )
            chunk = b"%x\r\n%s\r\n" % (65536, b"a" * 65536)
            endless = await asked(
                port,
                request("POST /login", "Transfer-Encoding: chunked", "Content-Type: application/x-www-form-urlencoded"),
                *[chunk] * (BODY_LIMIT_OF_ANYBODY // 65536 + 2),
            )  # fmt: skip
            injected = await asked(port, request("GET /login?next=/%0d%0aX-Injected:%201"))
            climbed = await asked(port, request("GET /static/../../../etc/passwd"))
            listed = await asked(port, request("GET /static/"))
            forwarded = await asked(
                port, request("GET /", "X-Forwarded-Host: evil.test", "X-Forwarded-Proto: http")
            )
            monkeypatch.setattr(security, "SILENCE", 0.05)
            words = (
                "Content-Length: 90000",
                "Content-Type: application/x-www-form-urlencoded",
                "Sec-Fetch-Site: none",
            )
            slow = await asked(port, request("POST /login", *words, body=b"login=anna"))
            alive = await asked(port, request("GET /livez"))
    assert page.startswith(b"HTTP/1.1 200")
    assert b"server:" not in page.lower()
    assert b"strict-transport-security: max-age=31536000" in page.lower()
    assert traced.startswith(b"HTTP/1.1 405")
    assert b"secret-of-somebody" not in traced
    assert smuggled.count(b"HTTP/1.1 ") == 1
    assert not endless.startswith((b"HTTP/1.1 2", b"HTTP/1.1 3"))
    assert slow.startswith(b"HTTP/1.1 408")
    assert [line["event"] for line in told if line["log_level"] == "error"] == []
    assert b"x-injected" not in injected.lower().partition(b"\r\n\r\n")[0]
    for answer in (climbed, listed):
        assert answer.startswith(b"HTTP/1.1 404"), answer[:200]
    assert forwarded.startswith(b"HTTP/1.1 303")
    assert b"evil.test" not in forwarded
    assert alive.endswith(b"ok\n")


# The whole of 127.0.0.0/8 is this machine: 127.0.0.2 stands for a proxy on another one.
@pytest.mark.parametrize(
    ("proxies", "proxy", "told_apart"),
    [
        (None, "127.0.0.1", True),
        (None, "127.0.0.2", False),
        ("127.0.0.2", "127.0.0.2", True),
        ("10.0.0.7, 127.0.0.0/24", "127.0.0.2", True),
        ("127.0.0.3", "127.0.0.2", False),
        ("127.0.0.3", "127.0.0.1", False),
    ],
)
async def test_only_a_named_machine_may_say_who_the_visitor_is(
    database: Database, school: School, tmp_path: Path, proxies: str | None, proxy: str, told_apart: bool
) -> None:
    house = await a_house(database, tmp_path, **({"ADMIN__PROXIES": proxies} if proxies else {}))
    port = house.settings.admin.port
    tries = 61  # wrong tokens of one address in a minute: one too many

    async def guess(visitor: str) -> bytes:
        said = request(f"GET /join/{'a' * 22}", f"X-Forwarded-For: {visitor}")
        return (await asked(port, said, coming_from=proxy)).split(b" ")[1]

    async with running(house, {"admin"}):
        await until(lambda: _listens(port))
        for _ in range(tries):
            last = await guess("203.0.113.5")
        other = await guess("203.0.113.6")

    assert last == b"429"
    assert (other != b"429") is told_apart


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as here:
        here.settimeout(0.2)
        return here.connect_ex(("127.0.0.1", port)) == 0
