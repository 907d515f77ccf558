"""Asking to fill in: by the table of `program.assignments`, or by the curator's hand. Once, and one reminder."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import structlog

from actions import audiences, consents, journal, questionnaires
from actions.asked_by_rule import Over, Wanted, by_rule, silent
from actions.audiences import Audience
from actions.ballots import close as close_ballot
from actions.ballots import require_many
from actions.meeting_messages import concerned, partner
from actions.questionnaire_offers import MOST_PEOPLE, is_for, observed_by
from actions.tell import Letter, tell_all
from actions.work import Work
from program.assignments import (
    AGAIN_AFTER,
    ONE_A_DAY,
    half,
)
from program.errors import Refusal
from program.instruments import Audience as Meant
from program.instruments import Instrument
from program.outgoing import Choice, Kind, Message, say
from program.roles import Side
from program.text import Arg, Text
from storage import askings, ballots, news, outbox
from storage.askings import AGAIN, FIRST
from storage.tables import Asking

log = structlog.get_logger()

LONGEST_OPEN = timedelta(days=200)


async def invite_due(work: Work) -> int:
    """Asks everybody whom a rule or the curator wants to ask and who has not answered; returns how many.

    One person gets at most one questionnaire a day. Three days later one reminder, never more.
    """
    known: list[_Known] = []

    async def over() -> Over:
        known.append(await _known(work))
        return lambda one: known[0].step(work, one) is None

    wanted = [*await by_rule(work, over), *await _by_hand(work)]
    return await _invite(work, wanted, known[0] if known else await _known(work)) if wanted else 0


async def send(
    work: Work, code: str, audience: Audience, closes_on: date, people: Iterable[int] = ()
) -> Asking:
    """The curator asks an audience; who is asked already is not asked twice.

    Args:
        closes_on: the last day on which it can be filled in.
        people: who was at the group meeting, for a questionnaire about each other.

    Raises:
        Refusal: not to be sent so, or there is nobody to be asked.
    """
    instrument = await questionnaires.current(work, code)
    if instrument.audience is Meant.STAFF:
        raise Refusal("quiz-staff-only")
    if instrument.about == "pair":
        raise Refusal("quiz-by-the-clock")
    closes_at = datetime.combine(closes_on, time(23, 59), work.zone)
    if not work.now < closes_at <= work.now + LONGEST_OPEN:
        raise Refusal("quiz-closes-odd")
    asking = Asking(
        school_id=work.school.id,
        code=code,
        round=work.settings.year,
        audience=audience.to_json(),
        people=sorted(set(people)),
        actor=work.actor,
        created_at=work.now,
        closes_at=closes_at,
    )
    if any(question.source for question in instrument.questions):
        await _check_people(work, asking, audience)
    work.session.add(asking)
    await work.session.flush()
    wanted = await _for_asking(work, asking, instrument, set(), {})
    if not wanted:
        raise Refusal("quiz-nobody")
    if instrument.anonymous:
        voted = await ballots.of(work.session, work.school.id, code, work.settings.year)
        require_many(len(wanted) + (voted.people if voted else 0))
        await questionnaires.publish_shipped(work, code)
    await _invite(work, wanted, await _known(work))
    await journal.note(work, "questionnaire.sent", f"questionnaire:{code}", after={"people": len(wanted)})
    return asking


async def remind(work: Work, code: str) -> int:
    """Reminds now those who were asked and have not answered; nobody twice. Returns how many."""
    told, instrument = 0, await questionnaires.current(work, code)
    for one in await late(work, code):
        told += await _tell(work, one, instrument, AGAIN)
    await journal.note(work, "questionnaire.reminded", f"questionnaire:{code}", after={"people": told})
    return told


async def remind_people(work: Work, ids: Collection[int]) -> set[int]:
    """Reminds these people of one questionnaire each that they have not filled in; whom it told."""
    told: set[int] = set()
    for one in await late(work):
        if one.person.id in ids and one.person.id not in told:
            instrument = await questionnaires.current(work, one.code)
            if await _tell(work, one, instrument, AGAIN):
                told.add(one.person.id)
    return told


async def late(work: Work, code: str = "") -> list[Wanted]:
    """Who was asked, has not answered and was not reminded yet; of one questionnaire, "" of all."""
    year = work.settings.year
    invited = await askings.invited(work.session, work.school.id, year, code or "%")
    answered = await askings.answered(work.session, work.school.id, year)
    return [
        one
        for one in [*await by_rule(work), *await _by_hand(work)]
        if code in ("", one.code)
        and one.key(FIRST) in invited
        and one.key(AGAIN) not in invited
        and (one.person.id, one.code, one.about, one.round) not in answered
    ]


async def close(work: Work, code: str) -> None:
    """Nobody is asked any more this year and nobody can begin; what waits to be sent is dropped."""
    await questionnaires.current(work, code)
    year = work.settings.year
    for asking in await askings.of_year(work.session, work.school.id, year):
        if asking.code == code and asking.closed_at is None:
            asking.closed_at = work.now
    work.session.add(
        Asking(
            school_id=work.school.id, code=code, round=year, audience=None, people=[], actor=work.actor,
            created_at=work.now, closes_at=work.now, closed_at=work.now,
        )
    )  # fmt: skip
    await close_ballot(work, code)
    for key in await askings.invited(work.session, work.school.id, year, code):
        await outbox.cancel_one(work.session, key, "answered", now=work.now)
    await journal.note(work, "questionnaire.closed", f"questionnaire:{code}")


async def reopen(work: Work, code: str) -> None:
    """Takes a closing back: the rules ask again."""
    for asking in await askings.of_year(work.session, work.school.id, work.settings.year):
        if asking.code == code and asking.audience is None:
            await work.session.delete(asking)
        elif asking.code == code and asking.closes_at > work.now:
            asking.closed_at = None
    await work.session.flush()
    await journal.note(work, "questionnaire.reopened", f"questionnaire:{code}")


# --- who ---


async def _by_hand(work: Work) -> list[Wanted]:
    rows = await askings.of_year(work.session, work.school.id, work.settings.year)
    opened = [
        row for row in rows if row.audience is not None and not row.closed_at and row.closes_at > work.now
    ]
    if not opened:
        return []
    answered = await askings.answered(work.session, work.school.id, work.settings.year)
    invited = await askings.invited(work.session, work.school.id, work.settings.year)
    found = []
    for row in opened:
        instrument = await questionnaires.current(work, row.code)
        found += await _for_asking(work, row, instrument, answered, invited)
    return found


async def _for_asking(
    work: Work,
    asking: Asking,
    instrument: Instrument,
    answered: set[tuple[int, str, str, str]],
    invited: dict[str, datetime],
) -> list[Wanted]:
    """Those whom one asking is for and of whom something may still be said. `is_for` asks for each, so last."""
    audience = Audience.read(asking.audience or {})
    round = asking.round
    if asking.people:
        round = f"{asking.round}/{asking.id}"
        joined = await news.joined(work.session, work.school.id)
        people = [person for person in joined if person.id in asking.people]
        may = await consents.allowed(work, people)
        people = [person for person in people if person.id in may]
    else:
        people = await audiences.people(work, audience)
    if instrument.audience is Meant.MENTOR and instrument.about:
        wanted = [
            Wanted(person, asking.code, f"{round}/{half(work.today)}", asking.closes_at, pupil)
            for person in people
            for pupil in await observed_by(work, person)
        ]
    elif instrument.about:
        ties = await askings.guardians(work.session, work.school.id, [person.id for person in people])
        wanted = [Wanted(t.guardian, asking.code, round, asking.closes_at, t.child) for t in ties]
    else:
        wanted = [Wanted(person, asking.code, round, asking.closes_at) for person in people]
    open_ = [
        one
        for one in wanted
        if one.key(AGAIN) not in invited and (one.person.id, one.code, one.about, one.round) not in answered
    ]
    return [one for one in open_ if one.child or await is_for(work, one.person, instrument)]


async def _check_people(work: Work, asking: Asking, audience: Audience) -> None:
    if len(audience.forms) != 1:
        raise Refusal("quiz-one-form")
    year = work.settings.year
    places = await askings.places(work.session, work.school.id, year, audience.forms[0], asking.people)
    for side in Side:
        count = len({place.person_id for place in places if place.side == side})
        if not count:
            raise Refusal("quiz-both-sides")
        if count > MOST_PEOPLE:
            raise Refusal("quiz-too-many-people", limit=MOST_PEOPLE)


# --- asking ---


@dataclass(frozen=True)
class _Known:
    """Who has answered what this school year, and when each was asked and reminded, by the outbox's keys."""

    answered: set[tuple[int, str, str, str]]
    invited: dict[str, datetime]

    def step(self, work: Work, one: Wanted) -> str | None:
        """What is to be said now: the beginning of the outbox's key; None: nothing."""
        if (one.person.id, one.code, one.about, one.round) in self.answered:
            return None
        first = self.invited.get(one.key(FIRST))
        if first is None:
            return FIRST
        if work.now < first + AGAIN_AFTER or one.key(AGAIN) in self.invited or silent(work)(work.today):
            return None
        return AGAIN


