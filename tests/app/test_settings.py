"""Settings come from the environment, `.env` and files; a wrong one is named and never shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo
from sqlalchemy.engine import make_url

from app.environment import SettingsError
from app.settings import Settings, load, names
from tests.reading import ROOT


def given(folder: Path, dotenv: str = "", **values: str) -> Settings:
    (folder / ".env").write_text(dotenv, encoding="utf-8")
    return load({f"NASTAVNIK_{name}": value for name, value in values.items()}, folder / ".env")


def sentence(folder: Path, dotenv: str = "", **values: str) -> str:
    with pytest.raises(SettingsError) as wrong:
        given(folder, dotenv, **values)
    return wrong.value.sentence


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    settings = given(tmp_path)

    assert settings.database_url == "sqlite+aiosqlite:///data/nastavnik.db"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert (settings.telegram.token, settings.vk.token, settings.metrics.token) == (None, None, None)


def test_no_secret_is_ready_made(tmp_path: Path) -> None:
    """Neither in the programme nor in what it is installed with: each comes from the school, or is made at its first start."""
    secret = [name for name, of in _secrets(Settings)]
    assert secret == [
        "SECRET_KEY", "TELEGRAM__TOKEN", "TELEGRAM__WEBHOOK_SECRET", "VK__TOKEN", "VK__SECRET", "VK__WALL_TOKEN",
        "METRICS__TOKEN", "BACKUP__PASSPHRASE",
    ]  # fmt: skip
    assert [name for name, of in _secrets(Settings) if of.default is not None] == []
    assert make_url(given(tmp_path).database_url).password is None
    one, other = (given(tmp_path, DATA_DIR=str(tmp_path / name)).secret() for name in ("one", "other"))
    assert one != other
    for file in sorted((ROOT / "deploy").iterdir()):
        words = file.read_text(encoding="utf-8")
        ready = re.findall(
            r"^[^#\n]*(?:" + "|".join([*secret, "DATABASE_URL"]) + r")[:=] *\S+", words, re.MULTILINE
        )
        assert ready == [], file.name
    compose = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
    assert re.findall(r"POSTGRES_PASSWORD\w*", compose) == ["POSTGRES_PASSWORD_FILE"]
    assert set(re.findall(r"_FILE: (\S+)", compose)) == {
        f"/run/secrets/{name}"
        for name in re.findall(r"^  ([\w-]+): {file: secrets/\1}", compose, re.MULTILINE)
    }


def _secrets(part: type[BaseModel], before: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Settings that are not shown when they are printed, with what each is unless it is set."""
    for name, of in part.model_fields.items():
        inner = of.annotation
        if SecretStr in get_args(inner):
            yield f"{before}{name}".upper(), of
        elif isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _secrets(inner, f"{before}{name}__")


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    settings = given(
        tmp_path, "NASTAVNIK_ADMIN__PORT=8001\nNASTAVNIK_ADMIN__HOST=0.0.0.0\nOTHER=1", ADMIN__PORT="8002"
    )

    assert (settings.admin.port, settings.admin.host) == (8002, "0.0.0.0")


def test_a_file_made_on_windows_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfNASTAVNIK_ADMIN__PORT=8003\r\n")

    assert load({}, tmp_path / ".env").admin.port == 8003


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("42:secret\n")

    settings = given(tmp_path, TELEGRAM__TOKEN_FILE=str(tmp_path / "token"))

    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == "42:secret"


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("postgresql://u:p@h/db", "postgresql+asyncpg://u:p@h/db"),
        ("postgres://h/db?sslmode=require", "postgresql+asyncpg://h/db?ssl=require"),
        ("postgresql+asyncpg://h/db", "postgresql+asyncpg://h/db"),
        ("sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_the_usual_address_of_a_database_is_enough(tmp_path: Path, url: str, read: str) -> None:
    assert given(tmp_path, DATABASE_URL=url).database_url == read


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("TELEGRAM_TOKEN", "x", "NASTAVNIK_TELEGRAM__TOKEN"),
        ("ADMIN__PORT", "eighty", "NASTAVNIK_ADMIN__PORT"),
        ("ADMIN__PORT", "70000", "NASTAVNIK_ADMIN__PORT"),
        ("TELEGRAM__MODE", "push", "polling, webhook"),
        ("DATABASE_URL", "mysql://root:hidden@h/db", "NASTAVNIK_DATABASE_URL"),
        ("ADMIN__PROXIES", "*", "NASTAVNIK_ADMIN__PROXIES"),
        ("ADMIN__PROXIES", "nginx", "NASTAVNIK_ADMIN__PROXIES"),
        ("ADMIN__PROXIES", "10.0.0.1,,", "NASTAVNIK_ADMIN__PROXIES"),
        ("ADMIN__PROXIES", "0.0.0.0/0", "NASTAVNIK_ADMIN__PROXIES"),
        ("ADMIN__PROXIES", "10.0.0.0/99", "NASTAVNIK_ADMIN__PROXIES"),
        ("PUBLIC_URL", "school.ru", "NASTAVNIK_PUBLIC_URL"),
        ("SECRET_KEY", "hidden", "NASTAVNIK_SECRET_KEY"),
        ("SECRET_KEY_FILE", "/none", "NASTAVNIK_SECRET_KEY_FILE"),
        ("VK__TOKEN", "hidden", "NASTAVNIK_VK__GROUP_ID"),
        ("VK__GROUP_ID", "-5", "NASTAVNIK_VK__GROUP_ID"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(tmp_path: Path, name: str, value: str, said: str) -> None:
    words = sentence(tmp_path, **{name: value})

    assert said in words
    assert "hidden" not in words
    assert "\n" not in words


def test_an_unknown_name_in_the_file_is_named(tmp_path: Path) -> None:
    assert "NASTAVNIK_COLOUR" in sentence(tmp_path, "NASTAVNIK_COLOUR=red")


def test_a_value_and_its_file_at_once_are_refused(tmp_path: Path) -> None:
    assert "NASTAVNIK_SECRET_KEY" in sentence(tmp_path, SECRET_KEY="k" * 40, SECRET_KEY_FILE="/none")


def test_a_webhook_needs_its_secret(tmp_path: Path) -> None:
    assert "NASTAVNIK_TELEGRAM__WEBHOOK_SECRET" in sentence(
        tmp_path, TELEGRAM__TOKEN="1:a", TELEGRAM__MODE="webhook"
    )


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    settings = given(tmp_path, DATA_DIR=str(tmp_path / "data"))

    assert settings.secret() == settings.secret()
    assert settings.secret_file.stat().st_mode & 0o777 == 0o600


def test_secrets_do_not_show_when_settings_are_printed(tmp_path: Path) -> None:
    settings = given(
        tmp_path,
        TELEGRAM__TOKEN="42:hidden",
        DATABASE_URL="postgresql://u:hidden@h/db",
        SECRET_KEY="hidden" * 9,
    )

    assert "hidden" not in repr(settings)


def test_a_passphrase_of_copies_is_long_or_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="NASTAVNIK_BACKUP__PASSPHRASE"):
        load({"NASTAVNIK_BACKUP__PASSPHRASE": "коротко"}, tmp_path / "no.env")


def test_the_operators_page_lists_every_setting() -> None:
    """docs/operations.md holds the table that `python -m app.settings` prints."""
    from app.settings import table

    page = Path("docs/operations.md").read_text(encoding="utf-8")
    assert table() in page, "put the output of `python -m app.settings` into docs/operations.md"
    assert all(f"`{name}`" in page for name in names())
