"""Events of the road map: written, moved, marked as done, their documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from actions import journal, paper_files
from actions.roadmap import get_stage, shifted
from actions.work import Work
from program import roadmap as rules
from program.errors import Refusal
from program.roadmap import FUNCTIONS, LONGEST_TITLE, LONGEST_WORDS, Status
from storage import accounts, school_papers
from storage import roadmap as rows
from storage.tables import RoadmapEvent, RoadmapProof


@dataclass(frozen=True)
class Words:
    """What a curator typed about an event.

    Args:
        term: says when, in words; used where there are no days.
        owner_id: an account of the school, or 0; `owner`: words beside it.
    """

    title: str
    stage_id: int
    content: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    term: str = ""
    owner_id: int = 0
    owner: str = ""
    result: str = ""
    effect: str = ""
    function: str = ""
    notes: str = ""


async def add(work: Work, said: Words) -> RoadmapEvent:
    """A new event at the end of its stage.

    Raises:
        Refusal: no such stage or account, no name, days that cannot be, or too many events.
    """
    stage = await get_stage(work, said.stage_id)
    if await rows.count(work.session, work.school.id, stage.year) >= rules.MOST_EVENTS:
        raise Refusal("roadmap-events-many", most=rules.MOST_EVENTS)
    event = RoadmapEvent(
        school_id=work.school.id, year=stage.year, stage_id=stage.id, status=Status.PLANNED,
        position=await rows.last_position(work.session, stage.id) + 1,
    )  # fmt: skip
    await _say(work, event, said)
    work.session.add(event)
    await work.session.flush()
    await journal.note(work, "roadmap.added", _subject(event), after=_days(event))
    return await get(work, event.id)


async def edit(work: Work, event_id: int, said: Words) -> RoadmapEvent:
    """New words for an event; into another stage of the same year it moves to the end.

    Raises:
        Refusal: as `add`, or the event is gone.
    """
    event = await get(work, event_id)
    stage = await get_stage(work, said.stage_id)
    if stage.year != event.year:
        raise Refusal("roadmap-stage-gone")
    before, last = _days(event), await rows.last_position(work.session, stage.id)
    await _say(work, event, said)
    if stage.id != event.stage_id:
        event.stage_id, event.position = stage.id, last + 1
    await work.session.flush()
    await journal.note(work, "roadmap.edited", _subject(event), before, _days(event))
    return await get(work, event_id)


async def mark(work: Work, event_id: int, status: Status, on: date | None = None) -> RoadmapEvent:
    """Where an event stands now.

    Args:
        on: when it was done; by default today.

    Raises:
        Refusal: the event is gone, or was done tomorrow or later.
    """
    event = await get(work, event_id)
    done_on = (on or work.today) if status is Status.DONE else None
    if done_on is not None and done_on > work.today:
        raise Refusal("roadmap-done-ahead")
    before = {"status": event.status, "done_on": _iso(event.done_on)}
    event.status, event.done_on = status, done_on
    event.changed_at, event.changed_by = work.now, work.actor
    await work.session.flush()
    after = {"status": status, "done_on": _iso(done_on)}
    await journal.note(work, "roadmap.marked", _subject(event), before, after)
    return event


async def move(work: Work, event_id: int, step: int) -> RoadmapEvent:
    """One place up (-1) or down (1) within its stage; at the edge it stays. Raises Refusal when gone."""
    event = await get(work, event_id)
    stage = await get_stage(work, event.stage_id)
    keys = [one.id for one in stage.events]
    await rows.place(work.session, shifted(keys, keys.index(event_id), step))
    await journal.note(work, "roadmap.moved", _subject(event), after={"step": step})
    return event


async def remove(work: Work, event_id: int) -> str:
    """Takes an event off the map with its own files; returns the year. Raises Refusal when gone."""
    event = await get(work, event_id)
    year, files = event.year, [one.file for one in event.proofs if one.file is not None]
    await work.session.delete(event)
    await work.session.flush()
    for file in files:
        await work.session.delete(file)
    await journal.note(work, "roadmap.removed", f"roadmap-event:{event_id}", before={"year": year})
    return year


async def attach_file(work: Work, event_id: int, name: str, data: bytes, title: str = "") -> RoadmapProof:
    """A file that shows what was done. Raises Refusal: gone, too many, or as `program.paper_files.checked`."""
    await _require_room(work, event_id)
    file = await paper_files.keep(work, name, data)
    return await _attach(work, event_id, title or file.name, file_id=file.id)


async def attach_paper(work: Work, event_id: int, paper_id: int) -> RoadmapProof:
    """A paper of the school. Raises Refusal: gone, too many, or no such paper."""
    await _require_room(work, event_id)
    paper = await school_papers.get(work.session, work.school.id, paper_id)
    if paper is None:
        raise Refusal("papers-gone")
    return await _attach(work, event_id, paper.title, paper_id=paper.id)


async def attach_link(work: Work, event_id: int, url: str, title: str = "") -> RoadmapProof:
    """An address, of a publication for example. Raises Refusal: gone, too many, or not an address of a site."""
    await _require_room(work, event_id)
    require_address(url)
    return await _attach(work, event_id, title or urlsplit(url).hostname or url, url=url)


async def detach(work: Work, event_id: int, proof_id: int) -> None:
    """Takes a document away; a file of the event's own is deleted. Raises Refusal when gone."""
    proof = await rows.proof(work.session, work.school.id, proof_id)
    if proof is None or proof.event_id != event_id:
        raise Refusal("roadmap-proof-gone")
    file = proof.file
    await work.session.delete(proof)
    await work.session.flush()
    if file is not None:
        await work.session.delete(file)
    await journal.note(work, "roadmap.detached", f"roadmap-event:{event_id}", after={"proof": proof_id})


