"""Zip archives that somebody has uploaded."""

from __future__ import annotations

import zipfile
import zlib

# Times that a part may unpack to what it takes in the archive. Lists and documents of a school: 5 to 40.
RATIO = 100
SMALL = 2**20  # bytes unpacked; below it blank rows and white pictures may shrink to nothing

# What reading an archive may end in that is damaged, or of a kind that zipfile cannot open: a later version, a
# compression it has no code for, a part under a password are all a RuntimeError or a kind of it.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


def swells(unpacked: int, packed: int) -> bool:
    """Whether so many bytes (counted, not announced) are too many for what they took. Source: reliability-evidence.md, B4."""
    return unpacked > SMALL and unpacked > RATIO * packed
