"""`/poll/<token>`: an anonymous poll on one page, sent once as a whole.

Not in the chat: a chat keeps what was pressed, in our tables and at the messenger, next to the person. Here nothing
is kept before the page is sent, and what is kept then stands in `actions.ballots`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from actions import ballots
from actions.webchat import number_of
from actions.work import Work
from bot.web.pace import Use
from bot.web.pages import LONGEST_TOKEN, Site, place, see, words_asked, words_of
from locales import Texts
from program.errors import Refusal
from program.instrument_answers import Unreadable, read_answer
from program.instruments import Instrument, Question, QuestionKind, Value
from program.text import Text, storable
from storage import people, schools

MARKS = tuple(range(1, 11))


@dataclass(frozen=True)
class Asked:
    """The page that a link opens; `refused`: why it asks nothing now."""

    person_id: int
    code: str
    texts: Texts
    chat: str
    instrument: Instrument | None = None
    refused: Text | None = None


def routes(site: Site) -> APIRouter:
    router = APIRouter()

    @router.get("/poll/{token}", name="poll")
    async def show(request: Request, token: str) -> Response:
        asked = await _asked(site, token)
        if asked is None:
            return site.miss(request, words_asked(request))
        return _page(site, token, asked, {}, {})

    @router.post("/poll/{token}", name="poll-send")
    async def send(request: Request, token: str) -> Response:
        if not site.pace.allows(Use.DECIDE, place(request)):
            return site.busy(words_asked(request))
        form = await request.form(max_files=0, max_fields=200)
        asked = await _asked(site, token)
        if asked is None:
            return site.miss(request, words_asked(request))
        if asked.instrument is None:
            return _page(site, token, asked, {}, {})
        answers, wrong = read(asked.instrument, form)
        if not wrong:
            try:
                async with site.database.transaction() as session:
                    person = await people.get(session, asked.person_id)
                    assert person is not None
                    work = Work(session, await schools.get(session, person.school_id), site.clock())
                    await ballots.cast(work, site.links.ballots, asked.person_id, asked.code, answers)
            except Refusal as refusal:
                wrong = {"": refusal.text}
        if wrong:
            return _page(site, token, asked, answers, wrong)
        return see(f"/poll/{token}/thanks")

    @router.get("/poll/{token}/thanks", name="poll-thanks")
    async def thanks(request: Request, token: str) -> Response:
        asked = await _asked(site, token)
        if asked is None:
            return site.miss(request, words_asked(request))
        return site.page(
            "poll.html", asked.texts, title=Text("poll-thanks-title"), said=Text("poll-thanks"), instrument=None,
            chat=asked.chat,
        )  # fmt: skip

    return router


def read(instrument: Instrument, form: FormData) -> tuple[dict[str, Value], dict[str, Text]]:
    """What was chosen, by question, and what cannot be read; a question left alone is skipped."""
    answers: dict[str, Value] = {}
    wrong: dict[str, Text] = {}
    for question in instrument.questions:
        said = [
            storable(one)[:40] for one in form.getlist(question.id) if isinstance(one, str) and one.strip()
        ]
        try:
            answers[question.id] = _value(question, said)
        except Unreadable as unreadable:
            wrong[question.id] = unreadable.text
        else:
            if question.required and answers[question.id] is None:
                wrong[question.id] = Text("poll-needed")
    return answers, wrong


def _value(question: Question, said: list[str]) -> Value:
    if not said:
        return None
    if question.kind is QuestionKind.MULTI:
        chosen = [code for code in question.codes if code in said]
        if question.limit and len(chosen) > question.limit:
            raise Unreadable("questionnaire-too-many", limit=question.limit)
        return chosen or None
    if question.kind is QuestionKind.SMILES:
        return int(said[0]) if said[0] in question.codes else None
    if question.options:
        return said[0] if said[0] in question.codes else None
    return read_answer(question, said[0])


def _page(
    site: Site, token: str, asked: Asked, chosen: Mapping[str, Value], wrong: Mapping[str, Text]
) -> Response:
    instrument = asked.instrument
    return site.page(
        "poll.html",
        asked.texts,
        title=instrument.title.text if instrument else Text("poll-title"),
        status=422 if wrong else 200,
        instrument=instrument,
        said=asked.refused,
        here=f"/poll/{token}",
        chosen=chosen,
        wrong=wrong,
        marks=MARKS,
        chat=asked.chat,
    )


async def _asked(site: Site, token: str) -> Asked | None:
    said = site.links.poll_of(token) if len(token) <= LONGEST_TOKEN else None
    if said is None:
        return None
    person_id, code = said
    async with site.database.reading() as session:
        person = await people.get(session, person_id)
        if person is None:
            return None
        work = Work(session, await schools.get(session, person.school_id), site.clock())
        asked = Asked(person_id, code, words_of(person), site.links.chat(person_id, number_of(person)))
        try:
            _, instrument = await ballots.sheet(work, person_id, code)
        except Refusal as refusal:
            return replace(asked, refused=refusal.text)
        return replace(asked, instrument=instrument)
