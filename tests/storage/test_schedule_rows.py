"""The timetable's rows, on both engines."""

import asyncio
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from ledger_rows import rows

from collective.calendar import Cadence, Rule
from collective.schedules import Bell, Occurrence, Schedule
from storage import tables as t
from storage.database import open_database

RULE = Rule(weekday=3, at=time(17, 30), zone="Africa/Lubumbashi")
HOUR = timedelta(hours=1)


@pytest.fixture
async def weekly(store, now):
    await store.schedules.add(Bell.OPEN_ROUND, 1, now, RULE)
    return await store.schedules.of(Bell.OPEN_ROUND, 1)


async def test_a_schedule_is_added_once(store, weekly, now):
    await store.schedules.add(Bell.OPEN_ROUND, 1, now, RULE)
    assert await store.schedules.upcoming(9) == [weekly]
    assert weekly == Schedule(
        id=weekly.id, bell=Bell.OPEN_ROUND, subject=1, rule=RULE, next_due=now
    )


@pytest.mark.parametrize("cadence", Cadence)
async def test_a_rule_is_kept_as_it_is(store, now, cadence):
    rule = replace(RULE, cadence=cadence, first=date(2026, 11, 26))
    await store.schedules.add(Bell.OPEN_ROUND, 1, now, rule)
    assert (await store.schedules.of(Bell.OPEN_ROUND, 1)).rule == rule


async def test_a_rule_written_before_there_were_cadences_is_weekly(store, now):
    written = {"weekday": 3, "at": "17:30:00", "zone": "Africa/Lubumbashi"}
    row = {"bell": "open_round", "subject": 1, "first_due": now, "next_due": now, "rule": written}
    await store._unit.execute(t.schedules.insert().values(row))
    assert (await store.schedules.of(Bell.OPEN_ROUND, 1)).rule == RULE


async def test_another_rule_takes_the_place_of_the_one_before(store, weekly, now):
    rule = replace(RULE, weekday=0)
    await store.schedules.replan(weekly.id, rule, now + HOUR)
    held = await store.schedules.hold(Bell.OPEN_ROUND, 1)
    assert held == replace(weekly, rule=rule, next_due=now + HOUR)


async def test_the_earliest_of_several_is_the_one_to_come(store, now):
    for hours in (48, 24):
        await store.schedules.add(Bell.REMIND, 5, now + hours * HOUR)
    found = await store.schedules.of(Bell.REMIND, 5)
    assert (found.next_due, found.rule) == (now + 24 * HOUR, None)
    assert await store.schedules.of(Bell.REMIND, 6) is None


async def test_the_longest_due_is_taken_first_and_nothing_before_its_time(store, now):
    for subject, hours in ((1, 0), (2, -5), (3, 1)):
        await store.schedules.add(Bell.REMIND, subject, now + hours * HOUR)
    second = await store.schedules.take_due(now)
    assert second.subject == 2
    first = await store.schedules.take_due(now, [second.id])
    assert first.subject == 1
    assert await store.schedules.take_due(now, [first.id, second.id]) is None


async def test_a_due_moment_occurs_once(store, weekly, now):
    week = timedelta(weeks=1)
    assert await store.schedules.occurred(weekly, Occurrence.RANG, now + week, now)
    assert not await store.schedules.occurred(weekly, Occurrence.RANG, now + 2 * week, now)
    assert (await store.schedules.of(Bell.OPEN_ROUND, 1)).next_due == now + week
    assert await rows(store, t.occurrences) == [(weekly.id, now, "rang", now)]


async def test_without_a_next_moment_it_never_rings_again(store, weekly, now):
    await store.schedules.occurred(weekly, Occurrence.SKIPPED, None, now)
    assert await store.schedules.of(Bell.OPEN_ROUND, 1) is None
    assert await store.schedules.upcoming(9) == []
    assert await store.schedules.take_due(now + timedelta(days=999)) is None


async def test_what_rings_next_is_listed_soonest_first(store, now):
    for subject, hours in ((1, 3), (2, 1), (3, 2)):
        await store.schedules.add(Bell.REMIND, subject, now + hours * HOUR)
    assert [each.subject for each in await store.schedules.upcoming(2)] == [2, 3]


async def test_on_postgresql_a_second_sweep_passes_by_what_the_first_holds(
    new_database, cipher, now
):
    database = open_database(new_database.url("postgresql"), cipher)
    async with database.writing() as store:
        for subject in (1, 2):
            await store.schedules.add(Bell.REMIND, subject, now)
    async with database.writing() as one, database.writing() as two, asyncio.timeout(10):
        held = [await unit.schedules.take_due(now) for unit in (one, two)]
    assert [each.subject for each in held] == [1, 2]
    await database.close()
