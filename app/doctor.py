"""`nastavnik doctor`: every setting and every channel, one line each: fine, off, or what to do."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from asyncpg import PostgresError
from sqlalchemy import func, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import care_reach
from actions.work import Work
from app import doctor_channels, snapshots
from app.checks import Finding, advice, fine, needed, off
from app.copies import SPACE
from app.settings import LOOPBACK, Settings
from locales import Texts
from program.roles import StaffRole
from storage import migrate, schools
from storage.database import Database
from storage.tables import JournalEntry, School, User

SQLITE_SAFE = (3, 51, 3)  # older ones can damage a WAL file in a rare race (reliability.md, section 2)
AHEAD = timedelta(minutes=1)
WINDOWS = os.name == "nt"
HERE = ("127.0.0.1", "localhost", "::1")
LOCKED = ("require", "verify-ca", "verify-full")

words = Texts("ru")
_PREFIX = {True: "doctor-fine", False: "doctor-needed", None: "doctor-off"}


async def run(settings: Settings, now: datetime, tell: Callable[[str], None], *, fix: bool = False) -> int:
    """Tells each finding as it comes; returns 1 if anything needs doing, else 0.

    Args:
        fix: what a channel misses and its platform lets us set is set, and noted in the journal.
    """
    needs = False
    async for finding in _all(settings, now, fix=fix):
        prefix = "doctor-advice" if finding.advice else _PREFIX[finding.good]
        tell(words(prefix, what=words(finding.text)))
        needs = needs or finding.good is False
    return int(needs)


async def _all(settings: Settings, now: datetime, *, fix: bool) -> AsyncIterator[Finding]:
    yield fine("doctor-settings")
    for check in (_folder, _space, _sqlite, _key):
        finding = check(settings)
        if finding is not None:
            yield finding
    async for finding in _database(settings, now):
        yield finding
    yield _public(settings)
    if settings.admin.host not in HERE and settings.admin.proxies == LOOPBACK:
        yield advice("doctor-proxies")
    for name in _platforms_in_the_clear(settings):
        yield advice("doctor-platform-clear", name=name)
    async for finding in doctor_channels.findings(settings, now, fix=fix):
        yield finding
    yield fine("doctor-copies-locked") if settings.passphrase else advice("doctor-copies-open")
    yield fine("doctor-metrics") if settings.metrics.token else off("doctor-metrics-off")


def _folder(settings: Settings) -> Finding:
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.data_dir):
            return fine("doctor-folder", folder=str(settings.data_dir))
    except OSError:
        return needed("doctor-folder-closed", folder=str(settings.data_dir))


def _space(settings: Settings) -> Finding | None:
    if not settings.data_dir.exists():
        return None  # said already
    free = shutil.disk_usage(settings.data_dir).free // 1_000_000
    return (
        fine("doctor-space", free=free)
        if free >= SPACE
        else needed("doctor-space-low", free=free, least=SPACE)
    )


def _sqlite(settings: Settings) -> Finding | None:
    if not settings.database_url.startswith("sqlite"):
        return None
    if sqlite3.sqlite_version_info < SQLITE_SAFE:
        return advice("doctor-sqlite-old", version=sqlite3.sqlite_version)
    return fine("doctor-sqlite", version=sqlite3.sqlite_version)


def _key(settings: Settings) -> Finding:
    if settings.secret_key is not None:
        return fine("doctor-key-set")
    if not settings.secret_file.exists():
        return fine("doctor-key-later")
    if WINDOWS:  # its rights stand in lists that Python does not read; the mode is 0666 whatever they say
        return advice("doctor-key-windows", folder=str(settings.data_dir.resolve()))
    if settings.secret_file.stat().st_mode & 0o077:
        return needed("doctor-key-open", file=str(settings.secret_file))
    return fine("doctor-key")


async def _database(settings: Settings, now: datetime) -> AsyncIterator[Finding]:
    database = Database(settings.database_url)
    try:
        if database.path is not None and not database.path.exists():
            yield needed("doctor-database-none")
            return
        if database.path is not None and not await asyncio.to_thread(snapshots.is_sound, database.path):
            yield needed("doctor-database-damaged", file=str(database.path))
            return
        if not await migrate.is_at_head(database):
            yield needed("doctor-database-old")
            return
        yield fine("doctor-database")
        if _in_the_clear(settings.database_url):
            yield advice("doctor-database-clear")
        async with database.reading() as session:
            if await schools.default(session) is None:
                yield needed("doctor-no-school")
                return
            count = await session.scalar(select(func.count()).select_from(School)) or 0
            yield fine("doctor-schools", count=count)
            curators = select(User.school_id).where(User.role == StaffRole.CURATOR, User.active)
            alone = await session.scalars(
                select(School.slug).where(School.id.not_in(curators)).order_by(School.id)
            )
            without = list(alone)
            yield needed("doctor-no-curator", slug=without[0]) if without else fine("doctor-curators")
            for finding in await _adults(session, settings, now):
                yield finding
            last = await session.scalar(select(func.max(JournalEntry.at)))
            behind = last is not None and last > now + AHEAD
            yield needed("doctor-clock-behind") if behind else fine("doctor-clock")
    except (OSError, SQLAlchemyError, PostgresError):
        yield needed("doctor-database-away")
    finally:
        await database.close()


def _in_the_clear(url: str) -> bool:
    """Whether everything goes unlocked to a database on another machine: PostgreSQL's driver would take what it gets."""
    asked = make_url(url)
    away = asked.host not in (None, "", *HERE) and not asked.drivername.startswith("sqlite")
    return away and str(asked.query.get("ssl", "")) not in LOCKED


def _platforms_in_the_clear(settings: Settings) -> list[str]:
    """Settings that send tokens and children's words unlocked to another machine."""
    telegram, vk = settings.telegram, settings.vk
    asked = (
        ("NASTAVNIK_TELEGRAM__API_URL", telegram.api_url, telegram.token),
        ("NASTAVNIK_VK__API_URL", vk.api_url, vk.token or vk.wall_token),
    )
    parts = [(name, urlsplit(url)) for name, url, token in asked if token]
    return [name for name, url in parts if url.scheme != "https" and url.hostname not in HERE]


async def _adults(session: AsyncSession, settings: Settings, now: datetime) -> list[Finding]:
    """Of each school: which adults a call for help does not reach in a chat that rings."""
    if not (settings.telegram.token or settings.vk.token):
        return [off("doctor-adults-no-messenger")]
    found = []
    for school in await session.scalars(select(School).order_by(School.id)):
        adults = await care_reach.named(Work(session, school, now))
        unheard = ", ".join(one.user.login for one in adults if not one.rings)
        page = f"{settings.public_url.rstrip('/')}/help-rules"
        if unheard:
            found.append(needed("doctor-adults", slug=school.slug, who=unheard, page=page))
    return found or [fine("doctor-adults-all")]


def _public(settings: Settings) -> Finding:
    """Messengers open our pages from phones: an address of this very machine does not reach them."""
    url = urlsplit(settings.public_url)
    local = url.hostname in HERE
    channels = settings.telegram.token or settings.vk.token
    webhooks = (settings.telegram.token and settings.telegram.mode == "webhook") or (
        settings.vk.token and settings.vk.mode == "callback"
    )
    if channels and local:
        return needed("doctor-public-local")
    if webhooks and url.scheme != "https":
        return needed("doctor-public-https")
    return fine("doctor-public-here" if local else "doctor-public", url=settings.public_url)
