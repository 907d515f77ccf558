"""Passwords that are tried first are refused; a phrase, and chance of any kind, is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from program.addresses import counted_as
from program.passwords import WORDS, guessable

OWN = ("petrova", "Мария Ивановна", "Гимназия № 17 имени Чехова")


@pytest.mark.parametrize(
    "password",
    [
        "1234567890", "password123", "Qwerty12345!", "1q2w3e4r5t", "йцукен12345", "Zaq12wsxCDE#", "aaaaaaaaaaaaa",
        "abababababab", "Наставник2026!", "iloveyouforever", "petrova1985", "мария-ивановна-1", "Гимназия 17 им. Чехова",
        "ADMINISTRATOR", "9876543210", "89001234567", "qazwsxedc!",
    ],
)  # fmt: skip
def test_what_everybody_tries_first_is_guessable(password: str) -> None:
    assert guessable(password, OWN)


@pytest.mark.parametrize(
    "password",
    [
        "длинная фраза для входа", "correct horse battery", "осень-клён-тетрадь-42", "k7#Qm2!vRt", "739104682257914",
        "Мария Ивановна любит чай с мятой", "p" * 3 + "ёжик под дождём",
    ],
)  # fmt: skip
def test_a_phrase_and_chance_of_any_signs_are_not(password: str) -> None:
    assert not guessable(password, OWN)


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3), st.sampled_from(WORDS))
def test_whatever_is_typed_gets_an_answer(password: str, own: list[str], word: str) -> None:
    guessable(password, own)
    assert guessable(f"{word}2026", own)


@pytest.mark.parametrize(
    ("host", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_a_home_with_many_addresses_has_the_tries_of_one(host: str, counted: str) -> None:
    assert counted_as(host) == counted
