"""Units of SQLite that wait at the same time share one commit, and nothing else."""

import asyncio
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage.database import open_database
from storage.sqlite import Lost

HERE = Path(__file__).parents[2]


class Broken(Exception):
    """What goes wrong in a unit."""


@pytest.fixture
def write(ledger, now):
    """Writes a chat in a unit of its own; `then` happens at its end."""

    async def write(chat, then=None):
        async with ledger.writing() as store:
            await store.people.ensure_account(chat, now)
            if then is not None:
                await then(store)

    return write


@pytest.fixture
def chats(ledger):
    """Reads the chats that are there."""

    async def chats():
        async with ledger.reading() as store:
            found = await store._unit.execute(text("SELECT telegram_id FROM accounts ORDER BY id"))
            return [row.telegram_id for row in found]

    return chats


@pytest.fixture
def slow_disk(ledger):
    """Lets the next commit wait until the returned event is set."""
    gates = []

    def slow_disk():
        gates.append(threading.Event())
        ledger._commits.submit(gates[-1].wait)
        return gates[-1]

    yield slow_disk
    for gate in gates:
        gate.set()


async def together(*units):
    """Ask for units in this order, the first of which is committing when the others come."""
    return await asyncio.gather(*units, return_exceptions=True)


async def a_few_turns():
    """Let the tasks go as far as they can: nothing of theirs but the commit waits for the disk."""
    for _ in range(20):
        await asyncio.sleep(0)


async def begun(*units):
    """Ask for units in this order and let them go as far as they can."""
    tasks = [asyncio.ensure_future(unit) for unit in units]
    await a_few_turns()
    return tasks


async def fail(_store):
    """Fail."""
    raise Broken


async def test_units_that_wait_at_the_same_time_share_one_commit(ledger, write, chats):
    statements = []
    ledger._writer.driver.set_trace_callback(statements.append)
    await together(*(write(chat) for chat in range(8)))
    assert statements.count("COMMIT") == 2
    assert await chats() == list(range(8))


async def test_one_that_fails_undoes_its_own_and_nothing_of_the_others(write, chats):
    told = await together(write(1), write(2), write(3, fail), write(4), write(5, fail))
    assert [type(each) for each in told] == [type(None), type(None), Broken, type(None), Broken]
    assert await chats() == [1, 2, 4]


async def test_the_first_that_fails_leaves_the_others_their_turn(write, chats):
    told = await together(write(1), write(2, fail), write(3))
    assert type(told[1]) is Broken
    assert await chats() == [1, 3]


async def test_a_refused_statement_is_undone_alone(write, chats, now):
    async def nobody(store):
        await store.people.add_person(999, "Nobody", now)

    told = await together(write(1), write(2), write(3, nobody), write(4))
    assert type(told[2]) is IntegrityError
    assert await chats() == [1, 2, 4]


async def test_nobody_is_told_and_nothing_is_seen_before_the_commit(write, chats, slow_disk):
    disk = slow_disk()
    units = await begun(*(write(chat) for chat in range(4)))
    assert not any(unit.done() for unit in units)
    assert await chats() == []
    disk.set()
    await asyncio.wait(units)
    assert await chats() == [0, 1, 2, 3]


async def test_one_cancelled_before_its_turn_writes_nothing(write, chats, slow_disk):
    disk = slow_disk()
    units = await begun(*(write(chat) for chat in range(3)))
    units[1].cancel()
    disk.set()
    await asyncio.wait(units)
    assert [unit.cancelled() for unit in units] == [False, True, False]
    assert await chats() == [0, 2]


async def test_all_cancelled_after_their_turn_are_committed_all_the_same(write, chats, slow_disk):
    disk = slow_disk()
    [first] = await begun(write(0))
    disk_of_the_others = slow_disk()
    others = await begun(write(1), write(2))
    disk.set()
    await first
    await a_few_turns()
    for each in others:
        each.cancel()
    await a_few_turns()
    disk_of_the_others.set()
    await asyncio.wait(others)
    assert [each.cancelled() for each in others] == [True, True]
    assert await chats() == [0, 1, 2]


async def test_when_the_commit_is_refused_everybody_is_told(ledger, write, chats, now):
    async def break_later(store):
        await store._unit.execute(text("PRAGMA defer_foreign_keys = ON"))
        await store._unit.execute(text("UPDATE persons SET account_id = 999"))

    async with ledger.writing() as store:
        account = await store.people.ensure_account(7, now)
        await store.people.add_person(account.id, "Mado", now)
    told = await together(write(1), write(2), write(3, break_later), write(4))
    assert [type(each) for each in told[1:]] == [sqlite3.IntegrityError] * 3
    await write(5)
    assert await chats() == [7, 1, 5]


async def test_when_the_transaction_is_lost_everybody_in_it_is_told(ledger, write, chats):
    async def lose(store):
        await store._unit.execute(text("ROLLBACK"))
        raise Broken

    told = await together(write(1), write(2), write(3, lose), write(4))
    assert [type(each) for each in told] == [type(None), Lost, Broken, type(None)]
    assert await chats() == [1, 4]


async def test_a_full_disk_is_told_and_the_next_unit_finds_room(ledger, write, chats):
    async def fill(store):
        await store._unit.execute(text("PRAGMA max_page_count = 1"))
        await store._unit.execute(text("CREATE TABLE filler AS SELECT hex(zeroblob(99999)) AS x"))

    told = await together(write(1), write(2), write(3, fill))
    assert type(told[2]) is OperationalError
    ledger._writer.driver.execute("PRAGMA max_page_count = 1000000")
    await write(4)
    assert {1, 4} <= set(await chats())
    assert (2 in await chats()) == (told[1] is None)


KILLED = """
import asyncio, datetime, sys, time
from storage.database import open_database
from storage.keys import Cipher
now = datetime.datetime.now(datetime.UTC)
async def unit(database, chat):
    async with database.writing() as store:
        await store.people.ensure_account(chat, now)
    print("told", chat, flush=True)
async def work():
    database = open_database(sys.argv[1], Cipher({1: b"k" * 32}))
    await unit(database, 1)
    database._commits.submit(time.sleep, 60)
    async with asyncio.TaskGroup() as nursery:
        for chat in (2, 3, 4):
            nursery.create_task(unit(database, chat))
        await asyncio.sleep(0.1)
        print("waiting", flush=True)
asyncio.run(work())
"""


async def test_a_kill_before_the_commit_leaves_what_was_told(new_database, cipher):
    url = new_database.url("sqlite")
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, url, cwd=HERE, stdout=asyncio.subprocess.PIPE
    )
    said = [await bot.stdout.readline(), await bot.stdout.readline()]
    bot.kill()
    await bot.wait()
    database = open_database(url, cipher)
    async with database.reading() as store:
        found = (await store._unit.execute(text("SELECT telegram_id FROM accounts"))).all()
    await database.close()
    assert said == [b"told 1\n", b"waiting\n"]
    assert [row.telegram_id for row in found] == [1]
