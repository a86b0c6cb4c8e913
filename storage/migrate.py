"""Bring a database to the newest set of tables. Imported by the commands that need it only."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

#: One migration at a time across processes; the number only has to be ours.
_ADVISORY_LOCK = 7_514_923


class DatabaseAway(Exception):
    """The database does not open; the message is the type of what the driver raised."""


class DatabaseOld(Exception):
    """The tables are older than the code, and this command may not change them."""


async def upgrade(url: str, *, only_empty: bool = False) -> None:
    """Apply what is missing, under a lock; nothing happens when the tables are the newest.

    Raises DatabaseAway, and with `only_empty` DatabaseOld for tables of another age.
    """
    try:
        if only_empty and (found := await current(url))[0] is not None:
            if found[0] != found[1]:
                raise DatabaseOld
            return
        await _with_connection(make_url(url), _locked_upgrade)
    except (OSError, OperationalError, InterfaceError, ArgumentError) as fault:
        raise DatabaseAway(type(fault).__name__) from fault


async def current(url: str) -> tuple[str | None, str | None]:
    """Return the database's revision and the newest one."""
    found: list[str | None] = []

    def look(connection: Connection) -> None:
        found.append(MigrationContext.configure(connection).get_current_revision())

    await _with_connection(make_url(url), look)
    return found[0], ScriptDirectory.from_config(config()).get_current_head()


def config(connection: Connection | None = None) -> Config:
    """Return Alembic's settings; they live here and in no file of their own."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def _locked_upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ADVISORY_LOCK})
    else:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")
    command.upgrade(config(connection), "head")


async def _with_connection(url: URL, work: Callable[[Connection], None]) -> None:
    if url.get_backend_name() == "sqlite":
        # The driver's own BEGIN comes too late for the lock and would commit before DDL.
        engine = create_engine(
            url.set(drivername="sqlite+pysqlite"),
            poolclass=NullPool,
            connect_args={"isolation_level": None, "timeout": 60},
        )
        with engine.connect() as connection:
            work(connection)
            connection.commit()
        return
    async_engine = create_async_engine(url.set(drivername="postgresql+asyncpg"), poolclass=NullPool)
    async with async_engine.begin() as connection_:
        await connection_.run_sync(work)
    await async_engine.dispose()
