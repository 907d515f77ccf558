"""What the curator can do today for somebody who waits for a pair."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import encounters, queue_doors
from actions.encounters import Draft
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.roles import Side
from program.states import ParticipationStatus
from storage import pairs as stored
from storage.tables import Pair, Participation
from tests import build
from tests.actions.pool import join
from tests.pairs import told

FORM = "uch_uch"
STUDY = {"INT_ME_P.2": ["study"], "INT_ME_P.8": ["wed_day"]}
CAN_STUDY = {"INT_MO.2": ["study"], "INT_MO.6b": ["wed_day"]}


async def group_at_work(work: Work, mentor: Participation, *mentees: Participation) -> Pair:
    started = work.today - timedelta(days=3)
    pair = build.pair(
        mentor, *mentees, is_group=True, title="Дроби вместе", announced_at=work.now, starts_on=started
    )
    work.session.add(pair)
    await work.session.flush()
    for one in (mentor, *mentees):
        one.status = ParticipationStatus.PAIRED
    await work.session.flush()
    work.session.expunge(pair)
    found = await stored.get(work.session, work.school.id, pair.id)
    assert found is not None
    return found


async def test_a_meeting_is_made_for_those_who_ask_for_the_same(work: Work) -> None:
    alone = await join(work, Side.MENTEE, "Юля", said=STUDY)
    same = await join(work, Side.MENTEE, "Вера", said={"INT_ME_P.2": ["study", "talk"]})
    await join(work, Side.MENTEE, "Рая", said={"INT_ME_P.2": ["talk"]})

    meant = await queue_doors.company(work, alone.id)

    assert [Texts()(text) for text in meant.wants] == ["Учёба по предмету"]
    assert [one.person.id for one in meant.companions] == [same.person_id]
    draft = Draft(topic="Дроби", starts_at=work.now + timedelta(days=3))
    made = await encounters.publish(work.by("user:1"), draft)
    for times in (2, 0):  # nobody is invited twice
        assert await queue_doors.invite_some(work, made.id, list(meant.people.values())) == times
    assert {row.person_id for row in await told(work.session, "encounter-invite:")} == set(meant.people)


async def test_who_is_not_in_the_queue_has_no_door_there(work: Work) -> None:
    mentor = await join(work, Side.MENTOR, "Пётр", "Лебедев", said=CAN_STUDY)
    for door in (queue_doors.company, queue_doors.fitting_groups):
        with pytest.raises(Refusal) as refusal:
            await door(work, mentor.id)
        assert refusal.value.text.id == "pair-unknown"


async def test_a_group_that_suits_says_why_and_takes_somebody_in(work: Work) -> None:
    waits = await join(work, Side.MENTEE, "Юля", said=STUDY)
    members = [await join(work, Side.MENTEE, name, said=STUDY) for name in ("Вера", "Рая")]
    mentor = await join(work, Side.MENTOR, "Пётр", "Лебедев", said=CAN_STUDY, place={"capacity": 3})
    group = await group_at_work(work, mentor, *members)

    _, (one,) = await queue_doors.fitting_groups(work, waits.id)

    assert (one.group.id, one.suits, one.size, one.free) == (group.id, True, 2, 1)
    assert one.why
    await queue_doors.join_group(work.by("user:1"), waits.id, group.id)
    assert waits.status == ParticipationStatus.PAIRED
    left = await join(work, Side.MENTEE, "Мая", said=STUDY)
    _, (full,) = await queue_doors.fitting_groups(work, left.id)
    assert (full.suits, full.free) == (False, 0)
    assert [text.id for text in full.against] == ["match-no-place"]


async def test_a_group_led_by_somebody_forbidden_says_what_is_in_the_way(work: Work) -> None:
    older = await join(work, Side.MENTEE, "Юля", said=STUDY, class_name="11А")
    member = await join(work, Side.MENTEE, "Вера", said=STUDY)
    mentor = await join(work, Side.MENTOR, "Пётр", "Лебедев", said=CAN_STUDY, place={"capacity": 5})
    await group_at_work(work, mentor, member)

    _, (one,) = await queue_doors.fitting_groups(work, older.id)

    assert [text.id for text in one.against] == ["match-no-elder"]
