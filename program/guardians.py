"""Who may act for a child: an adult, a generation older; and why an adult may say no.

Source: domain.md 8.2; issue «Bad input» («a guardian younger than the child»).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from program.ages import OF_AGE
from program.errors import Refusal

OLDER_BY = 14  # years between a guardian and the child; who is nearer is looked at by the school in person
# A pupil is six at least, so whoever is 14 years older is 20: the year of birth alone proves both rules.
# Day and month would prove nothing more, and the year itself is compared and forgotten, not kept.
YOUNGEST_PUPIL = 6


class RefusalReason(StrEnum):
    """Why an adult says no. Offered, never asked for twice; the label is the text `guardian-reason-<value>`."""

    TIME = "time"
    DATA = "data"
    UNCLEAR = "unclear"
    WISH = "wish"
    LATER = "later"


def require_elder(year: int, child_born: date | None, today: date, *, exception: bool = False) -> None:
    """Raises Refusal where somebody born in `year` is no adult, or too near to the child in age.

    Args:
        child_born: None where the school does not know it yet: the youngest pupil is taken.
        exception: the school has seen the papers and says why, for example an elder sister who is the
            guardian by law; a minor never is.
    """
    child_year = child_born.year if child_born else today.year - YOUNGEST_PUPIL
    if year > child_year:
        raise Refusal("guardian-younger")
    if today.year - year < OF_AGE:
        raise Refusal("guardian-too-young")
    if child_year - year < OLDER_BY and not exception:
        raise Refusal("guardian-too-near")
