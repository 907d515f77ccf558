"""Dates and times as people say them. Short on purpose: month and weekday names, nothing else."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

_MONTHS = {
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_MONTH = (
    "январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_IN_MONTH = (
    "январе", "феврале", "марте", "апреле", "мае", "июне", "июле", "августе", "сентябре", "октябре", "ноябре", "декабре",
)  # fmt: skip
_DAYS = {
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_SHORT = {
    "ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}


def day(on: date, language: str = "ru") -> str:
    """«15 сентября»."""
    return f"{on.day} {_MONTHS.get(language, _MONTHS['ru'])[on.month - 1]}"


def dated(on: date, today: date, language: str = "ru") -> str:
    """«15 сентября», with the year when it is another one than today's: «15 сентября 2027»."""
    return day(on, language) if on.year == today.year else f"{day(on, language)} {on.year}"


def month(on: date) -> str:
    """«сентябрь»; for the school's staff, in Russian."""
    return _MONTH[on.month - 1]


def in_month(on: date) -> str:
    """«в сентябре»."""
    return f"в {_IN_MONTH[on.month - 1]}"


def short_month(on: date) -> str:
    """«сен», for pictures."""
    return _MONTH[on.month - 1][:3]


def weekday(on: date, language: str = "ru") -> str:
    """«среда»."""
    return _DAYS.get(language, _DAYS["ru"])[on.weekday()]


def weekday_and_day(on: date, language: str = "ru") -> str:
    """«среда, 15 сентября»."""
    return f"{_DAYS.get(language, _DAYS['ru'])[on.weekday()]}, {day(on, language)}"


def short_day(on: date, language: str = "ru") -> str:
    """«ср 15.09», for buttons."""
    return f"{_SHORT.get(language, _SHORT['ru'])[on.weekday()]} {on:%d.%m}"


def clock(at: datetime, zone: ZoneInfo) -> str:
    """«15:30»."""
    return f"{at.astimezone(zone):%H:%M}"


@lru_cache(maxsize=1_000)  # thousands are reminded of the same hour
def met(at: datetime, zone: ZoneInfo, language: str = "ru", *, by_day: bool) -> str:
    """When a meeting began, as `moment`; of one whose hour nobody knows «среда, 15 сентября»."""
    return weekday_and_day(at.astimezone(zone).date(), language) if by_day else moment(at, zone, language)


def moment(at: datetime, zone: ZoneInfo, language: str = "ru") -> str:
    """«среда, 15 сентября, 15:30»."""
    local = at.astimezone(zone)
    return f"{weekday_and_day(local.date(), language)}, {local:%H:%M}"
