"""What a school changes in the ideas for meetings: its own words, its own ideas, what it does not offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actions import journal
from actions.ideas import all_of
from actions.work import Work
from program.errors import Refusal
from program.ideas import FIRST_GRADE, LAST_GRADE, MOST_OWN, Idea, next_own, require_words, shipped
from storage import ideas as stored
from storage.tables import SchoolIdea


@dataclass(frozen=True)
class Words:
    """What a curator typed. Empty words of a shipped idea mean: as shipped; the rest is only of the school's own."""

    title: str
    words: str
    minutes: int = 30
    forms: tuple[str, ...] = ()
    grades: tuple[int, int] = (FIRST_GRADE, LAST_GRADE)


async def get(work: Work, slug: str) -> Idea | None:
    return next((idea for idea in await all_of(work) if idea.slug == slug), None)


async def add(work: Work, said: Words) -> Idea:
    """The school's own idea.

    Raises:
        Refusal: it cannot be shown so, its name is taken, or there are too many.
    """
    require_words(said.title, said.words, said.minutes, said.grades)
    held = await stored.held(work.session, work.school.id)
    known = await all_of(work)
    _require_new(known, said.title)
    if sum(idea.own for idea in known) >= MOST_OWN:
        raise Refusal("materials-full", most=MOST_OWN)
    row = _row(work, next_own({*held, *(idea.slug for idea in known)}))
    _say(row, said)
    return await _noted(work, "idea.added", row)


async def edit(work: Work, slug: str, said: Words) -> Idea:
    """New words for an idea. Of a shipped one only its name and words can be changed; what equals it is not kept.

    Raises:
        Refusal: there is no such idea, it cannot be shown so, or its name is taken.
    """
    held = await stored.held(work.session, work.school.id)
    before = await _get(work, slug)
    _require_new([idea for idea in await all_of(work) if idea.slug != slug], said.title)
    row = held.get(slug) or _row(work, slug, active=before.active)
    base = next((idea for idea in shipped() if idea.slug == slug), None)
    if base is None:
        require_words(said.title, said.words, said.minutes, said.grades)
        _say(row, said)
    else:
        title = said.title or base.title.ru
        require_words(title, said.words or title, base.minutes, base.grades)
        row.title = "" if title == base.title.ru else title
        row.words = "" if said.words == as_typed(base) else said.words
    return await _noted(work, "idea.edited", row)


async def switch(work: Work, slug: str, *, on: bool) -> Idea:
    """Offers an idea or no longer offers it; who took it keeps it.

    Raises:
        Refusal: there is no such idea.
    """
    held = await stored.held(work.session, work.school.id)
    before = await _get(work, slug)
    row = held.get(slug) or _row(work, slug)
    if before.active == on:
        return before
    row.active = on
    return await _noted(work, "idea.on" if on else "idea.off", row)


def as_typed(idea: Idea) -> str:
    """The steps of an idea as they stand in a field: one in a line."""
    return "\n".join(step.ru for step in idea.steps)


def _require_new(known: Iterable[Idea], title: str) -> None:
    if title and any(idea.title.ru.casefold() == title.casefold() for idea in known):
        raise Refusal("materials-title-taken")


def _row(work: Work, slug: str, *, active: bool = True) -> SchoolIdea:
    row = SchoolIdea(
        school_id=work.school.id, slug=slug, title="", words="", minutes=0, forms=[], active=active,
        grade_from=FIRST_GRADE, grade_to=LAST_GRADE, changed_at=work.now,
    )  # fmt: skip
    work.session.add(row)
    return row


def _say(row: SchoolIdea, said: Words) -> None:
    row.title, row.words, row.minutes = said.title.strip(), said.words.strip(), said.minutes
    row.forms, (row.grade_from, row.grade_to) = list(said.forms), said.grades


async def _noted(work: Work, action: str, row: SchoolIdea) -> Idea:
    row.changed_at, row.changed_by = work.now, work.actor
    await work.session.flush()
    await journal.note(work, action, f"idea:{row.slug}", after={"active": row.active})
    return await _get(work, row.slug)


async def _get(work: Work, slug: str) -> Idea:
    found = await get(work, slug)
    if found is None:
        raise Refusal("materials-unknown")
    return found
