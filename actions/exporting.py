"""Everything of a school in one archive: tables for people, the same rows for programs, files, a description.

Made piece by piece (`scheduler.packer`), so that nobody waits and nothing is held for long. The same rows give the same bytes.
What nobody at the school may read stands in `OUT` and `CLOSED` and is not in it. Source: ux.md A53; issue «School year».
"""

from __future__ import annotations

import asyncio
import json
import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import structlog
from sqlalchemy import Table

from actions import export_words, journal
from actions.erasure import UPLOADS
from actions.roster_undo import PREFIX as IMPORTED
from actions.streaming import Gone, Pipe
from actions.work import Work
from actions.workbook import Page, workbook
from locales import Texts, has
from program.errors import Refusal
from program.text import Text
from storage import exports as rows
from storage.database import Database
from storage.tables import ExportJob, ExportPart

log = structlog.get_logger()

PIECE = 5_000  # rows of one file; a year of the journal of a big school is some hundred thousand
ROWS_A_BEAT, FILES_A_BEAT = 5_000, 25  # some tenths of a second: on SQLite nobody else is served meanwhile
FIXED = (2020, 1, 1, 0, 0, 0)  # the time in the archive: the same rows, the same bytes
README = "readme"
WAITING = (UPLOADS, IMPORTED)  # lists on their way, kept as files for some days
# Whole tables: secrets, machinery, what is promised to nobody but its reader.
OUT = frozenset({
    "ballot", "bulk_change", "bulk_change_line", "care_note", "conversation", "export_job", "export_part",
    "instrument_draft", "pack_file", "pack_job", "recovery_code", "relay_addressee", "relay_message", "relay_reader", "saved_view",
    "school_keys", "second_step", "seen_event", "sign_in", "staff_chat", "staff_invitation", "stream_place",
    "system_value", "town_numbers", "town_school", "web_message", "year_line",
})  # fmt: skip
# Columns of the others. Bodies of messages hold letters of pairs; chats' own numbers are no data of the school.
CLOSED: dict[str, frozenset[str]] = {
    "": frozenset({"plain", "turn", "data", "token", "password_hash"}),
    "outbox": frozenset({
        "key", "body", "lane", "edit_key", "external_id", "lease_until", "lease_owner", "address",
    }),
}  # fmt: skip
say = Texts()


def exported() -> dict[str, Table]:
    """Tables of the archive by name, in the order of their titles."""
    found = {name: table for name, table in rows.tables().items() if name not in OUT}
    return dict(sorted(found.items(), key=lambda one: title(one[0])))


def columns(table: Table) -> list[str]:
    closed = CLOSED[""] | CLOSED.get(table.name, frozenset())
    return [column.name for column in table.columns if column.name not in closed]


def title(table: str) -> str:
    text = f"export-table-{table}"
    return say(Text(text)) if has(text) else table


async def job(work: Work) -> ExportJob | None:
    return await rows.job(work.session, work.school.id)


async def ask(work: Work) -> None:
    """Begins an archive; one that is being made goes on, one that is ready gives way to the new one."""
    now = await rows.job(work.session, work.school.id)
    if now is not None and now.ready_at is None:
        return
    if now is not None:
        await rows.forget(work.session, work.school.id)
    begun = await rows.begin(work.session, school_id=work.school.id, asked_at=work.now, asked_by=work.actor)
    made = await rows.job(work.session, work.school.id)
    if not begun or made is None:
        return
    for position, (name, source, file_id) in enumerate(await _planned(work), 1):
        work.session.add(
            ExportPart(
                school_id=work.school.id, job_id=made.id, position=position, name=name, source=source,
                ready=file_id is not None, data=b"", file_id=file_id,
            )
        )  # fmt: skip
        made.total = position
        made.done += file_id is not None
    await work.session.flush()
    await journal.note(work, "export.asked", f"export:{made.id}")
    log.info("export.asked", school=work.school.id, pieces=made.total)


