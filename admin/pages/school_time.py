"""«Время школы»: lessons and bells, days off, holidays, exam weeks, places of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import school_settings
from actions.work import Work
from admin.forms import Typed
from admin.pages.settings import subject
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.bells import lessons, line, spans, spoken
from program.settings import SchoolSettings
from program.text import Text

router = APIRouter(prefix="/settings/time")

WEEK = tuple(range(7))
MOST_PLACES = 30
LONGEST = 4000  # of one field
LABELS = {
    "lessons": "bells-lessons", "short_lessons": "bells-short", "short_days": "bells-short-days",
    "rest_days": "bells-rest", "holidays": "bells-holidays", "exams": "bells-exams",
    "meeting_minutes": "bells-minutes", "meeting_places": "bells-places",
}  # fmt: skip


@router.get("", name="school-time")
async def show(request: Request, staff: Signed, work: Reading) -> Response:
    return await _form(request, work, Typed.empty(), _editing(work))


@router.post("", name="school-time-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return await _form(request, work, typed, editing)
    changed = read(typed, work.settings)
    if typed.problems:
        return await _form(request, work, typed, editing)
    school = work.school
    await school_settings.save(work, changed, name=school.name, city=school.city, timezone=school.timezone)
    return back(request, "school-time", "settings")


def read(typed: Typed, now: SchoolSettings) -> SchoolSettings:
    """The settings as typed; what is wrong is noted in `typed`."""
    rest = _weekdays(typed, "rest_days")
    if len(rest) > 6:
        typed.wrong("rest_days-1", "bells-rest-odd")
    return replace(
        now,
        lessons=_lessons(typed, "lessons"),
        short_lessons=_lessons(typed, "short_lessons"),
        short_days=_weekdays(typed, "short_days"),
        rest_days=rest,
        holidays=_spans(typed, "holidays"),
        exams=_spans(typed, "exams"),
        meeting_minutes=typed.number("meeting_minutes", 15, 180),
        meeting_places=_places(typed, "meeting_places"),
    )


def _lessons(typed: Typed, field: str) -> tuple[str, ...]:
    said = [one.strip() for one in typed.text(field, LONGEST).splitlines() if one.strip()]
    try:
        return tuple(line(lesson) for lesson in lessons(said))
    except ValueError:
        typed.wrong(field, "bells-lessons-odd")
        return ()


def _spans(typed: Typed, field: str) -> tuple[str, ...]:
    try:
        return spans(typed.text(field, LONGEST))
    except ValueError:
        typed.wrong(field, "bells-days-odd")
        return ()


def _weekdays(typed: Typed, field: str) -> tuple[int, ...]:
    return tuple(int(day) for day in typed.chosen(field, [str(day) for day in WEEK]))


def _places(typed: Typed, field: str) -> tuple[str, ...]:
    said = dict.fromkeys(one.strip() for one in typed.text(field, LONGEST).splitlines() if one.strip())
    if len(said) > MOST_PLACES or any(len(one) > 200 for one in said):
        typed.wrong(field, "bells-places-odd", most=MOST_PLACES)
    return tuple(said)


def _lines(values: Sequence[str]) -> str:
    return "\n".join(values)


def _kept(now: SchoolSettings) -> dict[str, str]:
    """What stands in the fields of words."""
    return {
        "lessons": _lines(now.lessons),
        "short_lessons": _lines(now.short_lessons),
        "holidays": _lines([spoken(span) for span in now.holidays]),
        "exams": _lines([spoken(span) for span in now.exams]),
        "meeting_places": _lines(now.meeting_places),
        "meeting_minutes": str(now.meeting_minutes),
    }


def _editing(work: Work) -> Editing:
    """School time as the form shows it."""
    fields = {name: Field(Text(LABELS[name]), value) for name, value in _kept(work.settings).items()}
    week = {str(day): Text("bells-weekday", {"day": day}) for day in WEEK}
    for name in ("rest_days", "short_days"):
        kept = [str(day) for day in getattr(work.settings, name)]
        fields[name] = Field(Text(LABELS[name]), kept, week)
    return Editing(subject(work), fields)


async def _form(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    now = work.settings
    kept = _kept(now)
    values = {name: typed.words(name, LONGEST) for name in kept} if typed.problems else kept
    days = {
        name: typed.many(name) if typed.problems else [str(day) for day in getattr(now, name)]
        for name in ("rest_days", "short_days")
    }
    return page(
        request,
        "settings/time.html",
        work,
        section="school-time",
        status=422 if typed.problems else 200,
        problems=typed.problems,
        values=values,
        days=days,
        week=WEEK,
        now=now,
        **context(editing, work.now),
    )
