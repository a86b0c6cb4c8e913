"""Two ways to drive one set of tables: SQLite by one writer, PostgreSQL by a pool."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.keys import Cipher
from storage.store import SqlStore
from storage.types import cipher_in_use
from storage.unit import PostgresUnit, SqliteUnit

#: How long a short command-line write waits for the bot's, in milliseconds.
_BUSY_MS = 5000


class Database(Protocol):
    """Where units of work come from."""

    def writing(self) -> AbstractAsyncContextManager[SqlStore]:
        """One transaction, committed at the end of the block, undone by an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[SqlStore]:
        """A view of one moment that never waits for writers."""
        ...

    async def close(self) -> None:
        """Give back every connection."""
        ...


def open_database(url: str, cipher: Cipher) -> Database:
    """Open the database of an SQLAlchemy address such as sqlite:///data/lisanga.db."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return SqliteDatabase(parsed, cipher)
    return PostgresDatabase(parsed, cipher)


class SqliteDatabase:
    """One file, one process. Units of writing queue behind a fair lock; reads do not wait.

    An answer that was acknowledged survives a power cut: WAL with synchronous=FULL. Erased text
    is overwritten: secure_delete. Write transactions begin IMMEDIATE, because a read that turns
    into a write fails at once instead of waiting its busy_timeout.
    """

    def __init__(self, url: URL, cipher: Cipher) -> None:
        address = url.set(drivername="sqlite+pysqlite")
        self._cipher = cipher
        self._lock = asyncio.Lock()
        self._commits = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._writer = _sqlite_engine(address, "BEGIN IMMEDIATE", poolclass=StaticPool)
        self._readers = _sqlite_engine(
            address, "BEGIN", "query_only=ON", pool_size=4, max_overflow=28
        )

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlStore]:
        """One transaction at a time, in the order they were asked for."""
        cipher_in_use.set(self._cipher)
        async with self._lock:
            with self._writer.connect() as connection:
                transaction = connection.begin()
                try:
                    yield SqlStore(SqliteUnit(connection))
                except BaseException:
                    transaction.rollback()
                    raise
                await self._commit(transaction.commit)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlStore]:
        """A snapshot."""
        cipher_in_use.set(self._cipher)
        with self._readers.connect() as connection, connection.begin():
            yield SqlStore(SqliteUnit(connection))

    async def close(self) -> None:
        """Wait for the writer, then close the file."""
        async with self._lock:
            self._readers.dispose()
            self._writer.dispose()
            self._commits.shutdown()

    async def _commit(self, commit: Any) -> None:
        # The disk is waited for in a thread. A task that is cancelled, however often, still waits,
        # or the next unit would begin on a connection that is committing.
        done = asyncio.get_running_loop().run_in_executor(self._commits, commit)
        cancelled = False
        while not done.done():
            try:
                await asyncio.wait([done])
            except asyncio.CancelledError:
                cancelled = True
        done.result()
        if cancelled:
            raise asyncio.CancelledError


class PostgresDatabase:
    """Several processes may share it."""

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

    async def close(self) -> None:
        """Give back every connection."""
        await self._engine.dispose()


def _sqlite_engine(address: URL, begin: str, *pragmas: str, **options: Any) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
        **options,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in (
            f"busy_timeout={_BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            *pragmas,
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
