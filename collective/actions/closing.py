"""What the clock does with a vote, and what becomes of one that found no quorum."""

from datetime import datetime

from collective import access, decisions
from collective.actions import ballots, hours, proposals, telling
from collective.decisions import NextStep, Outcome, Stage
from collective.errors import NotAllowed, Outdated, VoteClosed
from collective.events import Event
from collective.ports import Store
from collective.proposals import Proposal
from collective.schedules import Bell


async def remind(store: Store, proposal_id: int, *, now: datetime) -> None:
    """Remind those who have not voted, once for each closing; after that there is silence.

    While a crisis check-in is open nobody is reminded, but when it has closed.
    """
    proposal = await store.proposals.get(proposal_id)
    if proposal is None or not proposal.takes_ballots(now):
        return
    place = proposal.collective_id
    if await hours.rests(store, place, Bell.REMIND_VOTE, proposal_id, now=now):
        return
    # The bell of an earlier closing rings too soon for this one, which has its own.
    if proposal.reminds_at is None or proposal.reminds_at <= now:
        await telling.voters(store, proposal, telling.VOTE_REMINDER, now=now, late=True)


async def close(store: Store, proposal_id: int, *, now: datetime) -> Proposal | None:
    """Close a vote whose hour has come, and tell what came out; None: there was nothing to do.

    Its ballots are counted here and, in a secret vote, parted from their voters for good. Without
    quorum they wait for an extension as long as there may be one (`decisions.UNDECIDED`).
    """
    # Alone: no ballot is on its way any more, and none comes in behind the count.
    proposal = await store.proposals.hold(proposal_id, alone=True)
    if proposal is None or not proposal.due(now):
        return None
    roll = await store.ballots.roll(proposal_id)
    result = await ballots.count(store, proposal, entitled=len(roll))
    await store.proposals.close(
        proposal_id, result, entitled=len(roll), turnout=sum(roll.values()), now=now
    )
    closed = await store.proposals.get(proposal_id) or proposal
    await telling.voters(store, closed, telling.VOTE_RESULT, now=now)
    await telling.group(store, closed, telling.GROUP_RESULT, now=now)
    await _follow(store, closed, now)
    await store.audit.append(Event.VOTE_CLOSED, by=None, subject=proposal_id, now=now)
    return closed


async def settle(
    store: Store, proposal_id: int, step: NextStep, *, by: int, now: datetime
) -> Proposal:
    """Say what becomes of a vote without quorum: its author, or a facilitator once she is gone.

    Extended, once, it lasts as long again as votes usually do, and the ballots that were cast count
    on. Raises Outdated, NotAllowed, VoteClosed.
    """
    proposal = await store.proposals.hold(proposal_id, alone=True)
    if proposal is None:
        raise Outdated
    if by not in await telling.runners(store, proposal):
        raise NotAllowed
    if step is NextStep.EXTEND:
        return await _extend(store, proposal, by, now)
    if proposal.next_step is None:
        if not proposal.undecided(now):
            raise VoteClosed
        await _end(store, proposal, step)
        await store.audit.append(Event.VOTE_SETTLED, by=by, subject=proposal_id, now=now)
    return await store.proposals.get(proposal_id) or proposal


async def drop(store: Store, proposal_id: int, *, now: datetime) -> None:
    """Drop a vote without quorum of which nobody said what becomes: its ballots wait no longer."""
    proposal = await store.proposals.hold(proposal_id, alone=True)
    if proposal is None or proposal.stage is Stage.OPEN or not proposal.unfinished:
        return
    if not proposal.undecided(now):
        await _end(store, proposal, NextStep.DROP)
        await store.audit.append(Event.VOTE_SETTLED, by=None, subject=proposal_id, now=now)


async def _follow(store: Store, closed: Proposal, now: datetime) -> None:
    """Do what the outcome asks for."""
    if closed.outcome is not Outcome.NO_QUORUM:
        await store.ballots.seal(closed, counts=True)
        if closed.outcome is Outcome.BLOCKED:
            await _discuss_again(store, closed, now)
        return
    if closed.extended:
        await store.ballots.seal(closed, counts=False)
    await telling.tell(
        store, closed, await telling.runners(store, closed), telling.VOTE_UNDECIDED, now
    )
    closes_at = closed.terms.closes_at or now
    await store.schedules.add(Bell.DROP_VOTE, closed.id, closes_at + decisions.UNDECIDED)


async def _discuss_again(store: Store, closed: Proposal, now: datetime) -> None:
    """Take a blocked proposal up again as a new one: the blocked vote stays in the register."""
    again = await store.proposals.add(
        draft=f"after:{closed.id}",
        collective_id=closed.collective_id,
        author_id=closed.author_id,
        terms=closed.terms.again(),
        stage=Stage.DISCUSSION,
        follows_id=closed.id,
        now=now,
    )
    if again is not None:
        told = await telling.runners(store, again)
        await telling.tell(store, again, told, telling.BACK_IN_DISCUSSION, now)


async def _extend(store: Store, proposal: Proposal, by: int, now: datetime) -> Proposal:
    if proposal.extended and proposal.takes_ballots(now):
        return proposal
    if not proposal.extendable(now):
        raise VoteClosed
    collective = await access.existing(store, proposal.collective_id)
    until = await hours.closing_from(store, collective, now + decisions.USUAL, now=now)
    await store.proposals.settle(proposal.id, NextStep.EXTEND, until)
    again = await store.proposals.get(proposal.id) or proposal
    extended = await proposals.wind(store, again, now)
    await telling.voters(store, extended, telling.VOTE_OPENED, now=now, late=True)
    await telling.group(store, extended, telling.GROUP_VOTE, now=now)
    await store.audit.append(Event.VOTE_EXTENDED, by=by, subject=proposal.id, now=now)
    return extended


async def _end(store: Store, proposal: Proposal, step: NextStep) -> None:
    await store.proposals.settle(proposal.id, step)
    await store.ballots.seal(proposal, counts=False)
