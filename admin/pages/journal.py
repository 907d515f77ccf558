"""«Журнал»: who changed what and when, who looked at what. Read only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import QueryParams

from actions import early_warning
from actions import journal as lines_of
from actions.journal_seal import sealed
from actions.work import Work
from admin import journal_words
from admin.show import page
from admin.visit import Reading, Signed, house
from locales import has
from program.ids import id_in
from program.journal_reading import LOOKS, SOMEONE, Reach
from program.roles import PersonState
from program.text import Text, raw
from storage import accounts, journal_lines, lists
from storage.journal_lines import Wanted
from storage.tables import JournalEntry, Person

router = APIRouter(prefix="/journal")

GROUPS = (
    "person", "people", "consent", "guardian", "guardians", "mentor", "match", "matching", "pair", "plan", "meeting",
    "gathering", "encounter", "questionnaire", "comparison", "news", "relay", "help", "care", "worry", "achievement",
    "report", "table", "roster", "invitation", "partner", "paper", "roadmap", "bulk", "settings", "copy", "user",
)  # fmt: skip
LOOKED = {"only": True, "without": False}


@router.get("", name="journal")
async def journal(request: Request, staff: Signed, work: Reading) -> Response:
    """`?person=` and `?pair=` show one person's or pair's lines; cards link here."""
    reach, t = early_warning.reach(staff.role), house(request).texts
    groups = [one for one in GROUPS if reach.reads_group(one)]
    asked = request.query_params
    wanted = _wanted(work, asked, groups)
    number = min(id_in(asked.get("page", "1")) or 1, 99_999)
    lines, count = await journal_lines.some(work.session, work.school.id, reach, wanted, number)
    users = await accounts.of_school(work.session, work.school.id)
    people = await lists.names(work.session, work.school.id, [wanted.person])
    end = await lines_of.last(work.session, work.school.id)
    return page(
        request,
        "journal/journal.html",
        work,
        section="journal",
        lines=lines,
        actors=await actors(work, lines, reach),
        values=reach.values,
        whole=reach.whole,
        words=await journal_words.words(work, t, lines, reach),
        door=lambda origin: journal_words.door(t, origin),
        words_of={line.action: action_text(line.action) for line in lines},
        looks=LOOKS,
        wanted=wanted,
        asked=asked,
        about=people[wanted.person].full_name if wanted.person in people else "",
        groups=groups,
        users=users,
        count=count,
        number=number,
        pages=-(-count // lists.PAGE),
        query=urlencode([(name, value) for name, value in asked.multi_items() if name != "page" and value]),
        end=end,
        sealed=(await sealed(work.session, house(request).links.seals)).get(work.school.id, 0),
    )


def _wanted(work: Work, asked: QueryParams, groups: Sequence[str]) -> Wanted:
    """What the address asks for; what cannot be read narrows nothing."""
    group, actor = asked.get("group", ""), asked.get("who", "")
    kind, _, key = actor.partition(":")
    known = actor in ("system", "cli") or (kind in ("user", "person") and id_in(key) is not None)
    since, until = _day(asked.get("since", "")), _day(asked.get("until", ""))
    return Wanted(
        group=group if group in groups else "",
        actor=actor if known else "",
        person=id_in(asked.get("person", "")) or 0,
        pair=id_in(asked.get("pair", "")) or 0,
        since=datetime.combine(since, time(0), work.zone) if since else None,
        before=datetime.combine(until + timedelta(days=1), time(0), work.zone) if until else None,
        looks=LOOKED.get(asked.get("looks", "")),
    )


def _day(words: str) -> date | None:
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if 2000 < day.year < 2200 else None


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
    found: dict[str, Text] = {}
    for actor in set(marks):
        kind, _, key = actor.partition(":")
        number = int(key) if key.isdecimal() else 0
        if kind == "user" and number in users:
            found[actor] = raw(users[number].name or users[number].login)
        elif kind == "person":
            found[actor] = _person(people.get(number), number)
        elif actor == SOMEONE:
            found[actor] = Text("admin-actor-someone")
        else:
            found[actor] = Text("admin-actor-cli" if kind == "cli" else "admin-actor-system")
    return found


def _person(who: Person | None, number: int) -> Text:
    if who is not None and who.state == PersonState.ERASED:
        return Text("journal-erased", {"n": number})
    return (
        raw(who.full_name) if who is not None and who.full_name else Text("admin-actor-person", {"n": number})
    )


def _ids(marks: Iterable[str]) -> list[int]:
    return [int(mark[7:]) for mark in marks if mark.startswith("person:") and mark[7:].isdecimal()]
