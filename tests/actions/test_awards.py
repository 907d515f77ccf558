"""Letters of thanks and certificates: given to many at once, printed, checked by a code, told of, taken back."""

from __future__ import annotations

import io
import zipfile

import pytest
from sqlalchemy import select

from actions import awards, awards_reading, consents, erasure
from actions.awards import Said
from actions.my_data import known
from actions.work import Work
from program.ages import Consenter
from program.awards import new_code, shown_code, told_name, typed_code
from program.consents import ConsentEvent, ConsentKind, ConsentMethod
from program.errors import Refusal
from program.retention import Basis
from program.roles import Category
from storage import own_templates as rows
from storage.tables import IssuedPaper, OutboxRow, Person
from tests import build
from tests.actions.test_made_documents import words
from tests.pairs import couple, member

CHECK = "https://school.test/check"


def said(
    work: Work, *people: int, code: str = "letter", name: str = "press", reason: str = "за терпение"
) -> Said:
    return Said(
        code, name, tuple(f"person:{one}" for one in people), reason, work.today, work.today, work.today
    )


async def test_one_press_gives_each_a_number_and_a_code_and_the_second_nothing(work: Work) -> None:
    ids = await couple(work.session, work.school)
    first = await awards.give(work, said(work, ids.mentor, ids.mentee))
    again = await awards.give(work, said(work, ids.mentor, ids.mentee))
    assert [one.id for one in first] == [one.id for one in again]
    assert [one.number for one in first] == ["БП-1", "БП-2"]
    assert len({one.check_code for one in first}) == 2
    more = await awards.give(work, said(work, ids.mentor, name="other"))
    assert more[0].number == "БП-3"


async def test_a_letter_is_addressed_in_the_dative(work: Work) -> None:
    ids = await couple(work.session, work.school)
    papers = await awards.give(work, said(work, ids.mentor))
    name, data = await awards.printed(work, papers, CHECK, "docx")
    text = words(data)
    assert "Лебедевой Марии Ивановне" in text
    assert "благодарит вас за терпение." in text
    assert shown_code(papers[0].check_code or "") in text
    assert "school.test/check" in text
    assert "Лебедев" not in name


async def test_the_archive_holds_both_files_and_each_paper_by_its_number(work: Work) -> None:
    ids = await couple(work.session, work.school)
    papers = await awards.give(work, said(work, ids.mentor, ids.mentee, code="certificate", reason=""))
    _, data = await awards.printed(work, papers, CHECK, "zip")
    assert data == (await awards.printed(work, papers, CHECK, "zip"))[1]
    with zipfile.ZipFile(io.BytesIO(data)) as pack:
        names = pack.namelist()
        assert [name for name in names if name.startswith("С-")] == ["С-1.pdf", "С-2.pdf"]
        assert all(pack.read(name).startswith(b"%PDF-") for name in names if name.endswith(".pdf"))
    assert not any("Лебедев" in name or "Котов" in name for name in names)


async def test_each_paper_stands_on_a_page_of_its_own(work: Work) -> None:
    """How long two hundred take is measured by `benchmarks/awards.py`."""
    people = [build.person(work.school, "Аня", f"Котова{number}", birth_date=None) for number in range(12)]
    work.session.add_all(people)
    await work.session.flush()
    papers = await awards.give(work, said(work, *(one.id for one in people), code="diploma"))
    _, data = await awards.printed(work, papers, CHECK, "pdf")
    assert data.count(b"/Type/Page/") + data.count(b"/Type /Page\n") == 12


async def test_a_code_tells_a_childs_initials_until_publication_is_allowed(work: Work) -> None:
    ids = await couple(work.session, work.school)
    papers = await awards.give(work, said(work, ids.mentor, ids.mentee))
    told = [(await awards_reading.confirmed(work, one)).whom for one in papers]
    assert told == ["А. К.", "Лебедева М. И."]
    mentee = await work.session.get(Person, ids.mentee)
    assert mentee is not None
    for consenter in Consenter:
        await consents.say(
            work, mentee, ConsentKind.PUBLICATION, ConsentEvent.GIVEN, consenter=consenter, giver=None,
            method=ConsentMethod.PAPER, valid_until=work.today,
        )  # fmt: skip
    assert (await awards_reading.confirmed(work, papers[0])).whom == "Аня Котова"


