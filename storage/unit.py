"""One unit of work over either database: the same statements, awaited the same way."""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, CursorResult, Executable, Row, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


class Unit(Protocol):
    """What the noun stores need of a transaction."""

    #: "sqlite" or "postgresql".
    dialect: str

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run a statement; its rows are already here."""
        ...


class SqliteUnit:
    """Statements run in place: a call to SQLite takes microseconds, a thread hop ten times that."""

    dialect = "sqlite"

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run a statement without leaving the event loop."""
        return self._connection.execute(statement)


class PostgresUnit:
    """Statements go over the wire with asyncpg."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable) -> CursorResult[Any]:
        """Run a statement and buffer its rows."""
        return await self._connection.execute(statement)


class Noun:
    """Base of the noun stores: short words for what each of them does with a unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def _run(self, statement: Executable) -> CursorResult[Any]:
        return await self._unit.execute(statement)

    async def _first(self, statement: Executable) -> Row[Any] | None:
        return (await self._unit.execute(statement)).first()

    async def _all(self, statement: Executable) -> Sequence[Row[Any]]:
        return (await self._unit.execute(statement)).all()

    async def _count(self, statement: Executable) -> int:
        """Run a change and return how many rows it touched."""
        return (await self._unit.execute(statement)).rowcount

    def _insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Return an INSERT that knows ON CONFLICT and RETURNING; both dialects spell it alike."""
        return sqlite.insert(table) if self._unit.dialect == "sqlite" else postgresql.insert(table)
