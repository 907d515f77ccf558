"""Everything that is kept about one person as a file: a page to read, a table, and JSON, in a zip."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from xlsxwriter import Workbook

from actions import (
    encounter_my_data,
    gathering_views,
    ideas,
    meeting_diary,
    mentor_wishes,
    my_data_more,
    news_stories,
    pair_my_data,
    plan_my_data,
    questionnaires,
    relay_keeping,
    takedowns,
    year_words,
)
from actions.consent_talk import about
from actions.work import Work
from locales import Texts, dates
from program.ages import Consenter
from program.errors import Refusal
from program.instruments import Instrument, Method, Question
from program.names import short
from program.roles import Category, PersonState
from program.text import Arg, Text
from storage import ballots, pairs, people
from storage import consents as ledger
from storage import plans as plan_rows
from storage import privacy as rows
from storage.tables import Answer, Person, Response

Row = tuple[str, str]


@dataclass(frozen=True)
class Section:
    """`code` is its name in JSON; a row is what and its value, both in words."""

    code: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Known:
    """Args:
    own: the reader is the person; False: a confirmed guardian reads of a child.
    """

    title: str
    note: str
    sections: tuple[Section, ...]
    own: bool


async def known(work: Work, reader_id: int, about_id: int) -> Known:
    """What is kept, in the reader's language. A child's own words are not shown to a guardian.

    Raises:
        Refusal: neither the person nor a confirmed guardian reads, or nothing is left.
    """
    try:
        person, consenter = await about(work, reader_id, about_id, confirmed=True)
    except Refusal:
        raise Refusal("privacy-not-yours") from None
    if person.state == PersonState.ERASED:
        raise Refusal("privacy-not-yours")
    reader = await people.get(work.session, reader_id)
    assert reader is not None
    own = consenter is Consenter.SELF
    say = Texts(reader.language, familiar=reader.category == Category.PUPIL)
    sections = [
        Section("person", tuple(_person(work, person, say))),
        Section("channels", tuple(await _channels(work, person, say, reader.language))),
        Section("places", tuple(await _places(work, person, say))),
        Section("consents", tuple(await _consents(work, person, say, reader.language))),
        Section("questionnaires", tuple(await _questionnaires(work, person, say, reader.language, own=own))),
        Section("pairs", tuple(await _pairs(work, person, say))),
        Section("meetings", tuple(await _meetings(work, person, say, reader.language))),
        Section("gatherings", tuple(await gathering_views.known(work, person, say, reader.language))),
        Section("diary", tuple(await meeting_diary.about(work, person, say, reader.language, own=own))),
        Section("ideas", tuple(await ideas.known(work, person, say))),
        Section("plans", tuple(await plan_my_data.kept(work, person, say, own=own))),
        Section("news", tuple(await _news(work, person, say))),
        Section(
            "encounters", tuple(await encounter_my_data.meetings(work, person, say, reader.language, own=own))
        ),
        Section("guardians", tuple(await _family(work, person, say))),
        Section("training", tuple(await my_data_more.training(work, person, say))),
        Section("awards", tuple(await my_data_more.awards(work, person, say))),
        Section("partners", tuple(await my_data_more.partners(work, person, say))),
    ]
    if own:
        asked = await encounter_my_data.questions(work, person, say, reader.language)
        sections.append(Section("questions", tuple(asked)))
        sections += [
            Section(
                "requests",
                (
                    *await _requests(work, person, reader.language),
                    *await pair_my_data.said(work, person, say, reader.language),
                ),
            ),
            Section("selection", tuple(await my_data_more.selection(work, person, say))),
            Section("asked", tuple(await my_data_more.asked(work, person, reader.language))),
            Section("year", tuple(await year_words.known(work, person, say))),
            Section("letters", tuple(await relay_keeping.said(work, person, say, reader.language))),
            Section("stories", tuple(await news_stories.known(work, person, say, reader.language))),
            Section("messages", tuple(await my_data_more.messages(work, person, say))),
        ]
    sections.append(Section("left-out", tuple(my_data_more.left_out(say))))
    title = say(Text("privacy-file-title" if own else "privacy-file-child"))
    note = "" if own else say(Text("privacy-file-child-note"))
    return Known(title, note, tuple(section for section in sections if section.rows), own)


async def files(work: Work, about_id: int) -> list[tuple[str, bytes]]:
    """Diplomas of the person's achievements; their names name nobody. Whoever asks may read (`known`)."""
    return await plan_rows.diplomas_of(work.session, work.school.id, about_id)


