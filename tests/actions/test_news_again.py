"""What is out is corrected or taken back: copies in chats, the post on the wall, the page for everybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from actions import news, news_again, news_copies, news_wall
from actions.work import Work
from program.channels import Channel
from program.consents import ConsentKind
from program.errors import Refusal
from program.outgoing import Kind, Message
from program.states import NewsStatus, WallState
from storage import mailing_post, webchat
from storage import news_copies as rows
from storage.tables import Address, NewsItem, OutboxRow, Person, WebMessage
from tests.actions.pool import agree
from tests.pairs import Couple, couple


@pytest.fixture
async def pair(work: Work) -> Couple:
    """The mentor reads in Telegram, the mentee in the web chat."""
    made = await couple(work.session, work.school)
    found = await work.session.scalars(select(Address).where(Address.person_id == made.mentor))
    for address in found:
        address.channel, address.address = Channel.TELEGRAM, "77"
    await work.session.flush()
    return made


async def _sent(work: Work, **values: Any) -> NewsItem:
    """Published, and read by everybody."""
    item = await news.write(work, news.Draft("О празднеке", "Было весило.", **values))
    await news.publish(work, item.id, wall_ready=True)
    for row in await work.session.scalars(select(OutboxRow).where(OutboxRow.kind == Kind.NEWS)):
        row.sent_at, row.external_id = work.now, f"m{row.id}"
        if row.channel == Channel.WEB and row.person_id is not None:
            bubble = await webchat.add_ours(
                work.session, school_id=row.school_id, person_id=row.person_id, outbox_id=row.id,
                words="О празднеке", buttons=[], at=work.now,
            )  # fmt: skip
            row.external_id = str(bubble)
    if item.to_wall:
        await news_wall.done(work, news.wall_key(item.id), "-1_7")
    await work.session.flush()
    return item


async def _going(work: Work) -> list[int]:
    return [key for key, _, goes in await mailing_post.not_over(work.session) if goes]


async def _again(work: Work, begins: str) -> dict[int | None, Message]:
    found = await work.session.scalars(select(OutboxRow).where(OutboxRow.key.startswith(begins)))
    return {row.person_id: Message.from_json(row.body) for row in found}


async def test_a_correction_redraws_every_copy_and_the_post_and_rings_nobody(
    work: Work, pair: Couple
) -> None:
    item = await _sent(work)
    assert await news_again.correct(work, item.id, "О празднике", "Было весело.", []) == 2
    copies = await _again(work, f"news-again:{item.id}:")
    assert {person: [text.args["text"] for text in one.texts] for person, one in copies.items()} == {
        pair.mentor: ["О празднике", "Было весело."], pair.mentee: ["О празднике", "Было весело."],
    }  # fmt: skip
    assert all(one.replaces for one in copies.values())
    posts = await _again(work, f"news-wall:{item.id}:edit:")
    assert [text.args["text"] for text in posts[None].texts] == ["О празднике", "Было весело."]
    wall = await rows.wall_row(work.session, work.school.id, item.id)
    assert wall is not None
    assert wall.edit_key == f"news-wall:{item.id}"  # by it the sender finds the post


async def test_words_that_wait_go_out_corrected(work: Work, pair: Couple) -> None:
    item = await news.write(work, news.Draft("О празднеке", "Т"))
    await news.publish(work, item.id)
    assert await news_again.correct(work, item.id, "О празднике", "Т", []) == 0
    copies = await _again(work, f"news:{item.id}:")
    assert {one.texts[0].args["text"] for one in copies.values()} == {"О празднике"}


async def _all_follow(work: Work) -> int:
    """The beats of the clock until every copy says what the item says; how many it took."""
    beats = 0
    while await news_copies.follow(work):
        beats += 1
    return beats


async def _keys(work: Work, begins: str) -> list[str]:
    found = select(OutboxRow.key).where(OutboxRow.key.startswith(begins)).order_by(OutboxRow.id)
    return [key.removeprefix(begins) for key in await work.session.scalars(found)]


@pytest.mark.parametrize("verb", ["correct", "withdraw"])
async def test_very_many_copies_follow_some_at_a_time_and_none_leaves_meanwhile(
    work: Work, pair: Couple, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    monkeypatch.setattr(news_copies, "AT_ONCE", 1)
    item = await _sent(work, to_wall=False)
    for address in await work.session.scalars(select(Address)):
        address.channel = Channel.TELEGRAM
    await work.session.execute(update(OutboxRow).values(channel=Channel.TELEGRAM))
    begins = f"news-again:{item.id}:1:" if verb == "correct" else f"news-gone:{item.id}:"
    if verb == "correct":
        assert await news_again.correct(work, item.id, "О празднике", "Было весело.", []) == 2
    else:
        assert await news_again.withdraw(work, item.id) == 2
    assert await _keys(work, begins) == [str(pair.mentor)]
    assert await _going(work) == []
    assert await rows.again(work.session, work.school.id, item) == (0, 2, 0)
    assert await rows.left(work.session, work.school.id, item, 9) == []  # nobody is lost yet
    # Another process finds the rest in the rows alone.
    after = Work(work.session, work.school, work.now + timedelta(minutes=1), "system")
    assert await _all_follow(after) == 2
    assert await _keys(work, begins) == [str(pair.mentor), str(pair.mentee)]
    assert item.copies_after is None


async def test_a_copy_that_was_being_sent_is_corrected_as_soon_as_it_is_out(work: Work, pair: Couple) -> None:
    item = await news.write(work, news.Draft("О празднеке", "Т"))
    await news.publish(work, item.id)
    mine = select(OutboxRow).where(OutboxRow.person_id == pair.mentor)
    row = (await work.session.scalars(mine)).one()
    row.lease_until = work.now + timedelta(minutes=1)
    await news_again.correct(work, item.id, "О празднике", "Т", [])
    assert await news_copies.follow(work) == 1  # it waits for the sender
    row.sent_at, row.external_id, row.lease_until = work.now, "m1", None
    await work.session.flush()
    await _all_follow(work)
    assert await _keys(work, f"news-again:{item.id}:") == [f"1:{pair.mentor}"]
    assert len(await _going(work)) == 1


async def test_a_correction_needs_the_consents_of_whoever_it_shows(work: Work, pair: Couple) -> None:
    item = await _sent(work)
    with pytest.raises(Refusal, match="news-no-publication"):
        await news_again.correct(work, item.id, "Аня Котова молодец", "Т", [pair.mentee])
    assert item.title == "О празднеке"


async def test_a_post_by_hand_is_asked_to_be_corrected_by_hand(work: Work, pair: Couple) -> None:
    item = await news.write(work, news.Draft("О", "Т", to_bot=False))
    await news.publish(work, item.id)
    await news.posted_by_hand(work, item.id, "https://vk.com/wall-1_7")
    await news_again.correct(work, item.id, "О", "Другое", [])
    assert item.wall_todo == "edit"
    await news.done_by_hand(work, item.id)
    assert item.wall_todo == ""


async def test_what_is_taken_back_is_deleted_where_it_can_be_and_listed_where_not(
    work: Work, pair: Couple
) -> None:
    item = await _sent(work)
    assert await news_again.withdraw(work, item.id) == 1  # the mentor's, in Telegram
    gone = await _again(work, f"news-gone:{item.id}:")
    assert {person: (one.remove, bool(one.replaces)) for person, one in gone.items()} == {
        pair.mentor: (True, True)
    }
    bubbles = await work.session.scalars(select(WebMessage.words).execution_options(populate_existing=True))
    assert {*bubbles} == {"Школа убрала эту новость."}
    posts = await _again(work, f"news-wall:{item.id}:delete")
    assert posts[None].remove
    await news_wall.done(work, f"news-wall:{item.id}:delete", "")
    assert (item.status, item.wall) == (NewsStatus.WITHDRAWN, WallState.REMOVED)
    assert await rows.left(work.session, work.school.id, item, 9) == []
    row = await work.session.scalar(select(OutboxRow).where(OutboxRow.key.startswith("news-gone:")))
    assert row is not None
    row.dropped = "refused: cannot-remove"
    (left,) = await rows.left(work.session, work.school.id, item, 9)
    assert left.id == pair.mentor
    with pytest.raises(Refusal, match="news-withdrawn"):
        await news_again.withdraw(work, item.id)


async def test_what_is_older_than_the_platform_allows_is_listed_at_once(work: Work, pair: Couple) -> None:
    item = await _sent(work, to_wall=False)
    late = Work(work.session, work.school, work.now + timedelta(days=3), "user:1")
    assert await news_again.withdraw(late, item.id) == 0
    assert [one.id for one in await rows.left(work.session, work.school.id, item, 9)] == [pair.mentor]


async def test_a_wall_that_does_not_delete_leaves_it_to_the_curator(work: Work) -> None:
    item = await _sent(work)
    await news_again.withdraw(work, item.id)
    await news_wall.failed(work, f"news-wall:{item.id}:delete", "wall-right")
    assert (item.wall_todo, item.wall) == ("delete", WallState.POSTED)
    await news.done_by_hand(work, item.id)
    assert item.wall == WallState.REMOVED


async def test_a_post_that_has_not_begun_is_never_made(work: Work) -> None:
    item = await news.write(work, news.Draft("О", "Т", to_bot=False))
    await news.publish(work, item.id, wall_ready=True)
    await news_again.withdraw(work, item.id)
    assert item.wall == WallState.STOPPED
    waits = select(OutboxRow.key).where(OutboxRow.dropped == "", OutboxRow.sent_at.is_(None))
    assert list(await work.session.scalars(waits)) == []


async def test_whoever_is_named_in_a_correction_is_asked_for_without_a_tick(work: Work, pair: Couple) -> None:
    item = await _sent(work)
    with pytest.raises(Refusal, match="news-no-publication"):
        await news_again.correct(work, item.id, "О празднике", "Победила Аня Котова.", [])
    assert item.title == "О празднеке"


async def test_copies_that_wait_stop_for_whoever_a_correction_has_added(work: Work, pair: Couple) -> None:
    item = await news.write(work, news.Draft("О празднике", "Т"))
    await news.publish(work, item.id)
    await agree(work, await work.session.get_one(Person, pair.mentor), ConsentKind.PUBLICATION)
    await news_again.correct(work, item.id, "О нём", "Т", [pair.mentor])
    copies = await _again(work, f"news:{item.id}:")
    assert {one.concerns.shown for one in copies.values()} == {(pair.mentor,)}


async def test_a_tick_alone_reaches_the_copies_that_wait(work: Work, pair: Couple) -> None:
    item = await news.write(work, news.Draft("О празднике", "Т"))
    await news.publish(work, item.id)
    await agree(work, await work.session.get_one(Person, pair.mentor), ConsentKind.PUBLICATION)
    assert await news_again.correct(work, item.id, "О празднике", "Т", [pair.mentor]) == 0
    copies = await _again(work, f"news:{item.id}:")
    assert {one.concerns.shown for one in copies.values()} == {(pair.mentor,)}


async def test_no_correction_waits_behind_a_post_that_was_given_up(work: Work) -> None:
    item = await news.write(work, news.Draft("О", "Т", to_bot=False))
    await news.publish(work, item.id, wall_ready=True)
    await news_again.correct(work, item.id, "О", "Другое", [])
    await news_wall.failed(work, news.wall_key(item.id), "gave-up")
    found = await work.session.scalars(select(OutboxRow).where(OutboxRow.key.contains(":edit:")))
    assert [row.dropped for row in found] == ["no-post"]
    assert item.wall == WallState.MANUAL


async def test_what_is_taken_off_the_wall_carries_the_words_to_find_it_by(work: Work) -> None:
    item = await _sent(work, to_bot=False)
    await news_again.withdraw(work, item.id)
    gone = (await _again(work, f"news-wall:{item.id}:delete"))[None]
    assert gone.remove
    assert [text.args["text"] for text in gone.texts] == ["О празднеке", "Было весило."]
