"""One file, one process: writing units in turn, several of them in one commit; readers beside."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import Engine, Executable, Insert, NullPool, create_engine, event
from sqlalchemy.engine import URL

from storage.keys import Cipher
from storage.prepared import Prepared
from storage.store import SqlStore
from storage.types import cipher_in_use

#: How long a short command-line write waits for the bot's, in milliseconds.
_BUSY_MS = 5000
#: And how long the log waits for readers before it is tried again later.
_SCRUB_MS = 200
_Done = TypeVar("_Done")
_PRAGMAS = (
    f"busy_timeout={_BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
)


class Lost(Exception):
    """The transaction that several units shared is gone: the disk is full or broken."""


class SqliteDatabase:
    """Units of writing queue behind a fair lock; reads do not wait.

    An answer that was acknowledged survives a power cut: WAL with synchronous=FULL. Erased text
    is overwritten: secure_delete. Write transactions begin IMMEDIATE, because a read that turns
    into a write fails at once instead of waiting its busy_timeout.

    Units that wait at the same time share one commit, as a disk takes as long for twenty as for
    one. Each has its turn, and undoes only its own when it fails; whose turn is over queues once
    more, and the first of them commits for all. Nobody is told before, and readers see nothing.
    """

    def __init__(self, url: URL, cipher: Cipher) -> None:
        self._engine = _engine(url.set(drivername="sqlite+pysqlite"))
        self._cipher = cipher
        self._turn = asyncio.Lock()
        self._commits = ThreadPoolExecutor(1, thread_name_prefix="commit")
        self._group: _Group | None = None
        #: Connections for reading that nobody uses now.
        self._free: list[_Seat] = []

    @cached_property
    def _writer(self) -> "_Seat":
        return _Seat(self._engine)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlStore]:
        """One unit at a time, in the order they were asked for."""
        cipher_in_use.set(self._cipher)
        async with self._turn:
            group = self._group = self._group or _Group(self._writer)
            group.enter()
            try:
                yield SqlStore(SqliteUnit(self._writer))
            except BaseException:
                group.undo()
                if group.over:
                    self._group = None
                raise
            group.size += 1
        await self._end(group)

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlStore]:
        """A snapshot."""
        cipher_in_use.set(self._cipher)
        seat = self._free.pop() if self._free else _Seat(self._engine, "query_only=ON")
        seat.driver.execute("BEGIN")
        try:
            yield SqlStore(SqliteUnit(seat))
        finally:
            seat.end()
            self._free.append(seat)

    async def scrub(self) -> None:
        """Empty the write-ahead log, which holds deleted rows; `secure_delete` saw to the rest."""
        async with self.reading() as store:
            waiting = await store.ballots.unscrubbed()
        if waiting and await self._empty_log():
            async with self.writing() as store:
                await store.ballots.scrubbed(waiting)

    async def close(self) -> None:
        """Wait for the writer, then close the file."""
        async with self._turn:
            if self._group is not None:
                await self._commit(self._group)
            for seat in (self._writer, *self._free):
                seat.close()
            self._commits.shutdown()

    async def _end(self, group: "_Group") -> None:
        """Wait until the group is committed; a task that is cancelled, however often, waits too.

        Its unit is written, and goes with the others.
        """
        cancelled = False
        while not group.over:
            try:
                async with self._turn:
                    if not group.over:
                        await self._commit(group)
            except asyncio.CancelledError:
                cancelled = True
        if group.fault is not None:
            raise group.fault
        if cancelled:
            raise asyncio.CancelledError

    async def _commit(self, group: "_Group") -> None:
        done, cancelled = await self._on_disk(self._writer.driver.commit)
        group.finish(done.exception())
        self._group = None
        if cancelled:
            raise asyncio.CancelledError

    async def _empty_log(self) -> bool:
        """Bring the log into the file and truncate it; False while a reader needs it."""
        async with self._turn:
            if self._group is not None:
                await self._commit(self._group)
            done, cancelled = await self._on_disk(self._writer.empty_log)
            if cancelled:
                raise asyncio.CancelledError
            return done.result()

    async def _on_disk(self, work: Callable[[], _Done]) -> "tuple[asyncio.Future[_Done], bool]":
        """Wait for the disk in a thread; return how it went, and whether we were cancelled.

        Whoever is cancelled meanwhile still holds the turn, or the next unit would begin on a
        connection that is busy.
        """
        done = asyncio.get_running_loop().run_in_executor(self._commits, work)
        cancelled = False
        while not done.done():
            try:
                await asyncio.wait([done])
            except asyncio.CancelledError:
                cancelled = True
        return done, cancelled


class SqliteUnit:
    """Statements run in place: a call to SQLite takes microseconds, a thread hop ten times that."""

    dialect = "sqlite"

    def __init__(self, seat: "_Seat") -> None:
        self._seat = seat

    async def execute(self, statement: Executable | Prepared, **values: Any) -> Any:
        """Run a statement without leaving the event loop."""
        if isinstance(statement, Prepared):
            return statement.for_sqlite.run(self._seat.driver, values)
        return self._seat.alchemy.execute(statement)

    async def execute_each(self, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> Any:
        """Run an INSERT for many rows, a thousand at a time."""
        return self._seat.alchemy.execute(statement, rows)


class _Seat:
    """One connection, by its driver and by SQLAlchemy; the transactions are the driver's."""

    def __init__(self, engine: Engine, *pragmas: str) -> None:
        self.alchemy = engine.connect()
        driver = self.alchemy.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError(type(driver).__name__)
        self.driver = driver
        for pragma in pragmas:
            driver.execute(f"PRAGMA {pragma}")

    def end(self) -> None:
        """Undo what is not committed; SQLAlchemy's own idea of a transaction ends too."""
        self.alchemy.rollback()
        self.driver.rollback()

    def empty_log(self) -> bool:
        """Truncate the write-ahead log; False while a reader needs it. Nobody waits long."""
        self.driver.execute(f"PRAGMA busy_timeout={_SCRUB_MS}")
        try:
            busy, *_ = self.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self.driver.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
        return not busy

    def close(self) -> None:
        self.end()
        self.alchemy.close()


class _Group:
    """Units of one transaction: some whose turns are over, perhaps one that has its turn now."""

    def __init__(self, seat: _Seat) -> None:
        self._seat = seat
        seat.driver.execute("BEGIN IMMEDIATE")
        #: How many units are in it to stay.
        self.size = 0
        self.over = False
        self.fault: BaseException | None = None

    def enter(self) -> None:
        """Let a unit begin."""
        if self.size:
            self._seat.driver.execute("SAVEPOINT unit")

    def undo(self) -> None:
        """Undo the unit that has its turn, and nothing of the others."""
        if not self._seat.driver.in_transaction:
            self.finish(Lost())
        elif self.size:
            self._seat.driver.execute("ROLLBACK TO unit")
        else:
            self.finish(None)

    def finish(self, fault: BaseException | None) -> None:
        """Keep how it ended; what was not committed is undone."""
        self.over = True
        self.fault = fault
        self._seat.end()


def _engine(address: URL) -> Engine:
    engine = create_engine(
        address,
        hide_parameters=True,
        connect_args={"check_same_thread": False, "isolation_level": None},
        poolclass=NullPool,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine
