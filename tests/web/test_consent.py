"""The guardian's page."""

from __future__ import annotations

from typing import Any

import pytest

from actions import consent_texts, consents, guardians
from actions.guardians import Adult, Relation
from bot.web.blocks import Block, blocks
from locales.consents import KINDS, shipped
from program.ages import Consenter
from program.channels import Channel
from program.consents import ConsentKind, ConsentMethod, ConsentState
from program.errors import Refusal
from program.guardians import RefusalReason
from program.roles import Category
from storage.database import Database
from storage.tables import Consent, ConsentText, Guardianship, Person, School
from tests.conftest import rows
from tests.web.conftest import Pages, hidden, words, work_of

YES = {f"decide_{kind}": "yes" for kind in KINDS}
ADULT = {
    "last_name": "Котова",
    "first_name": "Ирина",
    "middle_name": "Олеговна",
    "relation": "mother",
    "born": "1985",
}


async def sent(pages: Pages, browser: Any, token: str, **changed: str) -> Any:
    """Opens the page, fills it in and sends it."""
    page = await browser.get(f"/consent/{token}")
    form = {name: hidden(page, name) for name in ("once", *(f"text_{kind}" for kind in KINDS))}
    return await browser.post(f"/consent/{token}", data=form | YES | ADULT | {"phone": ""} | changed)


async def state(pages: Pages, child: Person) -> dict[ConsentKind, ConsentState]:
    async with pages.database.reading() as session:
        return (await consents.states(work_of(pages, session), [child]))[child.id]


