"""Whoever proposed a story is told what has become of it."""

from __future__ import annotations

from actions import consents
from actions.tell import tell
from actions.work import Work
from program.outgoing import say
from program.states import StoryState
from program.text import Text, raw
from storage import news_stories as rows
from storage import people
from storage.tables import NewsItem, NewsStory


async def thank(work: Work, item: NewsItem) -> None:
    """The item is out: its author hears of it, once."""
    for story in await rows.of_item(work.session, work.school.id, item.id):
        if story.state == StoryState.TAKEN:
            story.state = StoryState.PUBLISHED
            await _say(work, story, Text("tell-published", {"title": raw(item.title)}))


async def decline(work: Work, story: NewsStory, words: str) -> None:
    """Kindly: with the curator's own words, where there are any."""
    text = Text("tell-declined-words", {"words": raw(words)}) if words else Text("tell-declined")
    await _say(work, story, text)


async def _say(work: Work, story: NewsStory, text: Text) -> None:
    author = await people.get(work.session, story.person_id)
    if author is not None and author.id in await consents.allowed(work, [author]):
        await tell(work, author, say(text), key=f"news-story:{story.id}:{story.state!s}:{author.id}")
