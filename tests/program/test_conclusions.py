"""The sentence under a picture: true to the numbers, modest where they are few, readable, blaming nobody."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from locales import Texts
from program import conclusions
from program.text import Text, raw

t = Texts()
COUNT = st.integers(0, 2000)
NAMES = {"a": raw("Ученик – ученик"), "b": raw("Учитель – ученик")}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (conclusions.of_forms({}, {}), "Пар и групп за это время не было."),
        (conclusions.of_forms({"a": 3}, NAMES), "Все пары и группы (3) – одной формы: «Ученик – ученик»."),
        (
            conclusions.of_forms({"a": 3, "b": 7}, NAMES),
            "Больше всего пар и групп в форме «Учитель – ученик»: 7 из 10.",
        ),
        (
            conclusions.of_forms({"a": 4, "b": 4}, NAMES),
            "Пар и групп всего 8. Больше всего – по 4 – сразу в нескольких формах.",
        ),
        (conclusions.of_months([0, 0], [], ["в мае", "в июне"]), "Состоявшихся встреч пока нет."),
        (
            conclusions.of_months([1, 2], [], ["в мае", "в июне"]),
            "Состоялись 3 встречи. Этого мало, чтобы сравнивать месяцы.",
        ),
        (
            conclusions.of_months([20, 31], [], ["в мае", "в июне"]),
            "Состоялась 51 встреча, больше всего в июне: 31.",
        ),
        (
            conclusions.of_months([20, 12], [10, 5], ["в мае", "в июне"]),
            "Состоялись 32 встречи, больше всего в мае: 20. За те же месяцы прошлого года – 15.",
        ),
        (conclusions.of_marks(12, 9, "7,9"), "В среднем 7,9 из 10; семь и выше – 9 из 12. Оценок пока мало, выводы делать рано."),
        (conclusions.of_marks(40, 30, "8"), "В среднем 8 из 10; семь и выше – 30 из 40 оценок."),
        (conclusions.of_change(40, [], [], 30), "Заметных изменений нет. Ответили 40."),
    ],
)  # fmt: skip
def test_what_is_said(said: Text, words: str) -> None:
    assert re.sub(r"\s+", " ", t(said)) == words


@given(
    st.lists(COUNT, min_size=1, max_size=12),
    st.lists(COUNT, max_size=12),
    st.tuples(*[COUNT] * 4),
    COUNT,
    COUNT,
)
@settings(max_examples=100, deadline=None)
def test_any_numbers_make_a_sentence_that_blames_nobody(
    months: list[int], past: list[int], stages: tuple[int, int, int, int], shown: int, good: int
) -> None:
    for said in (
        conclusions.of_months(months, past, ["в мае"] * len(months)),
        conclusions.of_forms(
            dict(enumerate_names(months)), {name: raw(name) for name, _ in enumerate_names(months)}
        ),
        conclusions.of_stages(stages),
        conclusions.of_marks(shown, good, "8"),
        conclusions.of_change(shown, [raw("Спокойствие")] * (good % 2), [raw("Интерес")] * (shown % 2), 30),
    ):
        words = t(said)
        assert words.strip().endswith((".", "оценок."))
        assert not re.search(r"плох|виноват|слаб|провал|отста|низк|только лишь|всего лишь", words)


def enumerate_names(counts: list[int]) -> list[tuple[str, int]]:
    return [(f"форма {n}", count) for n, count in enumerate(counts)]
