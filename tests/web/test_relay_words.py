"""Words under a photo are not lost: neither long ones, nor those for a pair that rests meanwhile."""

from __future__ import annotations

from sqlalchemy import update

from program.relay import LONGEST, Photos
from program.states import PairStatus
from storage.tables import Pair
from tests.pairs import Couple
from tests.web.conftest import Pages
from tests.web.test_relay import allow, messages, png, send
from tests.web.test_relay import ids as ids


async def test_the_end_of_a_line_counts_as_one_sign(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    assert "Отправлено" in await send(pages, ids, png(), "\r\n".join(["я"] * (LONGEST // 2)))
    assert len((await messages(pages))[0].words) == LONGEST - 1


async def test_words_that_are_too_long_come_back_whole(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    for number, length in enumerate((LONGEST + 1, 3 * LONGEST)):
        said = await send(pages, ids, png(), "я" * length, f"{number}" * 12)
        assert "Длинное можно разделить" in said
        assert "я" * length in said
    assert await messages(pages) == []


async def test_words_for_a_pair_that_rests_meanwhile_stay_on_the_page(pages: Pages, ids: Couple) -> None:
    await allow(pages, Photos.ALLOW)
    async with pages.database.transaction() as session:
        await session.execute(update(Pair).values(status=PairStatus.PAUSED))
    said = await send(pages, ids, png(), "Долго подбирал слова")
    assert "Долго подбирал слова" in said
    assert "на паузе" in said
    assert await messages(pages) == []
