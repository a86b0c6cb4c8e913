"""Several workers sweep one database while their clocks jump and they die at any step.

Every due moment is dealt with once: none missed, none doubled, and rung or skipped as its bell's
lateness says.
"""

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta

from sqlalchemy import select

from collective.calendar import Cadence, Rule, local_day, moments
from collective.events import Event
from collective.schedules import Bell
from scheduler import TIMETABLE
from scheduler.sweep import Sweep
from storage import tables as t
from tests.storage.ledger_rows import collective

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ZONES = ("Africa/Kinshasa", "Africa/Lubumbashi", "Europe/Brussels")
WORKERS = 3
#: How far a worker's clock may be from the others'.
LATE, EARLY = -DAY, HOUR
WEEKS = 40 if os.environ.get("LISANGA_CAMPAIGN") == "whole" else 4


class Death(BaseException):
    """The process is gone at this very step."""


@dataclass
class Clock:
    """A worker's clock: somebody else's, more or less."""

    true: datetime
    skew: timedelta = timedelta(0)

    def now(self):
        return self.true + self.skew


class Deadly:
    """A ledger whose process dies now and then: around a statement, around a commit."""

    def __init__(self, ledger, luck, odds):
        self._ledger, self._luck, self._odds = ledger, luck, odds

    def _perhaps(self):
        if self._luck.random() < self._odds:
            raise Death
        if self._luck.random() < self._odds:
            raise ConnectionError

    @asynccontextmanager
    async def writing(self):
        self._perhaps()
        async with self._ledger.writing() as store:
            execute = store._unit.execute

            async def risky(statement, **values):
                self._perhaps()
                await asyncio.sleep(0)
                done = await execute(statement, **values)
                self._perhaps()
                return done

            store._unit.execute = risky
            yield store
            self._perhaps()
        self._perhaps()


EVENTS = (Event.ROUND_OPENED, Event.ROUND_CLOSED)


async def ring(store, _forms, subject, due, _now):
    """Ring: two statements, so that a death can fall between them."""
    for event in EVENTS:
        await store.audit.append(event, by=None, subject=subject, now=due)


BELLS = {bell: replace(entry, ring=ring) for bell, entry in TIMETABLE.items()}


async def test_every_due_moment_is_dealt_with_once(database, luck):
    # The clocks of Brussels change in it.
    began = datetime(2026, 10, 12, luck.randrange(24), tzinfo=UTC)
    ends = began + timedelta(weeks=WEEKS)
    await wind(database, began, ends, luck)
    wanted = await timetable(database)
    clocks = [Clock(began) for _ in range(WORKERS)]
    deaths = [0] * WORKERS
    while clocks[0].true < ends:
        # Now and then everybody sleeps for days.
        step = 9 * DAY if luck.random() < 0.03 else luck.choice((HOUR, 6 * HOUR, 20 * HOUR))
        for clock in clocks:
            clock.true += step
            clock.skew = luck.choice((timedelta(0), clock.skew, luck.random() * LATE, EARLY))
        async with asyncio.TaskGroup() as workers:
            for number, clock in enumerate(clocks):
                workers.create_task(work(database, clock, luck, deaths, number))
    assert sum(deaths) > WEEKS
    last = Clock(clocks[0].true)
    while await Sweep(database, last, {}, BELLS).run():
        pass
    await judge(database, wanted, last.true)


async def wind(database, began, ends, luck):
    """Put collectives of every cadence and zone on the timetable, and bells that ring once."""
    async with database.writing() as store:
        for number, (zone, cadence) in enumerate((z, c) for z in ZONES for c in Cadence):
            made = await collective(store, began, draft=f"d{number}")
            for _ in range(WEEKS):
                day = local_day(began, zone) + luck.randrange(WEEKS * 7) * DAY
                await store.collectives.set_feast_day(made.id, day, feast=True)
            weekday, at = luck.randrange(7), time(luck.randrange(24))
            rule = Rule(cadence=cadence, weekday=weekday, at=at, zone=zone, first=began.date())
            [due] = moments(rule, began)
            await store.schedules.add(Bell.OPEN_ROUND, made.id, due, rule)
        for subject in range(100, 100 + 3 * WEEKS):
            bell = luck.choice((Bell.REMIND, Bell.CLOSE_ROUND))
            await store.schedules.add(bell, subject, began + luck.random() * (ends - began))


async def timetable(database):
    """Return each schedule as it was wound: (id, row, feast days)."""
    async with database.reading() as store:
        return [
            (each, await store.collectives.feast_days(each.subject))
            for each in await store.schedules.upcoming(10_000)
        ]


async def work(database, clock, luck, deaths, number):
    """Sweep until everything due on this clock was seen; who dies is started anew."""
    deadly = Deadly(database, luck, odds=0.02)
    while True:
        try:
            await Sweep(deadly, clock, {}, BELLS).run()
        except Death:
            deaths[number] += 1
        except ConnectionError:
            await asyncio.sleep(0)
        else:
            return


def following(schedule, feasts, due):
    return moments(schedule.rule, due, feasts=feasts)[0] if schedule.rule else None


def all_due(schedule, feasts, until):
    """Every moment of a schedule up to a moment."""
    due, found = schedule.next_due, []
    while due is not None and due <= until:
        found.append(due)
        due = following(schedule, feasts, due)
    return found


async def judge(database, wanted, now):
    async with database.reading() as store:
        dealt = (await store._unit.execute(select(t.occurrences))).all()
        rung = (await store._unit.execute(select(t.audit))).all()
    states = {(row.schedule_id, row.due_at): row for row in dealt}
    heard = [(row.event, row.subject, row.at) for row in rung]
    expected = []
    for schedule, feasts in wanted:
        dues = all_due(schedule, feasts, now + EARLY)
        found = sorted(due for number, due in states if number == schedule.id)
        assert found == dues[: len(found)], "no moment is missed and none is invented"
        assert len(found) >= len([due for due in dues if due <= now])
        for due in found:
            row = states[schedule.id, due]
            after = following(schedule, feasts, due)
            late = not BELLS[schedule.bell].lateness.forgives(due, row.dealt_at)
            skipped = late or (after is not None and after <= row.dealt_at)
            assert row.state == ("skipped" if skipped else "rang")
            if not skipped:
                expected += [(event, schedule.subject, due) for event in EVENTS]
    assert sorted(heard) == sorted(expected), "each moment that rang rang once, whole"
