"""School arithmetic with the scores of all mentors at once: whole numbers as wide as the list of mentors.

Bit n of every number stands for mentor n; a score is seven such numbers, its binary digits, the lowest first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

DIGITS = 7  # 0-127 holds 0-100
PIECE = 64  # bytes

Bits = int


def add(digits: list[Bits], value: int, who: Bits) -> None:
    """Adds the value to the scores of these mentors: school addition with carrying, all at once."""
    carry = 0
    for n in range(DIGITS):
        old = digits[n]
        if value >> n & 1:
            digits[n] = old ^ who ^ carry
            carry = (old & who) | (carry & (old | who))
        elif carry:
            digits[n] = old ^ carry
            carry &= old
        elif not value >> n:
            return


def take(digits: list[Bits], value: int, who: Bits, everybody: Bits) -> None:
    """Takes the value from these mentors' scores, never below zero."""
    borrow = 0
    taken = list(digits)
    for n in range(DIGITS):
        old = digits[n]
        minus = who if value >> n & 1 else 0
        taken[n] = old ^ minus ^ borrow
        borrow = (~old & (minus | borrow) | (minus & borrow)) & everybody
    for n in range(DIGITS):
        digits[n] = taken[n] & ~borrow


def at_least(digits: Sequence[Bits], value: int, among: Bits) -> Bits:
    """Whose score is not less than the value: compared from the highest digit down."""
    if value <= 0:
        return among
    more, same = 0, among
    for n in reversed(range(DIGITS)):
        if value >> n & 1:
            same &= digits[n]
        else:
            more, same = more | (same & digits[n]), same & ~digits[n]
    return more | same


def best(digits: Sequence[Bits], among: Bits, most: int, start: int) -> list[int]:
    """Whose scores are the `most` highest ones: from the highest digit down, as long as enough remain.

    Among equals those from `start` on: mentees who want the same must not all get the same few candidates.
    """
    sure, open_, wanted = 0, among, most
    for digit in reversed(digits):
        high = open_ & digit
        count = high.bit_count()
        if count >= wanted:
            open_ = high
        else:
            sure, wanted, open_ = sure | high, wanted - count, open_ & ~digit
    later = open_ >> start << start
    equal = places(later, wanted)
    if len(equal) < wanted:
        equal += places(open_ ^ later, wanted - len(equal))
    return places(sure) + equal


def places(bits: Bits, most: int | None = None) -> list[int]:
    """Numbers of the lowest ones, at most so many. By pieces: a step on the whole number costs its whole length."""
    found: list[int] = []
    data = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    for start in range(0, len(data), PIECE):
        piece = int.from_bytes(data[start : start + PIECE], "little")
        while piece:
            if most is not None and len(found) >= most:
                return found
            lowest = piece & -piece
            found.append(8 * start + lowest.bit_length() - 1)
            piece ^= lowest
    return found


def few(bits: Bits, width: int) -> bool:
    return bits.bit_count() * 16 < width


def sets(pairs: Iterable[tuple[Any, int]]) -> dict[Any, Bits]:
    found: dict[Any, Bits] = defaultdict(int)
    for key, n in pairs:
        found[key] |= 1 << n
    return dict(found)


def union(sets: Iterable[Bits]) -> Bits:
    found = 0
    for one in sets:
        found |= one
    return found
