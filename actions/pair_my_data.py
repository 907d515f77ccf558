"""What a person has said about their pairs, for the file of their own data; nobody else's words."""

from __future__ import annotations

from actions.work import Work
from locales import Texts, dates
from program.pair_life import REASONS, Wish
from program.text import Text
from storage import pair_requests
from storage.tables import Person


async def said(work: Work, person: Person, say: Texts, language: str) -> list[tuple[str, str]]:
    """Answers to announced pairs and wishes about pairs at work: when, and what with the reason and the words."""
    answers, wishes = await pair_requests.said_by(work.session, work.school.id, person.id)
    found = []
    for one in answers:
        if one.answered_at is not None:
            label = say(Text("pair-button-no" if one.answer == "no" else "pair-button-yes"))
            reason = say(Text(f"pair-why-not-{one.reason}")) if one.reason else ""
            found.append(
                (dates.moment(one.answered_at, work.zone, language), _joined(label, reason, one.words))
            )
    for wish in wishes:
        known = wish.reason in REASONS[Wish(wish.kind)]
        reason = say(Text(f"pair-because-{wish.reason}")) if known else ""
        label = say(Text(f"pair-ask-{wish.kind}"))
        found.append((dates.moment(wish.at, work.zone, language), _joined(label, reason, wish.words)))
    return found


def _joined(*parts: str) -> str:
    return ". ".join(part for part in parts if part)
