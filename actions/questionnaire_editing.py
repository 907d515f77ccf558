"""The curator's own questionnaires and next versions: draft, edit, publish. What was published never changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from actions import journal, questionnaires
from actions.questionnaires import fingerprint
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.instruments import Audience
from program.instruments_editing import Body, blank, copied, problems
from program.instruments_reading import shipped
from storage import questionnaires as rows
from storage.tables import InstrumentDraft

log = structlog.get_logger()

OWN = "OWN_"  # codes of a school's own questionnaires begin so


async def start(work: Work, code: str) -> InstrumentDraft:
    """A draft of the next version; the one that is there already, if any."""
    found = await rows.draft(work.session, work.school.id, code)
    if found is None:
        found = await _add(work, dict((await questionnaires.current(work, code)).body))
    return found


async def beginning(work: Work, code: str) -> Body:
    """What a new draft would begin with: the newest version, or nothing for an own one never published."""
    try:
        return dict((await questionnaires.current(work, code)).body)
    except Refusal:
        if not re.fullmatch(rf"{OWN}[1-9][0-9]{{0,2}}", code):
            raise
        return blank(code, Texts("ru")("quiz-anew"))


async def begin_again(work: Work, code: str) -> InstrumentDraft:
    """A draft where somebody else's press has just ended one; the one that is there already, if any."""
    found = await rows.draft(work.session, work.school.id, code)
    return found or await _add(work, await beginning(work, code))


async def start_own(work: Work, title: str, of: str = "") -> InstrumentDraft:
    """A new questionnaire of the school: empty, or a copy of `of`.

    Raises:
        Refusal: no title, or the copied one belongs to the staff or does not exist.
    """
    if not title:
        raise Refusal("quiz-wrong-title")
    taken = {code for code in await rows.codes(work.session, work.school.id) if code.startswith(OWN)}
    code = next(f"{OWN}{n}" for n in range(1, 1000) if f"{OWN}{n}" not in taken)
    if not of:
        return await _add(work, blank(code, title))
    instrument = await questionnaires.current(work, of)
    if instrument.audience is Audience.STAFF:
        raise Refusal("quiz-staff-only")
    return await _add(work, copied(instrument.body, code, title))


async def change(work: Work, code: str, edit: Callable[[Body], Body]) -> InstrumentDraft:
    """Raises Refusal when there is no draft."""
    draft = await rows.lock_draft(work.session, work.school.id, code)
    if draft is None:
        raise Refusal("quiz-no-draft")
    draft.body, draft.changed_at, draft.author = edit(draft.body), work.now, work.actor
    await work.session.flush()
    return draft


async def publish(work: Work, code: str) -> int:
    """The draft becomes the next version; who is inside an older one finishes that. Returns its number.

    Raises:
        Refusal: no draft, something in it is wrong, or nothing in it is new.
    """
    draft = await rows.lock_draft(work.session, work.school.id, code)
    if draft is None:
        raise Refusal("quiz-no-draft")
    if problems(draft.body):
        raise Refusal("quiz-not-ready")
    await questionnaires.publish_shipped(work, code)
    newest = await rows.newest(work.session, work.school.id, code)
    if newest is not None and _content(newest.body) == _content(draft.body):
        raise Refusal("quiz-nothing-new")
    with_product = max((one.version for one in shipped() if one.code == code), default=0)
    number = max(newest.version if newest else 0, with_product) + 1
    body = dict(draft.body) | {"version": number}
    published = await rows.publish(
        work.session, school_id=work.school.id, code=code, version=number, title=body["title"]["ru"],
        body=body, sha256=fingerprint(body), published_at=work.now,
    )  # fmt: skip
    assert published, "two published at once although the draft is locked"
    await work.session.delete(draft)
    await journal.note(work, "questionnaire.published", f"questionnaire:{code}", after={"version": number})
    log.info("questionnaire.published", school=work.school.id, code=code, version=number)
    return number


async def discard(work: Work, code: str) -> None:
    draft = await rows.lock_draft(work.session, work.school.id, code)
    if draft is not None:
        await work.session.delete(draft)
        await journal.note(work, "questionnaire.discarded", f"questionnaire:{code}")


async def _add(work: Work, body: Body) -> InstrumentDraft:
    draft = InstrumentDraft(
        school_id=work.school.id, code=body["code"], body=body, author=work.actor, changed_at=work.now
    )
    work.session.add(draft)
    await work.session.flush()
    return draft


def _content(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "version"}
