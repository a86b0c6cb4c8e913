"""The health side answers over HTTP with the moment, what is next and what is open."""

from datetime import timedelta

import aiohttp
import pytest

from collective.outbox import Lane, Parcel
from collective.schedules import Bell
from scheduler.health import serve

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def ask(database, clock):
    runner = await serve("127.0.0.1:0", database, clock, lambda: 3, lambda: 2, lambda: None)
    host, port = runner.addresses[0]
    async with aiohttp.ClientSession() as session:

        async def asked():
            async with session.get(f"http://{host}:{port}/") as answer:
                return await answer.json()

        yield asked
    await runner.cleanup()


def parcel(chat, at):
    return Parcel(chat_id=chat, kind="home", ids={}, lane=Lane.REPLY, not_before=at)


async def test_an_idle_bot_has_nothing_due(ask, now):
    assert await ask() == {
        "ok": True,
        "reason": None,
        "now": now.isoformat(),
        "next_due": None,
        "updates_open": 3,
        "outbox_due": 0,
        "faults": 2,
    }


async def test_the_next_bell_or_message_is_told_whichever_comes_first(ask, database, now):
    async with database.writing() as store:
        await store.schedules.add(Bell.REMIND, 1, now + 5 * MINUTE)
        await store.outbox.add([parcel(1, now + 7 * MINUTE)], now)
    assert (await ask())["next_due"] == (now + 5 * MINUTE).isoformat()
    async with database.writing() as store:
        await store.outbox.add([parcel(1, now + 2 * MINUTE)], now)
    assert (await ask())["next_due"] == (now + 2 * MINUTE).isoformat()


async def test_what_should_have_left_is_counted(ask, database, now):
    async with database.writing() as store:
        await store.outbox.add(
            [parcel(1, now - MINUTE), parcel(2, now), parcel(3, now + MINUTE)], now
        )
        await store.outbox.claim(await store.outbox.due(now, 1))
    assert (await ask())["outbox_due"] == 2


async def test_a_bell_that_is_overdue_is_told_as_it_stands(ask, database, now):
    async with database.writing() as store:
        await store.schedules.add(Bell.CLOSE_ROUND, 1, now - MINUTE)
    assert (await ask())["next_due"] == (now - MINUTE).isoformat()
