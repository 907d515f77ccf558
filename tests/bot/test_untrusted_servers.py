"""Nothing is said to a server that cannot prove its name: neither by Telegram's client nor by any of VK's."""

from __future__ import annotations

import asyncio
import ipaddress
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiogram.client.session.aiohttp as of_telegram
import pytest
from aiogram.methods import GetMe
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from bot.messenger import DeliveryFailed
from bot.telegram.client import call, make_bot, make_pace
from bot.vk.client import VkClient, failure
from bot.vk.inbox import LongPoll

TOKEN = "42:secret-of-a-school"
ANSWER = b'{"ok":true,"result":{"id":42,"is_bot":true,"first_name":"-"},"response":1,"ts":"2","updates":[]}'


async def _telegram(url: str) -> None:
    bot = make_bot(TOKEN, url)
    try:
        await call(bot, make_pace(), GetMe())
    finally:
        if (session := bot.session._session) is not None:  # type: ignore[attr-defined]
            await session.close()


async def _vk(url: str) -> None:
    await _with_vk(lambda client: client.call("users.get"), url)


async def _vk_upload(url: str) -> None:
    photo = ("a.png", "image/png", TOKEN.encode())
    await _with_vk(lambda client: client.upload(f"{url}/upload", "photo", photo))


async def _vk_long_poll(url: str) -> None:
    """Its server is named by VK's answers, and spoken to by a session of the library's own."""
    client = VkClient(TOKEN)
    try:
        await asyncio.to_thread(_Named(client, url).check)
    except OSError as error:  # as every error of `requests`
        raise failure(error) from error
    finally:
        await client.close()


class _Named(LongPoll):
    """A long poll that VK has sent to this server."""

    def __init__(self, client: VkClient, url: str) -> None:
        self.sent_to = url
        super().__init__(client, 1, 1, "1")

    def update_longpoll_server(self, update_ts: bool = True) -> None:
        self.url, self.key = f"{self.sent_to}/poll", TOKEN


async def _with_vk(does: Callable[[VkClient], Awaitable[object]], url: str | None = None) -> None:
    client = VkClient(TOKEN, url)
    try:
        await does(client)
    finally:
        await client.close()


@asynccontextmanager
async def server(
    folder: Path, *, named: str, ends: timedelta
) -> AsyncIterator[tuple[str, Path, list[bytes]]]:
    """A TLS server with a certificate that it has signed itself: its address, the certificate, what it was told."""
    file = folder / "server.pem"
    file.write_bytes(_certificate(named, ends))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    told: list[bytes] = []

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        long = re.search(rb"content-length: (\d+)", head.lower())
        told.append(head + (await reader.readexactly(int(long[1])) if long else b""))
        said = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
        writer.write(said % len(ANSWER) + ANSWER)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answers, "127.0.0.1", 0, ssl=context) as listening:
        yield f"https://127.0.0.1:{listening.sockets[0].getsockname()[1]}", file, told


def _certificate(named: str, ends: timedelta) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "somebody")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=9))
        .not_valid_after(now + ends)
        .add_extension(x509.SubjectAlternativeName([_called(named)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return private + made.public_bytes(Encoding.PEM)


def _called(named: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(named))
    except ValueError:
        return x509.DNSName(named)


@pytest.mark.parametrize("speak", [_telegram, _vk, _vk_upload, _vk_long_poll])
@pytest.mark.parametrize(
    ("trusted", "named", "ends", "reached"),
    [
        (False, "127.0.0.1", timedelta(days=9), False),
        (True, "api.vk.ru", timedelta(days=9), False),
        (True, "127.0.0.1", timedelta(days=-1), False),
        (True, "127.0.0.1", timedelta(days=9), True),  # so it is the certificate that was refused
    ],
)
async def test_a_server_is_spoken_to_only_with_a_certificate_that_proves_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speak: Callable[[str], Awaitable[None]], *, trusted: bool,
    named: str, ends: timedelta, reached: bool,
) -> None:  # fmt: skip
    async with server(tmp_path, named=named, ends=ends) as (url, file, told):
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        if trusted:
            monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
            monkeypatch.setattr(of_telegram.certifi, "where", lambda: str(file))
        if reached:
            await speak(url)
            assert TOKEN.encode() in b"".join(told).replace(b"%3A", b":")
            return
        with pytest.raises(DeliveryFailed) as failed:
            await speak(url)
        assert failed.value.reason == "network"
        assert "CERTIFICATE_VERIFY_FAILED" in str(failed.value.__cause__)
        assert told == []
