"""A disk that can be filled up and emptied while a house works on it."""

from __future__ import annotations

import contextlib
import resource
import subprocess
from pathlib import Path

from tests.faults.births import Born
from tests.faults.life import Life

SIZE = 24 * 2**20  # bytes
MOUNTED = ("unshare", "-Urm", "sh", "-c", f'mount -t tmpfs -o size={SIZE} none "$0" && exec "$@"')


def can_be_mounted() -> bool:
    """Whether this machine lets a process have a disk of its own. It needs no root, but not every kernel does."""
    try:
        tried = subprocess.run([*MOUNTED, "/mnt", "true"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0


def fill(life: Life) -> None:
    """Not a byte is left: ENOSPC at the next write that needs a page."""
    for name, piece in (("filler", 2**16), ("last", 2**8)):
        with contextlib.suppress(OSError), (life.house.data / name).open("wb", buffering=0) as filler:
            while filler.write(bytes(piece)) == piece:
                pass


def empty(life: Life) -> None:
    for name in ("filler", "last"):
        (life.house.data / name).unlink(missing_ok=True)


def limit(life: Life) -> None:
    """Where nothing can be mounted: no file of the house's may grow beyond what the database has now (EFBIG)."""
    largest = max(one.stat().st_size for one in Path(life.house.data).iterdir() if one.is_file())
    _limits(life, largest)


def unlimit(life: Life) -> None:
    _limits(life, resource.RLIM_INFINITY)


def _limits(life: Life, size: int) -> None:
    process = life.house.process
    if isinstance(process, Born) and process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
