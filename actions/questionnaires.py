"""Questionnaires: publishing versions, keeping what people answered. Staff never change an answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from actions import consents, early_warning, mentor_wishes, wishes
from actions.care import ask_for_help
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.consents import REQUIRED, ConsentKind
from program.errors import Refusal
from program.instrument_answers import check, in_words
from program.instruments import Answers, Instrument, Method, Option, QuestionKind, Value, fitted
from program.instruments_reading import read, shipped, shipped_version
from program.roles import PersonState, Side
from program.text import Text
from storage import people, questionnaires
from storage.pair_facts import QUESTIONS
from storage.tables import Answer, Person, Response, User
from storage.tables import Instrument as Row

log = structlog.get_logger()


@dataclass(frozen=True)
class Fit:
    """For whom the questions of a version are put together (`program.instruments.fitted`)."""

    side: Side | None = None
    people: tuple[Option, ...] = ()

    def __call__(self, instrument: Instrument) -> Instrument:
        return fitted(instrument, self.side, self.people)


ANYBODY = Fit()


async def publish_shipped(work: Work, code: str = "") -> int:
    """Gives the school the versions that come with the product; returns how many were new to it.

    Args:
        code: of one questionnaire; all if not said.
    """
    added = 0
    for instrument in shipped():
        if code and instrument.code != code:
            continue
        added += await questionnaires.publish(
            work.session,
            school_id=work.school.id,
            code=instrument.code,
            version=instrument.version,
            title=instrument.title.ru,
            body=dict(instrument.body),
            sha256=fingerprint(instrument.body),
            published_at=work.now,
        )
    if added:
        log.info("questionnaires.published", school=work.school.id, added=added)
    return added


async def current(work: Work, code: str) -> Instrument:
    """The newest version, of the school's own or of those that come with the product. Writes nothing.

    Raises:
        Refusal: the school has no such questionnaire.
    """
    with_product = [one for one in shipped() if one.code == code]
    newest = max(with_product, key=lambda one: one.version, default=None)
    own = await questionnaires.newest_stamp(work.session, work.school.id, code)
    if newest is not None and (own is None or newest.version > own[0]):
        return newest
    if own is None:
        raise Refusal("questionnaire-unknown")
    number, stamp = own
    return await _stamped(work, code, number, stamp)


async def version(work: Work, code: str, number: int) -> Instrument:
    """One version as it was published, for those who began it and for reading old answers.

    Raises:
        Refusal: the school has no such version.
    """
    return _read(await questionnaires.version(work.session, work.school.id, code, number), code, number)


def _read(row: Row | None, code: str, number: int) -> Instrument:
    """Of the school's row, or as it comes with the product."""
    if row is not None:
        return read(row.body, english=False)
    with_product = shipped_version(code, number)
    if with_product is None:
        raise Refusal("questionnaire-unknown")
    return with_product


# What a school publishes is never changed, so what a stamp stands for is read once in a process.
_READ: dict[str, Instrument] = {}
_MOST_READ = 200


async def _stamped(work: Work, code: str, number: int, stamp: str | None) -> Instrument:
    """As `version`, of the version whose content has this stamp; None: as it comes with the product."""
    if stamp is None:
        return _read(None, code, number)
    if stamp not in _READ:
        if len(_READ) >= _MOST_READ:
            _READ.clear()
        _READ[stamp] = await version(work, code, number)
    return _READ[stamp]


async def finished(work: Work, person_id: int, code: str, about: str = "", round: str = "") -> bool:
    """Whether the person has filled it in already."""
    found = await questionnaires.response(work.session, work.school.id, person_id, code, about, round)
    return found is not None


async def require_consent(work: Work, person: Person) -> None:
    """Raises Refusal where nothing may be written down of what somebody answers now.

    The ledger says so, not the status of a place, which only follows it: whoever takes part this year needs
    all that taking part needs, whoever did in another year the one for data, a parent or a teacher none.
    """
    needed: tuple[ConsentKind, ...] = ()
    years = await people.years_of(work.session, person.id)
    if years:
        needed = REQUIRED if work.settings.year in years else (ConsentKind.PD,)
    missing = needed and person.id not in await consents.allowed(work, [person], *needed)
    if missing or person.state == PersonState.FROZEN:
        raise Refusal("questionnaire-no-consent")


async def save(
    work: Work,
    answerer: Person | User,
    code: str,
    number: int,
    answers: Answers,
    about: str = "",
    round: str = "",
    fit: Fit = ANYBODY,
    method: Method | None = None,
) -> Response:
    """Keeps a finished questionnaire. A second finish changes nothing and gives the first one back.

    Args:
        number: the version that was answered.
        about: "", person:<id>, pair:<id> or meeting:<id>.
        round: the school year, or a part of it.
        fit: side and people for whom the questions were put together.
        method: how it was filled in; by default what the turn says (`method_of`).

    Raises:
        Refusal: a question that must be answered is not, or there is no such version.
    """
    return (await keep(work, answerer, code, number, answers, about, round, fit, method))[0]


async def keep(
    work: Work,
    answerer: Person | User,
    code: str,
    number: int,
    answers: Answers,
    about: str = "",
    round: str = "",
    fit: Fit = ANYBODY,
    method: Method | None = None,
    *,
    consented: bool = False,
) -> tuple[Response, bool]:
    """As `save`; also says whether this was the first finish.

    Args:
        consented: as in `put`.
    """
    ids = await put(work, answerer, code, number, answers, about, round, fit, method, consented=consented)
    find = questionnaires.response_of_user if isinstance(answerer, User) else questionnaires.response
    found = await find(work.session, work.school.id, answerer.id, code, about, round)
    assert found is not None
    return found, ids is not None


