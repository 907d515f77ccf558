"""How events of the road map are said in tables and documents: terms, owners, documents."""

from __future__ import annotations

from datetime import date

from program import roadmap as rules
from program.roadmap import Line, Status
from storage.tables import RoadmapEvent


def line(event: RoadmapEvent) -> Line:
    return Line(Status(event.status), event.starts_on, event.ends_on)


def term(event: RoadmapEvent) -> str:
    """«01.09.2026 – 15.09.2026», «31.08.2026», or the words of an event without days."""
    first, last = event.starts_on, event.ends_on
    days = [f"{day:%d.%m.%Y}" for day in dict.fromkeys(one for one in (first, last) if one)]
    return " – ".join(days) or event.term


def owner(event: RoadmapEvent) -> str:
    """The account's name and the words beside it."""
    name = (event.user.name or event.user.login) if event.user else ""
    return ", ".join(part for part in (name, event.owner) if part)


def papers(event: RoadmapEvent) -> str:
    """Names of its documents; a paper of the school under its present name."""
    return "; ".join(one.paper.title if one.paper else one.title for one in event.proofs)


def state(event: RoadmapEvent, today: date) -> str:
    """Code of the text `roadmap-state-…`."""
    if rules.overdue(line(event), today):
        return "overdue"
    return "soon" if rules.soon(line(event), today) else str(event.status)
