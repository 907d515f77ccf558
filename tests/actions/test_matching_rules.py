"""A school's own rules: chosen, tried, kept; silent wishes, waiting, and the fairness that comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import matching, matching_rules, mentor_wishes
from actions.matching_fairness import fairness
from actions.matching_left import why_left
from actions.matching_pool import pool
from actions.work import Work
from locales import Texts
from program.encounters import EncounterKind, EncounterState, Word
from program.errors import Refusal
from program.matching import MISFITS
from program.matching_rules import CRITERIA, USUAL_WEIGHTS, Level, book
from program.roles import Side
from program.states import MeetingFormat, PairStatus
from program.text import Text
from storage import pairs as stored
from storage.tables import Encounter, Impression, Participation
from tests import build
from tests.actions.pool import join

FORM = "uch_uch"
MENTEE, MENTOR = Side.MENTEE, Side.MENTOR


async def mates(work: Work) -> dict[int, int]:
    """Mentee -> mentor of the suggestions of a new run."""
    run = await matching.suggest(work, FORM)
    return {mentee: mentor for mentee, mentor, _ in run.result["pairs"]}


async def said_silently(work: Work, who: Participation, whom: Participation, word: Word) -> None:
    trial = Encounter(
        school_id=work.school.id, year="2026-2027", kind=next(iter(EncounterKind)), state=next(iter(EncounterState)),
        topic="Пробная встреча", starts_at=work.now, minutes=20, format=MeetingFormat.OFFLINE, seats=1, created_at=work.now,
    )  # fmt: skip
    work.session.add(trial)
    await work.session.flush()
    work.session.add(
        Impression(
            school_id=work.school.id,
            encounter_id=trial.id,
            person_id=who.person_id,
            about_id=whom.person_id,
            word=word,
            at=work.now,
        )
    )
    await work.session.flush()


def test_the_usual_rules_are_those_of_before() -> None:
    assert {name: weight for name, weight in USUAL_WEIGHTS.items() if weight} == {
        "request": 35, "subject": 10, "schedule": 15, "interest": 10, "wish": 10, "prefer": 40, "kind": 5,
        "format": 5, "age": 5, "load": 5,
    }  # fmt: skip
    assert book(FORM, {}).usual.required == {"elder", "gender", "avoid"}
    assert book("uchit_uchit", {}).usual.required == {"gender", "avoid"}


def test_what_was_stored_wrong_is_as_usual() -> None:
    stored_ = {
        "levels": {"request": "very", "cats": "required", "load": "required"},
        "gap": [5, 1],
        "models": {},
    }
    assert book(FORM, stored_) == book(FORM, {})


async def test_what_a_curator_chooses_is_kept_for_the_form_and_a_role_model_of_it(work: Work) -> None:
    await matching_rules.choose_rules(work, FORM, {"interest": "required", "gap": "important"}, gap=(1, 4))
    await matching_rules.choose_rules(work, FORM, {"elder": "ignored"}, role_model="uch_uch.ravny_ravnomu")

    rules = matching_rules.rules_of(work, FORM)

    assert rules.of().gap == (1, 4)
    assert rules.of().level("interest") is Level.REQUIRED
    assert rules.of().level("elder") is Level.REQUIRED
    equal = rules.of("uch_uch.ravny_ravnomu")
    assert (equal.level("elder"), equal.level("interest")) == (Level.IGNORED, Level.REQUIRED)
    assert matching_rules.rules_of(work, "uchit_uch").of().level("interest") is Level.DESIRABLE
    await matching_rules.forget_rules(work, FORM, "uch_uch.ravny_ravnomu")
    assert matching_rules.rules_of(work, FORM).models == {}
    await matching_rules.forget_rules(work, FORM)
    assert matching_rules.rules_of(work, FORM) == book(FORM, {})
    assert work.settings.matching == {}


@pytest.mark.parametrize(
    ("levels", "gap", "text"),
    [
        ({"cats": "required"}, None, "matching-level-unknown"),
        ({"load": "required"}, None, "matching-level-unknown"),
        ({"avoid": "ignored"}, None, "matching-level-unknown"),
        ({"gap": "required"}, None, "matching-gap-missing"),
        ({"gap": "required"}, (4, 1), "matching-gap-wrong"),
    ],
)
async def test_nonsense_is_refused(
    work: Work, levels: dict[str, str], gap: tuple[int, int] | None, text: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        await matching_rules.choose_rules(work, FORM, levels, gap=gap)
    assert refusal.value.text.id == text
    with pytest.raises(Refusal):
        await matching_rules.what_if(work, FORM, levels, gap=gap)


async def test_the_effect_is_seen_before_anything_is_saved(work: Work) -> None:
    mentee = await join(work, MENTEE, said={"INT_ME_P.5": ["books"]})
    other = await join(work, MENTEE, "Вторая", said={"INT_ME_P.5": ["sport"]})
    mentor = await join(work, MENTOR, said={"INT_MO.4": ["sport"]}, place={"capacity": 2})

    effect = await matching_rules.what_if(work, FORM, {"interest": "required"})

    assert (effect.now.pairs, effect.then.pairs, effect.then.unmatched) == (2, 1, 1)
    assert [(one.mentee, one.was, one.becomes) for one in effect.moved] == [(mentee.id, mentor.id, None)]
    assert work.settings.matching == {}
    await matching_rules.choose_rules(work, FORM, {"interest": "required"})
    assert await mates(work) == {other.id: mentor.id}


async def test_a_silent_no_of_either_side_forbids_and_is_never_among_shown_reasons(work: Work) -> None:
    mentee, mentor = await join(work, MENTEE), await join(work, MENTOR)
    await said_silently(work, mentor, mentee, Word.AVOID)
    assert await mates(work) == {}

    await matching_rules.choose_rules(work, FORM, {"avoid": "important"})

    assert await mates(work) == {mentee.id: mentor.id}
    pair = (await stored.of_participation(work.session, mentee.id))[0]
    reasons = matching.reasons_of(pair)
    assert "match-against-avoid" in [text.id for text in reasons.against]
    assert {name: points for name, points, _ in reasons.parts}["avoid"] < 0


async def test_a_silent_yes_of_both_sides_decides_between_equals(work: Work) -> None:
    mentee = await join(work, MENTEE)
    first, second = [await join(work, MENTOR, f"Имя{n}", "Осин") for n in range(2)]
    assert await mates(work) == {mentee.id: first.id}

    await said_silently(work, mentee, second, Word.PREFER)
    await said_silently(work, second, mentee, Word.PREFER)

    assert await mates(work) == {mentee.id: second.id}


async def test_a_wish_for_the_same_gender_is_kept_once_somebody_has_said_it(work: Work) -> None:
    mentee = await join(work, MENTEE, gender="female")
    mentor = await join(work, MENTOR, gender="male")
    assert await mates(work) == {mentee.id: mentor.id}

    await mentor_wishes.note(work, mentee.person_id, "female", True)
    assert await mates(work) == {}
    sister = await join(work, MENTOR, "Вера", "Осина", gender="female")
    assert await mates(work) == {mentee.id: sister.id}

    await mentor_wishes.note(work, mentee.person_id, "female", False)
    assert mentee.person.preferences == {}


@pytest.mark.parametrize(("gender", "wish"), [("", True), ("other", False)])
async def test_a_wish_about_gender_needs_one_to_compare_with(work: Work, gender: str, wish: bool) -> None:
    mentee = await join(work, MENTEE, gender="female")
    with pytest.raises(Refusal):
        await mentor_wishes.note(work, mentee.person_id, gender, wish)
    assert (mentee.person.gender, mentee.person.preferences) == ("female", {})


async def test_whoever_was_passed_over_once_goes_before_a_better_fit(work: Work) -> None:
    waits = await join(work, MENTEE, "Ждёт", said={"INT_ME_P.2": ["talk"]})
    fits = await join(work, MENTEE, "Новая", said={"INT_ME_P.2": ["study"]})
    mentor = await join(work, MENTOR, said={"INT_MO.2": ["study"]})
    assert await mates(work) == {fits.id: mentor.id}

    other, third = await join(work, MENTEE, "Давно"), await join(work, MENTOR, "Лев", "Гай")
    told = build.pair(third, other, status=PairStatus.ACTIVE)
    told.announced_at = work.now - timedelta(days=10)
    work.session.add(told)
    waits.enrolled_at = work.now - timedelta(days=30)
    fits.enrolled_at = work.now - timedelta(days=1)
    await work.session.flush()

    seen = {one.id: one for one in (await pool(work, FORM)).mentees}
    assert (seen[waits.id].waits, seen[waits.id].passed) == (30, 1)
    assert (seen[fits.id].waits, seen[fits.id].passed) == (1, 0)
    third.status = third.status.PAUSED
    assert await mates(work) == {waits.id: mentor.id}
    await matching_rules.choose_rules(work, FORM, {"wait": "ignored"})
    assert await mates(work) == {fits.id: mentor.id}


async def test_fairness_counts_those_without_a_suggestion(work: Work) -> None:
    await join(work, MENTEE, "Первая")
    left = await join(work, MENTEE, "Вторая", class_name="9Б", birth_date=None)
    await join(work, MENTOR)
    left.enrolled_at = work.now - timedelta(days=12)
    await work.session.flush()
    await matching_rules.choose_rules(work, FORM, {"wait": "ignored"})
    await matching.suggest(work, FORM)

    found = await fairness(work, FORM)

    assert (found.total.waiting, found.total.all) == (1, 2)
    assert found.load is not None
    assert found.load.most == 100
    assert {share.name for share in found.by_class} == {"8А", "9Б"}
    assert all(share.small for share in found.by_class)


def test_required_is_offered_only_where_it_forbids_something() -> None:
    for one in CRITERIA:
        assert (Level.REQUIRED in one.levels) == (one.name in MISFITS), one.name


async def test_waiting_can_weigh_but_not_be_demanded(work: Work) -> None:
    with pytest.raises(Refusal) as refusal:
        await matching_rules.choose_rules(work, FORM, {"wait": "required"})
    assert refusal.value.text.id == "matching-level-unknown"
    stored = book(FORM, {"levels": {"wait": "required"}})  # of a school that chose it before
    assert stored.of().level("wait") is Level.IMPORTANT


async def test_a_pupils_own_answer_is_the_wish_for_a_mentor_of_the_same_gender(work: Work) -> None:
    asked = await join(work, Side.MENTEE, "Аня", said={"INT_ME_P.6b": "same"})
    passed = await join(work, Side.MENTEE, "Ира", said={"INT_ME_P.6b": None})
    free = await join(work, Side.MENTEE, "Мая", said={"INT_ME_P.6b": "any"})
    for one in (asked, passed, free):
        one.person.gender = "female"
    him = await join(work, Side.MENTOR, "Пётр", "Лебедев", place={"capacity": 3})
    him.person.gender = "male"

    assert set(await mates(work)) == {passed.id, free.id}
    assert asked.person.preferences == {"same_gender": True}  # on the card, and among one's own data
    asked.person.gender = ""
    left = await why_left(work, FORM)
    assert Texts()(left[asked.id].suggestion or Text("x")).startswith("Укажите на карточке пол")


def test_every_criterion_and_level_has_a_name() -> None:
    assert all(Texts()(one.text) for one in CRITERIA)
    assert all(Texts()(level.text) for level in Level)
