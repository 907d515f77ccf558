"""«Журнал»: who changed what and when. Read only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import early_warning
from actions.work import Work
from admin.show import page
from admin.visit import Reading, Signed
from locales import has
from program.journal_reading import SOMEONE, Reach
from program.text import Text, raw
from storage import accounts, lists, records
from storage.tables import JournalEntry

router = APIRouter(prefix="/journal")

GROUPS = ("person", "consent", "guardian", "mentor", "match", "pair", "meeting", "news", "help", "report", "roster", "settings", "user")  # fmt: skip


@router.get("", name="journal")
async def journal(request: Request, staff: Signed, work: Reading) -> Response:
    asked = request.query_params
    group = asked.get("group", "")
    reach = early_warning.reach(staff.role)
    groups = [one for one in GROUPS if reach.reads_group(one)]
    group = group if group in groups else ""
    number = asked.get("page", "1")
    number_asked = max(int(number), 1) if number.isdecimal() and len(number) < 6 else 1
    lines, count = await records.journal(work.session, work.school.id, reach, action=group, page=number_asked)
    return page(
        request,
        "journal/journal.html",
        work,
        section="journal",
        lines=lines,
        actors=await actors(work, lines, reach),
        values=reach.values,
        whole=reach.whole,
        subjects=await _subjects(work, lines),
        words_of={line.action: action_text(line.action) for line in lines},
        group=group,
        groups=groups,
        number=number_asked,
        pages=-(-count // lists.PAGE),
    )


def action_text(action: str) -> str:
    """The text id of an action; one that has no words yet is named by its group."""
    text = "admin-act-" + action.replace(".", "-")
    return text if has(text) else "admin-act-other"


async def actors(work: Work, lines: Sequence[JournalEntry], reach: Reach) -> dict[int, Text]:
    """By the line's number, who acted, in words: an account, a participant, or the programme itself."""
    marks = {line.number: reach.actor(line.action, line.actor) for line in lines}
    names = await names_of(work, list(marks.values()))
    return {number: names[mark] for number, mark in marks.items()}


async def names_of(work: Work, marks: Sequence[str]) -> dict[str, Text]:
    """The words for marks of actors: user:<id>, person:<id>, system, cli, `SOMEONE`."""
    users = {user.id: user for user in await accounts.of_school(work.session, work.school.id)}
    people = await lists.names(work.session, work.school.id, _ids(marks))
    found = {}
    for actor in set(marks):
        kind, _, key = actor.partition(":")
        number = int(key) if key.isdecimal() else 0
        if kind == "user" and number in users:
            found[actor] = raw(users[number].name or users[number].login)
        elif kind == "person" and number in people and people[number].full_name:
            found[actor] = raw(people[number].full_name)
        elif kind == "person":
            found[actor] = Text("admin-actor-person", {"n": number})
        elif actor == SOMEONE:
            found[actor] = Text("admin-actor-someone")
        else:
            found[actor] = Text("admin-actor-cli" if kind == "cli" else "admin-actor-system")
    return found


async def _subjects(work: Work, lines: Sequence[JournalEntry]) -> dict[str, str]:
    """Names of the people whom the lines are about, by subject."""
    people = await lists.names(work.session, work.school.id, _ids(line.subject for line in lines))
    return {f"person:{key}": person.full_name for key, person in people.items() if person.full_name}


def _ids(marks: Iterable[str]) -> list[int]:
    return [int(mark[7:]) for mark in marks if mark.startswith("person:") and mark[7:].isdecimal()]
