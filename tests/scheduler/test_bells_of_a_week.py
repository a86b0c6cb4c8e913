"""The bells call the actions: a week from its opening to its closing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from collective import sample
from collective.forms import load_forms
from collective.rounds import REMINDERS, WINDOW
from collective.schedules import Bell
from scheduler.sweep import Sweep
from storage import tables as t
from tests.storage.ledger_rows import collective

FORMS = load_forms()


@pytest.fixture
async def place(ledger, rule, now):
    """A collective with one member and no facilitator, its first check-in due now."""
    async with ledger.writing() as store:
        made = await collective(store, now)
        account = await store.people.ensure_account(1, now)
        person = await store.people.add_person(account.id, "Mado", now)
        await store.collectives.add_member(made.id, person.id, now)
        await store.schedules.add(Bell.OPEN_ROUND, made.id, now, rule)


async def kinds(ledger):
    async with ledger.reading() as store:
        rows = await store._unit.execute(select(t.outbox.c.kind).order_by(t.outbox.c.id))
        return [row.kind for row in rows]


async def test_each_moment_of_the_week_tells_its_message(ledger, clock, place, now):
    sweep = Sweep(ledger, clock, FORMS)
    moments = []
    while clock.moment < now + WINDOW:
        async with ledger.reading() as store:
            [following] = await store.schedules.upcoming(1)
        clock.moment = following.next_due
        moments.append(clock.moment - now)
        assert await sweep.run() == 1
    assert moments == [timedelta(0), *REMINDERS, WINDOW]
    assert await kinds(ledger) == [
        "checkin_opening",
        "checkin_reminder",
        "checkin_reminder",
        "summary",
    ]


async def test_down_from_before_the_opening_to_after_the_window_only_the_record_is_put_right(
    ledger, clock, place, now
):
    clock.moment = now + WINDOW + timedelta(hours=1)
    assert await Sweep(ledger, clock, FORMS).run() == 0
    assert await kinds(ledger) == []


async def test_down_during_the_round_it_closes_and_reminds_nobody(ledger, clock, place, now):
    sweep = Sweep(ledger, clock, FORMS)
    await sweep.run()
    clock.moment = now + WINDOW + timedelta(hours=1)
    assert await sweep.run() == 1
    assert await kinds(ledger) == ["checkin_opening", "summary"]


async def test_the_past_of_the_sample_rings_nothing(ledger, clock, now):
    start = sample.starts_at(now)
    chats = {name: number for number, name in enumerate(sample.PEOPLE, 1)}
    await sample.fill(ledger, FORMS, chats=chats, group=-5, now=start)
    before = await kinds(ledger)
    clock.moment = start
    await Sweep(ledger, clock, FORMS).run()
    async with ledger.reading() as store:
        [following] = await store.schedules.upcoming(1)
        rounds = await store._unit.execute(select(func.count()).select_from(t.rounds))
    assert await kinds(ledger) == before
    assert rounds.scalar_one() == sample.WEEKS
    assert following.next_due == start + timedelta(minutes=10)
