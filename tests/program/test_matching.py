"""Hard rules, points that add up, reasons."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import Texts
from program.matching import CRITERIA, Judge, Mentee, Mentor, grade, is_named, scale, why_not
from program.matching_reasons import score, why_unmatched
from program.matching_rules import CRITERIA as RULES
from program.matching_rules import RuleBook, Rules, book
from program.matching_scores import offers
from program.roles import Category
from program.text import Text, worded

TAGS = ("study", "exam", "friends", "career")
SLOTS = ("mon_day", "wed_evening", "fri_morning")
KINDS = ("senior", "peer", "teacher", "alumnus", "any")
USUAL = Rules("uch_uch")
WEIGHTS = USUAL.weigh
LABELS = {"study": worded("Учёба", "Studies"), "math": worded("Математика", "Maths")}


def some(codes: tuple[str, ...]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(codes))


PERHAPS = st.sampled_from([frozenset(), frozenset(), frozenset({2})])
GENDERS = st.sampled_from(["", "female", "male"])
mentees = st.builds(
    Mentee, id=st.just(1), person=st.just(1), grade=st.none() | st.integers(1, 11), age=st.none() | st.integers(7, 18),
    requests=some(TAGS), subjects=some(TAGS), interests=some(TAGS), kinds=some(KINDS), formats=some(TAGS),
    slots=some(SLOTS), wished=PERHAPS, prefers=PERHAPS, wanted_by=PERHAPS, avoids=PERHAPS, avoided_by=PERHAPS, worked=PERHAPS,
    refused=PERHAPS, banned=PERHAPS, gender=GENDERS, same_gender=st.booleans(), class_name=st.sampled_from(["", "8а", "9б"]),
    languages=some(("ru", "en")), waits=st.integers(0, 400), passed=st.integers(0, 3),
)  # fmt: skip
mentors = st.builds(
    Mentor, id=st.just(2), person=st.just(2), category=st.sampled_from(Category), grade=st.none() | st.integers(1, 11),
    competencies=some(TAGS), subjects=some(TAGS), interests=some(TAGS), formats=some(TAGS), slots=some(SLOTS),
    ages=st.none() | st.tuples(st.integers(7, 12), st.integers(12, 18)), capacity=st.just(3), left=st.integers(0, 3),
    age=st.none() | st.integers(10, 60), gender=GENDERS, class_name=st.sampled_from(["", "8а", "9б"]), languages=some(("ru", "en")),
)  # fmt: skip
rules = st.builds(
    Rules, form=st.sampled_from(["uch_uch", "uchit_uch"]),
    levels=st.fixed_dictionaries({}, optional={one.name: st.sampled_from(one.levels) for one in RULES}),
    gap=st.none() | st.tuples(st.integers(-3, 2), st.integers(2, 30)),
)  # fmt: skip
weighings = st.dictionaries(st.sampled_from([*WEIGHTS, "unheard"]), st.integers(-5, 60))


@given(mentees, mentors, weighings)
@settings(max_examples=300, deadline=None)
def test_points_add_up_to_a_score_between_0_and_100(
    mentee: Mentee, mentor: Mentor, own: dict[str, int]
) -> None:
    judge = Judge(mentee, book("uch_uch", {}, own).usual)
    found = score(judge, mentor, LABELS)

    assert sum(judge.out_of.values()) == 100
    assert found.points == judge.points(mentor) == sum(points for _, points, _ in found.parts)
    assert 0 <= found.points <= 100
    assert all(points <= most for name, points, most in found.parts if name not in ("clash", "avoid"))


@given(mentees, mentors)
@settings(max_examples=150, deadline=None)
def test_every_reason_has_words(mentee: Mentee, mentor: Mentor) -> None:
    found = score(Judge(mentee, USUAL), mentor, LABELS)

    assert len(found.for_) <= 4
    assert len(found.against) <= 3
    for text in (*found.for_, *found.against):
        assert Texts()(text)
    assert [Text.from_json(text) for text in found.to_json()["for"]] == list(found.for_)


@given(mentees, mentors)
@settings(max_examples=100, deadline=None)
def test_another_common_topic_never_makes_a_pair_worse(mentee: Mentee, mentor: Mentor) -> None:
    judge = Judge(mentee, USUAL)

    assert judge.points(replace(mentor, competencies=frozenset(TAGS))) >= judge.points(mentor)


def test_a_perfect_pair_has_all_100_points() -> None:
    mentee = Mentee(1, 1, grade=8, age=13, requests=frozenset({"study"}), slots=frozenset({"wed_evening"}))
    mentor = Mentor(
        2, 2, grade=10, age=16, competencies=frozenset({"study"}), slots=frozenset({"wed_evening"})
    )

    found = score(Judge(mentee, USUAL), mentor, LABELS)

    assert found.points == 100
    assert [text.id for text in found.for_] == ["match-for-request", "match-for-schedule", "match-for-load"]
    assert Texts()(found.for_[0]) == "общая тема: Учёба"
    assert Texts("en")(found.for_[1]) == "both have time: Wednesday evening"


def test_free_hours_that_never_meet_take_points_away_and_are_said_first() -> None:
    mentee = Mentee(1, 1, age=13, requests=frozenset({"study"}), slots=frozenset({"mon_day"}))
    mentor = Mentor(2, 2, competencies=frozenset({"study"}), slots=frozenset({"wed_evening"}))
    silent = replace(mentor, slots=frozenset())

    judge = Judge(mentee, USUAL)

    assert judge.points(mentor) == judge.points(silent) - 15
    assert score(judge, mentor, LABELS).against[0].id == "match-against-schedule"
    assert score(judge, silent, LABELS).against[0].id == "match-against-schedule-unknown"


def test_what_a_mentee_did_not_wish_is_not_weighed() -> None:
    few = scale(Mentee(1, 1), WEIGHTS)
    many = scale(Mentee(1, 1, subjects=frozenset({"math"}), wished=frozenset({2})), WEIGHTS)

    assert few["subject"] == few["wish"] == few["kind"] == 0
    assert many["subject"]
    assert many["wish"]
    assert many["request"] < few["request"]


ELDER = Mentor(2, 2, grade=10, age=16)
MENTEE = Mentee(1, 1, grade=8, age=14)


@pytest.mark.parametrize(
    ("mentee", "mentor", "form", "reason"),
    [
        (MENTEE, replace(ELDER, left=0), "uch_uch", "match-no-place"),
        (MENTEE, replace(ELDER, admitted=False), "uch_uch", "match-no-admission"),
        (MENTEE, replace(ELDER, consented=False), "uch_uch", "match-no-mentor-consent"),
        (replace(MENTEE, consented=False), ELDER, "uch_uch", "match-no-mentee-consent"),
        (MENTEE, replace(ELDER, person=1), "uch_uch", "match-no-self"),
        (replace(MENTEE, family=frozenset({2})), ELDER, "uch_uch", "match-no-family"),
        (replace(MENTEE, refused=frozenset({2})), ELDER, "uch_uch", "match-no-again"),
        (replace(MENTEE, grade=11), ELDER, "uch_uch", "match-no-elder"),
        (replace(MENTEE, grade=None, age=17), ELDER, "uch_uch", "match-no-elder"),
    ],
)
def test_a_hard_rule_forbids_the_pair_and_says_why(
    mentee: Mentee, mentor: Mentor, form: str, reason: str
) -> None:
    assert [text.id for text in why_not(mentee, mentor, form)] == [reason]
    assert offers([mentee], [mentor], RuleBook(Rules(form))) == {1: {}}
    assert Texts()(Text(reason))


def test_a_younger_mentor_is_fine_in_the_same_class_on_purpose_or_among_adults() -> None:
    assert not why_not(replace(MENTEE, grade=10, age=17), ELDER, "uch_uch")
    assert not why_not(replace(MENTEE, grade=11), ELDER, "uch_uch", reverse=True)
    assert not why_not(replace(MENTEE, category=Category.TEACHER, grade=None, age=50), ELDER, "uchit_uchit")


@given(mentees, st.lists(mentors, max_size=5), rules, st.none() | st.integers(1, 3))
@settings(max_examples=500, deadline=None)
def test_all_at_once_are_measured_exactly_like_one_by_one(
    mentee: Mentee, found: list[Mentor], level: Rules, most: int | None
) -> None:
    people = [replace(mentor, id=n, person=n + 2) for n, mentor in enumerate(found)]

    offered = offers([mentee], people, RuleBook(level), most)[mentee.id]

    judge = Judge(mentee, level)
    whole = {one.id: judge.points(one) for one in people if not why_not(mentee, one, level)}
    if most is None:
        assert offered == whole
    else:
        rest = [points for key, points in whole.items() if key not in offered]
        assert len(offered) == min(most, len(whole))
        assert all(whole[key] == points >= max(rest, default=0) for key, points in offered.items())
    for one in people:
        assert 0 <= judge.points(one) <= 100
        assert all(Texts()(text) for text in why_not(mentee, one, level))
        found_score = score(judge, one, LABELS)
        assert all(Texts()(text) for text in (*found_score.for_, *found_score.against))


def test_without_a_pair_the_reason_is_told() -> None:
    def reasons(
        mentee: Mentee, *found: Mentor, candidates: dict[int, int], full: tuple[int, ...] = ()
    ) -> list[Text]:
        return why_unmatched(mentee, found, USUAL, candidates, full)

    assert [t.id for t in reasons(MENTEE, candidates={})] == ["match-left-nobody"]
    assert reasons(MENTEE, ELDER, candidates={2: 70}, full=(2,)) == [Text("match-left-full", {"count": 1})]
    young = replace(ELDER, grade=5)
    assert reasons(MENTEE, young, replace(young, id=3), candidates={}) == [
        Text("match-left-rule", {"rule": Text("match-no-elder"), "count": 2})
    ]
    assert [t.id for t in reasons(replace(MENTEE, consented=False), ELDER, candidates={})] == [
        "match-left-consent"
    ]


@pytest.mark.parametrize(
    ("words", "last_name", "named"),
    [
        ("хочу с Петром Ивановым", "Иванов", True),
        ("Иванова П.", "Иванов", True),
        ("не знаю", "Незнайкин", False),
        ("Ли", "Ли", False),  # two letters stand in too many words
        ("", "Котова", False),
        ("\u202eКОТЁНКИНА\u200b", "Котенкина", True),
    ],
)
def test_a_named_mentor_is_found_by_the_surname(words: str, last_name: str, named: bool) -> None:
    assert is_named(words, last_name) is named


def test_the_number_of_a_class_is_read() -> None:
    assert [grade(name) for name in ("8А", "10 Б", "", "старшие", "11")] == [8, 10, None, None, 11]


def test_the_english_reader_and_the_russian_reader_have_the_same_parts() -> None:
    assert all(Texts()(f"match-part-{name}") for name in CRITERIA)
