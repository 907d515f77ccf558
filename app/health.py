"""Is the house alive, is it ready, what do its gauges say. Nothing here names a person."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from asyncpg import PostgresError
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from actions import upkeep
from program.channels import Channel
from storage import gauges as rows
from storage import migrate, outbox_counts, system

if TYPE_CHECKING:
    from app.wiring import House

SILENT_AFTER = timedelta(minutes=2)  # a long poll answers every 25 s; two minutes are four missed ones
GIVEN_UP_IN = timedelta(days=7)  # the outbox keeps years
TALKS_OF, LEFT_AFTER = timedelta(days=30), timedelta(days=1)
QUANTILES = (0.5, 0.95, 1.0)
TICK = "tick:"
AWAY = (SQLAlchemyError, OSError, PostgresError)


def router(house: House) -> APIRouter:
    pages = APIRouter(include_in_schema=False)

    @pages.get("/livez", name="livez")
    async def livez() -> Response:
        return PlainTextResponse("ok\n")

    @pages.get("/readyz", name="readyz")
    async def readyz() -> Response:
        wrong = await problems(house)
        return JSONResponse({"ready": not wrong, "problems": wrong}, 503 if wrong else 200)

    @pages.get("/metrics", name="metrics")
    async def metrics(request: Request) -> Response:
        token = house.settings.metrics.token
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token is None or not secrets.compare_digest(given.encode(), token.get_secret_value().encode()):
            return PlainTextResponse("", 404 if token is None else 401)
        try:
            told = await gauges(house)
        except AWAY:
            return PlainTextResponse("", 503)
        return Response(told, media_type="text/plain; version=0.0.4; charset=utf-8")

    return pages


async def problems(house: House) -> list[str]:
    """What keeps the house from its work; empty when it is ready."""
    found = []
    try:
        if not await migrate.is_at_head(house.database):
            found.append("database is not at head")
    except AWAY:
        return ["database does not answer"]
    now = house.clock()
    for door in house.doors:
        if door.inbox is None or not house.listens:
            continue
        polled = door.inbox.polled_at
        if polled is None or now - polled > SILENT_AFTER:
            found.append(f"{door.messenger.channel} is not polled")
    found.extend(f"{lane.messenger.channel} refuses our token" for lane in house.sender.lanes if lane.stopped)
    return found


async def gauges(house: House) -> bytes:
    """Prometheus text: what waits and for how long, what failed and why, which beats come, where talks are left."""
    registry, now = CollectorRegistry(), house.clock()
    async with house.database.reading() as session:
        await _of_outbox(registry, session, now)
        await _of_beats(registry, session, now)
        await _of_talks(registry, session, now)
        # From the database: the part that polls serves no pages, and the part that is asked may poll nothing.
        answered = await upkeep.polled_at(session)
    polled = _gauge(registry, "polled_seconds", "Since the last look at a platform", "channel")
    for channel in (door.messenger.channel for door in house.doors if door.inbox is not None):
        if channel in answered:
            polled.labels(channel.value).set(max(0.0, (now - answered[channel]).total_seconds()))
    return generate_latest(registry)


async def _of_outbox(registry: CollectorRegistry, session: AsyncSession, now: datetime) -> None:
    waiting = _gauge(registry, "outbox_waiting", "Messages due and not sent", "channel")
    counts = await outbox_counts.due_counts(session, now)
    for channel in Channel:
        waiting.labels(channel.value).set(counts.get(channel, 0))
    first = await outbox_counts.next_due(session)
    oldest = _gauge(registry, "outbox_oldest_seconds", "Age of the oldest due message")
    oldest.set(max(0.0, (now - first).total_seconds()) if first else 0.0)
    lag = _gauge(
        registry, "delivery_lag_seconds", f"From due to sent, of the newest {rows.NEWEST} messages", "channel", "quantile"
    )  # fmt: skip
    for channel_name, seconds in (await rows.lags(session)).items():
        for part in QUANTILES:
            lag.labels(channel_name, str(part)).set(seconds[round(part * (len(seconds) - 1))])
    failing = _gauge(registry, "outbox_failing", "Messages that wait for another try", "channel", "reason")
    for (channel_name, reason), count in (await rows.failing(session)).items():
        failing.labels(channel_name, _cause(reason)).inc(count)
    dropped = _gauge(registry, "outbox_dropped", "Messages of the last week given up", "reason")
    for reason, count in (await outbox_counts.dropped_counts(session, now - GIVEN_UP_IN)).items():
        dropped.labels(_cause(reason)).inc(count)


async def _of_beats(registry: CollectorRegistry, session: AsyncSession, now: datetime) -> None:
    beats = _gauge(registry, "tick_seconds", "Since a line of the timetable last went through", "tick")
    for name, at in (await system.beginning(session, TICK)).items():
        beats.labels(name.removeprefix(TICK)).set((now - datetime.fromisoformat(at)).total_seconds())


async def _of_talks(registry: CollectorRegistry, session: AsyncSession, now: datetime) -> None:
    talks = _gauge(
        registry, "conversations", "Conversations of the last month by the open question; left: a day without a word",
        "flow", "step", "state",
    )  # fmt: skip
    for flow, step, left, count in await rows.talks(session, now - TALKS_OF, now - LEFT_AFTER):
        talks.labels(flow, step, "left" if left else "open").set(count)


def _gauge(registry: CollectorRegistry, name: str, about: str, *labels: str) -> Gauge:
    return Gauge(f"nastavnik_{name}", about, labels, registry=registry)


def _cause(reason: str) -> str:
    """«refused: a» and «refused: b» are one label."""
    return reason.partition(":")[0]
