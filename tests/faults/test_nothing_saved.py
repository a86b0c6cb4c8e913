"""A full disk and a read-only database: said to everybody, and nothing that was seen is lost."""

import resource
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import aiohttp
import answering
import pytest
from mortal import Mortal

from tests.delivery.edge import until

#: Bytes that a file may have where the disk is full: the database and its log have many more.
FULL = 4096
RELOAD = "SELECT pg_reload_conf();"


@pytest.fixture
def unwritable(house: Mortal, engine: str, request):
    """Nothing can be written in the block: SQLite's disk is full, PostgreSQL is read-only."""

    @asynccontextmanager
    async def on_sqlite() -> AsyncIterator[None]:
        assert house.process is not None
        number, all_there_is = house.process.pid, resource.RLIM_INFINITY
        resource.prlimit(number, resource.RLIMIT_FSIZE, (FULL, all_there_is))
        yield
        resource.prlimit(number, resource.RLIMIT_FSIZE, (all_there_is, all_there_is))

    @asynccontextmanager
    async def on_postgresql() -> AsyncIterator[None]:
        server = request.getfixturevalue("postgres").server
        server.psql(f"ALTER SYSTEM SET default_transaction_read_only = on; {RELOAD}")
        try:
            yield
        finally:
            server.psql(f"ALTER SYSTEM RESET default_transaction_read_only; {RELOAD}")

    return on_sqlite if engine == "sqlite" else on_postgresql


async def test_while_nothing_can_be_saved_everybody_hears_so_and_afterwards_all_is_there(
    house: Mortal, now, unwritable, engine: str, luck: Random
):
    await house.found(3)
    await house.start()
    house.move_to(now)
    await house.rest()
    chat = house.people[0]
    async with unwritable():
        press = await _presses_a_choice(house, chat, luck)
        await until(_saw, house, chat, "Je ne peux rien enregistrer", seconds=20)
        assert house.playground.world.updates.waiting(press), "it is not confirmed"
        health = await _health(house)
        assert (health["ok"], health["reason"]) == (False, REASONS[engine])
    await until(lambda: not house.playground.world.updates.waiting(press), seconds=20)
    assert sum(answering.received(house).values()) == 1
    assert await answering.missing(house) == 0
    await until(_well, house, seconds=20)
    assert '"database_ill"' in house.log()


#: A write beyond a file's largest size is a broken disk to SQLite; a full one is tried in storage/.
REASONS = {"sqlite": "disk_broken", "postgresql": "read_only"}


async def _presses_a_choice(house: Mortal, chat: int, luck: Random) -> int:
    [card] = [each for each in await house.playground.messages(chat) if each["keyboard"]]
    choice = luck.choice(
        [each for each in answering.presses(card["keyboard"]) if each.do == answering.SET]
    )
    pressed = await house.playground.tap(chat, card["message_id"], data=choice.pack(), forge=True)
    return int(pressed["update_id"])


async def _saw(house: Mortal, chat: int, words: str) -> bool:
    return any(words in (each["text"] or "") for each in await house.playground.messages(chat))


async def _well(house: Mortal) -> bool:
    return bool((await _health(house))["ok"])


async def _health(house: Mortal) -> dict[str, object]:
    async with aiohttp.ClientSession() as http, http.get(house.health_url) as answer:
        return dict(await answer.json())
