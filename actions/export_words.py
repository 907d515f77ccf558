"""The archive's tables as a person at a school reads them: names instead of numbers, words instead of codes.

What only programs need stands in the other folder, row by row; nothing of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String, Table

from actions import directories
from actions.work import Work
from actions.workbook import Value
from locales import Texts, has
from program.directories import Directory
from program.roles import PersonState
from program.text import Text
from storage import accounts, lists, questionnaires

say = Texts()

# Not in the tables for people. "": whatever the table.
OUT: Mapping[str, frozenset[str]] = {
    "": frozenset({
        "school_id", "uid", "sequence", "series", "hash", "previous", "sha256", "text_sha256", "content_type",
        "account", "batch", "changed_in", "key", "copies_after", "check_code",
    }),
    "address": frozenset({"address"}),
    "outbox": frozenset({"priority", "attempts", "first_tried_at", "error"}),
    "school": frozenset({"slug", "is_default"}),
    "roadmap_stage": frozenset({"slug"}),
    "roadmap_event": frozenset({"slug"}),
    "school_idea": frozenset({"slug"}),
    "directory_entry": frozenset({"slug"}),
}  # fmt: skip
# Lists that are worded item by item; every other column of lists and facts is for programs.
LISTS = frozenset({
    ("answer", "choices"), ("meeting_note", "methods"), ("partner", "forms"), ("school_idea", "forms"),
    ("plan_acknowledgement", "present"), ("candidacy", "waived"),
})  # fmt: skip
ACTORS = frozenset({"actor", "by", "author"})
# How the text of a code begins, by table and column; "" as the table: wherever the column stands.
WORDED: Mapping[tuple[str, str], str] = {
    ("", "category"): "admin-category-",
    ("", "channel"): "admin-channel-",
    ("", "consenter"): "admin-consenter-",
    ("", "format"): "meeting-format-",
    ("", "reason"): "pairs-because-",
    ("", "side"): "export-part-",
    ("achievement", "kind"): "plan-kind-",
    ("achievement", "level"): "plan-level-",
    ("achievement", "outcome"): "plan-outcome-",
    ("address", "unreachable_reason"): "export-unreachable-",
    ("consent", "event"): "admin-consent-event-",
    ("consent", "kind"): "admin-consent-kind-",
    ("consent", "method"): "admin-consent-method-",
    ("consent_text", "kind"): "admin-consent-kind-",
    ("deletion_act", "basis"): "ledger-basis-",
    ("directory_entry", "directory"): "directory-name-",
    ("encounter", "kind"): "encounters-staff-kind-",
    ("encounter", "state"): "encounters-staff-state-",
    ("encounter", "topic"): "encounters-topic-",
    ("encounter_seat", "state"): "export-seat-",
    ("erased_count", "code"): "export-counted-",
    ("gathering", "kind"): "meeting-kind-",
    ("gathering", "state"): "gathering-state-",
    ("goal_mark", "stage"): "plans-doc-stage-",
    ("group_change", "outcome"): "export-change-",
    ("guardianship", "relation"): "admin-relation-",
    ("help_request", "about"): "care-about-",
    ("help_request", "apart"): "export-apart-",
    ("help_request", "kind"): "help-kind-",
    ("help_request", "state"): "export-request-",
    ("impression", "word"): "encounters-word-",
    ("interview", "decision"): "selection-decision-",
    ("interview", "setting"): "selection-setting-",
    ("invitation", "purpose"): "export-invited-",
    ("issued_paper", "code"): "templates-name-",
    ("journal_entry", "action"): "admin-act-",
    ("mailing", "state"): "export-mailing-",
    ("meeting", "kind"): "meeting-kind-",
    ("meeting", "status"): "admin-meeting-",
    ("meeting_note", "methods"): "meeting-method-",
    ("meeting_note", "topic"): "meeting-topic-",
    ("mentor_hours", "what"): "export-hours-",
    ("news_idea", "kind"): "export-news-idea-",
    ("news_idea", "state"): "export-idea-",
    ("news_item", "status"): "export-news-",
    ("news_item", "stop_reason"): "export-stopped-",
    ("news_item", "wall"): "admin-wall-",
    ("news_item", "wall_todo"): "export-todo-",
    ("news_story", "state"): "export-story-",
    ("outbox", "dropped"): "export-dropped-",
    ("outbox", "kind"): "export-message-",
    ("own_template", "code"): "templates-name-",
    ("pair", "end_by"): "export-part-",
    ("pair", "end_reason"): "pairs-because-",
    ("pair", "paused_for"): "pairs-because-",
    ("pair", "status"): "admin-pair-",
    ("pair_answer", "answer"): "export-answer-",
    ("pair_goal", "state"): "export-goal-",
    ("pair_member", "left_for"): "pairs-because-",
    ("pair_project", "stage"): "export-project-",
    ("pair_request", "kind"): "pairs-wish-",
    ("pair_request", "state"): "export-request-",
    ("pair_worry", "light"): "early-light-",
    ("pair_worry", "sign"): "export-sign-",
    ("pair_worry", "state"): "export-request-",
    ("participation", "status"): "admin-place-",
    ("participation", "status_before"): "admin-place-",
    ("participation", "support"): "export-support-",
    ("partner", "contact_ground"): "partner-ground-",
    ("partner", "state"): "partner-state-",
    ("partner_deed", "kind"): "export-deed-",
    ("person", "erase_basis"): "ledger-basis-",
    ("person", "gender"): "privacy-gender-",
    ("person", "language"): "export-language-",
    ("person", "state"): "admin-state-",
    ("plan", "state"): "plans-state-",
    ("plan_acknowledgement", "present"): "export-present-",
    ("plan_acknowledgement", "way"): "plans-doc-way-",
    ("plan_amendment", "initiator"): "export-part-",
    ("plan_amendment", "kind"): "export-amended-",
    ("plan_amendment", "state"): "export-amendment-",
    ("plan_fact", "grade"): "plans-doc-grade-",
    ("plan_item", "direction"): "plans-doc-direction-",
    ("plan_item", "focus"): "export-focus-",
    ("plan_item", "form"): "plans-doc-event-",
    ("plan_item", "responsible"): "export-part-",
    ("plan_word", "advice"): "plan-advice-",
    ("plan_word", "kind"): "export-said-",
    ("pool_question", "kind"): "export-pool-",
    ("pool_question", "state"): "export-pool-is-",
    ("pool_question", "topic"): "encounters-topic-",
    ("response", "method"): "quiz-method-",
    ("roadmap_event", "function"): "roadmap-function-",
    ("roadmap_event", "status"): "roadmap-state-",
    ("takedown", "place"): "admin-takedown-place-",
    ("takedown", "reason"): "privacy-state-",
    ("user_account", "role"): "admin-role-",
    ("year_turn", "step"): "year-step-",
    ("year_word", "answer"): "year-answer-",
    ("year_word", "question"): "export-year-",
}
# Words that the school itself edits.
LISTED: Mapping[tuple[str, str], tuple[Directory, ...]] = {
    ("candidacy", "waived"): (Directory.REQUIREMENT, Directory.TRAINING),
    ("pair", "role_model"): (Directory.ROLE_MODEL,),
    ("pair_goal", "personalisation"): (Directory.PERSONALISATION,),
    ("participation", "role_model"): (Directory.ROLE_MODEL,),
    ("participation", "source"): (Directory.SOURCE,),
    ("partner", "kind"): (Directory.PARTNER_KIND,),
    ("partner_deed", "resource"): (Directory.RESOURCE,),
    ("school_paper", "kind"): (Directory.PAPER_KIND,),
    ("selection_mark", "item"): (Directory.REQUIREMENT, Directory.TRAINING),
}
# Codes of questionnaires and of their questions.
ASKED = frozenset({("response", "code"), ("asking", "code"), ("instrument", "code"), ("answer", "question")})
# «pair:17»: what else a row is about.
SUBJECTS = frozenset({("journal_entry", "subject"), ("response", "about"), ("issued_paper", "about")})
_HINT = re.compile(r" \(номер[^)]*\)$")


def shown(table: Table, columns: Sequence[str]) -> list[str]:
    """Those of the columns that stand in the tables for people."""
    out = OUT[""] | OUT.get(table.name, frozenset())
    return [
        name
        for name in columns
        if name not in out and (not isinstance(table.c[name].type, JSON) or (table.name, name) in LISTS)
    ]


def head(table: Table, column: str) -> str:
    """The column's title in plain words; of a number that becomes a name without the hint."""
    for text in (f"export-col-{table.name}-{column}", f"export-col-{column}"):
        if has(text):
            words = say(Text(text))
            return _HINT.sub("", words) if _points(table, column) in ("person", "user_account") else words
    return column


