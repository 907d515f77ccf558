"""The pulse of a pair: both sides, day 30 and every 30 days, once each, one reminder; for the curator alone."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions import assignments, pair_life, questionnaire_offers, questionnaires
from actions.early_warning import readable
from actions.work import Work
from locales import has
from program.early_warning import WHO, Sign
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Side, StaffRole
from program.states import MeetingFormat, MeetingKind, MeetingStatus, PairStatus
from storage.tables import (
    HelpRequest,
    Meeting,
    OutboxRow,
    Pair,
    PairWorry,
    Participation,
    Person,
    Response,
)
from tests import build
from tests.actions.test_assignments import joined, later, person


@pytest.fixture
async def pair(work: Work) -> Pair:
    """At work since 15 September; both have filled in nothing yet."""
    mentee = await joined(work, build.person(work.school))
    mentor = await joined(work, build.person(work.school, "Олег", "Ветров", class_name="10Б"))
    places = [build.participation(mentor, Side.MENTOR), build.participation(mentee, Side.MENTEE)]
    work.session.add_all(places)
    await work.session.flush()
    pair = build.pair(*places, announced_at=work.now, starts_on=work.today)
    work.session.add(pair)
    await work.session.flush()
    return pair


async def pulses(work: Work) -> list[OutboxRow]:
    rows = await work.session.scalars(select(OutboxRow).order_by(OutboxRow.id))
    return [row for row in rows if ":PULSE:" in row.key]


async def live(work: Work, days: range) -> None:
    """The clock's job, as after a restart each time, twice a day."""
    for day in days:
        for hours in (0, 6):
            await assignments.invite_due(later(work, days=day, hours=hours))


async def test_both_sides_are_asked_once_and_reminded_once_on_day_thirty_and_sixty(
    work: Work, pair: Pair
) -> None:
    await live(work, range(25, 75))
    found = await pulses(work)
    assert [(row.key.split(":")[0], row.key.split(":")[2][-8:]) for row in found] == [
        (kind, day)
        for day in ("20261015", "20261114")
        for kind in ("questionnaire", "questionnaire", "questionnaire-again", "questionnaire-again")
    ]
    assert len({row.key for row in found}) == 8
    first = found[0]
    assert Message.from_json(first.body).rows[0][0].data == f"f:questionnaire:PULSE:{pair.id}"
    assert first.expires_at is not None
    assert (first.expires_at - first.created_at).days == 10


async def test_a_pause_of_the_pair_is_left_in_peace(work: Work, pair: Pair) -> None:
    await pair_life.pause(later(work, days=10), pair.id, "illness", None)
    await live(work, range(28, 50))
    assert await pulses(work) == []
    await pair_life.resume(later(work, days=50), pair.id)
    await live(work, range(51, 80))
    assert await pulses(work) == []
    await live(work, range(80, 82))
    assert len(await pulses(work)) == 2


async def test_exam_weeks_and_holidays_put_it_off(work: Work, pair: Pair) -> None:
    work.school.settings = {**work.school.settings, "exams": ["2026-10-12/2026-10-20"]}
    await live(work, range(28, 36))
    assert await pulses(work) == []
    await live(work, range(36, 38))
    assert len(await pulses(work)) == 2


async def test_a_school_can_switch_it_off(work: Work, pair: Pair) -> None:
    work.school.settings = {**work.school.settings, "polls": {"pulse": False}}
    await live(work, range(28, 36))
    assert await pulses(work) == []


async def test_an_answer_is_kept_for_this_pair_and_this_time(work: Work, pair: Pair) -> None:
    mentee, day = await person(work, "Аня"), later(work, days=31)
    facts = await questionnaire_offers.offer(day, mentee.id, f"PULSE:{pair.id}")
    assert (facts["about"], facts["round"]) == (f"pair:{pair.id}", "2026-2027/p20261015")
    await questionnaire_offers.fill(day, mentee.id, facts, {"PULSE.1": 9, "PULSE.3": "no"})
    with pytest.raises(Refusal, match="questionnaire-done-already"):
        await questionnaire_offers.offer(day, mentee.id, f"PULSE:{pair.id}")
    following = await questionnaire_offers.offer(later(work, days=61), mentee.id, f"PULSE:{pair.id}")
    assert following["round"] == "2026-2027/p20261114"
    assert len((await work.session.scalars(select(Response))).all()) == 1
    assert (await work.session.scalars(select(HelpRequest))).all() == []


