"""Zip archives that somebody has uploaded."""

from __future__ import annotations

import zipfile
import zlib

# What reading an archive may end in that is damaged, or of a kind that zipfile cannot open: a later version, a
# compression it has no code for, a part under a password are all a RuntimeError or a kind of it.
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)
