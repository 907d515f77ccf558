"""The pack: all documents and reports of a school in one archive. Asked for, made in the background, taken, gone after a day.

What is in it: `actions.pack_plan`; how each thing is made: `actions.pack_making`, in a
process of its own: `actions.pack_hands`; who sees to it: `scheduler.packer`.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

import structlog

from actions import journal, pack_plan
from actions.document_look import put
from actions.pack_hands import Handed
from actions.pack_plan import Thing
from actions.streaming import Gone, Pipe
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.packs import Wanted, safe
from program.text import Text
from storage import packs as rows
from storage.database import Database
from storage.packs import Packed
from storage.tables import PackJob

log = structlog.get_logger()

TRIES = 5  # a restart costs one; what breaks its maker every time is given up
ENTRY = (1980, 1, 1)  # the format knows no earlier day
say = Texts()


async def job(work: Work) -> PackJob | None:
    return await rows.job(work.session, work.school.id)


async def ask(work: Work, wanted: Wanted) -> None:
    """Begins a pack; one that is ready or was given up gives way to it.

    Raises:
        Refusal: one is being made, or that is no school year, no part of it, no day in it.
    """
    now = await rows.job(work.session, work.school.id)
    if now is not None and now.ready_at is None and now.given_up_at is None:
        raise Refusal("pack-going-already")
    found = await pack_plan.planned(work, wanted)
    if now is not None:
        await rows.forget(work.session, work.school.id)
    begun = await rows.begin(
        work.session,
        school_id=work.school.id,
        asked_at=work.now,
        asked_by=work.actor,
        wanted=wanted.to_json(),
    )
    made = await rows.job(work.session, work.school.id)
    if not begun or made is None:
        raise Refusal("pack-going-already")
    lines = list(_lines(work, made.id, found))
    await rows.add(work.session, lines)
    await rows.keep(work.session, made.id, [], total=len(lines))
    after = {"year": wanted.year, "on": wanted.on.isoformat(), "count": len(lines)}
    await journal.note(work, "pack.asked", f"pack:{made.id}", after=after)
    log.info("pack.asked", school=work.school.id, files=len(lines))


def _lines(work: Work, job_id: int, found: Sequence[Thing]) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for thing, one in enumerate(found):
        for ending, name in zip(one.endings, one.names, strict=True):
            made.append({
                "school_id": work.school.id, "job_id": job_id, "position": len(made), "thing": thing, "task": one.task,
                "name": name, "ending": ending, "title": one.title[:300], "about": one.about[:300],
                "personal": one.personal, "ready": bool(one.why), "why": one.why, "size": 0, "checksum": 0,
                "data": b"",
            })  # fmt: skip
    return made


async def settle(work: Work, holder: str, job_id: int, made: Sequence[Handed], until: datetime) -> bool:
    """Keeps what has been made. False: the pack is not this holder's any more, or gone; then nothing is kept."""
    if not await rows.hold(work.session, job_id, holder, until):
        return False
    await rows.keep(
        work.session,
        job_id,
        [
            {
                "id": one.file, "data": one.data, "why": one.why, "ready": True, "size": len(one.data),
                "checksum": zlib.crc32(one.data),
            }
            for one in made
        ],
    )  # fmt: skip
    return True


async def finish(work: Work, holder: str, job_id: int) -> bool:
    """The pack is ready. False: as `settle`.

    Without a line in the journal, whose lock an erasure may hold while it waits for this row.
    """
    return await rows.end(work.session, job_id, holder, ready_at=work.now)


async def give_up(work: Work, holder: str, job_id: int) -> None:
    """It breaks whoever makes it: somebody has to ask anew."""
    await rows.end(work.session, job_id, holder, given_up_at=work.now)


async def drop(work: Work) -> bool:
    """The pack goes: it is being made no more, or before its day. False: there is none."""
    now = await rows.job(work.session, work.school.id)
    if now is None:
        return False
    await rows.forget(work.session, work.school.id)
    await journal.note(work, "pack.dropped" if now.ready_at else "pack.cancelled", f"pack:{now.id}")
    return True


async def take(work: Work) -> tuple[str, Wanted, list[Packed]]:
    """(the archive's name, what was asked for, what is inside); that it is taken goes into the journal.

    Raises:
        Refusal: there is none, or it is not ready.
    """
    now = await rows.job(work.session, work.school.id)
    if now is None:
        raise Refusal("pack-gone")
    if now.ready_at is None:
        raise Refusal("pack-not-ready")
    wanted = Wanted.read(now.wanted)
    await journal.note(work, "pack.taken", f"pack:{now.id}")
    name = say(Text("pack-file", {"year": wanted.year, "day": f"{wanted.on:%Y-%m-%d}"}))
    return f"{safe(f'{work.school.name[:60]}. {name}')}.zip", wanted, await rows.inside(work.session, now.id)


async def sent(database: Database, wanted: Wanted, files: Sequence[Packed]) -> AsyncIterator[bytes]:
    """The archive as it is sent, file by file: it is never in memory as a whole. The same files give the same bytes.

    Nothing is pressed: what is inside is pressed already, and the loop serves others meanwhile.

    Raises:
        Gone: somebody has been erased, or the pack was dropped.
    """
    archive = Archive(wanted)
    for one in files:
        async with database.reading() as session:
            data = await rows.content(session, one.id)
        if data is None or zlib.crc32(data) != one.checksum:
            raise Gone
        yield archive.add(one.name, data)
    yield archive.close()


class Archive:
    """The zip, with what its format needs to be the same on every machine."""

    def __init__(self, wanted: Wanted) -> None:
        self._pipe = Pipe()
        self._zip = zipfile.ZipFile(self._pipe, "w")
        self._day = max(ENTRY, (wanted.on.year, wanted.on.month, wanted.on.day))

    def add(self, name: str, data: bytes) -> bytes:
        entry = zipfile.ZipInfo(name, (*self._day, 0, 0, 0))
        entry.create_system, entry.external_attr = 3, 0o600 << 16  # whatever machine it is made on
        put(self._zip, entry, data, data)
        return self._pipe.give()

    def close(self) -> bytes:
        self._zip.close()
        return self._pipe.give()
