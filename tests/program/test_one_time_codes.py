"""The codes of RFC 6238, each only once, and recovery codes however they were copied."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import log2

import pytest

from program import one_time_codes
from program.devices import device, system_of
from program.one_time_codes import (
    DIGITS,
    RECOVERY,
    STEP,
    address,
    code_at,
    folded,
    matching_step,
    new_secret,
    recovery_codes,
    step_of,
    typed_secret,
)

SECRET = b"12345678901234567890"  # of the RFCs' examples
NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"), (1234567890, "89005924"),
        (2000000000, "69279037"), (20000000000, "65353130"),
    ],
)  # fmt: skip
def test_the_examples_of_the_rfc(seconds: int, code: str) -> None:
    assert code_at(SECRET, seconds // STEP, digits=8) == code


@pytest.mark.parametrize(("late", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(late: int, fits: bool) -> None:
    code = code_at(SECRET, step_of(NOW) + late)
    assert (matching_step(SECRET, code, NOW, 0) is not None) is fits


def test_a_code_counts_once_and_an_older_one_no_more() -> None:
    here = step_of(NOW)
    used = matching_step(SECRET, code_at(SECRET, here), NOW, 0)
    assert used == here
    assert matching_step(SECRET, code_at(SECRET, here), NOW, used) is None
    assert matching_step(SECRET, code_at(SECRET, here - 1), NOW, used) is None
    later = NOW + timedelta(seconds=STEP)
    assert matching_step(SECRET, code_at(SECRET, here + 1), later, used) == here + 1


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "٠١٢٣٤٥", "abcdef", "-12345"])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert matching_step(SECRET, typed, NOW, 0) is None


def test_spaces_in_a_code_do_not_matter() -> None:
    code = code_at(SECRET, step_of(NOW))
    assert matching_step(SECRET, f" {code[:3]} {code[3:]} ", NOW, 0) is not None


def test_the_secret_is_read_from_the_picture_or_typed() -> None:
    assert typed_secret(SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"
    assert address(SECRET, "Наставник", "anna@x").endswith(
        "anna%40x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%D0%9D%D0%B0%D1%81%D1%82%D0%B0%D0%B2%D0%BD%D0%B8%D0%BA"
    )
    assert len({new_secret() for _ in range(5)}) == 5


def test_secrets_and_codes_are_as_hard_to_guess_as_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bits: 160 of a secret, 49 of a recovery code, 20 of six digits; all of the system's own chance."""
    assert len(new_secret()) * 8 == 160
    assert len({new_secret() for _ in range(100)}) == 100
    signs = [folded(code) for _ in range(300) for code in recovery_codes()]
    assert len(set(signs)) == len(signs)
    assert {len(one) for one in signs} == {10}
    assert log2(len(set("".join(signs)))) * 10 > 49
    assert round(log2(10**DIGITS)) == 20
    asked: list[object] = []
    monkeypatch.setattr(one_time_codes.secrets, "choice", lambda of: (asked.append(of), of[0])[1])
    monkeypatch.setattr(
        one_time_codes.secrets, "token_bytes", lambda many: (asked.append(many), b"x" * many)[1]
    )
    assert set(recovery_codes()) == {"aaaaa-aaaaa"}
    assert new_secret() == b"x" * 20
    assert len(asked) == RECOVERY * 10 + 1


def test_recovery_codes_are_read_however_they_were_copied() -> None:
    codes = recovery_codes()
    assert len(set(codes)) == RECOVERY
    assert folded(codes[0]) == folded(f"  {codes[0].upper().replace('-', ' – ')}")
    assert folded(codes[0]) != folded(codes[1])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 YaBrowser/24.7 Safari/537.36", "windows.yandex"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "windows.edge"),
        ("Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36", "android.chrome"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1", "ios.safari"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "linux.firefox"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.5 Safari/605.1.15", "mac.safari"),
        ("curl/8.5", "other.other"),
        ("", "other.other"),
    ],
)  # fmt: skip
def test_a_device_is_named_coarsely(said: str, kept: str) -> None:
    assert device(said) == kept
    assert system_of(kept) == kept.split(".")[0]
