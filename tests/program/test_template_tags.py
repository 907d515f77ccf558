"""What is written between braces in a template: the known is found, the rest is named with the words around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from program.template_tags import Place, looked_at
from program.templates import TEMPLATES, fields, groups, school_fields

KNOWN = fields("order-pairs") | fields("plan")


def problems(*lines: str, where: str = "body", row: bool = False) -> list[str]:
    found = looked_at([Place(one, where, row) for one in lines], KNOWN, school_fields())
    return [one.id.removeprefix("templates-wrong-") for one in found.problems]


@pytest.mark.parametrize(
    "lines",
    [
        ("Школа {{ школа }}, {{учебный_год}}",),
        ("{{\u00a0школа\u00a0}}",),
        ("{% if адрес %}{{ адрес }}{% else %}нет{% endif %}",),
        ("{%p if адрес %}", "{{ адрес }}", "{%p endif %}"),
        ("{%p for кто in пары %}", "{{ кто.наставник }}", "{%p endfor %}"),
        ("{{p участники }}",),
        ("Множество {1, 2} и { } остаются",),
    ],
)
def test_what_is_known_passes(lines: tuple[str, ...]) -> None:
    assert problems(*lines) == []


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("{{ школа",), "unclosed"),
        (("школа }}",), "unopened"),
        (("{{ школа }",), "half-closed"),
        (("{ школа }",), "single"),
        (("{ школа }}",), "single"),
        (("{{ школы }}",), "unknown-like"),
        (("{{ эъхщю }}",), "unknown"),
        (("{{ школа.имя }}",), "unknown-like"),
        (("{{ ''.__class__ }}",), "code"),
        (("{{ школа|upper }}",), "code"),
        (("{{ школа() }}",), "code"),
        (("{{ школа[0] }}",), "code"),
        (("{{ __import__ }}",), "code"),
        (("{% set x = 1 %}",), "code"),
        (("{% include 'x' %}",), "code"),
        (("{# тайна #}",), "comment"),
        (("{{ пары }}",), "is-list"),
        (("{{ группа }}",), "is-yes"),
        (("{{ участники }}",), "is-blocks"),
        (("{{p школа }}",), "is-text"),
        (("Слова {{p участники }}",), "own-line"),
        (("{%p if адрес %} слова", "{%p endif %}"), "own-line"),
        (("{%tr for кто in пары %}",), "not-row"),
        (("{%p for x in школа %}", "{%p endfor %}"), "no-list"),
        (("{% endif %}",), "stray"),
        (("{% if адрес %}", "{% endif %}"), "other-place"),
        (("{%p for кто in пары %}",), "open-for"),
        (("{%p if адрес %}",), "open-if"),
    ],
)
def test_what_is_wrong_is_named(lines: tuple[str, ...], why: str) -> None:
    assert why in problems(*lines)


def test_a_header_holds_what_is_the_same_in_every_copy() -> None:
    assert problems("{{ школа }}", where="head") == []
    assert problems("{{ пара }}", where="head") == ["head"]
    assert problems("{{ школа }}", where="note") == ["note"]


def test_the_nearest_field_is_offered_with_the_words_around() -> None:
    found = looked_at([Place("Приказ о парах, учебный год {{ учебныйгод }}.")], KNOWN, school_fields())
    args = found.problems[0].args
    assert str(args["like"].args["text"]) == "учебный_год"  # type: ignore[union-attr]
    assert "Приказ" in str(args["near"].args["text"])  # type: ignore[union-attr]


@given(some.lists(some.text(alphabet="{}%# школапрьfor_in.()'\u00a0", max_size=40), max_size=4))
def test_any_words_are_looked_at_without_an_error(lines: list[str]) -> None:
    problems(*lines)


@pytest.mark.parametrize("code", [one.code for one in TEMPLATES])
def test_every_field_says_what_it_is_and_has_an_example(code: str) -> None:
    for group in groups(code):
        assert group.title
        for field in group.fields:
            assert field.about, field.name
            assert field.kind in ("blocks", "yes", "picture", "list") or field.example, field.name
