"""The time it is, and the time that a playground says it is."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from scheduler.clock import MovedClock, SystemClock

DAY = 24 * 3600


@pytest.fixture
async def hand():
    """A server whose answer a test chooses, at `hand["url"]`."""
    said = {"body": {"offset_seconds": 0}, "asked": asyncio.Queue()}

    async def answer(_):
        said["asked"].put_nowait(True)
        return web.json_response(said["body"])

    app = web.Application()
    app.router.add_get("/", answer)
    async with TestServer(app) as server:
        yield said | {"url": str(server.make_url("/")), "say": said}


def away(clock):
    """Return how far the clock is from the system's, in whole seconds."""
    return round((clock.now() - datetime.now(UTC)) / timedelta(seconds=1))  # noqa: TID251 - compared with


def test_the_system_clock_is_aware_and_right():
    assert SystemClock().now().tzinfo is UTC
    assert away(SystemClock()) == 0


async def test_a_moved_clock_shows_the_offset_it_reads(hand):
    clock = MovedClock(hand["url"])
    assert away(clock) == 0
    hand["say"]["body"] = {"offset_seconds": 3 * DAY}
    await clock.read()
    assert away(clock) == 3 * DAY
    hand["say"]["body"] = {"offset_seconds": -DAY}
    await clock.read()
    assert away(clock) == -DAY


@pytest.mark.parametrize(
    "body",
    [{}, [], None, {"offset_seconds": "soon"}, {"offset_seconds": None}, {"offset_seconds": 1e300}],
)
async def test_an_answer_that_makes_no_sense_leaves_the_last_offset(hand, body):
    clock = MovedClock(hand["url"])
    hand["say"]["body"] = {"offset_seconds": DAY}
    await clock.read()
    hand["say"]["body"] = body
    await clock.read()
    assert away(clock) == DAY


async def test_a_silent_address_leaves_the_last_offset(unused_tcp_port):
    clock = MovedClock(f"http://127.0.0.1:{unused_tcp_port}/")
    await clock.read()
    assert away(clock) == 0


async def test_who_follows_it_is_called_when_it_was_moved_and_only_then(hand):
    clock, seen = MovedClock(hand["url"]), asyncio.Queue()

    async def changed():
        await seen.put(away(clock))

    following = asyncio.ensure_future(clock.follow(changed))
    for offset in (DAY, 2 * DAY):
        hand["say"]["body"] = {"offset_seconds": offset}
        assert await asyncio.wait_for(seen.get(), 10) == offset
    # The last of two more answers was asked for after the first of them had been read.
    for _ in range(2 + hand["asked"].qsize()):
        await asyncio.wait_for(hand["asked"].get(), 10)
    assert seen.empty()
    following.cancel()
    await asyncio.wait([following])