async def test_who_wants_to_talk_is_heard_by_the_curator_only(work: Work, pair: Pair) -> None:
    mentee, day = await person(work, "Аня"), later(work, days=31)
    facts = await questionnaire_offers.offer(day, mentee.id, f"PULSE:{pair.id}")
    await questionnaire_offers.fill(day, mentee.id, facts, {"PULSE.1": 3, "PULSE.3": "talk"})
    found = {one.sign: one for one in await work.session.scalars(select(PairWorry))}
    assert {Sign.TALK, Sign.COMFORT} <= set(found)
    assert found[Sign.TALK].args == {WHO: mentee.id}
    assert not readable([found[Sign.TALK]], StaffRole.DIRECTOR)
    assert (await work.session.scalars(select(HelpRequest))).all() == [], "once is enough"
    assert (await work.session.scalars(select(OutboxRow))).all() == []


@pytest.mark.parametrize(
    ("said", "sign"), [("replace", Sign.NOT_ON), ("stop", Sign.EARLIER), ("longer", Sign.LONGER)]
)
async def test_how_somebody_wants_to_go_on_in_the_middle_of_the_year_is_read_by_the_curator(
    work: Work, pair: Pair, said: str, sign: Sign
) -> None:
    mentee, middle = await person(work, "Аня"), await questionnaires.current(work, "MID")
    answers = {
        "MID.1": 9,
        "MID.2": 8,
        "MID.3": middle.question("MID.3").codes[0],
        "MID.5": "much",
        "MID.6": said,
    }
    others = {one.id: None for one in middle.questions}
    await questionnaires.keep(work, mentee, "MID", middle.version, others | answers | {"MID.7": 9})
    (found,) = await work.session.scalars(select(PairWorry))
    assert (found.sign, found.pair_id, found.args) == (sign, pair.id, {WHO: mentee.id})
    assert has(f"early-to-mentee-{sign}")
    (card,) = await work.session.scalars(select(HelpRequest))
    assert middle.question("MID.5").text.ru in card.words, "what is no reason to look stays a card"
    assert middle.question("MID.6").text.ru not in card.words


@pytest.mark.parametrize("why", ["early", "stranger", "paused"])
async def test_it_is_asked_of_a_pair_at_work_in_its_time_only(work: Work, pair: Pair, why: str) -> None:
    who = await person(work, "Аня")
    if why == "stranger":
        who = await joined(work, build.person(work.school, "Пётр"))
        work.session.add(build.participation(who, Side.MENTEE))
    if why == "paused":
        pair.status = PairStatus.PAUSED
    await work.session.flush()
    with pytest.raises(Refusal):
        await questionnaire_offers.offer(
            later(work, days=20 if why == "early" else 31), who.id, f"PULSE:{pair.id}"
        )


async def test_an_offered_pair_is_asked_before_it_begins(work: Work, pair: Pair) -> None:
    pair.status, pair.starts_on = PairStatus.OFFERED, None
    assert await assignments.invite_due(later(work, days=1)) == 2


async def test_an_old_button_of_the_beginning_opens_nothing_once_the_work_has_begun(
    work: Work, pair: Pair
) -> None:
    mentee = await person(work, "Аня")
    day = later(work, days=3)
    assert (await questionnaire_offers.offer(day, mentee.id, "PRE_UCH_UCH_MENTEE"))["code"]
    work.session.add(
        Meeting(
            school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M2, status=MeetingStatus.HELD,
            proposed_by=mentee.id, starts_at=work.now, closed_at=work.now, uid="held",
            format=MeetingFormat.OFFLINE, created_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()
    with pytest.raises(Refusal, match="questionnaire-closed"):
        await questionnaire_offers.offer(day, mentee.id, "PRE_UCH_UCH_MENTEE")


@pytest.mark.parametrize(("early", "asked"), [(True, 1), (False, 0)])
async def test_who_has_joined_is_asked_at_once_where_the_school_wants_it(
    work: Work, *, early: bool, asked: int
) -> None:
    alone = await joined(work, build.person(work.school))
    work.session.add(build.participation(alone, Side.MENTEE, enrolled_at=work.now))
    work.school.settings = {**work.school.settings, "polls": {"early": early}}
    await work.session.flush()
    assert await assignments.invite_due(work) == 0
    assert await assignments.invite_due(later(work, days=1)) == asked
    assert await assignments.invite_due(later(work, days=22)) == 0


async def test_a_pair_that_was_completed_is_asked_at_the_end(work: Work, pair: Pair) -> None:
    day = later(work, days=90)
    pair.status, pair.closed_at = PairStatus.COMPLETED, day.now
    for one in (await work.session.scalars(select(Pair))).all():
        await work.session.refresh(one, ["members"])
    for member in pair.members:
        member.left_at = day.now
    await work.session.flush()
    assert await assignments.invite_due(day) == 2
    codes = {row.key.split(":")[1] for row in await work.session.scalars(select(OutboxRow))}
    assert codes == {"POST_UCH_UCH_MENTEE", "POST_UCH_UCH_MENTOR"}
    assert await assignments.invite_due(later(work, days=112)) == 0
    people = (await work.session.scalars(select(Person))).all()
    assert len((await work.session.scalars(select(Participation))).all()) == len(people) == 2
