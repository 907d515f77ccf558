"""What all tables share: naming of constraints, keys, aware times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, ForeignKey, Integer, MetaData, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcTime(TypeDecorator[datetime]):
    """An aware instant. Stored in UTC, read back in UTC; a naive value is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    # Every instant read or written passes here; of SQLite's text one call of the interpreter's own makes one.
    def bind_processor(self, dialect: Dialect) -> Any:
        return _text if dialect.name == "sqlite" else super().bind_processor(dialect)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        return _instant if dialect.name == "sqlite" else super().result_processor(dialect, coltype)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        # SQLite keeps no zone: the text must sort as the instant does.
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _text(value: datetime | None) -> str | None:
    """As SQLAlchemy writes a time without a zone: the text must sort as the instant does."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("naive datetime")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _instant(value: str | None) -> datetime | None:
    # One call: replacing the zone afterwards takes nine times as long.
    return None if value is None else datetime.fromisoformat(value + "+00:00")


Json = JSON().with_variant(JSONB(), "postgresql")
BigKey = BigInteger().with_variant(Integer(), "sqlite")


def Bytewise(length: int) -> Any:  # noqa: N802 - stands where a type does
    """Text that is compared byte by byte on either database: by its beginning it is found through an index."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


Key = Annotated[int, mapped_column(BigKey, primary_key=True, autoincrement=True)]
SchoolKey = Annotated[int, mapped_column(BigKey, ForeignKey("school.id"), index=True)]
Slug = Annotated[str, mapped_column(String(64))]
Line = Annotated[str, mapped_column(String(300))]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it from the class
        datetime: UtcTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
    }
