"""Two ways to drive one set of tables: SQLite by one writer, PostgreSQL by a pool."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from sqlalchemy.engine import make_url

from storage.keys import Cipher
from storage.postgres import PostgresDatabase
from storage.sqlite import SqliteDatabase
from storage.store import SqlStore


class Database(Protocol):
    """Where units of work come from."""

    def writing(self) -> AbstractAsyncContextManager[SqlStore]:
        """One transaction, committed at the end of the block, undone by an exception."""
        ...

    def reading(self) -> AbstractAsyncContextManager[SqlStore]:
        """A view of one moment that never waits for writers."""
        ...

    async def scrub(self) -> None:
        """Take out of the files what secret votes deleted when they closed."""
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
