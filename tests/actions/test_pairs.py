"""Decisions about pairs, and their announcement."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions import matching, pairs
from actions.work import Work
from locales import Texts
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind
from program.errors import Refusal
from program.outgoing import Message
from program.roles import Side
from program.states import PairStatus, ParticipationStatus
from storage import pairs as stored
from storage.database import Database
from storage.tables import Guardianship, JournalEntry, OutboxRow, Pair, Participation
from tests import build
from tests.actions.pool import TEACHER, agree, begun, guardian, join

FORM = "uch_uch"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR


async def refused(verb: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await verb
    assert Texts()(refusal.value.text)
    return refusal.value.text.id


async def suggested(work: Work, mentee: Participation) -> Pair:
    await matching.suggest(work, FORM)
    return (await stored.of_participation(work.session, mentee.id))[0]


async def approved(work: Work) -> Pair:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR, "Пётр", "Лебедев")
    return await pairs.choose(work, mentee.id, mentor.id)


async def messages(work: Work) -> dict[int, Message]:
    """What was queued, by reader."""
    rows = await work.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("pair-announced:")))
    return {row.person_id or 0: Message.from_json(row.body) for row in rows}


async def actions_noted(work: Work) -> list[str]:
    lines = await work.session.scalars(select(JournalEntry).order_by(JournalEntry.number))
    return [line.action for line in lines if line.action.startswith("pair.")]


async def test_a_decision_is_made_once_and_noted(work: Work) -> None:
    mentee, _ = await join(work, MENTEE), await join(work, MENTOR)
    pair = await suggested(work, mentee)

    await pairs.approve(work.by("user:1"), pair.id)

    assert (pair.status, pair.decided_by) == (PairStatus.APPROVED, "user:1")
    assert await refused(pairs.approve(work, pair.id)) == "pair-decided"
    await pairs.reject(work, pair.id, " Разные\n смены ")
    assert (pair.status, pair.decision_reason) == (PairStatus.REJECTED, "Разные смены")
    assert await refused(pairs.reject(work, pair.id, "")) == "pair-decided"
    assert await actions_noted(work) == ["pair.approved", "pair.rejected"]
    assert await messages(work) == {}


async def test_a_suggestion_is_not_approved_when_things_have_changed(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    pair = await suggested(work, mentee)

    mentee.status = ParticipationStatus.PAUSED
    assert await refused(pairs.approve(work, pair.id)) == "pair-not-open"
    mentee.status, mentor.capacity = ParticipationStatus.SEARCHING, 0
    assert await refused(pairs.approve(work, pair.id)) == "match-mentor-full"


async def test_the_curators_choice_takes_the_place_of_the_suggestion(work: Work) -> None:
    mentee = await join(work, MENTEE)
    await join(work, MENTOR, "Пётр", "Лебедев")
    pair = await suggested(work, mentee)
    other = await join(work, MENTOR, "Вера", "Осина")

    chosen = await pairs.choose(work, mentee.id, other.id)

    assert chosen.status == PairStatus.APPROVED
    assert matching.reasons_of(chosen).parts
    assert pair.status == PairStatus.DROPPED


async def test_choosing_the_suggested_mentor_approves_the_suggestion(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    pair = await suggested(work, mentee)

    chosen = await pairs.choose(work, mentee.id, mentor.id)

    assert (chosen.id, chosen.status) == (pair.id, PairStatus.APPROVED)


async def test_a_choice_takes_the_place_of_the_weakest_suggestion_but_of_no_decision(work: Work) -> None:
    first, second = await join(work, MENTEE, "Первая"), await join(work, MENTEE, "Вторая")
    mentor = await join(work, MENTOR)
    pair = await suggested(work, first)

    other = (await pairs.alternatives(work, second.id))[0]
    await pairs.choose(work, second.id, mentor.id)

    assert other.displaces is not None
    assert other.displaces.id == pair.id
    assert pair.status == PairStatus.DROPPED
    assert await refused(pairs.choose(work, first.id, mentor.id)) == "match-mentor-full"
    assert await stored.holding(work.session, work.school.id, work.settings.year, FORM) == {mentor.id: 1}


async def test_alternatives_are_the_best_that_no_rule_forbids(work: Work) -> None:
    mentee = await join(work, MENTEE, said={"INT_ME_P.2": ["study"]})
    fits = await join(work, MENTOR, "Пётр", "Лебедев", said={"INT_MO.2": ["study"], "INT_MO.5": "any"})
    less = await join(work, MENTOR, "Вера", "Осина", said={"INT_MO.2": ["talk"], "INT_MO.5": "any"})
    await join(work, MENTOR, "Олег", "Ткач", place={"admitted": False})
    await join(work, MENTOR, "Лев", "Рощин", class_name="5В")

    found = await pairs.alternatives(work, mentee.id)

    assert [one.participation for one in found] == [fits.id, less.id]
    assert found[0].person.first_name == "Пётр"
    assert found[0].score.points > found[1].score.points
    assert [one.participation for one in await pairs.alternatives(work, mentee.id, limit=1)] == [fits.id]


@pytest.mark.parametrize(
    ("mentor", "why"),
    [
        ({"class_name": "5В"}, "match-forbidden"),
        ({"agreed": False}, "match-forbidden"),
        ({"place": {"admitted": False}}, "match-forbidden"),
        ({"place": {"status": ParticipationStatus.PAUSED}}, "pair-not-open"),
        ({"form": "vyp_uch"}, "pair-forms-differ"),
        ({"place": {"capacity": 0}}, "match-mentor-full"),
    ],
)
async def test_the_curators_choice_keeps_the_hard_rules(work: Work, mentor: dict[str, Any], why: str) -> None:
    mentee, other = await join(work, MENTEE), await join(work, MENTOR, **mentor)

    assert await refused(pairs.choose(work, mentee.id, other.id)) == why


async def test_a_younger_mentor_is_chosen_on_purpose_only(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR, class_name="5В")

    assert await refused(pairs.choose(work, mentee.id, mentor.id)) == "match-forbidden"
    assert (await pairs.choose(work, mentee.id, mentor.id, reverse=True)).status == PairStatus.APPROVED


async def test_a_rejected_pair_may_be_chosen_after_all_but_not_a_forbidden_one(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    await pairs.reject(work, (await suggested(work, mentee)).id)

    chosen = await pairs.choose(work, mentee.id, mentor.id)
    assert chosen.status == PairStatus.APPROVED

    await pairs.reject(work, chosen.id)
    mentor.person.class_name = "5В"
    await work.session.flush()
    assert await refused(pairs.choose(work, mentee.id, mentor.id)) == "match-forbidden"


async def test_a_mentee_at_work_gets_no_second_pair(work: Work) -> None:
    pair = await approved(work)
    await pairs.announce(work)
    other = await join(work, MENTOR, "Вера", "Осина")
    mentee = stored.present(pair, MENTEE)[0].participation_id

    assert await refused(pairs.choose(work, mentee, other.id)) == "pair-mentee-busy"


async def test_a_group_takes_places_for_its_mentees_and_hurting_labels_stay_inside(work: Work) -> None:
    mentees = [await join(work, MENTEE, f"Имя{n}") for n in range(3)]
    mentors = [await join(work, MENTOR, f"Вера{n}", place={"capacity": 2}) for n in range(2)]
    one, many = [m.id for m in mentors], [m.id for m in mentees]
    pair = await suggested(work, mentees[0])

    assert await refused(pairs.make_group(work, FORM, "", "Кот", one[:1], many)) == "match-mentor-full"
    group = await pairs.make_group(work, FORM, "uch_uch.lider_tihonya", "Шахматный\u202e кот", one, many)

    assert pair.status == PairStatus.DROPPED
    assert (group.title, group.status) == ("Шахматный кот", PairStatus.APPROVED)
    assert await stored.holding(work.session, work.school.id, work.settings.year, FORM) == dict.fromkeys(
        one, 2
    )
    await pairs.announce(work, [group.id])
    told = await messages(work)
    assert len(told) == 5
    said = " ".join(Texts().join(message.texts) for message in told.values())
    assert "Шахматный кот" in said
    assert "тихоня" not in said.casefold()


async def test_a_group_of_strangers_is_refused(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR, place={"capacity": 5})
    teacher = await join(work, MENTOR, form="uchit_uch", category=TEACHER)

    for mentors, mentees in ([[], [mentee.id]], [[mentor.id], []]):
        assert await refused(pairs.make_group(work, FORM, "", "Кот", mentors, mentees)) == "pair-group-empty"
    for mentors, mentees in (
        [[teacher.id], [mentee.id]],
        [[mentee.id, mentor.id], [mentee.id]],
        [[mentor.id], [mentee.id, 999]],
    ):
        assert await refused(pairs.make_group(work, FORM, "", "Кот", mentors, mentees)) == "pair-group-mixed"
    wrong = "uchit_uch.odaren"
    assert (
        await refused(pairs.make_group(work, FORM, wrong, "Кот", [mentor.id], [mentee.id]))
        == "pair-model-unknown"
    )


async def test_places_are_not_fewer_than_taken(work: Work) -> None:
    pair = await approved(work)
    mentor = stored.present(pair, MENTOR)[0].participation_id

    assert (await pairs.set_capacity(work, mentor, 3)).capacity == 3
    assert (await pairs.set_capacity(work, mentor, 1)).capacity == 1
    assert await refused(pairs.set_capacity(work, mentor, 0)) == "pair-places-taken"


# The announcement.


async def test_announcing_tells_mentor_mentee_and_confirmed_guardians_once(work: Work) -> None:
    pair = await approved(work)
    mentor, mentee = (one.person for one in stored.present(pair))
    mother = await guardian(work, mentee.id)
    await guardian(work, mentee.id, confirmed=False)

    preview = await pairs.preview_announcement(work)
    done = await pairs.announce(work)

    told = await messages(work)
    assert {one.person.id: one.message for one in preview.planned} == told
    assert set(told) == {mentor.id, mentee.id, mother.id}
    assert (done.told, pair.status) == (3, PairStatus.OFFERED)
    assert {one.participation.status for one in pair.members} == {ParticipationStatus.SEARCHING}
    assert await refused(pairs.announce(work)) == "pair-nothing-to-announce"
    assert await refused(pairs.announce(work, [pair.id])) == "pair-not-approved"
    assert await actions_noted(work) == ["pair.chosen", "pair.announced"]


async def test_the_preview_names_the_channel_that_is_written_to(work: Work) -> None:
    pair = await approved(work)
    mentor, mentee = (one.person for one in stored.present(pair))
    earlier = work.now - timedelta(days=3)
    for someone, number in ((mentor, "71"), (mentee, "72")):
        work.session.add(build.address(someone, Channel.TELEGRAM, number, used_at=earlier))
    mentor.preferences = {"web_only": True}
    await work.session.flush()

    preview = await pairs.preview_announcement(work)
    await pairs.announce(work)

    rows = await work.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith("pair-announced:")))
    written = {row.person_id: row.channel for row in rows}
    assert written == {mentor.id: Channel.WEB, mentee.id: Channel.TELEGRAM}
    assert {one.person.id: one.channel for one in preview.planned} == written


async def test_each_reader_learns_little_and_what_to_do_next(work: Work) -> None:
    pair = await approved(work)
    mentor, mentee = (one.person for one in stored.present(pair))
    mentor.phone, mentee.phone, mentee.last_name = "+79990000001", "+79990000002", "Котёнкина"
    mother = await guardian(work, mentee.id)
    await work.session.flush()

    await pairs.announce(work)

    told = await messages(work)
    child = Texts(familiar=True).join(told[mentee.id].texts, "\n")
    assert child.startswith("Для тебя подобран наставник: Пётр Л., 10Б.")
    assert "Нажми" in child or "нажми" in child
    assert (
        Texts()
        .join(told[mentor.id].texts)
        .startswith("Для вас подобрана пара. Вот кому вы могли бы помогать: Аня К., 8А.")
    )
    assert Texts().join(told[mother.id].texts).startswith("Аня: подобран наставник. Это Пётр Л., 10Б.")
    buttons = {who: [choice.data for row in message.rows for choice in row] for who, message in told.items()}
    asked = [f"f:pair-yes:{pair.id}", f"f:pair-no:{pair.id}", "f:help"]
    of_child = [f"f:pair-yes:{pair.id}.{mentee.id}", f"f:pair-no:{pair.id}.{mentee.id}", "f:help"]
    assert buttons == {mentor.id: asked, mentee.id: asked, mother.id: of_child}
    everything = " ".join(Texts(language).join(m.texts) for m in told.values() for language in ("ru", "en"))
    for secret in ("Котёнкина", "Лебедев", "+7999", "2012"):
        assert secret not in everything


async def test_an_adult_is_called_as_pupils_call_adults(work: Work) -> None:
    mentee = await join(work, MENTEE, form="uchit_uch")
    mentor = await join(
        work, MENTOR, "Мария", "Лебедева", form="uchit_uch", category=TEACHER, middle_name="Ивановна"
    )
    await pairs.choose(work, mentee.id, mentor.id)

    await pairs.announce(work)

    told = await messages(work)
    assert "Мария Ивановна" in Texts().join(told[mentee.person_id].texts)
    assert "Лебедева" not in Texts().join(told[mentee.person_id].texts)


async def test_hostile_names_stay_one_harmless_line(work: Work) -> None:
    mentee = await join(work, MENTEE, "<b>Аня</b>\n\u202e\u200bбот", "{ $name }" + "х" * 290)
    mentor = await join(work, MENTOR, "Ж" * 290, "\u2066Ов")
    pair = await pairs.choose(work, mentee.id, mentor.id)

    await pairs.announce(work, [pair.id])

    for message in (await messages(work)).values():
        words = Texts().join(message.texts[:1])
        assert "\n" not in words
        assert len(words) < 120
        assert not {"\u202e", "\u200b", "\u2066"} & set(words)


async def test_an_announcement_waits_for_polite_hours(work: Work) -> None:
    late = replace(work, now=datetime(2026, 9, 19, 17, 0, tzinfo=UTC))  # Saturday 22:00, then Sunday
    await approved(late)

    preview = await pairs.preview_announcement(late)
    await pairs.announce(late)

    monday = datetime(2026, 9, 21, 8, 0, tzinfo=late.zone)
    assert list(preview.until.values()) == [monday + timedelta(hours=72)]
    assert {one.due_at for one in preview.planned} == {monday}
    due = await late.session.scalars(select(OutboxRow.due_at))
    assert set(due) == {monday}


async def test_whom_no_address_reaches_is_named_to_be_called(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE, reachable=False), await join(work, MENTOR)
    await pairs.choose(work, mentee.id, mentor.id)

    preview = await pairs.preview_announcement(work)
    done = await pairs.announce(work)

    assert [one.person.id for one in preview.to_call] == [mentee.person_id]
    assert [one.person.id for one in done.to_call] == [mentee.person_id]
    assert done.told == 1


async def test_without_a_consent_nothing_goes_out_and_the_missing_one_is_named(work: Work) -> None:
    pair = await approved(work)
    mentee = stored.present(pair, MENTEE)[0].person
    second = await join(work, MENTEE, "Вторая")
    mentor = await join(work, MENTOR, "Вера", "Осина")
    fine = await pairs.choose(work, second.id, mentor.id)
    later = replace(work, now=work.now + timedelta(minutes=1))
    await agree(later, mentee, ConsentKind.PARTICIPATION, event=ConsentEvent.WITHDRAWN)

    preview = await pairs.preview_announcement(later)
    assert [(blocked.id, text.id) for blocked, text in preview.blocked] == [(pair.id, "pair-consent-missing")]
    assert Texts()(preview.blocked[0][1]) == (
        "Аня К.: нет согласия на участие в программе. Напомните о нём или внесите бумажное, потом объявите пару."
    )
    assert await refused(pairs.announce(later, [pair.id])) == "pair-consent-missing"
    done = await pairs.announce(later)

    assert [one.id for one in done.pairs] == [fine.id]
    assert pair.status == PairStatus.APPROVED
    assert mentee.id not in await messages(later)


# The end of a pair.


async def test_a_stopped_pair_sends_the_mentee_to_search_and_frees_the_place(work: Work) -> None:
    pair = await approved(work)
    assert await refused(pairs.close(work, pair.id, PairStatus.STOPPED)) == "pair-not-active"
    await begun(work)

    await pairs.close(work, pair.id, PairStatus.STOPPED, "Сменились интересы")

    assert {one.participation.status for one in pair.members} == {ParticipationStatus.SEARCHING}
    assert all(one.left_at == work.now for one in pair.members)
    assert await stored.holding(work.session, work.school.id, work.settings.year, FORM) == {}
    assert await refused(pairs.close(work, pair.id, PairStatus.STOPPED)) == "pair-not-active"


async def test_a_completed_pair_finishes_a_mentor_without_another_pair(work: Work) -> None:
    mentor = await join(work, MENTOR, place={"capacity": 2})
    first, second = await join(work, MENTEE, "Первая"), await join(work, MENTEE, "Вторая")
    one, two = [await pairs.choose(work, mentee.id, mentor.id) for mentee in (first, second)]
    await begun(work)

    await pairs.close(work, one.id, PairStatus.COMPLETED, "Цель достигнута")
    statuses = (first.status, second.status, mentor.status)
    await pairs.close(work, two.id, PairStatus.COMPLETED)

    paired, finished = ParticipationStatus.PAIRED, ParticipationStatus.FINISHED
    assert statuses == (finished, paired, paired)
    assert (second.status, mentor.status, mentor.finished_at) == (finished, finished, work.now)


async def test_a_pair_of_another_school_does_not_exist(work: Work) -> None:
    pair = await approved(work)
    other = build.school("second")
    work.session.add(other)
    await work.session.flush()
    stranger = replace(work, school=other)

    for verb in (
        pairs.approve(stranger, pair.id),
        pairs.reject(stranger, pair.id),
        pairs.set_role_model(stranger, pair.id, ""),
    ):
        assert await refused(verb) == "pair-unknown"
    mentee, mentor = (stored.present(pair, side)[0].participation_id for side in (MENTEE, MENTOR))
    assert await refused(pairs.choose(stranger, mentee, mentor)) == "pair-unknown"
    assert await refused(pairs.announce(stranger, [pair.id])) == "pair-not-approved"


# Two curators at once, on a server where transactions really run side by side.


@pytest.mark.postgres
@pytest.mark.parametrize("round_", range(3))
async def test_two_curators_at_once_never_overbook_a_mentor(
    postgres: Database, now: datetime, round_: int
) -> None:
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        mentor = await join(work, MENTOR, place={"capacity": 2})
        mentees = [await join(work, MENTEE, f"Имя{n}") for n in range(6)]

    async def decide(mentee: Participation) -> str:
        try:
            async with postgres.transaction() as session:
                await pairs.choose(Work(session, school, now), mentee.id, mentor.id)
        except Refusal as refusal:
            return refusal.text.id
        return "approved"

    answers = await asyncio.gather(*(decide(mentee) for mentee in mentees))

    assert sorted(answers) == ["approved"] * 2 + ["match-mentor-full"] * 4
    async with postgres.reading() as session:
        assert await stored.holding(session, school.id, "2026-2027", FORM) == {mentor.id: 2}


@pytest.mark.postgres
async def test_runs_approvals_and_announcements_at_once_end_in_order(
    postgres: Database, now: datetime
) -> None:
    school = build.school(now=now)
    async with postgres.transaction() as session:
        session.add(school)
    async with postgres.transaction() as session:
        work = Work(session, school, now)
        for n in range(4):
            await join(work, MENTEE, f"Имя{n}")
            await join(work, MENTOR, f"Вера{n}")
        await matching.suggest(work, FORM)
        ids = [pair.id for pair in await stored.board(session, school.id, "2026-2027", FORM)]

    async def turn(verb: Any, *args: Any) -> str:
        try:
            async with postgres.transaction() as session:
                await verb(Work(session, school, now), *args)
        except Refusal as refusal:
            return refusal.text.id
        return "done"

    twice = [turn(pairs.approve, pair_id) for pair_id in ids for _ in range(2)]
    await asyncio.gather(*twice, turn(matching.suggest, FORM), turn(matching.suggest, FORM))
    await asyncio.gather(*(turn(pairs.announce) for _ in range(3)))

    async with postgres.reading() as session:
        found = await stored.board(session, school.id, "2026-2027", FORM)
        assert [pair.status for pair in found] == [PairStatus.OFFERED] * 4
        sent = (await session.scalars(select(OutboxRow.key))).all()
    assert len(sent) == len(set(sent)) == 8


async def test_a_suggestion_older_than_the_word_that_two_are_family_is_not_approved(work: Work) -> None:
    mentee, mentor = await join(work, Side.MENTEE), await join(work, Side.MENTOR, "Вера")
    await matching.suggest(work, "uch_uch")
    (pair,) = await stored.of_participation(work.session, mentee.id)
    work.session.add(
        Guardianship(
            school_id=work.school.id, guardian_id=mentor.person_id, child_id=mentee.person_id,
            created_at=work.now, confirmed_at=work.now,
        )
    )  # fmt: skip
    await work.session.flush()
    with pytest.raises(Refusal) as refused:
        await pairs.approve(work, pair.id)
    assert refused.value.text.id == "match-forbidden"
