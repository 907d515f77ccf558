"""«Партнёры и предприятия» (RP15): organisations and numbers, no names of people. Source: domain.md 5.6."""

from __future__ import annotations

from actions import directories
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Count, Page, Value
from program.directories import Directory
from program.partners import Deed
from program.text import Text
from storage import partners as rows
from storage.tables import Partner

TITLE = "Партнёры и предприятия"
COLUMNS = (
    "№", "Организация", "Вид", "Состояние", "Соглашение №", "Дата", "Действует до", "Формы наставничества",
    "Наставников из базы", "Мероприятий за год", "Участников мероприятий", "Что предлагает", "Получено",
)  # fmt: skip
WIDTHS = (6, 34, 24, 16, 14, 12, 14, 30, 14, 14, 14, 40, 40)


async def build(work: Work, asked: Asked) -> Built:
    """Everybody who is not in the archive; events of the period."""
    kinds = {
        one.slug: say(one.name)
        for one in await directories.entries(work, Directory.PARTNER_KIND, everything=True)
    }
    found = await rows.of_school(work.session, work.school.id, archived=False)
    page = Page(
        name="Партнёры",
        columns=COLUMNS,
        rows=[_cells(work, n, one, kinds, asked) for n, one in enumerate(found, 1)],
        title=TITLE,
        lines=await heading.lines(work, asked, "report-rule-partners"),
        keep=2,
        widths=WIDTHS,
        key="partners",
    )
    return heading.built(TITLE, [page])


def _cells(work: Work, number: int, one: Partner, kinds: dict[str, str], asked: Asked) -> list[Value]:
    events = [
        deed for deed in one.deeds if deed.kind == Deed.EVENT and asked.of.first <= deed.on_day <= asked.on
    ]
    offers = [deed for deed in one.deeds if deed.kind == Deed.OFFER]
    return [
        number, one.name, kinds.get(one.kind, one.kind), say(Text(f"partner-state-{one.state}")),
        one.agreement_number, one.agreement_on, one.agreement_until,
        ", ".join(say(work.settings.form_name(slug)) for slug in one.forms if slug in work.settings.known_forms),
        Count(len(one.people), frozenset(link.person_id for link in one.people)), len(events), sum(deed.people for deed in events),
        "; ".join(deed.title for deed in offers if deed.title),
        "; ".join(deed.title for deed in offers if deed.received_on and deed.title),
    ]  # fmt: skip
