"""A consent that runs out, or that the person has to give from a birthday on: the same questions once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions import consent_talk, consent_texts
from bot.answers import some_text
from bot.flows.guardian import why_not
from bot.talk import Talk, options
from program.consents import REQUIRED, ConsentKind
from program.outgoing import Choice
from program.text import Text, raw

CURATOR = Choice(Text("menu-curator"), "f:curator")
BOTH = (("agree", Text("consent-agree")), ("refuse", Text("consent-refuse")))
FULL = (*BOTH, ("full", Text("consent-full")))


async def renew(talk: Talk) -> None:
    """Entered from: the notice that a consent runs out, «Вернуть согласие»; `renew:<person>`."""
    about = int(talk.arg) if talk.arg.isdecimal() and len(talk.arg) < 19 else talk.person_id
    facts = await talk.once("facts", lambda work: consent_talk.renewal(work, talk.person_id, about))
    if not facts["texts"]:
        talk.say(Text("consent-nothing-to-renew"), CURATOR)
        return
    texts = await talk.read(lambda work: consent_texts.in_words(work, facts["texts"]))
    talk.expect(len(texts))
    decisions, rows = {}, []
    for value, text in texts.items():
        kind = ConsentKind(value)
        agreed, step = await _decide(talk, facts, kind, text)
        decisions[kind] = agreed
        rows.append(
            (step, Text(f"guardian-kind-{kind}"), Text("consent-agree" if agreed else "consent-refuse"))
        )
    refused = any(not agreed for kind, agreed in decisions.items() if kind in REQUIRED)
    reason = ""
    if refused and not facts["own"]:
        reason = await why_not(talk, decisions)
    elif refused:
        said = await talk.ask(
            "reason", Text("consent-refusal-reason"), some_text(300), skip=True, private=True
        )
        reason = said or ""
    child = "none" if facts["own"] else facts["child"]
    await talk.check("sure", Text("consent-check", {"child": child}), rows)
    holds = await talk.finish(
        lambda work: consent_talk.renew(
            work,
            talk.person_id,
            about,
            decisions,
            channel=talk.channel,
            reason=reason,
            shown=consent_texts.ids_of(facts["texts"]),
        )
    )
    if refused:
        talk.say(Text("consent-renewed-refused"), CURATOR)
    else:
        talk.say(Text("consent-renewed" if holds else "consent-renewed-waits"))


async def _decide(
    talk: Talk, facts: Mapping[str, Any], kind: ConsentKind, text: Mapping[str, Any]
) -> tuple[bool, str]:
    """The answer, and the step that holds it."""
    step = f"consent-{kind}"
    need = Text("consent-needed" if kind in REQUIRED else "consent-optional")
    args = {"title": text["title"], "summary": text["summary"], "need": need}
    head = Text("consent-own-question", args)
    if not facts["own"]:
        head = Text("guardian-consent", {**args, "child": facts["child"]})
    said = await talk.choose(step, head, options(FULL))
    if said == "full":
        step = f"{step}-full"
        said = await talk.choose(step, raw(f"{text['title']}\n\n{text['full']}"), options(BOTH))
    return said == "agree", step