def archive(what: Known, say: Texts, files: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """The zip. Its files carry no name of anybody."""
    heads = {section.code: say(Text(f"privacy-section-{section.code}")) for section in what.sections}
    told = {section.code: [list(row) for row in section.rows] for section in what.sections}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=2))
        made.writestr("data.html", _html(what, heads, say.language))
        made.writestr("data.xlsx", _xlsx(what, heads))
        for name, data in files:
            made.writestr(f"files/{name}", data)
    return out.getvalue()


def _html(what: Known, heads: dict[str, str], language: str) -> str:
    parts = [
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{escape(what.title)}</title>',
        f"<h1>{escape(what.title)}</h1>" + (f"<p>{escape(what.note)}</p>" if what.note else ""),
    ]
    for section in what.sections:
        parts.append(f"<h2>{escape(heads[section.code])}</h2><dl>")
        parts += [f"<dt><b>{escape(name)}</b></dt><dd>{escape(value)}</dd>" for name, value in section.rows]
        parts.append("</dl>")
    return "\n".join([*parts, "</html>"])


def _xlsx(what: Known, heads: dict[str, str]) -> bytes:
    out = io.BytesIO()
    # Words are words: what begins with «=» is no formula.
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for section in what.sections:
            sheet = book.add_worksheet(heads[section.code][:31].replace("/", " "))
            sheet.set_column(0, 1, 50)
            sheet.write_string(0, 0, heads[section.code], bold)
            for number, (name, value) in enumerate(section.rows, 2):
                sheet.write_string(number, 0, name)
                sheet.write_string(number, 1, value)
    return out.getvalue()


def _person(work: Work, person: Person, say: Texts) -> list[Row]:
    def day(value: date | datetime | None) -> str:
        if isinstance(value, datetime):
            value = value.astimezone(work.zone).date()
        return f"{value:%d.%m.%Y}" if value else ""

    values = {
        "name": person.full_name or person.first_name,
        "cases": "; ".join(person.name_cases.values()),
        "born": day(person.birth_date),
        "gender": say(Text(f"privacy-gender-{person.gender}")) if person.gender else "",
        "mentor": say(Text("privacy-same-gender")) if mentor_wishes.wishes_same(person.preferences) else "",
        "class": person.class_name,
        "position": person.position,
        "workplace": person.workplace,
        "phone": person.phone,
        "email": person.email,
        "language": person.language,
        "joined": day(person.joined_at),
        "erase": day(person.erase_after) if person.erase_basis else "",
    }
    return [(say(Text(f"privacy-field-{name}")), value) for name, value in values.items() if value]


async def _channels(work: Work, person: Person, say: Texts, language: str) -> list[Row]:
    found = await rows.addresses(work.session, work.school.id, person.id)
    return [
        (one.channel, f"{one.address}, {dates.moment(one.used_at, work.zone, language)}") for one in found
    ]


async def _places(work: Work, person: Person, say: Texts) -> list[Row]:
    found = await rows.places(work.session, work.school.id, person.id)
    return [
        (f"{one.year}, {say(work.settings.form_name(one.form))}", f"{one.side}, {one.status}")
        for one in found
    ]


async def _consents(work: Work, person: Person, say: Texts, language: str) -> list[Row]:
    found = (await ledger.ledger(work.session, [person.id])).get(person.id, [])
    lines = []
    for one in found:
        kind = Text(f"guardian-kind-{one.kind}")
        args: dict[str, Arg] = {"kind": kind, "day": f"{one.at.astimezone(work.zone):%d.%m.%Y}"}
        until = f"– {one.valid_until:%d.%m.%Y}" if one.valid_until else ""
        what = f"{one.consenter}, {one.method} {one.paper_number} {until}"
        lines.append((say(Text(f"privacy-{one.event}-line", args)), " ".join(what.split())))
    return lines


