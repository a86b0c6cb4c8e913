"""A database that cannot be written says why, and says when it can be again."""

import asyncio

import pytest
from structlog.testing import capture_logs

from collective.faults import Away
from storage import vigil as module
from storage.vigil import Vigil
from tests.delivery.edge import until


@pytest.fixture
def watched(database, monkeypatch):
    monkeypatch.setattr(module, "AGAIN", 0.05)
    return Vigil(database)


async def write(watched, now, size=10):
    async with watched.writing() as store:
        await store.conversation.write("key", "state", {"draft": "x" * size}, now)


async def write_and_fail(watched, now):
    async with watched.writing() as store:
        await store.conversation.write("key", "state", {}, now)
        raise RuntimeError


async def watching(watched):
    """Watch until it is well."""
    async with asyncio.timeout(10):
        watch = asyncio.ensure_future(watched.watch())
        await until(lambda: watched.ailment is None)
        watch.cancel()


async def forbid(database, engine, *, writing):
    """Let the engine itself refuse what is written, or no longer."""
    if engine == "sqlite":
        database._writer.driver.execute(f"PRAGMA query_only={'OFF' if writing else 'ON'}")
        return
    async with database._engine.connect() as connection:
        name, only = database._engine.url.database, "off" if writing else "on"
        await connection.exec_driver_sql("SET TRANSACTION READ WRITE")
        await connection.exec_driver_sql(
            f"ALTER DATABASE {name} SET default_transaction_read_only = {only}"
        )
        await connection.commit()
    await database._engine.dispose()


async def test_a_read_only_database_is_said_and_is_well_again(watched, database, engine, now):
    await write(watched, now)
    await forbid(database, engine, writing=False)
    with capture_logs() as lines:
        for _ in range(2):
            with pytest.raises(Away, match="read_only"):
                await write(watched, now)
        assert watched.ailment == "read_only"
        await forbid(database, engine, writing=True)
        await watching(watched)
    told = [(each["event"], each["reason"]) for each in lines]
    assert told == [("database_ill", "read_only"), ("database_well", "read_only")]
    await write(watched, now)


async def test_a_full_disk_is_said_and_leaves_what_was_there(ledger, now, monkeypatch):
    monkeypatch.setattr(module, "AGAIN", 0.05)
    watched = Vigil(ledger)
    await write(watched, now)
    driver = ledger._writer.driver
    [pages] = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(Away, match="disk_full"):
        await write(watched, now, size=100_000)
    assert watched.ailment == "disk_full"
    async with watched.reading() as store:
        assert (await store.conversation.read("key"))[1] == {"draft": "x" * 10}
    driver.execute("PRAGMA max_page_count=1000000")
    await watching(watched)
    await write(watched, now, size=100_000)


async def test_a_mistake_of_ours_is_no_ailment(watched, now):
    with pytest.raises(RuntimeError):
        await write_and_fail(watched, now)
    assert watched.ailment is None
