"""Filling a template: fields are replaced by words, and words are nothing but words.

docxtpl finds what is written between braces, also where the word processor has split it; jinja2 replaces it, in a
sandbox that knows no filters, no functions and no names but the document's fields. What a person wrote is put in
afterwards and never looked at again, so braces in it stay braces.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias, cast

from docx.oxml.ns import qn
from docx.oxml.parser import element_class_lookup
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, Template, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from actions import document_look as look
from actions import word_reading
from actions.document import Block, Points, add
from actions.document import Paragraph as Words
from actions.document_words import words_of
from actions.workbook import clean
from program.errors import Refusal
from program.text import raw

LONGEST = 20 * 2**20  # characters of what comes out
_KNOWN = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Not,
)
_PAGE = (
    "orientation", "page_width", "page_height", "left_margin", "right_margin", "top_margin", "bottom_margin",
    "header_distance", "footer_distance",
)  # fmt: skip
_BODY = re.compile(r"\s*<w:body[^>]*>(.*)</w:body>\s*", re.DOTALL)
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?>.*?</w:p>", re.DOTALL)
_BREAKS = re.compile(r"[\t\n\a\f]")
_PARSER = etree.XMLParser(resolve_entities=False)
_PARSER.set_element_class_lookup(element_class_lookup)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Picture:
    """PNG or JPEG. `width`: millimetres."""

    data: bytes
    width: float


Value: TypeAlias = "str | bool | Picture | tuple[Block, ...] | list[Mapping[str, Value]]"
Values: TypeAlias = Mapping[str, Value]


def rendered(
    template: bytes, copies: Sequence[Values], *, title: str, author: str, made_at: datetime
) -> bytes:
    """The .docx: one copy after the other, each beginning on a new page.

    Args:
        template: looked at by `program.word_files`. copies: the fields of each; headers take those of the first.
        title, author, made_at: the file's properties, whatever the template's were.

    Raises:
        Refusal: the template does not come out, or holds what is no field.
    """
    return Press(template).fill(copies, title=title, author=author, made_at=made_at)


class Press:
    """A template that is filled again and again: opened, read and compiled once, which is most of the work.

    The same values give the same bytes, whatever was filled before. Raises Refusal: as `rendered`.
    """

    def __init__(self, template: bytes) -> None:
        self._template = template
        self._environment = _environment()
        self._open()

    def fill(self, copies: Sequence[Values], *, title: str, author: str, made_at: datetime) -> bytes:
        """As `rendered`."""
        if (
            set(self._made.docx.part.rels) != self._parts
        ):  # pictures of the file before would get into this one
            self._open()
        made = self._made
        with _wrong():
            self._fill(copies)
            words = {name: value for name, value in _ready(made, copies[0]).items() if isinstance(value, str)}
            for key, part, source in self._around:
                xml = made.render_xml_part(source, part, words, self._environment)
                made.map_headers_footers_xml(key, xml.encode())
        look.describe(made.docx, clean(title), clean(author), made_at)
        return look.packed(made.docx, self._same)

    def _fill(self, copies: Sequence[Values]) -> None:
        """The whole document is read from words, not put in place of the old one: moving it node by node takes longer."""
        made, whole = self._made, cast(Any, None)
        for values in copies:
            made.current_rendering_part = made.docx.part  # pictures go there
            words = _broken(made, self._compiled.render(_ready(made, values)))
            if len(words) > LONGEST:
                raise Refusal("templates-wrong-long")
            body = etree.fromstring((self._head + words + self._tail).encode(), _PARSER).find(qn("w:body"))
            if whole is None:
                whole = body
            else:
                _join(whole, body)
        for number, picture in enumerate(whole.iter(qn("wp:docPr")), 1001):
            picture.set("id", str(number))
        _keep_feet(whole)
        made.docx.part._element = whole.getparent()
        made.docx = made.docx.part.document

    def read(self) -> word_reading.Read:
        """What was filled last, to be set as a PDF: what reading its file would give, without opening that anew."""
        return word_reading.read_open(self._made.docx, self._known)

    def _open(self) -> None:
        self._made = made = DocxTemplate(io.BytesIO(self._template))
        made.render_init()
        self._parts = set(made.docx.part.rels)
        self._same: dict[str, bytes] = {}
        self._known = word_reading.Known(made.docx)
        self._head, self._tail = _around_body(made.docx.element)
        with _wrong():
            inside = _BODY.fullmatch(made.patch_xml(made.get_xml()))
            self._compiled = self._environment.from_string(inside[1] if inside else "")
            # Headers and footers hold only what is the same in every copy.
            self._around = [
                (key, part, made.patch_xml(made.get_part_xml(part)))
                for uri in (made.HEADER_URI, made.FOOTER_URI)
                for key, part in made.get_headers_footers(uri)
            ]


@contextmanager
def _wrong() -> Iterator[None]:
    try:
        yield
    except (TemplateError, etree.XMLSyntaxError, ValueError, RecursionError) as wrong:
        reason = (str(wrong).splitlines() or [""])[0][:120]
        raise Refusal("templates-wrong-render", reason=raw(reason)) from None


def require_no_code(template: bytes) -> None:
    """Raises Refusal when anything between braces is more than a field, a list or a condition.

    It looks at what jinja2 will read, so nothing hides in an attribute, a bookmark or a deleted word.
    """
    made = DocxTemplate(io.BytesIO(template))
    made.render_init()
    environment = _environment()
    for source in (made.patch_xml(made.get_xml()), *_sources(made)):
        try:
            tree = environment.parse(source)
        except TemplateError as wrong:
            reason = (str(wrong).splitlines() or [""])[0][:120]
            raise Refusal("templates-wrong-render", reason=raw(reason)) from None
        for node in (tree, *tree.find_all(nodes.Node)):
            if not isinstance(node, _KNOWN):
                raise Refusal("templates-wrong-hidden")
            if isinstance(node, nodes.Getattr) and (
                not isinstance(node.node, nodes.Name) or node.attr.startswith("_")
            ):
                raise Refusal("templates-wrong-hidden")
            if isinstance(node, nodes.For) and any(
                isinstance(one.iter, nodes.Name) for one in node.find_all(nodes.For)
            ):
                raise Refusal("templates-wrong-hidden")  # lists in each other would be multiplied


class _Once(SandboxedEnvironment):
    """Compiles a source once: two hundred copies share it, and compiling takes two thirds of a copy's time."""

    def from_string(self, source: Any, globals: Any = None, template_class: Any = None) -> Template:
        known = self.__dict__.setdefault("_compiled", {})
        if source not in known:
            known[source] = super().from_string(source, globals, template_class)
        found: Template = known[source]
        return found


