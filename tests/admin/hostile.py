"""What somebody may send who wishes us ill, and what a form would send: for `test_hostile_walk.py`."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode, urlsplit

from lxml import html
from sqlalchemy import Column, select, update
from starlette.datastructures import FormData, ImmutableMultiDict

from storage.database import Database
from storage.tables import Base
from tests.admin.world import PNG

TAG = "<zz-mark onfocus=1>"
SECRET = "zzsecretzz"  # in every word that is typed: no line of a log may hold it
EVIL = "https://evil.test/x"
VALUES = (
    TAG, f"\"'>{TAG}{SECRET}", f"</script>{TAG}", "", " ", "0", "-1", "9" * 40, "1e309", "NaN", "²", "١٢", "+1", "1.5",
    "\x00", f"{SECRET}\x00", "{{7*7}}", "${7*7}", "%s%n%(x)s", "{0.__class__}", "=1+1", "@SUM(A1)", "../../etc/passwd",
    "..\\..\\x", "'; DROP TABLE person;--", "\u202e\u200b\ufeff", "a" * 10_000, "\ufffd", "2026-99-99", "99:99",
    "0000-01-01", "9999-12-31", "2026-10-01", "15:00", "[]", "{}", "null", '{"a":[1]}', "[[[[", "javascript:alert(1)",
    "//evil.test", EVIL, "/\\evil.test", "\r\nX-Injected: 1", "👨‍👩‍👧‍👦" * 20, "İẞ", "ё" * 400, "yes", "1", "mentor",
)  # fmt: skip
RAW = (b"%ff%fe", b"%00", b"%u0041", b"%", b"%C0%AF")  # no UTF-8, or no encoding at all


def _packed() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(
            "word/document.xml", f"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;{TAG}</x>"
        )
        pack.writestr("xl/workbook.xml", b"\0" * 3_000_000)
        pack.writestr("../../evil.txt", TAG)
    return made.getvalue()


FILES = (b"", b"\x89PNG\r\n\x1a\n\0\0", b"\xff\xd8\xff\xe1\0\2", PNG, _packed(), b"PK\x03\x04", b"%PDF-1.4 " + TAG.encode(), b"MZ\x90",
         f"Фамилия;Имя;Класс\n=1+1{TAG};{SECRET};8А\n".encode(), b"{", b"[1]", b"\0" * 2000, "8А;Ё".encode("cp1251"))  # fmt: skip
NAMES = ("list.csv", "a.xlsx", "..\\..\\x.docx", f"{TAG}.png", "a\r\nb.pdf", "x" * 300, "")
KINDS = (  # that no form of ours has
    "", "application/json", "text/plain", "multipart/form-data", "multipart/form-data; boundary=" + "x" * 300,
    "multipart/mixed; boundary=a", "application/x-www-form-urlencoded; charset=zz-none", "a" * 300, "text/html; charset=utf-7",
)  # fmt: skip
NO_METHODS = ("DELETE", "PUT", "PATCH", "PROPFIND", "TRACE")
OF_FILES = frozenset({"file", "paper", "photo", "photos"})


class Asked(defaultdict[str, set[str]]):
    """By route, the parameters that it has ever asked for."""

    route = ""

    def __init__(self) -> None:
        super().__init__(set)


@contextmanager
def listening(asked: Asked) -> Iterator[None]:
    """Hears which fields of a form and which words of an address are asked for: nobody has to list them."""
    kept = {
        name: getattr(ImmutableMultiDict, name) for name in ("get", "getlist", "__getitem__", "__contains__")
    }

    def heard(name: str) -> Any:
        def hears(self: Any, key: Any, *more: Any) -> Any:
            if isinstance(key, str) and not key.startswith("_"):
                asked[asked.route].add(("form " if isinstance(self, FormData) else "query ") + key)
            return kept[name](self, key, *more)

        return hears

    for name in kept:
        setattr(ImmutableMultiDict, name, heard(name))
    try:
        yield
    finally:
        for name, was in kept.items():
            setattr(ImmutableMultiDict, name, was)


def forms_of(page: str, here: str) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Method, path and filled-in fields of every form of a page, as a browser would send it."""
    for form in html.fromstring(page).iter("form"):
        fields: dict[str, list[str]] = {}
        for one in form.iter("input", "select", "textarea", "button"):
            name = one.get("name")
            if not name or one.get("type") == "file":
                continue
            if one.tag == "select":
                values = [option.get("value", option.text or "") for option in one.iter("option")][-1:]
            elif one.tag == "textarea":
                values = [one.text or "Слова"]
            else:
                values = [one.get("value") or ("Слово" if one.tag == "input" else "")]
            fields.setdefault(name, []).extend(values)
        yield (form.get("method") or "get").lower(), urlsplit(form.get("action") or here).path, fields


