"""Commands about one school: accounts, lists, invitations, reports, the journal of changes.

A command imports its verbs itself: together they cost a second that `nastavnik run` need not wait.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli import app, clock, configured, do, say, words
from app.opening import at_work, named, opened
from program.errors import Refusal
from program.roles import Category
from storage import schools
from storage.tables import Invitation

if TYPE_CHECKING:
    from actions.journal_seal import Fault
    from actions.links import Links
    from actions.recognition import Row
    from actions.roster import Counts, Preview

school_app = typer.Typer(help="Школы.")
import_app = typer.Typer(help="Загрузка списков.")
audit_app = typer.Typer(help="Журнал изменений.")
for name, group in (("school", school_app), ("import", import_app), ("audit", audit_app)):
    group.callback()(lambda: None)  # keeps a group of one command a group
    app.add_typer(group, name=name)

School = Annotated[str | None, typer.Option("--school", metavar="SLUG", help="без неё — первая школа")]


class Purpose(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"
    ANY = "any"


@school_app.command("add")
def add_school(
    slug: Annotated[str, typer.Argument(help="короткое имя латиницей")],
    name: Annotated[str, typer.Option(help="название, как в документах")],
    timezone: Annotated[str, typer.Option(help="например Asia/Yekaterinburg")],
    city: Annotated[str, typer.Option()] = "",
) -> None:
    """Добавить школу; первая станет школой по умолчанию."""
    from actions import schools

    async def add() -> None:
        async with opened(configured(), clock()) as database, database.transaction() as session:
            await schools.add(session, slug, name, timezone, city, now=clock())

    do(add())
    say("cli-school-added", slug=slug)


@school_app.command("municipality")
def set_municipality(
    slug: Annotated[str, typer.Argument(help="короткое имя школы")],
    name: Annotated[str, typer.Argument(help="название муниципалитета; пустая строка — убрать")],
) -> None:
    """Сказать, к какому муниципалитету относится школа: его координатор видит её числа без имён."""
    from actions import schools

    async def change() -> None:
        async with opened(configured(), clock()) as database, at_work(database, slug, clock()) as work:
            await schools.set_municipality(work, name)

    do(change())
    say("cli-municipality" if name.strip() else "cli-municipality-none", slug=slug, name=name.strip())


@import_app.command("people")
def import_people(
    file: Annotated[Path, typer.Argument(help=".xlsx, .xls, .ods или .csv")],
    school: School = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="только показать, что изменится")] = False,
    category: Annotated[
        Category | None, typer.Option(help="кто эти люди, если в файле нет ни класса, ни должности")
    ] = None,
) -> None:
    """Загрузить список класса или педагогов."""
    from actions import roster

    if not file.is_file():
        raise Refusal("cli-no-file", file=str(file))

    async def load() -> tuple[Preview, Counts]:
        async with opened(configured(), clock()) as database, at_work(database, school, clock()) as work:
            preview = await roster.read(work, file.name, file.read_bytes(), category)
            return preview, preview.counts if dry_run else await roster.apply(work, preview, category)

    preview, counts = do(load())
    for note in preview.notes:
        typer.echo(words(note))
    for row in preview.rows:
        if row.kind != "same" or row.reasons:
            typer.echo(_row(row))
    for _, person, where in preview.lacking:
        say("cli-import-lacking", person=person, where=where or "—")
    for skipped in preview.skipped:
        say("cli-import-skipped", row=skipped.row, reason=words(skipped.reason))
    say(
        "cli-import-would" if dry_run else "cli-import-done",
        new=counts.new, changed=counts.changed, same=counts.same, refused=counts.refused, missing=counts.missing,
    )  # fmt: skip


def _row(row: Row) -> str:
    said = words(f"cli-import-{row.kind}", row=row.draft.row, person=row.draft.shown or "—")
    notes = [words(reason) for reason in row.reasons]
    for name, (now, new) in row.changes.items():
        field = words(f"admin-field-{name}")
        notes.append(words("cli-import-field", field=field, now=str(now or "—"), new=str(new)))
    return f"{said}: {'; '.join(notes)}" if notes else said


@import_app.command("undo")
def undo_import(school: School = None) -> None:
    """Отменить последнюю загрузку списка; можно в течение 24 часов."""
    from actions import roster_undo

    async def undo() -> roster_undo.Import:
        async with opened(configured(), clock()) as database, at_work(database, school, clock()) as work:
            return await roster_undo.undo(work)

    done = do(undo())
    say("cli-import-undone", removed=done.remove, restored=done.restore, stayed=done.stay)


@app.command()
def invite(
    role: Annotated[Purpose, typer.Option()],
    school: School = None,
    person: Annotated[int | None, typer.Option(metavar="ID", help="именное приглашение")] = None,
    count: Annotated[int, typer.Option(min=1, max=1000)] = 1,
) -> None:
    """Сделать приглашения: в строке токен, ссылка Telegram, ссылка ВКонтакте, страница."""

    async def make() -> tuple[Links, Sequence[Invitation]]:
        from actions import invitations
        from app.channels import links

        settings = configured()
        async with opened(settings, clock()) as database:
            found = await links(settings, database, clock())
            async with at_work(database, school, clock()) as work:
                return found, await invitations.invite(work, role.value, count=count, person_id=person)

    found, made = do(make())
    for invitation in made:
        token = invitation.token
        typer.echo(
            "\t".join([token, found.telegram(token) or "-", found.vk(token) or "-", found.join(token)])
        )


@app.command()
def report(
    name: Annotated[str, typer.Argument(help="имя из nastavnik reports")],
    out: Annotated[Path, typer.Option(help="куда записать файл")],
    school: School = None,
    year: Annotated[str | None, typer.Option(help="учебный год, например 2026-2027")] = None,
) -> None:
    """Сделать отчёт или документ — тот же файл, что по кнопке в кабинете."""

    from actions import made_documents, reports
    from actions.made_documents import Wanted
    from program.templates import BY_CODE

    async def make() -> bytes:
        async with opened(configured(), clock()) as database, at_work(database, school, clock()) as work:
            known = BY_CODE.get(name)
            if known is not None and name not in {one.name for one in reports.REPORTS}:
                return (await made_documents.make(work, Wanted(name, pdf=out.suffix == ".pdf")))[1]
            return (await reports.make(work, name, year or ""))[1]

    data = do(make())
    try:
        out.write_bytes(data)
    except OSError:
        raise Refusal("cli-not-written", file=str(out)) from None
    say("cli-report-done", file=str(out))


@app.command("reports")
def list_reports() -> None:
    """Имена и названия всех отчётов и документов."""
    from actions import reports
    from locales import Texts
    from program.templates import TEMPLATES, Pick

    for one in reports.REPORTS:
        typer.echo(f"{one.name}\t{one.title}")
    for document in TEMPLATES:  # those that need nobody chosen; of people's papers an empty one
        if document.pick in (Pick.NOTHING, Pick.PERSON):
            typer.echo(f"{document.code}\t{Texts()(f'templates-name-{document.code}')}")


@audit_app.command("verify")
def verify_journal(
    school: School = None,
    known: Annotated[
        str | None,
        typer.Option("--known", metavar="НОМЕР:СТРОКА", help="запись, которую вы выписали раньше"),
    ] = None,
) -> int:
    """Проверить журнал изменений: не исправлен ли он задним числом, цел ли его конец."""

    from actions import journal, journal_seal

    line = re.fullmatch(r"(\d{1,9}):([0-9a-f]{16,64})", known) if known else None
    if known and line is None:
        raise typer.BadParameter(words("cli-audit-known"))

    async def look() -> tuple[Fault | None, list[tuple[str, int, str, int]]]:
        settings = configured()
        async with opened(settings, clock()) as database, database.reading() as session:
            seals = journal_seal.Seals(settings.secret())
            wanted = {}
            if line:
                wanted[(await named(session, school)).id] = (int(line[1]), line[2])
            fault = await anext(journal_seal.faults(session, seals, wanted), None)
            heads, sealed = await journal.heads(session), await journal_seal.sealed(session, seals)
            slugs = {one: (await schools.get(session, one)).slug for one in heads}
        return fault, [(slugs[one], *heads[one], sealed.get(one, 0)) for one in sorted(heads)]

    fault, heads = do(look())
    if fault is not None:
        raise Refusal(f"cli-audit-{fault.why}", school=fault.school_id, number=fault.number)
    say("cli-audit-fine")
    for slug, number, hash_, sealed in heads:
        say("cli-audit-end", school=slug, number=str(number), hash=hash_[:16], sealed=str(sealed))
    return 0
