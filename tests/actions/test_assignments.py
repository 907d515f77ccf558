"""Asking to fill in: by rule and by hand, once, one reminder, only those who have not answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions import assignments, my_data, questionnaire_offers, questionnaires
from actions.audiences import Audience
from actions.work import Work
from locales import Texts
from program.ages import Consenter
from program.consents import REQUIRED, ConsentEvent, ConsentMethod
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Category, Side
from program.states import MeetingFormat, MeetingKind, MeetingStatus
from storage.tables import Consent, Guardianship, Meeting, OutboxRow, Pair, Participation, Person
from tests import build


@pytest.fixture
async def pair(work: Work) -> Pair:
    """Announced on Tuesday 15 September; both pupils have agreed, and so have their parents on paper."""
    mentee = await joined(work, build.person(work.school))
    mentor = await joined(work, build.person(work.school, "Олег", "Ветров", class_name="10Б"))
    places = [build.participation(mentor, Side.MENTOR), build.participation(mentee, Side.MENTEE)]
    work.session.add_all(places)
    await work.session.flush()
    pair = build.pair(*places, announced_at=work.now)
    work.session.add(pair)
    await work.session.flush()
    return pair


async def joined(work: Work, who: Person) -> Person:
    work.session.add(who)
    await work.session.flush()
    work.session.add(build.address(who))
    for kind in REQUIRED:
        for consenter in Consenter:
            work.session.add(
                Consent(
                    school_id=work.school.id, person_id=who.id, kind=kind, event=ConsentEvent.GIVEN,
                    consenter=consenter, given_by=who.id if consenter is Consenter.SELF else None,
                    method=ConsentMethod.PAPER, at=work.now, paper_number="№ 7", entered_by="cli",
                )
            )  # fmt: skip
    await work.session.flush()
    return who


def later(work: Work, **by: float) -> Work:
    return Work(work.session, work.school, work.now + timedelta(**by))


async def person(work: Work, first_name: str) -> Person:
    found = await work.session.scalar(select(Person).where(Person.first_name == first_name))
    assert found is not None
    return found


async def keys(work: Work) -> list[str]:
    rows = await work.session.scalars(select(OutboxRow.key).order_by(OutboxRow.id))
    return [key for key in rows if key.startswith("questionnaire")]


async def buttons(work: Work) -> list[str]:
    bodies = await work.session.scalars(select(OutboxRow.body).order_by(OutboxRow.id))
    return [choice.data for body in bodies for row in Message.from_json(body).rows for choice in row]


async def test_a_day_after_the_announcement_both_sides_are_asked_once(work: Work, pair: Pair) -> None:
    assert await assignments.invite_due(work) == 0
    for hours in (24, 24.25, 30):
        await assignments.invite_due(later(work, hours=hours))
    assert await buttons(work) == [
        "f:questionnaire:PRE_UCH_UCH_MENTOR",
        "f:questionnaire:PRE_UCH_UCH_MENTEE",
    ]


async def test_one_gentle_reminder_comes_after_three_days_and_no_more(work: Work, pair: Pair) -> None:
    for days in range(1, 12):
        await assignments.invite_due(later(work, days=days))
    found = await keys(work)
    assert [key.split(":")[0] for key in found] == ["questionnaire"] * 2 + ["questionnaire-again"] * 2
    again = await work.session.scalar(select(OutboxRow).where(OutboxRow.key == found[2]))
    assert again is not None
    assert again.created_at == work.now + timedelta(days=4)


async def test_who_has_answered_is_not_reminded(work: Work, pair: Pair) -> None:
    tomorrow = later(work, days=1)
    await assignments.invite_due(tomorrow)
    mentee = await person(work, "Аня")
    facts = await questionnaire_offers.offer(tomorrow, mentee.id, "PRE_UCH_UCH_MENTEE")
    await questionnaire_offers.fill(tomorrow, mentee.id, facts, {"C16": "no"})
    await assignments.invite_due(later(work, days=5))
    again = [key for key in await keys(work) if key.startswith("questionnaire-again")]
    assert len(again) == 1
    assert f":{mentee.id}:" not in again[0]
    [waiting] = await work.session.scalars(
        select(OutboxRow.dropped).where(OutboxRow.key.contains(f":{mentee.id}:"))
    )
    assert waiting == "answered"


async def test_nobody_is_reminded_of_the_beginning_once_the_work_has_begun(work: Work, pair: Pair) -> None:
    await assignments.invite_due(later(work, days=1))
    mentor = await person(work, "Олег")
    work.session.add(
        Meeting(
            school_id=work.school.id, pair_id=pair.id, kind=MeetingKind.M2, status=MeetingStatus.HELD,
            proposed_by=mentor.id, starts_at=work.now, closed_at=work.now, uid="held",
            format=MeetingFormat.OFFLINE, created_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()
    assert await assignments.invite_due(later(work, days=5)) == 0


async def test_an_invitation_waits_for_polite_hours_and_expires(work: Work, pair: Pair) -> None:
    night = later(work, days=1, hours=12)  # midnight by the school's clock
    await assignments.invite_due(night)
    row = await work.session.scalar(select(OutboxRow))
    assert row is not None
    assert row.due_at.astimezone(work.zone).hour == 8
    assert row.expires_at is not None
    assert row.expires_at.astimezone(work.zone).date() == date(2026, 10, 6)


async def test_without_consent_nobody_is_asked(work: Work, pair: Pair) -> None:
    for line in await work.session.scalars(select(Consent)):
        await work.session.delete(line)
    await work.session.flush()
    assert await assignments.invite_due(later(work, days=1)) == 0


async def test_a_parent_is_asked_about_each_child_once_the_school_knows_the_parent(
    work: Work, pair: Pair
) -> None:
    mother = await joined(work, build.person(work.school, "Вера", category=Category.PARENT))
    child = await person(work, "Аня")
    tie = Guardianship(
        school_id=work.school.id,
        guardian_id=mother.id,
        child_id=child.id,
        relation="mother",
        created_at=work.now,
    )
    work.session.add(tie)
    await work.session.flush()
    tomorrow = later(work, days=1)
    await assignments.invite_due(tomorrow)
    assert f"f:questionnaire:INT_PAR:{child.id}" not in await buttons(work)
    tie.confirmed_at = work.now
    await work.session.flush()
    await assignments.invite_due(tomorrow)
    assert f"f:questionnaire:INT_PAR:{child.id}" in await buttons(work)
    facts = await questionnaire_offers.offer(tomorrow, mother.id, f"INT_PAR:{child.id}")
    assert (facts["about"], facts["child"]) == (f"person:{child.id}", "Аня")
    stranger = await person(work, "Олег")
    for wanted in ("INT_PAR", f"INT_PAR:{stranger.id}", "INT_PAR:x"):
        with pytest.raises(Refusal):
            await questionnaire_offers.offer(tomorrow, mother.id, wanted)


async def test_two_questionnaires_do_not_come_on_one_day(work: Work, pair: Pair) -> None:
    december = Work(work.session, work.school, work.now.replace(month=12, day=2))
    await assignments.invite_due(december)
    await assignments.send(later(december, hours=1), "INT_E", Audience(), date(2026, 12, 20))
    assert {key.split(":")[1] for key in await keys(work)} == {"MID"}
    await assignments.invite_due(later(december, hours=25))
    assert len([key for key in await keys(work) if ":INT_E:" in key]) == 2


async def test_the_curator_asks_an_audience_reminds_and_closes(work: Work, pair: Pair) -> None:
    await assignments.send(work, "INT_E", Audience(sides=("mentee",)), date(2026, 9, 25))
    mentee = await person(work, "Аня")
    assert [key.split(":")[3] for key in await keys(work)] == [str(mentee.id)]
    assert await assignments.remind(later(work, days=1), "INT_E") == 1
    assert await assignments.remind(later(work, days=2), "INT_E") == 0
    assert (await questionnaire_offers.offer(work, mentee.id, "INT_E"))["version"] == 1
    await assignments.close(later(work, days=2), "INT_E")
    with pytest.raises(Refusal) as refusal:
        await questionnaire_offers.offer(work, mentee.id, "INT_E")
    assert refusal.value.text.id == "questionnaire-closed"
    await assignments.reopen(later(work, days=2), "INT_E")
    assert await questionnaire_offers.offer(work, mentee.id, "INT_E")


async def test_a_closed_rule_asks_nobody(work: Work, pair: Pair) -> None:
    await assignments.close(work, "PRE_UCH_UCH_MENTEE")
    await assignments.invite_due(later(work, days=1))
    assert await buttons(work) == ["f:questionnaire:PRE_UCH_UCH_MENTOR"]


@pytest.mark.parametrize(
    ("code", "closes_on", "why"),
    [
        ("OBS", date(2026, 9, 30), "quiz-staff-only"),
        ("INT_E", date(2026, 9, 14), "quiz-closes-odd"),
        ("INT_E", date(2028, 1, 1), "quiz-closes-odd"),
        ("PARTNER", date(2026, 9, 30), "quiz-nobody"),
        ("PREF", date(2026, 9, 30), "quiz-one-form"),
        ("NONE", date(2026, 9, 30), "questionnaire-unknown"),
    ],
)
async def test_what_cannot_be_sent_is_refused_in_words(
    work: Work, pair: Pair, code: str, closes_on: date, why: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        await assignments.send(work, code, Audience(), closes_on)
    assert refusal.value.text.id == why


async def test_after_a_group_meeting_each_side_chooses_among_the_other(work: Work, pair: Pair) -> None:
    places = (await work.session.scalars(select(Participation).order_by(Participation.id))).all()
    absent = await joined(work, build.person(work.school, "Ира"))
    work.session.add(build.participation(absent, Side.MENTOR))
    await work.session.flush()
    present = [place.person_id for place in places]
    form = Audience(forms=("uch_uch",))
    await assignments.send(work, "PREF", form, date(2026, 9, 25), present)
    mentor, mentee = await person(work, "Олег"), await person(work, "Аня")
    facts = await questionnaire_offers.offer(work, mentee.id, "PREF")
    assert facts["side"] == "mentee"
    assert facts["people"] == [[f"p{mentor.id}", "Олег В., 10Б"]]
    with pytest.raises(Refusal):
        await questionnaire_offers.offer(work, absent.id, "PREF")
    response = await questionnaire_offers.fill(work, mentee.id, facts, {"PREF.1": [f"p{mentor.id}"]})
    assert response.round.startswith("2026-2027/")
    with pytest.raises(Refusal) as refusal:
        await questionnaire_offers.offer(work, mentee.id, "PREF")
    assert refusal.value.text.id == "questionnaire-done-already"
    with pytest.raises(ValueError, match=r"PREF\.1"):
        await questionnaire_offers.fill(
            work, mentor.id, await questionnaire_offers.offer(work, mentor.id, "PREF"), {"PREF.1m": ["p999"]}
        )


async def test_another_school_s_askings_do_not_reach_here(work: Work, pair: Pair) -> None:
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    assert await assignments.invite_due(Work(work.session, other, work.now + timedelta(days=1))) == 0


async def test_who_leads_and_is_led_reads_which_side_is_meant_in_the_invitation_and_in_the_own_data(
    work: Work, pair: Pair
) -> None:
    mentor = await person(work, "Олег")
    leads = await joined(work, build.person(work.school, "Вера", "Лебедева", category=Category.TEACHER))
    form = {"form": "uchit_uch"}
    places = [
        build.participation(leads, Side.MENTOR, **form),
        build.participation(mentor, Side.MENTEE, **form),
    ]
    work.session.add_all(places)
    await work.session.flush()
    work.session.add(build.pair(*places, announced_at=work.now))
    await work.session.flush()
    for days in range(6):
        await assignments.invite_due(later(work, days=days))
    rows = await work.session.scalars(select(OutboxRow).where(OutboxRow.person_id == mentor.id))
    say = Texts("ru", familiar=True)
    asked = {say(Message.from_json(row.body).texts[0]).partition(".")[0] for row in rows}
    assert {"Анкета в начале работы: ты наставник", "Анкета в начале работы: твой наставник"} <= asked
    facts = await questionnaire_offers.offer(work, mentor.id, "PRE_UCH_UCH_MENTOR")
    instrument = await questionnaires.version(work, facts["code"], facts["version"])
    answers = {one.id: None for one in instrument.questions if not one.required}
    needed = {one.id: 5 for one in instrument.questions if one.required}
    await questionnaire_offers.fill(work, mentor.id, facts, answers | needed)
    own = await my_data.known(work, mentor.id, mentor.id)
    assert "Анкета в начале работы: ты наставник" in [
        name for section in own.sections for name, _ in section.rows
    ]
