"""What the operator types, and what the command line answers: one sentence, and an exit status."""

from __future__ import annotations

import io
import json
import os
import re
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main

Call = Callable[..., tuple[int, str, str]]
ROSTER = """Фамилия;Имя;Класс;Дата рождения
Ромашкина;Алиса;8А;05.03.2012
Подсолнухов;Тимур;8А;31.02.2012
"""


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the console script in an empty folder; returns its status, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        status = main(arguments)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call


def test_what_it_writes_can_be_read_by_its_own_account_only(call: Call, tmp_path: Path) -> None:
    was = os.umask(0o022)
    try:
        assert call("migrate")[0] == 0
    finally:
        os.umask(was)

    modes = {
        path.name: path.stat().st_mode & 0o077 for path in (tmp_path / "data", *(tmp_path / "data").iterdir())
    }
    assert set(modes.values()) == {0}, modes


@pytest.fixture
def school(call: Call) -> None:
    assert call("school", "add", "first", "--name", "Школа № 1", "--timezone", "Asia/Omsk")[0] == 0


@pytest.mark.parametrize(
    "wrong", [[], ["frob"], ["school", "add"], ["run", "kitchen"], ["user", "add", "anna", "--role", "king"]]
)
def test_a_wrong_call_is_one_sentence_and_status_2(call: Call, wrong: list[str]) -> None:
    status, out, err = call(*wrong)

    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1


