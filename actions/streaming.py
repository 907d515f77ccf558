"""An archive that is given away while it is written, file by file: it is never in memory as a whole."""

from __future__ import annotations

import io
from typing import Any


class Gone(Exception):
    """What is being taken went meanwhile: the archive breaks off, so that nobody takes it for whole."""


class Pipe(io.RawIOBase):
    """What `zipfile` writes, to be given on at once."""

    def __init__(self) -> None:
        self.kept = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.kept += data
        return len(data)

    def give(self) -> bytes:
        given = bytes(self.kept)
        self.kept.clear()
        return given
