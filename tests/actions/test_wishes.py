"""Whom people want to work with: by their own words, by the poll after a group meeting, by the curator's reading."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import questionnaires, wishes
from actions.questionnaire_offers import fill
from actions.work import Work
from program.errors import Refusal
from program.instruments import Value
from program.named import Wish
from program.roles import Side
from storage import preferences
from storage.preferences import Preferences
from storage.tables import Answer, Asking, Participation
from tests import build, pairs

YEAR = "2026-2027"


async def place(work: Work, side: Side, first: str, last: str, **more: object) -> Participation:
    person = await pairs.member(work.session, work.school, first, last, **more)
    taken = build.participation(person, side)
    taken.person = person
    work.session.add(taken)
    await work.session.flush()
    return taken


async def wished(work: Work, who: Participation, words: str | None) -> None:
    given: dict[str, Value] = {
        "INT_ME_P.1": "Сдать экзамен",
        "INT_ME_P.2": ["talk"],
        "INT_ME_P.8": ["any"],
        "INT_ME_P.9": words,
    }
    await questionnaires.save(work, who.person, "INT_ME_P", 1, given, round=YEAR)


async def all_of(work: Work) -> Preferences:
    return await preferences.preferences(work.session, work.school.id, YEAR, "uch_uch")


async def answer(work: Work, words: str) -> Answer:
    return (await work.session.scalars(select(Answer).where(Answer.words == words))).one()


async def polled(
    work: Work, asking: Asking, who: Participation, chosen: list[Participation], avoided: list[Participation]
) -> None:
    side = Side(who.side)
    name = "PREF.1" if side is Side.MENTEE else "PREF.1m"
    others = [[f"p{one}", f"Человек {one}"] for one in asking.people if one != who.person_id]
    facts = {
        "code": "PREF", "version": 1, "round": f"{YEAR}/{asking.id}", "side": side.value, "people": others,
    }  # fmt: skip
    given: dict[str, Value] = {name: [f"p{one.person_id}" for one in chosen]}
    given["PREF.2"] = [f"p{one.person_id}" for one in avoided]
    await fill(work, who.person_id, facts, given)


async def met(work: Work, *people: Participation) -> Asking:
    asking = Asking(
        school_id=work.school.id, code="PREF", round=YEAR, audience={"forms": ["uch_uch"]},
        people=[one.person_id for one in people], created_at=work.now, closes_at=work.now + timedelta(days=9),
    )  # fmt: skip
    work.session.add(asking)
    await work.session.flush()
    return asking


async def test_a_mentor_named_without_doubt_is_written_down_by_id(work: Work) -> None:
    mentor = await place(work, Side.MENTOR, "Олег", "Ветров")
    mentee = await place(work, Side.MENTEE, "Аня", "Котова")
    await wished(work, mentee, "Хочу с Олегом Ветровым")
    assert (await answer(work, "Хочу с Олегом Ветровым")).named == [[mentor.person_id, "prefer"]]
    assert await all_of(work) == ({mentee.id: {mentor.id: "prefer"}}, {})
    assert await wishes.unclear(work) == []


async def test_a_mentor_who_joins_later_is_recognised_then(work: Work) -> None:
    mentee = await place(work, Side.MENTEE, "Аня", "Котова")
    await wished(work, mentee, "Ветров")
    assert [one.words for one in await wishes.unclear(work)] == ["Ветров"]
    mentor = await place(work, Side.MENTOR, "Олег", "Ветров")
    assert (await all_of(work)).by_mentee == {mentee.id: {mentor.id: "prefer"}}
    assert await wishes.unclear(work) == []


async def test_what_is_unclear_waits_for_the_curator_and_a_no_does_not(work: Work) -> None:
    mentor = await place(work, Side.MENTOR, "Олег", "Ветров")
    unsure = await place(work, Side.MENTEE, "Аня", "Котова")
    await wished(work, unsure, "Только не Ветров")
    await wished(work, await place(work, Side.MENTEE, "Юля", "Рыжова"), "не знаю")
    await wished(work, await place(work, Side.MENTEE, "Саша", "Зимин"), None)
    (one,) = await wishes.unclear(work)
    assert (one.words, [known.id for known in one.likely]) == ("Только не Ветров", [mentor.person_id])
    assert (await all_of(work)).by_mentee == {}

    await wishes.settle(work, one.answer, {mentor.person_id: Wish.AVOID})
    assert (await all_of(work)).by_mentee == {unsure.id: {mentor.id: "avoid"}}
    assert (await answer(work, "Только не Ветров")).words == "Только не Ветров"
    assert await wishes.unclear(work) == []


async def test_nobody_may_be_meant_and_only_a_mentor_can_be(work: Work) -> None:
    mentee = await place(work, Side.MENTEE, "Аня", "Котова")
    other = await place(work, Side.MENTEE, "Юля", "Рыжова")
    await wished(work, mentee, "Мой тренер")
    (one,) = await wishes.unclear(work)
    with pytest.raises(Refusal, match="quiz-wish-not-mentor"):
        await wishes.settle(work, one.answer, {other.person_id: Wish.PREFER})
    await wishes.settle(work, one.answer, {})
    assert await wishes.unclear(work) == []


async def test_another_schools_answer_cannot_be_settled(work: Work) -> None:
    second = build.school("second")
    work.session.add(second)
    await work.session.flush()
    mentee = await place(work, Side.MENTEE, "Аня", "Котова")
    await wished(work, mentee, "Мой тренер")
    (one,) = await wishes.unclear(work)
    with pytest.raises(Refusal, match="quiz-wish-unknown"):
        await wishes.settle(Work(work.session, second, work.now), one.answer, {})


async def test_the_poll_speaks_in_both_directions_and_who_was_met_is_neutral(work: Work) -> None:
    mentee, other = [await place(work, Side.MENTEE, name, "Котова") for name in ("Аня", "Юля")]
    first, second, third = [await place(work, Side.MENTOR, name, "Ветров") for name in ("Олег", "Ян", "Лев")]
    asking = await met(work, mentee, other, first, second, third)
    await polled(work, asking, mentee, [second, first], [first])
    await polled(work, asking, second, [mentee], [])
    found = await all_of(work)
    assert found.by_mentee == {mentee.id: {first.id: "avoid", second.id: "prefer", third.id: "neutral"}}
    assert found.by_mentor == {second.id: {mentee.id: "prefer", other.id: "neutral"}}


async def test_a_later_poll_changes_only_what_it_speaks_of(work: Work) -> None:
    mentee = await place(work, Side.MENTEE, "Аня", "Котова")
    first, second = [await place(work, Side.MENTOR, name, "Ветров") for name in ("Олег", "Ян")]
    await polled(work, await met(work, mentee, first, second), mentee, [first], [second])
    await polled(work, await met(work, mentee, first, second), mentee, [second], [])
    assert (await all_of(work)).by_mentee == {mentee.id: {first.id: "prefer", second.id: "prefer"}}
    assert (await preferences.preferences(work.session, work.school.id, YEAR, "rab_uch")).by_mentee == {}
