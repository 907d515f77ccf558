"""«Настройки»: what the school decides for itself."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, Request
from fastapi.responses import Response

from actions import directories, school_settings, year_turn
from actions.work import Work
from admin.forms import Typed
from admin.show import back, page
from admin.versions import Editing, Field, context, turn
from admin.visit import Changing, Fields, Reading, Signed, house
from program.channels import MESSENGERS
from program.settings import SchoolSettings
from program.text import Text

router = APIRouter(prefix="/settings")

# Zones of Russia, west to east; any other name of the zone database may be typed by the operator.
ZONES = (
    "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk",
    "Asia/Novosibirsk", "Asia/Krasnoyarsk", "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok",
    "Asia/Magadan", "Asia/Kamchatka",
)  # fmt: skip
WORDS = {
    "curator_name": 100, "curator_contact": 200, "help_line": 50, "meeting_place": 200,
    "vk_group_url": 200, "privacy_url": 200, "operator": 300,
}  # fmt: skip


@router.get("", name="settings")
async def settings(request: Request, staff: Signed, work: Reading) -> Response:
    return await _form(request, work, Typed.empty(), _editing(work))


@router.post("", name="settings-save")
async def save(request: Request, staff: Signed, work: Changing, form: Fields) -> Response:
    await turn(work, subject(work))
    typed = Typed(form, house(request).texts)
    editing = _editing(work)
    if await editing.clashes(work, typed):
        return await _form(request, work, typed, editing)
    name = typed.text("name", 300, "admin-settings-name-missing")
    timezone = typed.words("timezone")
    if timezone not in available_timezones():
        typed.wrong("timezone", "admin-settings-zone-unknown")
    changed = read(typed, work.settings)
    if changed.year != work.settings.year and await year_turn.under_way(work):
        typed.wrong("year", "year-settings-locked")
    if typed.problems:
        return await _form(request, work, typed, editing)
    await school_settings.save(work, changed, name=name, city=typed.text("city", 100), timezone=timezone)
    return back(request, "settings", "settings")


def read(typed: Typed, now: SchoolSettings) -> SchoolSettings:
    """The settings as typed; what is wrong is noted in `typed`."""
    lines: dict[str, Any] = {name: typed.text(name, longest) for name, longest in WORDS.items()}
    for name in ("vk_group_url", "privacy_url"):
        if lines[name] and not lines[name].startswith("https://"):
            typed.wrong(name, "admin-settings-url")
    year = typed.words("year", 9)
    if not re.fullmatch(r"20\d\d-20\d\d", year) or int(year[5:]) != int(year[:4]) + 1:
        typed.wrong("year", "admin-settings-year-odd")
    forms = typed.chosen("forms", now.known_forms)
    if not forms:
        typed.wrong("forms-1", "admin-settings-forms-none")
    channels = typed.chosen("enabled_channels", MESSENGERS)
    if not channels:
        typed.wrong("enabled_channels-1", "admin-settings-channels-none")
    return replace(
        now,
        **lines,
        year=year,
        pupils=typed.number("pupils", 0, 20_000),
        teachers=typed.number("teachers", 0, 5_000),
        forms=forms,
        enabled_channels=channels,
        personal_channels=typed.chosen("personal_channels", MESSENGERS),
        quiet_pupils=_hours(typed, "quiet_pupils"),
        quiet_staff=_hours(typed, "quiet_staff"),
        bells=_times(typed, "bells"),
    )


def _hours(typed: Typed, field: str) -> tuple[str, str]:
    first, last = typed.words(f"{field}_from", 5), typed.words(f"{field}_to", 5)
    if not (_is_time(first) and _is_time(last) and first < last):
        typed.wrong(f"{field}_from", "admin-settings-hours-odd")
    return first, last


def _times(typed: Typed, field: str) -> tuple[str, ...]:
    found = re.split(r"[\s,;]+", typed.words(field))
    padded = tuple(sorted({one.zfill(5) for one in found if one}))
    if len(padded) > 12 or not all(_is_time(one) for one in padded):
        typed.wrong(field, "admin-settings-bells-odd")
    return padded


def _is_time(value: str) -> bool:
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 5


def subject(work: Work) -> str:
    """Where the journal says who has changed the settings."""
    return f"school:{work.school.id}"


def _editing(work: Work) -> Editing:
    """The settings as the form shows them."""
    now, school = work.settings, work.school
    fields = {
        "name": Field(Text("admin-settings-name"), school.name),
        "city": Field(Text("admin-settings-city"), school.city),
        "timezone": Field(
            Text("admin-settings-zone"),
            school.timezone,
            {zone: Text("admin-zone-" + zone.replace("/", "-")) for zone in ZONES},
        ),
        "forms": Field(
            Text("admin-settings-forms"), now.forms, {slug: now.form_name(slug) for slug in now.known_forms}
        ),
        "bells": Field(Text("admin-settings-bells"), ", ".join(now.bells)),
    }
    for name in (*WORDS, "year", "pupils", "teachers"):
        fields[name] = Field(Text(f"admin-settings-{name}"), str(getattr(now, name)))
    for name in ("quiet_pupils", "quiet_staff"):
        for end, hour in zip(("from", "to"), getattr(now, name), strict=True):
            fields[f"{name}_{end}"] = Field(Text(f"admin-settings-{name}"), hour)
    called = {one.value: Text(f"admin-channel-{one}") for one in MESSENGERS}
    for name in ("enabled_channels", "personal_channels"):
        fields[name] = Field(Text(f"admin-settings-{name}"), getattr(now, name), called)
    return Editing(subject(work), fields)


async def _form(request: Request, work: Work, typed: Typed, editing: Editing) -> Response:
    zone = ZoneInfo(work.school.timezone).key
    return page(
        request,
        "settings/settings.html",
        work,
        section="settings",
        status=422 if typed.problems else 200,
        now=work.settings,
        typed=typed,
        problems=typed.problems,
        zones=ZONES if zone in ZONES else (zone, *ZONES),
        known_zones=ZONES,
        channels=MESSENGERS,
        explained=await directories.explained(work),
        **context(editing, work.now),
    )
