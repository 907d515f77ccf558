"""«Мои данные»: what is known, who sees it, correcting, taking a consent back, erasure.

A guardian with children is asked of whom it is first. Source: domain.md 8.4; ux.md 1.2.
"""

from __future__ import annotations

import re
from datetime import timedelta

from actions import consent_talk, privacy, takedowns
from actions.work import Work
from bot.answers import Unclear, clean, phone, some_text
from bot.talk import Talk, options
from locales import dates
from program.consents import REQUIRED, ConsentKind
from program.outgoing import Choice
from program.retention import AFTER_WITHDRAWAL
from program.text import Text, raw

LINK_LASTS = timedelta(days=1)
KEEP = ("keep", Text("privacy-keep"))
NEWS_NAMED = 5  # titles in one message
CURATOR = Choice(Text("menu-curator"), "f:curator")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")


async def known(talk: Talk) -> None:
    """Entered from: the home menu, «Мои данные», /privacy."""
    about = await _whom(talk)
    facts = await talk.once("facts", lambda work: privacy.summary(work, talk.person_id, about))
    if facts["visitor"]:
        talk.say(Text("privacy-visitor"), CURATOR)
        return
    names = ("child", "name", "class", "born", "phone", "email")
    talk.say(Text("privacy-known", {name: facts[name] for name in names}))
    talk.say(Text("privacy-counts", facts["counts"]))
    for one in facts["consents"]:
        args = {"kind": Text(f"guardian-kind-{one['kind']}"), "state": Text(f"privacy-state-{one['state']}")}
        line = Text("privacy-consent-line-until", {**args, "day": one["day"]}) if one["day"] else None
        talk.say(line or Text("privacy-consent-line", args))
    if facts.get("news"):  # an answer begun before an upgrade has none
        talk.say(_news(facts["news"]))
    expires = int((talk.now + LINK_LASTS).timestamp())
    ways = [
        Choice(Text("privacy-who-button"), f"f:privacy-who:{about}"),
        Choice(Text("privacy-download-button"), url=f"page:my-data:{about}:{expires}"),
        Choice(Text("privacy-fix-button"), f"f:privacy-fix:{about}"),
    ]
    if about == talk.person_id and not facts["frozen"]:
        ways.append(Choice(Text("meeting-calendar-button"), "f:calendar"))
    if facts["frozen"]:
        ways.append(Choice(Text("consent-give-again"), f"f:consent-renew:{about}", style="primary"))
    else:
        if facts["to_withdraw"]:
            ways.append(Choice(Text("privacy-withdraw-button"), f"f:privacy-withdraw:{about}"))
        ways.append(Choice(Text("privacy-erase-button"), f"f:privacy-erase:{about}", style="danger"))
    talk.say(Text("privacy-until", {"until": facts["until"]}), *ways)


def _news(titles: list[str]) -> Text:
    """In which published news the person is on a photo or named; the rest stands in the file."""
    named = "; ".join(f"«{title}»" for title in titles[:NEWS_NAMED])
    return Text("privacy-news", {"titles": raw(named), "more": max(len(titles) - NEWS_NAMED, 0)})


async def who_sees(talk: Talk) -> None:
    about = await _whom(talk)
    facts = await talk.once("facts", lambda work: privacy.summary(work, talk.person_id, about))
    own = facts["child"] == "none"
    talk.say(Text("privacy-who" if own else "privacy-who-child", {"curator": facts["curator"]}))
    talk.say(Text("privacy-who-pair" if own else "privacy-who-child-pair"))
    talk.say(Text("privacy-who-letters"), CURATOR)


async def fix(talk: Talk) -> None:
    """Own phone and e-mail at once, everything else through the curator."""
    about = await _whom(talk)
    await talk.once("facts", lambda work: privacy.summary(work, talk.person_id, about))
    what = "other"
    if about == talk.person_id:
        kinds = options((name, Text(f"privacy-fix-{name}")) for name in ("phone", "email", "other"))
        what = await talk.choose("what", Text("privacy-fix-what"), kinds)
    if what == "other":
        words = await talk.ask("words", Text("privacy-fix-words"), some_text(1000), private=True)
        await talk.finish(lambda work: privacy.ask_correction(work, talk.person_id, about, words))
        talk.say(Text("privacy-fix-sent"))
        return
    read = phone if what == "phone" else email
    value = await talk.ask("value", Text(f"privacy-fix-new-{what}"), read, private=True)
    await talk.finish(lambda work: privacy.change_contact(work, talk.person_id, what, value))
    talk.say(Text("privacy-fixed"))


