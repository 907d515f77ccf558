"""Alembic's entrance; `storage.migrate` hands the open connection over."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from storage.tables import Base
from storage.tables.base import UtcTime


def _render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """History must import no live class: our types are written as the plain ones below them."""
    if kind == "type":
        if isinstance(item, UtcTime):
            return "sa.DateTime(timezone=True)"
        if type(item).__name__ == "JSON":
            _context.imports.add("from sqlalchemy.dialects import postgresql")
            return "sa.JSON().with_variant(postgresql.JSONB(), 'postgresql')"
        if type(item).__name__ == "BigInteger":
            return "sa.BigInteger().with_variant(sa.Integer(), 'sqlite')"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    render_item=_render_item,
    compare_type=False,
)
with context.begin_transaction():
    context.run_migrations()
