"""Templates of documents: which one is in use, uploading an own one, going back to another version."""

from __future__ import annotations

import asyncio

from actions import journal, paper_files, template_check
from actions.school_papers import MOST_VERSIONS
from actions.template_check import Looked
from actions.template_writing import shipped
from actions.work import Work
from program.errors import Refusal
from program.paper_files import checked
from program.templates import BY_CODE
from storage import own_templates as rows
from storage.tables import OwnTemplate, StoredFile

SHIPPED = 0


async def current(work: Work, code: str) -> tuple[int, bytes]:
    """(version, .docx with its fields) from which a document is made now; version 0: the shipped one."""
    require(code)
    own = await rows.current(work.session, work.school.id, code)
    return own or (SHIPPED, await asyncio.to_thread(shipped, code))


async def file_of(work: Work, code: str, number: int) -> bytes:
    """One version. Raises Refusal when there is none."""
    require(code)
    if number == SHIPPED:
        return await asyncio.to_thread(shipped, code)
    return (await _get(work, code, number)).file.data


async def upload(work: Work, code: str, name: str, data: bytes) -> tuple[OwnTemplate | None, Looked]:
    """Keeps a template that can be used, not yet in use: somebody looks at the sample first.

    Returns:
        (None, what is wrong), or the new version and what is worth knowing about it.

    Raises:
        Refusal: no such document, or too many versions.
    """
    require(code)
    known = await rows.versions(work.session, work.school.id, code)
    if len(known) >= MOST_VERSIONS:
        raise Refusal("papers-versions-many", most=MOST_VERSIONS)
    looked = await asyncio.to_thread(template_check.looked_into, code, data)
    if looked.problems:
        return None, looked
    checked(name, data)
    file = await paper_files.keep(work, name, data)
    made = OwnTemplate(
        school_id=work.school.id, code=code, number=known[0].number + 1 if known else 1, used=False, file_id=file.id,
        at=work.now, by=work.actor,
    )  # fmt: skip
    work.session.add(made)
    await work.session.flush()
    await journal.note(work, "template.uploaded", f"template:{code}", after={"version": made.number})
    return made, looked


async def use(work: Work, code: str, number: int) -> None:
    """Documents are made from this version from now on; 0: from the shipped template. Twice is once.

    Raises:
        Refusal: no such document or version, or it no longer fits: fields of a later program may differ.
    """
    data = await file_of(work, code, number)
    before = (await rows.used(work.session, work.school.id)).get(code, SHIPPED)
    if before == number:
        return
    looked = await asyncio.to_thread(template_check.looked_into, code, data)
    if looked.problems:
        raise Refusal(looked.problems[0].id, **dict(looked.problems[0].args))
    await rows.use(work.session, work.school.id, code, number)
    await journal.note(
        work, "template.used", f"template:{code}", before={"version": before}, after={"version": number}
    )


async def remove(work: Work, code: str, number: int) -> None:
    """Deletes a version that is not in use. Raises Refusal when there is none or documents are made from it."""
    found = await _get(work, code, number)
    if found.used:
        raise Refusal("templates-in-use")
    file = await work.session.get(StoredFile, found.file_id)
    await work.session.delete(found)
    await work.session.flush()
    if file is not None:
        await work.session.delete(file)
    await journal.note(work, "template.removed", f"template:{code}", before={"version": number})


def require(code: str) -> None:
    if code not in BY_CODE:
        raise Refusal("templates-unknown")


async def _get(work: Work, code: str, number: int) -> OwnTemplate:
    found = await rows.version(work.session, work.school.id, code, number)
    if found is None:
        raise Refusal("templates-gone")
    return found
