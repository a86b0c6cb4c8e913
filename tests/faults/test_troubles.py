"""A broadcast and a running check-in, through everything that goes wrong on the way to Telegram."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from random import Random

import answering
from answering import Since
from mortal import Mortal
from sqlalchemy import select
from tally import Size, Tally
from troubles import TROUBLES, Place, Trouble

from collective.broadcasts import batch
from collective.collectives import Collective
from collective.outbox import State
from storage import tables as t

WEEK = timedelta(days=7)
#: Seconds somebody thinks about a question, at most.
THINKS = 1.0
#: On PostgreSQL the whole campaign goes through one in so many.
ONE_IN = 6


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of one broadcast."""

    rows: int
    arrived: int
    twice: int
    unclear: int
    #: Refused by Telegram for good, which the report says.
    refused: int
    lost: int


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
        fate, lost = await _go_through(house, crowd, trouble, luck)
        row = Tally(
            fault=trouble.name,
            engine=engine,
            sent=fate.arrived + size.answering,
            duplicated=fate.twice,
            unclear=fate.unclear,
            lost=fate.lost + lost,
        )
        found.append((trouble, fate, row))
    tally += [row for *_, row in found]
    for trouble, fate, row in found:
        assert row.lost == 0, (row, fate)
        assert fate.refused == trouble.refused, (row, fate)
        assert row.duplicated <= trouble.twice, (row, fate)
        assert trouble.unclear <= row.unclear <= trouble.unclear + ALLOWED, (row, fate)


#: Chance may strike one message twice.
ALLOWED = 2


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
    fate = await _fate(house, number, text)
    missing = await answering.missing(house, since)
    for chat in place.crowd[: trouble.refused]:
        await house.playground.text(chat, "/aide", wait=True)  # she writes: she is reached again
    return fate, missing


async def _place(house: Mortal, crowd: Collective, luck: Random) -> Place:
    async with house.database.reading() as store:
        members = await store.collectives.members(crowd.id)
        group = await store.collectives.group(crowd.id)
    chats = [each.chat_id for each in members if each.chat_id is not None]
    luck.shuffle(chats)
    return Place(crowd=chats, group=group.chat_id if group else 0, seed=luck.randrange(10**6))


async def _fate(house: Mortal, number: int, text: str) -> Fate:
    rows = await _rows(house, number)
    seen = {row.chat_id: _times(house, row.chat_id, text) for row in rows}
    states = {row.chat_id: (row.state, row.reason) for row in rows}
    told = {State.FAILED.value, State.BLOCKED.value}
    unclear = sum(each == (State.FAILED.value, "unclear") for each in states.values())
    return Fate(
        rows=len(rows),
        arrived=sum(times > 0 for times in seen.values()),
        twice=sum(max(0, times - 1) for times in seen.values()),
        unclear=unclear,
        refused=sum(state in told for state, _ in states.values()) - unclear,
        lost=sum(not times and states[chat][0] not in told for chat, times in seen.items()),
    )


async def _rows(house: Mortal, number: int):
    async with house.database.reading() as store:
        wanted = select(t.outbox).where(t.outbox.c.batch == batch(number))
        return (await store._unit.execute(wanted)).all()


def _times(house: Mortal, chat: int, text: str) -> int:
    """How often a text stands in a chat."""
    return sum(text in (each.text or "") for each in house.playground.world.messages(chat))
