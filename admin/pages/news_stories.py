"""Stories that people propose for the news, and ideas that the programme finds by itself: taken, or not."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from actions import news_ideas, news_stories, takedowns
from admin.forms import Typed
from admin.show import back, file, page
from admin.visit import Changing, Fields, Reading, Signed, house
from program.states import StoryState
from storage import files
from storage import news_stories as rows

router = APIRouter(prefix="/news")


@router.get("/stories", name="news-stories")
async def stories(request: Request, staff: Signed, work: Reading) -> Response:
    found = await rows.open_ones(work.session, work.school.id)
    missing = {one.id for one in await takedowns.lacking(work, {author.id for _, author in found})}
    return page(
        request,
        "news/stories.html",
        work,
        section="news-stories",
        stories=[(story, author, author.id not in missing) for story, author in found],
        longest=news_stories.REPLY_LONGEST,
    )


@router.get("/stories/{story_id}/photo", name="news-story-photo")
async def photo(request: Request, staff: Signed, work: Reading, story_id: int) -> Response:
    story = await rows.get(work.session, work.school.id, story_id)
    if story is None or story.state != StoryState.NEW or story.photo_id is None:
        raise HTTPException(404)
    found = await files.get(work.session, work.school.id, story.photo_id)
    assert found is not None
    return file(found.data, found.name, found.content_type, inline=True)


@router.post("/stories/{story_id}/take", name="news-story-take")
async def take(request: Request, staff: Signed, work: Changing, story_id: int) -> Response:
    item = await news_stories.take(work, story_id)
    return back(request, "news-edit", "news-story-taken", item_id=item.id)


@router.post("/stories/{story_id}/decline", name="news-story-decline")
async def decline(request: Request, staff: Signed, work: Changing, form: Fields, story_id: int) -> Response:
    words = Typed(form, house(request).texts).words("words", news_stories.REPLY_LONGEST)
    await news_stories.decline(work, story_id, words)
    return back(request, "news-stories", "news-story-declined")


@router.post("/ideas/{idea_id}/use", name="news-idea-use")
async def use(request: Request, staff: Signed, work: Changing, idea_id: int) -> Response:
    item = await news_ideas.use(work, idea_id)
    return back(request, "news-edit", "news-idea-used", item_id=item.id)


@router.post("/ideas/{idea_id}/dismiss", name="news-idea-dismiss")
async def dismiss(request: Request, staff: Signed, work: Changing, idea_id: int) -> Response:
    await news_ideas.dismiss(work, idea_id)
    return back(request, "news", "news-idea-dismissed")
