"""The school's own documents: uploaded, replaced by a new version, shown to everybody or not, removed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actions import directories, journal, paper_files
from actions.roadmap_events import require_address
from actions.work import Work
from program.directories import Directory
from program.errors import Refusal
from storage import roadmap
from storage import school_papers as rows
from storage.tables import SchoolPaper, SchoolPaperVersion, StoredFile

MOST = 200  # documents of one school
MOST_VERSIONS = 30


@dataclass(frozen=True)
class Words:
    """What a curator typed about a document. `clean`: the curator has said that it names nobody who did not agree."""

    title: str
    kind: str
    public: bool = False
    clean: bool = False
    site_url: str = ""


@dataclass(frozen=True)
class Signed:
    """Number and day on the paper; both may be missing."""

    number: str = ""
    on: date | None = None


async def add(work: Work, said: Words, signed: Signed, name: str, data: bytes) -> SchoolPaper:
    """A new document with its first version.

    Raises:
        Refusal: as `edit`, too many documents, or as `program.paper_files.checked`.
    """
    if len(await rows.of_school(work.session, work.school.id)) >= MOST:
        raise Refusal("papers-many", most=MOST)
    paper = SchoolPaper(school_id=work.school.id, created_at=work.now)
    await _say(work, paper, said)
    file = await _file(work, signed, name, data)
    work.session.add(paper)
    await work.session.flush()
    await _version(work, paper.id, 1, signed, file)
    await journal.note(work, "paper.added", f"paper:{paper.id}", after=_facts(paper))
    return await get(work, paper.id)


async def edit(work: Work, paper_id: int, said: Words) -> SchoolPaper:
    """New words for a document; its versions stay.

    Raises:
        Refusal: gone, no name, no such kind, an address that is none, or public without a word that it may be.
    """
    paper = await get(work, paper_id)
    before = _facts(paper)
    await _say(work, paper, said)
    await work.session.flush()
    await journal.note(work, "paper.edited", f"paper:{paper.id}", before, _facts(paper))
    return paper


async def replace(work: Work, paper_id: int, signed: Signed, name: str, data: bytes) -> SchoolPaper:
    """A new version; earlier ones stay.

    A public document stays public only if the page says again that nobody is named: see `edit`. So it is closed here.

    Raises:
        Refusal: gone, too many versions, or as `program.paper_files.checked`.
    """
    if not await rows.lock(work.session, work.school.id, paper_id):
        raise Refusal("papers-gone")
    paper = await get(work, paper_id)
    number = paper.versions[0].number + 1 if paper.versions else 1
    if len(paper.versions) >= MOST_VERSIONS:
        raise Refusal("papers-versions-many", most=MOST_VERSIONS)
    await _version(work, paper.id, number, signed, await _file(work, signed, name, data))
    before = _facts(paper)
    paper.public = False
    paper.changed_at, paper.changed_by = work.now, work.actor
    await work.session.flush()
    await journal.note(
        work, "paper.replaced", f"paper:{paper.id}", before, _facts(paper) | {"version": number}
    )
    return await get(work, paper_id)


async def remove(work: Work, paper_id: int) -> None:
    """Deletes a document with all its versions and takes it off the road map. Raises Refusal when gone."""
    paper = await get(work, paper_id)
    files = [one.file for one in paper.versions]
    taken = await roadmap.forget_paper(work.session, work.school.id, paper_id)
    await work.session.delete(paper)
    await work.session.flush()
    for file in files:
        await work.session.delete(file)
    await journal.note(
        work, "paper.removed", f"paper:{paper_id}", before={"versions": len(files), "roadmap": taken}
    )


async def get(work: Work, paper_id: int) -> SchoolPaper:
    """Raises Refusal when there is none."""
    found = await rows.get(work.session, work.school.id, paper_id)
    if found is None:
        raise Refusal("papers-gone")
    return found


async def _say(work: Work, paper: SchoolPaper, said: Words) -> None:
    if not said.title.strip():
        raise Refusal("papers-title-missing")
    if await directories.entry(work, Directory.PAPER_KIND, said.kind) is None:
        raise Refusal("papers-kind-unknown")
    if said.public and not said.clean:
        raise Refusal("papers-not-clean")
    if said.site_url:
        require_address(said.site_url)
    paper.title, paper.kind, paper.public = said.title.strip()[:300], said.kind, said.public
    paper.site_url = said.site_url
    paper.changed_at, paper.changed_by = work.now, work.actor


async def _file(work: Work, signed: Signed, name: str, data: bytes) -> StoredFile:
    """Everything that may be refused comes before the first change: a page shows the refusal and goes on."""
    if signed.on is not None and signed.on > work.today:
        raise Refusal("papers-day-ahead")
    return await paper_files.keep(work, name, data)


async def _version(work: Work, paper_id: int, number: int, signed: Signed, file: StoredFile) -> None:
    work.session.add(
        SchoolPaperVersion(
            school_id=work.school.id, paper_id=paper_id, number=number, signed_number=signed.number[:64],
            signed_on=signed.on, file_id=file.id, at=work.now, by=work.actor,
        )
    )  # fmt: skip
    await work.session.flush()


def _facts(paper: SchoolPaper) -> dict[str, object]:
    return {"kind": paper.kind, "public": paper.public}
