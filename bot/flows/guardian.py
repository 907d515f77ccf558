"""A parent answers in a chat: each purpose apart, both answers alike, every message names the child.

Source: domain.md 8.1, 8.2; ux.md B36, B38. The same questions stand on the page `/consent/<token>`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from actions import consent_texts, guardians
from actions.guardians import Adult, Relation
from bot.answers import Unclear, full_name, some_text, split_name
from bot.talk import Talk, options
from program.consents import REQUIRED, ConsentKind
from program.guardians import RefusalReason
from program.outgoing import Choice
from program.text import Text, raw

OLDEST = 110  # years; who writes an earlier year has mistyped it
CONTACT = Choice(Text("menu-curator"), "f:curator")
BOTH = (("agree", Text("guardian-agree")), ("refuse", Text("guardian-refuse")))
FULL = (*BOTH, ("full", Text("guardian-full")))


async def guardian(talk: Talk) -> None:
    """Entered from: the link that a child passes on to a parent."""
    token = str(talk.subject.get("token") or talk.arg)
    facts = await talk.once("facts", lambda work: guardians.facts(work, talk.person_id, token))
    if not await _is_me(talk, facts):
        talk.say(Text("guardian-other-way"), CONTACT)
        return
    texts = await talk.read(lambda work: consent_texts.in_words(work, facts["texts"]))
    older = facts.get("born", False)  # a conversation begun before the year was asked for knows nothing of it
    count = len(texts) + 3 - facts["named"] - older
    talk.expect(count)
    decisions, steps = {}, {}
    for value, text in texts.items():
        kind = ConsentKind(value)
        decisions[kind], steps[kind] = await _decide(talk, facts, kind, text)
        count += steps[kind].endswith("-full")
        talk.expect(count)
    talk.expect(count + (not _takes_part(decisions)))
    reason = await why_not(talk, decisions)
    relation = await talk.choose("relation", Text("guardian-relation"), _relations())
    born = 0 if older else await talk.ask("born", Text("guardian-born"), birth_year(talk.today), private=True)
    name = "" if facts["named"] else await talk.ask("name", Text("guardian-name"), full_name, private=True)
    rows = [(steps[kind], Text(f"guardian-kind-{kind}"), _said(agreed)) for kind, agreed in decisions.items()]
    if reason:
        rows.append(("reason", Text("guardian-row-reason"), in_words(reason)))
    rows.append(("relation", Text("guardian-row-relation"), Text(f"guardian-relation-{relation}")))
    if born:
        rows.append(("born", Text("guardian-row-born"), raw(str(born))))
    last, first, middle = split_name(name) if name else ("", "", "")
    if name:
        # Without the surname: the summary is shown in whatever messenger the parent came from.
        rows.append(("name", Text("guardian-row-name"), raw(f"{first} {middle}".strip())))
    await talk.check("sure", Text("guardian-check", {"child": facts["child"]}), rows)
    await talk.finish(
        lambda work: guardians.answer(
            work,
            talk.person_id,
            token,
            Adult(last, first, middle, Relation(relation), born=born),
            decisions,
            channel=talk.channel,
            shown=consent_texts.ids_of(facts["texts"]),
            reason=reason,
        )
    )
    talk.say(Text("guardian-done" if _takes_part(decisions) else "guardian-done-refused"))


async def why_not(talk: Talk, decisions: Mapping[ConsentKind, bool]) -> str:
    """Why taking part was refused, where somebody likes to say so: one of the list, own words, or ""."""
    if _takes_part(decisions):
        return ""
    offered = options((one.value, Text(f"guardian-reason-{one.value}")) for one in RefusalReason)
    words = some_text(300)

    def read(said: str) -> str:
        number = int(said) if said.strip().isdecimal() and len(said) < 3 else 0
        return offered[number - 1].value if 1 <= number <= len(offered) else words(said)

    said = await talk.ask("reason", Text("guardian-reason"), read, options=offered, skip=True, private=True)
    return said or ""


def _takes_part(decisions: Mapping[ConsentKind, bool]) -> bool:
    return all(decisions[kind] for kind in REQUIRED if kind in decisions)


def in_words(reason: str) -> Text:
    return Text(f"guardian-reason-{reason}") if reason in tuple(RefusalReason) else raw(reason)


def birth_year(today: date) -> Callable[[str], int]:
    """The year out of «1985» or «05.03.1985»."""

    def read(said: str) -> int:
        found = re.search(r"(?<!\d)\d{4}(?!\d)", said)
        if found is None or not today.year - OLDEST <= int(found[0]) <= today.year:
            raise Unclear("guardian-born-unclear")
        return int(found[0])

    return read


async def _is_me(talk: Talk, facts: Mapping[str, Any]) -> bool:
    hello = {"school": facts["school"], "child": facts["child"], "class": facts["class"] or "none"}
    talk.say(Text("guardian-hello", hello))
    who = options((("me", Text("guardian-begin-me")), ("other", Text("guardian-begin-other"))))
    return await talk.choose("who", Text("guardian-begin"), who) == "me"


async def _decide(
    talk: Talk, facts: Mapping[str, Any], kind: ConsentKind, text: Mapping[str, Any]
) -> tuple[bool, str]:
    """The answer, and the step that holds it."""
    step = f"consent-{kind}"
    need = Text("guardian-needed" if kind in REQUIRED else f"guardian-optional-{kind}")
    head = Text(
        "guardian-consent",
        {"child": facts["child"], "title": text["title"], "summary": text["summary"], "need": need},
    )
    said = await talk.choose(step, head, options(FULL))
    if said == "full":
        step = f"{step}-full"
        said = await talk.choose(step, raw(f"{text['title']}\n\n{text['full']}"), options(BOTH))
    return said == "agree", step


def _relations() -> tuple[Any, ...]:
    return options((item.value, Text(f"guardian-relation-{item.value}")) for item in Relation)


def _said(agreed: bool) -> Text:
    return Text("guardian-row-yes" if agreed else "guardian-row-no")
