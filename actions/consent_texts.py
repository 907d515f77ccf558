"""What people agree to: versions of the texts, kept for ever; which one somebody was shown.

A conversation remembers only which version it shows; the words are read from the rows each time.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from actions.work import Work
from locales.consents import KINDS, shipped, split
from program.ages import Consenter
from program.consents import ConsentKind
from storage import consents as ledger
from storage.adding import add_new
from storage.tables import ConsentText


async def newest(work: Work, consenter: Consenter) -> dict[ConsentKind, ConsentText]:
    """The newest text of each purpose; the first call of a school stores the shipped ones as version 1."""
    found = {}
    for kind in KINDS:
        text = await ledger.newest_text(work.session, work.school.id, kind, consenter)
        found[kind] = text or await _publish(work, kind, consenter, 1)
    return found


@dataclass(frozen=True)
class InForce:
    """A text as whoever is asked today reads it."""

    kind: ConsentKind
    consenter: Consenter
    title: str
    body: str


async def in_force(work: Work) -> AsyncIterator[InForce]:
    """Every text, the pupil's own and a parent's; nothing is stored by looking."""
    for consenter in Consenter:
        for kind in KINDS:
            row = await ledger.newest_text(work.session, work.school.id, kind, consenter)
            title, body = (row.title, row.body) if row else _worded(work, kind, consenter)
            yield InForce(kind, consenter, title, body)


async def renew(work: Work, consenter: Consenter) -> list[ConsentText]:
    """New versions of the texts that the shipped words or the school's fields have changed since.

    Earlier versions stay: each consent refers to the one that was shown. A text that the school wrote
    itself is replaced as well, so this is a person's act, never a job's.
    """
    renewed = []
    for kind, text in (await newest(work, consenter)).items():
        if (text.title, text.body) != _worded(work, kind, consenter):
            renewed.append(await _publish(work, kind, consenter, text.version + 1))
    return renewed


def refer(texts: Mapping[ConsentKind, ConsentText], kinds: Iterable[ConsentKind] = KINDS) -> dict[str, Any]:
    """By kind: id, version and hash of what is shown; JSON, a hundredth of the words themselves."""
    return {
        kind.value: {"id": text.id, "version": text.version, "sha256": text.sha256}
        for kind in kinds
        for text in (texts[kind],)
    }


async def in_words(work: Work, referred: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """By kind: title, summary and full text of what `refer` named; what carries its words keeps them.

    A conversation that was begun before texts were referred to carries them in whole.
    """
    ids = [int(one["id"]) for one in referred.values() if "title" not in one]
    rows = {row.id: row for row in await ledger.texts(work.session, ids)}
    found: dict[str, dict[str, Any]] = {}
    for kind, one in referred.items():
        row = rows.get(int(one.get("id", 0)))
        title, body = (row.title, row.body) if row else (one["title"], one.get("body"))
        summary, full = split(body) if body is not None else (one["summary"], one["full"])
        found[kind] = {"title": title, "summary": summary, "full": full}
    return found


def ids_of(referred: Mapping[str, Any]) -> dict[ConsentKind, int]:
    """By kind: the id of the version that was shown; nothing where an old conversation does not know it."""
    return {ConsentKind(kind): int(one["id"]) for kind, one in referred.items() if one.get("id")}


async def shown(
    work: Work, consenter: Consenter, ids: Mapping[ConsentKind, int] | None
) -> dict[ConsentKind, ConsentText]:
    """By kind: the version that was shown, if it is this school's and for this giver; else the newest."""
    found = await newest(work, consenter)
    for text in await ledger.texts(work.session, (ids or {}).values()):
        kind = ConsentKind(text.kind)
        fits = text.school_id == work.school.id and text.consenter == consenter
        if fits and (ids or {}).get(kind) == text.id:
            found[kind] = text
    return found


async def _publish(work: Work, kind: ConsentKind, consenter: Consenter, version: int) -> ConsentText:
    """Two first visitors at once store one row: the unique key decides whose."""
    title, body = _worded(work, kind, consenter)
    values = {
        "school_id": work.school.id,
        "kind": kind,
        "consenter": consenter,
        "version": version,
        "title": title,
        "body": body,
        "sha256": hashlib.sha256(body.encode()).hexdigest(),
        "created_at": work.now,
    }
    unique = ["school_id", "kind", "consenter", "version"]
    await add_new(work.session, ConsentText, values, unique)
    text = await ledger.newest_text(work.session, work.school.id, kind, consenter)
    assert text is not None
    return text


def _worded(work: Work, kind: ConsentKind, consenter: Consenter) -> tuple[str, str]:
    settings = work.settings
    name = f"{work.school.name}, {work.school.city}" if work.school.city else work.school.name
    return shipped(
        kind,
        consenter,
        operator=settings.operator or name,
        curator=settings.curator_name or "его имя сообщает школа",
        pages=f" ({settings.vk_group_url})" if settings.vk_group_url else "",
    )
