"""A week of an activity by the clock: it reminds, asks to look back, and its series goes on."""

import asyncio
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from collective.actions import activities, activity_bells, announcing, looking_back
from collective.activities import Coming, Details, Kind
from collective.calendar import Cadence
from scheduler.sweep import Sweep
from storage import tables as t
from tests.storage.ledger_rows import collective, member

DAY = timedelta(days=1)


@pytest.fixture
async def activity(database, now):
    """A meeting on Saturday at nine, every week; three come, in a collective of four."""
    async with database.writing() as store:
        made = await collective(store, now)
        women = [await member(store, now, made, chat=100 + place) for place in range(4)]
        by = {"by": women[0].person_id, "now": now}
        said = Details(
            kind=Kind.MEETING,
            title="Likita",
            day=date(2026, 11, 28),
            at=time(9),
            repeats=Cadence.WEEKLY,
            in_charge=women[0].person_id,
        )
        planned = await activities.plan(store, made.id, said, draft="d", **by)
        for woman in women[:3]:
            coming = {"by": woman.person_id, "now": now}
            await activities.answer(store, planned.id, Coming.YES, **coming)
    return planned


async def told(database):
    async with database.reading() as store:
        rows = (await store._unit.execute(select(t.outbox.c.kind))).all()
    return [row.kind for row in rows]


async def test_each_thing_comes_in_its_time(database, clock, activity, now):
    sweep, seen = Sweep(database, clock, {}), {}
    for hours in range(0, 24 * 6, 2):
        clock.moment = now + timedelta(hours=hours)
        await sweep.run()
        for kind in (announcing.REMINDER, announcing.LOOK_BACK, announcing.PLANNED):
            seen.setdefault(kind, []).append((await told(database)).count(kind))
    # Friday at five; Saturday, Sunday and Tuesday at six; the next one once this one is over.
    assert seen[announcing.REMINDER].index(3) * 2 == 24
    first = [seen[announcing.LOOK_BACK].index(times) * 2 for times in (1, 2, 3)]
    assert first == [50, 74, 122]
    assert seen[announcing.PLANNED].index(7) * 2 == 42
    assert (await told(database)).count(announcing.LOOK_BACK) == 3


async def test_a_bot_that_was_down_reminds_nobody_and_goes_on_with_the_next(
    database, clock, activity, now
):
    clock.moment = now + 20 * DAY
    await Sweep(database, clock, {}).run()
    seen = await told(database)
    assert announcing.REMINDER not in seen
    assert announcing.LOOK_BACK not in seen
    async with database.reading() as store:
        [following] = await store.activities.ahead(activity.collective_id, clock.moment)
    assert following.starts_at == activity.starts_at + 21 * DAY


async def test_of_two_presses_and_two_sweeps_at_once_one_counts(database, activity, now):
    over = activity.starts_at + timedelta(hours=3)

    async def alone(act, **said):
        async with database.writing() as store:
            await act(store, activity.id, now=over, **said)

    by = {"by": activity.planned_by}
    await alone(looking_back.mark_all, **by)
    await asyncio.gather(
        *(alone(looking_back.finish, **by) for _ in range(2)),
        *(alone(activity_bells.make_next) for _ in range(2)),
    )
    seen = await told(database)
    assert seen.count(announcing.PLANNED) == 3 + 4
    assert seen.count(announcing.DONE) == seen.count(announcing.FELT) == 4
