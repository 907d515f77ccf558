"""«Журнал»: a line is who changed what, when and from where. A reader's part of it, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.work import Work
from admin import journal_words
from admin.filters import Days, Given, OneOf
from admin.journal_words import Change, Subject
from admin.listing import Source
from admin.tables import Asked, Column, Many, Table
from locales import Texts
from program.errors import Refusal
from program.ids import id_in
from program.journal_reading import Reach
from program.text import Text, raw
from storage import accounts, journal_lines, lists
from storage.journal_lines import Wanted
from storage.tables import JournalEntry

GROUPS = (
    "person", "people", "consent", "guardian", "guardians", "mentor", "match", "matching", "pair", "plan", "meeting",
    "gathering", "encounter", "questionnaire", "comparison", "news", "relay", "help", "care", "worry", "achievement",
    "report", "table", "roster", "invitation", "partner", "paper", "roadmap", "bulk", "settings", "copy", "user", "year", "export", "pack", "town",
)  # fmt: skip
LOOKED = {"only": True, "without": False}
MOST = 20_000  # lines of a file: more than that is asked for by days
DAYS = "at"


@dataclass(frozen=True)
class Row:
    """Args:
    door: from where; subject: what it was about; changes: what stood there before and after.
    """

    line: JournalEntry
    actor: Text
    door: str
    act: Text
    subject: Subject
    changes: Sequence[Change]


@dataclass(frozen=True)
class Actor(OneOf):
    """Who acted: an account, the programme itself, or a participant, whom only a link can name."""

    def read(self, query: Mapping[str, str]) -> Given:
        asked = query.get(self.key, "")
        kind, _, key = asked.partition(":")
        return {self.key: asked} if kind == "person" and id_in(key) else super().read(query)

    def said(self, given: Given) -> Text:
        asked = given[self.key]
        words = dict(self.options)
        return words.get(asked) or Text("admin-actor-person", {"n": asked.partition(":")[2]})


async def built(
    work: Work, t: Texts, reach: Reach, query: Mapping[str, str]
) -> tuple[Table[Row], Source[Row]]:
    """Args:
    query: of the address: `person` and `pair` name whose lines they are; cards link so.
    """
    person, pair = (id_in(query.get(name, "")) or 0 for name in ("person", "pair"))
    names = await lists.names(work.session, work.school.id, [person])
    about = names[person].full_name if person in names else ""
    said = []
    if person:
        said.append(
            Text(
                "journal-of-person",
                {"name": raw(about) if about else Text("admin-actor-person", {"n": person})},
            )
        )
    if pair:
        said.append(Text("journal-of-pair", {"n": pair}))
    users = await accounts.of_school(work.session, work.school.id)
    who = [
        *((f"user:{user.id}", raw(user.name or user.login)) for user in users),
        ("system", Text("journal-system")),
        ("cli", Text("journal-cli")),
    ]
    groups = [(one, Text(f"journal-group-{one}")) for one in GROUPS if reach.reads_group(one)]
    looks = [(one, Text(f"journal-looks-{one}")) for one in ("without", "only")]
    table: Table[Row] = Table(
        "journal",
        "admin-nav-journal",
        _columns(),
        [
            Actor("who", "journal-filter-who", options=who),
            OneOf("group", "journal-filter-group", options=groups),
            OneOf("looks", "journal-filter-looks", options=looks),
            Days(DAYS, "admin-when", zone=work.zone),
        ],
        usual="-when",
        kept={name: str(key) for name, key in (("person", person), ("pair", pair)) if key},
        kept_said=said,
    )
    return table, Lines(work, t, reach, person, pair, MOST)


def _columns() -> list[Column[Row]]:
    return [
        Column("number", "admin-journal-number", [JournalEntry.number], lambda row: row.line.number),
        Column("when", "admin-when", [JournalEntry.number], lambda row: row.line.at),
        Column("who", "admin-journal-who", cell=lambda row: row.actor),
        Column("origin", "journal-origin", cell=lambda row: row.door),
        Column("did", "admin-journal-did", cell=lambda row: row.act),
        Column("about", "journal-about", cell=lambda row: row.subject.words, hidden=True),
        Column("changed", "journal-changed", cell=lambda row: Many([_told(one) for one in row.changes])),
    ]


def _told(change: Change) -> Text:
    told = (
        Text("journal-from-to", {"before": change.before, "after": change.after or "–"})
        if change.before
        else raw(change.after)
    )
    return Text("journal-told", {"label": change.label, "told": told})


@dataclass(frozen=True)
class Lines:
    """The journal as a source of rows: what a reader may not read is neither shown nor counted."""

    work: Work
    t: Texts
    reach: Reach
    person: int = 0
    pair: int = 0
    longest: int = MOST

    async def some(self, asked: Asked, first: int, most: int | None) -> tuple[list[Row], int]:
        """Raises Refusal: more lines than a file can hold."""
        found, count = await journal_lines.some(
            self.work.session,
            self.work.school.id,
            self.reach,
            self.wanted(asked),
            first=first,
            most=self.longest + 1 if most is None else most,
            oldest=not asked.down,
        )
        if most is None and count > self.longest:
            raise Refusal("journal-file-large", count=count, most=self.longest)
        return await rows(self.work, self.t, self.reach, found), count

    def wanted(self, asked: Asked) -> Wanted:
        since, before = None, None
        for one in asked.used:
            if one.key == DAYS:
                since, before = asked.value(one)
        return Wanted(
            group=asked.given.get("group", ""),
            actor=asked.given.get("who", ""),
            person=self.person,
            pair=self.pair,
            since=since,
            before=before,
            looks=LOOKED.get(asked.given.get("looks", "")),
        )


async def rows(work: Work, t: Texts, reach: Reach, lines: Sequence[JournalEntry]) -> list[Row]:
    actors = await journal_words.actors(work, lines, reach)
    words = await journal_words.words(work, t, lines, reach)
    return [
        Row(
            line,
            actors[line.number],
            journal_words.door(t, line.origin),
            Text(journal_words.action_text(line.action)),
            words.subject(line),
            words.changes(line),
        )
        for line in lines
    ]
