"""PostgreSQL's own copy before its tables change: rows of an older version only pg_dump can read."""

from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from app import locked
from app.copying import apart, before_upgrade, keep_the_newest
from app.settings import Settings
from program.errors import Refusal

TOOL = "pg_dump"
SAID = 500  # characters of what it says went wrong
# What the address may say, as libpq's variables: a password on the command line would be read by whoever lists processes.
_OF_LIBPQ = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "database": "PGDATABASE",
    "service": "PGSERVICE",
    "servicefile": "PGSERVICEFILE",
    "ssl": "PGSSLMODE",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "krbsrvname": "PGKRBSRVNAME",
}


async def before_migration(settings: Settings, now: datetime) -> Path:
    """A dump in DATA_DIR/backups, locked where copies are; it appears under its name only when it is whole.

    Raises:
        Refusal: there is no pg_dump here, or it does not succeed, or the place cannot be written to.
    """
    key = settings.passphrase
    try:
        file = before_upgrade(settings, now, ".dump.locked" if key else ".dump")
        with apart(settings.data_dir, now) as folder:
            whole = folder / "open"
            await _dump(settings.database_url, whole)
            if key:
                await asyncio.to_thread(locked.lock, whole, folder / "locked", key)
                whole = folder / "locked"
            whole.replace(file)
        keep_the_newest(file.parent)
    except OSError:
        raise Refusal("backup-not-written", file=str(settings.data_dir / "backups")) from None
    return file


async def _dump(url: str, file: Path) -> None:
    try:
        process = await asyncio.create_subprocess_exec(
            TOOL, "--format=custom", "--no-password", f"--file={file}",
            env=os.environ | _variables(url),
            umask=0o077,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
    except OSError:
        raise Refusal("backup-dump-none") from None
    try:
        _, said = await process.communicate()
    finally:
        if process.returncode is None:  # we are told to stop
            process.kill()
            await process.wait()
    if process.returncode:
        raise Refusal("backup-dump-failed", said=" ".join(said.decode(errors="replace").split())[:SAID])


def _variables(url: str) -> dict[str, str]:
    """The address as the driver reads it, in libpq's words."""
    asked = make_url(url)
    _, given = asked.get_dialect()().create_connect_args(asked)
    return {_OF_LIBPQ[name]: _several(value) for name, value in given.items() if name in _OF_LIBPQ}


def _several(value: Any) -> str:
    """A server and its spare stand in one variable."""
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