def _environment() -> SandboxedEnvironment:
    made = _Once(autoescape=True, undefined=StrictUndefined)
    made.filters.clear()
    made.tests.clear()
    made.globals.clear()
    return made


def _around_body(document: Any) -> tuple[str, str]:
    """(what stands before the body's content, what behind it): every name that the content may use is declared there."""
    shell = copy.deepcopy(document)
    body = shell.find(qn("w:body"))
    for node in list(body):
        body.remove(node)
    body.text = "|"
    before, _, after = etree.tostring(shell, encoding="unicode").rpartition("|")
    return before, after


def _broken(made: DocxTemplate, words: str) -> str:
    """Lines and tabs of what people wrote as the format's own; almost no paragraph has any."""
    if not _BREAKS.search(words):
        return words
    return _PARAGRAPH.sub(
        lambda one: made.resolve_listing(one[0]) if _BREAKS.search(one[0]) else one[0], words
    )


def _join(whole: Any, body: Any) -> None:
    """Puts a copy behind the others. The end of the one before moves into a last line, almost without height."""
    end = whole.find(qn("w:sectPr"))
    line = etree.SubElement(whole, qn("w:p"))
    whole.remove(end)
    properties = etree.SubElement(line, qn("w:pPr"))
    spacing = etree.SubElement(properties, qn("w:spacing"))
    for name, much in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), much)
    properties.append(end)
    for node in list(body):
        whole.append(node)


def _keep_feet(body: Any) -> None:
    """Sections that blocks have made name no header or footer; the first would have none at all."""
    ends = list(body.iter(qn("w:sectPr")))
    tags = (qn("w:headerReference"), qn("w:footerReference"))
    if len(ends) > 1 and not any(ends[0].find(tag) is not None for tag in tags):
        for one in reversed([node for node in ends[-1] if node.tag in tags]):
            ends[0].insert(0, copy.deepcopy(one))


def _sources(made: DocxTemplate) -> Iterator[str]:
    for uri in (made.HEADER_URI, made.FOOTER_URI):
        for _, part in made.get_headers_footers(uri):
            yield made.patch_xml(made.get_part_xml(part))


def _ready(made: DocxTemplate, values: Values) -> dict[str, Any]:
    return {name: _value(made, value) for name, value in values.items()}


def _value(made: DocxTemplate, value: Value) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Picture):
        return InlineImage(made, io.BytesIO(value.data), width=Mm(value.width))
    if isinstance(value, tuple):
        return _Blocks(made, value)
    if isinstance(value, bool):
        return value
    return [_ready(made, one) for one in value]


class _Blocks:
    """Blocks as the format's own words. They carry their look with them: a school's template may lack our styles."""

    def __init__(self, made: DocxTemplate, blocks: Sequence[Block]) -> None:
        self._made, self._blocks = made, blocks

    def __html__(self) -> str:
        made = []
        for block in self._blocks:
            for one in _plain(block):
                words = words_of(one)
                made.append(self._by_file(one) if words is None else words)
        return "".join(made)

    def _by_file(self, block: Block) -> str:
        """What turns the page or holds a picture, by way of a file."""
        file = _scratch(self._made)
        add(file, block)
        made = []
        for node in list(file.element.body)[:-1]:
            words = etree.tostring(node, encoding="unicode", with_tail=False)
            made.append(words.replace(f' xmlns:w="{_W}"', ""))
            file.element.body.remove(node)
        return "".join(made)

    __str__ = __html__


def _scratch(made: DocxTemplate) -> Any:
    """A file in the house style to write blocks in; one for each document: making it takes a thirtieth of a second."""
    if not hasattr(made, "scratch"):
        made.scratch = look.blank("", "", datetime.fromtimestamp(0, UTC))
        ours, theirs = made.scratch.sections[0], made.docx.sections[-1]
        for name in _PAGE:  # where blocks turn the page, what stands before them keeps the template's paper
            setattr(ours, name, getattr(theirs, name))
    return made.scratch


def _plain(block: Block) -> Iterator[Block]:
    """Points stand as lines with a dash: the numbers of lists belong to a file and cannot be carried over."""
    if isinstance(block, Points):
        for line in block.lines:
            yield Words(f"– {line}")
    else:
        yield block