async def test_the_page_names_only_first_name_and_class(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await browser.get(f"/consent/{token}")
    assert "Аня, 8А" in words(page)
    assert "Котова" not in page.text
    assert "2012" not in page.text


async def test_nothing_is_ticked_and_both_answers_look_alike(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await browser.get(f"/consent/{token}")
    assert "checked" not in page.text
    assert page.text.count('value="yes"') == page.text.count('value="no"') == len(KINDS)
    assert page.text.count('class="pick"') == 2 * len(KINDS) + len(Relation) + len(RefusalReason)


async def test_consent_counts_only_after_the_school_confirmed_the_adult(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        done = await sent(pages, browser, token)
    assert done.status_code == 200
    assert "Ответы записаны" in words(done)
    assert "проверит, что вы законный представитель" in words(done)
    assert "Сюда придёт сообщение о паре ребёнка." in words(done)
    guardian = (await rows(pages.database, Person))[-1]
    assert (guardian.category, guardian.full_name) == (Category.PARENT, "Котова Ирина Олеговна")
    assert (await state(pages, child))[ConsentKind.PD] is ConsentState.WAITING

    async with pages.database.transaction() as session:
        work = work_of(pages, session, "user:1")
        await guardians.confirm(work, guardian.id, child.id)
        await guardians.confirm(work, guardian.id, child.id)
    known = await state(pages, child)
    assert {known[kind] for kind in KINDS} == {ConsentState.GIVEN}


async def test_each_line_says_which_text_was_shown(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        await sent(pages, browser, token)
    texts = {text.id: text for text in await rows(pages.database, ConsentText)}
    lines = await rows(pages.database, Consent, person_id=child.id)
    assert [line.kind for line in lines] == list(KINDS)
    for line in lines:
        text = texts[line.text_id]
        assert (text.kind, text.consenter, text.sha256) == (line.kind, "guardian", line.text_sha256)
        assert (line.method, line.channel) == (ConsentMethod.WEB_FORM, Channel.WEB)
    assert {line.kind: line.valid_until and line.valid_until.isoformat() for line in lines} == {
        "pd": None, "participation": "2027-07-31", "publication": "2027-09-15", "messenger": None,
    }  # fmt: skip


async def test_the_text_that_was_on_the_page_is_kept_although_a_newer_one_came(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await browser.get(f"/consent/{token}")
        async with pages.database.transaction() as session:
            work = work_of(pages, session)
            school = await session.merge(pages.school)
            school.settings = {**school.settings, "operator": "МБОУ «Школа № 1», Омск, ул. Мира, 1"}
            renewed = await consent_texts.renew(
                work.__class__(session, school, pages.now), Consenter.GUARDIAN
            )
            assert {text.version for text in renewed} == {2}
        form = {name: hidden(page, name) for name in ("once", *(f"text_{kind}" for kind in KINDS))}
        await browser.post(f"/consent/{token}", data=form | YES | ADULT)
    texts = {text.id: text.version for text in await rows(pages.database, ConsentText)}
    assert {texts[line.text_id] for line in await rows(pages.database, Consent)} == {1}


async def test_refusing_what_is_optional_does_not_stand_in_the_way(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        done = await sent(pages, browser, token, decide_publication="no", decide_messenger="no")
    assert "проверит, что вы законный представитель" in words(done)
    async with pages.database.transaction() as session:
        [bond] = await rows(pages.database, Guardianship)
        await guardians.confirm(work_of(pages, session, "user:1"), bond.guardian_id, child.id)
    known = await state(pages, child)
    assert known[ConsentKind.PARTICIPATION] is ConsentState.GIVEN
    assert known[ConsentKind.PUBLICATION] is ConsentState.REFUSED


async def test_a_refusal_is_written_down_without_pressure(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        done = await sent(pages, browser, token, decide_pd="no")
    assert "не участвует" in words(done)
    assert "о паре ребёнка" not in words(done)
    assert (await state(pages, child))[ConsentKind.PD] is ConsentState.REFUSED


async def test_whoever_changes_their_mind_in_the_same_browser_is_the_same_adult(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        await sent(pages, browser, token, decide_pd="no")
        await sent(pages, browser, token)
    [bond] = await rows(pages.database, Guardianship)
    async with pages.database.transaction() as session:
        await guardians.confirm(work_of(pages, session, "user:1"), bond.guardian_id, child.id)
    assert (await state(pages, child))[ConsentKind.PD] is ConsentState.GIVEN


async def test_a_name_alone_does_not_make_anybody_the_confirmed_parent(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as parent:
        await sent(pages, parent, token, decide_pd="no")
    [bond] = await rows(pages.database, Guardianship)
    async with pages.database.transaction() as session:
        await guardians.confirm(work_of(pages, session, "user:1"), bond.guardian_id, child.id)
    async with pages.browser() as pupil:
        done = await sent(pages, pupil, token)
    assert pages.links.chat_token(bond.guardian_id) not in done.text
    assert (await state(pages, child))[ConsentKind.PD] is ConsentState.REFUSED
    assert len(await rows(pages.database, Guardianship)) == 2


async def test_the_same_form_sent_twice_is_one_answer(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await browser.get(f"/consent/{token}")
        form = {"once": hidden(page, "once")} | YES | ADULT
        urls = {str((await browser.post(f"/consent/{token}", data=form)).url) for _ in range(2)}
    assert len(urls) == 1
    assert len(await rows(pages.database, Consent)) == len(KINDS)


async def test_what_is_wrong_is_said_and_what_was_filled_in_stays(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await sent(pages, browser, token, first_name="", phone="12", relation="", decide_messenger="")
    assert page.status_code == 422
    assert "<title>Ошибка:" in page.text
    for field in ("first_name", "phone", "relation-first", "decide_messenger-first"):
        assert f'href="#{field}"' in page.text
        assert f'id="{field}"' in page.text
    assert 'value="Котова"' in page.text
    assert 'value="12"' in page.text
    assert page.text.count("checked") == len(KINDS) - 1
    assert await rows(pages.database, Consent) == []


async def test_a_surname_is_asked_for_as_a_surname(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await sent(pages, browser, token, last_name="", middle_name="7")
    assert "Напишите фамилию буквами, например: Котова." in words(page)
    assert "Напишите отчество буквами, например: Сергеевна." in words(page)
    assert "Напишите имя буквами" not in words(page)


async def test_used_expired_and_wrong_links_lead_to_the_curator(pages: Pages) -> None:
    child = await pages.person()
    used = await pages.invitation("guardian", child_id=child.id, uses_left=0)
    other = await pages.invitation("mentee", token="mentee-token")
    async with pages.browser() as browser:
        for token in (used, other, "nothing", "x" * 3000):
            for answer in (
                await browser.get(f"/consent/{token}"),
                await browser.post(f"/consent/{token}", data=YES),
            ):
                assert answer.status_code == 404
                assert "куратору" in words(answer)
        foreign = await browser.get(f"/consent/{used}/done/{pages.links.chat_token(child.id)}")
    assert foreign.status_code == 404


async def test_a_withdrawn_consent_holds_no_more(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        await sent(pages, browser, token)
    [bond] = await rows(pages.database, Guardianship)
    async with pages.database.transaction() as session:
        work = work_of(pages, session, f"person:{bond.guardian_id}")
        await guardians.confirm(work, bond.guardian_id, child.id)
        await guardians.withdraw(
            work,
            bond.guardian_id,
            child.id,
            ConsentKind.PD,
            method=ConsentMethod.WEB_FORM,
            channel=Channel.WEB,
        )
    assert (await state(pages, child))[ConsentKind.PD] is ConsentState.WITHDRAWN


async def test_a_pupil_cannot_be_the_adult(pages: Pages) -> None:
    child, _ = await pages.guardian_link()
    async with pages.database.transaction() as session:
        with pytest.raises(Refusal) as refused:
            await guardians.decide(
                work_of(pages, session),
                child,
                Adult("Котова", "Ирина", "", Relation.MOTHER, born=1985),
                dict.fromkeys(KINDS, True),
                method=ConsentMethod.BOT_BUTTON,
                channel=Channel.WEB,
                guardian=child,
            )
    assert refused.value.text.id == "guardian-is-a-pupil"


async def test_only_a_linked_adult_can_be_confirmed(pages: Pages, other: School) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        await sent(pages, browser, token)
    [bond] = await rows(pages.database, Guardianship)
    async with pages.database.transaction() as session:
        for work, guardian in (
            (work_of(pages, session), child.id),
            (work_of(pages, session).__class__(session, other, pages.now), bond.guardian_id),
        ):
            with pytest.raises(Refusal):
                await guardians.confirm(work, guardian, child.id)


@pytest.fixture
async def other(database: Database) -> School:
    from tests.build import school as build_school

    school = build_school("second", name="Школа № 2")
    async with database.transaction() as session:
        session.add(school)
    return school


@pytest.mark.parametrize("consenter", list(Consenter))
@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_text_is_a_screen_and_then_the_whole(kind: ConsentKind, consenter: Consenter) -> None:
    title, body = shipped(kind, consenter, operator="Школа № 1", curator="Мария Ивановна", pages="")
    summary, _, full = body.partition("\n## ")
    assert title.startswith("Согласие на ")
    assert 100 < len(summary) <= 600
    assert "Школа № 1" in full
    assert "$" not in body
    assert "отказ" in body.lower()


def test_blocks_are_paragraphs_lists_and_headings() -> None:
    assert blocks("Один\nдва\n\nСписок:\n- раз;\n- два.\n\n## Срок\nГод") == [
        Block("p", ("Один два",)),
        Block("p", ("Список:",)),
        Block("ul", ("раз;", "два.")),
        Block("h", ("Срок",)),
        Block("p", ("Год",)),
    ]


async def test_why_not_may_be_said_on_the_page_and_stands_beside_each_no(pages: Pages) -> None:
    child, token = await pages.guardian_link()
    async with pages.browser() as browser:
        await sent(pages, browser, token, decide_pd="no", decide_publication="no", reason="later")
        await sent(pages, browser, token, decide_pd="no", reason="time", reason_words=" Переезжаем\u202e ")
    lines = await rows(pages.database, Consent, person_id=child.id)
    assert [line.reason for line in lines if line.event == "refused"] == [
        "Не сейчас, может быть позже", "Не сейчас, может быть позже", "Переезжаем",
    ]  # fmt: skip
    assert {line.reason for line in lines if line.event == "given"} == {""}


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("", "четырьмя цифрами"),
        ("85", "четырьмя цифрами"),
        ("1585", "четырьмя цифрами"),
        ("2016", "похоже на опечатку"),
        ("2009", "только взрослый"),
        ("2003", "старше хотя бы на 14 лет"),
    ],
)
async def test_somebody_too_young_gets_a_clear_sentence_and_nothing_is_half_written(
    pages: Pages, born: str, said: str
) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        answer = await sent(pages, browser, token, born=born)
    assert answer.status_code == 422
    assert said in words(answer)
    assert len(await rows(pages.database, Person)) == 1
    for table in (Consent, Guardianship):
        assert await rows(pages.database, table) == []


async def test_a_messenger_is_offered_where_there_is_one_and_the_page_needs_none(pages: Pages) -> None:
    _, token = await pages.guardian_link()
    async with pages.browser() as browser:
        page = await browser.get(f"/consent/{token}")
    links = pages.site.links
    assert f'href="{links.telegram(token)}"' in page.text
    assert f'href="{links.vk(token)}"' in page.text
