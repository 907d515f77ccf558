"""What time does to consents: they run out, birthdays ask for new words. Derived from the rows each time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import structlog

from actions import consent_life, consents, enrolment
from actions.consent_talk import AHEAD, SOON
from actions.places import hold_people
from actions.tell import tell
from actions.work import Work
from locales import dates
from locales.consents import KINDS
from program.ages import GUARDIAN_ALONE_BELOW, OF_AGE, Consenter, full_years, years_before
from program.consents import REQUIRED, ConsentEvent, ConsentState, Entry, last_words, needed_from, runs_out
from program.outgoing import Choice, Message, say
from program.roles import PersonState
from program.text import Text
from storage import consent_lists as lists
from storage import people
from storage.consent_lists import Bare

log = structlog.get_logger()

NOTICES = (1, 7, SOON)  # days before the last day, each said once
AFTER = timedelta(days=30)  # for which one more offer to renew makes sense


async def follow(work: Work) -> int:
    """Puts aside whose consents hold no longer, takes back whose hold again; returns how many."""
    moved, session, school, year = 0, work.session, work.school.id, work.settings.year
    persons = await lists.at_work(session, school, year)
    aside = await lists.aside(session, school, year)
    given = await consents.allowed(work, persons)
    to_move = [person.id for person in persons if (person.id in given) == (person.id in aside)]
    # With their places, before anything changes: locking a pair reads its people anew, without these.
    moving = await lists.with_places(session, school, year, to_move)
    # All of them before the first line of the journal. Who speaks at this moment is looked at the next time.
    held = await hold_people(work, [person.id for person in moving], patient=False)
    for person in moving:
        if person.id in held:
            await enrolment.refresh(work, person)
            moved += 1
    await consent_life.go_on_where_possible(work)
    if moved:
        log.info("consents.followed", school=work.school.id, people=moved)
    return moved


async def remind(work: Work) -> int:
    """Tells givers that an agreement runs out or has run out, and asks for the own word at 14 and 18."""
    told = 0
    today, school, year = work.today, work.school.id, work.settings.year
    # Of everybody else there is nothing to say, so their ledger is not read.
    ends = today - AFTER - timedelta(days=1), today + timedelta(days=SOON)
    born = years_before(today + timedelta(days=AHEAD), GUARDIAN_ALONE_BELOW)
    persons = await lists.may_be_reminded(work.session, school, year, ends, born)
    words = await consents.words(work, persons)
    ending = [one for one in persons if any(word.valid_until for word in words[one.id])]
    states = await consents.states(replace(work, ledger=words), ending, REQUIRED)
    for person in ending:
        told += await _running_out(work, person, words[person.id])
        told += await _run_out(work, person, words[person.id], states[person.id].values())
    for person in persons:
        told += await _of_age(work, person, words[person.id])
    return told


async def _running_out(work: Work, person: Bare, words: list[Entry]) -> int:
    """One notice for each giver and last day, at each of the three steps."""
    needed = consents.needed(work, person)
    ends: dict[tuple[int, date], bool] = defaultdict(bool)
    for kind in KINDS:
        for (consenter, giver), day in runs_out(words, kind, work.now, work.today, SOON).items():
            if giver is not None and consenter in needed:
                ends[(giver, day)] |= kind in REQUIRED
    told = 0
    for (giver, day), required in ends.items():
        left = (day - work.today).days
        step = next(step for step in NOTICES if left <= step)
        text = "consent-runs-out" if required else "consent-runs-out-optional"
        told += await _ask(
            work, person, giver, text, f"consent-expiring:{person.id}:{giver}:{day}:{step}", day, day
        )
    return told


async def _run_out(work: Work, person: Bare, words: list[Entry], states: Collection[ConsentState]) -> int:
    """The day after: what happened, and the way back."""
    if ConsentState.EXPIRED not in states:
        return 0
    told = 0
    for kind in REQUIRED:
        for (consenter, giver), word in last_words(words, kind, work.now).items():
            day = word.valid_until
            if (
                giver is None
                or consenter not in consents.needed(work, person)
                or day is None
                or word.event is not ConsentEvent.GIVEN
                or day >= work.today
            ):
                continue
            key = f"consent-expired:{person.id}:{giver}:{day}"
            told += await _ask(work, person, giver, "consent-ran-out", key, day, day + AFTER)
    return told


async def _of_age(work: Work, person: Bare, words: list[Entry]) -> int:
    """The pupil's own word: from the 18th birthday; for the 14th two weeks ahead, so that nothing stops."""
    if person.birth_date is None:
        return 0
    soon = work.today + timedelta(days=AHEAD)
    now_, then = consents.needed(work, person), needed_from(person.birth_date, soon, minor=True)
    age = full_years(person.birth_date, work.today)
    if Consenter.SELF not in (now_ if age >= OF_AGE - 1 else then):
        return 0
    since = consents.adult_since(work, person)
    for kind in REQUIRED:
        word = last_words(words, kind, work.now).get((Consenter.SELF, person.id))
        if word is None or (since is not None and word.at < since and word.event is ConsentEvent.GIVEN):
            break
    else:
        return 0
    step = OF_AGE if age >= OF_AGE else GUARDIAN_ALONE_BELOW
    key = f"consent-own:{person.id}:{step}:{work.settings.year}"
    return await _ask(work, person, person.id, f"consent-own-{step}", key, work.today, work.today + AFTER)


async def _ask(work: Work, person: Bare, giver_id: int, text: str, key: str, day: date, until: date) -> int:
    giver = await people.get(work.session, giver_id)
    if giver is None or giver.state != PersonState.ACTIVE:
        return 0
    own = giver.id == person.id
    of = giver if own else await people.get(work.session, person.id)
    if of is None:
        return 0
    args = {
        "day": dates.dated(day, work.today, giver.language),
        "child": "none" if own else of.first_name,
    }
    message: Message = say(
        Text(text, args), Choice(Text("consent-renew"), f"f:consent-renew:{person.id}", style="primary")
    ).formally(ward=0 if own else person.id)
    expires = datetime.combine(until + timedelta(days=1), time(), work.zone)
    return int(await tell(work, giver, message, key=key, expires_at=expires))