async def test_a_paper_taken_back_says_so_and_is_printed_no_more(work: Work) -> None:
    ids = await couple(work.session, work.school)
    papers = await awards.give(work, said(work, ids.mentor))
    with pytest.raises(Refusal, match="awards-why-missing"):
        await awards.revoke(work, papers[0].id, " ")
    await awards.revoke(work, papers[0].id, "ошибка в имени")
    told = await awards_reading.confirmed(work, papers[0])
    assert told.revoked_on == "15 сентября 2026 г."
    assert "ошибка" not in repr(told)
    with pytest.raises(Refusal, match="awards-none-left"):
        await awards.printed(work, papers, CHECK, "pdf")
    with pytest.raises(Refusal, match="award-gone"):
        await awards.mine(work, ids.mentor, papers[0].id)


async def test_each_is_told_once_with_a_button_to_the_own_paper(work: Work) -> None:
    ids = await couple(work.session, work.school)
    papers = await awards.give(work, said(work, ids.mentor, ids.mentee))
    assert await awards.tell_all(work, papers) == (2, 0)
    assert await awards.tell_all(work, papers) == (0, 0)
    sent = (await work.session.scalars(select(OutboxRow).where(OutboxRow.key.like("award:%")))).all()
    assert sorted(row.person_id for row in sent) == sorted([ids.mentor, ids.mentee])
    assert {row.body["rows"][0][0]["url"] for row in sent} == {f"page:award:{one.id}" for one in papers}
    theirs = next(one for one in papers if one.person_id == ids.mentee)
    assert (await awards.one_pdf(work, await awards.mine(work, ids.mentee, theirs.id), CHECK)).startswith(
        b"%PDF-"
    )
    with pytest.raises(Refusal, match="award-gone"):
        await awards.mine(work, ids.mentor, theirs.id)


async def test_a_letter_to_a_family_does_not_go_to_the_child(work: Work) -> None:
    ids = await couple(work.session, work.school)
    asked = Said("letter", "press", (f"family:{ids.mentee}",), "за поддержку", *[work.today] * 3)
    papers = await awards.give(work, asked)
    assert await awards.tell_all(work, papers) == (0, 1)
    _, data = await awards.printed(work, papers, CHECK, "docx")
    assert "Семье Котов" in words(data)


async def test_erasure_leaves_that_a_paper_was_given_and_nothing_of_the_person(work: Work) -> None:
    other = await member(work.session, work.school, "Мария", "Полевая", category=Category.TEACHER)
    ids = await couple(work.session, work.school)
    papers = await awards.give(work, said(work, ids.mentee, other.id, reason="за помощь Ане Котовой"))
    listed = [section.code for section in (await known(work, other.id, other.id)).sections]
    assert "awards" in listed
    await erasure.erase(work, ids.mentee, Basis.REQUEST)
    for paper in papers:
        await work.session.refresh(paper)
        assert "Котов" not in repr(paper.facts)
    theirs = next(one for one in papers if one.person_id == ids.mentee)
    told = await awards_reading.confirmed(work, theirs)
    assert (told.whom, told.number) == ("", theirs.number)


async def test_another_schools_people_get_nothing(work: Work) -> None:
    with pytest.raises(Refusal, match="awards-nobody"):
        await awards.planned(work, said(work, 999))
    assert await rows.batch(work.session, work.school.id, "press") == []
    assert (await work.session.scalars(select(IssuedPaper))).all() == []


def test_codes_are_typed_as_they_are_read() -> None:
    code = new_code()
    assert typed_code(shown_code(code).lower()) == code
    assert typed_code(" ".join(code)) == code
    assert typed_code("К7QP-4М2Х-9ТRW") == "K7QP4M2X9TRW"  # Cyrillic letters that look alike
    assert typed_code("K7QP-4M2X") == ""
    assert typed_code("<script>alert") == ""


@pytest.mark.parametrize(
    ("minor", "public", "whom"),
    [(True, False, "А. К."), (False, False, "Котова А. С."), (True, True, "Аня Котова")],
)
def test_a_page_tells_less_than_the_paper(minor: bool, public: bool, whom: str) -> None:
    assert told_name("Котова", "Аня", "Сергеевна", minor=minor, public=public) == whom
