"""A database server: a pool of connections, several processes may share it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Executable, Insert, text
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.keys import Cipher
from storage.prepared import Prepared
from storage.store import SqlStore
from storage.types import cipher_in_use

#: Nobody's ballot waits long: if somebody else does not let go of a table, it is tried again later.
_PATIENCE = "SET LOCAL lock_timeout = '2s'"
_ANEW = (
    _PATIENCE,
    "LOCK TABLE ballots_secret, proposal_secrets IN ACCESS EXCLUSIVE MODE",
    "CREATE TEMPORARY TABLE kept_ballots ON COMMIT DROP AS SELECT * FROM ballots_secret",
    "CREATE TEMPORARY TABLE kept_secrets ON COMMIT DROP AS SELECT * FROM proposal_secrets",
    "TRUNCATE ballots_secret, proposal_secrets",
    "INSERT INTO ballots_secret SELECT * FROM kept_ballots ORDER BY random()",
    "INSERT INTO proposal_secrets SELECT * FROM kept_secrets",
)


class PostgresDatabase:
    """Every unit is a transaction of its own."""

    def __init__(self, url: URL, cipher: Cipher) -> None:
        self._cipher = cipher
        self._engine: AsyncEngine = create_async_engine(
            url.set(drivername="postgresql+asyncpg"),
            hide_parameters=True,
            pool_size=8,
            max_overflow=8,
        )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlStore]:
        """One transaction."""
        cipher_in_use.set(self._cipher)
        async with self._engine.begin() as connection:
            yield SqlStore(PostgresUnit(connection))

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlStore]:
        """A snapshot."""
        cipher_in_use.set(self._cipher)
        async with self._engine.connect() as connection:
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            yield SqlStore(PostgresUnit(connection))

    async def scrub(self) -> None:
        """Write the tables of open secret votes anew: the files of the old ones are gone.

        Deleted rows stay in a table's pages until others lie over them, and VACUUM spares those
        that a reader might still want.
        """
        async with self.reading() as store:
            waiting = await store.ballots.unscrubbed()
        if not waiting:
            return
        async with self._engine.begin() as connection:
            for statement in _ANEW:
                await connection.execute(text(statement))
        async with self._engine.connect() as connection:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM entitled"))
        async with self.writing() as store:
            await store.ballots.scrubbed(waiting)

    async def close(self) -> None:
        """Give back every connection."""
        await self._engine.dispose()


class PostgresUnit:
    """Statements go over the wire with asyncpg."""

    dialect = "postgresql"

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def execute(self, statement: Executable | Prepared, **values: Any) -> Any:
        """Run a statement and buffer its rows."""
        if isinstance(statement, Prepared):
            return await self._connection.execute(statement.statement, values)
        return await self._connection.execute(statement)

    async def execute_each(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> Any:
        """Run an INSERT for many rows, a thousand at a time."""
        return await self._connection.execute(statement, rows)
