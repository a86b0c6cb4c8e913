"""Every due moment happens once, whatever the clock and the bells do."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

import scheduler
from collective.calendar import Lateness
from collective.schedules import Bell
from scheduler.sweep import Sweep
from storage import tables as t
from tests.storage.ledger_rows import collective

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


@pytest.fixture
def sweep(database, clock, bells):
    return Sweep(database, clock, {})


@pytest.fixture
def wind(database):
    async def wound(bell, *dues, rule=None):
        async with database.writing() as store:
            for subject, due in enumerate(dues, 1):
                await store.schedules.add(bell, subject, due, rule)

    return wound


async def look(database, statement):
    async with database.reading() as store:
        return [tuple(row) for row in await store._unit.execute(statement)]


async def rang(database):
    """Return (subject, due moment) of every ring, in order."""
    return await look(database, select(t.audit.c.subject, t.audit.c.at).order_by(t.audit.c.id))


async def states(database):
    """Return what became of each due moment, in order."""
    query = select(t.occurrences.c.state).order_by(t.occurrences.c.due_at)
    return [state for (state,) in await look(database, query)]


def test_every_bell_is_on_the_timetable():
    assert set(scheduler.TIMETABLE) == set(Bell)


async def test_a_due_moment_rings_once(sweep, wind, database, now):
    await wind(Bell.REMIND, now)
    assert [await sweep.run(), await sweep.run()] == [1, 0]
    assert await rang(database) == [(1, now)]


async def test_nothing_rings_before_its_moment(sweep, wind, clock, database, now):
    await wind(Bell.REMIND, now + timedelta(seconds=1))
    assert await sweep.run() == 0
    clock.moment += timedelta(seconds=1)
    assert await sweep.run() == 1


async def test_the_longest_due_rings_first(sweep, wind, database, now):
    await wind(Bell.REMIND, now - HOUR, now - 3 * HOUR, now - 2 * HOUR)
    await sweep.run()
    assert [subject for subject, _ in await rang(database)] == [2, 3, 1]


async def test_two_sweeps_at_once_ring_each_moment_once(sweep, wind, database, clock, bells, now):
    await wind(Bell.REMIND, *(now - timedelta(seconds=n) for n in range(20)))
    counts = await asyncio.gather(sweep.run(), Sweep(database, clock, {}).run())
    assert sum(counts) == 20
    assert sorted(subject for subject, _ in await rang(database)) == list(range(1, 21))
    assert await states(database) == ["rang"] * 20


async def test_a_recurring_bell_moves_on_from_its_due_moment(
    sweep, wind, database, clock, rule, now
):
    await wind(Bell.OPEN_ROUND, now, rule=rule)
    clock.moment = now + 5 * HOUR
    await sweep.run()
    clock.moment = now + WEEK
    await sweep.run()
    assert await rang(database) == [(1, now), (1, now + WEEK)]


@pytest.mark.parametrize(
    ("bell", "late", "state"),
    [
        (Bell.OPEN_ROUND, 24 * HOUR, "rang"),
        (Bell.OPEN_ROUND, 24 * HOUR + timedelta(seconds=1), "skipped"),
        (Bell.REMIND, 12 * HOUR, "rang"),
        (Bell.REMIND, 13 * HOUR, "skipped"),
        (Bell.CLOSE_ROUND, 52 * WEEK, "rang"),
    ],
)
async def test_how_late_a_bell_may_ring_is_its_own(ledger, clock, bells, now, bell, late, state):
    async with ledger.writing() as store:
        await store.schedules.add(bell, 1, now)
    clock.moment = now + late
    assert await Sweep(ledger, clock, {}).run() == (1 if state == "rang" else 0)
    assert await states(ledger) == [state]


async def test_after_weeks_of_silence_only_the_last_moment_rings(
    sweep, wind, database, clock, rule, now
):
    await wind(Bell.OPEN_ROUND, now, rule=rule)
    clock.moment = now + 3 * WEEK + HOUR
    assert await sweep.run() == 1
    assert await states(database) == ["skipped"] * 3 + ["rang"]
    assert await rang(database) == [(1, now + 3 * WEEK)]


async def test_a_moment_that_the_next_one_overtook_is_skipped_however_late_it_might_ring(
    ledger, clock, bells, monkeypatch, rule, now
):
    patient = scheduler.Entry(ring=bells.ring, lateness=Lateness(grace=None))
    monkeypatch.setitem(scheduler.TIMETABLE, Bell.OPEN_ROUND, patient)
    async with ledger.writing() as store:
        await store.schedules.add(Bell.OPEN_ROUND, 1, now, rule)
    clock.moment = now + WEEK
    await Sweep(ledger, clock, {}).run()
    assert await rang(ledger) == [(1, now + WEEK)]


async def test_a_clock_that_jumps_ahead_and_back_repeats_nothing(
    sweep, wind, database, clock, rule, now
):
    await wind(Bell.OPEN_ROUND, now, rule=rule)
    for jump in (0, 1, 0, 1, 2):
        clock.moment = now + jump * WEEK
        await sweep.run()
    assert await rang(database) == [(1, now), (1, now + WEEK), (1, now + 2 * WEEK)]


async def test_a_broken_bell_is_undone_and_stops_no_other(sweep, wind, database, bells, now):
    await wind(Bell.REMIND, now - 2 * HOUR, now - HOUR, now)
    bells.broken = {1}
    assert await sweep.run() == 2
    assert [subject for subject, _ in await rang(database)] == [2, 3]
    assert await states(database) == ["rang"] * 2


async def test_a_broken_bell_rings_at_the_next_sweep(sweep, wind, database, bells, now):
    await wind(Bell.REMIND, now)
    bells.broken = {1}
    assert await sweep.run() == 0
    bells.broken.clear()
    assert await sweep.run() == 1
    assert await rang(database) == [(1, now)]


@pytest.mark.parametrize("strange", [{"bell": "unheard"}, {"rule": {"cadence": "yearly"}}])
async def test_a_bell_of_a_newer_version_is_told_of_once_and_left_alone(
    sweep, wind, database, now, strange
):
    row = {"bell": "remind", "subject": 9, "first_due": now - HOUR, "next_due": now - HOUR}
    async with database.writing() as store:
        await store._unit.execute(t.schedules.insert().values(row | strange))
    await wind(Bell.REMIND, now)
    with capture_logs() as lines:
        assert [await sweep.run(), await sweep.run()] == [1, 0]
    assert [line["subject"] for line in lines if line["event"] == "bell_unknown"] == [9]
    waiting = select(t.schedules.c.subject).where(t.schedules.c.next_due.is_not(None))
    assert await look(database, waiting) == [(9,)]


async def test_a_feast_day_lets_the_next_round_wait(sweep, wind, database, clock, rule, now):
    async with database.writing() as store:
        made = await collective(store, now)
        await store.collectives.set_feast_day(made.id, (now + WEEK).date(), feast=True)
    await wind(Bell.OPEN_ROUND, now, rule=rule)
    for days in (0, 7, 8, 13, 14):
        clock.moment = now + timedelta(days=days)
        await sweep.run()
    assert [(due - now).days for _, due in await rang(database)] == [0, 8, 14]


async def test_a_database_that_fails_is_not_taken_for_a_broken_bell(ledger, clock):
    async with ledger.writing() as store:
        for table in ("occurrences", "schedules"):
            await store._unit.execute(text(f"DROP TABLE {table}"))
    with pytest.raises(OperationalError, match="schedules"):
        await Sweep(ledger, clock, {}).run()


@pytest.mark.parametrize("seconds", [-1, 3601])
async def test_a_clock_that_jumped_is_told_of(ledger, clock, seconds):
    sweep = Sweep(ledger, clock, {})
    with capture_logs() as lines:
        for jump in (0, 3600, seconds):
            clock.moment += timedelta(seconds=jump)
            await sweep.run()
    assert [(line["event"], line["seconds"]) for line in lines] == [("clock_jumped", seconds)]


async def test_what_was_missed_is_told_once_however_many_were(ledger, clock, bells, rule, now):
    entry = replace(scheduler.TIMETABLE[Bell.OPEN_ROUND], missed=bells.ring)
    async with ledger.writing() as store:
        await store.schedules.add(Bell.OPEN_ROUND, 1, now, rule)
    clock.moment = now + 3 * WEEK + 30 * HOUR
    assert await Sweep(ledger, clock, {}, {Bell.OPEN_ROUND: entry}).run() == 0
    assert await states(ledger) == ["skipped"] * 4
    assert await rang(ledger) == [(1, now + 3 * WEEK)]
