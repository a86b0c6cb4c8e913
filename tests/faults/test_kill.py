"""kill -9 at random moments: nothing is lost, at most what was in flight comes twice."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from random import Random

import answering
from fates import Fate, fate, is_under_way
from mortal import Mortal
from sqlalchemy import func, select
from tally import Size, Tally, by_size

from collective.collectives import Collective
from collective.outbox import State
from delivery.sender import IN_FLIGHT
from storage import tables as t
from tests.delivery.edge import until

#: Seconds within which a killed bot is usually busy: with an opening, with people who answer.
SPAN = 1.5
#: Seconds within which a bot that is asked to stop has stopped.
DRAINED = 10.0
WEEK = timedelta(days=7)


async def test_every_member_gets_her_card_whenever_the_bot_is_killed_at_an_opening(
    house: Mortal, now, size: Size, luck: Random, tally: list[Tally], engine: str
):
    await house.found(size.members)
    await house.start()
    for number in range(size.rounds):
        house.move_to(now + number * WEEK)
        await _killed(house, size, luck)
        await house.rest()
    cards = Counter(press.checkin for _, press in answering.sent(house))
    expected = await _count(house, t.checkins)
    row = Tally(
        fault=f"kill -9 × {house.kills} while rounds open for {size.members}",
        engine=engine,
        sent=cards.total(),
        duplicated=cards.total() - len(cards),
        unclear=await _count(house, t.outbox, t.outbox.c.state == State.FAILED.value),
        lost=expected - len(cards),
    )
    tally.append(row)
    assert expected == size.members * size.rounds
    assert (row.lost, row.unclear) == (0, 0), row
    assert row.duplicated <= IN_FLIGHT * house.kills, row
    assert max(cards.values()) <= 1 + size.kills, row


async def test_no_answer_that_was_shown_as_received_is_missing_after_a_kill(
    house: Mortal, now, size: Size, luck: Random, tally: list[Tally], engine: str
):
    await house.found(size.members)
    await house.start()
    house.move_to(now)
    await house.rest()
    lost = 0
    async with asyncio.TaskGroup() as people:
        for chat in house.people:
            people.create_task(answering.answers(house, chat, luck, size.pause))
        for _ in range(size.rounds * size.kills):
            await asyncio.sleep(luck.uniform(0, SPAN))
            await house.kill()
            lost += await answering.missing(house)
            await house.start()
    await house.rest()
    lost += await answering.missing(house)
    row = Tally(
        fault=f"kill -9 × {house.kills} while {size.members} members answer",
        engine=engine,
        sent=sum(answering.received(house).values()),
        duplicated=0,
        unclear=await _count(house, t.outbox, t.outbox.c.state == State.FAILED.value),
        lost=lost,
    )
    tally.append(row)
    assert lost == 0, row
    assert await _count(house, t.checkins, t.checkins.c.finished_at.is_not(None)) == size.members


@by_size
async def test_a_broadcast_reaches_everyone_however_often_the_bot_is_stopped_and_killed(
    house: Mortal, size: Size, luck: Random, tally: list[Tally], engine: str
):
    await house.found(1)
    crowd = await house.gather(size.audience)
    await house.start()
    waits: list[float] = []

    async def stop() -> None:
        waits.append(await house.stop())

    stops = -(-size.ends // 10)
    stopped = await _sent_through(house, crowd, luck, stop, stops)
    killed = await _sent_through(house, crowd, luck, house.kill, size.ends)
    tally += [
        _row(f"SIGTERM × {stops} during a broadcast to {size.audience}", engine, stopped),
        _row(f"kill -9 × {size.ends} during a broadcast to {size.audience}", engine, killed),
    ]
    assert max(waits) < DRAINED, waits
    assert (stopped.lost, stopped.twice, stopped.unclear) == (0, 0, 0), stopped
    # What two deaths have met is unclear, and reported.
    assert killed.lost == 0, killed
    assert killed.twice + killed.unclear <= IN_FLIGHT * size.ends, killed


@by_size
async def test_a_send_that_hangs_does_not_outlive_the_end_and_may_have_arrived(
    house: Mortal, now, engine: str
):
    await house.found(1)
    [chat] = house.people
    hangs = {"kind": "timeout", "method": "sendMessage", "chat_id": chat, "when": "after"}
    house.playground.world.faults.arm(hangs | {"seconds": 60})
    await house.start()
    house.move_to(now)
    await until(lambda: bool(house.playground.world.messages(chat)), seconds=20)
    assert await house.stop() < DRAINED
    assert await _count(house, t.outbox, t.outbox.c.state == State.SENDING.value) == 1
    await house.start()
    await house.rest()
    assert await _count(house, t.outbox, t.outbox.c.doubtful) == 1
    assert len(house.playground.world.messages(chat)) == 2


async def _sent_through(
    house: Mortal,
    crowd: Collective,
    luck: Random,
    end: Callable[[], Awaitable[None]],
    times: int,
) -> Fate:
    """Broadcast again and again until it was ended so often in the middle; what became of them."""
    found = Fate()
    while times:
        text = f"Broadcast {luck.randrange(10**9)}"
        number = await house.broadcast(crowd, text)
        while times and await is_under_way(house, number):
            await asyncio.sleep(luck.uniform(0, SPAN / 2))
            await end()
            await house.start()
            times -= 1
        await house.rest()
        found += await fate(house, number, text)
    return found


def _row(fault: str, engine: str, found: Fate) -> Tally:
    return Tally(
        fault=fault,
        engine=engine,
        sent=found.arrived,
        duplicated=found.twice,
        unclear=found.unclear,
        lost=found.lost,
    )


async def _killed(house: Mortal, size: Size, luck: Random) -> None:
    for _ in range(size.kills):
        await asyncio.sleep(luck.uniform(0, SPAN))
        await house.kill()
        await house.start()


async def _count(house: Mortal, table, *conditions) -> int:
    async with house.database.reading() as store:
        counted = select(func.count()).select_from(table).where(*conditions)
        return (await store._unit.execute(counted)).scalar_one()
