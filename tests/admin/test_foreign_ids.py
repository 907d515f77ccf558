"""Every form of the admin with numbers of another school, and a class teacher's with those of another class, in its fields.

Addresses with such numbers have their test in `test_access.py`. Here one row of every table of the stranger is given one
and the same number, so that whatever a field means by it, it means something of the stranger's; each field of each form
gets it in turn, the others stay as a browser would send them. Nothing of the stranger's may be shown, changed or tied
to anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from lxml import html
from sqlalchemy import JSON, Integer, Text, cast, or_, select, text, update

from admin.access import RULES, may
from admin.own_ids import TABLES
from admin.patience import Patience, Takings
from program.roles import StaffRole
from storage.database import Database
from storage.tables import Base, Participation, Person, School
from tests.admin.conftest import PASSWORD, Browsers, account
from tests.admin.hostile import Asked, listening
from tests.admin.test_access import routes
from tests.admin.test_hostile_walk import BY, NOT_HERE, _taken_back
from tests.admin.things import filled, things
from tests.bot.explorer import Forked, forked

STRANGER = 900_001
NAME = "Инозёмцев"
OFTEN = {
    "date": "2026-10-01",
    "time": "15:00",
    "datetime-local": "2026-10-01T15:00",
    "number": "1",
    "password": PASSWORD,
}

Form = dict[str, list[str]]


@dataclass
class Walk:
    rows: Forked
    application: FastAPI
    browser: httpx2.AsyncClient
    ids: dict[str, int]
    values: tuple[str, ...]
    asked: Asked = field(default_factory=Asked)
    usual: dict[str, Form] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    tried: int = 0
    taken: set[str] = field(default_factory=set)  # routes that agreed to something

    def at(self, path: str) -> str:
        # A pair that meets: most of what is done to pairs is done to such a one.
        return filled(path, self.ids | {"pair_id": self.ids["active"]})

    def base(self, name: str) -> Form:
        """What a browser would send; where the page of this school offers nothing to tick, what it would offer."""
        waiting, active = str(self.ids["waiting"]), str(self.ids["active"])
        more: dict[str, Form] = {
            "bulk": {"verb": ["cards"], "ids": [waiting], "pairs": []},
            "bulk-do": {"verb": ["cards"], "ids": [waiting]},
            "card-sheets-make": {"ids": [waiting], "size": ["6"]},
            "pairs-many": {"ids": [active], "pairs": [active]},
            "pairs-many-do": {"ids": [active]},
        }
        return {"sure": ["yes"]} | self.usual.get(name, {}) | more.get(name, {})

    async def pages(self, role: StaffRole) -> None:
        """Reads every page for its forms."""
        posts = [
            (name, re.compile(re.sub(r"{\w+}", "[^/]+", path) + "$"))
            for name, how, path in routes()
            if how == "POST"
        ]
        for name, method, path in routes():
            if method != "GET" or name not in RULES or not may(role, name) or name in NOT_HERE:
                continue
            answer = await self.browser.get(self.at(path))
            if answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"):
                for where, fields in forms_of(answer.text, self.at(path)):
                    for known, shape in posts:
                        if shape.match(where):
                            kept = self.usual.setdefault(known, {})
                            for one, value in fields.items():
                                kept.setdefault(one, value)

    async def form(self, name: str, path: str) -> None:
        usual = self.base(name)
        before = await self._touched()
        await self._send(name, path, usual, before, "as it is")
        fields = {one.partition(" ")[2] for one in self.asked[name] if one.startswith("form ")} | set(usual)
        for one in sorted(fields - {"sure", "password"}):
            if name == "report-setup-save" and one.startswith("total-"):
                continue  # how many there are, not which
            for sent in self._with_stranger(usual, one):
                await self._send(name, path, sent, before, one)

    def _with_stranger(self, usual: Form, one: str) -> list[Form]:
        rest = {name: values for name, values in usual.items() if name != one}
        found = [rest | {one: [value]} for value in self.values]
        own = usual.get(one, [])
        if any(value.isdecimal() for value in own):
            found += [rest | {one: [*own, str(STRANGER)]}, rest | {one: [f"{own[-1]},{STRANGER}"]}]
        typed = [re.sub(r"\d+", str(STRANGER), value) for value in own]
        if any(value not in self.values and str(STRANGER) in value for value in typed):
            found.append(rest | {one: typed})
        if re.search(r"\d", one):
            found.append(rest | {re.sub(r"\d+", str(STRANGER), one): usual.get(one, ["1"])})
        return found

    async def _send(self, name: str, path: str, sent: Form, before: set[str], what: str) -> None:
        self.tried += 1
        self.application.state.patience, self.application.state.takings = Patience(), Takings()
        self.asked.route = name
        async with _taken_back(self.rows):  # type: ignore[attr-defined]
            answer = await self.browser.post(self.at(path), data=sent)
            self.asked.route = ""
            shown = answer.text
            if answer.status_code == 303:
                self.taken.add(name)
                shown += (await self.browser.get(answer.headers["location"])).text
            if answer.status_code in (200, 303) and (odd := await self._touched() ^ before):
                self.faults.append(f"{name} ({what}) {answer.status_code} changes {sorted(odd)[:2]}")
        if NAME in shown:
            self.faults.append(f"{name} ({what}) {answer.status_code} shows a stranger")

    async def _touched(self) -> set[str]:
        """Every row that holds the stranger's number; as a word somebody has typed it is none."""
        found = set()
        async with self.rows.reading() as session:
            for table, statement in LOOKS:
                kept = [tuple(row) for row in await session.execute(statement)]
                found |= {f"{table} {row!r}" for row in kept if any(map(_holds, row))}
        return found


