"""The curator's desk for the correspondence of pairs: held, worrying, whole; who may look, and that it is noted."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select, update

from actions import relay
from actions.work import Work
from admin.pages.relay import PAGE
from program.pictures import Picture
from program.relay import RelayState
from program.roles import Side, StaffRole
from storage import schools
from storage.database import Database
from storage.tables import JournalEntry, OutboxRow, Pair, RelayMessage, School
from tests.admin.conftest import Browsers
from tests.pairs import Couple, couple

HELD = "Мой телефон 8 912 345-67-89"
DANGER = "я не хочу жить"


async def begin(database: Database, school: School, now: object, *said: tuple[str, str]) -> Couple:
    async with database.transaction() as session:
        ids = await couple(session, school)
        work = Work(session, await session.merge(school, load=False), now)  # type: ignore[arg-type]
        for side, words in said:
            await relay.write(work, ids.mentor if side == "mentor" else ids.mentee, ids.pair, words)
    return ids


async def messages(database: Database) -> list[RelayMessage]:
    async with database.reading() as session:
        return list(await session.scalars(select(RelayMessage).order_by(RelayMessage.id)))


async def noted(database: Database, action: str) -> list[JournalEntry]:
    async with database.reading() as session:
        return list(await session.scalars(select(JournalEntry).where(JournalEntry.action == action)))


async def test_a_held_message_is_on_the_first_page_and_goes_on_by_one_press(
    browsers: Browsers, database: Database
) -> None:
    await begin(database, browsers.school, browsers.now, ("mentor", HELD))
    curator = await browsers.of()
    assert "Сообщения пар ждут просмотра" in (await curator.get("/")).text
    desk = (await curator.get("/relay")).text
    assert HELD in desk
    assert "найдено: телефон" in desk
    answers = [await curator.post("/relay/messages/1/release") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 409]
    async with database.reading() as session:
        told = list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))
    assert [row.person_id for row in told] == [2, 1]
    assert HELD in str(told[0].body)
    assert (await messages(database))[0].state == RelayState.SENT


async def test_a_message_given_back_carries_a_kind_word_and_reaches_nobody_else(
    browsers: Browsers, database: Database
) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentor", HELD))
    curator = await browsers.of()
    await curator.post("/relay/messages/1/return", data={"note": "Давайте договоримся через бота"})
    assert (await curator.post("/relay/messages/1/release")).status_code == 409
    async with database.reading() as session:
        told = list(await session.scalars(select(OutboxRow)))
    assert [row.person_id for row in told] == [ids.mentor]
    assert "Давайте договоримся через бота" in str(told[0].body)


async def test_every_look_at_somebodys_words_is_noted(browsers: Browsers, database: Database) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentee", "Здравствуйте!"))
    curator = await browsers.of()
    page = (await curator.get(f"/relay/{ids.pair}")).text
    assert "Здравствуйте!" in page
    assert "в пути: Мария Ивановна" in page
    (line,) = await noted(database, "relay.opened")
    assert line.actor.startswith("user:")
    assert "Здравствуйте" not in str(line.after)


async def test_every_letter_that_is_kept_can_be_read_page_by_page_and_each_page_is_noted(
    browsers: Browsers, database: Database
) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentee", DANGER))
    async with database.transaction() as session:
        session.add_all(
            RelayMessage(
                school_id=browsers.school.id, pair_id=ids.pair, author_id=ids.mentor, side=Side.MENTOR,
                words=f"Письмо {number:03}.", state=RelayState.SENT, at=browsers.now + timedelta(minutes=number),
            )
            for number in range(PAGE * 2)
        )  # fmt: skip
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    seen = [(await psychologist.get(f"/relay/{ids.pair}?page={page}")).text for page in (1, 2, 3)]
    shown = [re.findall(r"Письмо \d+\.", one) for one in seen]
    assert sorted(one for page in shown for one in page) == [
        f"Письмо {number:03}." for number in range(PAGE * 2)
    ]
    assert shown[0] == sorted(shown[0])
    assert shown[0][-1] == f"Письмо {PAGE * 2 - 1:03}.", "the newest page comes first"
    assert DANGER in seen[2]
    assert "Страница 2 из 3" in seen[1]
    assert [line.after["messages"] for line in await noted(database, "relay.opened")] == [PAGE, PAGE, 1]
    for odd in ("0", "-1", "x", "99", "9" * 30):
        assert (await psychologist.get(f"/relay/{ids.pair}?page={odd}")).status_code == 200


async def test_a_look_at_a_photo_is_noted_and_none_is_shown_unasked(
    browsers: Browsers, database: Database
) -> None:
    async with database.transaction() as session:
        ids = await couple(session, browsers.school)
        school = await session.merge(browsers.school, load=False)
        school.settings = {**school.settings, "relay": {"photos": "hold"}}
        work = Work(session, school, browsers.now)
        await relay.write(work, ids.mentee, ids.pair, "", photo=Picture("image/png", "png", b"a picture"))
    curator = await browsers.of()
    for path in ("/relay", f"/relay/{ids.pair}"):
        shown = (await curator.get(path)).text
        assert re.search(r'<a href="[^"]*/relay/messages/1/photo"', shown), path
        assert "<img" not in shown, "a picture in the page is looked at by whoever opens the page"
    assert await noted(database, "relay.photo-opened") == []
    assert (await curator.get("/relay/messages/1/photo")).content == b"a picture"
    (line,) = await noted(database, "relay.photo-opened")
    assert (line.subject, line.after) == (f"relay:{ids.pair}", {"message": 1})
    assert line.actor.startswith("user:")
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    assert (await psychologist.get("/relay/messages/1/photo")).status_code == 404
    assert len(await noted(database, "relay.photo-opened")) == 1, "who saw nothing is not noted"
    assert "открыто фото в переписке пары" in (await curator.get("/journal")).text


async def test_the_card_of_a_pair_leads_to_its_correspondence(browsers: Browsers, database: Database) -> None:
    ids = await begin(database, browsers.school, browsers.now)
    async with database.transaction() as session:
        await session.execute(update(Pair).values(starts_on=browsers.now.date()))
    curator, head = await browsers.of(), await browsers.of(StaffRole.DIRECTOR)
    assert f'href="/relay/{ids.pair}"' in (await curator.get(f"/pairs/{ids.pair}")).text
    assert f'href="/relay/{ids.pair}"' not in (await head.get(f"/pairs/{ids.pair}")).text


async def test_the_psychologist_sees_only_what_is_worrying(browsers: Browsers, database: Database) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentee", "Здравствуйте!"), ("mentor", HELD))
    psychologist = await browsers.of(StaffRole.PSYCHOLOGIST)
    assert HELD not in (await psychologist.get("/relay")).text
    answer = await psychologist.get(f"/relay/{ids.pair}")
    assert answer.status_code == 303
    assert await noted(database, "relay.opened") == []
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        await relay.write(work, ids.mentee, ids.pair, DANGER)
    assert DANGER in (await psychologist.get("/relay")).text
    assert "Здравствуйте!" in (await psychologist.get(f"/relay/{ids.pair}")).text
    assert (await psychologist.post("/relay/messages/2/release")).status_code == 403
    await psychologist.post("/relay/messages/3/settle")
    assert (await psychologist.get(f"/relay/{ids.pair}")).status_code == 303


async def test_the_head_and_the_class_teacher_read_nothing(browsers: Browsers, database: Database) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentee", "Здравствуйте!"))
    async with database.transaction() as session:
        await session.execute(update(Pair).values(starts_on=browsers.now.date()))
    for role in (StaffRole.DIRECTOR, StaffRole.CLASS_TEACHER, StaffRole.AUDITOR, StaffRole.SYSADMIN):
        browser = await browsers.of(role)
        assert (await browser.get("/relay")).status_code == 403
        assert (await browser.get(f"/relay/{ids.pair}")).status_code == 403
        for path in ("/", "/messages", f"/pairs/{ids.pair}", f"/people/{ids.mentee}", "/journal"):
            assert "Здравствуйте!" not in (await browser.get(path)).text, path


async def test_a_mentees_words_of_danger_can_never_be_passed_on(
    browsers: Browsers, database: Database
) -> None:
    await begin(database, browsers.school, browsers.now, ("mentee", DANGER), ("mentor", DANGER))
    curator = await browsers.of()
    assert (await curator.post("/relay/messages/1/release")).status_code == 409
    assert (await curator.post("/relay/messages/2/release")).status_code == 303


async def test_the_schools_rules_decide_from_the_next_message_on(
    browsers: Browsers, database: Database
) -> None:
    ids = await begin(database, browsers.school, browsers.now)
    curator = await browsers.of()
    assert "сначала смотрит куратор" in (await curator.get("/relay/rules")).text
    fields = {f"rule-{kind}": "hold" for kind in ("card", "email", "nick", "link", "address", "insult")} | {
        "rule-phone": "allow",
        "on": "1",
        "photos": "off",
        "hosts": "https://www.school1.ru/news\nsferum.ru",
    }
    assert (await curator.post("/relay/rules", data=fields)).status_code == 303
    odd = await curator.post("/relay/rules", data=fields | {"hosts": "не сайт!"})
    assert odd.status_code == 422
    async with database.transaction() as session:
        work = Work(session, await schools.get(session, browsers.school.id), browsers.now)
        assert relay.rules_of(work).hosts == ("school1.ru", "sferum.ru")
        sent = [HELD, "Смотрите school1.ru/kruzhki", "Смотрите chess.com"]
        found = [(await relay.write(work, ids.mentor, ids.pair, words)).state for words in sent]
    assert found == [RelayState.SENT, RelayState.SENT, RelayState.HELD]


async def test_another_schools_messages_do_not_exist(
    browsers: Browsers, database: Database, other_school: School
) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentor", HELD))
    stranger = await browsers.of(school=other_school)
    assert HELD not in (await stranger.get("/relay")).text
    assert (await stranger.get(f"/relay/{ids.pair}")).status_code == 404
    for verb in ("release", "return", "settle"):
        assert (await stranger.post(f"/relay/messages/1/{verb}")).status_code == 404


async def test_what_a_participant_typed_is_no_markup(browsers: Browsers, database: Database) -> None:
    ids = await begin(database, browsers.school, browsers.now, ("mentee", "<script>alert(1)</script>"))
    curator = await browsers.of()
    assert "<script>alert" not in (await curator.get(f"/relay/{ids.pair}")).text
    async with database.transaction() as session:
        await session.execute(update(RelayMessage).values(state=RelayState.HELD))
    assert "<script>alert" not in (await curator.get("/relay")).text
