"""Commands about accounts of the admin. What they do needs no account: whoever runs them holds the database anyway."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, time, timedelta
from typing import Annotated

import typer

from actions.work import Work
from app.cli import app, clock, configured, do, say, words
from app.cli_school import School
from app.opening import at_work, opened
from program.errors import Refusal
from program.roles import StaffRole
from storage import accounts as rows
from storage import schools
from storage.tables import User

user_app = typer.Typer(help="Учётные записи кабинета.")
user_app.callback()(lambda: None)
app.add_typer(user_app, name="user")

Login = Annotated[str, typer.Argument()]
Role = Annotated[StaffRole, typer.Option()]
ClassName = Annotated[str, typer.Option("--class", help="для классного руководителя")]
Name = Annotated[str, typer.Option(help="как подписывать в кабинете")]
Until = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="последний день доступа, для внешнего эксперта")
]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="прочитать пароль из стандартного ввода")]


@user_app.command("add")
def add_user(
    login: Login,
    role: Role,
    school: School = None,
    class_name: ClassName = "",
    name: Name = "",
    until: Until = None,
    password_stdin: FromStdin = False,
) -> None:
    """Добавить учётную запись кабинета; пароль читается из стандартного ввода."""
    from actions import accounts

    password = _password(password_stdin)

    async def add() -> None:
        async with opened(configured(), clock()) as database, at_work(database, school, clock()) as work:
            last = _end_of(work, until)
            await accounts.add_user(work, login, role, password, name, class_name, last)

    do(add())
    say("cli-user-added", login=login)


@user_app.command("invite")
def invite_user(
    role: Role, school: School = None, class_name: ClassName = "", name: Name = "", until: Until = None
) -> None:
    """Сделать одноразовую ссылку, по которой сотрудник сам придумает логин и пароль."""
    from actions import staff_invitations
    from app.channels import links

    async def make() -> str:
        settings = configured()
        async with opened(settings, clock()) as database:
            found = await links(settings, database, clock())
            async with at_work(database, school, clock()) as work:
                last = _end_of(work, until)
                made = await staff_invitations.invite(work, None, role, name, class_name, last)
                return found.staff(made.id, made.nonce)

    typer.echo(do(make()))


@user_app.command("password")
def set_password(login: Login, password_stdin: FromStdin = False) -> None:
    """Задать новый пароль; код при входе, если был, выключится, сессии закончатся."""
    from actions import accounts

    password = _password(password_stdin)

    async def change() -> None:
        async with _of(login) as (work, user):
            await accounts.set_password(work, user, password)
            await rows.drop_second_step(work.session, user.id)

    do(change())
    say("cli-user-password", login=login)


@user_app.command("link")
def let_in(login: Login) -> None:
    """Сделать одноразовую ссылку для нового пароля; закрытая учётная запись откроется."""
    from actions import staff_invitations
    from actions.links import Links

    async def make() -> str:
        settings = configured()
        async with _of(login) as (work, user):
            made = await staff_invitations.let_back_in(work, None, user)
            return Links(settings.public_url, settings.secret()).staff(made.id, made.nonce)

    typer.echo(do(make()))


@user_app.command("codes")
def require_codes(
    roles: Annotated[list[StaffRole] | None, typer.Argument(help="роли; без них – ни от кого")] = None,
    school: School = None,
) -> None:
    """От каких ролей требовать код при входе; заменяет прежний список."""
    from actions import second_step

    async def require() -> None:
        async with opened(configured(), clock()) as database, at_work(database, school, clock()) as work:
            await second_step.require(work, roles or ())

    do(require())
    say("cli-user-codes", roles=", ".join(roles or ()) or "–")


@user_app.command("close")
def close_user(login: Login) -> None:
    """Закрыть доступ; сессии закончатся сразу."""
    from actions import accounts

    async def close() -> None:
        async with _of(login) as (work, user):
            await accounts.close_user(work, user)

    do(close())
    say("cli-user-closed", login=login)


@user_app.command("list")
def list_users(school: School = None) -> None:
    """Показать учётные записи: логин, роль, имя, открыта ли."""

    async def read() -> list[tuple[str, str, str, bool]]:
        async with opened(configured(), clock()) as database, at_work(database, school, clock()) as work:
            found = await rows.of_school(work.session, work.school.id)
            return [(one.login, one.role, one.name, one.active) for one in found]

    for login, role, name, active in do(read()):
        typer.echo(
            "\t".join([login, role, name or "-", words("cli-user-open" if active else "cli-user-shut")])
        )


@asynccontextmanager
async def _of(login: str) -> AsyncIterator[tuple[Work, User]]:
    """A transaction of the account's own school. Raises Refusal: no such account."""
    async with opened(configured(), clock()) as database, database.transaction() as session:
        user = await rows.by_login(session, login.strip().casefold())
        if user is None:
            raise Refusal("admin-user-missing")
        yield Work(session, await schools.get(session, user.school_id), clock(), "cli"), user


def _password(from_stdin: bool) -> str:
    if not from_stdin:
        raise typer.BadParameter(words("cli-password-stdin"))
    return sys.stdin.readline().rstrip("\r\n")


def _end_of(work: Work, day: datetime | None) -> datetime | None:
    """The end of the day by the school's clock."""
    return datetime.combine(day.date() + timedelta(days=1), time(0), work.zone) if day else None