async def put(
    work: Work,
    answerer: Person | User,
    code: str,
    number: int,
    answers: Answers,
    about: str = "",
    round: str = "",
    fit: Fit = ANYBODY,
    method: Method | None = None,
    *,
    consented: bool = False,
) -> dict[str, int] | None:
    """As `save`, for whoever needs no more than the rows of the answers, by question; None: finished before.

    Args:
        consented: `require_consent` has just been asked.
    """
    if answerer.school_id != work.school.id:
        raise ValueError("a person of another school")
    if isinstance(answerer, Person) and not consented:
        await require_consent(work, answerer)
    stamp = await questionnaires.stamp(work.session, work.school.id, code, number)
    instrument = fit(await _stamped(work, code, number, stamp))
    if instrument.anonymous:
        raise ValueError("an anonymous poll is no row of anybody: actions.ballots")
    kept = check(instrument, answers)
    if stamp is None:
        await publish_shipped(work, code)  # what was answered stays readable, whatever a later release ships
    who = {"user_id" if isinstance(answerer, User) else "person_id": answerer.id}
    new_id = await questionnaires.add(
        work.session,
        school_id=work.school.id,
        code=code,
        version=number,
        about=about,
        round=round,
        finished_at=work.now,
        method=method or method_of(work, answerer),
        **who,
    )
    if new_id is None:
        return None
    row = {"school_id": work.school.id, "response_id": new_id}
    added = [
        row | {"question": question} | _columns(instrument.question(question).kind, value)
        for question, value in kept.items()
    ]
    ids = await questionnaires.add_answers(work.session, added) if added else {}
    if isinstance(answerer, Person):
        # Holds the person's row, so it comes before any line of the journal.
        await mentor_wishes.heard(work, answerer, kept)
        await wishes.recognise(work, new_id, answerer, kept)
        seen = await _seen(work, answerer, about, ids)
        unseen = {q: v for q, v in kept.items() if q not in seen}
        await _escalate(work, answerer, instrument, unseen, about)
    log.info("questionnaire.finished", code=code, version=number, response=new_id, **who)
    return ids


def method_of(work: Work, answerer: Person | User) -> Method:
    """A participant's answers that an account of the school writes down were given on paper."""
    if work.channel is not None:
        return Method.WEB if work.channel == Channel.WEB else Method.CHAT
    if isinstance(answerer, User):
        return Method.WEB
    return Method.PAPER if work.actor.startswith("user:") else Method.CHAT


async def answers_of(
    work: Work, person_ids: Collection[int], code: str, about: str | None = None
) -> dict[int, dict[str, Value]]:
    """What each person answered last, by person and question; a skipped question is None.

    Those who have not answered are left out.
    """
    rows = await questionnaires.responses(work.session, work.school.id, person_ids, code, about)
    versions: dict[int, Instrument] = {}
    for number in {row.version for row in rows}:
        versions[number] = await version(work, code, number)
    return {row.person_id: values_in(row, versions[row.version]) for row in rows if row.person_id is not None}


async def values_of(work: Work, response: Response) -> dict[str, Value]:
    """The answers of one response whose `answers` are loaded."""
    return values_in(response, await version(work, response.code, response.version))


def fingerprint(body: Mapping[str, Any]) -> str:
    """SHA-256 of a version's content."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


async def _seen(work: Work, person: Person, about: str, answers: Mapping[str, int]) -> set[str]:
    """Questions whose answers are a reason to look at a pair now; the poll after a meeting looks by itself."""
    if about.startswith("meeting:") or answers.keys().isdisjoint(QUESTIONS):
        return set()
    known = {worry.answer for worry in await early_warning.look_at_those_of(work, person.id)}
    return {question for question, answer in answers.items() if answer in known}


async def _escalate(
    work: Work, person: Person, instrument: Instrument, kept: Mapping[str, Value], about: str
) -> None:
    """Tells the curator of «Да» to a question that feeds escalation, and of answers in a question's alert."""
    lines = []
    for question in instrument.questions:
        value = kept.get(question.id)
        asked = {"title": instrument.title.text, "question": question.text.text}
        if "ESCALATION" in question.feeds and value == "yes":
            lines.append(Text("questionnaire-asks", asked))
        elif question.alert and value is not None and question.alert.holds(value):
            lines.append(Text("questionnaire-asks-answer", asked | {"answer": in_words(question, value)}))
    if lines:
        pair = about if about.startswith("pair:") else ""
        await ask_for_help(work, person.id, Texts("ru").join(lines, "\n"), urgent=False, about=pair)


def _columns(kind: QuestionKind, value: Value) -> dict[str, Any]:
    """All of them each time, so that the answers of a response are one statement."""
    columns: dict[str, Any] = {"number": None, "words": None, "chosen": None, "skipped": value is None}
    if value is None:
        return columns
    if isinstance(value, int):
        return columns | {"number": value}
    if isinstance(value, str):
        typed = kind in (QuestionKind.TEXT, QuestionKind.DATE)
        return columns | ({"words": value} if typed else {"chosen": [value]})
    return columns | {"chosen": list(value)}


def values_in(response: Response, instrument: Instrument) -> dict[str, Value]:
    """The answers of one response whose `answers` are loaded; `instrument` is the version that was answered."""
    return {answer.question: _value(answer, instrument) for answer in response.answers}


def _value(answer: Answer, instrument: Instrument) -> Value:
    if answer.skipped:
        return None
    if answer.choices is None:
        return answer.number if answer.number is not None else answer.words
    if not instrument.has(answer.question):
        return answer.choices
    kind = instrument.question(answer.question).kind
    return answer.choices[0] if kind in (QuestionKind.SINGLE, QuestionKind.YES_NO) else answer.choices