def test_a_wrong_setting_is_status_2(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASTAVNIK_TELEGRAM_TOKEN", "hidden")

    status, out, err = call("migrate")

    assert (status, out) == (2, "")
    assert "NASTAVNIK_TELEGRAM__TOKEN" in err
    assert "hidden" not in err


def test_a_database_that_does_not_answer_is_a_sentence(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NASTAVNIK_DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none")

    status, _, err = call("migrate")

    assert status == 1
    assert len(err.splitlines()) == 1
    assert "NASTAVNIK_DATABASE_URL" in err


@pytest.mark.parametrize(
    ("slug", "name", "zone"),
    [
        ("Школа", "Школа", "Asia/Omsk"),
        ("second", " ", "Asia/Omsk"),
        ("second", "Школа", "Asia"),
        ("first", "Ш", "UTC"),
    ],
)
@pytest.mark.usefixtures("school")
def test_a_school_that_cannot_be_added_is_refused(call: Call, slug: str, name: str, zone: str) -> None:
    status, _, err = call("school", "add", slug, "--name", name, "--timezone", zone)

    assert status == 1
    assert len(err.splitlines()) == 1


@pytest.mark.usefixtures("school")
def test_the_first_school_is_the_default_and_knows_its_year(call: Call, tmp_path: Path) -> None:
    assert call("school", "add", "second", "--name", "Школа № 2", "--timezone", "Europe/Moscow")[0] == 0

    connection = sqlite3.connect(tmp_path / "data" / "nastavnik.db")
    schools = connection.execute("SELECT slug, is_default, settings FROM school ORDER BY id").fetchall()
    (instruments,) = connection.execute("SELECT count(*) FROM instrument WHERE school_id = 2").fetchone()
    connection.close()
    assert [(slug, default) for slug, default, _ in schools] == [("first", 1), ("second", 0)]
    first, last = json.loads(schools[0][2])["year"].split("-")
    assert int(last) == int(first) + 1
    assert instruments > 0


@pytest.mark.usefixtures("school")
def test_an_account_takes_its_password_from_stdin(call: Call) -> None:
    add = ("user", "add", "anna", "--role", "curator")

    assert call(*add)[0] == 2
    assert call(*add, "--password-stdin", stdin="short\n")[0] == 1
    assert call(*add, "--password-stdin", stdin="длинный пароль\n")[0] == 0
    status, _, err = call(*add, "--password-stdin", stdin="длинный пароль\n")
    assert status == 1
    assert "длинный" not in err


@pytest.mark.usefixtures("school")
def test_a_list_is_shown_first_and_loaded_once(call: Call, tmp_path: Path) -> None:
    (tmp_path / "8а.csv").write_text(ROSTER, encoding="cp1251")

    shown = call("import", "people", "8а.csv", "--dry-run")
    loaded = call("import", "people", "8а.csv")
    again = call("import", "people", "8а.csv")

    assert [status for status, _, _ in (shown, loaded, again)] == [0, 0, 0]
    assert "строка 2: добавить — Ромашкина Алиса" in shown[1]
    assert "строка 3: отказ — Подсолнухов Тимур: " in shown[1]
    assert "добавлено: 1" in shown[1]
    assert "Добавлено: 1" in loaded[1]
    assert "Добавлено: 0" in again[1]


@pytest.mark.usefixtures("school")
def test_a_loaded_list_is_taken_back_once_and_a_change_is_spelt_out(call: Call, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(
        "ФИО;Класс;Дата рождения\nРомашкина Алиса;8А;05.03.2012\n", encoding="utf-8"
    )
    call("import", "people", "list.csv")
    (tmp_path / "list.csv").write_text(
        "ФИО;Класс;Дата рождения\nРомашкина Алиса;9А;05.03.2012\n", encoding="utf-8"
    )
    assert "класс: 8А → 9А" in call("import", "people", "list.csv", "--dry-run")[1]
    assert call("import", "undo")[0] == 0
    assert "добавить — Ромашкина Алиса" in call("import", "people", "list.csv", "--dry-run")[1]
    status, _, err = call("import", "undo")
    assert (status, "Отменять нечего" in err) == (1, True)


@pytest.mark.usefixtures("school")
def test_a_file_that_is_no_list_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG")

    assert call("import", "people", "none.xlsx")[0] == 1
    status, _, err = call("import", "people", "photo.xlsx")
    assert status == 1
    assert len(err.splitlines()) == 1


@pytest.mark.usefixtures("school")
def test_an_invitation_is_a_token_and_a_link_for_each_channel(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NASTAVNIK_VK__TOKEN", "vk")
    monkeypatch.setenv("NASTAVNIK_VK__GROUP_ID", "777")

    status, out, _ = call("invite", "--role", "mentee", "--count", "2")

    assert status == 0
    lines = [line.split("\t") for line in out.splitlines()]
    assert len({token for token, *_ in lines}) == 2
    for token, telegram, vk, web in lines:
        assert telegram == "-"
        assert (vk, web) == (f"https://vk.me/club777?ref={token}", f"http://127.0.0.1:8000/join/{token}")


def test_without_a_school_the_way_out_is_named(call: Call) -> None:
    status, _, err = call("invite", "--role", "mentor")

    assert status == 1
    assert "nastavnik school add" in err


@pytest.mark.usefixtures("school")
def test_every_listed_report_is_made(call: Call, tmp_path: Path) -> None:
    status, out, _ = call("reports")

    assert status == 0
    names = [line.split("\t")[0] for line in out.splitlines()]
    assert names
    for name in names:
        assert call("report", name, "--out", f"{name}.out")[0] == 0
        assert (tmp_path / f"{name}.out").stat().st_size > 0
    assert call("report", "no-such", "--out", "x")[0] == 1


@pytest.mark.usefixtures("school")
def test_a_corrected_journal_is_found_out(call: Call, tmp_path: Path) -> None:
    assert call("audit", "verify")[0] == 0

    behind_the_back(tmp_path, "UPDATE journal_entry SET actor = 'user:2' WHERE number = 1")

    status, _, err = call("audit", "verify")
    assert status == 1
    assert "школа 1, строка 1" in err


@pytest.mark.usefixtures("school")
def test_a_journal_without_its_end_is_found_out_by_who_wrote_a_line_down(call: Call, tmp_path: Path) -> None:
    call("user", "add", "anna", "--role", "curator", "--password-stdin", stdin="длинный пароль\n")
    status, out, _ = call("audit", "verify")
    assert status == 0
    end = re.search(r"запись (\d+:[0-9a-f]{16})", out)
    assert end is not None
    assert call("audit", "verify", "--known", end[1])[0] == 0
    assert call("audit", "verify", "--known", "5:no")[0] == 2

    behind_the_back(tmp_path, "DELETE FROM journal_entry WHERE action = 'user.added'")

    assert call("audit", "verify")[0] == 0, "the chain alone cannot know"
    status, _, err = call("audit", "verify", "--known", end[1])
    assert status == 1
    assert "конец удалён" in err


@pytest.mark.usefixtures("school")
def test_accounts_are_made_let_in_and_closed_from_the_command_line(call: Call) -> None:
    add = ("user", "add", "anna", "--role", "psychologist", "--password-stdin")
    assert call(*add, stdin="длинный пароль\n")[0] == 0
    assert call("user", "password", "Anna", "--password-stdin", stdin="другой длинный\n")[0] == 0
    assert call("user", "password", "anna", "--password-stdin", stdin="мал\n")[0] == 1
    status, link, _ = call("user", "link", "anna")
    assert (status, "/welcome/" in link) == (0, True)
    assert "psychologist, curator" in call("user", "codes", "psychologist", "curator")[1]
    assert call("user", "codes", "pupil")[0] == 2
    assert (
        "–" in call("user", "codes")[1]
    )  # the way out where nobody has a telephone, or the server's clock is wrong
    assert call("user", "close", "anna")[0] == 0
    assert "anna\tpsychologist\t-\tзакрыта" in call("user", "list")[1]
    assert call("user", "link", "nobody")[0] == 1
    assert "/welcome/" in call("user", "invite", "--role", "sysadmin")[1]
    assert call("user", "invite", "--role", "evaluator")[0] == 1
    assert call("school", "municipality", "first", "Город")[0] == 0


def behind_the_back(tmp_path: Path, change: str) -> None:
    """What somebody with the file in hand may do: the triggers away, a line changed."""
    connection = sqlite3.connect(tmp_path / "data" / "nastavnik.db")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(change)
    for kind in ("update", "delete"):
        connection.execute(f"DROP TRIGGER journal_entry_no_{kind}")
    connection.execute(change)
    connection.commit()
    connection.close()


@pytest.mark.usefixtures("school")
def test_a_backup_made_by_the_command_restores(call: Call) -> None:
    assert call("backup", "copy.zip")[0] == 0
    assert call("restore", "copy.zip")[0] == 1
    assert call("restore", "copy.zip", "--force")[0] == 0
    assert call("backup", "none/copy.zip")[0] == 1


def test_migrating_twice_is_fine(call: Call) -> None:
    assert call("migrate")[0] == call("migrate")[0] == 0


def test_a_busy_port_is_a_sentence(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("NASTAVNIK_ADMIN__PORT", port)
        for command in (["run"], ["demo", "--port", port]):
            status, _, err = call(*command)
            assert status == 1
            assert port in err
            assert len(err.splitlines()) == 1