def _points(table: Table, column: str) -> str:
    """To which table; "" where it is no key of another row."""
    return next((key.column.table.name for key in table.c[column].foreign_keys), "")


def is_actor(table: Table, column: str) -> bool:
    named = column in ACTORS or column.endswith("_by")
    return named and isinstance(table.c[column].type, String) and (table.name, column) not in WORDED


def worded(table: str, column: str, code: str) -> str:
    """What a code means; "" where there are no words for it."""
    begin = WORDED.get((table, column)) or WORDED.get(("", column))
    if begin is None:
        return ""
    plain = code.replace(".", "-")
    own = f"export-{column.replace('_', '-')}-{plain}"
    return _first((begin + plain, begin + plain.replace("_", "-"), own, code), "")


@dataclass
class Reader:
    """Words for the rows of one file. Looked up once: names, lists of the school, questions."""

    work: Work
    table: Table
    people: dict[int, str] = field(default_factory=dict)
    users: dict[int, str] = field(default_factory=dict)
    listed: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: dict[str, str] = field(
        default_factory=dict
    )  # code of a questionnaire, a question, "question:option"

    def cell(self, column: str, value: Any, row: Mapping[str, Any]) -> Value:
        """As a person reads it; never a formula: `actions.workbook` sees to that."""
        if value is None:
            return None
        points = _points(self.table, column)
        if points == "person":
            return self.people.get(value, say(Text("export-nobody", {"n": value})))
        if points == "user_account":
            return self.users.get(value, say(Text("export-colleague", {"n": value})))
        if isinstance(value, bool):
            return say(Text("export-yes" if value else "export-no"))
        if isinstance(value, datetime):
            return value.astimezone(self.work.zone).replace(tzinfo=None, microsecond=0)
        if isinstance(value, date):
            return value
        if isinstance(value, list):
            return "; ".join(self._word(column, str(one), row) for one in value)
        if isinstance(value, int | float) and (self.table.name, column) not in WORDED:
            return value
        return self._word(column, str(value), row) if value != "" else ""

    def _word(self, column: str, value: str, row: Mapping[str, Any]) -> str:
        place = (self.table.name, column)
        if is_actor(self.table, column):
            return self.actor(value)
        if place in SUBJECTS:
            return self.subject(value)
        if place == ("journal_entry", "origin"):
            kind, _, more = value.partition(":")
            return _first((f"journal-chat-{more}", f"export-door-{kind}"), value)
        if column in ("form", "forms") and value in self.work.settings.known_forms:
            return say(self.work.settings.form_name(value))
        if place in ASKED:
            return self.asked.get(value, value)
        if place == ("answer", "choices"):
            return self.asked.get(f"{row.get('question')}:{value}", value)
        if place in LISTED:
            return self.listed[column].get(value.rpartition(":")[2], value)
        return worded(*place, value) or value

    def actor(self, mark: str) -> str:
        """Who did it: an account, a participant, or the programme itself."""
        kind, _, key = mark.partition(":")
        number = int(key) if key.isdecimal() else 0
        if kind == "user":
            return self.users.get(number, say(Text("export-colleague", {"n": number})))
        if kind == "person":
            return self.people.get(number, say(Text("export-nobody", {"n": number})))
        return say(Text("admin-actor-cli" if kind == "cli" else "admin-actor-system"))

    def subject(self, mark: str) -> str:
        kind, _, key = mark.partition(":")
        if kind in ("person", "user"):
            return self.actor(mark)
        text = next((t for t in (f"journal-subject-{kind}", f"export-subject-{kind}") if has(t)), "")
        return say(Text(text, {"n": key})) if text else mark


