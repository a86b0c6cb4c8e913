"""A broadcast and a running check-in, through everything that goes wrong on the way to Telegram."""

import asyncio
import sys
from datetime import timedelta
from random import Random

import answering
from answering import Since
from fates import Fate, fate
from mortal import Mortal
from tally import Size, Tally, by_size
from troubles import TROUBLES, Place, Trouble

from collective.collectives import Collective

WEEK = timedelta(days=7)
#: Seconds somebody thinks about a question, at most.
THINKS = 0.3
#: On PostgreSQL the whole campaign goes through one in so many.
ONE_IN = 6


@by_size
async def test_a_broadcast_and_a_check_in_come_through_every_trouble(
    house: Mortal, now, size: Size, luck: Random, tally: list[Tally], engine: str
):
    await house.found(size.answering)
    crowd = await house.gather(size.crowd)
    await house.start()
    chosen = _chosen(size, engine, luck)
    found = []
    for week, trouble in enumerate(chosen):
        house.move_to(now + week * WEEK)
        ended, lost = await _go_through(house, crowd, trouble, luck)
        row = Tally(
            fault=trouble.name,
            engine=engine,
            sent=ended.arrived + size.answering,
            duplicated=ended.twice,
            unclear=ended.unclear,
            lost=ended.lost + lost,
        )
        sys.stdout.write(f"{row} {ended.refused} refused\n")
        found.append((trouble, ended, row))
    tally += [row for *_, row in found]
    for trouble, ended, row in found:
        assert row.lost == 0, row
        assert ended.refused == trouble.refused, (row, ended)
        assert row.duplicated <= trouble.twice, row
        assert row.unclear == trouble.unclear, row


def _chosen(size: Size, engine: str, luck: Random) -> list[Trouble]:
    if size.troubles is not None:
        return luck.sample(TROUBLES, size.troubles)
    return list(TROUBLES if engine == "sqlite" else TROUBLES[luck.randrange(ONE_IN) :: ONE_IN])


async def _go_through(
    house: Mortal, crowd: Collective, trouble: Trouble, luck: Random
) -> tuple[Fate, int]:
    """Arm, broadcast while the round is answered, and count; answers that are missing last."""
    world, since = house.playground.world, await Since.now(house)
    place = await _place(house, crowd, luck)
    for fault in trouble.faults(place):
        world.faults.arm(fault)
    text = f"Trouble {luck.randrange(10**9)}"
    number = await house.broadcast(crowd, text)
    async with asyncio.TaskGroup() as people:
        for chat in house.people:
            people.create_task(answering.answers(house, chat, luck, THINKS, since))
        if trouble.lasts is not None:
            await asyncio.sleep(trouble.lasts)
            world.faults.clear()
    await house.rest()
    world.faults.clear()
    world.updates.release()
    await house.rest()
    ended = await fate(house, number, text)
    missing = await answering.missing(house, since)
    for chat in place.crowd[: trouble.refused]:
        await house.playground.text(chat, "/aide", wait=True)  # she writes: she is reached again
    return ended, missing


async def _place(house: Mortal, crowd: Collective, luck: Random) -> Place:
    async with house.database.reading() as store:
        members = await store.collectives.members(crowd.id)
        group = await store.collectives.group(crowd.id)
    chats = [each.chat_id for each in members if each.chat_id is not None]
    luck.shuffle(chats)
    return Place(crowd=chats, group=group.chat_id if group else 0, seed=luck.randrange(10**6))