async def _known(work: Work) -> _Known:
    year = work.settings.year
    answered = await askings.answered(work.session, work.school.id, year)
    return _Known(answered, await askings.invited(work.session, work.school.id, year))


async def _invite(work: Work, wanted: Iterable[Wanted], known: _Known) -> int:
    busy = {int(key.split(":")[3]) for key, at in known.invited.items() if work.now - at < ONE_A_DAY}
    due: dict[int, list[tuple[Wanted, str]]] = {}  # of each person, what to ask in this order
    for one in wanted:
        if one.person.id not in busy and (begin := known.step(work, one)) is not None:
            due.setdefault(one.person.id, []).append((one, begin))
    instruments = {
        code: await questionnaires.current(work, code)
        for code in dict.fromkeys(one.code for of_person in due.values() for one, _ in of_person)
    }
    asked = 0
    while due:  # who cannot be asked the first of them any more is asked the next
        letters = {who: _letter(*rest[0], instruments[rest[0][0].code]) for who, rest in due.items()}
        told = await tell_all(work, list(letters.values()))
        asked += len(told)
        due = {who: rest[1:] for who, rest in due.items() if rest[1:] and letters[who].key not in told}
    if asked:
        log.info("questionnaires.asked", school=work.school.id, people=asked)
    return asked


