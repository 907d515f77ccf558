"""Settings: environment or `.env`, one typed place. Read once, in app/.

Every name begins with `NASTAVNIK_`, parts are joined by `__`, and each may be given as `..._FILE` instead
(the value is then read from that file). A name that we do not know is an error, not silence: a mistyped
token would otherwise look like a channel that is switched off.
"""

from __future__ import annotations

import ipaddress
import os
import re
import secrets
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.environment import PREFIX, SettingsError, gather
from locales import Texts
from storage.database import sqlite_url

DATABASE_FILE = "nastavnik.db"
SECRET_FILE = "secret.key"  # noqa: S105 - a file's name
LOOPBACK = "127.0.0.1,::1"

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # Bot API 10.2, setWebhook
_words = Texts("ru")


class Admin(BaseModel):
    """The web part: the curator's admin, join and consent pages, the web chat."""

    host: str = Field(default="127.0.0.1", description="на каком адресе слушать; 0.0.0.0 — на всех")
    port: int = Field(default=8000, ge=1, le=65535, description="на каком порту слушать")
    proxies: str = Field(
        default=LOOPBACK,
        description="адреса и сети веб-сервера перед программой, через запятую: только от него X-Forwarded-For называет посетителя",
    )

    @field_validator("proxies")
    @classmethod
    def _machines(cls, value: str) -> str:
        """As uvicorn reads them: what it does not understand it would pass over in silence."""
        try:
            return ",".join(_machine(one.strip()) for one in value.split(","))
        except ValueError:
            raise _wrong("settings-not-machines") from None


class Telegram(BaseModel):
    token: SecretStr | None = Field(
        default=None, description="токен бота от @BotFather; без него Telegram выключен"
    )
    api_url: str = Field(default="https://api.telegram.org", description="сервер Bot API")
    mode: Literal["polling", "webhook"] = Field(
        default="polling", description="опрашивать сервер самим или принимать вебхуки"
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="секрет вебхука: латинские буквы, цифры, _ и -; обязателен для webhook"
    )

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _web_address(value)

    @model_validator(mode="after")
    def _complete(self) -> Telegram:
        if self.token and self.mode == "webhook" and not self.webhook_secret:
            raise _wrong("settings-webhook-secret")
        if self.webhook_secret and not _SECRET.fullmatch(self.webhook_secret.get_secret_value()):
            raise _wrong("settings-webhook-secret-odd")
        return self


class Vk(BaseModel):
    token: SecretStr | None = Field(
        default=None, description="ключ доступа сообщества; без него ВКонтакте выключен"
    )
    group_id: int | None = Field(default=None, gt=0, description="номер сообщества, без минуса")
    api_url: str = Field(default="https://api.vk.ru", description="сервер API")
    mode: Literal["long_poll", "callback"] = Field(
        default="long_poll", description="опрашивать сервер самим или принимать Callback API"
    )
    secret: SecretStr | None = Field(
        default=None, description="секретный ключ Callback API; обязателен для callback"
    )
    confirmation: str = Field(
        default="",
        description="строка, которую ждёт Callback API; без неё программа спросит её у ВКонтакте сама",
    )
    wall_token: SecretStr | None = Field(
        default=None,
        description="токен пользователя с правом wall; без него новости на стену публикуют вручную",
    )

    @field_validator("api_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return _web_address(value)

    @model_validator(mode="after")
    def _complete(self) -> Vk:
        if self.token and not self.group_id:
            raise _wrong("settings-vk-group")
        if self.token and self.mode == "callback" and not self.secret:
            raise _wrong("settings-vk-callback")
        if self.secret and len(self.secret.get_secret_value()) > 50:  # VK-SCHEMA groups.addCallbackServer
            raise _wrong("settings-vk-secret")
        return self


class Metrics(BaseModel):
    token: SecretStr | None = Field(default=None, description="токен для /metrics; без него страница закрыта")


class Backup(BaseModel):
    passphrase: SecretStr | None = Field(
        default=None, description="пароль, которым запираются копии, от 16 знаков; без него копии открыты"
    )

    @field_validator("passphrase")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        return _of_sixteen(value)


class Settings(BaseModel):
    """What the operator decided. A channel whose token is None is off."""

    data_dir: Path = Field(default=Path("data"), description="папка с данными: база, ключ, копии")
    database_url: str = Field(
        default="",
        repr=False,
        description="postgresql://… или sqlite:///…; по умолчанию файл SQLite в DATA_DIR",
    )
    secret_key: SecretStr | None = Field(
        default=None, description="ключ подписи адресов; по умолчанию создаётся при первом запуске в DATA_DIR"
    )
    public_url: str = Field(
        default="",
        description="адрес, по которому участники открывают страницы; по умолчанию http://127.0.0.1:порт",
    )
    log_format: Literal["text", "json"] | None = Field(
        default=None, description="text или json; по умолчанию text в терминале, иначе json"
    )
    admin: Admin = Field(default_factory=Admin)
    telegram: Telegram = Field(default_factory=Telegram)
    vk: Vk = Field(default_factory=Vk)
    metrics: Metrics = Field(default_factory=Metrics)
    backup: Backup = Field(default_factory=Backup)

    @field_validator("database_url")
    @classmethod
    def _database(cls, value: str) -> str:
        return _database_address(value) if value else value

    @field_validator("public_url")
    @classmethod
    def _public(cls, value: str) -> str:
        return _web_address(value) if value else value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr | None) -> SecretStr | None:
        return _of_sixteen(value)

    @model_validator(mode="after")
    def _fill(self) -> Settings:
        self.database_url = self.database_url or sqlite_url(self.data_dir / DATABASE_FILE)
        self.public_url = self.public_url or f"http://127.0.0.1:{self.admin.port}"
        return self

    @property
    def secret_file(self) -> Path:
        return self.data_dir / SECRET_FILE

    @property
    def passphrase(self) -> str:
        """What copies are locked with; "": they are not."""
        return self.backup.passphrase.get_secret_value() if self.backup.passphrase else ""

    def secret(self) -> str:
        """The installation's key; made at the first call if neither the setting nor the file gives one."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        self.data_dir.mkdir(parents=True, exist_ok=True)
        try:
            # O_EXCL: of two processes that start at once one makes the key, the other reads it.
            handle = os.open(self.secret_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self.secret_file.read_text(encoding="ascii").strip()
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48) + "\n")
        return self.secret_file.read_text(encoding="ascii").strip()


def load(environment: Mapping[str, str] | None = None, dotenv: Path | None = None) -> Settings:
    """Reads the environment, then `.env` of the working folder for what the environment does not say.

    Raises:
        SettingsError: a name is unknown or a value is wrong.
    """
    environment = os.environ if environment is None else environment
    dotenv = Path(".env") if dotenv is None else dotenv
    values = gather(environment, dotenv, names())
    nested: dict[str, Any] = {}
    for name, value in values.items():
        place = nested
        *parts, last = name.removeprefix(PREFIX).lower().split("__")
        for part in parts:
            place = place.setdefault(part, {})
        place[last] = value
    try:
        return Settings(**nested)
    except ValidationError as wrong:
        raise SettingsError(_sentence(wrong)) from None


def names() -> dict[str, tuple[str, str]]:
    """Every setting's full name, with its default ("" where there is none) and what it means."""
    return dict(_names(Settings, PREFIX))


