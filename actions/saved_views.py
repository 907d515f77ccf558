"""Saving a list as it is narrowed and sorted, under a name; for oneself or for colleagues of the school."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from actions.work import Work
from program.errors import Refusal
from storage import saved_views as rows
from storage.tables import SavedView

MOST = 30  # of one user on one page
LONGEST_NAME = 60
LONGEST = 1000  # characters of a query
# Words that were looked for are names; the number of the page and what was just done belong to one visit.
NEVER = frozenset({"q", "page", "done", "view"})


async def save(work: Work, user_id: int, page: str, name: str, query: str, *, shared: bool) -> SavedView:
    """Keeps what stands in the address, under a new name.

    Raises:
        Refusal: no name, the name is taken, or there are too many.
    """
    name = await _free(work, user_id, page, name)
    if await rows.count(work.session, user_id, page) >= MOST:
        raise Refusal("table-view-many", most=MOST)
    view = SavedView(
        school_id=work.school.id, user_id=user_id, page=page, name=name, query=kept(query), shared=shared,
        created_at=work.now,
    )  # fmt: skip
    work.session.add(view)
    await work.session.flush()
    return view


async def change(work: Work, view: SavedView, name: str, *, shared: bool) -> None:
    """Another name, shown to colleagues or not.

    Raises:
        Refusal: no name, or the name is taken.
    """
    view.name = await _free(work, view.user_id, view.page, name, view)
    view.shared = shared


async def remove(work: Work, view: SavedView) -> None:
    await work.session.delete(view)


def kept(query: str) -> str:
    """What of an address is saved; as the address would say it."""
    parts = [(name, value) for name, value in parse_qsl(query[:LONGEST]) if name not in NEVER]
    return urlencode(parts)[:LONGEST]


async def _free(work: Work, user_id: int, page: str, name: str, but: SavedView | None = None) -> str:
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        raise Refusal("table-view-name-missing")
    taken = await rows.named(work.session, user_id, page, name)
    if taken is not None and taken is not but:
        raise Refusal("table-view-taken")
    return name
