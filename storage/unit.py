"""One unit of work over either database: the same statements, awaited the same way."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Executable, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared


class Unit(Protocol):
    """What the noun stores need of a transaction."""

    #: "sqlite" or "postgresql".
    dialect: str

    async def execute(self, statement: Executable | Prepared, **values: Any) -> Any:
        """Run a statement; its rows are already here. `values` are those of a prepared one."""
        ...

    async def execute_each(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> Any:
        """Run an INSERT for many rows, however many; its RETURNING is that of all of them."""
        ...


class Noun:
    """Base of the noun stores: short words for what each of them does with a unit."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    async def _run(self, statement: Executable | Prepared, **values: Any) -> Any:
        return await self._unit.execute(statement, **values)

    async def _first(self, statement: Executable | Prepared, **values: Any) -> Any:
        return (await self._unit.execute(statement, **values)).first()

    async def _all(self, statement: Executable | Prepared, **values: Any) -> Sequence[Any]:
        found: Sequence[Any] = (await self._unit.execute(statement, **values)).all()
        return found

    async def _count(self, statement: Executable | Prepared, **values: Any) -> int:
        """Run a change and return how many rows it touched."""
        touched: int = (await self._unit.execute(statement, **values)).rowcount
        return touched

    def _insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Return an INSERT that knows ON CONFLICT and RETURNING; both dialects spell it alike."""
        return sqlite.insert(table) if self._unit.dialect == "sqlite" else postgresql.insert(table)
