"""Alembic's entrance: it is handed an open connection by storage.migrate."""

from typing import Any, Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from storage.tables import metadata


def plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write the database's own types, so that an old migration outlives our classes."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Migrations run by: python bot.py migrate")
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
    render_item=plain_types,
)
with context.begin_transaction():
    context.run_migrations()
