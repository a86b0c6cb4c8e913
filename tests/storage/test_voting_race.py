"""Fifty women vote in the second in which the vote closes: each is counted, or told it is late."""

import asyncio
from datetime import timedelta

import pytest
from ledger_rows import collective, member

from collective.actions import ballots, closing, leaving, proposals
from collective.decisions import Consulted, Method, NextStep, Outcome, Secrecy
from collective.errors import NotEntitled, VoteClosed
from collective.people import Role
from collective.terms import Terms

WOMEN = 50
LAST_SECOND = timedelta(seconds=1)


@pytest.fixture
async def village(database, now):
    """A collective, and everybody in it."""
    async with database.writing() as store:
        made = await collective(store, now)
        return [await member(store, now, made, chat=100 + place) for place in range(WOMEN)]


@pytest.fixture(params=Secrecy)
async def vote(database, village, now, request):
    """A vote that needs five ballots, in secret or in the open."""
    said = Terms(
        question="?",
        method=Method.MAJORITY,
        consulted=Consulted.NOBODY,
        secrecy=request.param,
        quorum=5,
        closes_at=now + timedelta(hours=2),
    )
    by = {"by": village[0].person_id, "now": now}
    async with database.writing() as store:
        drafted = await proposals.draft(store, village[0].collective_id, said, draft="d", **by)
        return await proposals.open_vote(store, drafted.id, **by)


def ways(database, vote):
    """What a woman and the clock do, each in a unit of its own; what she is told."""

    async def says(woman, choice, at):
        try:
            async with database.writing() as store:
                await ballots.cast(store, vote.id, choice, by=woman.person_id, now=at)
        except VoteClosed:
            return "late"
        except NotEntitled:
            return "gone"
        return choice

    async def close():
        async with database.writing() as store:
            return await closing.close(store, vote.id, now=vote.terms.closes_at)

    return says, close


async def test_each_is_counted_and_told_so_or_told_it_was_too_late(database, village, vote, luck):
    says, close = ways(database, vote)
    at = vote.terms.closes_at - LAST_SECOND
    early, rest = village[:5], village[5:]
    for woman in early:
        await says(woman, "yes", at)
    units = [says(woman, luck.choice(["yes", "no"]), at) for woman in rest]
    place = luck.randrange(5, len(units))
    done = await asyncio.gather(*units[:place], close(), close(), *units[place:])
    told = [each for each in done if isinstance(each, str)]
    [closed] = [each for each in done if each is not None and not isinstance(each, str)]
    counted = [each for each in told if each != "late"]
    assert len(told) == len(rest)
    assert closed.turnout == len(counted) + len(early)
    assert closed.counts == {
        choice: number
        for choice in ("yes", "no")
        if (number := counted.count(choice) + len(early) * (choice == "yes"))
    }


async def test_of_two_ballots_of_hers_at_once_one_counts(database, village, vote):
    says, close = ways(database, vote)
    at = vote.terms.closes_at - LAST_SECOND
    women = village[:6]
    await asyncio.gather(*(says(w, choice, at) for w in women for choice in ("yes", "no", "yes")))
    closed = await close()
    assert (closed.turnout, sum(closed.counts.values())) == (6, 6)


async def test_who_leaves_while_she_votes_leaves_no_ballot(database, village, vote):
    says, close = ways(database, vote)
    at = vote.terms.closes_at - LAST_SECOND
    stay, gone = village[:6], village[6:12]

    async def leave(woman):
        async with database.writing() as store:
            await leaving.leave(store, Role.MEMBER, woman.collective_id, by=woman.person_id, now=at)

    units = [unit for woman in gone for unit in (says(woman, "no", at), leave(woman))]
    await asyncio.gather(*units, *(says(woman, "yes", at) for woman in stay))
    closed = await close()
    assert (closed.counts, closed.entitled) == ({"yes": 6}, WOMEN - 6)


async def test_of_an_extension_and_a_drop_at_once_one_happens(database, village, vote):
    says, close = ways(database, vote)
    await says(village[1], "yes", vote.terms.closes_at - LAST_SECOND)
    assert (await close()).outcome is Outcome.NO_QUORUM

    async def settle(step):
        try:
            async with database.writing() as store:
                by = {"by": village[0].person_id, "now": vote.terms.closes_at}
                return await closing.settle(store, vote.id, step, **by)
        except VoteClosed:
            return None

    await asyncio.gather(settle(NextStep.EXTEND), settle(NextStep.DROP))
    async with database.reading() as store:
        kept = await store.proposals.get(vote.id)
        left = sum((await store.ballots.tally(kept)).values())
    assert (kept.extended, kept.next_step, left) in {
        (True, None, 1),
        (False, NextStep.DROP, 0),
    }