async def reader(work: Work, table: Table, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Reader:
    """Everything that these rows need."""
    made = Reader(work, table)
    people: set[int] = set()
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            people.update(_people(table, column, value))
    made.people = {
        key: _named(one.full_name or one.first_name, key, gone=one.state == PersonState.ERASED)
        for key, one in (await lists.names(work.session, work.school.id, people)).items()
    }
    made.users = {
        one.id: one.name or one.login for one in await accounts.of_school(work.session, work.school.id)
    }
    for column in columns:
        words = made.listed.setdefault(column, {})
        for directory in LISTED.get((table.name, column), ()):
            found = await directories.entries(work, directory, everything=True)
            words |= {one.slug.rpartition(":")[2]: one.label.ru for one in found}
    if any((table.name, column) in ASKED for column in columns):
        made.asked = await _questions(work)
    return made


def _people(table: Table, column: str, value: Any) -> Collection[int]:
    if isinstance(value, int) and _points(table, column) == "person":
        return (value,)
    named = is_actor(table, column) or (table.name, column) in SUBJECTS
    if named and isinstance(value, str) and value.startswith("person:") and value[7:].isdecimal():
        return (int(value[7:]),)
    return ()


def _named(name: str, key: int, *, gone: bool) -> str:
    """The name with the number by which the row stands in «Люди»: names repeat."""
    return say(Text("export-erased", {"n": key})) if gone else f"{name} (№ {key})"


async def _questions(work: Work) -> dict[str, str]:
    """Titles of questionnaires, words of questions and of what can be answered, by their codes; the newest stand."""
    found: dict[str, str] = {}
    for one in (await questionnaires.newest_of_all(work.session, work.school.id)).values():
        found[one.code] = one.title
        for question in one.body.get("questions", ()):
            found[question["id"]] = _ru(question.get("text"))
            for option in question.get("options", ()):
                found[f"{question['id']}:{option.get('code', '')}"] = _ru(option.get("label"))
    return {code: words or code.rpartition(":")[2] for code, words in found.items()}


def _ru(words: Any) -> str:
    return str(words.get("ru", "")) if isinstance(words, dict) else str(words or "")


def _first(texts: Iterable[str], otherwise: str) -> str:
    for text in texts:
        if has(text):
            return say(Text(text))
    return otherwise
