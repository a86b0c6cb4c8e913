"""One bot on one database, whoever else tries."""

import asyncio
import sys
from pathlib import Path

import pytest

from storage.lock import AlreadyRunning, only_one

HERE = Path(__file__).parents[2]
HOLDER = """
import asyncio, sys
from storage.lock import only_one
async def hold():
    async with only_one(sys.argv[1]):
        print("held", flush=True)
        await asyncio.Event().wait()
asyncio.run(hold())
"""


async def try_to_run(url):
    async with only_one(url):
        return True


async def test_a_second_holder_is_refused_until_the_first_lets_go(database_url):
    async with only_one(database_url):
        with pytest.raises(AlreadyRunning):
            await try_to_run(database_url)
    assert await try_to_run(database_url)


async def test_another_process_holds_it_until_it_dies(database_url):
    bot = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        HOLDER,
        database_url,
        cwd=HERE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert await bot.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunning):
        await try_to_run(database_url)
    bot.kill()
    await bot.wait()
    assert await eventually(database_url)


async def eventually(url):
    """PostgreSQL notices a broken connection in a moment of its own."""
    while True:
        try:
            return await try_to_run(url)
        except AlreadyRunning:
            continue


async def test_two_databases_have_a_lock_each(engine, new_database):
    async with only_one(new_database.url(engine)):
        assert await try_to_run(new_database.url(engine))
