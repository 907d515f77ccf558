"""«Нормативные документы и публикации» (RP16). Source: domain.md 5.6."""

from __future__ import annotations

from actions import directories
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Page
from program.directories import Directory
from program.text import Text
from storage import news
from storage import school_papers as rows
from storage.tables import SchoolPaperVersion

TITLE = "Нормативные документы и публикации"
PAPERS = ("№", "Вид", "Название", "Номер", "Дата", "На сайте школы", "Открыт всем")
POSTS = ("№", "Название", "Дата", "Ссылка")


async def build(work: Work, asked: Asked) -> Built:
    """The school's documents as they held on that day, and news on its wall in the period."""
    kinds = {
        one.slug: say(one.name)
        for one in await directories.entries(work, Directory.PAPER_KIND, everything=True)
    }
    papers = [
        (paper, newest)
        for paper in await rows.of_school(work.session, work.school.id)
        if (newest := next((one for one in paper.versions if _known(work, asked, one)), None))
    ]
    lines = await heading.lines(work, asked, "report-rule-papers")
    pages = [
        Page(
            name="Документы",
            columns=PAPERS,
            rows=[
                (
                    n, kinds.get(one.kind, one.kind), one.title, newest.signed_number, newest.signed_on, one.site_url,
                    say(Text("report-yes" if one.public else "report-no")),
                )
                for n, (one, newest) in enumerate(papers, 1)
            ],
            title=TITLE,
            lines=lines,
            keep=3,
            widths=(6, 24, 50, 14, 12, 40, 14),
            key="papers",
        ),
        Page(
            name="Публикации",
            columns=POSTS,
            rows=[
                (n, title, at.astimezone(work.zone).date(), url)
                for n, (title, at, url) in enumerate(
                    (
                        (one.title, one.published_at, one.wall_url)
                        for one in await news.on_wall(work.session, work.school.id)
                        if one.published_at and asked.first <= one.published_at < asked.until
                    ),
                    1,
                )
            ],
            title=TITLE,
            lines=lines,
            widths=(6, 60, 12, 50),
            key="posts",
        ),
    ]  # fmt: skip
    return heading.built(TITLE, pages)


def _known(work: Work, asked: Asked, one: SchoolPaperVersion) -> bool:
    """Signed by then, or put in here by then: what was signed last year may be put in now."""
    day = one.at.astimezone(work.zone).date()
    return day <= asked.on or (one.signed_on is not None and one.signed_on <= asked.on)
