"""Logs: one line per event, text on a terminal, JSON otherwise. An event and ids, never a person's words."""

from __future__ import annotations

import logging
import re
import sys
from traceback import format_tb
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

# Most of our people are children: what may name them or open their pages never reaches a log.
FORBIDDEN = frozenset(
    {
        "name", "first_name", "last_name", "middle_name", "full_name", "login", "phone", "email", "address",
        "birth_date", "class_name", "text", "words", "body", "answer", "title", "token", "password", "secret",
        "url", "link", "query",
    }
)  # fmt: skip
# Telegram's and VK's tokens, and our own signed addresses, as they may stand in a traceback.
_SECRETS = re.compile(
    r"\d{6,}:[\w-]{30,}|vk\d\.[a-z]\.[\w-]{20,}|\b[0-9a-f]{80,}\b"
    r"|(?<=/chat/)[\w.-]+|(?<=/join/)[\w.-]+|(?<=/consent/)[\w.-]+|(?<=/calendar/)[\w.-]+|(?<=/my-data/)[\w.-]+"
    r"|(?<=/poll/)[\w.-]+|(?<=/welcome/)[\w.-]+|(?<=/setup/)[\w.-]+"
    r"|(?<=://)[^\s/@]+:[^\s/@]+(?=@)"
)
# What an error repeats of somebody's words: quoted values, letters that are not English, telephones, addresses of mail.
_SAID = re.compile(
    r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|«[^»]*»|[^\W\d_]*[^\x00-\x7f][^\x00-\x7f\s]*"
    r"|\+?\d(?:[\s().-]{0,2}\d){9,14}|[\w.+-]+@[\w-]+\.[\w.-]+",
    re.DOTALL,
)
_VALUES = re.compile(r"\[parameters:|\bDETAIL:|\binput_value=|\bFailing row contains")
DEEPEST = 10  # errors that led to one another
# Libraries that tell addresses with tokens or repeat each request at their usual level.
_QUIET = ("httpx", "httpx2", "httpcore2", "urllib3", "aiohttp", "aiogram", "apscheduler", "sqlalchemy", "aiosqlite", "alembic", "asyncio")  # fmt: skip


def set_up(
    log_format: Literal["text", "json"] | None = None,
    level: int = logging.INFO,
    stream: TextIO | None = None,
) -> None:
    """Points structlog and the standard library's loggers at one stream (stderr).

    Args:
        log_format: None is text on a terminal, else JSON.
    """
    stream = stream or sys.stderr
    as_text = log_format == "text" or (log_format is None and stream.isatty())
    before: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(told),
        keep_private,
    ]
    render: Processor = (
        structlog.dev.ConsoleRenderer(colors=stream.isatty())
        if as_text
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=before,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for quiet in _QUIET:
        logging.getLogger(quiet).setLevel(logging.WARNING)
    logging.getLogger("uvicorn.access").disabled = True  # its lines hold the addresses of people's pages


def told(exc_info: ExcInfo) -> str:
    """Where it happened and of which kind it is, with what led to it; of its words no value."""
    chain: list[BaseException] = [exc_info[1]]
    while len(chain) < DEEPEST and (before := _before(chain[-1])) is not None:
        chain.append(before)
    lines: list[str] = []
    for one in reversed(chain):
        lines += ["Traceback (most recent call last):", *"".join(format_tb(one.__traceback__)).splitlines()]
        inside = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        lines += [f"{_kind(it)}: {hushed(str(it))}" for it in (one, *inside)]
    return "\n".join(lines)


def _before(error: BaseException) -> BaseException | None:
    return error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _kind(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def hushed(words: str) -> str:
    """What an error says, without the values that it repeats: they may be a child's."""
    found = _VALUES.search(words)
    return _SAID.sub("***", words[: found.start()] if found else words)


def keep_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drops forbidden keys and blots out what looks like a token in the rest."""
    kept: dict[str, Any] = {}
    for key, value in event.items():
        if key in FORBIDDEN:
            continue
        if isinstance(value, str):
            if key == "event" and "_record" in event:  # of a library: our own events hold no values
                value = hushed(value)
            value = _SECRETS.sub("***", value)
        kept[key] = value
    return kept
