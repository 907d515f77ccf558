"""What stands above every report: which school, on which day, who formed it, what is counted."""

from __future__ import annotations

from actions.work import Work
from actions.workbook import Page, workbook
from locales import Texts
from program.text import Text
from storage.tables import Person, User

say = Texts()  # reports are for the school's staff, in Russian


async def lines(work: Work, year: str, rule: str) -> list[str]:
    """Args:
    rule: text id of the counting rule (people or participations; domain.md 5.6).
    """
    place = ", ".join(part for part in (work.school.name, work.school.city) if part)
    day = f"{work.today:%d.%m.%Y}"
    return [
        place,
        say(Text("report-day", {"day": day, "year": year})),
        say(Text("report-made-by", {"who": await _maker(work)})),
        say(Text(rule)),
    ]


async def _maker(work: Work) -> str:
    kind, _, number = work.actor.partition(":")
    if kind == "user" and number.isdecimal():
        user = await work.session.get(User, int(number))
        return (user.name or user.login) if user else work.actor
    if kind == "person" and number.isdecimal():
        person = await work.session.get(Person, int(number))
        return person.full_name if person else work.actor
    return say(Text("report-by-cli" if kind == "cli" else "report-by-system"))


def file(work: Work, title: str, pages: list[Page]) -> tuple[str, bytes]:
    """(file name with the day, the workbook)."""
    name = f"{title.replace(' ', '_')}_{work.today:%Y-%m-%d}.xlsx"
    return name, workbook(pages, work.now.astimezone(work.zone))