def _looks() -> Iterator[tuple[str, Any]]:
    for table in Base.metadata.sorted_tables:
        ways = [one == STRANGER for one in table.columns if isinstance(one.type, Integer)]
        ways += [cast(one, Text).like(f"%{STRANGER}%") for one in table.columns if isinstance(one.type, JSON)]
        if ways:
            yield table.name, select(table).where(or_(*ways))


LOOKS = tuple(_looks())


def _holds(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_holds, value.values())) or str(STRANGER) in value
    return any(map(_holds, value)) if isinstance(value, list) else value == STRANGER


def forms_of(page: str, here: str) -> list[tuple[str, Form]]:
    """Where every form that posts goes, and what a browser would send with it."""
    found = []
    for form in html.fromstring(page).iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        fields: Form = defaultdict(list)
        where = {urlsplit(form.get("action") or here).path}
        apart = html.fromstring(page).xpath(f'//*[@form="{form.get("id")}"]') if form.get("id") else []
        for one in (*form.iter("input", "select", "textarea", "button"), *apart):
            if one.get("formaction"):
                where.add(urlsplit(one.get("formaction")).path)
            name, kind = one.get("name"), one.get("type", "text")
            if not name or kind == "file":
                continue
            if one.tag == "select":
                values = [
                    value
                    for option in one.iter("option")
                    if (value := option.get("value", option.text or ""))
                ][-1:]
            elif one.tag == "textarea":
                values = [one.text or "Несколько слов для поля"]
            else:
                values = [one.get("value") or OFTEN.get(kind, "Слово")]
            if kind == "radio":
                fields[name] = values
            else:
                fields[name] += values
        found += [(one, dict(fields)) for one in where]
    return found


async def moved(rows: Forked, chosen: dict[Any, int]) -> None:
    """Gives these rows, one of each table, the stranger's number, wherever it stands."""
    async with rows.transaction() as session:
        await session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for table, number in chosen.items():
            await session.execute(update(table).where(table.c.id == number).values(id=STRANGER))
            for other in Base.metadata.sorted_tables:
                for column in other.columns:
                    if any(key.column is table.c.id for key in column.foreign_keys):
                        await session.execute(
                            update(other).where(column == number).values({column.name: STRANGER})
                        )


async def walked(walk: Walk, role: StaffRole) -> None:
    with listening(walk.asked):
        await walk.pages(role)
        for name, method, path in routes():
            first = next((one for one in BY if name in RULES and may(one, name)), None)
            mine = may(role, name) if role is StaffRole.CLASS_TEACHER else first is role
            if method == "POST" and name in RULES and mine and name not in NOT_HERE:
                await walk.form(name, path)


@pytest.mark.long
@pytest.mark.sqlite
async def test_no_form_reaches_anything_of_another_school(
    application: FastAPI, browsers: Browsers, database: Database, other_school: School
) -> None:
    own = await things(database, browsers.school, browsers.now)
    theirs = await things(database, other_school, browsers.now)
    for role in BY:
        await account(database, browsers.school, role, browsers.now)
    faults, tried, taken = [], 0, set()
    async with forked(database) as rows:
        async with rows.transaction() as session:
            await session.execute(
                update(Person).where(Person.school_id == other_school.id).values(last_name=NAME)
            )
        chosen: dict[Any, int] = {}
        for name, table in TABLES.items():
            chosen.setdefault(table.__table__, theirs[name])
        chosen |= {Person.__table__: theirs["mentee"]}
        async with rows.reading() as session:
            for table in Base.metadata.sorted_tables:
                if {"id", "school_id"} <= set(table.columns.keys()) and table not in chosen:
                    of_theirs = select(table.c.id).where(table.c.school_id == other_school.id).limit(1)
                    if (
                        number := await session.scalar(of_theirs)
                    ) is not None and table.name != "journal_entry":
                        chosen[table] = number
        await moved(rows, chosen)
        application.state.house = _on(application, rows)
        opens = Browsers(application, rows, browsers.school, browsers.now)
        for role in BY:
            walk = Walk(rows, application, await opens.of(role), own, (str(STRANGER),))
            await walked(walk, role)
            faults += walk.faults
            tried += walk.tried
            taken |= walk.taken
        for browser in opens.opened:
            await browser.aclose()
    assert faults == [], "\n".join(faults)
    assert tried > 1200
    assert len(taken) > 100, "most forms are refused for what else is in them: the walk tries nothing"


@pytest.mark.long
@pytest.mark.sqlite
async def test_no_form_of_a_class_teacher_reaches_anybody_of_another_class(
    application: FastAPI, browsers: Browsers, database: Database
) -> None:
    own = await things(database, browsers.school, browsers.now)
    await account(database, browsers.school, StaffRole.CLASS_TEACHER, browsers.now)
    async with forked(database) as rows:
        async with rows.transaction() as session:
            place = await session.get_one(Participation, own["free_mentee_place"])
            stranger = await session.get_one(Person, place.person_id)
            stranger.last_name = NAME
            chosen = {Person.__table__: stranger.id, Participation.__table__: place.id}
        await moved(rows, chosen)
        application.state.house = _on(application, rows)
        opens = Browsers(application, rows, browsers.school, browsers.now)
        role = StaffRole.CLASS_TEACHER
        walk = Walk(rows, application, await opens.of(role), own, (str(STRANGER), "6В"))
        await walked(walk, role)
        for browser in opens.opened:
            await browser.aclose()
    assert walk.faults == [], "\n".join(walk.faults)
    assert walk.tried > 100
    assert {"bulk-do", "card-sheets-make", "class-revoke"} <= walk.taken


def _on(application: FastAPI, rows: Database) -> Any:
    return replace(application.state.house, database=rows)
