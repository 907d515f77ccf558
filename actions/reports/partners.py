"""«Партнёры и предприятия» (RP15): organisations and numbers, no names of people. Source: domain.md 5.6."""

from __future__ import annotations

from actions import directories
from actions.reports import heading
from actions.reports.asked import Asked, Built
from actions.reports.heading import say
from actions.work import Work
from actions.workbook import Count, Page, Value
from program.directories import Directory
from program.partners import Deed, PartnerState
from program.roles import Side
from program.text import Text
from storage import partners as rows
from storage import report_rows
from storage.tables import Partner

TITLE = "Партнёры и предприятия"
COLUMNS = (
    "№", "Организация", "Вид", "Состояние", "Соглашение №", "Дата", "Действует до", "Формы наставничества",
    "Наставников из базы", "Мероприятий за год", "Участников мероприятий", "Что предлагает", "Получено",
)  # fmt: skip
WIDTHS = (6, 34, 24, 16, 14, 12, 14, 30, 14, 14, 14, 40, 40)


async def build(work: Work, asked: Asked) -> Built:
    """Everybody who was not in the archive on that day; events of the period, mentors in the base of the year."""
    kinds = {
        one.slug: say(one.name)
        for one in await directories.entries(work, Directory.PARTNER_KIND, everything=True)
    }
    found = await rows.known_by(work.session, work.school.id, asked.on, asked.night)
    mentors = frozenset(
        one.person_id
        for one in await report_rows.base_takers(work.session, work.school.id, asked.year, asked.until)
        if one.side == Side.MENTOR
    )
    page = Page(
        name="Партнёры",
        columns=COLUMNS,
        rows=[_cells(work, n, one, kinds, asked, mentors) for n, one in enumerate(found, 1)],
        title=TITLE,
        lines=await heading.lines(work, asked, "report-rule-partners"),
        keep=2,
        widths=WIDTHS,
        key="partners",
    )
    return heading.built(TITLE, [page])


def _cells(
    work: Work, number: int, one: Partner, kinds: dict[str, str], asked: Asked, mentors: frozenset[int]
) -> list[Value]:
    events = [
        deed for deed in one.deeds if deed.kind == Deed.EVENT and asked.of.first <= deed.on_day <= asked.on
    ]
    offers = [deed for deed in one.deeds if deed.kind == Deed.OFFER and deed.on_day <= asked.on]
    leading = mentors & {link.person_id for link in one.people}
    # What it was before it went into the archive nobody has written down.
    state = None if one.state == PartnerState.ARCHIVED else say(Text(f"partner-state-{one.state}"))
    return [
        number, one.name, kinds.get(one.kind, one.kind), state,
        one.agreement_number, one.agreement_on, one.agreement_until,
        ", ".join(say(work.settings.form_name(slug)) for slug in one.forms if slug in work.settings.known_forms),
        Count(len(leading), leading), len(events), sum(deed.people for deed in events),
        "; ".join(deed.title for deed in offers if deed.title),
        "; ".join(deed.title for deed in offers if deed.received_on and deed.received_on <= asked.on and deed.title),
    ]  # fmt: skip
