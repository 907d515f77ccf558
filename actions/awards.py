"""Letters of thanks, diplomas, certificates for many at once: given, printed, told of, taken back.

Each has a row with a number and a code; the papers are printed from the rows, so the same paper comes out again.
"""

from __future__ import annotations

import asyncio
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from actions import award_facts, journal, own_templates, pages, word_parts, word_reading
from actions.awards_reading import Award, values, with_people
from actions.paper_values import of_school
from actions.tell import tell
from actions.template_finish import file_name, title_of
from actions.template_render import rendered
from actions.work import Work
from program.awards import MOST, REASON, new_code
from program.errors import Refusal
from program.outgoing import Choice, Message
from program.outgoing import say as told
from program.roles import PersonState
from program.settings import school_year
from program.templates import AWARDS
from program.text import Text, raw
from storage import own_templates as rows
from storage import people, schools
from storage.tables import IssuedPaper, Person

PREFIX = {"letter": "БП", "diploma": "Г", "certificate": "С"}
ZIP = "application/zip"


@dataclass(frozen=True)
class Said:
    """What the curator says of a batch. `name`: of the press, so that a second one makes nothing new.

    Args:
        recipients: «person:12», «family:12», «partner:3».
        first, last: the period in which they took part.
    """

    code: str
    name: str
    recipients: tuple[str, ...]
    reason: str
    on: date
    first: date
    last: date


async def planned(work: Work, said: Said) -> list[Award]:
    """What would be given, by name, kept nowhere yet.

    Raises:
        Refusal: no such paper, nobody or too many, a reason missing or too long, or days that cannot be.
    """
    _require(work, said)
    made = []
    for recipient in await award_facts.recipients(work, said.recipients):
        facts = await award_facts.of(work, recipient, said.code, said.first, said.last)
        paper = IssuedPaper(
            school_id=work.school.id, year=school_year(said.on), code=said.code, serial=0, number="", on_day=said.on,
            person_id=recipient.person.id if recipient.person else None,
            partner_id=recipient.partner.id if recipient.partner else None, family=recipient.family,
            facts=award_facts.with_reason(facts, said.reason).to_json(), check_code=None, batch=said.name,
            at=work.now, by=work.actor,
        )  # fmt: skip
        made.append(Award(paper, recipient.person, recipient.partner))
    if not made:
        raise Refusal("awards-nobody")
    return made


async def give(work: Work, said: Said) -> list[IssuedPaper]:
    """Gives numbers and codes; nobody is told yet. The same press again changes nothing.

    Raises:
        Refusal: as `planned`.
    """
    made = [one.paper for one in await planned(work, said)]
    await schools.hold(work.session, work.school.id)
    known = await rows.batch(work.session, work.school.id, said.name)
    if known:
        return list(known)
    version, _ = await own_templates.current(work, said.code)
    last = await rows.last_serial(work.session, work.school.id, school_year(said.on), said.code)
    for serial, paper in enumerate(made, last + 1):
        paper.serial, paper.number = serial, f"{PREFIX[said.code]}-{serial}"
        paper.template, paper.check_code = version, new_code()
        work.session.add(paper)
    await work.session.flush()
    after = {"code": said.code, "count": len(made), "from": made[0].number}
    await journal.note(work, "award.given", f"award:{made[0].id}", after=after)
    return made


async def printed(work: Work, papers: Sequence[IssuedPaper], check: str, form: str) -> tuple[str, bytes]:
    """All of them in one file, each on its page; `zip`: that and each by itself. It goes into the journal.

    Args:
        check: address of the page that confirms codes. form: docx, pdf or zip.

    Raises:
        Refusal: none is left that holds, or the school's template cannot be filled.
    """
    found = [one for one in await with_people(work, papers) if _stands(one)]
    if not found:
        raise Refusal("awards-none-left")
    code = found[0].paper.code
    docx = await _docx(work, code, found, check)
    name = file_name(title_of(code), work, form)
    data = docx
    if form != "docx":
        numbers = [one.paper.number for one in found]
        data = await asyncio.to_thread(_packed, docx, numbers, _moment(work), name, form == "zip")
    after = {"code": code, "count": len(found), "as": form}
    await journal.note(work, "award.printed", f"award:{papers[0].id}", after=after)
    return name, data


async def one_pdf(work: Work, paper: IssuedPaper, check: str) -> bytes:
    """For whom it was given to: no line in the journal, it is the person's own."""
    docx = await _docx(work, paper.code, await with_people(work, [paper]), check)
    return await asyncio.to_thread(pages.pdf, docx, _moment(work))


async def picture(work: Work, award: Award, check: str) -> bytes:
    """How one will look, as PNG; a code that opens nothing stands on it."""
    award.paper.check_code, award.paper.number = "", "…"
    docx = await _docx(work, award.paper.code, [award], check)
    return await asyncio.to_thread(pages.picture, docx, _moment(work))


