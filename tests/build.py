"""Builders: valid by default, a test names only what it is about. All names are invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from program.channels import Channel
from program.roles import Category, PersonState, Side
from program.states import PairStatus, ParticipationStatus
from storage.tables import Address, Pair, PairMember, Participation, Person, School

NOW = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
ZONE = "Asia/Yekaterinburg"


def school(slug: str = "first", *, now: datetime = NOW, **values: Any) -> School:
    values.setdefault("name", "Школа № 1")
    values.setdefault("timezone", ZONE)
    values.setdefault("is_default", slug == "first")
    values.setdefault("settings", {"curator_name": "Мария Ивановна", "pupils": 583, "teachers": 51})
    return School(slug=slug, created_at=now, **values)


def person(school: School, first_name: str = "Аня", last_name: str = "Котова", **values: Any) -> Person:
    values.setdefault("category", Category.PUPIL)
    values.setdefault("state", PersonState.ACTIVE)
    if values["category"] == Category.PUPIL:
        values.setdefault("birth_date", date(2012, 3, 5))
        values.setdefault("class_name", "8А")
    values.setdefault("created_at", NOW)
    return Person(school_id=school.id, first_name=first_name, last_name=last_name, **values)


def address(person: Person, channel: Channel = Channel.WEB, at: str = "", **values: Any) -> Address:
    values.setdefault("used_at", NOW)
    return Address(
        school_id=person.school_id,
        person_id=person.id,
        channel=channel,
        address=at or str(person.id),
        **values,
    )


def participation(person: Person, side: Side, form: str = "uch_uch", **values: Any) -> Participation:
    values.setdefault("status", ParticipationStatus.SEARCHING)
    values.setdefault("year", "2026-2027")
    values.setdefault("admitted", True)
    return Participation(
        school_id=person.school_id, person_id=person.id, side=side, form=form, created_at=NOW, **values
    )


def pair(*places: Participation, **values: Any) -> Pair:
    """An announced pair (or group, `is_group=True`) of people whose places have their ids already."""
    values.setdefault("status", PairStatus.ACTIVE)
    values.setdefault("created_at", NOW)
    values.setdefault("form", places[0].form)
    members = [
        PairMember(
            school_id=place.school_id,
            person_id=place.person_id,
            participation_id=place.id,
            side=place.side,
            joined_at=NOW,
        )
        for place in places
    ]
    return Pair(school_id=places[0].school_id, year=places[0].year, members=members, **values)
