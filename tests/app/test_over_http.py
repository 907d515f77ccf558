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


async def asked(port: int, *pieces: bytes) -> bytes:
    """Whatever comes back until the other side closes, or says nothing for a while."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
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


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as here:
        here.settimeout(0.2)
        return here.connect_ex(("127.0.0.1", port)) == 0
