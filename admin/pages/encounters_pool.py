"""«Вопросы наставникам»: every word of every talk, and what the curator does where nobody answers."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import encounter_questions as pool
from actions.encounter_pool_messages import topic_text
from actions.work import Work
from admin import sure
from admin.forms import Typed
from admin.pages.encounters import start
from admin.show import back, page
from admin.visit import Changing, Fields, Reading, Signed, house, words
from program.encounters import MOST_WORDS, UNANSWERED_AFTER, QuestionState
from program.errors import Refusal
from program.text import Text
from storage import encounters as rows
from storage.tables import PoolQuestion

router = APIRouter(prefix="/encounters/questions")

UNDER_WAY = (QuestionState.OPEN, QuestionState.TAKEN, QuestionState.ANSWERED)


@router.get("", name="pool-questions")
async def questions(request: Request, staff: Signed, work: Reading) -> Response:
    return await _list(request, work, Typed.empty())


@router.post("/{question_id}/assign", name="pool-assign")
async def assign(request: Request, staff: Signed, work: Changing, form: Fields, question_id: int) -> Response:
    await _get(work, question_id)
    whom = words(form, "mentor", 15)
    await pool.assign(work, question_id, int(whom) if whom.isdecimal() else 0)
    return back(request, "pool-questions", "pool-assigned", at=f"question-{question_id}")


@router.post("/{question_id}/answer", name="pool-answer")
async def answer(request: Request, staff: Signed, work: Changing, form: Fields, question_id: int) -> Response:
    await _get(work, question_id)
    await pool.say_more(work, None, question_id, words(form, "words", MOST_WORDS + 1))
    return back(request, "pool-questions", "pool-answered", at=f"question-{question_id}")


@router.post("/{question_id}/meet", name="pool-meet")
async def meet(request: Request, staff: Signed, work: Changing, form: Fields, question_id: int) -> Response:
    await _get(work, question_id)
    typed = Typed(form, house(request).texts)
    whom = typed.words("mentor", 15)
    starts_at = start(typed, work)
    if typed.problems or starts_at is None:
        return await _list(request, work, typed)
    try:
        async with work.session.begin_nested():
            await pool.meet(
                work,
                question_id,
                int(whom) if whom.isdecimal() else 0,
                starts_at,
                place=typed.words("place", 200),
            )
    except Refusal as refusal:
        typed.refused("day", refusal)
        return await _list(request, work, typed)
    return back(request, "pool-questions", "pool-met")


@router.post("/{question_id}/back", name="pool-back")
async def give_back(request: Request, staff: Signed, work: Changing, question_id: int) -> Response:
    await _get(work, question_id)
    await pool.give_back(work, question_id)
    return back(request, "pool-questions", "pool-back", at=f"question-{question_id}")


@router.post("/{question_id}/close", name="pool-close")
async def close(request: Request, staff: Signed, work: Changing, form: Fields, question_id: int) -> Response:
    await _get(work, question_id)
    asking = sure.asked(
        request,
        form,
        work,
        what=Text("sure-pool", {"number": question_id}),
        effect=Text("sure-pool-effect"),
        do="sure-pool-do",
        stay=f"{request.app.url_path_for('pool-questions')}#question-{question_id}",
        section="pool-questions",
    )
    if asking is not None:
        return asking
    await pool.close(work, question_id)
    return back(request, "pool-questions", "pool-closed")


async def _get(work: Work, question_id: int) -> PoolQuestion:
    found = await rows.question(work.session, work.school.id, question_id)
    if found is None:
        raise HTTPException(404)
    return found


async def _list(request: Request, work: Work, typed: Typed) -> Response:
    found = await rows.questions(work.session, work.school.id, work.settings.year, states=UNDER_WAY)
    asked = [one for one in found if one.answered_at is None]
    known = await pool.answerers_of(work, asked) if asked else {}
    answerers = {key: sorted(of.values(), key=lambda who: who.plain) for key, of in known.items()}
    return page(
        request,
        "encounters/questions.html",
        work,
        section="pool-questions",
        status=422 if typed.problems else 200,
        questions=sorted(found, key=lambda one: (one.answered_at is not None, one.id)),
        answerers=answerers,
        topic=topic_text,
        late=work.now - UNANSWERED_AFTER,
        typed=typed,
        problems=typed.problems,
        most=MOST_WORDS,
    )
