"""Ideas for meetings: the shipped words, and which one suits a pair on a day."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.directories import Directory, hurts
from program.directories import shipped as entries
from program.errors import Refusal
from program.forms import FORMS
from program.ideas import (
    INTERESTS,
    KINDS,
    LED,
    REQUESTS,
    TEACHING,
    Change,
    Wanted,
    grade_of,
    merged,
    next_own,
    ordered,
    require_words,
    shipped,
    suits,
)
from program.roles import Category
from program.states import MeetingKind

DAY = date(2026, 9, 15)
SLUGS = [idea.slug for idea in shipped()]
# Whom a form has as mentees, as far as there are ideas for them.
PLACES = [(form.slug, one) for form in FORMS.values() for one in LED if one in form.mentees]


def of_pupil(grade: int | None = 8, **values: object) -> Wanted:
    fields: dict[str, object] = {
        "form": "uchit_uch",
        "mentees": ((Category.PUPIL, grade),),
        "kind": MeetingKind.M4,
        "seed": 1,
        "day": DAY,
    }
    return Wanted(**(fields | values))  # type: ignore[arg-type]


@st.composite
def wanted(draw: st.DrawFn) -> Wanted:
    form, category = draw(st.sampled_from(PLACES))
    count = draw(st.integers(1, 4))
    grades = st.none() | st.integers(1, 11) if category == Category.PUPIL else st.none()
    return Wanted(
        form,
        tuple((category, draw(grades)) for _ in range(count)),
        draw(st.sampled_from(KINDS)),
        draw(st.integers(1, 10_000)),
        DAY + timedelta(days=draw(st.integers(0, 300))),
        frozenset(draw(st.sets(st.sampled_from(sorted(REQUESTS | INTERESTS))))),
        is_group=count > 1,
        online_only=draw(st.booleans()),
    )


seen = st.dictionaries(st.sampled_from(SLUGS), st.dates(date(2026, 1, 1), date(2026, 9, 14)))


@given(wanted(), seen)
def test_whatever_is_offered_suits_everybody_and_what_is_new_comes_first(
    who: Wanted, before: dict[str, date]
) -> None:
    found = ordered(shipped(), who, before)
    for idea in found:
        assert not idea.forms or who.form in idea.forms
        assert not who.is_group or "group" in idea.formats
        assert not who.online_only or "online" in idea.formats
        for category, grade in who.mentees:
            assert category in idea.mentee
            assert category != Category.PUPIL or grade is None or idea.grades[0] <= grade <= idea.grades[1]
    known = [idea.slug in before for idea in found]
    assert known == sorted(known)
    again = [before[idea.slug] for idea in found if idea.slug in before]
    assert again == sorted(again)
    assert len({idea.slug for idea in found}) == len(found)


@given(wanted(), seen)
def test_the_order_of_a_day_is_the_same_whenever_it_is_asked_for(
    who: Wanted, before: dict[str, date]
) -> None:
    assert ordered(shipped(), who, before) == ordered(tuple(reversed(shipped())), who, before)


@pytest.mark.parametrize(("form", "category"), PLACES)
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not MeetingKind.FLASH])
def test_every_form_and_meeting_has_something_to_choose_from(
    form: str, category: Category, kind: MeetingKind
) -> None:
    for grade in range(1, 12) if category == Category.PUPIL else (None,):
        who = Wanted(form, ((category, grade),), kind, 1, DAY)
        assert len(ordered(shipped(), who, {})) >= 12, (form, grade)
        assert any(kind in idea.kinds for idea in ordered(shipped(), who, {})), (form, kind, grade)


def test_what_somebody_asked_for_comes_before_what_nobody_did() -> None:
    first = ordered(shipped(), of_pupil(topics=frozenset({"career"}), kind=MeetingKind.M4), {})[:3]
    assert all("career" in idea.topics for idea in first)


def test_other_days_and_other_pairs_bring_other_ideas() -> None:
    firsts = {ordered(shipped(), of_pupil(day=DAY + timedelta(days=n)), {})[0].slug for n in range(30)}
    others = {ordered(shipped(), of_pupil(seed=n), {})[0].slug for n in range(30)}
    assert min(len(firsts), len(others)) > 5


def test_the_schools_words_its_own_ideas_and_what_it_does_not_offer() -> None:
    own = Change("own1", "Наш музей", "Сходите в музей школы.", 30, ("uch_uch",), (5, 6))
    ideas = {
        idea.slug: idea
        for idea in merged(
            [own, Change("our_rules", title="Наши правила"), Change("three_facts", active=False)]
        )
    }
    assert len(ideas) == len(shipped()) + 1
    assert (ideas["our_rules"].title.ru, len(ideas["our_rules"].steps)) == ("Наши правила", 4)
    assert not suits(ideas["three_facts"], of_pupil())
    assert suits(ideas["own1"], of_pupil(5, form="uch_uch"))
    assert suits(ideas["own1"], of_pupil(5, form="uch_uch.own1"))
    assert not suits(ideas["own1"], of_pupil(7, form="uch_uch"))
    assert not suits(ideas["own1"], of_pupil(5))
    assert next_own(ideas) == "own2"


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (("", "Дело", 30, (1, 11)), "materials-title-odd"),
        (("а" * 41, "Дело", 30, (1, 11)), "materials-title-odd"),
        (("Имя", " ", 30, (1, 11)), "materials-words-odd"),
        (("Имя", "Дело", 4, (1, 11)), "materials-minutes-odd"),
        (("Имя", "Дело", 30, (9, 5)), "materials-grades-odd"),
    ],
)
def test_an_idea_that_cannot_be_shown_is_refused(
    words: tuple[str, str, int, tuple[int, int]], refusal: str
) -> None:
    with pytest.raises(Refusal, match=refusal):
        require_words(*words)


def test_the_class_is_guessed_from_the_age_only_where_it_is_not_known() -> None:
    assert [grade_of(8, 9), grade_of(None, 13), grade_of(None, 5), grade_of(None, 30), grade_of(None, None)] == [
        8, 7, 1, 11, None,
    ]  # fmt: skip


# What an idea may never ask for: money, contacts, a home, a photo of a person; and no names for children's troubles.
_FORBIDDEN = re.compile(
    r"купи|куплю|плат[иы]|денег|деньг|рубл|номер|телефон|аккаунт|соцсет|дом[аой]\b|в гости|адрес|селфи|\(а\)|\(ла\)",
    re.IGNORECASE,
)
_ALLOWED = "Проверьте, что на странице нет адреса и телефона."


@pytest.mark.parametrize("idea", shipped(), ids=lambda idea: idea.slug)
def test_a_shipped_idea_is_short_kind_and_asks_for_nothing_it_must_not(idea: object) -> None:
    title, steps = idea.title, idea.steps  # type: ignore[attr-defined]
    for words in (title, *steps):
        assert words.ru != words.en
        assert words.en
        assert max(len(words.ru), len(words.en)) <= 120
        assert not hurts(words.ru)
        assert words.ru == _ALLOWED or not _FORBIDDEN.search(words.ru), words.ru
        assert not re.search(r"\b(?:ты|тебе|твой|твоя|твои|тебя)\b", words.ru, re.IGNORECASE)


def test_there_are_enough_ideas_and_every_request_and_interest_finds_one() -> None:
    assert len(shipped()) >= 60
    met = frozenset().union(*(idea.topics for idea in shipped()))
    assert met >= REQUESTS | INTERESTS | TEACHING


@pytest.mark.parametrize("directory", [Directory.GLOSSARY, Directory.METHOD])
def test_words_and_methods_are_explained_in_both_languages(directory: Directory) -> None:
    for entry in entries(directory):
        assert entry.about.ru != entry.about.en, entry.slug
        assert entry.about.en
        if directory is Directory.GLOSSARY:
            assert len(re.findall(r"[.!?](?:\s|$)", entry.about.ru)) <= 2, entry.slug
        else:
            assert "На встрече:" in entry.about.ru
