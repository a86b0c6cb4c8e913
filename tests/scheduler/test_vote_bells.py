"""A vote closes at its hour although the bot was down, and is cleaned up behind."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from collective.actions import ballots, proposals, telling
from collective.decisions import Consulted, Method, NextStep, Outcome, Secrecy
from collective.terms import Terms
from scheduler.sweep import Sweep
from storage import tables as t
from tests.storage.ledger_rows import collective, member

DAY = timedelta(days=1)


@pytest.fixture
async def vote(database, now):
    """A secret vote of five, three days long, in which as many as asked for vote."""

    async def opened(voters):
        async with database.writing() as store:
            made = await collective(store, now)
            women = [await member(store, now, made, chat=100 + place) for place in range(5)]
            by = {"by": women[0].person_id, "now": now}
            said = Terms(
                question="?",
                method=Method.MAJORITY,
                consulted=Consulted.NOBODY,
                secrecy=Secrecy.SECRET,
                closes_at=now + 3 * DAY,
            )
            drafted = await proposals.draft(store, made.id, said, draft="d", **by)
            await proposals.open_vote(store, drafted.id, **by)
            for woman in women[:voters]:
                await ballots.cast(store, drafted.id, "yes", by=woman.person_id, now=now)
        return drafted.id

    return opened


async def kept(database, proposal, table):
    async with database.reading() as store:
        told = (await store._unit.execute(select(t.outbox.c.kind))).all()
        left = (await store._unit.execute(table.select())).all()
        return await store.proposals.get(proposal), [row.kind for row in told], left


async def test_a_bot_that_was_down_closes_late_reminds_nobody_and_cleans(
    database, clock, vote, now
):
    proposal = await vote(5)
    clock.moment = now + 9 * DAY
    await Sweep(database, clock, {}).run()
    closed, told, uncleaned = await kept(database, proposal, t.unscrubbed)
    assert (closed.outcome, closed.closed_at) == (Outcome.ADOPTED, clock.moment)
    assert (told.count(telling.VOTE_RESULT), telling.VOTE_REMINDER in told) == (5, False)
    assert uncleaned == []


async def test_a_vote_nobody_says_anything_about_is_dropped_with_its_ballots(
    database, clock, vote, now
):
    proposal = await vote(2)
    sweep = Sweep(database, clock, {})
    for days, ballots_left, step in ((2, 2, None), (3, 2, None), (6, 0, NextStep.DROP)):
        clock.moment = now + days * DAY
        await sweep.run()
        seen, told, left = await kept(database, proposal, t.ballots_secret)
        assert (len(left), seen.next_step) == (ballots_left, step)
    assert told.count(telling.VOTE_REMINDER) == 3
    assert told.count(telling.VOTE_UNDECIDED) == 1
