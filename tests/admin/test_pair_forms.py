"""What the small forms of a pair's card say before they do something, and what they do not choose for anybody."""

from __future__ import annotations

from datetime import timedelta

from lxml import html

from program.roles import Side
from program.states import MeetingStatus, PairStatus
from storage.tables import Meeting, OutboxRow
from tests.actions.pool import join
from tests.admin.test_ended_pairs import arranged, stood_in
from tests.admin.test_pair_pages import Desk, desk
from tests.conftest import rows

__all__ = ["desk"]


async def test_that_a_substitution_calls_a_meeting_off_is_said_before_and_after(desk: Desk) -> None:
    await desk.begin()
    async with desk.work() as work:
        await join(work, Side.MENTOR, "Юрий", "Ветлугин")
    form = html.fromstring(await desk.reads(f"/pairs/{desk.pair}")).xpath("//form[contains(@action, '/substitute')]")[0]  # fmt: skip
    assert "Если у пары назначена встреча, она отменится" in form.text_content()
    meeting = await arranged(desk, desk.clock.now + timedelta(days=1))

    after = await stood_in(desk)

    (row,) = await rows(desk.database, Meeting, id=meeting)
    assert row.status == MeetingStatus.CANCELLED  # type: ignore[attr-defined]
    assert "Встреча, если она была назначена, отменена" in after
    assert "назначенная встреча с тем, кто замещает, отменится" in after
    told = {
        one.key.split(":")[2]
        for one in await rows(desk.database, OutboxRow)
        if one.key.startswith("pair-substitute:")
    }  # type: ignore[attr-defined]
    assert str(desk.mentee) in told
    assert str(desk.mentor) not in told, "the form says: tell the mentor yourself"
    back = await desk.does(f"/pairs/{desk.pair}/substitute/end")
    assert "Встреча, если она была назначена, отменена" in back


async def test_a_reason_is_one_that_somebody_has_chosen(desk: Desk) -> None:
    await desk.begin()
    card = html.fromstring(await desk.reads(f"/pairs/{desk.pair}"))
    for form in ("pause", "replace", "close"):
        box = card.get_element_by_id(f"{form}-reason")
        first = box.find("option")
        assert (first.get("value"), first.text, box.value) == ("", "Выберите причину", ""), form
        assert box.get("required") is not None, form
    for form, sent in (
        ("replace", {"by": "guardian"}),
        ("close", {"status": "stopped", "result": "Сделали макет"}),
    ):
        answer = await desk.curator.post(f"/pairs/{desk.pair}/{form}", data=sent)
        assert answer.status_code == 422
        said = html.fromstring(answer.text).get_element_by_id(f"{form}-reason-error")
        assert said.text_content() == "Выберите причину"
        (kept,) = html.fromstring(answer.text).xpath(f"//form[contains(@action, '/{form}')]")
        assert {name: kept.fields[name] for name in sent} == sent
    assert await desk.status() is PairStatus.ACTIVE