async def get(work: Work, event_id: int) -> RoadmapEvent:
    """Raises Refusal when there is none."""
    found = await rows.event(work.session, work.school.id, event_id)
    if found is None:
        raise Refusal("roadmap-event-gone")
    return found


def require_address(url: str) -> None:
    """Raises Refusal for what is not the address of a page."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Refusal("roadmap-link-odd") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 300 or " " in url:
        raise Refusal("roadmap-link-odd")


async def _require_room(work: Work, event_id: int) -> None:
    if len((await get(work, event_id)).proofs) >= rules.MOST_PROOFS:
        raise Refusal("roadmap-proofs-many", most=rules.MOST_PROOFS)


async def _attach(
    work: Work,
    event_id: int,
    title: str,
    *,
    file_id: int | None = None,
    paper_id: int | None = None,
    url: str = "",
) -> RoadmapProof:
    made = RoadmapProof(
        school_id=work.school.id, event_id=event_id, title=title[:LONGEST_TITLE], file_id=file_id,
        paper_id=paper_id, url=url, at=work.now, by=work.actor,
    )  # fmt: skip
    work.session.add(made)
    await work.session.flush()
    await journal.note(work, "roadmap.attached", f"roadmap-event:{event_id}", after={"proof": made.id})
    return made


async def _say(work: Work, event: RoadmapEvent, said: Words) -> None:
    rules.require(said.title, said.starts_on, said.ends_on)
    if said.function and said.function not in FUNCTIONS:
        raise Refusal("roadmap-function-unknown")
    if said.owner_id and await accounts.get(work.session, work.school.id, said.owner_id) is None:
        raise Refusal("roadmap-owner-unknown")
    event.title, event.content = said.title.strip()[:LONGEST_TITLE], said.content.strip()[:LONGEST_WORDS]
    event.starts_on, event.ends_on = said.starts_on, said.ends_on or said.starts_on
    event.term = "" if event.ends_on else said.term.strip()
    event.owner_id, event.owner = said.owner_id or None, said.owner.strip()
    event.result, event.effect, event.function = said.result.strip(), said.effect.strip(), said.function
    event.notes = said.notes.strip()[:LONGEST_WORDS]
    event.changed_at, event.changed_by = work.now, work.actor


def _subject(event: RoadmapEvent) -> str:
    return f"roadmap-event:{event.id}"


def _days(event: RoadmapEvent) -> dict[str, str]:
    return {
        "starts_on": _iso(event.starts_on),
        "ends_on": _iso(event.ends_on),
        "owner": str(event.owner_id or ""),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
