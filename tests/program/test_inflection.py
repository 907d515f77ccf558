"""Names in Russian cases: proposed where it is safe, left as typed where it is not, never empty, never a crash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locales.inflection import Case, Name, gender_of, inflected, short_inflected


@pytest.mark.parametrize(
    ("name", "case", "words"),
    [
        (Name("Соколова", "Анна", "Сергеевна"), Case.DATIVE, "Соколовой Анне Сергеевне"),
        (Name("Ткач", "Ольга", "Ивановна"), Case.GENITIVE, "Ткач Ольги Ивановны"),
        (Name("Шевченко", "Анна", "Петровна"), Case.DATIVE, "Шевченко Анне Петровне"),
        (Name("Седых", "Иван", "Ильич"), Case.GENITIVE, "Седых Ивана Ильича"),
        (Name("Ли", "Виктор", "Сергеевич"), Case.DATIVE, "Ли Виктору Сергеевичу"),
        (Name("Алиев", "Тимур", gender="male"), Case.ACCUSATIVE, "Алиева Тимура"),
        (Name("Мамедов", "Рауф", "Али оглы"), Case.DATIVE, "Мамедову Рауфу Али оглы"),
        (Name("Салтыков-Щедрин", "Михаил", "Евграфович"), Case.GENITIVE, "Салтыкова-Щедрина Михаила Евграфовича"),
        (Name("Петрова-Шмидт", "Эля", gender="female"), Case.DATIVE, "Петрова-Шмидт Эле"),
        (Name("Зимин", "Саша"), Case.DATIVE, "Зимин Саша"),
        (Name("Smith", "John", gender="male"), Case.DATIVE, "Smith John"),
        (Name("И.", "А.", gender="male"), Case.DATIVE, "И. А."),
    ],
)  # fmt: skip
def test_a_name_stands_in_its_case_or_as_it_was_typed(name: Name, case: Case, words: str) -> None:
    assert inflected(name, case) == words


def test_the_schools_correction_wins() -> None:
    name = Name("Ткач", "Олег", "Иванович")
    corrections = {"instrumental": "Ткачом Олегом Ивановичем"}
    assert inflected(name, Case.INSTRUMENTAL, corrections) == "Ткачом Олегом Ивановичем"
    assert inflected(name, Case.DATIVE, corrections) == "Ткачу Олегу Ивановичу"


def test_participants_get_no_surname_in_any_case() -> None:
    name = Name("Соколова", "Анна", "Сергеевна")
    assert short_inflected(name, Case.DATIVE) == "Анне С."
    assert short_inflected(name, Case.DATIVE, {"dative": "Соколовой Анечке Сергеевне"}) == "Анечке С."


def test_the_field_is_asked_before_the_patronymic() -> None:
    assert gender_of(Name("Ким", "Женя", "Ильинична")) == "female"
    assert gender_of(Name("Ким", "Женя", "Ильинична", "male")) == "male"
    assert gender_of(Name("Ким", "Женя")) == ""


_LETTERS = st.text("абвяёАБВЯЁ-. 'ьыйaZ0", max_size=12) | st.text(max_size=12)


@given(_LETTERS, _LETTERS, _LETTERS, st.sampled_from(["", "female", "male", "?"]), st.sampled_from(Case))
def test_no_name_is_lost_and_none_breaks_it(
    last: str, first: str, middle: str, gender: str, case: Case
) -> None:
    name = Name(last, first, middle, gender)
    words = inflected(name, case)
    assert bool(words.split()) == bool(f"{last}{first}{middle}".split())
    assert short_inflected(name, case) or not f"{last}{first}".split()
