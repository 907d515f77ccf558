"""Templates of the school's own: shipped ones, uploads, versions, and what a word processor does to braces."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT

from actions import own_templates, pages, template_check
from actions.made_documents import make
from actions.template_check import looked_into
from actions.template_render import rendered, require_no_code
from actions.template_writing import MADE_AT, shipped
from actions.work import Work
from locales import Texts
from program.errors import Refusal
from program.templates import TEMPLATES
from tests.actions.test_made_documents import scene, wanted, words

say = Texts()


def edited(code: str, *lines: str, split: bool = False, head: str = "") -> bytes:
    """A shipped template with lines at its end; `split`: each sign in a run of its own, as Word may leave them."""
    file = Document(io.BytesIO(shipped(code)))
    for line in lines:
        paragraph = file.add_paragraph()
        for part in line if split else [line]:
            paragraph.add_run(part)
    if head:
        file.sections[0].header.paragraphs[0].text = head
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


@pytest.mark.parametrize("code", [one.code for one in TEMPLATES])
def test_every_shipped_template_passes_its_own_check(code: str) -> None:
    looked = looked_into(code, shipped(code))
    assert looked.problems == ()
    assert looked.notes == ()
    assert "школа_полностью" in looked.used or "школа" in looked.used


def test_braces_split_over_runs_are_one_field() -> None:
    data = edited("regulation", "Куратор школы: {{ куратор }}.", split=True)
    assert looked_into("regulation", data).problems == ()
    assert "Куратор школы: Белова Ольга Николаевна." in words(template_check.sample("regulation", data))


def test_a_broken_brace_over_runs_is_shown_with_its_paragraph() -> None:
    looked = looked_into("regulation", edited("regulation", "Наш куратор: {{ куратор }.", split=True))
    told = [say(one) for one in looked.problems]
    assert len(told) == 1
    assert "Наш куратор" in told[0]


@pytest.mark.parametrize(
    "line",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ школа.__class__ }}",
        "{% for x in ().__class__ %}{% endfor %}",
        "{{ cycler.__init__ }}",
    ],
)
def test_code_is_refused_twice(line: str) -> None:
    data = edited("regulation", line)
    assert looked_into("regulation", data).problems
    with pytest.raises(Refusal):
        require_no_code(data)


def test_code_in_an_attribute_that_nobody_sees_is_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(shipped("regulation"))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                mark = '<w:p><w:bookmarkStart w:id="9" w:name="{{ школа.__class__ }}"/><w:bookmarkEnd w:id="9"/></w:p><w:sectPr'
                data = data.replace(b"<w:sectPr", mark.encode(), 1)
            new.writestr(name, data)
    looked = looked_into("regulation", made.getvalue())
    assert [one.id for one in looked.problems] == ["templates-wrong-hidden"]


def test_the_sandbox_itself_reaches_nothing() -> None:
    """Whatever slips through both looks is refused by jinja2 itself."""
    with pytest.raises(Refusal, match="templates-wrong-render"):
        rendered(
            edited("regulation", "{{ школа.__class__.__mro__ }}"),
            [{"школа": "x"}],
            title="",
            author="",
            made_at=MADE_AT,
        )


def test_a_list_that_begins_in_a_cell_and_ends_outside_does_not_come_out() -> None:
    file = Document(io.BytesIO(shipped("regulation")))
    grid = file.add_table(1, 1)
    grid.rows[0].cells[0].text = "{%p for закон in законы %}"
    file.add_paragraph("{%p endfor %}")
    made = io.BytesIO()
    file.save(made)
    assert [one.id for one in looked_into("regulation", made.getvalue()).problems] == [
        "templates-wrong-render"
    ]


def test_a_foot_holds_fields_of_the_school() -> None:
    data = edited("order-pairs", head="{{ школа }}, {{ учебный_год }}")
    looked = looked_into("order-pairs", data)
    assert looked.problems == ()
    with zipfile.ZipFile(io.BytesIO(looked.sample)) as pack:
        heads = [pack.read(name).decode() for name in pack.namelist() if re.match(r"word/header\d", name)]
    assert any("МБОУ «Школа № 1», 2026/2027" in one for one in heads)


async def test_an_own_template_is_used_once_somebody_says_so_and_can_be_left_again(work: Work) -> None:
    asked = await scene(work)
    made, looked = await own_templates.upload(
        work, "agreement", "наш.docx", edited("agreement", "Своя строка школы: {{ школа }}.")
    )
    assert made is not None
    assert looked.notes == ()

    async def lines() -> str:
        return words((await make(work, wanted(asked, "agreement")))[1])

    assert "Своя строка" not in await lines()
    await own_templates.use(work, "agreement", made.number)
    assert f"Своя строка школы: {work.school.name}." in await lines()
    with pytest.raises(Refusal, match="templates-in-use"):
        await own_templates.remove(work, "agreement", made.number)
    await own_templates.use(work, "agreement", own_templates.SHIPPED)
    assert "Своя строка" not in await lines()
    await own_templates.remove(work, "agreement", made.number)


async def test_a_wrong_template_is_not_kept(work: Work) -> None:
    made, looked = await own_templates.upload(work, "agreement", "x.docx", edited("agreement", "{{ школы }}"))
    assert made is None
    assert "Возможно, «школа»" in say(looked.problems[0])


def test_what_a_pdf_leaves_out_is_said_before() -> None:
    looked = looked_into("letter", shipped("letter"))
    assert looked.notes == ()
    assert pages.pdf(looked.sample, MADE_AT) == pages.pdf(looked.sample, MADE_AT)
    assert pages.picture(looked.sample, MADE_AT).startswith(b"\x89PNG")


@pytest.mark.office
def test_a_template_that_an_office_has_saved_passes_and_fills(tmp_path: Path) -> None:
    """What schools do: open the shipped one, change something, save it."""
    saved = tmp_path / "saved"
    for one in TEMPLATES:
        (tmp_path / f"{one.code}.docx").write_bytes(shipped(one.code))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", saved, *sorted(tmp_path.glob("*.docx"))],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    for one in TEMPLATES:
        looked = looked_into(one.code, (saved / f"{one.code}.docx").read_bytes())
        assert (looked.problems, looked.notes) == ((), ()), one.code
        assert "{{" not in words(looked.sample)


def test_a_file_without_any_lists_becomes_a_pdf() -> None:
    """As some word processors write it: the part that describes lists is not there at all."""
    file = Document()
    file.add_paragraph("Благодарим за помощь")
    for name in [name for name, one in file.part.rels.items() if one.reltype == RT.NUMBERING]:
        del file.part.rels[name]
    kept = io.BytesIO()
    file.save(kept)
    assert pages.pdf(kept.getvalue(), MADE_AT).startswith(b"%PDF")
