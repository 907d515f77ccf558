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

TITLE = "Нормативные документы и публикации"
PAPERS = ("№", "Вид", "Название", "Номер", "Дата", "На сайте школы", "Открыт всем")
POSTS = ("№", "Название", "Дата", "Ссылка")


async def build(work: Work, asked: Asked) -> Built:
    """The school's documents as they hold now, and news on its wall in the period."""
    kinds = {
        one.slug: say(one.name)
        for one in await directories.entries(work, Directory.PAPER_KIND, everything=True)
    }
    papers = await rows.of_school(work.session, work.school.id)
    lines = await heading.lines(work, asked, "report-rule-papers")
    pages = [
        Page(
            name="Документы",
            columns=PAPERS,
            rows=[
                (
                    n, kinds.get(one.kind, one.kind), one.title, one.versions[0].signed_number,
                    one.versions[0].signed_on, one.site_url, say(Text("report-yes" if one.public else "report-no")),
                )
                for n, one in enumerate((paper for paper in papers if paper.versions), 1)
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