async def _planned(work: Work) -> list[tuple[str, str, int | None]]:
    """Every file of the archive: its name, what it is made of, the stored file it is."""
    found: list[tuple[str, str, int | None]] = []
    tables, files = say(Text("export-folder-tables")), say(Text("export-folder-files"))
    plain = say(Text("export-folder-data"))
    for name, table in exported().items():
        count = await rows.count(work.session, table, work.school.id)
        for piece in range(max(1, -(-count // PIECE))):
            more = f" ({piece + 1})" if count > PIECE else ""
            if count:
                found.append((f"{tables}/{title(name)}{more}.xlsx", f"{name}:{piece}:xlsx", None))
            found.append((f"{plain}/{name}{more}.json", f"{name}:{piece}:json", None))
    for key, name in await rows.files(work.session, work.school.id, WAITING):
        found.append((f"{files}/{key}_{_safe(name)}", "", key))
    found.append((say(Text("export-readme-name")) + ".txt", README, None))
    return sorted(found, key=lambda one: (one[1] == README, one[0]))


def _safe(name: str) -> str:
    """A file's name without a way out of the folder."""
    return re.sub(r"[\\/:*?\"<>|\x00-\x1f]+", "_", name).strip(". ")[-150:] or "file"


@dataclass(frozen=True)
class Piece:
    """One file that has been made. `job`, `asked_at`: for which archive."""

    job: int
    asked_at: datetime
    part: int
    data: bytes


async def read(work: Work) -> list[Piece]:
    """Some more files of the archive that is being made; nothing is written, so nobody waits for it."""
    now = await rows.job(work.session, work.school.id)
    if now is None or now.ready_at is not None:
        return []
    made: list[Piece] = []
    weight = 0
    for part in await rows.parts(work.session, now.id):
        if part.ready:
            continue
        if len(made) >= FILES_A_BEAT or weight >= ROWS_A_BEAT:
            break
        data, count = await _content(work, part.source)
        made.append(Piece(now.id, now.asked_at, part.id, data))
        weight += count
    return made


async def keep(work: Work, made: Sequence[Piece]) -> int:
    """How many of these were kept: none where the archive has gone meanwhile (somebody was erased) or another process is at it."""
    now = await rows.lock(work.session, work.school.id)
    if now is None or now.ready_at is not None:
        return 0
    kept = 0
    for one in made:
        if (one.job, one.asked_at) == (now.id, now.asked_at):
            kept += await rows.keep(work.session, now.id, one.part, one.data)
    now.done += kept
    if now.done >= now.total:
        now.ready_at = work.now
        log.info("export.ready", school=work.school.id, pieces=now.total)
    await work.session.flush()
    return kept


async def _content(work: Work, source: str) -> tuple[bytes, int]:
    if source == README:
        return await _readme(work), 0
    name, piece, kind = source.split(":")
    table = exported()[name]
    asked = columns(table)
    found = await rows.rows_of(work.session, table, work.school.id, asked, int(piece) * PIECE, PIECE)
    if kind == "json":
        return await asyncio.to_thread(_json, asked, found), len(found)
    words = await export_words.reader(work, table, asked, found)
    made_at = work.school.created_at.astimezone(work.zone)
    return await asyncio.to_thread(_book, table, asked, found, words, made_at), len(found)


def _json(asked: Sequence[str], found: Sequence[Sequence[Any]]) -> bytes:
    lines = [dict(zip(asked, map(_plain, row), strict=True)) for row in found]
    return json.dumps(lines, ensure_ascii=False, indent=1).encode()


def _book(
    table: Table,
    asked: Sequence[str],
    found: Sequence[Sequence[Any]],
    words: export_words.Reader,
    made_at: datetime,
) -> bytes:
    names = export_words.shown(table, asked)
    lines = [dict(zip(asked, row, strict=True)) for row in found]
    page = Page(
        _sheet(title(table.name)), [export_words.head(table, one) for one in names],
        [[words.cell(one, row[one], row) for one in names] for row in lines],
        personal=True, keep=1,
    )  # fmt: skip
    return workbook([page], made_at)


def _sheet(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value


async def _readme(work: Work) -> bytes:
    lines = [say(Text("export-readme", {"school": work.school.name}))]
    for name, table in exported().items():
        lines.append(f"{title(name)} ({name}): {await rows.count(work.session, table, work.school.id)}")
    return ("\ufeff" + "\r\n".join("\n".join(lines).split("\n")) + "\r\n").encode()


async def take(work: Work) -> tuple[str, int]:
    """The name of the archive that is ready and its job; that it is taken goes into the journal.

    Raises:
        Refusal: there is none, it is not ready, or one of its files was removed since.
    """
    now = await rows.job(work.session, work.school.id)
    if now is None:
        raise Refusal("export-gone")
    if now.ready_at is None:
        raise Refusal("export-not-ready")
    if not await rows.whole(work.session, now.id):
        raise Refusal("export-changed")
    await journal.note(work, "export.taken", f"export:{now.id}")
    day = now.ready_at.astimezone(work.zone).date()
    return f"{_safe(work.school.name)}, {say(Text('export-title')).lower()}, {day:%Y-%m-%d}.zip", now.id


async def drop(work: Work) -> None:
    """The archive goes before its day."""
    now = await rows.job(work.session, work.school.id)
    if now is not None:
        await rows.forget(work.session, work.school.id)
        await journal.note(work, "export.dropped", f"export:{now.id}")


async def packed(database: Database, parts: Sequence[int]) -> AsyncIterator[bytes]:
    """The archive as it is sent, file by file.

    Raises:
        Gone: somebody has been erased, a file was removed, or the archive was dropped.
    """
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as pack:
        for part in parts:
            async with database.reading() as session:
                found = await rows.content(session, part)
            if found is None:
                raise Gone
            entry = zipfile.ZipInfo(found[0], FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            pack.writestr(entry, found[1])
            yield pipe.give()
    yield pipe.give()