async def withdraw(talk: Talk) -> None:
    """Two steps; the button of the second names the act."""
    about = await _whom(talk)
    facts = await talk.once("facts", lambda work: _to_withdraw(work, talk.person_id, about))
    held = [ConsentKind(kind) for kind in facts["kinds"]]
    if not held:
        talk.say(Text("privacy-withdraw-nothing"), CURATOR)
        return
    # A child below 14 stops taking part; what is done with the data is for a grown-up to decide.
    whole = "all" if ConsentKind.PD in held else "participation"
    choices = [("all", Text(f"privacy-withdraw-{whole}"))] if set(held) & set(REQUIRED) else []
    choices += [
        (kind.value, Text(f"privacy-withdraw-{kind}"))
        for kind in (ConsentKind.PUBLICATION, ConsentKind.MESSENGER)
        if kind in held
    ]
    head = Text("privacy-withdraw-what", {"child": facts["child"]})
    what = await talk.choose("what", head, options([*choices, KEEP]))
    sure = "keep"
    if what != "keep":
        both = options((("withdraw", Text("privacy-withdraw-do")), KEEP))
        notes = (_news(facts["news"]),) if what == "publication" and facts.get("news") else ()
        sure = await talk.choose("sure", Text(f"privacy-withdraw-sure-{what}"), both, notes=notes)
    if sure == "keep":
        talk.say(Text("privacy-kept"))
        return
    kinds = [kind for kind in held if kind in REQUIRED] if what == "all" else [ConsentKind(what)]
    await talk.finish(
        lambda work: consent_talk.withdraw(work, talk.person_id, about, kinds, channel=talk.channel)
    )
    if what == "all":
        day = dates.dated(talk.today + AFTER_WITHDRAWAL, talk.today, talk.language)
        again = Choice(Text("consent-give-again"), f"f:consent-renew:{about}")
        talk.say(Text("privacy-withdrawn-all", {"day": day}), again, CURATOR)
    else:
        talk.say(Text("privacy-withdrawn-part"))


async def erase(talk: Talk) -> None:
    """Erasure on request, in two steps. A child below 14 passes the wish on to a grown-up instead."""
    about = await _whom(talk)
    facts = await talk.once("facts", lambda work: _to_withdraw(work, talk.person_id, about, confirmed=True))
    if facts.get("grown_up"):
        await _pass_on(talk, about)
        return
    both = options((("on", Text("privacy-erase-go-on")), KEEP))
    said = await talk.choose("first", Text("privacy-erase-first", {"child": facts["child"]}), both)
    if said == "on":
        both = options((("erase", Text("privacy-erase-do")), KEEP))
        said = await talk.choose("sure", Text("privacy-erase-sure"), both)
    if said == "keep":
        talk.say(Text("privacy-kept"))
        return
    asked = await talk.finish(
        lambda work: consent_talk.ask_erasure(work, talk.person_id, about, channel=talk.channel)
    )
    if asked.day is None:
        _passed_on(talk, asked)
        return
    again = Choice(Text("consent-give-again"), f"f:consent-renew:{about}")
    day = dates.dated(asked.day, talk.today, talk.language)
    talk.say(Text("privacy-erase-asked", {"day": day}), again, CURATOR)


async def _pass_on(talk: Talk, about: int) -> None:
    both = options((("pass", Text("privacy-erase-pass")), KEEP))
    if await talk.choose("pass", Text("privacy-erase-child"), both) == "keep":
        talk.say(Text("privacy-kept"))
        return
    asked = await talk.finish(
        lambda work: consent_talk.ask_erasure(work, talk.person_id, about, channel=talk.channel)
    )
    _passed_on(talk, asked)


def _passed_on(talk: Talk, asked: consent_talk.Erasure) -> None:
    knows = "both" if asked.guardians else "curator"
    talk.say(Text("privacy-erase-passed", {"knows": knows}), CURATOR)


async def _whom(talk: Talk) -> int:
    """The id of whom it is about: on the button, the only one possible, or asked for."""
    if talk.arg.isdecimal() and len(talk.arg) < 19:
        return int(talk.arg)
    known = await talk.once("whom", lambda work: privacy.whom(work, talk.person_id))
    if len(known) == 1:
        return int(known[0]["id"])
    names = [(str(one["id"]), raw(one["name"])) for one in known[1:]]
    return int(
        await talk.choose(
            "whom?", Text("privacy-whom"), options([(str(known[0]["id"]), Text("privacy-me")), *names])
        )
    )


async def _to_withdraw(
    work: Work, speaker_id: int, about_id: int, *, confirmed: bool = False
) -> dict[str, object]:
    person, consenter = await consent_talk.about(work, speaker_id, about_id, confirmed=confirmed)
    out = [item.title for item, where in await takedowns.shown_in(work, person) if where == "out"]
    return {
        "news": out,
        "grown_up": consent_talk.needs_grown_up(work, person, consenter),
        "kinds": await consent_talk.held(work, speaker_id, about_id),
        "child": "none" if about_id == speaker_id else person.first_name,
    }


def email(raw_words: str) -> str:
    said = clean(raw_words).lower()
    if len(said) > 200 or not _EMAIL.fullmatch(said):
        raise Unclear("privacy-email-unclear")
    return said
