"""Logs hold events and ids, never what would name a child or open a page."""

from __future__ import annotations

import io
import json
import logging

import pytest
import structlog

from app import log

ROOMS = ("app", "bot", "admin", "scheduler", "actions", "storage", "locales", "program")


@pytest.fixture
def lines() -> io.StringIO:
    stream = io.StringIO()
    log.set_up("json", stream=stream)
    return stream


def test_an_event_is_one_line_of_json_without_forbidden_keys(lines: io.StringIO) -> None:
    structlog.get_logger().info("pair.told", pair=17, name="Аня Котова", phone="+79000000000", text="Привет")

    line = json.loads(lines.getvalue())
    assert (line["event"], line["pair"]) == ("pair.told", 17)
    assert not {"name", "phone", "text"} & line.keys()


@pytest.mark.parametrize(
    "secret",
    [
        "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1",
        "vk1.a.AbCdEfGhIjKlMnOpQrStUvWxYz0123456789",
        "http://school.ru/chat/NDI.c2lnbmF0dXJl",
        "http://school.ru/my-data/WzEsMl0.c2lnbmF0dXJl",
        "http://school.ru/poll/WzEsMl0.c2lnbmF0dXJl",
        "http://school.ru/welcome/WzEsMl0.c2lnbmF0dXJl",
        "http://school.ru/setup/c2lnbmF0dXJl",
        "postgresql://user:password@host/db",
    ],
)
def test_a_traceback_shows_no_token(lines: io.StringIO, secret: str) -> None:
    try:
        raise RuntimeError(f"failed at {secret}")
    except RuntimeError:
        structlog.get_logger().exception("tick.failed")
        logging.getLogger("some.library").exception("failed with %s", secret)

    said = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [line["level"] for line in said] == ["error", "error"]
    for part in ("AAHdqTcvCH1", "AbCdEfGhIj", "c2lnbmF0dXJl", "user:password"):
        assert part not in lines.getvalue()


def test_lines_go_to_stderr_and_nowhere_else(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        logging.getLogger(), "handlers", []
    )  # as they were, afterwards: this stream is closed
    log.set_up("json")

    structlog.get_logger().info("pair.told", pair=17)
    logging.getLogger("some.library").warning("odd")

    out, err = capsys.readouterr()
    assert out == ""
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["pair.told", "odd"]
    (handler,) = logging.getLogger().handlers
    assert type(handler) is logging.StreamHandler
    ours = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in ROOMS]
    assert [name for name in ours if logging.getLogger(name).handlers] == []


def test_requests_of_pages_are_not_logged(lines: io.StringIO) -> None:
    logging.getLogger("uvicorn.access").info('"GET /chat/NDI.c2ln"')

    assert lines.getvalue() == ""


SAID = ("Звездочётов", "Zvezdochetov", "+7 900 111-22-33", "zvezda@example.ru", "2012-05-04")
# As libraries repeat in an error what was put into them.
REPEATED = (
    "invalid literal for int() with base 10: 'Zvezdochetov'",
    "duplicate key value violates unique constraint\nDETAIL:  Key (login)=(Zvezdochetov) already exists.",
    "(x.IntegrityError) NOT NULL constraint failed: person.last_name\n[SQL: INSERT]\n[parameters: (Zvezdochetov, 2012-05-04)]",
    "1 validation error\n  value [type=int_parsing, input_value=Zvezdochetov, input_type=str]",
    "no row for Звездочётов (+7 900 111-22-33, zvezda@example.ru)",
    'relation "Zvezdochetov" does not exist',
    "новое Звездочётов",
)


@pytest.mark.parametrize("words", REPEATED)
def test_an_error_that_repeats_somebodys_data_is_logged_without_them(lines: io.StringIO, words: str) -> None:
    try:
        try:
            raise ValueError(words)
        except ValueError as error:
            raise ExceptionGroup(words, [KeyError(SAID[0]), error]) from error
    except ExceptionGroup:
        structlog.get_logger().exception("tick.failed", tick="sweep")
        logging.getLogger("some.library").exception("failed: %s", words)

    ours, theirs = (json.loads(line) for line in lines.getvalue().splitlines())
    assert not [one for one in SAID if one in lines.getvalue()]
    assert "test_log.py" in ours["exception"], "where it happened stays"
    assert "ValueError" in ours["exception"]
    assert "KeyError: ***" in ours["exception"]
    assert theirs["event"].startswith("failed")


def test_a_plain_sentence_of_a_library_stays_readable() -> None:
    plain = "(sqlite3.OperationalError) no such table: person"
    assert log.hushed(plain) == plain