async def _tell(work: Work, one: Wanted, instrument: Instrument, begin: str) -> bool:
    return bool(await tell_all(work, [_letter(one, begin, instrument)]))


def _letter(one: Wanted, begin: str, instrument: Instrument) -> Letter:
    message = _message(one, instrument, begin)
    return Letter(one.person, message, one.key(begin), Kind.NUDGE, expires_at=one.closes_at)


def _message(one: Wanted, instrument: Instrument, begin: str) -> Message:
    args: dict[str, Arg] = {"title": instrument.named.text, "minutes": instrument.minutes}
    name = "questionnaire-invite" if begin == FIRST else "questionnaire-again"
    arg = one.code
    if one.pair:
        args["partner"] = partner(one.pair, one.person)
        begin_it = Choice(
            Text("questionnaire-begin"), f"f:questionnaire:{arg}:{one.pair.id}", style="primary"
        )
        asked = say(Text(f"{name}-pair", args), begin_it)
        return asked.about(*concerned(one.pair, one.person))
    if one.child:
        args["name"] = one.child.first_name
        arg, name = f"{one.code}:{one.child.id}", f"{name}-child"
    if instrument.anonymous:
        begin_there = Choice(Text("poll-open"), url=f"page:poll:{one.code}", style="primary")
        return say(Text(f"{name}-anonymous", args), begin_there)
    return say(
        Text(name, args), Choice(Text("questionnaire-begin"), f"f:questionnaire:{arg}", style="primary")
    )
