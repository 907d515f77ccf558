"""The command line: `nastavnik …`. Exit status 0 done, 1 refused or found wrong, 2 called wrongly."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar

import structlog
import typer
from typer.exceptions import Exit, TyperException

from app import log
from app.clock import Clock
from app.environment import SettingsError
from app.settings import Settings, load
from locales import Texts
from program.errors import Refusal

T = TypeVar("T")
PARTS = ("bot", "scheduler", "admin")

words = Texts("ru")
clock = Clock()
app = typer.Typer(
    name="nastavnik", add_completion=False, rich_markup_mode=None, help="Наставник: школьное наставничество."
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; whatever goes wrong is one sentence on stderr."""
    from app import cli_school, cli_users  # noqa: F401 - their commands join `app`

    os.umask(0o077)  # what it writes is about children: for the program's own account only
    try:
        status = app(list(sys.argv[1:] if arguments is None else arguments), standalone_mode=False)
    except SettingsError as wrong:
        return _complain(wrong.sentence, 2)
    except Refusal as refusal:
        return _complain(words(refusal.text), 1)
    except TyperException as wrong:
        said = wrong.format_message() if hasattr(wrong, "format_message") else str(wrong)
        return _complain(words("cli-usage", said=said.rstrip(".")), 2)
    except Exit as left:
        return int(left.exit_code)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has seen enough: nastavnik reports | head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception:
        structlog.get_logger().exception("cli.defect")
        return _complain(words("cli-defect"), 1)
    return status if isinstance(status, int) else 0


def configured(*, serving: bool = False) -> Settings:
    """Settings, with logging set up as they say. A command that ends by itself tells only of trouble."""
    settings = load()
    log.set_up(settings.log_format, logging.INFO if serving else logging.WARNING)
    return settings


def do(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def say(text_id: str, **args: str | int) -> None:
    typer.echo(words(text_id, **args))


def _require_free(host: str, port: int) -> None:
    """Raises Refusal when another program listens there already, or the address is not this machine's."""
    try:
        with socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET):
            pass
    except OSError:
        raise Refusal("cli-port-busy", host=host, port=str(port)) from None


def _complain(sentence: str, status: int) -> int:
    typer.echo(" ".join(sentence.split()), err=True)
    return status


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="на каком порту открыть")] = 8000,
    data: Annotated[Path | None, typer.Option(help="папка; без неё данные исчезнут при выходе")] = None,
) -> int:
    """Показать школу с выдуманными людьми: без токенов и без сети."""
    settings = configured(serving=True)
    _require_free(settings.admin.host, port)
    from app import scenes

    return do(scenes.play(settings, scenes.Scene.DEMO, PARTS, port, data))


@app.command()
def run(
    parts: Annotated[list[str] | None, typer.Argument(help="bot, scheduler, admin; по умолчанию всё")] = None,
) -> int:
    """Запустить на данных школы."""
    for part in parts or ():
        if part not in PARTS:
            raise typer.BadParameter(words("cli-parts", part=part))
    settings = configured(serving=True)
    if not parts or "admin" in parts:
        _require_free(settings.admin.host, settings.admin.port)
    from app import scenes

    return do(scenes.play(settings, scenes.Scene.OWN, parts or PARTS, settings.admin.port))


@app.command()
def migrate(
    copy_made: Annotated[
        bool, typer.Option("--copy-made", help="копия PostgreSQL сделана руками, свою не делать")
    ] = False,
) -> None:
    """Привести базу данных к этой версии программы; перед этим программа делает копию."""
    from app.opening import to_head

    before, after = do(to_head(configured(), clock(), copy_made=copy_made))
    say("cli-migrated" if before != after else "cli-migrated-already", revision=after)


@app.command()
def doctor(
    fix: Annotated[
        bool, typer.Option("--fix", help="исправить в каналах то, что можно без человека")
    ] = False,
) -> int:
    """Проверить каждую настройку и каждый канал: по строке на проверку."""
    from app import doctor as checks

    settings = configured()
    return do(checks.run(settings, clock(), typer.echo, fix=fix))


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="куда записать копию")]) -> None:
    """Сделать копию всех данных одним файлом; программу останавливать не нужно."""
    from app import backup as copies

    made = do(copies.make(configured(), file, clock()))
    say("backup-done", file=str(file), schools=made.schools, people=made.people)


@app.command()
def unlock(
    file: Annotated[Path, typer.Argument(help="копия, запертая паролем")],
    out: Annotated[Path, typer.Argument(help="куда положить её открытой")],
) -> None:
    """Открыть запертую копию PostgreSQL, чтобы вернуть её командой pg_restore."""
    from app import backup as copies

    copies.unlocked(configured(), file, out)
    say("backup-unlocked", file=str(out))


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="копия, сделанная командой backup")],
    force: Annotated[bool, typer.Option("--force", help="заменить данные, которые уже есть")] = False,
) -> None:
    """Вернуть данные из копии; программа должна быть остановлена."""
    from app import backup as copies

    found, settled = do(copies.restore(configured(), file, clock(), force=force))
    say("backup-restored", made=found.made_at, schools=found.schools, people=found.people)
    say("backup-settled", messages=settled.messages)
    if settled.known:
        say("backup-repeated", erased=settled.erased, closed=settled.closed)
    say("backup-repeat-consents" if settled.known else "backup-repeat-all", made=found.made_at)
