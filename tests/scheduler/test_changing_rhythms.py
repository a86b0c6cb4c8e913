"""A rhythm that is changed again and again while its rounds run."""

from dataclasses import replace
from datetime import UTC, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select

from collective.actions import rhythms
from collective.collectives import CADENCES, DEFAULT_RHYTHM, WINDOWS
from collective.forms import load_forms
from scheduler.sweep import Sweep
from storage import tables as t
from tests.collective.village import found

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("cadences", "shortest", "longest"),
    [(CADENCES[:1], 3.5 * DAY, 10.5 * DAY), (CADENCES, 3.5 * DAY, 60 * DAY)],
)
async def test_no_round_is_lost_or_doubled_and_no_two_are_open(
    ledger, clock, luck, cadences, shortest, longest
):
    async with ledger.writing() as store:
        village = await found(store, clock.moment, members=1)
    sweep = Sweep(ledger, clock, load_forms())
    clock.moment += timedelta(weeks=1)  # the first round has opened
    await sweep.run()
    for _ in range(160):
        clock.moment += luck.randrange(1, 24) * HOUR  # within the grace of an opening
        await sweep.run()
        rhythm = replace(
            DEFAULT_RHYTHM,
            cadence=luck.choice(cadences),
            weekday=luck.randrange(7),
            at=time(luck.randrange(7, 20)),
            window=luck.choice(WINDOWS),
        )
        async with ledger.writing() as store:
            await rhythms.change(
                store, village.collective.id, rhythm, by=village.facilitator, now=clock.moment
            )
    async with ledger.reading() as store:
        kept = (await store._unit.execute(select(t.rounds).order_by(t.rounds.c.opens_at))).all()
    assert len(kept) > 1
    for one, next_one in pairwise(kept):
        assert one.closes_at <= next_one.opens_at
        assert shortest <= next_one.opens_at - one.opens_at <= longest
    assert {each.opens_at.tzinfo for each in kept} == {UTC}
