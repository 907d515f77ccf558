"""Reading a table that somebody uploads: .xlsx, .xls, .ods, .csv. A wrong file gets a sentence, never a crash.

The bytes decide what a file is, not its name. An archive is unpacked under a limit first; the parser then
runs in a process of its own with bounded memory and time, because a small file can describe a table of
seventeen billion cells (reliability.md, P9 and «Files»).
"""

from __future__ import annotations

import asyncio
import csv
import io
import pickle
import subprocess  # our own interpreter on our own text
import sys
import zipfile
from dataclasses import dataclass

from charset_normalizer import from_bytes

from program.archives import BROKEN, swells
from program.cells import Cell
from program.errors import Refusal

LARGEST = 5 * 1024 * 1024  # bytes of a file
LARGEST_UNPACKED = 50 * 1024 * 1024  # bytes; a list of 20,000 rows unpacks to about 15 MB
MOST_ROWS, MOST_COLUMNS = 20_000, 100
# Of an archive: thirty classes, each on a sheet with its print settings, are about a hundred.
MOST_PARTS = 200
MEMORY = 512 * 1024 * 1024  # bytes of address space of the parser; 19,000 rows of 25 words fit
PATIENCE = 20  # seconds
ENDINGS = (".xlsx", ".xls", ".ods", ".csv")
CYRILLIC = ("cp1251", "koi8_r", "cp866", "mac_cyrillic")

# Cells come back as they are (numbers, dates); `-I` keeps the surroundings of the caller out.
_PARSER = f"""
import io, pickle, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({PATIENCE}, {PATIENCE}))
except (ImportError, ValueError):
    pass
from python_calamine import CalamineWorkbook, PasswordError
try:
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    sheets, left = [], {MOST_ROWS} + 1
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        rows = [row[:{MOST_COLUMNS}] for row in sheet.to_python(skip_empty_area=False, nrows=left)]
        while rows and not any(cell not in ("", None) for cell in rows[-1]):
            rows.pop()
        left -= len(rows)
        sheets.append((name, rows))
        if left <= 0:
            break
    sys.stdout.buffer.write(pickle.dumps(sheets))
except PasswordError:
    sys.exit(3)
except Exception:
    sys.exit(4)
"""


@dataclass(frozen=True)
class Sheet:
    name: str
    rows: list[list[Cell]]


async def read(name: str, data: bytes) -> list[Sheet]:
    """The sheets of a file that have anything in them, in its order.

    Args:
        name: as the file was called; only its ending is looked at.

    Raises:
        Refusal: too big, empty, protected, or not a table.
    """
    ending = name.lower()[name.rfind(".") :] if "." in name else ""
    if ending not in ENDINGS:
        raise Refusal("roster-file-kind")
    if len(data) > LARGEST:
        raise Refusal("roster-file-big", limit=LARGEST // 1024 // 1024)
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Refusal("roster-file-empty")
    sheets = await asyncio.to_thread(_sheets, ending, data)
    sheets = [sheet for sheet in sheets if any(cell not in ("", None) for row in sheet.rows for cell in row)]
    if not sheets:
        raise Refusal("roster-file-empty")
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise Refusal("roster-file-rows", limit=MOST_ROWS)
    return sheets


def _sheets(ending: str, data: bytes) -> list[Sheet]:
    if data.startswith(b"PK"):
        return _parsed(repacked(data))
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refusal("roster-file-password")
        return _parsed(data)
    if ending != ".csv":
        # School journals often export a web page called .xls.
        page = data[:2000].lstrip().lower().startswith((b"<", b"\xef\xbb\xbf<"))
        raise Refusal("roster-file-page" if page else "roster-file-other", ending=ending)
    return [Sheet("", _csv(decoded(data)))]


def repacked(data: bytes) -> bytes:
    """The same archive without compression, each part no longer than it says and all within the limit.

    The parser then never meets bytes that were not counted here.

    Raises:
        Refusal: broken, protected, or a bomb.
    """
    result, left = io.BytesIO(), LARGEST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(result, "w") as plain:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > left:
                raise Refusal("roster-file-bomb")
            if not {"xl/workbook.xml", "content.xml"} & {part.filename.lstrip("/") for part in parts}:
                raise Refusal("roster-file-not-table")
            for part in parts:
                if part.flag_bits & 1:
                    raise Refusal("roster-file-password")
                if part.filename.endswith((".xml", ".rels", "mimetype")):
                    with packed.open(part) as stream:
                        content = stream.read(left + 1)
                    left -= len(content)
                    # What a part says of its packed size may be a lie; how long the file is, is not.
                    whole = swells(LARGEST_UNPACKED - left, len(data))
                    if left < 0 or whole or swells(len(content), part.compress_size):
                        raise Refusal("roster-file-bomb")
                    plain.writestr(zipfile.ZipInfo(part.filename), content)
    except BROKEN:
        raise Refusal("roster-file-broken") from None
    return result.getvalue()


def _parsed(data: bytes) -> list[Sheet]:
    try:
        done = subprocess.run(  # noqa: S603 - the program and its text are ours
            [sys.executable, "-I", "-c", _PARSER], input=data, capture_output=True, timeout=PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise Refusal("roster-file-bomb") from None
    if done.returncode == 3:
        raise Refusal("roster-file-password")
    if done.returncode < 0:
        raise Refusal("roster-file-bomb")
    if done.returncode:
        raise Refusal("roster-file-broken")
    return [Sheet(name, rows) for name, rows in pickle.loads(done.stdout)]  # noqa: S301 - written by us


def decoded(data: bytes) -> str:
    """The text of a .csv: UTF-8 and UTF-16 with a mark, UTF-8, else the likeliest Cyrillic encoding."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    else:
        best = from_bytes(data, cp_isolation=list(CYRILLIC)).best()
        # A short list gives little to guess from; what Excel writes in Russia is cp1251.
        guess = best.encoding if best is not None and best.coherence > 0 else "cp1251"
        text = data.decode(guess, errors="replace")
    if "\0" in text:
        raise Refusal("roster-file-other", ending=".csv")
    return text


def _csv(text: str) -> list[list[Cell]]:
    """Rows of a .csv with `;`, `,` or tabs between cells, whichever the first lines agree on."""
    lines = text.splitlines()
    if lines and lines[0].lower().startswith("sep="):
        text = text[text.index("\n") + 1 :] if "\n" in text else ""
    head = lines[:30]
    between = max(";,\t", key=lambda mark: sum(min(line.count(mark), 40) for line in head))
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=between):
            rows.append([*row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS:
                raise Refusal("roster-file-rows", limit=MOST_ROWS)
    except csv.Error:
        raise Refusal("roster-file-broken") from None
    return rows
