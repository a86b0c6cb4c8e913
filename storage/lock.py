"""One bot on one database: a lock that the operating system or PostgreSQL lets go by itself."""

import fcntl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy import NullPool, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

#: The number only has to be ours, and another than the migrations'.
_ADVISORY_LOCK = 7_514_924


class AlreadyRunning(Exception):
    """Another process runs the bot on this database."""


@asynccontextmanager
async def only_one(url: str) -> AsyncIterator[None]:
    """Hold the right to run the bot; raise AlreadyRunning when another process has it."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        # Beside the database: two homes that name the same file share its lock.
        async with _file_lock(Path(f"{address.database}.lock")):
            yield
    else:
        async with _advisory_lock(url):
            yield


@asynccontextmanager
async def _file_lock(path: Path) -> AsyncIterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield


@asynccontextmanager
async def _advisory_lock(url: str) -> AsyncIterator[None]:
    address = make_url(url).set(drivername="postgresql+asyncpg")
    engine = create_async_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            held = await connection.scalar(
                text("SELECT pg_try_advisory_lock(:lock)"), {"lock": _ADVISORY_LOCK}
            )
            if not held:
                raise AlreadyRunning
            yield
    finally:
        await engine.dispose()
