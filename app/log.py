"""Logs: one line per event, text on a terminal, JSON otherwise. An event and ids, never a person's words."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

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
    r"|(?<=://)[^\s/@]+:[^\s/@]+(?=@)"
)
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
        structlog.processors.format_exc_info,
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


def keep_private(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Drops forbidden keys and blots out what looks like a token in the rest."""
    kept: dict[str, Any] = {}
    for key, value in event.items():
        if key in FORBIDDEN:
            continue
        kept[key] = _SECRETS.sub("***", value) if isinstance(value, str) else value
    return kept
