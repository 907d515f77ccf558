"""Whom news show: nobody without a consent goes out, and who takes it back is taken down."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import select

from actions import consent_talk, enrolment, news, news_wall, takedowns, twins
from actions.work import Work
from program.ages import Consenter
from program.channels import Channel
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.ids import LARGEST
from program.outgoing import Kind
from program.roles import PersonState
from program.states import NewsPlace, NewsStatus, WallState
from storage import outbox, people, webchat
from storage import roster as stored
from storage import takedowns as rows_of
from storage.database import Database
from storage.tables import Address, Consent, JournalEntry, NewsItem, OutboxRow, Person, Takedown, WebMessage
from tests import build
from tests.admin.conftest import Browsers
from tests.admin.world import PNG, World, furnish
from tests.conftest import rows


@pytest.fixture
async def world(browsers: Browsers, database: Database) -> World:
    return await furnish(database, browsers.school, browsers.now)


async def _agree(work: Work, person_id: int, event: ConsentEvent = ConsentEvent.GIVEN) -> Person:
    """The words of everybody who has to speak about publication."""
    person = await people.get(work.session, person_id)
    assert person is not None
    work.session.add_all(
        Consent(
            school_id=work.school.id, person_id=person.id, kind=ConsentKind.PUBLICATION, event=event, consenter=who,
            given_by=person.id if who is Consenter.SELF else None, method=ConsentMethod.PAPER, at=work.now,
        )
        for who in Consenter
    )  # fmt: skip
    await enrolment.refresh(work, person)
    return person


async def _shown(work: Work, *person_ids: int, **values: Any) -> NewsItem:
    item = await news.write(work, news.Draft("О празднике", "Было весело.", **values))
    await news.set_shown(work, item.id, person_ids)
    return item


def later(work: Work, **by: float) -> Work:
    return Work(work.session, work.school, work.now + timedelta(**by), "user:1")


async def test_publishing_is_stopped_with_the_names_of_everybody_who_has_not_agreed(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    form = {"title": "О", "body": "Т", "to": ["bot"], "shown": [str(world.mentee), str(world.mentor)]}
    assert (await curator.post(f"/news/{world.draft}/edit", data=form)).status_code == 303
    page = (await curator.get(f"/news/{world.draft}")).text
    assert "Публиковать нельзя" in page
    assert f'href="/people/{world.mentee}"' in page
    assert f'action="/news/{world.draft}/publish"' not in page
    answer = await curator.post(f"/news/{world.draft}/publish", data={"agreed": "yes"})
    assert answer.status_code == 409
    assert "Аня К." in answer.text
    assert "Олег В." in answer.text
    assert "Попросите согласие у родителя" in answer.text


async def test_with_everybodys_consent_it_goes_out(world: World, work: Work) -> None:
    item = await _shown(work, world.mentee)
    with pytest.raises(Refusal, match="news-no-publication"):
        await news.publish(work, item.id)
    await _agree(work, world.mentee)
    assert await news.publish(work, item.id) > 0


async def test_people_are_found_by_name_while_everything_typed_stays(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    form = {
        "title": "Клуб <b>", "body": "Пришли все", "to": ["wall"], "shown": [str(world.mentor)], "who": "котова",
        "find": "1",
    }  # fmt: skip
    page = (await curator.post("/news/new", data=form)).text
    assert 'value="Клуб &lt;b&gt;"' in page
    assert "Пришли все" in page
    assert f'name="shown" value="{world.mentor}" checked' in page
    assert f'name="shown" value="{world.mentee}" aria-describedby' in page
    assert len(await rows(database, NewsItem)) == 2  # nothing was saved


async def test_who_is_named_in_the_words_is_offered_whatever_the_ending(
    curator: httpx2.AsyncClient, world: World
) -> None:
    form = {"title": "Поздравляем Аню Котову", "body": "Молодцы.", "to": ["wall"]}
    saved = await curator.post(f"/news/{world.draft}/edit", data=form)
    assert saved.status_code == 303
    page = (await curator.get(f"/news/{world.draft}")).text
    assert "В тексте названы" in page
    assert "Публиковать нельзя" in page
    answer = await curator.post(f"/news/{world.draft}/publish", data={"agreed": "yes"})
    assert "Аня К." in answer.text
    assert "Котова Аня" in page
    assert f'name="shown" value="{world.mentee}"' in (await curator.get(f"/news/{world.draft}/edit")).text


@pytest.mark.parametrize("odd", ["0", "-1", "x", str(LARGEST + 1), "9" * 300])
async def test_an_odd_tick_is_nobody(curator: httpx2.AsyncClient, world: World, odd: str) -> None:
    form = {"title": "О", "body": "Т", "to": ["bot"], "shown": [odd]}
    assert (await curator.post(f"/news/{world.draft}/edit", data=form)).status_code == 303


async def test_a_consent_taken_back_stops_what_is_on_its_way_and_lists_what_is_out(
    curator: httpx2.AsyncClient, world: World, work: Work, database: Database
) -> None:
    await _agree(work, world.mentee)
    posted = await _shown(work, world.mentee, to_wall=True)
    await news.publish(work, posted.id, wall_ready=True)
    await news_wall.done(work, news.wall_key(posted.id), "-1_7")
    queued = await _shown(work, world.mentee, to_wall=True)
    await news.publish(work, queued.id, wall_ready=True)
    by_hand = await _shown(work, world.mentee, to_wall=True, to_bot=False)
    await news.publish(work, by_hand.id)
    draft = await _shown(work, world.mentee)
    after = later(work, hours=1)
    await consent_talk.withdraw(
        after, world.mentee, world.mentee, [ConsentKind.PUBLICATION], channel=Channel.WEB
    )
    waits = await work.session.scalars(select(OutboxRow).where(outbox.waits(), OutboxRow.kind == Kind.NEWS))
    assert [row for row in waits if world.mentee in row.body.get("concerns", {}).get("shown", ())] == []
    assert (queued.wall, by_hand.wall, posted.wall) == (
        WallState.STOPPED,
        WallState.STOPPED,
        WallState.POSTED,
    )
    with pytest.raises(Refusal, match="news-no-publication"):
        await news.publish(after, draft.id)
    assert draft.status == NewsStatus.DRAFT
    listed = [(item.id, row.place) for row, item, _ in await rows_of.open_ones(work.session, work.school.id)]
    assert listed == [(by_hand.id, NewsPlace.WALL), (posted.id, NewsPlace.WALL)]
    item_id = posted.id
    await work.session.commit()

    assert "Новости нужно снять с публикации" in (await curator.get("/")).text
    page = (await curator.get("/news/takedowns")).text
    assert "https://vk.com/wall-1_7" in page
    assert f'href="/news/{item_id}"' in page
    answers = [await curator.post(f"/news/{item_id}/taken-down", data={"place": "wall"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    assert "wall-1_7" not in (await curator.get("/news/takedowns")).text
    noted = await rows(database, JournalEntry, action="news.taken-down")
    assert [line.subject for line in noted if isinstance(line, JournalEntry)] == [f"news:{item_id}"]
    (item,) = await rows(database, NewsItem, id=item_id)
    assert isinstance(item, NewsItem)
    assert item.wall == WallState.REMOVED


async def test_copies_in_web_chats_go_by_themselves_and_those_in_messengers_are_counted(
    world: World, work: Work
) -> None:
    await _agree(work, world.mentee)
    work.session.add(
        Address(
            school_id=work.school.id,
            person_id=world.mentor,
            channel=Channel.TELEGRAM,
            address="77",
            used_at=work.now,
        )
    )
    await work.session.flush()
    item = await _shown(work, world.mentee, to_wall=False)
    await news.publish(work, item.id)
    sent = select(OutboxRow).where(OutboxRow.key.startswith(f"news:{item.id}:"))
    for row in await work.session.scalars(sent):
        row.sent_at = work.now
        if row.channel == Channel.WEB:
            assert row.person_id is not None
            await webchat.add_ours(
                work.session, school_id=row.school_id, person_id=row.person_id, outbox_id=row.id,
                words="О празднике", buttons=[], at=work.now,
            )  # fmt: skip
    await _agree(later(work, hours=1), world.mentee, ConsentEvent.WITHDRAWN)
    bubbles = await work.session.scalars(select(WebMessage.words).execution_options(populate_existing=True))
    assert {*bubbles} == {"Школа убрала эту новость."}
    (one,) = await rows_of.open_ones(work.session, work.school.id)
    assert (one[0].place, await rows_of.in_messengers(work.session, work.school.id, item.id)) == ("chats", 1)


async def test_who_agrees_again_is_taken_from_the_list(world: World, work: Work) -> None:
    await _agree(work, world.mentee)
    item = await _shown(work, world.mentee)
    await news.publish(work, item.id)
    await _agree(later(work, hours=1), world.mentee, ConsentEvent.REFUSED)
    assert len((await work.session.scalars(select(Takedown))).all()) == 1
    await _agree(later(work, hours=2), world.mentee)
    assert (await work.session.scalars(select(Takedown))).all() == []


async def test_a_consent_that_has_run_out_is_found_by_the_clock(world: World, work: Work) -> None:
    person = await _agree(work, world.mentee)
    for line in await work.session.scalars(
        select(Consent).where(Consent.person_id == person.id, Consent.kind == ConsentKind.PUBLICATION)
    ):
        line.valid_until = work.today + timedelta(days=3)
    item = await _shown(work, world.mentee)
    await news.publish(work, item.id)
    await takedowns.follow(work)
    assert (await work.session.scalars(select(Takedown))).all() == []
    await takedowns.follow(later(work, days=5))
    (asked,) = (await work.session.scalars(select(Takedown))).all()
    assert (asked.item_id, asked.reason) == (item.id, "expired")


async def test_who_stops_taking_part_is_taken_down_as_well(world: World, work: Work) -> None:
    await _agree(work, world.mentee)
    item = await _shown(work, world.mentee)
    await news.publish(work, item.id)
    await consent_talk.withdraw(
        later(work, hours=1), world.mentee, world.mentee, [ConsentKind.PARTICIPATION], channel=Channel.WEB
    )
    assert len((await work.session.scalars(select(Takedown))).all()) == 1
    draft = await _shown(work, world.mentee)
    with pytest.raises(Refusal, match="news-no-publication"):
        await news.publish(later(work, hours=2), draft.id)


async def test_a_post_that_was_on_its_way_and_failed_is_not_offered_for_posting_by_hand(
    world: World, work: Work
) -> None:
    await _agree(work, world.mentee)
    item = await _shown(work, world.mentee, to_bot=False)
    await news.publish(work, item.id, wall_ready=True)
    assert await outbox.claim(work.session, Channel.VK_WALL, "default", work.now, "me")
    await work.session.flush()
    await _agree(work.by("user:1"), world.mentee, ConsentEvent.WITHDRAWN)
    assert item.wall == WallState.QUEUED
    assert len((await work.session.scalars(select(Takedown))).all()) == 1
    await news_wall.failed(work, news.wall_key(item.id), "no-right")
    assert str(item.wall) == "stopped"
    assert (await work.session.scalars(select(Takedown))).all() == []


async def test_pictures_and_ticks_are_saved_together(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    form = {"title": "О", "body": "Т", "to": ["bot"], "shown": [str(world.mentee)]}
    sent = await curator.post("/news/new", data=form, files=[("photos", ("a.png", PNG, "image/png"))])
    assert sent.status_code == 303
    item = (await rows(database, NewsItem))[-1]
    assert isinstance(item, NewsItem)
    assert (item.shows, len(item.photos)) == ([world.mentee], 1)


async def test_somebody_ticked_is_not_forgotten_with_an_import_and_goes_over_to_the_joined_record(
    work: Work,
) -> None:
    listed = build.person(work.school, "Аня", "Котова", state=PersonState.INVITED)
    joined = build.person(work.school, "Аня", "", birth_date=None)
    work.session.add_all([listed, joined])
    await work.session.flush()
    item = await _shown(work, listed.id)
    assert await stored.untouched(work.session, work.school.id, [listed.id]) == []
    kept = await twins.join(work, listed.id, joined.id)
    assert item.shows == [kept.id]


async def test_a_tick_that_leads_to_nobody_stops_publishing(work: Work) -> None:
    item = await _shown(work)
    item.shows = [999]
    with pytest.raises(Refusal, match="news-person-unknown"):
        await news.publish(work, item.id)


async def test_somebody_of_the_same_name_is_said_to_be_another_person(
    curator: httpx2.AsyncClient, world: World, database: Database
) -> None:
    form = {"title": "Читаем стихи Ани Котовой", "body": "Её пьесы идут в театре.", "to": ["bot"]}
    assert (await curator.post(f"/news/{world.draft}/edit", data=form)).status_code == 303
    assert (await curator.post(f"/news/{world.draft}/publish", data={"agreed": "yes"})).status_code == 409
    assert (await curator.post(f"/news/{world.draft}/not-meant/{world.mentee}")).status_code == 303
    assert (await curator.post(f"/news/{world.draft}/publish", data={"agreed": "yes"})).status_code == 303
    (item,) = await rows(database, NewsItem, id=world.draft)
    assert isinstance(item, NewsItem)
    assert (item.shows, item.namesakes) == ([], [world.mentee])