async def revoke(work: Work, paper_id: int, why: str) -> IssuedPaper:
    """Takes one back: the page of its code says so from now on. Twice is once.

    Raises:
        Refusal: no such paper, or no reason.
    """
    paper = await rows.get(work.session, work.school.id, paper_id)
    if paper is None or paper.code not in AWARDS:
        raise Refusal("award-gone")
    if not why.strip():
        raise Refusal("awards-why-missing")
    if paper.revoked_at is None:
        paper.revoked_at, paper.revoked_why = work.now, why.strip()[:REASON]
        await work.session.flush()
        await journal.note(work, "award.revoked", f"award:{paper.id}", after={"number": paper.number})
    return paper


async def tell_all(work: Work, papers: Sequence[IssuedPaper]) -> tuple[int, int]:
    """Sends everybody a kind word with the paper, once. (told, whom no chat reaches)."""
    done = nowhere = 0
    for award in await with_people(work, papers):
        if award.person is None or not _stands(award) or award.paper.told_at is not None:
            continue
        reached = False
        for reader in await _readers(work, award):
            key = f"award:{award.paper.id}:{reader.id}"
            reached |= await tell(work, reader, _message(award, reader), key=key)
        if reached:
            award.paper.told_at = work.now
        done, nowhere = done + reached, nowhere + (not reached)
    if done:
        await journal.note(work, "award.told", f"award:{papers[0].id}", after={"count": done})
    return done, nowhere


async def mine(work: Work, reader_id: int, paper_id: int) -> IssuedPaper:
    """A paper that this reader may open: the own one, or one to the family by a confirmed guardian.

    Raises:
        Refusal: it is somebody else's, was taken back, or is not there.
    """
    paper = await rows.get(work.session, work.school.id, paper_id)
    if paper is None or paper.code not in AWARDS or paper.revoked_at is not None:
        raise Refusal("award-gone")
    award = (await with_people(work, [paper]))[0]
    if award.person is None or reader_id not in {one.id for one in await _readers(work, award)}:
        raise Refusal("award-gone")
    return paper


def _require(work: Work, said: Said) -> None:
    if said.code not in AWARDS:
        raise Refusal("templates-unknown")
    if not said.recipients:
        raise Refusal("awards-nobody")
    if len(said.recipients) > MOST:
        raise Refusal("templates-many", most=MOST)
    if said.code != "certificate" and not said.reason.strip():
        raise Refusal("awards-reason-missing")
    if len(said.reason) > REASON:
        raise Refusal("admin-field-long", longest=REASON)
    if said.first > said.last:
        raise Refusal("templates-no-period")


def _stands(award: Award) -> bool:
    return award.paper.revoked_at is None and (award.person is not None or award.partner is not None)


def _moment(work: Work) -> datetime:
    return datetime.combine(work.today, time(), work.zone)


async def _docx(work: Work, code: str, found: Sequence[Award], check: str) -> bytes:
    _, template = await own_templates.current(work, code)
    common = of_school(work)
    copies = [{**common, **values(work, one, check)} for one in found]
    return await asyncio.to_thread(
        rendered, template, copies, title=title_of(code), author=work.school.name, made_at=_moment(work)
    )


def _packed(docx: bytes, numbers: Sequence[str], made_at: datetime, name: str, whole: bool) -> bytes:
    """The PDF of all; if `whole` a zip of both files and of each paper by its number, never by a name."""
    read = word_reading.read(docx)
    if not whole:
        return pages.of_read(read, made_at)
    each = len(read.sections) // len(numbers)
    stem = name.rsplit(".", 1)[0]
    files = {f"{stem}.docx": docx, f"{stem}.pdf": pages.of_read(read, made_at)}
    for at, number in enumerate(numbers):
        part = word_parts.part(read, at * each, (at + 1) * each)
        files[f"{number}.pdf"] = pages.of_read(part, made_at)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as pack:
        for inside, data in files.items():
            pack.writestr(zipfile.ZipInfo(inside, made_at.timetuple()[:6]), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


async def _readers(work: Work, award: Award) -> list[Person]:
    """Who is told: the person; of a letter to the family its confirmed guardians."""
    assert award.person is not None
    if not award.paper.family:
        return [award.person] if award.person.state == PersonState.ACTIVE else []
    bonds = await people.guardians_of(work.session, award.person.id)
    return [bond.guardian for bond in bonds if bond.confirmed_at is not None and bond.ended_at is None]


def _message(award: Award, reader: Person) -> Message:
    assert award.person is not None
    open_it = Choice(Text("award-open"), url=f"page:award:{award.paper.id}", style="primary")
    kind = Text(f"award-kind-{award.paper.code}")
    reason = raw(award.facts.reason)
    if award.paper.family:
        words = Text("award-told-family", {"kind": kind, "reason": reason})
        message = told(words, open_it).about(award.person.id, ward=award.person.id)
    else:
        name = "award-told" if award.facts.reason else "award-told-plain"
        message = told(Text(name, {"kind": kind, "reason": reason}), open_it).about(award.person.id)
    return message
