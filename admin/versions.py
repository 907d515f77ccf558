"""Two people edit one thing: the second is told, sees both, and nothing is overwritten unseen.

A form carries a stamp: when it was made, and a mark of what stood in each field. Whoever saves against other values
than those gets the form back with the own words in it, told who has changed what; saving once more is then a decision.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import func, select

from actions.work import Work
from admin.forms import Typed
from admin.journal_words import names_of
from program.text import Text
from storage import records
from storage.outbox import locks

STAMP = "version"  # the hidden field's name
LONGEST_STAMP = 20_000  # a programme has some hundred fields
_MARK = 8  # hex digits of a field's mark


@dataclass(frozen=True)
class Field:
    """One field of a form.

    Args:
        label: as the form calls it.
        value: what is kept now, as the form would post it; several for ticks.
        words: what the codes of a choice are called.
    """

    label: Text
    value: str | Sequence[str]
    words: Mapping[str, Text] | None = None


@dataclass(frozen=True)
class Line:
    """One field that somebody else has changed meanwhile: what is kept now and what was typed here."""

    name: str
    label: Text
    now: tuple[Text | str, ...]
    typed: tuple[Text | str, ...]
    taken: bool  # this person had not touched it, so the field shows what is kept now


@dataclass(frozen=True)
class Clash:
    """Args:
    by: who changed it, in words; None: the journal does not say.
    at: when.
    """

    lines: tuple[Line, ...]
    by: Text | None
    at: datetime | None


class Editing:
    """One thing on a form.

    Args:
        subject: of the journal, "news:17": where it stands who has changed it.
        fields: by the field's name, as they are kept now.
        changed: who was the last to change it, as the journal marks them, and when, where the row itself says so.
    """

    def __init__(
        self, subject: str, fields: Mapping[str, Field], changed: tuple[str, datetime] | None = None
    ) -> None:
        self.subject = subject
        self.fields = fields
        self.changed = changed
        self.clash: Clash | None = None

    def stamp(self, now: datetime) -> str:
        marks = (f"{name}={_mark(field.value)}" for name, field in self.fields.items())
        return ";".join((str(int(now.timestamp())), *marks))

    async def clashes(self, work: Work, typed: Typed) -> bool:
        """Whether somebody has saved other values since the form was made; `typed` then says so.

        A form without a stamp (an old tab, a script) passes: there is nothing to compare it with.
        """
        made, seen = _read(typed.words(STAMP, LONGEST_STAMP))
        if made is None:
            return False
        lines = []
        for name, field in self.fields.items():
            # A field that was not there yet (one more event of a programme) was empty.
            before = seen.get(name) or _mark("" if isinstance(field.value, str) else ())
            if before == _mark(field.value):
                continue
            mine = _posted(typed, name, field)
            untouched = _mark(mine) == before
            if _mark(mine) != _mark(field.value):
                lines.append(
                    Line(name, field.label, _said(field, field.value), _said(field, mine), untouched)
                )
            if untouched:
                typed.put(name, field.value)
        if not lines:
            return False
        by, at = await _last_change(work, self, made)
        self.clash = Clash(tuple(lines), by, at)
        typed.wrong("versions", "versions-clash")
        return True

    async def beside(self, work: Work, typed: Typed) -> None:
        """Everything that differs between what is kept and what was typed, where the thing itself has gone meanwhile."""
        made = made_at(typed)
        lines = [
            Line(name, field.label, _said(field, field.value), _said(field, mine), taken=False)
            for name, field in self.fields.items()
            if _mark(mine := _posted(typed, name, field)) != _mark(field.value)
        ]
        by, at = await _last_change(work, self, made) if made else (None, None)
        self.clash = Clash(tuple(lines), by, at)


async def turn(work: Work, subject: str) -> None:
    """One save of a thing at a time: to be called before anything of it is read. SQLite has one writer anyway.

    An advisory lock, taken first of all and by saving forms only: it can stand in no circle with locks of rows.
    """
    if locks(work.session):
        digest = hashlib.sha256(f"{work.school.id}:{subject}".encode()).digest()
        key = int.from_bytes(digest[:8], "big", signed=True)
        await work.session.execute(select(func.pg_advisory_xact_lock(key)))
        await work.session.refresh(work.school)


def context(editing: Editing, now: datetime) -> dict[str, Any]:
    """What `_version.html` shows; the new stamp lets the next save through."""
    return {"stamp": editing.stamp(now), "clash": editing.clash}


def made_at(typed: Typed) -> datetime | None:
    """When the form that came was made; None: it says nothing."""
    return _read(typed.words(STAMP, LONGEST_STAMP))[0]


def _read(stamp: str) -> tuple[datetime | None, dict[str, str]]:
    """When the form was made and the mark of each field; nothing for what is no stamp."""
    first, *marks = stamp.split(";")
    if not first.isdecimal() or len(first) > 11:
        return None, {}
    split = (one.rpartition("=") for one in marks)
    return datetime.fromtimestamp(int(first), UTC), {name: mark for name, _, mark in split}


def _mark(value: str | Sequence[str]) -> str:
    parts = [value] if isinstance(value, str) else sorted(value)
    told = "\x00".join("\n".join(part.split("\r\n")).strip() for part in parts)
    return hashlib.sha256(f"{isinstance(value, str)}{told}".encode()).hexdigest()[:_MARK]


def _posted(typed: Typed, name: str, field: Field) -> str | Sequence[str]:
    return typed.words(name, LONGEST_STAMP) if isinstance(field.value, str) else typed.many(name)


def _said(field: Field, value: str | Sequence[str]) -> tuple[Text | str, ...]:
    parts = [value] if isinstance(value, str) else value
    return tuple((field.words or {}).get(part, part) for part in parts if part)


async def _last_change(work: Work, editing: Editing, since: datetime) -> tuple[Text | None, datetime | None]:
    """Who changed it last since then, in words, and when."""
    changed = editing.changed
    if changed is None:
        line = await records.last_change(work.session, work.school.id, editing.subject, since)
        if line is None:
            return None, None
        changed = line.actor, line.at
    return (await names_of(work, [changed[0]]))[changed[0]], changed[1]
