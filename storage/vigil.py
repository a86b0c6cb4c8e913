"""Watches whether the database takes what is written; says so when it does not, and when again."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import structlog
from sqlalchemy.exc import DBAPIError

from collective.faults import Away
from storage.database import Database
from storage.sqlite import Lost
from storage.store import SqlStore

log = structlog.get_logger()

#: Seconds between two tries to write while nothing can be written.
AGAIN = 5.0
#: Reasons, by what SQLite's codes begin with and by PostgreSQL's states.
_SQLITE = {
    "SQLITE_FULL": "disk_full",
    "SQLITE_READONLY": "read_only",
    "SQLITE_IOERR": "disk_broken",
    "SQLITE_CANTOPEN": "away",
    "SQLITE_BUSY": "busy",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_NOTADB": "damaged",
}
_POSTGRES = {"53100": "disk_full", "25006": "read_only", "53": "busy", "08": "away", "57P": "away"}
#: A conversation that nobody has, and when it was.
_PROBE, _EVER = "probe", datetime(2000, 1, 1, tzinfo=UTC)


def why(fault: BaseException) -> str | None:
    """Tell why nothing can be written; None for a fault that is not the database's."""
    origin: BaseException | None = fault
    if isinstance(fault, Away):
        return fault.reason
    if isinstance(fault, DBAPIError):
        if fault.connection_invalidated:
            return "away"
        origin = fault.orig
    if isinstance(origin, sqlite3.Error):
        name = getattr(origin, "sqlite_errorname", "") or ""
        return _reason(_SQLITE, name)
    if isinstance(origin, Lost):
        return "disk_broken"
    if isinstance(origin, OSError):
        return "away"
    return _reason(_POSTGRES, getattr(origin, "sqlstate", None) or "")


def _reason(reasons: dict[str, str], code: str) -> str | None:
    return next((reason for start, reason in reasons.items() if code.startswith(start)), None)


class Vigil:
    """A database that knows whether it can be written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        #: Why nothing can be written; None: it can, as far as anybody has tried.
        self.ailment: str | None = None
        self._fell_ill = asyncio.Event()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[SqlStore]:
        """One transaction, as `Database.writing`; raises Away."""
        with self._telling(note=True):
            async with self._database.writing() as store:
                yield store

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlStore]:
        """A view of one moment, as `Database.reading`; raises Away."""
        with self._telling(note=False):
            async with self._database.reading() as store:
                yield store

    async def scrub(self) -> None:
        """Take deleted ballots out of the files, as `Database.scrub`; raises Away."""
        with self._telling(note=True):
            await self._database.scrub()

    async def close(self) -> None:
        """Give back every connection."""
        await self._database.close()

    async def watch(self) -> None:
        """While nothing can be written, try again and again; until cancelled.

        A unit that had nothing to write may well succeed meanwhile: only this tells.
        """
        while True:
            await self._fell_ill.wait()
            await asyncio.sleep(AGAIN)
            try:
                await self._try()
            except Exception as fault:  # noqa: BLE001 - whatever it is, nothing was written
                self._fall_ill(why(fault) or "broken")
            else:
                self._fell_ill.clear()
                log.info("database_well", reason=self.ailment)
                self.ailment = None

    async def _try(self) -> None:
        """Write something that was not there, and take it away."""
        async with self._database.writing() as store:
            await store.conversation.write(_PROBE, "written", {}, _EVER)
            await store.conversation.write(_PROBE, None, {}, _EVER)

    @contextmanager
    def _telling(self, *, note: bool) -> Iterator[None]:
        """Raise Away in place of whatever a driver raises; `note`: nothing could be written."""
        try:
            yield
        except Exception as fault:
            reason = why(fault)
            if reason is None:
                raise
            # The first unit to fail knows why; what fails after it may know less.
            if note and self.ailment is None:
                self._fall_ill(reason)
            raise Away(reason) from fault

    def _fall_ill(self, reason: str) -> None:
        if reason != self.ailment:
            log.error("database_ill", reason=reason)
        self.ailment = reason
        self._fell_ill.set()
