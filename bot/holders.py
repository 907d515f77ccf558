"""Names of processes that hold something in the database, and whether such a process still lives."""

from __future__ import annotations

import os
import secrets
import socket

_LIFE = secrets.token_hex(4)  # of this process: a container's next one often has the same pid


def this_host() -> str:
    return socket.gethostname()[:40].replace(":", "-")


def name(host: str = "") -> str:
    """A new holder's name: machine, process, its life, a number. At most 64 characters."""
    return f"{(host or this_host())[:30]}:{os.getpid()}:{_LIFE}:{secrets.token_hex(4)}"


def is_gone(holder: str, host: str = "") -> bool:
    """True for a process of this machine that does not live any more; False where nobody can tell."""
    machine, pid, life, *_ = [*holder.split(":"), "", "", ""]
    if machine != (host or this_host())[:30] or not pid.isdecimal() or os.name != "posix":
        return False
    if int(pid) == os.getpid():
        return life != _LIFE
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
