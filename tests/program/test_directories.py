"""Directories: everything the seeds name is shipped, nothing shown hurts, a school's words lie over it."""

from __future__ import annotations

import pytest

from program.directories import (
    BY_FORM,
    TWO_LABELS,
    Change,
    Directory,
    hurts,
    merged,
    next_slug,
    require_wording,
    shipped,
)
from program.directories import NAMED as LABELLED
from program.errors import Refusal
from program.forms import FORMS, models_of


@pytest.mark.parametrize("directory", Directory)
def test_every_directory_is_shipped_whole(directory: Directory) -> None:
    entries = shipped(directory)
    assert entries
    for entry in entries:
        assert entry.version >= 1
        if directory in BY_FORM - {Directory.FORM}:
            assert entry.parent in FORMS
            assert entry.slug.startswith(entry.parent + ".")


# Source: domain.md 10 (S000-04, 13, 15, 31-33, 40; S002-01, 03, 17; S003-04, 09; S004).
NAMED = {
    Directory.MODEL: "traditional partner group flash speed reverse virtual situational short_goal team",
    Directory.ORGANISATION: "individual group collective mutual online mixed",
    Directory.TYPE: "direct indirect collective",
    Directory.PERSONALISATION: "pi_individual pi_inter pi_meta",
    Directory.DIRECTION: "d1 d2 d3 d4 d5 d6 d7 d8 d9",
    Directory.CIRCLE: "pupils teachers staff parents alumni business officials state neighbours",
    Directory.METHOD: "m_activity m_discussion m_situations m_environment m_diagnostic m_motivation m_consulting m_example",
    Directory.GLOSSARY: "nastavnichestvo programme mentee mentor target_model",
    Directory.SOURCE: "class_teacher subject_teacher methodist social_pedagogue psychologist parent alumnus veteran",
    Directory.TRAINING: "role listening goals feedback safety personal_data bot ending",
    Directory.ROLE_MODEL: (
        "uch_uch.lider_tihonya uch_uch.nastavnik_podopechny uch_uch.master_klass uch_uch.ravny_ravnomu"
        " uch_uch.volonter_otryad uch_uch.lider_klass uch_uch.vozhaty_rebenok uchit_uchit.opyt_molod"
        " uchit_uchit.stazhist_novichok uchit_uch.neuspev uchit_uch.odaren uchit_uch.osoben uchit_uch.kommunik"
    ),
}


@pytest.mark.parametrize("directory", NAMED)
def test_what_the_seeds_name_is_there(directory: Directory) -> None:
    assert set(NAMED[directory].split()) <= {entry.slug for entry in shipped(directory)}


def test_the_forms_of_the_code_and_of_the_directory_are_the_same() -> None:
    assert [entry.slug for entry in shipped(Directory.FORM)] == list(FORMS)
    assert {model.slug for form in FORMS for model in models_of(form)} == {
        entry.slug for entry in shipped(Directory.ROLE_MODEL)
    }


def test_no_label_that_participants_see_hurts() -> None:
    for directory in TWO_LABELS:
        for entry in shipped(directory):
            assert entry.shown.ru
            assert not hurts(entry.shown.ru), entry.slug
    assert hurts("Успевающий – неуспевающий")
    assert hurts("Лидер – тихоня")
    assert hurts("Учитель – «особенный» ребёнок")
    assert not hurts("Помощь в учёбе")


def test_a_schools_words_lie_over_the_shipped_ones_and_its_own_come_after() -> None:
    first = shipped(Directory.METHOD)[0]
    found = merged(
        Directory.METHOD,
        [
            Change(first.slug, label="По-нашему", active=False),
            Change("own1", "Своё"),
            Change("gone", "Старое"),
        ],
    )
    assert [entry.slug for entry in found][:1] == [first.slug]
    assert [entry.slug for entry in found][-2:] == ["own1", "gone"]
    assert (found[0].label.ru, found[0].active, found[0].edited, found[0].own) == (
        "По-нашему",
        False,
        True,
        False,
    )
    assert found[-2].own


def test_an_edit_of_older_words_is_said_to_be_outdated() -> None:
    (entry, *_) = merged(Directory.METHOD, [Change("m_activity", label="По-нашему", version=0)])
    assert entry.outdated
    (entry, *_) = merged(Directory.METHOD, [Change("m_activity", label="По-нашему", version=1)])
    assert not entry.outdated
    (entry, *_) = merged(Directory.METHOD, [Change("m_activity", position=0)])
    assert not entry.outdated


def test_names_are_needed_and_may_not_hurt() -> None:
    require_wording(Directory.ROLE_MODEL, "Сильный – слабый", "Вместе сильнее")
    for label, shown in (("", "Вместе"), ("Лидер", ""), ("Лидер – тихоня", "Лидер – тихоня")):
        with pytest.raises(Refusal):
            require_wording(Directory.ROLE_MODEL, label, shown)


def test_a_free_slug_is_found() -> None:
    entries = merged(Directory.METHOD, [Change("own1", "Раз"), Change("own3", "Три")])
    assert next_slug(entries) == "own2"
    assert next_slug(entries, "uch_uch") == "uch_uch.own1"


def test_only_shipped_forms_are_named_by_texts() -> None:
    assert {Directory.FORM} == set(LABELLED)
