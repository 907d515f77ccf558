"""What waits for the staff, as cards in their own chat: each press does what the admin's button does."""

from __future__ import annotations

from actions.desk.deck import (
    KINDS,
    Told,
    account_of,
    decide,
    next_card,
    parse,
    pressed_before,
    question,
)

__all__ = ["KINDS", "Told", "account_of", "decide", "next_card", "parse", "pressed_before", "question"]
