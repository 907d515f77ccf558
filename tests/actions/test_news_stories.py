"""Stories and ideas for the news: kept, decided, told, forgotten; nobody is named by the programme itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import erasure, my_data, news, news_ideas, news_stories, sweeps
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.news import STORIES_OPEN, STORY_KEPT, STORY_WAITS
from program.outgoing import Message
from program.retention import Basis
from program.roadmap import Status
from storage.tables import NewsIdea, NewsStory, OutboxRow, RoadmapEvent, RoadmapStage, StoredFile
from tests.admin.world import PNG
from tests.pairs import Couple, couple, member

TOLD = "Мы с наставником собрали робота. Он умеет объезжать стены."


@pytest.fixture
async def pair(work: Work) -> Couple:
    return await couple(work.session, work.school)


async def _told(work: Work, key: str) -> list[str]:
    found = await work.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith(key)))
    return [text.id for row in found for text in Message.from_json(row.body).texts]


async def test_a_story_becomes_a_draft_with_its_photo_and_its_author_is_told(
    work: Work, pair: Couple
) -> None:
    key = await news_stories.propose(work, pair.mentee, TOLD, named=False)
    await news_stories.attach(work, pair.mentee, key, PNG)
    item = await news_stories.take(work.by("user:1"), key)
    assert (item.title, item.body, len(item.photos)) == ("Мы с наставником собрали робота", TOLD, 1)
    assert item.shows == [pair.mentee]  # whoever sends a photo may be on it: the guard asks
    with pytest.raises(Refusal, match="news-story-decided"):
        await news_stories.decline(work, key)
    await news.set_shown(work, item.id, [])
    await news.publish(work, item.id)
    assert await _told(work, f"news-story:{key}:") == ["tell-published"]


async def test_a_refusal_is_kind_and_carries_the_curators_words(work: Work, pair: Couple) -> None:
    first = await news_stories.propose(work, pair.mentee, TOLD, named=False)
    second = await news_stories.propose(work, pair.mentee, TOLD, named=False)
    await news_stories.decline(work, first)
    await news_stories.decline(work, second, "Давай после турнира?")
    assert await _told(work, "news-story:") == ["tell-declined", "tell-declined-words"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Коротко", "tell-length"),
        (f"{TOLD} Пишите мне: 8 900 123-45-67", "relay-here-phone"),
        (TOLD + "а" * 2000, "tell-length"),
    ],
)
async def test_words_that_others_should_not_read_are_asked_for_anew(
    work: Work, pair: Couple, words: str, why: str
) -> None:
    with pytest.raises(Refusal, match=why):
        await news_stories.propose(work, pair.mentee, words, named=False)


async def test_only_participants_propose_and_only_their_own_is_theirs(work: Work, pair: Couple) -> None:
    stranger = await member(work.session, work.school, "Вера", "Рыжова")
    with pytest.raises(Refusal, match="tell-not-here"):
        await news_stories.propose(work, stranger.id, TOLD, named=False)
    key = await news_stories.propose(work, pair.mentee, TOLD, named=False)
    for act in (
        news_stories.recall(work, pair.mentor, key),
        news_stories.attach(work, pair.mentor, key, PNG),
    ):
        with pytest.raises(Refusal, match="tell-decided"):
            await act
    for _ in range(STORIES_OPEN - 1):
        await news_stories.propose(work, pair.mentee, TOLD, named=False)
    with pytest.raises(Refusal, match="tell-many"):
        await news_stories.propose(work, pair.mentee, TOLD, named=False)


async def test_what_is_taken_back_is_gone_with_its_photo(work: Work, pair: Couple) -> None:
    key = await news_stories.propose(work, pair.mentee, TOLD, named=False)
    await news_stories.attach(work, pair.mentee, key, PNG)
    await news_stories.attach(work, pair.mentee, key, PNG)  # in place of the first
    assert len((await work.session.scalars(select(StoredFile))).all()) == 1
    await news_stories.recall(work, pair.mentee, key)
    assert (await work.session.scalars(select(NewsStory))).all() == []
    assert (await work.session.scalars(select(StoredFile))).all() == []


async def test_stories_are_forgotten_and_stand_in_the_own_data_until_then(work: Work, pair: Couple) -> None:
    decided = await news_stories.propose(work, pair.mentee, TOLD, named=False)
    await news_stories.decline(work, decided)
    await news_stories.propose(work, pair.mentee, TOLD, named=False)
    known = await my_data.known(work, pair.mentee, pair.mentee)
    (section,) = [one for one in known.sections if one.code == "stories"]
    assert [value for _, value in section.rows] == [TOLD, TOLD]
    for days, left in ((STORY_KEPT + timedelta(days=1), 1), (STORY_WAITS + timedelta(days=1), 0)):
        await sweeps.clean(Work(work.session, work.school, work.now + days))
        assert len((await work.session.scalars(select(NewsStory))).all()) == left


async def test_erasing_a_person_takes_the_own_stories_and_those_of_others_that_name_the_person(
    work: Work, pair: Couple
) -> None:
    await news_stories.propose(work, pair.mentee, TOLD, named=False)
    await news_stories.propose(work, pair.mentor, "Моя подопечная Аня Котова придумала проект.", named=False)
    kept = await news_stories.propose(
        work, pair.mentor, "В нашем клубе стало веселее, спасибо всем!", named=False
    )
    act = await erasure.erase(work, pair.mentee, Basis.REQUEST)
    assert act is not None
    assert (act.erased["stories"], act.erased["stories-named"]) == (1, 1)
    assert [one.id for one in await work.session.scalars(select(NewsStory))] == [kept]


async def test_an_idea_is_offered_once_and_names_nobody(work: Work) -> None:
    stage = RoadmapStage(
        school_id=work.school.id, year=work.settings.year, slug="st7", position=1, title="Итоги"
    )
    work.session.add(stage)
    await work.session.flush()
    for slug, title in (("e26", "Итоговая конференция"), ("e01", "Приказ")):
        work.session.add(
            RoadmapEvent(
                school_id=work.school.id, year=work.settings.year, stage_id=stage.id, slug=slug, position=1, title=title,
                status=Status.DONE, done_on=work.today, changed_at=work.now,
            )
        )  # fmt: skip
    await work.session.flush()
    assert [await news_ideas.look(work), await news_ideas.look(work)] == [1, 0]
    (idea,) = await news_ideas.fresh(work)
    item = await news_ideas.use(work, idea.id)
    assert item.title == "Состоялось: Итоговая конференция"
    assert item.shows == []
    with pytest.raises(Refusal, match="news-idea-decided"):
        await news_ideas.dismiss(work, idea.id)
    assert await news_ideas.look(work) == 0


async def test_few_pairs_are_no_story_and_many_are_told_in_round_numbers(work: Work) -> None:
    for number in range(4):
        await couple(work.session, work.school, title=str(number))
    assert await news_ideas.look(work) == 0
    for number in range(3):
        await couple(work.session, work.school, title=f"m{number}")
    assert await news_ideas.look(work) == 1
    (idea,) = await news_ideas.fresh(work)
    assert Texts("ru")(news_ideas.title(idea)) == "В программе наставничества уже 5 пар"
    await news_ideas.dismiss(work, idea.id)
    assert await news_ideas.look(work) == 0
    assert await news_ideas.fresh(Work(work.session, work.school, work.now)) == []


async def test_every_kind_of_idea_has_words() -> None:
    say = Texts("ru")
    for kind in ("pairs", "meetings", "mentors", "results", "gathering-m0", "gathering-m6", "thanks", "road"):
        idea = NewsIdea(kind=kind, args={"n": 10, "event": "Ярмарка", "day": "15 сентября"})
        assert say(news_ideas.title(idea))
        assert len(say(news_ideas.body(idea))) > 50


async def test_photos_stand_in_the_order_the_editor_gives_them(work: Work) -> None:
    item = await news.write(work, news.Draft("О", "Т"))
    keys = [(await news.add_photo(work, item.id, PNG)).id for _ in range(3)]
    await news.move_photo(work, item.id, keys[2], earlier=True)
    await news.move_photo(work, item.id, keys[0], earlier=True)  # the first stays the first
    assert item.photos == [keys[0], keys[2], keys[1]]
    await news.keep(work, news.Draft("О", "Т", captions={keys[2]: "Зал", 999: "чужое"}), item.id)
    assert news.message(item).captions == ("", "Зал", "")
    await news.remove_photo(work, item.id, keys[2])
    assert item.captions == {}
