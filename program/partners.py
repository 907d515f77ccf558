"""Partners of the programme: states, grounds for keeping a contact, when an agreement is to be looked at.

Source: domain.md 5.6 (RP15), 8.1; rows S000-18, S000-41, S002-13.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from program.errors import Refusal
from program.roles import Category

ENDING = timedelta(days=30)  # an agreement that ends so soon stands on «Сегодня»
CONTACT_KEPT = timedelta(days=30)  # after a partner was archived: the purpose is reached (152-ФЗ, art. 21)
MOST_PARTNERS, MOST_DEEDS, MOST_PEOPLE = 500, 300, 100
# Mentors who may have come from a partner: not the school's own pupils and teachers.
OUTSIDE = (Category.EMPLOYER, Category.STUDENT, Category.ALUMNUS, Category.PARENT, Category.OTHER)


class PartnerState(StrEnum):
    TALKS = "talks"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


WORKED_WITH = (PartnerState.TALKS, PartnerState.ACTIVE, PartnerState.PAUSED)


class Ground(StrEnum):
    """Why the school may keep somebody's name, phone and mail (152-ФЗ, art. 6)."""

    AGREEMENT = "agreement"  # named in the agreement as its contact
    CONSENT = "consent"  # agreed in writing
    OPEN = "open"  # the organisation names this contact on its own site


class Deed(StrEnum):
    OFFER = "offer"
    EVENT = "event"


def require_contact(contact: str, phone: str, email: str, ground: str) -> None:
    """Raises Refusal where a person's data are typed without a ground to keep them."""
    if (contact or phone or email) and ground not in tuple(Ground):
        raise Refusal("partner-ground-missing")


def ending(until: date | None, today: date) -> bool:
    """The agreement ends within a month, or has ended and nothing was decided."""
    return until is not None and until <= today + ENDING
