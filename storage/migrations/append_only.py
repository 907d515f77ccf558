"""Tables whose rows nobody changes or deletes, whoever asks: the database itself refuses.

A migration that lets alembic rebuild such a table (`batch_alter_table` with a changed column on SQLite) loses its
triggers and calls `keep` again. Emptying a whole table (TRUNCATE) stays possible: a restored copy needs it.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

CHANGES = ("UPDATE", "DELETE")


def keep(connection: Connection, table: str) -> None:
    postgresql = connection.dialect.name == "postgresql"
    if postgresql:
        refuse = f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation';"
        connection.execute(
            text(
                f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {refuse} END $$"
            )
        )
    for change in CHANGES:
        name = f"{table}_no_{change.lower()}"
        does = (
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"
            if postgresql
            else f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
        connection.execute(text(f"CREATE TRIGGER {name} BEFORE {change} ON {table} {does}"))


def forget(connection: Connection, table: str) -> None:
    """The table itself is gone, its triggers with it."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"DROP FUNCTION IF EXISTS {table}_refuse()"))
