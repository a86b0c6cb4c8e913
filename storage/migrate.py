"""Bring a database to the newest set of tables, by Alembic; most starts do without it."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, NullPool, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

if TYPE_CHECKING:
    from alembic.config import Config

_MIGRATIONS = Path(__file__).parent / "migrations"
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
        found, newest = await current(url)
        if found == newest:
            return
        if only_empty and found is not None:
            raise DatabaseOld
        await _with_connection(make_url(url), _locked_upgrade)
    except (OSError, OperationalError, InterfaceError, ArgumentError) as fault:
        raise DatabaseAway(type(fault).__name__) from fault


async def current(url: str) -> tuple[str | None, str]:
    """Return the database's revision, None for an empty one, and the newest one."""
    found: list[str] = []

    def look(connection: Connection) -> None:
        if inspect(connection).has_table("alembic_version"):
            found.extend(connection.scalars(text("SELECT version_num FROM alembic_version")))

    await _with_connection(make_url(url), look)
    # Each migration's file begins with its revision.
    files = (each.name for each in (_MIGRATIONS / "versions").glob("[0-9]*.py"))
    newest, _, _ = max(files).partition("_")
    return found[0] if found else None, newest


def config(connection: Connection) -> "Config":
    """Return Alembic's settings; they live here and in no file of their own."""
    from alembic.config import Config  # noqa: PLC0415 - see `_locked_upgrade`

    settings = Config()
    settings.set_main_option("script_location", str(_MIGRATIONS))
    settings.set_main_option("path_separator", "os")
    settings.attributes["connection"] = connection
    return settings


def _locked_upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - 13 MB that stay, for something rarely done

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
