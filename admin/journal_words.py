"""A line of the journal in words: what it was about, what stood there before and after, by which door it came.

The journal keeps codes and numbers; names are looked up when somebody reads, so whoever was erased has none. What has
no words here stands behind «Для проверки» only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from actions.work import Work
from admin.show import day, moment
from locales import Texts, has
from program.journal_reading import SOMEONE, Reach
from program.roles import PersonState
from program.text import Text, raw
from storage import accounts, lists
from storage.tables import JournalEntry, Person, User

# Numbers of rows and marks for machines; the test of the journal's words knows that nothing else is left out.
HIDDEN = frozenset({
    "achievement", "act", "answer", "change", "copy", "deed", "directory", "edition", "event", "goal", "idea", "interview",
    "invitation", "item", "mentee", "mentor", "message", "participation", "plan", "project", "proof", "question", "registry", "request",
    "round", "rules", "sequence", "series", "slug", "stage", "story", "version", "what", "work",
})  # fmt: skip
PEOPLE = frozenset({"about", "guardian", "listed", "person", "stands_in"})
# Texts of other pages that word the same codes; the first that exists is taken.
WORDED: Mapping[str, tuple[str, ...]] = {
    "status": ("admin-pair-", "admin-meeting-", "admin-place-"),
    "state": ("encounters-staff-state-", "admin-meeting-"),
    "kind": ("admin-consent-kind-", "meeting-kind-", "encounters-staff-kind-"),
    "method": ("admin-consent-method-",),
    "consenter": ("admin-consenter-",),
    "reason": ("pairs-because-",),
    "basis": ("ledger-basis-",),
    "role": ("admin-role-",),
    "roles": ("admin-role-",),
    "side": ("admin-side-",),
    "part": ("admin-reader-",),
    "by": ("admin-reader-", "admin-role-"),
    "topic": ("encounters-topic-",),
    "level": ("plan-level-",),
    "outcome": ("plan-outcome-",),
    "grade": ("plan-grade-",),
    "setting": ("channels-thing-",),
    "right": ("channels-right-is-",),
    "relation": ("admin-relation-",),
    "fields": ("admin-field-",),
    "field": ("admin-field-",),
}
LINKED = {
    "person": "person",
    "pair": "pair",
    "meeting": "meeting",
    "encounter": "encounter",
    "gathering": "gathering",
    "bulk": "bulk-result",
}
_KEY = {"bulk": "bulk_change_id", "person": "person_id", "pair": "pair_id", "meeting": "meeting_id", "encounter": "encounter_id", "gathering": "gathering_id"}  # fmt: skip


@dataclass(frozen=True)
class Subject:
    """What a line is about. `route` with `path`: where it is shown; "" nowhere."""

    words: str
    route: str = ""
    path: Mapping[str, int] | None = None


@dataclass(frozen=True)
class Change:
    """One thing of a line. `before` is "" where nothing stood there."""

    label: str
    before: str
    after: str


class Words:
    """The words for some lines, with the names of whoever they speak of."""

    def __init__(
        self, work: Work, t: Texts, reach: Reach, people: Mapping[int, Person], users: Mapping[int, User]
    ) -> None:
        self._work, self._t, self._reach, self._people, self._users = work, t, reach, people, users

    def subject(self, line: JournalEntry) -> Subject:
        kind, _, key = line.subject.partition(":")
        number = int(key) if key.isdecimal() else 0
        if kind == "person":
            return Subject(self.person(number), "person", {"person_id": number})
        if kind == "user" and number in self._users:
            return Subject(self._users[number].name or self._users[number].login)
        text = f"journal-subject-{kind}"
        if not has(text):
            return Subject("")
        path = {_KEY[kind]: number} if kind in LINKED and number else None
        return Subject(self._t(text, n=number), LINKED.get(kind, "") if path else "", path)

    def changes(self, line: JournalEntry) -> list[Change]:
        """What changed, or what was said of it; in the order of the line."""
        before, after = self._reach.values(line.before), self._reach.values(line.after)
        found = []
        for key in dict.fromkeys((*before, *after)):
            was, now = self.value(key, before.get(key)), self.value(key, after.get(key))
            label = f"journal-key-{key.replace('_', '-')}"
            if key not in HIDDEN and has(label) and (was or now) and was != now:
                found.append(Change(self._t(label), was, now))
        return found

    def value(self, key: str, value: Any) -> str:
        """A value in words; "" for what has none."""
        if value is None or value == "" or isinstance(value, dict):
            return ""
        if isinstance(value, bool):
            return self._t("journal-yes" if value else "journal-no")
        if isinstance(value, int):
            return self.person(value) if key in PEOPLE else str(value)
        if isinstance(value, float):
            return str(value).replace(".", ",")
        if isinstance(value, list):
            return ", ".join(part for part in (self.value(key, one) for one in value) if part)
        return self._word(key, str(value))

    def person(self, number: int) -> str:
        who = self._people.get(number)
        if who is not None and who.state == PersonState.ERASED:
            return self._t("journal-erased", n=number)
        return (who.full_name if who else "") or self._t("admin-actor-person", n=number)

    def _word(self, key: str, value: str) -> str:
        moved = self._moment(value)
        if moved:
            return moved
        settings = self._work.settings
        if key == "form" and value in settings.known_forms:
            return self._t(settings.form_name(value))
        code = value.replace("_", "-")
        texts = [prefix + one for prefix in WORDED.get(key, ()) for one in (value, code)]
        for text in (*texts, f"journal-value-{code}"):
            if has(text):
                return self._t(text)
        # Digits and Russian letters are said as they stand: «2026-2027», «8А»; a code of ours says nothing.
        plain = not any(letter.isascii() and letter.isalpha() for letter in value)
        return value if plain else ""

    def _moment(self, value: str) -> str:
        """A day or an hour by the school's clock; "" for what is neither."""
        if len(value) < 10 or value[4:5] != "-" or value[7:8] != "-":
            return ""
        try:
            if len(value) == 10:
                return day(date.fromisoformat(value), self._work.zone, self._work.today)
            return moment(datetime.fromisoformat(value), self._work.zone, self._work.today)
        except ValueError:
            return ""


async def words(work: Work, t: Texts, lines: Iterable[JournalEntry], reach: Reach) -> Words:
    """Looks up everybody these lines speak of: two queries."""
    ids: set[int] = set()
    for line in lines:
        kind, _, key = line.subject.partition(":")
        if kind == "person" and key.isdecimal():
            ids.add(int(key))
        for said in (line.before, line.after):
            ids |= {said[key] for key in PEOPLE & said.keys() if isinstance(said[key], int)}
    people = await lists.names(work.session, work.school.id, ids)
    users = {user.id: user for user in await accounts.of_school(work.session, work.school.id)}
    return Words(work, t, reach, people, users)


def door(t: Texts, origin: str) -> str:
    """From where it came: «кабинет, компьютер с Windows», «чат в VK», «страница участника»; "" where «Кто» says it."""
    kind, _, more = origin.partition(":")
    text = f"journal-door-{kind}"
    if kind in ("cli", "program") or not has(text):
        return ""
    system = f"staff-system-{more or 'other'}"
    if kind == "admin":
        return t(text, device=t(system if has(system) else "staff-system-other"))
    return t(f"journal-chat-{more}") if kind == "chat" and has(f"journal-chat-{more}") else t(text)


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