def body(
    chance: random.Random, names: set[str], usual: dict[str, list[str]], *, wild: bool
) -> dict[str, Any]:
    """What is posted: as the form would, but for a few fields (`wild`: for all of them)."""
    files = sorted(names & OF_FILES)
    sent = {name: list(values) for name, values in usual.items() if name not in OF_FILES}
    every = sorted((names | set(sent)) - OF_FILES)
    for name in every if wild else chance.sample(every, min(len(every), chance.choice((1, 1, 2, 4)))):
        sent[name] = [chance.choice(VALUES) for _ in range(chance.choice((1, 1, 1, 3)))]
    if files:
        return {
            "data": sent,
            "files": [(name, (chance.choice(NAMES), chance.choice(FILES))) for name in files],
        }
    typed = urlencode(sent, doseq=True).encode()
    if wild and every and chance.random() < 0.2:
        typed += b"&" + every[0].encode() + b"=" + chance.choice(RAW)
    kind = chance.choice(KINDS) if wild and chance.random() < 0.2 else "application/x-www-form-urlencoded"
    return {"content": typed, "headers": {"Content-Type": kind}}


def query(chance: random.Random, names: set[str]) -> str:
    """Some of the words that a page may be narrowed by, each with something odd."""
    chosen = chance.sample(sorted(names), min(len(names), chance.choice((1, 2, 5))))
    return urlencode([(name, chance.choice(VALUES)) for name in chosen])


KEPT = f'"><{TAG[1:]}</script>{{{{7*7}}}}'
_TYPED = re.compile("[А-Яа-яЁё]")
# The journal refuses; classes are chosen, and the rest is ours.
_OURS = frozenset({"journal_entry", "alembic_version"})
_CHOSEN = frozenset({"class_name", "key", "lane"})


async def poison(database: Database) -> int:
    """Behind everything that somebody has typed stands what a browser would run, before it what a table would count.

    Returns:
        How many values there are.
    """
    count = 0
    async with database.transaction() as session:
        for table in Base.metadata.sorted_tables:
            if table.name in _OURS:
                continue
            keys = table.primary_key.columns
            for row in (await session.execute(select(table))).mappings().all():
                spoilt = {
                    one.name: _spoilt(row[one])
                    for one in table.columns
                    if one.name not in (*keys.keys(), *_CHOSEN)
                }
                changed = {
                    name: value
                    for name, value in spoilt.items()
                    if value != row[name] and not _too_long(table.columns[name], value)
                }
                if changed:
                    where = [one == row[one] for one in keys]
                    await session.execute(update(table).where(*where).values(changed))
                count += len(changed)
    return count


def _too_long(column: Column[Any], value: Any) -> bool:
    """A form does not let it in, and PostgreSQL would not keep it."""
    longest = getattr(column.type, "length", None)
    return isinstance(value, str) and longest is not None and len(value) > longest


def _spoilt(value: Any) -> Any:
    if isinstance(value, list | dict):
        return _within(value)
    if not isinstance(value, str) or not _TYPED.search(value):
        return value
    if value[0] in '[{"':
        try:
            return json.dumps(_within(json.loads(value)), ensure_ascii=False)
        except ValueError:
            pass
    return f"={value}{KEPT}"


def _within(value: Any) -> Any:
    if isinstance(value, str):
        return f"={value}{KEPT}" if _TYPED.search(value) else value
    if isinstance(value, list):
        return [_within(one) for one in value]
    return {key: _within(one) for key, one in value.items()} if isinstance(value, dict) else value


def runs_in(data: bytes) -> str:
    """What a file would run of what was typed: markup in a part, a formula, a way out of its folder; "": nothing."""
    if not data.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        for name in pack.namelist():
            part = pack.read(name)
            if name.startswith(("/", "\\")) or ".." in name:
                return f"leads to {name}"
            if name.endswith((".xml", ".rels", ".html", ".svg")) and TAG[:8].encode() in part:
                return f"{name} holds markup"
            if b"zz-mark" in b"".join(_FORMULA.findall(part)):
                return f"{name} counts what was typed"
    return ""


_FORMULA = re.compile(rb"<f[ >][^<]*")