async def _questionnaires(work: Work, person: Person, say: Texts, language: str, *, own: bool) -> list[Row]:
    titles = await rows.titles(work.session, work.school.id)
    found = []
    for one in await rows.responses(work.session, work.school.id, person.id):
        filled = say(Text("privacy-filled-on", {"day": f"{one.finished_at.astimezone(work.zone):%d.%m.%Y}"}))
        if one.method == Method.PAPER:
            filled = f"{filled}, {say(Text('privacy-filled-paper'))}"
        instrument = await _asked(work, one)
        found.append((say(instrument.named.text) if instrument else titles.get(one.code, one.code), filled))
        if own:
            found += [
                (f"– {_question(instrument, answer, say)}", _answered(instrument, answer, say))
                for answer in one.answers
                if not answer.skipped
            ]
    for ballot in await ballots.of_person(work.session, work.school.id, person.id):
        found.append((titles.get(ballot.code, ballot.code), say(Text("privacy-filled-anonymous"))))
    return found


async def _asked(work: Work, response: Response) -> Instrument | None:
    """The version that was answered; None if it is kept nowhere: what was answered is told all the same."""
    try:
        return await questionnaires.version(work, response.code, response.version)
    except Refusal:
        return None


def _of(instrument: Instrument | None, answer: Answer) -> Question | None:
    """What was answered; None if the version has no such question."""
    if instrument is None or not instrument.has(answer.question):
        return None
    return instrument.question(answer.question)


def _question(instrument: Instrument | None, answer: Answer, say: Texts) -> str:
    asked = _of(instrument, answer)
    return say(asked.text.text) if asked else answer.question


def _answered(instrument: Instrument | None, answer: Answer, say: Texts) -> str:
    asked = _of(instrument, answer)
    labels = {option.code: say(option.label.text) for option in asked.options} if asked else {}
    chosen = ", ".join(labels.get(code, str(code)) for code in answer.choices or ())
    return chosen or (answer.words if answer.words is not None else str(answer.number))


async def _pairs(work: Work, person: Person, say: Texts) -> list[Row]:
    found = []
    for pair in await pairs.of_person(work.session, work.school.id, person.id):
        if pair.announced_at is None:
            continue  # what nobody was told yet is the school's draft
        others = ", ".join(
            short(member.person.first_name, member.person.last_name)
            for member in pair.members
            if member.person_id != person.id and not pair.is_group
        )
        found.append(
            (
                f"{pair.year}, {say(work.settings.form_name(pair.form))}",
                f"{others or pair.title or '–'}, {pair.status}",
            )
        )
    return found


async def _meetings(work: Work, person: Person, say: Texts, language: str) -> list[Row]:
    found = await rows.meetings(work.session, work.school.id, person.id)
    return [
        (
            dates.met(one.starts_at, work.zone, language, by_day=one.by_day),
            f"{one.status} {one.place}".strip(),
        )
        for one in found
        if one.starts_at is not None
    ]


async def _news(work: Work, person: Person, say: Texts) -> list[Row]:
    """Published news in which the person is on a photo or named, and what has become of them."""
    found = []
    for item, where in await takedowns.shown_in(work, person):
        day = f"{item.published_at.astimezone(work.zone):%d.%m.%Y}" if item.published_at else ""
        value = f"{day}, {say(Text(f'privacy-news-{where}'))} {item.wall_url if where == 'out' else ''}"
        found.append((item.title, value.strip()))
    return found


async def _family(work: Work, person: Person, say: Texts) -> list[Row]:
    up = [
        (bond.guardian, bond.relation)
        for bond in await people.guardians_of(work.session, person.id)
        if bond.confirmed_at
    ]
    down = [
        (bond.child, bond.relation)
        for bond in await people.children_of(work.session, person.id)
        if bond.confirmed_at
    ]
    return [
        (
            short(who.first_name, who.last_name),
            say(Text(f"guardian-relation-{relation}")) if relation else "–",
        )
        for who, relation in (*up, *down)
        if who.first_name
    ]


async def _requests(work: Work, person: Person, language: str) -> list[Row]:
    found = await rows.requests(work.session, work.school.id, person.id)
    return [(dates.moment(one.at, work.zone, language), one.words or "–") for one in found]
