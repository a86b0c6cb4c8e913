"""A unit happens as a whole, in its turn, and an acknowledged one survives."""

import asyncio
import os
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from ledger_rows import collective, person
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from storage.database import open_database
from storage.keys import Cipher

HERE = Path(__file__).parents[2]


class Broken(Exception):
    """What goes wrong in a unit."""


async def chats(database):
    async with database.reading() as store:
        found = await store._unit.execute(text("SELECT telegram_id FROM accounts ORDER BY id"))
        return [row.telegram_id for row in found]


async def write(database, now, chat):
    async with database.writing() as store:
        await store.people.ensure_account(chat, now)


async def test_a_failing_unit_leaves_nothing(database, now):
    async def fail():
        async with database.writing() as store:
            await store.people.ensure_account(1, now)
            raise Broken

    with pytest.raises(Broken):
        await fail()
    await write(database, now, 2)
    assert await chats(database) == [2]


async def test_a_refused_statement_undoes_its_whole_unit(database, now):
    async def fail():
        async with database.writing() as store:
            await store.people.ensure_account(1, now)
            await store.people.add_person(999, "Nobody", now)

    with pytest.raises(IntegrityError):
        await fail()
    assert await chats(database) == []


async def test_writers_take_turns_in_the_order_they_asked(ledger, now):
    order = []

    async def unit(number):
        async with ledger.writing() as store:
            order.append(number)
            await asyncio.sleep(0)
            await store.people.ensure_account(number, now)
            order.append(number)

    await asyncio.gather(*(unit(number) for number in range(5)))
    assert order == [number for number in range(5) for _ in ("in", "out")]
    assert await chats(ledger) == list(range(5))


async def test_readers_do_not_wait_for_a_writer_nor_see_what_is_not_committed(database, now):
    async with database.writing() as store:
        await store.people.ensure_account(1, now)
        async with asyncio.timeout(5):
            assert await chats(database) == []
    assert await chats(database) == [1]


async def test_a_reader_sees_one_moment(database, now):
    async with database.reading() as store:
        assert await store.people.account(1) is None
        await write(database, now, 1)
        assert await store.people.account(1) is None
    assert await chats(database) == [1]


async def test_a_reading_unit_cannot_write(database, now):
    async def try_to():
        async with database.reading() as store:
            await store.people.ensure_account(1, now)

    with pytest.raises(Exception, match=r"(?i)read-?only"):
        await try_to()
    assert await chats(database) == []


async def test_a_cancelled_unit_leaves_nothing_and_lets_the_next_one_in(database, now):
    inside = asyncio.Event()

    async def unit():
        async with database.writing() as store:
            await store.people.ensure_account(1, now)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.ensure_future(unit())
    await inside.wait()
    task.cancel()
    await asyncio.wait([task])
    await write(database, now, 2)
    assert await chats(database) == [2]


async def test_a_unit_cancelled_while_it_commits_does_not_disturb_the_next(ledger, now):
    gate = threading.Event()
    ledger._commits.submit(gate.wait)
    first = asyncio.ensure_future(write(ledger, now, 1))
    second = asyncio.ensure_future(write(ledger, now, 2))
    try:
        await a_few_turns()
        assert ledger._commits._work_queue.qsize() == 1
        for _ in range(3):
            first.cancel()
            await a_few_turns()
    finally:
        gate.set()
    await asyncio.wait([first, second])
    assert (first.cancelled(), second.exception()) == (True, None)
    assert await chats(ledger) == [1, 2]


async def a_few_turns():
    """Let the tasks go as far as they can: nothing of theirs but the commit waits for the disk."""
    for _ in range(10):
        await asyncio.sleep(0)


WRITER = """
import asyncio, datetime, os, sys, time
from storage.database import open_database
from storage.keys import Cipher
async def work():
    database = open_database(sys.argv[1], Cipher({1: b"k" * 32}))
    async with database.writing() as store:
        await store.people.ensure_account(1, datetime.datetime.now(datetime.UTC))
    print("kept", flush=True)
    async with database.writing() as store:
        await store.people.ensure_account(2, datetime.datetime.now(datetime.UTC))
        print("not yet", flush=True)
        time.sleep(60)
asyncio.run(work())
"""


async def test_what_was_acknowledged_is_there_after_a_kill_and_the_rest_is_not(database_url):
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", WRITER, database_url, cwd=HERE, stdout=asyncio.subprocess.PIPE
    )
    said = [await bot.stdout.readline(), await bot.stdout.readline()]
    bot.kill()
    await bot.wait()
    database = open_database(database_url, Cipher({1: os.urandom(32)}))
    assert said == [b"kept\n", b"not yet\n"]
    assert await chats(database) == [1]
    await database.close()


@pytest.mark.parametrize("unit", ["reading", "writing"])
async def test_sqlite_is_asked_for_safety(ledger, unit):
    async with getattr(ledger, unit)() as store:
        found = {}
        for name in (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "secure_delete",
            "busy_timeout",
        ):
            found[name] = (await store._unit.execute(text(f"PRAGMA {name}"))).scalar_one()
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "busy_timeout": 5000,
    }


async def test_a_writing_unit_holds_the_write_lock_from_its_beginning(ledger):
    path = str(ledger._engine.url.database)
    other = sqlite3.connect(path, timeout=0)
    async with ledger.writing():
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


async def test_what_was_erased_is_overwritten(new_database, cipher, now):
    url = new_database.url("sqlite")
    database = open_database(url, cipher)
    async with database.writing() as store:
        await collective(store, now, name="Never to be found")
    async with database.writing() as store:
        await store._unit.execute(text("DELETE FROM collectives"))
    await database.close()
    assert b"Never to be found" not in Path(make_url(url).database).read_bytes()


async def test_two_databases_keep_their_own_keys(new_database, now):
    """Two ledgers in one process, each with its key, unit after unit."""
    ledgers = [
        open_database(new_database.url("sqlite"), Cipher({1: os.urandom(32)})) for _ in range(2)
    ]
    for ledger in ledgers:
        async with ledger.writing() as store:
            await person(store, now)
    for ledger in ledgers:
        async with ledger.reading() as store:
            assert (await store.people.person(1)).name == "Mado"
        await ledger.close()
