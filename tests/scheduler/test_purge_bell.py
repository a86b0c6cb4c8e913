"""Every night what has been kept long enough goes, a small batch at a time."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

import scheduler
from collective.retention import Retention
from collective.schedules import Bell
from scheduler.sweep import Sweep
from storage import tables as t

ZONE = "Africa/Lubumbashi"
NIGHT = timedelta(hours=10)  # from 17:00 to 03:00


@pytest.fixture
def sweep(ledger, clock):
    return Sweep(ledger, clock, {}, {Bell.PURGE: scheduler.purge_bell(Retention(cards=1), batch=2)})


async def wind(ledger, now, zone=ZONE):
    async with ledger.writing() as store:
        await scheduler.wind(store, zone=zone, now=now)
        return [(each.subject, each.next_due) for each in await store.schedules.upcoming(9)]


async def show(ledger, now, count):
    async with ledger.writing() as store:
        for number in range(count):
            await store.shown.put(
                chat_id=number, message_id=1, kind="home", ids={}, person_id=None, now=now
            )


async def shown(ledger):
    async with ledger.reading() as store:
        return len((await store._unit.execute(select(t.shown.c.chat_id))).all())


async def test_it_is_wound_once_for_the_coming_night_and_follows_the_zone(ledger, now):
    assert await wind(ledger, now) == await wind(ledger, now) == [(0, now + NIGHT)]
    assert await wind(ledger, now, "Africa/Kinshasa") == [(0, now + NIGHT + timedelta(hours=1))]


async def test_each_batch_rings_by_itself_until_nothing_is_left(ledger, clock, sweep, now):
    await wind(ledger, now)
    await show(ledger, now, 5)
    clock.moment = now + NIGHT
    assert (await sweep.run(), await shown(ledger)) == (1, 5)
    clock.moment += timedelta(days=1)
    with capture_logs() as lines:
        assert await sweep.run() == 4
    told = [line["rows"] for line in lines if line["event"] == "purged"]
    assert (told, await shown(ledger)) == ([2, 2, 1], 0)
    async with ledger.reading() as store:
        [following] = await store.schedules.upcoming(9)
    assert following.next_due == now + NIGHT + timedelta(days=2)
