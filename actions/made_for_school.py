"""What fills the papers about the programme as a whole: orders, the regulation, the programme, minutes."""

from __future__ import annotations

from actions import awards_reading, directories
from actions.made_for_people import Wanted
from actions.paper_values import day, of_pairs, place_of, say
from actions.plan_paper import signed
from actions.roadmap_words import owner, term
from actions.template_render import Value, Values
from actions.work import Work
from locales import dates
from program.directories import Directory
from program.errors import Refusal
from program.plans import Content
from program.roadmap import Status
from program.states import PairStatus
from program.text import Text
from storage import accounts, gatherings, plans, roadmap
from storage import pairs as pair_rows

AT_WORK = (PairStatus.ACTIVE, PairStatus.PAUSED)


async def launch(work: Work, wanted: Wanted) -> list[Values]:
    """The order that begins the programme: the working group are those who have an account."""
    staff = [one for one in await accounts.of_school(work.session, work.school.id) if one.active]
    named = [one for one in staff if one.name and one.role in _GROUP]
    rows: list[Values] = [
        {"номер": str(number), "фио": one.name, "роль": say(Text(f"admin-role-{one.role}"))}
        for number, one in enumerate(named, 1)
    ]
    return [{"члены": rows or [{"номер": "1", "фио": "", "роль": ""}]}]


_GROUP = ("curator", "director", "class_teacher", "psychologist")


async def regulation(work: Work, wanted: Wanted) -> list[Values]:
    return [{"законы": await _laws(work), "формы": await _forms(work)}]


async def programme(work: Work, wanted: Wanted) -> list[Values]:
    found = await roadmap.stages(work.session, work.school.id, work.settings.year)
    held = [one for stage in found for one in stage.events if one.status != Status.DROPPED]
    rows: list[Values] = [
        {
            "номер": str(number), "название": one.title, "срок": term(one), "ответственный": owner(one),
            "результат": one.result,
        }
        for number, one in enumerate(held, 1)
    ]  # fmt: skip
    return [{"законы": await _laws(work), "формы": await _forms(work), "мероприятия": rows}]


async def pairs(work: Work, wanted: Wanted) -> list[Values]:
    """The order about pairs: all at work in the year, or those of one form, by the mentor's name."""
    found = await pair_rows.board(
        work.session, work.school.id, work.settings.year, wanted.form or None, AT_WORK
    )
    if not found:
        raise Refusal("templates-no-pairs")
    known = await plans.of_pairs(work.session, work.school.id, [one.id for one in found])
    modes = {key: Content.read(plan.content).mode for key, plan in known.items()}
    rows = of_pairs(work, sorted(found, key=lambda one: one.id), modes)
    rows = sorted(rows, key=lambda one: (str(one["форма"]), str(one["наставник"])))
    return [{"пары": [{**one, "номер": str(number)} for number, one in enumerate(rows, 1)]}]


async def reward(work: Work, wanted: Wanted) -> list[Values]:
    """The order about those whom letters and certificates were given between two days."""
    if wanted.first is None or wanted.last is None or wanted.first > wanted.last:
        raise Refusal("templates-no-period")
    rows = await awards_reading.for_order(work, wanted.first, wanted.last)
    if not rows:
        raise Refusal("templates-no-awards")
    return [{"награды": rows, "период": f"с {day(wanted.first)} по {day(wanted.last)}"}]


async def protocol(work: Work, wanted: Wanted) -> list[Values]:
    found = await gatherings.get(work.session, work.school.id, wanted.gathering)
    if found is None:
        raise Refusal("templates-no-gathering")
    came = sorted((one.person for one in found.invited if one.came), key=lambda one: one.plain)
    at = found.starts_at.astimezone(work.zone)
    values: dict[str, Value] = {
        "тема": say(Text(f"meeting-kind-{found.kind}")),
        "день": day(at.date()),
        "время": dates.clock(found.starts_at, work.zone),
        "место": found.place,
        "сколько": str(len(came)) if came else "____",
        "присутствовали": [{"фио": signed(one), "место": place_of(one)} for one in came],
    }
    return [values]


async def _laws(work: Work) -> list[Values]:
    found = await directories.entries(work, Directory.LAW)
    return [{"текст": one.about.ru or one.label.ru} for one in found]


async def _forms(work: Work) -> list[Values]:
    found = {one.slug: one for one in await directories.entries(work, Directory.FORM, everything=True)}
    return [
        {
            "название": say(work.settings.form_name(slug)),
            "описание": found[slug].about.ru if slug in found else "",
        }
        for slug in work.settings.forms
    ]
