"""Is the house alive, is it ready, what do its gauges say. Nothing here names a person."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from program.channels import Channel
from storage import migrate, outbox

if TYPE_CHECKING:
    from app.wiring import House

SILENT_AFTER = timedelta(minutes=2)  # a long poll answers every 25 s; two minutes are four missed ones
GIVEN_UP_IN = timedelta(days=7)  # the outbox keeps years


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
        return Response(await gauges(house), media_type="text/plain; version=0.0.4; charset=utf-8")

    return pages


async def problems(house: House) -> list[str]:
    """What keeps the house from its work; empty when it is ready."""
    found = []
    try:
        if not await migrate.is_at_head(house.database):
            found.append("database is not at head")
    except (SQLAlchemyError, OSError):
        return ["database does not answer"]
    now = house.clock()
    for door in house.doors:
        if door.inbox is None or not house.running:
            continue
        polled = door.inbox.polled_at
        if polled is None or now - polled > SILENT_AFTER:
            found.append(f"{door.messenger.channel} is not polled")
    found.extend(f"{lane.messenger.channel} refuses our token" for lane in house.sender.lanes if lane.stopped)
    return found


async def gauges(house: House) -> bytes:
    """Prometheus text: how much waits, how long it has waited, what was dropped and why."""
    registry = CollectorRegistry()
    waiting = Gauge("nastavnik_outbox_waiting", "Messages due and not sent", ["channel"], registry=registry)
    oldest = Gauge("nastavnik_outbox_oldest_seconds", "Age of the oldest due message", registry=registry)
    dropped = Gauge(
        "nastavnik_outbox_dropped", "Messages of the last week given up", ["reason"], registry=registry
    )
    polled = Gauge(
        "nastavnik_polled_seconds", "Since the last look at a platform", ["channel"], registry=registry
    )
    now = house.clock()
    async with house.database.reading() as session:
        counts = await outbox.due_counts(session, now)
        first = await outbox.next_due(session)
        reasons = await outbox.dropped_counts(session, now - GIVEN_UP_IN)
    for channel in Channel:
        waiting.labels(channel.value).set(counts.get(channel, 0))
    oldest.set(max(0.0, (now - first).total_seconds()) if first else 0.0)
    for reason, count in reasons.items():
        dropped.labels(reason.partition(":")[0]).inc(count)  # «refused: a» and «refused: b» are one label
    for door in house.doors:
        if door.inbox is not None and door.inbox.polled_at is not None:
            age = (now - door.inbox.polled_at).total_seconds()
            polled.labels(door.messenger.channel.value).set(age)
    return generate_latest(registry)
