"""«Наставничество в цифрах»: the school's page for everybody. Off until somebody of the school switches it on.

Numbers are looked at once a day and change by five or more (`program.public_page`). A story stands there only as long
as everybody it shows agrees: that is looked at whenever the page is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import structlog

from actions import journal, news, takedowns
from actions.work import Work
from actions.year_numbers import month_span
from program import public_page as rules
from program.comparison import SATISFIED, Table
from program.errors import Refusal
from program.hiding import ALL
from program.names import short
from program.periods import period
from program.public_page import MENTEES, MENTORS, PAIRS, PublicPage
from program.roles import Side
from program.states import NewsStatus
from program.text import Text
from storage import comparisons, files, lists, school_papers, year_numbers
from storage import news as news_rows
from storage import public_page as rows
from storage.school_papers import PublicPaper
from storage.tables import NewsItem, PublicEdition, StoredFile

log = structlog.get_logger()

SETTLED = timedelta(days=7)  # after the end of a month its meetings have been noted


@dataclass(frozen=True)
class Line:
    """A form of mentoring; 0: hidden."""

    form: Text
    mentors: int
    mentees: int
    pairs: int


@dataclass(frozen=True)
class View:
    """What everybody sees.

    Args:
        changed: the day on which the numbers last changed.
        months: first day of a month and its meetings; months that are hidden are left out.
        opinions: side -> how many of ten are satisfied.
    """

    page: PublicPage
    school: str
    city: str
    year: str
    changed: date
    lines: tuple[Line, ...]
    mentors: int
    mentees: int
    pairs: int
    months: tuple[tuple[date, int], ...]
    opinions: tuple[tuple[Side, int], ...]
    stories: tuple[NewsItem, ...]
    papers: tuple[PublicPaper, ...]
    zone: ZoneInfo

    @property
    def empty(self) -> bool:
        return not (self.lines or self.months)


def page_of(work: Work) -> PublicPage:
    return PublicPage.read(work.settings.public)


async def view(work: Work) -> View:
    """The page as it stands."""
    known = await rows.editions(work.session, work.school.id)
    one = next((row for row in known if any(row.body.get("people", {}).values())), None)
    if one is None:
        return await _view(work, work.settings.year, {}, {}, work.today)
    changed = one.changed_at.astimezone(work.zone).date()
    return await _view(work, one.year, one.body["people"], one.body["months"], changed)


async def preview(work: Work) -> View:
    """The page as it would stand if it were looked at now; changes nothing."""
    known = {row.year: row for row in await rows.editions(work.session, work.school.id)}
    body = await _counted(work, known.get(work.settings.year))
    if not any(body["people"].values()) and known:
        return await view(work)
    return await _view(work, work.settings.year, body["people"], body["months"], work.today)


async def refresh(work: Work) -> bool:
    """Looks whether the numbers change: once a day, if the page is on. True if they did."""
    return page_of(work).on and await _look(work)


async def save(work: Work, page: PublicPage) -> None:
    """What the school shows from now on. Twice is once."""
    before = page_of(work)
    if before == page:
        return
    work.school.settings = {**work.school.settings, "public": page.to_json()}
    was, now = before.to_json(), page.to_json()
    changed = sorted(name for name in now if was[name] != now[name])
    if page.on:
        await _look(work)
    after = {"on": page.on, "changed": changed}
    await journal.note(work, "school.page-changed", f"school:{work.school.id}", {"on": before.on}, after)
    log.info("public.saved", school=work.school.id, on=page.on)


async def show_story(work: Work, item_id: int, on: bool) -> None:
    """Puts a published news item on the page, or takes it away.

    Raises:
        Refusal: no such item, it is a draft, or somebody it shows or names has not agreed.
    """
    item = await news_rows.lock(work.session, work.school.id, item_id)
    if item is None:
        raise Refusal("news-missing")
    if item.to_site == on:
        return
    if on:
        if item.status != NewsStatus.PUBLISHED:
            raise Refusal("site-story-draft")
        named = await news.unticked(work, item)
        missing = await takedowns.lacking(work, {*item.shows, *named})
        if missing:
            names = ", ".join(short(one.first_name, one.last_name) for one in missing)
            raise Refusal("news-no-publication", names=names, count=len(missing))
        item.shows = sorted({*item.shows, *named})  # from now on their consent is followed as well
    item.to_site = on
    await journal.note(work, "news.on-site" if on else "news.off-site", f"news:{item.id}")


async def stories(work: Work) -> list[NewsItem]:
    """Those that may stand there now: everybody they show agrees."""
    wanted = await rows.stories(work.session, work.school.id)
    ids = {key for item in wanted for key in item.shows}
    known = {one.id for one in await lists.bare(work.session, work.school.id, ids)}
    agreed = known - {one.id for one in await takedowns.lacking(work, ids)}
    return [item for item in wanted if set(item.shows) <= agreed]


async def photo(work: Work, file_id: int) -> StoredFile | None:
    """A picture of a story that stands there now; None for every other file."""
    page = page_of(work)
    if not (page.on and page.stories):
        return None
    if not any(file_id in item.photos for item in await stories(work)):
        return None
    return await files.get(work.session, work.school.id, file_id)


async def paper(work: Work, paper_id: int) -> StoredFile | None:
    """The file of a document that the school shows to everybody; None for every other."""
    page = page_of(work)
    if not (page.on and page.papers):
        return None
    return await school_papers.public_file(work.session, work.school.id, paper_id)


# --- inside ---


async def _look(work: Work) -> bool:
    row = await rows.hold(work.session, work.school.id, work.settings.year, work.now)
    if row.body and row.at.astimezone(work.zone).date() >= work.today:
        return False
    body = await _counted(work, row)
    changed = body != row.body
    row.at = work.now
    if changed:
        row.body, row.changed_at = body, work.now
        log.info("public.changed", school=work.school.id)
    await work.session.flush()
    return changed


async def _counted(work: Work, row: PublicEdition | None) -> dict[str, dict[str, int]]:
    """The next numbers of the school year."""
    year = work.settings.year
    shown = row.body if row is not None else {}
    people = await rows.counted(work.session, work.school.id, year)
    months = [day for day in period(year).months if month_span(work, day)[1] + SETTLED <= work.now]
    spans = [month_span(work, day) for day in months]
    held = await year_numbers.held_and_pairs(work.session, work.school.id, spans)
    over = {f"{day:%Y-%m}": found for day, found in zip(months, held, strict=True)}
    return {
        "people": rules.next_numbers(shown.get("people", {}), people),
        "months": rules.next_months(shown.get("months", {}), over),
    }


async def _view(work: Work, year: str, people: dict[str, int], months: dict[str, int], changed: date) -> View:
    page = page_of(work)
    order = {slug: n for n, slug in enumerate(work.settings.known_forms)}
    slugs = sorted(rules.forms(people), key=lambda slug: order.get(slug, len(order)))
    return View(
        page,
        work.school.name,
        work.school.city,
        year,
        changed,
        tuple(
            Line(
                work.settings.form_name(slug),
                *(people.get(f"{kind}:{slug}", 0) for kind in (MENTORS, MENTEES, PAIRS)),
            )
            for slug in slugs
        ),
        rules.total(people, MENTORS),
        rules.total(people, MENTEES),
        rules.total(people, PAIRS),
        tuple((date.fromisoformat(f"{key}-01"), met) for key, met in sorted(months.items()) if met),
        tuple(await _opinions(work, year)) if page.opinions else (),
        tuple(await stories(work)) if page.stories else (),
        tuple(await school_papers.public(work.session, work.school.id)) if page.papers else (),
        work.zone,
    )


async def _opinions(work: Work, year: str) -> Sequence[tuple[Side, int]]:
    """Of the tables that were summed up once and do not change."""
    found = []
    for side in Side:
        made = await comparisons.made(work.session, work.school.id, year, side)
        cells = [Table.from_json(row.body).cells.get(SATISFIED, {}).get(ALL) for row in made]
        told = rules.tenths((cell.people, cell.after) for cell in cells if cell is not None)
        if told is not None:
            found.append((side, told))
    return found
