"""The pack: all documents and reports of a school year in one archive. What may be chosen, and the names inside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from program.errors import Refusal

LONGEST = 120  # characters of a name with its folder: Windows unpacks up to 260 with the folders above it
DOCX, PDF, XLSX = "docx", "pdf", "xlsx"
# Windows takes these for devices, whatever stands behind the dot.
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))})  # fmt: skip
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')


class Part(StrEnum):
    """A folder of the archive, in its order. Texts: `pack-part-<code>`, `pack-part-about-<code>`."""

    ORDERS = "orders"
    RULES = "rules"
    CONSENTS = "consents"
    AGREEMENTS = "agreements"
    PLANS = "plans"
    DIARIES = "diaries"
    PROTOCOLS = "protocols"
    AWARDS = "awards"
    REPORTS = "reports"
    OWN = "own"


@dataclass(frozen=True)
class Wanted:
    """What is asked for.

    Args:
        year, part: the school year and which part of it (`program.periods`). on: the day it stands for.
        parts: folders. forms: of documents, DOCX or PDF or both; tables come as .xlsx besides.
        check: address of the page that confirms the codes of certificates.
    """

    year: str
    part: str
    on: date
    parts: tuple[Part, ...]
    forms: tuple[str, ...]
    check: str = ""

    def to_json(self) -> dict[str, Any]:
        return {
            "year": self.year, "part": self.part, "on": self.on.isoformat(), "parts": list(self.parts),
            "forms": list(self.forms), "check": self.check,
        }  # fmt: skip

    @staticmethod
    def read(stored: Mapping[str, Any]) -> Wanted:
        return Wanted(
            stored["year"], stored["part"], date.fromisoformat(stored["on"]), tuple(map(Part, stored["parts"])),
            tuple(stored["forms"]), stored["check"],
        )  # fmt: skip


def chosen(
    year: str, part: str, on: date, parts: Iterable[str], forms: Iterable[str], check: str = ""
) -> Wanted:
    """Raises Refusal: nothing was chosen, or in no form."""
    ticked, known = set(parts), set(forms)
    folders = tuple(one for one in Part if one in ticked)
    if not folders:
        raise Refusal("pack-nothing")
    if not known & {DOCX, PDF}:
        raise Refusal("pack-no-form")
    return Wanted(year, part, on, folders, tuple(one for one in (DOCX, PDF) if one in known), check)


def safe(words: str) -> str:
    """Words as a name that every disk takes: no signs of paths, nothing invisible, nothing that turns the reading.

    Never empty.
    """
    kept = "".join(
        c if unicodedata.category(c)[0] != "C" else " " for c in unicodedata.normalize("NFC", words)
    )
    name = " ".join(_FORBIDDEN.sub(" ", kept).split()).strip(". ")
    if name.partition(".")[0].strip().lower() in _DEVICES:
        name = f"_{name}"
    return name or "_"


class Names:
    """Names of one archive: short enough, and no two that a disk takes for one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, stem: str, endings: Iterable[str]) -> list[str]:
        """The names of one thing in all its forms: «folder/stem.docx», «folder/stem.pdf»; alike ones get a number.

        Args:
            folder: "" for the root. endings: without the dot.
        """
        before = f"{safe(folder)}/" if folder else ""
        whole, number = safe(stem), 1
        every = list(endings)
        longest = max((len(one) for one in every), default=0) + 1
        while True:
            more = f" ({number})" if number > 1 else ""
            short = whole[: LONGEST - len(before) - longest - len(more)].rstrip(". ") + more
            names = [f"{before}{short}.{one}" if one else f"{before}{short}" for one in every]
            if not self._taken & {one.casefold() for one in names}:
                self._taken |= {one.casefold() for one in names}
                return names
            number += 1
