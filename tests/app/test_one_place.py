"""The service, the nightly copy and the commands of the documented set-up open the same data."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from app.environment import SettingsError
from app.settings import load
from tests.reading import ROOT

HOME, ACCOUNT, DATA = "/opt/nastavnik", "nastavnik", "/var/lib/nastavnik"
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "deploy"
SERVICES = sorted(DEPLOY.glob("*.service"))


def lines(unit: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def files_of_settings() -> list[str]:
    """Every `.env` that the page tells to write."""
    return [block for block in re.findall(r"```ini\n(.*?)```", PAGE, re.DOTALL) if "NASTAVNIK_" in block]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_service_brings_no_settings_of_its_own(unit: Path) -> None:
    assert lines(unit, "Environment") + lines(unit, "EnvironmentFile") + lines(unit, "LoadCredential") == []
    assert (lines(unit, "WorkingDirectory"), lines(unit, "User")) == ([HOME], [ACCOUNT])
    assert [f"/var/lib/{one}" for one in lines(unit, "StateDirectory")] == [DATA]
    assert all(f"{HOME}/.venv/bin/nastavnik " in one for one in lines(unit, "ExecStart"))


def test_the_settings_of_the_page_lie_where_the_services_may_write(tmp_path: Path) -> None:
    written = files_of_settings()
    assert len(written) == 2  # one school; a region
    for number, words in enumerate(written):
        # The secrets of the region stand in files of its servers.
        here = re.sub(r"=/etc/nastavnik/(.*)", rf"={tmp_path}/\1", words)
        for name in re.findall(r"=/etc/nastavnik/(.*)", words):
            (tmp_path / name).write_text("postgresql://h/db" if "database" in name else "1:" + "a" * 30)
        (tmp_path / f"{number}.env").write_text(here, encoding="utf-8")
        assert str(load({}, tmp_path / f"{number}.env").data_dir) == DATA
    made = re.findall(r"^install -d (.*)$", PAGE, re.MULTILINE)
    assert f"-m 700 -o {ACCOUNT} -g {ACCOUNT} {DATA} /backup" in made


def test_a_command_of_the_page_runs_in_the_same_folder_under_the_same_account(tmp_path: Path) -> None:
    called = (DEPLOY / ACCOUNT).read_text(encoding="utf-8")
    assert f"cd {HOME} && exec runuser -u {ACCOUNT} -- {HOME}/.venv/bin/nastavnik" in called
    assert "install -m 755 deploy/nastavnik /usr/local/bin/" in PAGE
    # Said once, of one's own computer: on a server it would open ./data as whoever called it.
    assert len(re.findall(r"(?<!\w)\.venv/bin/nastavnik", PAGE)) == 1

    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "runuser").write_text('#!/bin/sh\npwd; printf "%s\\n" "$@"\n')
    (tmp_path / "bin" / "runuser").chmod(0o755)
    (tmp_path / "opt").mkdir()
    script = called.replace(f"cd {HOME}", f"cd {tmp_path}/opt")
    said = subprocess.run(
        ["/bin/sh", "-c", script, "nastavnik", "user", "add", "два слова"],
        env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin"}, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    assert said[0] == f"{tmp_path}/opt"
    assert said[-4:-1] == ["user", "add", "два слова"]


def test_the_nightly_copy_lies_where_its_service_may_write_and_the_page_looks() -> None:
    service, timer = DEPLOY / "nastavnik-backup.service", DEPLOY / "nastavnik-backup.timer"
    assert lines(service, "ReadWritePaths") == ["/backup"]
    (start,) = lines(service, "ExecStart")
    (tidy,) = lines(service, "ExecStartPost")
    assert '.venv/bin/nastavnik backup "/backup/nastavnik-$$(date +%%F).zip"' in start
    assert tidy.startswith("/usr/bin/find /backup -name nastavnik-*.zip ")
    assert (lines(timer, "Persistent"), lines(timer, "WantedBy")) == (["true"], ["timers.target"])
    copied = re.findall(r"^cp (.*) /etc/systemd/system/$", PAGE, re.MULTILINE)
    assert {one for line in copied for one in line.split()} == {
        f"deploy/{one.name}" for one in [*SERVICES, timer]
    }
    assert "systemctl enable --now nastavnik nastavnik-backup.timer" in PAGE
    assert "cron" not in PAGE
    assert set(re.findall(r"nastavnik (?:backup|restore) (/[\w.-]+)/", PAGE)) == {"/backup"}


def test_settings_that_may_not_be_read_are_a_sentence_not_a_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError

    (tmp_path / ".env").write_text("NASTAVNIK_DATA_DIR=/var/lib/nastavnik\n")
    monkeypatch.setattr("app.environment.dotenv_values", closed)  # the tests may run as root
    with pytest.raises(SettingsError, match="право читать"):
        load({}, tmp_path / ".env")
