"""What stands above every report: which school, on which day, who formed it, what is counted."""

from __future__ import annotations

from datetime import datetime, time

from actions.reports.asked import Asked, Built
from actions.reports.asked import asked as _asked
from actions.work import Work
from actions.workbook import Page, workbook
from locales import Texts
from program.periods import WHOLE
from program.text import Text
from storage.tables import Person, User

RULES = "Правила подсчёта"
say = Texts()  # reports are for the school's staff, in Russian


async def lines(work: Work, of: Asked | str, *rules: str) -> list[str]:
    """Args:
    of: what was asked; a school year means the whole of it, as it is today.
    rules: text ids of the counting rules (people or participations; domain.md 5.6).
    """
    place = ", ".join(part for part in (work.school.name, work.school.city) if part)
    asked = _asked(work, of) if isinstance(of, str) else of
    day = f"{asked.on:%d.%m.%Y}"
    found = [place, say(Text("report-day", {"day": day, "year": asked.year}))]
    if asked.of.code != WHOLE:
        span = {"first": f"{asked.of.first:%d.%m.%Y}", "last": day}
        found.append(say(Text("report-span", span)))
    found.append(say(Text("report-made-by", {"who": await maker(work)})))
    return [*found, *(say(Text(rule)) for rule in rules)]


async def maker(work: Work) -> str:
    """Whoever asks for it, in words."""
    kind, _, number = work.actor.partition(":")
    if kind == "user" and number.isdecimal():
        user = await work.session.get(User, int(number))
        return (user.name or user.login) if user else work.actor
    if kind == "person" and number.isdecimal():
        person = await work.session.get(Person, int(number))
        return person.full_name if person else work.actor
    return say(Text("report-by-cli" if kind == "cli" else "report-by-system"))


def built(title: str, pages: list[Page]) -> Built:
    return Built(title, pages)


def file(work: Work, title: str, pages: list[Page]) -> tuple[str, bytes]:
    """(file name with the day, the workbook); the same data give the same bytes all day."""
    name = f"{title.replace(' ', '_')}_{work.today:%Y-%m-%d}.xlsx"
    return name, workbook(pages, datetime.combine(work.today, time(), work.zone))


def rules(*ids: str) -> Page:
    """The sheet «Правила подсчёта»."""
    return Page(
        name=RULES,
        columns=("№", "Правило"),
        rows=[(number, say(Text(rule))) for number, rule in enumerate(ids, 1)],
        title=say(Text("report-rules")),
        widths=(6, 110),
    )
