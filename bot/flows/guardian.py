"""A parent answers in a chat: each purpose apart, both answers alike, every message names the child.

Source: domain.md 8.1, 8.2; ux.md B36, B38. The same questions stand on the page `/consent/<token>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import guardians
from actions.guardians import Adult, Relation
from bot.answers import full_name, split_name
from bot.talk import Talk, options
from program.consents import REQUIRED, ConsentKind
from program.outgoing import Choice
from program.text import Text, raw

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
    count = len(facts["texts"]) + (1 if facts["named"] else 2)
    talk.expect(count)
    decisions, steps = {}, {}
    for value, text in facts["texts"].items():
        kind = ConsentKind(value)
        decisions[kind], steps[kind] = await _decide(talk, facts, kind, text)
        count += steps[kind].endswith("-full")
        talk.expect(count)
    relation = await talk.choose("relation", Text("guardian-relation"), _relations())
    name = "" if facts["named"] else await talk.ask("name", Text("guardian-name"), full_name, private=True)
    rows = [(steps[kind], Text(f"guardian-kind-{kind}"), _said(agreed)) for kind, agreed in decisions.items()]
    rows.append(("relation", Text("guardian-row-relation"), Text(f"guardian-relation-{relation}")))
    last, first, middle = split_name(name) if name else ("", "", "")
    if name:
        # Without the surname: the summary is shown in whatever messenger the parent came from.
        rows.append(("name", Text("guardian-row-name"), raw(f"{first} {middle}".strip())))
    await talk.check("sure", Text("guardian-check", {"child": facts["child"]}), rows)
    shown = {ConsentKind(value): int(text["id"]) for value, text in facts["texts"].items()}
    await talk.finish(
        lambda work: guardians.answer(
            work,
            talk.person_id,
            token,
            Adult(last, first, middle, Relation(relation)),
            decisions,
            channel=talk.channel,
            shown=shown,
        )
    )
    agreed = all(decisions[kind] for kind in REQUIRED)
    talk.say(Text("guardian-done" if agreed else "guardian-done-refused"))


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