def _names(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, tuple[str, str]]]:
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _names(kind, f"{prefix}{name.upper()}__")
        else:
            default = "" if field.default is None else str(field.default)
            yield f"{prefix}{name.upper()}", (default, field.description or "")


def _web_address(value: str) -> str:
    scheme, _, rest = value.partition("://")
    if scheme not in ("http", "https") or not rest.split("/")[0]:
        raise _wrong("settings-not-address")
    return value.rstrip("/")


def _database_address(value: str) -> str:
    """The same address with the driver that we use."""
    try:
        url = make_url(value)
    except ArgumentError:
        raise _wrong("settings-not-database") from None
    kind = url.drivername.partition("+")[0]
    if kind == "sqlite":
        return url.set(drivername="sqlite+aiosqlite").render_as_string(hide_password=False)
    if kind not in ("postgresql", "postgres"):
        raise _wrong("settings-not-database")
    if "sslmode" in url.query:  # libpq's word; the driver calls it ssl
        url = url.set(query={**url.query, "ssl": url.query["sslmode"]}).difference_update_query(["sslmode"])
    return url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def _machine(words: str) -> str:
    """An address or a network. Raises ValueError: neither, or everybody, who could then call himself anybody."""
    if "/" not in words:
        return str(ipaddress.ip_address(words))
    network = ipaddress.ip_network(words, strict=False)
    if network.prefixlen == 0:
        raise ValueError
    return str(network)


def _of_sixteen(value: SecretStr | None) -> SecretStr | None:
    if value is not None and len(value.get_secret_value()) < 16:
        raise _wrong("settings-secret-short")
    return value


def _wrong(text_id: str) -> PydanticCustomError:
    return PydanticCustomError("settings", text_id)


def _sentence(wrong: ValidationError) -> str:
    """The first fault, without the value: it may be a token."""
    fault = wrong.errors(include_url=False, include_input=False)[0]
    name = PREFIX + "__".join(str(part) for part in fault["loc"]).upper()
    match fault["type"]:
        case "settings":
            return _words(fault["msg"], name=name)
        case "literal_error":
            return _words("settings-choice", name=name, choices=_choices(fault["ctx"]["expected"]))
        case "int_parsing" | "greater_than" | "greater_than_equal" | "less_than_equal":
            return _words("settings-number", name=name)
        case _:
            return _words("settings-wrong", name=name)


def _choices(expected: str) -> str:
    """pydantic's "'a' or 'b'" without quotes and English."""
    return expected.replace("'", "").replace(" or ", ", ")


def table() -> str:
    """Every setting as a Markdown table; docs/operations.md holds it."""
    rows = [
        f"| `{name}` | {f'`{default}`' if default else ''} | {meaning} |"
        for name, (default, meaning) in names().items()
    ]
    return "\n".join(["| настройка | по умолчанию | что это |", "| --- | --- | --- |", *rows])


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
