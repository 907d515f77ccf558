"""Cards that the school's staff fill in themselves: about a pupil, a candidate, the programme. Source: domain.md 4.2."""

from __future__ import annotations

from collections.abc import Mapping

from actions import journal, questionnaires
from actions.work import Work
from program.assignments import half, observing
from program.errors import Refusal
from program.instruments import Audience, Instrument, Value
from program.instruments_reading import shipped
from program.roles import StaffRole
from program.selection import CARD as INTERVIEW
from storage import questionnaires as rows
from storage.tables import Person, Response, User

OBSERVATION, OF_MENTOR = "OBS", "OBS_MENTOR"
READ_MENTORS = (StaffRole.CURATOR, StaffRole.PSYCHOLOGIST)  # changes of one person: domain.md 4.15


def cards_of(role: StaffRole) -> tuple[Instrument, ...]:
    """What somebody of this role fills in, the newest version that comes with the product of each."""
    newest = {one.code: one for one in shipped() if one.audience is Audience.STAFF and role in one.roles}
    return tuple(newest.values())


async def card(work: Work, role: StaffRole, code: str) -> Instrument:
    """Raises Refusal when it is not a card, not one of this role, or the interview: that is a part of selection."""
    instrument = await questionnaires.current(work, code)
    if instrument.audience is not Audience.STAFF or role not in instrument.roles:
        raise Refusal("quiz-not-yours")
    if code == INTERVIEW:
        raise Refusal("quiz-interview-elsewhere")
    return instrument


def round_of(work: Work, instrument: Instrument) -> str:
    """The school year, or its half for a card that is filled in twice."""
    year = work.settings.year
    return f"{year}/{half(work.today)}" if instrument.twice else year


def may_revise(instrument: Instrument) -> bool:
    """An observation stays what it was; an analysis may be thought over."""
    return instrument.code.startswith("SWOT_")


def about(person: Person | None) -> str:
    return f"person:{person.id}" if person else ""


async def filled(
    work: Work, instrument: Instrument, person: Person | None
) -> list[tuple[Response, dict[str, Value]]]:
    """What was filled in this time, by whomever, with all revisions; the earliest first."""
    found = await rows.about(
        work.session, work.school.id, instrument.code, about(person), round_of(work, instrument)
    )
    return [(response, await questionnaires.values_of(work, response)) for response in found]


async def of_mentors(
    work: Work, role: StaffRole, instrument: Instrument, person: Person | None
) -> list[tuple[Response, Instrument, dict[str, Value]]]:
    """Observation cards that mentors filled in about this pupil this time; for the curator and the psychologist."""
    if person is None or instrument.code != OBSERVATION or role not in READ_MENTORS:
        return []
    found = await rows.about(
        work.session, work.school.id, OF_MENTOR, about(person), round_of(work, instrument), of_people=True
    )
    return [
        (
            response,
            await questionnaires.version(work, response.code, response.version),
            await questionnaires.values_of(work, response),
        )
        for response in found
    ]


async def unobserved(work: Work, class_name: str) -> list[int]:
    """Mentees of a class whose observation card waits now; nobody between the two times of the year."""
    if not observing(work.today):
        return []
    round = f"{work.settings.year}/{half(work.today)}"
    return list(
        await rows.unobserved(
            work.session, work.school.id, work.settings.year, class_name, OBSERVATION, round
        )
    )


async def fill(
    work: Work,
    user: User,
    instrument: Instrument,
    person: Person | None,
    answers: Mapping[str, Value],
    revision: int = 1,
) -> Response:
    """Keeps a card; once for each author, subject, time and revision.

    Args:
        revision: of a SWOT, from 2 on: the curator has thought again; the earlier ones stay.

    Raises:
        Refusal: a needed answer is missing, the person is missing, or it was filled in already.
    """
    if bool(instrument.about) != (person is not None):
        raise Refusal("quiz-choose-person")
    if person is not None and person.school_id != work.school.id:
        raise ValueError("a person of another school")
    response, first = await questionnaires.keep(
        work,
        user,
        instrument.code,
        instrument.version,
        answers,
        about(person),
        round_of(work, instrument) + (f"/v{revision}" if revision > 1 and may_revise(instrument) else ""),
    )
    if not first:
        raise Refusal("quiz-filled-already")
    await journal.note(
        work, "card.filled", about(person) or f"school:{work.school.id}", after={"code": instrument.code}
    )
    return response
