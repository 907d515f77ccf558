"""The fields of a template as a sheet to print: name, what it is, an example."""

from __future__ import annotations

from collections.abc import Iterator

from actions import pages
from actions.document import Document, Heading, Paragraph, Table, Title, docx
from actions.template_writing import MADE_AT
from locales import Texts
from program.templates import Field, Kind, groups
from program.text import Text

say = Texts()
WIDTHS = (66, 62, 45)  # millimetres


def pdf(code: str) -> bytes:
    title = say(Text("templates-sheet", {"name": Text(f"templates-name-{code}")}))
    document = Document(title, "")
    document.add(Title(title), *(Paragraph(say(Text(f"templates-how-{n}")), size=11) for n in (1, 2, 3)))
    head = [say(Text(f"templates-field-{name}")) for name in ("write", "means", "example")]
    for group in groups(code):
        document.add(Heading(group.title), Table(head, list(_rows(group.fields)), WIDTHS))
    return pages.pdf(docx(document, MADE_AT), MADE_AT)


def written(field: Field, within: str = "") -> str:
    """How it is written in a template."""
    name = f"{within}.{field.name}" if within else field.name
    if field.kind is Kind.BLOCKS:
        return f"{{{{p {name} }}}}"
    if field.kind is Kind.YES:
        return f"{{% if {name} %}} … {{% endif %}}"
    if field.kind is Kind.LIST:
        return f"{{%tr for {each(field)} in {name} %}} … {{%tr endfor %}}"
    return f"{{{{ {name} }}}}"


def each(field: Field) -> str:
    """The name that a line of a list goes under in the examples."""
    return "строка" if field.name != "мероприятия" else "дело"


def _rows(fields: tuple[Field, ...], within: str = "") -> Iterator[list[str]]:
    for field in fields:
        yield [written(field, within), field.about, field.example]
        if field.columns:
            yield from _rows(field.columns, each(field))
