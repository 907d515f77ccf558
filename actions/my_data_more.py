"""More of what is kept about one person: selection, training, what was said about pairs, messages.

And what is not in the file, with the ground in law.
"""

from __future__ import annotations

from actions import directories
from actions.work import Work
from locales import Texts, dates
from program.awards import Facts, shown_code
from program.directories import Directory
from program.selection import CRITERIA, READ, TOPIC
from program.text import Text
from storage import own_templates
from storage import partners as partner_rows
from storage import privacy as rows
from storage.tables import Person

Row = tuple[str, str]
# 152-ФЗ, art. 14 part 8: access to one's data may not break the rights of third persons. What others said of
# the person in confidence, and who said it, is theirs as well; art. 14 part 7 names what has to be told.
LEFT_OUT = ("notes", "impressions", "letters", "staff-cards", "care-notes", "journal")


async def training(work: Work, person: Person, say: Texts) -> list[Row]:
    """Topics attended, materials read, papers that the school has seen: facts and dates."""
    found = []
    for mark in await rows.marks(work.session, work.school.id, person.id):
        slug = mark.item.removeprefix(TOPIC).removeprefix(READ)
        kind = Directory.TRAINING if slug != mark.item else Directory.REQUIREMENT
        entry = await directories.entry(work, kind, slug)
        until = f" – {mark.valid_until:%d.%m.%Y}" if mark.valid_until else ""
        name = (entry.label.en if say.language == "en" else entry.label.ru) if entry else slug
        found.append((name or slug, f"{mark.done_on:%d.%m.%Y}{until}"))
    return found


async def selection(work: Work, person: Person, say: Texts) -> list[Row]:
    """Talks on becoming a mentor: marks and what was decided; the notes of those who talked are not shown."""
    found = []
    for talk in await rows.interviews(work.session, work.school.id, person.id):
        decision = say(Text(f"privacy-interview-{talk.decision}"))
        found.append((say(Text("privacy-interview", {"day": f"{talk.held_on:%d.%m.%Y}"})), decision))
        found += [
            (f"– {say(Text(f'privacy-criterion-{name}'))}", str(talk.marks[name]))
            for name in CRITERIA
            if name in talk.marks
        ]
    return found


async def asked(work: Work, person: Person, language: str) -> list[Row]:
    """What the person said when a pair was offered, and asked for in a pair at work."""
    said = await rows.pair_answers(work.session, work.school.id, person.id)
    wished = await rows.pair_requests(work.session, work.school.id, person.id)
    lines = [(one.answered_at, one.answer, one.reason, one.words) for one in said if one.answered_at]
    lines += [(one.at, one.kind, one.reason, one.words) for one in wished]
    return [
        (dates.moment(at, work.zone, language), ", ".join(part for part in (what, why, words) if part))
        for at, what, why, words in lines
    ]


async def awards(work: Work, person: Person, say: Texts) -> list[Row]:
    """Letters of thanks, diplomas and certificates: number, day, code, for what; taken back ones too."""
    found = []
    for one in await own_templates.of_person(work.session, work.school.id, person.id):
        reason = Facts.read(one.facts).reason
        kind = say(Text(f"award-kind-{one.code}"))
        told = [f"№ {one.number}, {one.on_day:%d.%m.%Y}", shown_code(one.check_code or ""), reason]
        if one.revoked_at is not None:
            told.append(say(Text("award-revoked")))
        found.append((kind, ", ".join(part for part in told if part)))
    return found


async def partners(work: Work, person: Person, say: Texts) -> list[Row]:
    """From which partner of the school the person came, and of which one the person is the contact."""
    session, school = work.session, work.school.id
    found = [
        (say(Text("privacy-partner-of")), one.name)
        for one in await partner_rows.of_person(session, school, person.id)
    ]
    for one in await partner_rows.contacted(session, person):
        said = ", ".join(part for part in (one.contact, one.contact_position, one.phone, one.email) if part)
        found.append((say(Text("privacy-partner-contact", {"name": one.name})), said))
    return found


async def messages(work: Work, person: Person, say: Texts) -> list[Row]:
    """What was sent to the person, in words, as long as it is kept."""
    found = []
    for row in await rows.sent(work.session, work.school.id, person.id):
        texts = [say(Text.from_json(text)) for text in row.body.get("texts", ())]
        if texts and row.sent_at:
            found.append((dates.moment(row.sent_at, work.zone, say.language), "\n".join(texts)))
    return found


def left_out(say: Texts) -> list[Row]:
    return [(say(Text(f"privacy-left-{what}")), say(Text("privacy-left-why"))) for what in LEFT_OUT]
